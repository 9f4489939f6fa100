"""Looks through free text for what could tell who the client is.

A scan warns and never certifies: it knows shapes, not people, and misses what has
no shape, such as a bare name or a rare occupation.

Source:
    The 18 identifiers of the HIPAA Safe Harbor method, 45 CFR 164.514(b)(2), as far
    as text can be recognised by its form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casebook.rules.identifier_shapes.every_check import SHAPES
from casebook.rules.identifier_shapes.further import FURTHER_SHAPES
from casebook.rules.identifier_shapes.places import PLACE_SHAPES
from casebook.rules.identifier_shapes.registers import CHECKED_SHAPES, LIKELY_SHAPES
from casebook.rules.identifier_shapes.shape import IdentifierKind, Shape
from casebook.rules.identifier_shapes.telephone import telephone_numbers
from casebook.rules.privacy.safe_harbor import SafeHarborRule, rule_of

LOOKS: Final[dict[IdentifierKind, str]] = {
    "url": "a web address",
    "e-mail": "an e-mail address",
    "ip-address": "a network address",
    "ssn": "a social security number",
    "number": "a number in somebody's register",
    "date": "a date",
    "phone": "a telephone number",
    "fax": "a fax number",
    "age": "an age above 89",
    "address": "a street address",
    "postcode": "a postcode",
    "position": "a position on the map",
    "name": "a name",
    "health-number": "a number of a health insurer",
    "account": "a number of an account",
    "licence": "a number of a licence",
    "vehicle": "a number of a vehicle",
    "device": "a number of a device",
    "code": "a number that one person has",
}
"""What a sentence calls each kind."""

ADVICE: Final[dict[IdentifierKind, str]] = {
    "age": 'write "90 or older" instead of an exact age above 89',
    "postcode": "leave the postcode out; of a US ZIP code the first three digits may stay, "
    "where more than 20,000 people live",
    "position": "leave the position out",
}
"""What to do about a kind, where its rule does not say it as well."""

_CONTEXT: Final = 24
"""How many characters before a telephone number may say that it is for faxes."""

_WITHOUT_DIGITS: Final = frozenset({"url", "e-mail", "ip-address", "age", "name", "code"})
"""Kinds of which some have no digit; all others are passed over in a text without one."""

_DIGIT: Final = re.compile("[0-9]")

_ALL_SHAPES: Final = (*CHECKED_SHAPES, *SHAPES, *FURTHER_SHAPES, *PLACE_SHAPES)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A stretch of text that may identify somebody: ``text[start:end]``."""

    kind: IdentifierKind
    start: int
    end: int
    rule: SafeHarborRule
    looks: str
    advice: str


def identifiers(text: str) -> tuple[Identifier, ...]:
    """List what looks like an identifier, in the order of the text and without overlaps.

    For every check: the forms that are found fast and hit little else.
    """
    return _Search(text).shapes(SHAPES).found()


def all_identifiers(text: str, regions: Sequence[str] = ()) -> tuple[Identifier, ...]:
    """List everything that looks like an identifier, telephone numbers of many countries included.

    Args:
        text: Any text.
        regions: Countries, by two letters, whose telephone numbers are looked for first.
    """
    search = _Search(text).shapes(_ALL_SHAPES)
    search.spans("phone", telephone_numbers(text, regions))
    return search.shapes(LIKELY_SHAPES).found()


class _Search:
    """What was found in one text, and which of its characters are taken."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._taken = bytearray(len(text))
        self._found: list[Identifier] = []
        self._digits = _DIGIT.search(text) is not None

    def shapes(self, shapes: Iterable[Shape]) -> "_Search":
        for shape in shapes:
            if not (self._digits or shape.kind in _WITHOUT_DIGITS):
                continue
            for match in shape.pattern.finditer(self._text):
                named = next((n for n in ("value", "named") if match.groupdict().get(n)), 0)
                if shape.holds(match):
                    self._take(shape.kind, match.span(named), shape.looks, match[0])
        return self

    def spans(self, kind: IdentifierKind, spans: Iterator[tuple[int, int]]) -> None:
        for span in spans:
            self._take(kind, span, None, "")

    def found(self) -> tuple[Identifier, ...]:
        return tuple(sorted(self._found, key=lambda identifier: identifier.start))

    def _take(
        self, kind: IdentifierKind, span: tuple[int, int], looks: str | None, context: str
    ) -> None:
        start, end = span
        if start == end or any(self._taken[start:end]):
            return
        self._taken[start:end] = b"\x01" * (end - start)
        before = self._text[max(0, start - _CONTEXT) : start] if kind == "phone" else ""
        rule = rule_of(kind, before + context)
        called = looks or LOOKS["fax" if rule.letter == "E" else kind]
        self._found.append(
            Identifier(kind, start, end, rule, called, ADVICE.get(kind, rule.remedy))
        )
