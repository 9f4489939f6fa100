"""Telephone numbers as the countries write them that casebook's pages have languages for.

Source: libphonenumber's data on numbering plans, which ``phonenumbers`` carries.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

REGIONS: Final = ("US", "GB", "DE", "AT", "CH", "FR", "ES", "NL", "CA", "AU")
"""Countries (ISO 3166-1) whose national ways of writing a number are known by default."""

_MOST_NUMBERS: Final = 1_000
_FEWEST_DIGITS: Final = len("5550199")
"""A number without its area code; shorter ones of some towns are numbers of paragraphs, too."""
_STICKS_TO: Final = re.compile(r"[\w./,-](?=[+(0-9])")


def telephone_numbers(text: str, regions: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand: ``text[start:end]``; one may come more than once.

    Args:
        text: Any text.
        regions: Countries to try before the usual ones.
    """
    from phonenumbers import Leniency, PhoneNumberMatcher

    if _digits(text) < _FEWEST_DIGITS:
        return
    for region in dict.fromkeys((*regions, *REGIONS)):
        for match in PhoneNumberMatcher(
            text, region, leniency=Leniency.VALID, max_tries=_MOST_NUMBERS
        ):
            # Why: "10.1155/2015/512792" is a DOI, and no number inside it is anybody's.
            sticks = _STICKS_TO.match(text, max(0, match.start - 1))
            if sticks is None and _digits(match.raw_string) >= _FEWEST_DIGITS:
                yield match.start, match.end


def _digits(text: str) -> int:
    return sum("0" <= sign <= "9" for sign in text)
