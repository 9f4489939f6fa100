"""Values as YAML that people read: long texts on lines of their own, whole numbers as such."""

from typing import Any, Final

import yaml

COLUMNS: Final = 92
"""The width of a file that is written for people."""

_LONG: Final = 70
"""Characters of a text from which it stands on lines of its own."""


def yaml_lines(values: Any) -> list[str]:  # noqa: ANN401 - what a file holds
    """Values as the lines of a file."""
    text = yaml.dump(
        values, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=COLUMNS - 10,
        default_flow_style=False,
    )  # fmt: skip
    return text.rstrip("\n").split("\n")


def as_written(value: Any) -> Any:  # noqa: ANN401 - what a file holds
    """Whole numbers without a decimal point: 70, and not 70.0."""
    if isinstance(value, dict):
        return {key: as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_written(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Writer(yaml.SafeDumper):
    """Writes long texts on lines of their own, and never an alias for a text said twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 - PyYAML's form
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - PyYAML's form
        del indentless
        return super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's form


def _represent_text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > _LONG else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style)


_Writer.add_representer(str, _represent_text)
