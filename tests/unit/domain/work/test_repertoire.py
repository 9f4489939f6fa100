"""What can be printed is told from ranges of characters, and text is brought into one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.work.repertoire import (
    CodePoints,
    Repertoire,
    code_of,
    composed,
    name_of,
    special,
)

LATIN, GREEK = CodePoints.of("20-7E A0-FF"), CodePoints.of("391-3A9 3B1-3C9")
SMALL = Repertoire({"latin": LATIN, "greek": GREEK})


@pytest.mark.parametrize("character, inside", [
    ("\x1f", False), (" ", True), ("~", True), ("\x7f", False), ("\xa0", True), ("ÿ", True),
    ("Ā", False),
])  # fmt: skip
def test_ranges_hold_both_their_ends(character: str, inside: bool) -> None:
    assert (character in LATIN) is inside


def test_a_single_number_is_a_range_of_one() -> None:
    one = CodePoints.of("E9")
    assert "é" in one
    assert "è" not in one


@given(st.sets(st.integers(0, 300)))
def test_membership_is_that_of_the_numbers(numbers: set[int]) -> None:
    points = CodePoints.of(" ".join(f"{each:X}" for each in sorted(numbers)))
    assert {each for each in range(301) if chr(each) in points} == numbers


def test_what_no_file_has_is_lacking_once_and_in_order() -> None:
    assert SMALL.lacking("Яблоко, я! αβγ é") == tuple("Ябклоя")


@pytest.mark.parametrize(
    "unseen",
    [
        "\u00ad",
        "\u200b",
        "\u200d",
        "\u200f",
        "\u2066",
        "\ufe0f",
        "\ufeff",
        "\n",
        "\t",
        "\U000e0067",
    ],
)
def test_what_has_no_shape_is_never_lacking(unseen: str) -> None:
    assert SMALL.lacking(f"a{unseen}b") == ()


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe", "\ud800"])
def test_control_characters_and_halves_are_lacking(control: str) -> None:
    """YAML's quotes can spell them, and no typeface draws them."""
    assert SMALL.lacking(f"a{control}b") == (control,)


def test_a_text_needs_the_files_that_have_what_others_lack() -> None:
    assert SMALL.files_for("naïve αβγ Я", beyond=["latin"]) == {"greek": "αβγ"}
    assert SMALL.files_for("naïve α", beyond=[]) == {"latin": "ï", "greek": "α"}
    assert SMALL.files_for("plain", beyond=["latin"]) == {}


def test_letters_written_in_pieces_become_one() -> None:
    assert composed("e\u0301 o\u0302\u0323 \u1112\u1161\u11ab") == "é ộ 한"


@pytest.mark.parametrize("text", ["plain", "é Я 漢 \U0001f642", "x\u0304", "\ufa19 \u2126"])
def test_what_is_whole_or_has_no_whole_stays_as_it_is(text: str) -> None:
    """A compatibility ideograph is another shape of its sign, chosen by somebody."""
    assert composed(text) == text


@pytest.mark.parametrize("blank", ["\f", "\v", "\x85", "\u2028", "\u2029", "\u3164", "\x1c"])
def test_rare_blanks_become_spaces(blank: str) -> None:
    assert composed(f"a{blank}b") == "a b"


@given(st.text())
def test_composing_twice_changes_no_more_and_keeps_what_is_meant(text: str) -> None:
    once = composed(text)
    assert composed(once) == once
    plain = composed(unicodedata.normalize("NFC", text))
    assert unicodedata.normalize("NFC", once) == unicodedata.normalize("NFC", plain)


@given(st.text())
def test_special_characters_are_in_the_text_once(text: str) -> None:
    found = list(special(text))
    assert len(found) == len(set(found))
    assert set(found) <= set(text)


def test_characters_are_called_as_unicode_calls_them() -> None:
    assert (code_of("é"), name_of("é")) == ("U+00E9", "LATIN SMALL LETTER E WITH ACUTE")
    assert (code_of("\U00013080"), name_of("\ue000")) == ("U+13080", "a program's own sign")
    assert name_of("\x07") == "a control character"
    assert name_of("\uffff") == "a character without a name"
