"""How values read on a page."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from casebook.charts.timeline import clock

MINUS: Final = "−"
_SHORT_CHARACTERS: Final = 64
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ISO_DATE: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])", re.ASCII)


def amount(value: float, unit: str = "") -> str:
    """A number to two places at most, with a true minus sign: "2.5", "−3 mm", "40 %"."""
    digits = f"{value:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)
    digits = "0" if digits == f"{MINUS}0" else digits
    return f"{digits} {unit}" if unit else digits


def degrees(value: float) -> str:
    """An angle: "110°"."""
    return f"{amount(value)}°"


def on_side(structure: str, side: str | None) -> str:
    """A structure with its side: "gluteus maximus, left"; both sides read as "both sides"."""
    if side is None:
        return structure
    return f"{structure}, {'both sides' if side == 'both' else side}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 session", "4 sessions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """An enumeration: "a", "a and b", "a, b and c"."""
    items = list(words)
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capitalised(words: str) -> str:
    """With a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def unstopped(words: str) -> str:
    """Without a full stop at the end, for words that become part of a sentence."""
    return words.rstrip().rstrip(".")


def stopwatch(seconds: int | None) -> str:
    """Minutes and seconds since the session's start, "12:05"; a dash where not recorded."""
    return "–" if seconds is None else clock(seconds)


def lasting(seconds: int | None) -> str:
    """A span in seconds: "42 s"; a dash where not recorded."""
    return "–" if seconds is None else f"{seconds} s"


def long_date(day: date) -> str:
    """A date as people write it: "2 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def with_long_dates(words: str) -> str:
    """The words with every year-month-day in them as people write it: "until 2 March 2026"."""
    return _ISO_DATE.sub(_as_long_date, words)


def _as_long_date(found: re.Match[str]) -> str:
    year, month, day = map(int, found.groups())
    try:
        return long_date(date(year, month, day))
    except ValueError:  # Digits in the shape of a date, such as 2026-13-40.
        return found.group()


def first_sentences(words: str, most: int) -> str:
    """As many whole sentences as ``most`` characters hold; one too long is cut between words."""
    if len(words) <= most:
        return words
    end = max(words.rfind(mark, 0, most) for mark in (". ", "! ", "? "))
    return words[: end + 1] if end > 0 else shortened(words, most)


def shortened(words: str, most: int = _SHORT_CHARACTERS) -> str:
    """At most ``most`` characters, cut between words where that is possible."""
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{(head if space and len(head) > most // 2 else cut).rstrip(' ,;:')}…"
