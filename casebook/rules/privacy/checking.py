"""Whether a text may identify a client: a search that warns and never certifies.

Source: HIPAA Safe Harbor's eighteen identifiers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc
from casebook.domain.portfolio import Piece
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
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
        passages = None
        for found in search(text):
            passages = passages or Passages(piece.places, way, text)
            shown = " ".join(text[found.start : found.end].split())
            place = passages.place(found.start, found.end)
            said = f"'{shown}' looks like {found.looks} ({found.rule.id})"
            yield PrivacyFinding(found.rule.id, codes.IDENTIFIER.at(place, said, found.advice))
