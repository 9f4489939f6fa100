"""A case study as the file that casebook reads, without what is only for its own portfolio."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.exchange.written_yaml import as_written, yaml_lines


def case_study_yaml(values: Mapping[str, Any], about: Sequence[str]) -> bytes:
    """A case study's file.

    Args:
        values: By their keys, in the order of the record.
        about: Lines for its head.
    """
    lines = [f"# {line}".rstrip() for line in about]
    for key, value in values.items():
        if isinstance(value, dict | list):
            lines.append("")
        lines += yaml_lines({key: as_written(value)})
    return "\n".join(lines).encode() + b"\n"
