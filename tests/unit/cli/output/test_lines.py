"""Texts of any length stand in lines that a terminal can show."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.cli.output import lines
from casebook.cli.output.lines import counted, cut, item, wrapped
from casebook.diagnostics.writers import visible


@pytest.mark.parametrize("columns, widest", [(40, 40), (90, 90), (300, 100), (None, 80)])
def test_a_text_is_as_wide_as_the_terminal_but_never_wider_than_100(
    columns: int | None, widest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "width_of", lambda _: columns)
    # 21 characters with its blank: a line of w columns holds (w + 1) // 22 of them.
    shown = wrapped("twenty-one-characters " * 40)
    assert {len(line) for line in shown[:-1]} == {(widest + 1) // 22 * 22 - 1}


@settings(max_examples=50)
@given(st.text(max_size=400))
def test_no_text_is_wider_or_obeyed(text: str) -> None:
    shown = item(text, indent="    ")
    assert all(len(line) <= 80 and visible(line) == line for line in shown)


def test_further_lines_of_an_item_stand_further_in() -> None:
    first, *more = item("word " * 40)
    assert first.startswith("  word")
    assert more
    assert all(line.startswith("    word") for line in more)


def test_a_dash_stands_before_the_first_line_alone() -> None:
    first, *more = wrapped("word " * 40, indent="    ", first="  - ")
    assert first.startswith("  - word")
    assert more
    assert all(line.startswith("    word") for line in more)


def test_a_name_that_is_cut_shows_it() -> None:
    assert [cut("abcdef", 6), cut("abcdefg", 6), cut("a\x1b", 9)] == [
        "abcdef",
        "abcde…",
        r"a\u001b",
    ]


def test_one_is_singular() -> None:
    assert [counted(0, "work"), counted(1, "work"), counted(2_000, "work")] == [
        "0 works",
        "1 work",
        "2,000 works",
    ]
