"""What differs between two versions of a sheet is told value by value."""

from typing import Any

from casebook.domain.marking.mark_changes import changes_between
from casebook.domain.marking.marks import MarkSheet


def sheet(*marks: dict[str, Any], **values: object) -> MarkSheet:
    return MarkSheet.model_validate(
        {
            "kind": "mark-sheet", "format": 1, "program": "nkt", "level": 1, "work": "heel",
            "grader": {"name": "Ana Ruiz"}, "rubric": "case", "marks": marks,
        } | values
    )  # fmt: skip


def told(before: MarkSheet, after: MarkSheet) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (each.about, each.what, each.before, each.after) for each in changes_between(before, after)
    ]


def test_equal_sheets_differ_in_nothing() -> None:
    assert told(sheet({"criterion": "a", "level": 1}), sheet({"criterion": "a", "level": 1})) == []


def test_each_value_of_a_mark_is_told_with_what_it_was() -> None:
    before = sheet({"criterion": "a", "level": 1, "note": "N", "place": "P"})
    after = sheet({"criterion": "a", "level": 0, "note": "N", "at": "01:05", "reuse": ["x", "y"]})
    assert told(before, after) == [
        ("a", "level", "1", "0"),
        ("a", "reuse", None, "x, y"),
        ("a", "at", None, "01:05"),
        ("a", "place", "P", None),
    ]


def test_a_mark_that_was_taken_away_and_one_that_came_are_told() -> None:
    before, after = sheet({"criterion": "a", "level": 0}), sheet({"criterion": "b", "level": 2})
    assert told(before, after) == [("a", "level", "0", None), ("b", "level", None, "2")]


def test_the_order_of_marks_makes_no_difference() -> None:
    marks = [{"criterion": "a", "level": 1}, {"criterion": "b", "level": 2}]
    assert told(sheet(*marks), sheet(*reversed(marks))) == []


def test_what_the_whole_sheet_says_is_told_too() -> None:
    after = sheet(global_rating="good", comments="Well done.", grader={"name": "A. Ruiz"})
    assert told(sheet(), after) == [
        ("sheet", "global_rating", None, "good"),
        ("sheet", "comments", None, "Well done."),
        ("grader", "name", "Ana Ruiz", "A. Ruiz"),
    ]
