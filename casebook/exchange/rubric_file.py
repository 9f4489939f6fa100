"""A rubric as the file that casebook reads: YAML, with what each part is for as comments."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

from casebook.domain.program.rubric import Rubric
from casebook.domain.record import Record
from casebook.exchange.wording import flat
from casebook.exchange.written_yaml import COLUMNS, as_written, yaml_lines

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
        yield from yaml_lines({key: value})
    for key, items in (("criteria", criteria), ("global_ratings", ratings)):
        if items:
            yield ""
            yield from _comment(_ABOUT[key])
            yield f"{key}:"
            for index, item in enumerate(items):
                if index and key == "criteria":
                    yield ""
                yield from (f"  {line}" if line else line for line in yaml_lines([item]))


def _values(record: Record) -> dict[str, Any]:
    """A record's values in the order of its fields, without those that there are none of."""
    values: dict[str, Any] = as_written(record.model_dump(mode="json", exclude_none=True))
    return values


def _comment(text: str) -> list[str]:
    return textwrap.wrap(
        flat(text), COLUMNS, initial_indent="# ", subsequent_indent="# ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
