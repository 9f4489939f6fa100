"""What no writing needs is named, and what a writing needs is not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casebook import limits
from casebook.characters import endless_word, shown, tricks, without_tricks
from tests.portfolios.writing import SCRIPTS

ACUTE = "\u0301"
MOST = limits.COMBINING_MARKS


def found(text: str) -> list[tuple[str, int, int]]:
    return [(each.kind, each.start, each.end) for each in tricks(text)]


@pytest.mark.parametrize("script", sorted(set(SCRIPTS) - {"unseen", "long words"}))
def test_no_script_is_a_trick(script: str) -> None:
    assert [phrase for phrase in SCRIPTS[script] if found(phrase)] == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a\x1b[2J", [("control", 1, 2)]),
        ("a\x9bb", [("control", 1, 2)]),
        ("a\u2028b", [("control", 1, 2)]),
        ("a\tb\r\nc", []),
        # An override is a trick even when it ends.
        ("\u202eab\u202c", [("direction", 0, 1)]),
        ("\u202bab\u202c", []),
        ("\u202bab", [("direction", 0, 1)]),
        ("ab\u202c", [("direction", 2, 3)]),
        ("\u2067ab\u2069", []),
        ("\u2067ab\u202c", [("direction", 3, 4), ("direction", 0, 1)]),
        # A line is a paragraph of its own: what it begins does not end in the next one.
        ("\u2067a\nb\u2069", [("direction", 0, 1), ("direction", 4, 5)]),
        ("\u2067a\u202bb\u202c\u2069", []),
        ("a\u200eb\u200f", []),
        ("a\u200e\u200e\u200eb", [("unseen", 1, 4)]),
        ("e" + ACUTE * MOST, []),
        # One too many: it stands behind the letter and as many marks as are taken.
        ("e" + ACUTE * (MOST + 1), [("marks", MOST + 1, MOST + 2)]),
        ("é" + "\u20dd" * (MOST + 3), [("marks", MOST + 1, MOST + 4)]),
        ("a\u200bb", [("unseen", 1, 2)]),
        ("ก\u200bข", []),
        ("a\u200db", [("unseen", 1, 2)]),
        ("می\u200cخ", []),
        ("a\u2060b", [("unseen", 1, 2)]),
        ("over\u00adlap", []),
        ("over\u00ad lap", [("unseen", 4, 5)]),
        ("\u3164", [("unseen", 0, 1)]),
        ("x\U000e0041\U000e0042y", [("tag", 1, 3)]),
        ("🏴\U000e0067\U000e0062\U000e007f", []),
        ("🏴" + "\U000e0061" * 7 + "\U000e007f", [("tag", 1, 9)]),
        ("❤\ufe0f", []),
        ("a\ufe0f", [("selector", 1, 2)]),
        ("\ufe0f", [("selector", 0, 1)]),
        ("❤\ufe0f\ufe0f", [("selector", 1, 3)]),
        ("葛\U000e0100", []),
        ("😀\U000e0100", [("selector", 1, 2)]),
    ],
)
def test_each_trick_is_named_with_its_place(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert found(text) == expected


def test_a_word_may_have_two_hundred_letters_and_no_more() -> None:
    assert endless_word("a " + "e" * 200) is None
    assert endless_word("a " + "e" * 201) == "e" * 201
    assert endless_word("https://example.org/" + "/".join(["part"] * 60)) is None


def test_writing_without_blanks_has_no_endless_words() -> None:
    assert endless_word("痛" * 1_000) is None


def test_a_page_shows_the_code_of_what_would_spoil_it() -> None:
    assert shown("a\u202eb\u2067c") == "a[U+202E]b[U+2067]c"
    assert shown("a\x1b[2J") == "a[U+001B][2J"
    assert shown("a" + ACUTE * 40) == "a" + ACUTE * MOST + "[U+0301]"
    assert shown("x\U000e0041\U000e0042y") == "x[U+E0041]y"
    assert shown("\u2067שלום\u2069 no\u200bbreak") == "\u2067שלום\u2069 no\u200bbreak"


NASTY = st.text(
    st.sampled_from("ab \n\u202a\u202c\u202e\u2067\u2069\u0301\u200d\u200b\ufe0f\U000e0041\x1bक🏴")
)


@given(NASTY | st.text())
@example("a" + ACUTE * 50)
def test_a_text_without_tricks_has_none_and_lost_nothing_else(text: str) -> None:
    kept = without_tricks(text)
    assert found(kept) == []
    if not found(text):
        assert kept == text


@given(NASTY | st.text())
def test_a_page_shows_a_text_that_has_nothing_left_to_turn_it_round(text: str) -> None:
    left = {each.kind for each in tricks(shown(text)) if each.first != "\u202c"}
    assert not left & {"direction", "marks", "tag"}


@given(NASTY | st.text())
def test_tricks_lie_inside_their_text(text: str) -> None:
    for each in tricks(text):
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start] == each.first
