"""Texts of other programs become such as a casebook file holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.exchange.wording import cleaned, holds_markup, holds_unseen, one_line
from casebook.limits import LINE_CHARACTERS
from casebook.source.reader import read_text


@given(st.text(max_size=60))
def test_any_text_can_be_read_in_a_file_once_it_is_cleaned(text: str) -> None:
    """In single quotation marks, each break as an empty line, YAML says exactly that text."""
    kept = cleaned(text)
    quoted = kept.replace("'", "''").replace("\n", "\n\n  ")
    reading = read_text("t.yaml", f"says: '{quoted}'\n".encode())
    assert reading.findings == ()
    assert reading.data is not None
    said = reading.data["says"]
    # YAML takes the spaces at the beginnings of lines for indentation.
    assert [line.strip() for line in (said or "").split("\n")] == [
        line.strip() for line in kept.split("\n")
    ]


@given(st.text(max_size=400))
def test_a_line_is_one_line_of_at_most_300_characters(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert len(line) <= LINE_CHARACTERS
    assert line == line.strip()


@pytest.mark.parametrize("text", ["null", "~", "NULL", "\x00", "\ufeff", " \r\n "])
def test_what_a_file_reads_as_nothing_is_nothing(text: str) -> None:
    assert cleaned(text) == ""


def test_breaks_of_any_kind_and_tabs_become_plain_ones() -> None:
    assert cleaned("a\r\nb\rc\u2028d\te  \n") == "a\nb\nc\nd e"


def test_markup_and_unseen_characters_are_noticed() -> None:
    assert holds_markup("see <p>this</p>")
    assert not holds_markup("if a < b and c > d")
    assert holds_unseen("a\x07")
    assert not holds_unseen("a\nb")
