"""Whether a text may identify a client: a search that warns and never certifies.

Source: HIPAA Safe Harbor's eighteen identifiers.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.rules.identifier_shapes import IdentifierKind
from casebook.rules.identifiers import identifiers
from casebook.rules.prose import texts

OLDEST_AGE: Final = 90
"""Safe Harbor: all ages over 89 are one group."""

_NOT_SEARCHED: Final = {"references", "kind", "id", "consent", "figures", "examiner"}
"""Works of others, names of files, and the examiner, who is no client."""

_LOOKS: Final[Mapping[IdentifierKind, str]] = {
    "url": "a web address",
    "e-mail": "an e-mail address",
    "ip-address": "a network address",
    "ssn": "a social security number",
    "number": "a number in somebody's register",
    "date": "a date",
    "phone": "a telephone number",
    "age": "an age above 89",
    "address": "a street address",
    "name": "a name",
}


def check_identifiers(piece: Piece[CaseStudy] | Piece[Observation]) -> Iterator[Finding]:
    """Warn of what looks like an identifier in any text of a case or a session."""
    for way, text in texts(piece.record):
        if way[0] in _NOT_SEARCHED:
            continue
        for found in identifiers(text):
            shown = " ".join(text[found.start : found.end].split())
            yield codes.IDENTIFIER.at(
                piece.places.of(*way), f"'{shown}' looks like {_LOOKS[found.kind]}", found.advice
            )
    age = piece.record.client.age
    if age is not None and age > OLDEST_AGE:
        yield codes.AGE_OVER_89.at(
            piece.places.of("client", "age"), f"an age of {age} may identify", "write 90"
        )
