"""Moodle-style CSV: a row for each level."""

from fractions import Fraction

import pytest

from casebook.exchange.moodle import read_moodle, told_apart, write_moodle
from tests.portfolios.rubrics import rubric_of

HEAD = "criterion,level,level_description,score\n"


def test_levels_of_one_criterion_belong_together_wherever_they_stand() -> None:
    text = HEAD + "Clarity,good,Clear,5\nOrder,good,Kept,3\nClarity , poor,Unclear,0\n"
    (rubric,) = read_moodle("m.csv", text.encode()).rubrics
    assert rubric.title is None
    clarity, order = rubric.criteria
    assert [(each.name, each.points) for each in clarity.levels] == [
        ("good", Fraction(5)), ("poor", Fraction(0)),
    ]  # fmt: skip
    assert (order.title, order.line) == ("Order", 3)


@pytest.mark.parametrize(
    "text",
    ["criterion;level;level_description;score\r\nÜ;gut;a, b;7,5\r\n",
     "\ufeffCriterion\tLevel\tLevel Description\tScore\nÜ\tgut\ta, b\t7.5\n"],
)  # fmt: skip
def test_semicolons_tabs_and_decimal_commas_are_taken(text: str) -> None:
    (rubric,) = read_moodle("m.csv", text.encode()).rubrics
    assert rubric.criteria[0].levels[0].points == Fraction("7.5")
    assert rubric.criteria[0].levels[0].describes == "a, b"


def test_levels_that_are_only_numbered_and_columns_unknown_are_told() -> None:
    text = "criterion,level,level_description,score,owner\nC,1,x,2,me\nC,2,y,0,me\n"
    (rubric,) = read_moodle("m.csv", text.encode()).rubrics
    assert rubric.remarks == (
        "columns that casebook has no place for: owner",
        "levels have numbers for names; candidates read these, so write names",
    )


def test_every_row_at_fault_is_told_with_its_line() -> None:
    found = read_moodle("m.csv", (HEAD + ",good,x,1\nC,good,x,many\n").encode()).findings
    assert [(each.place.span.line, each.message) for each in found] == [
        (2, "the row names no criterion"), (3, "'many' is no score"),
    ]  # fmt: skip


def test_another_table_and_an_empty_one_are_refused() -> None:
    for content, words in ((b"a,b\n1,2\n", "not the heading"), (HEAD.encode(), "no level stands"),
                           (b'criterion,"score', "no CSV")):  # fmt: skip
        reading = read_moodle("m.csv", content)
        assert reading.rubrics == ()
        (finding,) = reading.findings
        assert words in finding.message


def test_levels_are_written_from_the_lowest_up() -> None:
    lines = write_moodle(rubric_of({"levels": [0, 2]})).decode().split("\r\n")
    assert lines == [
        "criterion,level,level_description,score", "Criterion 1,label 0,Words 0.,0",
        "Criterion 1,label 2,Words 2.,1", "",
    ]  # fmt: skip


def test_criteria_of_one_title_are_told_apart() -> None:
    rubric = rubric_of({"title": "A"}, {"title": "A"}, {"title": "A (2)"}, {"title": "A"})
    assert told_apart(rubric) == ("A", "A (2)", "A (2) (2)", "A (3)")
