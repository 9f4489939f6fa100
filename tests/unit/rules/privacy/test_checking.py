"""What may identify a client is warned of wherever it is written, and only there."""

from collections.abc import Callable
from typing import Any, TypeAlias, get_args

import pytest

from casebook.diagnostics import codes
from casebook.diagnostics.place import Place, Span
from casebook.domain.portfolio import Piece
from casebook.rules.identifier_shapes.shape import IdentifierKind
from casebook.rules.privacy.checking import (
    PrivacyFinding,
    check_identifiers,
    listed_privately,
)
from casebook.rules.privacy.identifiers import LOOKS

Read: TypeAlias = Callable[[str, str], Piece[Any]]


def found(piece: Piece[Any]) -> list[tuple[str, int]]:
    findings = list(check_identifiers(piece))
    assert all(each.hint for each in findings)
    assert all(each.severity == "warning" for each in findings)
    return [(each.code, each.place.span.line) for each in findings]


@pytest.mark.parametrize(
    "text",
    [
        "introduction: Write to jane@example.com soon.\n",
        "sessions: [{day: 0, notes: Seen on 12 March 2026.}]\n",
        "program_sections: {safety: Call 555-123-4567.}\n",
        "client: {pseudonym: A, occupation: works at jane@example.com}\n",
    ],
)
def test_any_text_is_searched(read: Read, text: str) -> None:
    """Prose, notes, the program's own sections and short lines."""
    assert found(read("case-study", text))[0][0] == "CB606"


@pytest.mark.parametrize(
    "text",
    [
        "references: [{id: a, text: 'Smith J. 12 March 2014. mail@example.com'}]\n",
        "figures: [{file: attachments/2026-03-12.png, caption: a, alt: b}]\n",
        "consent: {scope: [record], signed: 2026-03-02, form: a.pdf, note: Seen 12 March 2026}\n",
    ],
)
def test_works_of_others_files_and_consents_are_not_searched(read: Read, text: str) -> None:
    """Published dates and names of files identify nobody."""
    assert found(read("case-study", text)) == []


def test_the_examiner_is_no_client(read: Read) -> None:
    """An examiner's address is not warned of, a remark with one is."""
    text = (
        "examiner: {name: Robin, credentials: robin@example.com}\n"
        "events: [{at: '00:00', remark: Writes to jane@example.com}]\n"
    )
    assert len(found(read("observation", text))) == 1


def test_the_warning_shows_what_it_means(read: Read) -> None:
    """The words found are quoted on one line, with what they look like."""
    (finding,) = check_identifiers(read("case-study", "introduction: |\n  On 12\n  March 2026.\n"))
    assert finding.message == "'12 March 2026' looks like a date (HIPAA-C)"


def test_every_kind_of_identifier_has_words(read: Read) -> None:
    """No kind is without its name."""
    assert set(LOOKS) == set(get_args(IdentifierKind))


@pytest.mark.parametrize("age, codes", [(89, []), (90, []), (91, ["CB607"]), (120, ["CB607"])])
@pytest.mark.parametrize("kind", ["case-study", "observation"])
def test_all_ages_above_89_are_one_group(read: Read, kind: str, age: int, codes: list[str]) -> None:
    """90 stands for anyone older than 89, so only what is above it says too much."""
    piece = read(kind, f"client: {{pseudonym: Client A, age: {age}}}\n")
    assert [code for code, _ in found(piece)] == codes


def test_of_a_text_full_of_addresses_the_first_are_listed_and_the_rest_is_counted(
    read: Read,
) -> None:
    """4,000 addresses of five characters: 50 by themselves, the 51st with the 3,949 behind it."""
    piece = read("case-study", f"introduction: {'x.de ' * 4_000}\n")
    findings = list(check_identifiers(piece))
    assert len(findings) == 51
    assert findings[-2].message == "'x.de' looks like a web address (HIPAA-N)"
    assert findings[-1].message == (
        "'x.de' looks like a web address (HIPAA-N), and so do 3,949 more in this text"
    )
    # "introduction: " has 14 characters, and 50 addresses with their blanks 250.
    assert findings[-1].place.span.column == 14 + 250 + 1


def test_of_a_file_full_of_addresses_the_rest_keeps_its_rule() -> None:
    """600 in one file: 500, and one finding for 100 under the rule of the first of them."""
    made = [
        PrivacyFinding(
            "HIPAA-N" if line > 500 else "HIPAA-F",
            codes.IDENTIFIER.at(Place("a.txt", Span(line, 1, line, 2)), "an address"),
        )
        for line in range(1, 601)
    ]
    *shown, rest = listed_privately(made)
    assert shown == made[:500]
    assert (rest.rule, rest.finding.place.span.line) == ("HIPAA-N", 501)
    assert rest.finding.message.startswith("100 more of this kind in this file are not listed")
