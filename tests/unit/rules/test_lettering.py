"""What cannot be printed is warned of at its place, by its code and name."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece
from casebook.domain.work.repertoire import CodePoints, Repertoire
from casebook.rules.lettering import check_lettering

Read: TypeAlias = Callable[[str, str], Piece[Any]]

LATIN = Repertoire({"latin": CodePoints.of("20-7E A0-17F")})


def places(piece: Piece[Any]) -> list[tuple[int, int]]:
    findings = list(check_lettering(piece, LATIN))
    assert all((each.code, each.severity) == ("CB115", "warning") for each in findings)
    return [(each.place.span.line, each.place.span.column) for each in findings]


@pytest.mark.parametrize(
    "text, line, column",
    [
        # "introduction: " is 14 characters, so its text begins in column 15.
        ("introduction: Ω\n", 1, 15),
        ('introduction: "one Ω"\n', 1, 20),
        ("introduction: >-\n  one\n  two Ω three\n", 3, 7),
        ("keywords: [back, Ω]\n", 1, 18),
        ("sessions: [{day: 0, notes: Ω}]\n", 1, 28),
    ],
)
def test_the_place_is_the_first_such_character(
    read: Read, text: str, line: int, column: int
) -> None:
    head = 5  # Lines that every case study begins with.
    assert places(read("case-study", text)) == [(head + line, column)]


def test_a_character_that_is_spelt_is_found_at_its_value(read: Read) -> None:
    assert places(read("case-study", 'introduction: "one \\u03a9"\n')) == [(6, 15)]


def test_one_text_gives_one_finding_that_names_three(read: Read) -> None:
    piece = read("case-study", "introduction: ΩαβγδΩ\n")
    (found,) = check_lettering(piece, LATIN)
    assert found.message == (
        "no typeface here has U+03A9 GREEK CAPITAL LETTER OMEGA, U+03B1 GREEK SMALL LETTER ALPHA, "
        "U+03B2 GREEK SMALL LETTER BETA and 2 more"
    )
    assert found.hint is not None
    assert "[U+03A9]" in found.hint


def test_two_are_joined_by_a_word(read: Read) -> None:
    (found,) = check_lettering(read("case-study", "introduction: βα\n"), LATIN)
    assert found.message.endswith("ALPHA and U+03B2 GREEK SMALL LETTER BETA")


@pytest.mark.parametrize(
    "text",
    [
        "introduction: e\u0301 in pieces, soft\u00adhyphen, joiner\u200d and picture\ufe0f\n",
        "figures: [{file: attachments/Ω.png, caption: a, alt: b}]\n",
        "consent: {scope: [record], signed: 2026-03-02, form: attachments/Ω.pdf}\n",
        "# Ω in a comment\n",
    ],
)
def test_what_is_printed_without_trouble_or_not_at_all_is_not_named(read: Read, text: str) -> None:
    assert places(read("case-study", text)) == []


@pytest.mark.parametrize(
    "kind, text",
    [
        ("portfolio", "candidate: {name: Ω}\n"),
        ("observation", "comments: Ω\n"),
        ("mark-sheet", "marks: [{criterion: a, level: 1, note: Ω}]\n"),
    ],
)
def test_every_kind_of_file_is_looked_through(read: Read, kind: str, text: str) -> None:
    assert len(places(read(kind, text))) == 1
