"""A rubric as the file that casebook reads: YAML, with what each part is for as comments."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

import yaml

from casebook.domain.program.rubric import Rubric
from casebook.domain.record import Record
from casebook.exchange.wording import flat

_COLUMNS: Final = 92
_LONG: Final = 70
"""Characters of a text from which it stands on lines of its own."""

_ABOUT: Final = {
    "pass_percent": "The percentage from which the work passes.",
    "criteria": "Judged in this order. Each counts by its weight: its share of its own scale, "
    "levels lowest first. must_pass, with a level and a reason, makes a criterion one that nothing "
    "else makes up for.",
    "global_ratings": "The overall impression beside the criteria, lowest first. Examiners do not "
    "space ratings evenly; position says where each lies.",
}


def rubric_yaml(rubric: Rubric, about: Sequence[str]) -> bytes:
    """A rubric's file.

    Args:
        rubric: What it says.
        about: Paragraphs for its head, such as where it comes from.
    """
    return "\n".join([*_head(about), *_lines(rubric)]).encode() + b"\n"


def _head(about: Sequence[str]) -> Iterator[str]:
    for index, paragraph in enumerate(about):
        if index:
            yield "#"
        yield from _comment(paragraph)


def _lines(rubric: Rubric) -> Iterator[str]:
    # Why kind and format by hand: a file begins with them, though they are what they always are.
    values = {"kind": rubric.kind, "format": rubric.format, **_values(rubric)}
    criteria = values.pop("criteria")
    ratings = values.pop("global_ratings", [])
    for key, value in values.items():
        if key in _ABOUT:
            yield from _comment(_ABOUT[key])
        yield from _dumped({key: value})
    for key, items in (("criteria", criteria), ("global_ratings", ratings)):
        if items:
            yield ""
            yield from _comment(_ABOUT[key])
            yield f"{key}:"
            for index, item in enumerate(items):
                if index and key == "criteria":
                    yield ""
                yield from (f"  {line}" if line else line for line in _dumped([item]))


def _values(record: Record) -> dict[str, Any]:
    """A record's values in the order of its fields, without those that there are none of."""
    values: dict[str, Any] = _as_written(record.model_dump(mode="json", exclude_none=True))
    return values


def _as_written(value: Any) -> Any:  # noqa: ANN401 - what a file holds
    """Whole numbers without a decimal point: 70, and not 70.0."""
    if isinstance(value, dict):
        return {key: _as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_written(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _comment(text: str) -> list[str]:
    return textwrap.wrap(
        flat(text), _COLUMNS, initial_indent="# ", subsequent_indent="# ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


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


def _dumped(values: Any) -> list[str]:  # noqa: ANN401 - what a file holds
    text = yaml.dump(
        values, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=_COLUMNS - 10,
        default_flow_style=False,
    )  # fmt: skip
    return text.rstrip("\n").split("\n")
