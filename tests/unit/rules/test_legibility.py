"""A value that is in the file and not in the record could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from casebook.diagnostics.place import Loc
from casebook.domain.portfolio import Piece
from casebook.rules.legibility import is_broken, is_legible, is_written, value_at

Read: TypeAlias = Callable[[str, str], Piece[Any]]

TEXT = (
    "introduction: Words.\ndiscussion: {strengths: [x], limitations: y}\npatterns: none\n"
    "sessions: [{day: 0, adverse_events: [{event: x, severity: mild, resolved: no}]}]\nabstract:\n"
)


@pytest.mark.parametrize(
    "way, broken",
    [
        (("introduction",), False),
        (("discussion",), False),
        (("discussion", "strengths"), True),
        (("discussion", "limitations"), False),
        (("patterns",), True),
        (("patterns", 0, "note"), True),  # the list around it is broken
        (("abstract",), False),  # nothing is written there
        (("abstract", "case"), False),
        (("sessions", 0, "adverse_events", 0, "resolved"), False),  # no is a value
    ],
)
def test_what_was_left_out_is_broken(read: Read, way: Loc, broken: bool) -> None:
    """Broken is what is written and was no use, with everything inside it."""
    assert is_broken(read("case-study", TEXT), way) is broken


def test_a_file_is_legible_when_everything_in_it_was_of_use(read: Read) -> None:
    """One broken value makes it illegible, and so does a key that nothing knows."""
    assert is_legible(read("case-study", "introduction: Words.\nabstract:\n"))
    assert not is_legible(read("case-study", TEXT))
    assert not is_legible(read("case-study", "introducton: Words.\n"))


@pytest.mark.parametrize("value", [0, 0.0, False, "x", [0], {"a": None}])
def test_zero_and_no_are_values(value: object) -> None:
    """Only nothing is nothing."""
    assert is_written(value)


@pytest.mark.parametrize("value", [None, "", [], (), {}, "\u2026"])
def test_nothing_and_the_mark_for_a_missing_text_are_no_values(value: object) -> None:
    """What stands for a missing title is not written."""
    assert not is_written(value)


def test_a_way_that_leads_nowhere_has_no_value(read: Read) -> None:
    """Positions beyond a list, keys of a list and names of no field give None."""
    record = read("case-study", "keywords: [a]\n").record
    assert value_at(record, ("keywords", 0)) == "a"
    for way in (("keywords", 1), ("keywords", "x"), ("nothing", "at", "all")):
        assert value_at(record, way) is None


class Keys(dict[Any, Any]):
    """Keys that count how often all of them are gone through."""

    passes = 0

    def __iter__(self) -> Iterator[Any]:
        self.passes += 1
        return super().__iter__()


def test_all_keys_are_gone_through_once_however_many_are_empty(read: Read) -> None:
    """Forty mappings of empty keys: nothing of them is lost, and each says so at once."""
    days = "".join(f"  - {{day: {day}, measures: {{nprs: , psfs: }}}}\n" for day in range(40))
    piece = read("case-study", f"sessions:\n{days}")
    places = replace(piece.places, keys=Keys(piece.places.keys))
    keys = places.keys
    assert isinstance(keys, Keys)
    keys.passes = 0
    assert is_legible(Piece(piece.path, piece.record, places))
    assert keys.passes == 1
