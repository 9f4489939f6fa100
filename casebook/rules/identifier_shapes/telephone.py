"""Telephone numbers as the countries write them that casebook's pages have languages for."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

REGIONS: Final = ("US", "GB", "DE", "AT", "CH", "FR", "ES", "NL", "CA", "AU")
"""Countries (ISO 3166-1) whose national ways of writing a number are known by default."""

_MOST_NUMBERS: Final = 1_000
_STICKS_TO: Final = re.compile(r"[\w./,-](?=[+(0-9])")


def telephone_numbers(text: str, regions: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand: ``text[start:end]``; one may come more than once.

    Args:
        text: Any text.
        regions: Countries to try before the usual ones.
    """
    from phonenumbers import Leniency, PhoneNumberMatcher

    if sum("0" <= sign <= "9" for sign in text) < len("5550199"):
        return
    for region in dict.fromkeys((*regions, *REGIONS)):
        for match in PhoneNumberMatcher(
            text, region, leniency=Leniency.VALID, max_tries=_MOST_NUMBERS
        ):
            # Why: "10.1155/2015/512792" is a DOI, and no number inside it is anybody's.
            if _STICKS_TO.match(text, max(0, match.start - 1)) is None:
                yield match.start, match.end
