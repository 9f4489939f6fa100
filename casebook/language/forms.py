"""Numbers and dates as the language spoken writes them (Unicode CLDR, through Babel).

Babel is imported where it is asked: English numbers do without, and so does a check.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from casebook.language.catalogue import Language, spoken

if TYPE_CHECKING:
    from babel import Locale

MINUS: Final = "−"

# Why British: "2 March 2026", which readers outside America read alike.
_REGIONS: Final = {"en": "en_GB"}


def decimal(value: float) -> str:
    """A number to two places at most, with a true minus sign: "2.5", or "2,5" in German."""
    digits = f"{round(value, 2):.2f}".rstrip("0").rstrip(".").replace("-", MINUS)
    return "0" if digits == f"{MINUS}0" else _with_own_point(digits)


def fixed(value: float, places: int) -> str:
    """A number to exactly so many places: "75.0", or "75,0" in German."""
    return _with_own_point(f"{value:.{places}f}")


def stopwatch(seconds: float) -> str:
    """Minutes and seconds, alike in all languages: 754 is "12:34"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def long_date(day: date) -> str:
    """A date as people write it: "2 March 2026", or "2. März 2026" in German."""
    from babel.dates import format_date

    words = format_date(day, "long", locale=_locale(spoken()))
    # Why: French readers expect "1er mars"; CLDR has "1 mars".
    return words.replace("1", "1er", 1) if spoken() == "fr" and day.day == 1 else words


def enumeration(words: Iterable[str]) -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    from babel.lists import format_list

    items = list(words)
    return format_list(items, locale=_locale(spoken())) if items else ""


def _with_own_point(digits: str) -> str:
    return digits.replace(".", _point(spoken()))


@cache
def _point(language: Language) -> str:
    if language == "en":
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(_locale(language))


@cache
def _locale(language: Language) -> "Locale":
    from babel import Locale

    return Locale.parse(_REGIONS.get(language, language))
