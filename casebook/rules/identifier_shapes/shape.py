"""A form by which an identifier can be recognised, and what such forms have in common."""

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple, TypeAlias

IdentifierKind: TypeAlias = Literal[
    "url", "e-mail", "ip-address", "ssn", "number", "date", "phone", "fax", "age", "address",
    "postcode", "position", "name", "health-number", "account", "licence", "vehicle", "device",
    "code",
]  # fmt: skip
"""What an identifier is; ``casebook.rules.privacy.safe_harbor`` says which rule it falls under."""


class Shape(NamedTuple):
    """One form of an identifier; of two that overlap, the one listed first stands.

    Every repetition in a pattern has an upper limit, so that the time a text takes
    grows with its length and no faster. A group named "value" is the identifier
    proper; what stands around it is its context.
    """

    kind: IdentifierKind
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda _match: True
    looks: str | None = None
    """What a sentence calls it; what its kind is called when left out."""


def has_digits(fewest: int) -> Callable[[re.Match[str]], bool]:
    """Whether the identifier proper has at least so many digits."""
    return lambda match: sum("0" <= char <= "9" for char in match["value"]) >= fewest


CAPITALISED: Final = r"[^\W\d_a-zß-öø-ÿ][^\W\d_A-ZÀ-ÖØ-Þ]{1,24}"
"""A word with a capital letter at its beginning and nowhere else."""

WORD_END: Final = r"(?![^\W\d_])"

YEAR: Final = r"(?:19|20)[0-9]{2}(?![0-9])"

IS: Final = r"\s{0,2}(?:[:=]|is\b|was\b)?\s{0,2}\#?"
"""What may stand between the name of a register and its number."""

NUMBER_WORD: Final = r"(?:number|num\b\.?|no\b\.?|nr\b\.?|id\b|\#)"

NUMBER: Final = (
    r"(?P<value>(?-i:[A-Z]{1,4}\s)?[A-Z]{0,6}[/-]?[0-9][0-9A-Z]{0,18}(?:[ ./-][0-9]{1,10}){0,6})"
    r"(?![\w%])"
)
"""A number as registers give them out, with or without letters before it."""
