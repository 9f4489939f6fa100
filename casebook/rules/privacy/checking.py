"""Whether a text may identify a client: a search that warns and never certifies.

Source: HIPAA Safe Harbor's eighteen identifiers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.listing import Listing
from casebook.diagnostics.place import Loc
from casebook.domain.portfolio import Piece
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.limits import IDENTIFIERS_A_TEXT
from casebook.rules.privacy.identifiers import Identifier, identifiers
from casebook.rules.privacy.passage import Passages
from casebook.rules.privacy.safe_harbor import RULES
from casebook.rules.prose import texts

OLDEST_AGE: Final = 90
"""Safe Harbor: all ages over 89 are one group."""

_NOT_SEARCHED: Final = {"references", "kind", "id", "consent", "figures", "examiner"}
"""Works of others, names of files, and the examiner, who is no client."""


@dataclass(frozen=True, slots=True)
class PrivacyFinding:
    """A finding, and the id of the Safe Harbor rule it falls under, such as HIPAA-D."""

    rule: str
    finding: Finding


Search: TypeAlias = Callable[[str], Iterable[Identifier]]
"""What lists the identifiers in a text."""


def check_identifiers(piece: Piece[CaseStudy] | Piece[Observation]) -> Iterator[Finding]:
    """Warn of what looks like an identifier in any text of a case or a session."""
    searched = ((way, text) for way, text in texts(piece.record) if way[0] not in _NOT_SEARCHED)
    yield from (each.finding for each in identifiers_in(piece, searched, identifiers))
    yield from (each.finding for each in check_age(piece))


def check_age(piece: Piece[CaseStudy] | Piece[Observation]) -> Iterator[PrivacyFinding]:
    """Warn of a client's age above 90, which stands for everybody older than 89."""
    age = piece.record.client.age
    if age is not None and age > OLDEST_AGE:
        place = piece.places.of("client", "age")
        yield PrivacyFinding(
            RULES["C"].id, codes.AGE_OVER_89.at(place, f"an age of {age} may identify", "write 90")
        )


def identifiers_in(
    piece: Piece[Any], searched: Iterable[tuple[Loc, str]], search: Search
) -> Iterator[PrivacyFinding]:
    """Warn of what looks like an identifier in some texts of a file, each at its place."""
    for way, text in searched:
        all_found = tuple(search(text))
        if not all_found:
            continue
        passages = Passages(piece.places, way, text)
        # Why one more than are listed: the rest is told at the place of its first.
        for number, found in enumerate(all_found[: IDENTIFIERS_A_TEXT + 1]):
            left = len(all_found) - number if number == IDENTIFIERS_A_TEXT else 1
            shown = " ".join(text[found.start : found.end].split())
            place = passages.place(found.start, found.end)
            said = f"'{shown}' looks like {found.looks} ({found.rule.id})"
            said = said if left == 1 else f"{said}, and so do {left - 1:,} more in this text"
            yield PrivacyFinding(found.rule.id, codes.IDENTIFIER.at(place, said, found.advice))


def listed_privately(findings: Iterable[PrivacyFinding]) -> Iterator[PrivacyFinding]:
    """The findings, but of one code in one file only the first, and then how many more."""
    listing = Listing()
    rules: dict[tuple[str, str], str] = {}
    for each in findings:
        if listing.takes(each.finding):
            yield each
        else:
            rules.setdefault((each.finding.place.path, each.finding.code), each.rule)
    for more in listing.left_out():
        yield PrivacyFinding(rules[more.place.path, more.code], more)
