"""CSV is read as spreadsheets in any country save it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics.finding import Finding
from casebook.exchange.delimited import decoded, headings, number, read_rows, written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_each_encoding_that_spreadsheets_save(encoding: str) -> None:
    assert decoded("Übung;schön\r\n".encode(encoding)) == "Übung;schön\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_are_taken(separator: str, end: str) -> None:
    rows = read_rows("t.csv", end.join([separator.join("abc"), separator.join("123"), ""]))
    assert isinstance(rows, tuple)
    assert [row.cells for row in rows] == [("a", "b", "c"), ("1", "2", "3")]


def test_rows_know_the_line_they_begin_on() -> None:
    """Lines within quotation marks and empty rows count, and Excel's own first line."""
    rows = read_rows("t.csv", 'sep=;\na;b\n"one\ntwo";2\n;\n3;4\n')
    assert isinstance(rows, tuple)
    assert [(row.line, row.cells[0]) for row in rows] == [(2, "a"), (3, "one\ntwo"), (6, "3")]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line() -> None:
    found = read_rows("t.csv", 'a,b\n1,"2\n3,4\n')
    assert isinstance(found, Finding)
    assert (found.code, found.place.span.line) == ("CB908", 2)


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n , \n", "sep=;\n"])
def test_a_table_without_anything_in_it_is_told(text: str) -> None:
    found = read_rows("t.csv", text)
    assert isinstance(found, Finding)
    assert "no table" in found.message


def test_headings_are_told_apart_by_their_words_alone() -> None:
    rows = read_rows("t.csv", "Rubric  Name, level_description ,SCORE\n")
    assert isinstance(rows, tuple)
    assert headings(rows[0]) == ("rubric name", "level description", "score")


@pytest.mark.parametrize(
    "text, value",
    [("2", "2"), (" 1.5 ", "1.5"), ("1,75", "1.75"), (".5", "0.5"), ("0.0", "0")],
)
def test_numbers_have_a_decimal_point_or_comma(text: str, value: str) -> None:
    assert number(text) == Fraction(value)


@pytest.mark.parametrize("text", ["", "-1", "1e3", "10-8", "1.234,5", "five", "²", "1" * 9])
def test_what_is_no_number_of_points_is_none(text: str) -> None:
    assert number(text) is None


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


@given(st.lists(st.tuples(cells.filter(str.strip), cells), min_size=1, max_size=4))
def test_rows_that_are_written_are_read_again(rows: list[tuple[str, str]]) -> None:
    heading = ("first", "second")
    found = read_rows("t.csv", decoded(written(iter([heading, *rows]))))
    assert isinstance(found, tuple)
    assert [row.cells for row in found] == [heading, *rows]


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    found = read_rows("t.csv", text)
    assert isinstance(found, Finding) or found
