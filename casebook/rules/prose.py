"""The texts inside a record, each with the way to it."""

import re
from collections.abc import Iterator
from typing import Any, Final, get_args

from casebook.diagnostics.place import Loc
from casebook.domain.record import Record, Text
from casebook.domain.work.case_study import CaseStudy

CITATION: Final = re.compile(r"\[@([^\]\s]{1,80})\]")
"""How a text cites a reference: ``[@id]``."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")

_NO_PROSE: Final = frozenset({"steps", "consent"})
"""The ledger, and what the client asked for, are no running text of the candidate."""


def texts(value: Any, way: Loc = ()) -> Iterator[tuple[Loc, str]]:  # noqa: ANN401 - any field
    """Every text inside a record, short lines included, in the order of its fields."""
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), (*way, name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*way, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*way, key))


def words_of_prose(case: CaseStudy) -> int:
    """How many words the case study's running text has; short lines and steps do not count."""
    return sum(map(count_words, (*_prose(case), *case.program_sections.values())))


def count_words(text: str) -> int:
    """How many words a text has; numbers and citations are none."""
    return len(_WORD.findall(CITATION.sub("", text)))


def _prose(record: Record) -> Iterator[str]:
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if name in _NO_PROSE:
            continue
        if isinstance(value, str) and Text in get_args(info.annotation):
            yield value
        elif isinstance(value, Record):
            yield from _prose(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Record):
                    yield from _prose(item)
