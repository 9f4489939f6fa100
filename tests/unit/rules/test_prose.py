"""The words of a case study are counted where somebody reads them as running text."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.portfolio import Piece
from casebook.rules.prose import count_words, texts, words_of_prose

Read: TypeAlias = Callable[[str, str], Piece[Any]]


@pytest.mark.parametrize(
    "text, count",
    [
        ("One two three.", 3),
        ("From 7 to 3 of 10, by day 51.", 5),  # From to of by day
        ("a client's well-being", 3),
        ("a client\u2019s", 2),
        ("as found [@smith2014], and again [@lee2020; p. 3]", 6),  # the second is no citation
        ("Mädchen und Füße", 3),
        ("**bold** _under_ # heading", 3),
        ("", 0),
        ("7/10 -- 2 x 10", 1),  # x
    ],
)
def test_words_are_counted_without_numbers_and_citations(text: str, count: int) -> None:
    """A hyphen or an apostrophe joins; numbers, signs and [@keys] are no words."""
    assert count_words(text) == count


def test_only_running_text_counts(read: Read) -> None:
    """Titles, short lines, the ledger and the consent are left out."""
    text = """\
title: Not these words at all
client: {pseudonym: Client A, occupation: delivery driver}
consent: {scope: [record], signed: 2026-03-02, form: a.pdf, note: No photograph please}
introduction: One two.
presentation: {complaint: Three., diagnoses: [{diagnosis: low back pain, made_by: physician}]}
patterns: [{inhibited: {structure: a}, facilitated: {structure: b}, note: Four five}]
sessions:
  - day: 0
    report: Six.
    steps: [{test: QL, result: fires, note: not this}]
    homework: [{exercise: not the bridge}]
    adverse_events: [{event: not sore, severity: mild, action: Seven.}]
program_sections: {safety: Eight nine.}
"""
    assert words_of_prose(read("case-study", text).record) == 9


def test_texts_come_with_their_ways(read: Read) -> None:
    """Every text is found, in lists and mappings too, with the way to it in the file."""
    text = (
        "keywords: [back]\nprogram_sections: {safety: Asked.}\n"
        "sessions: [{day: 0, steps: [{release: QL, side: left, seconds: 20}]}]\n"
    )
    found = dict(texts(read("case-study", text).record))
    assert found[("keywords", 0)] == "back"
    assert found[("program_sections", "safety")] == "Asked."
    assert found[("sessions", 0, "steps", 0, "release")] == "QL"
    assert ("sessions", 0, "day") not in found


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=20))
def test_words_apart_by_blanks_are_counted_one_by_one(words: list[str]) -> None:
    """As many as there are, however they are spread over lines."""
    assert count_words(" ".join(words)) == count_words("\n\n".join(words)) == len(words)


@given(st.text(max_size=200))
def test_any_text_can_be_counted(text: str) -> None:
    """Counting never raises and never finds more words than characters."""
    assert 0 <= count_words(text) <= len(text)
