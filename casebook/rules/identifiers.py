"""Looks through free text for what could tell who the client is.

A scan warns and never certifies: it knows shapes, not people, and misses what has
no shape, such as a bare name or a rare occupation.

Source:
    The 18 identifiers of the HIPAA Safe Harbor method, 45 CFR 164.514(b)(2), as far
    as text can be recognised by its form.
"""

from dataclasses import dataclass
from typing import Final

from casebook.rules.identifier_shapes import SHAPES, IdentifierKind

ADVICE: Final[dict[IdentifierKind, str]] = {
    "url": "leave the web address out; published work belongs in the references",
    "e-mail": "leave the e-mail address out",
    "ip-address": "leave the network address out",
    "ssn": "leave the social security number out",
    "number": "leave out the number that a register, insurer or account knows somebody by",
    "date": "count days from the first session (Day 0, Day 7); a year alone may stay",
    "phone": "leave the telephone or fax number out",
    "age": 'write "90 or older" instead of an exact age above 89',
    "address": "name no place smaller than a state or region",
    "name": 'use the pseudonym ("Client A"), and a role ("her physician") for others',
}
"""What to do about each kind."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A stretch of text that may identify somebody: ``text[start:end]``."""

    kind: IdentifierKind
    start: int
    end: int
    advice: str


def identifiers(text: str) -> tuple[Identifier, ...]:
    """List what looks like an identifier, in the order of the text and without overlaps."""
    taken = bytearray(len(text))
    found = []
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            start, end = match.span("value" if "value" in shape.pattern.groupindex else 0)
            if any(taken[start:end]) or not shape.holds(match):
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(Identifier(shape.kind, start, end, ADVICE[shape.kind]))
    return tuple(sorted(found, key=lambda identifier: identifier.start))
