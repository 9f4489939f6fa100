"""The eighteen kinds of identifiers that the HIPAA Safe Harbor method takes out of a record.

They count for the client and for relatives, employers and household members alike.

Source:
    45 CFR 164.514(b)(2)(i), (A) to (R), as Johns Hopkins Medicine's "Definition of De-Identified
    Data" gives it letter by letter; the wording here is casebook's own. That a bar over the eyes
    is not enough: International Committee of Medical Journal Editors, on protecting participants.
    (B) and (P) to (R) have no form of their own in full, so a person is asked; and (ii) asks for
    more than the list: nobody who hands it on may know that what is left identifies somebody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casebook.rules.identifier_shapes.shape import IdentifierKind

PREFIX: Final = "HIPAA-"
"""What stands before the letter in the id of a rule."""


@dataclass(frozen=True, slots=True)
class SafeHarborRule:
    """One of the eighteen kinds.

    Attributes:
        letter: Its letter in the regulation.
        title: What it is called.
        remedy: What to do about one that is found.
        question: What a person has to ask, where no search of texts finds all of it; None where
            the search looks for it by its form.
    """

    letter: str
    title: str
    remedy: str
    question: str | None = None

    @property
    def id(self) -> str:
        """The id that findings carry, such as HIPAA-D."""
        return f"{PREFIX}{self.letter}"


_NUMBER: Final = "leave out the number that a register, insurer or account knows somebody by"

RULES: Final[Mapping[str, SafeHarborRule]] = {
    rule.letter: rule
    for rule in (
        SafeHarborRule(
            "A", "names",
            'use the pseudonym ("Client A"), and a role ("her physician") for others',
            "Is anybody named: the client, a relative, an employer, a colleague, a pet, a club?",
        ),
        SafeHarborRule(
            "B", "places smaller than a state",
            "name no place smaller than a state or region",
            "Does a town, a district, a well-known building or an event say where they live?",
        ),
        SafeHarborRule(
            "C", "dates finer than a year, and ages over 89",
            "count days from the first session (Day 0, Day 7); a year alone may stay, unless it "
            "tells an age over 89",
        ),
        SafeHarborRule("D", "telephone numbers", "leave the telephone number out"),
        SafeHarborRule("E", "fax numbers", "leave the fax number out"),
        SafeHarborRule("F", "e-mail addresses", "leave the e-mail address out"),
        SafeHarborRule(
            "G", "social security numbers", "leave the social security number out"
        ),
        SafeHarborRule("H", "medical record numbers", _NUMBER),
        SafeHarborRule("I", "health plan numbers", _NUMBER),
        SafeHarborRule("J", "account numbers", _NUMBER),
        SafeHarborRule("K", "certificate and licence numbers", _NUMBER),
        SafeHarborRule("L", "vehicles and number plates", "leave out what a vehicle is known by"),
        SafeHarborRule("M", "devices and serial numbers", "leave out what a device is known by"),
        SafeHarborRule(
            "N", "web addresses",
            "leave the web address out; published work belongs in the references",
        ),
        SafeHarborRule("O", "network addresses", "leave the network address out"),
        SafeHarborRule(
            "P", "fingerprints, voices and other biometrics",
            "leave out what a body can be known by",
            "Is a voice, a gait on film, a fingerprint or a scan of a face or an eye in it?",
        ),
        SafeHarborRule(
            "Q", "full-face pictures and the like",
            "use no picture that shows a face; a bar over the eyes is not enough",
            "Is a face in it, or anything as telling: a tattoo, a scar, a name tag, a room?",
        ),
        SafeHarborRule(
            "R", "any other unique number, mark or code",
            "leave out the number, name or mark that only one person has",
            "Is anything else the only one of its kind: a rare occupation, a record, an accident "
            "that was in the news?",
        ),
    )
}  # fmt: skip
"""The kinds by their letters, in order."""

_LETTERS: Final[Mapping[IdentifierKind, str]] = {
    "name": "A", "address": "B", "postcode": "B", "position": "B", "date": "C", "age": "C",
    "phone": "D", "fax": "E", "e-mail": "F", "ssn": "G", "health-number": "I", "account": "J",
    "licence": "K", "vehicle": "L", "device": "M", "url": "N", "ip-address": "O", "code": "R",
}  # fmt: skip

_REGISTERS: Final = (
    ("H", r"record|chart|file|patient|client|hospital|\bcase|mrn|historia|dossier"),
    ("I", r"health|insur|policy|member|subscriber|beneficiary|nhs|versicher|kranken|p[óo]liza"),
    ("J", r"account|acct|customer|invoice|claim|iban|konto|kunden|rechnung|cuenta|compte"),
    ("K", r"licen|certificat|regist|practitioner|npi|lmt|zulassung|colegiado|adeli|rpps"),
    ("L", r"vehicle|vin\b|plate|kennzeichen|fahrgestell|matr[íi]cula|immatriculation"),
    ("M", r"serial|device|implant"),
)
"""Words for registers, by the kind that their numbers are; the first that is there counts."""


def rule_of(kind: IdentifierKind, context: str) -> SafeHarborRule:
    """The rule an identifier falls under.

    Args:
        kind: What it is.
        context: The identifier with the words that tell what register a number stands in.
    """
    if kind == "phone" and re.search(r"(?i)fax|télécopie", context):
        return RULES["E"]
    if kind == "number":
        found = (letter for letter, words in _REGISTERS if re.search(rf"(?i){words}", context))
        return RULES[next(found, "R")]
    return RULES[_LETTERS[kind]]
