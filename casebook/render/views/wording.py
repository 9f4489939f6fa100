"""How values read on a page, in the language spoken."""

import re
from datetime import date
from typing import Final

from markupsafe import Markup

from casebook.language import Language, _, ngettext, spoken
from casebook.language.forms import decimal, long_date
from casebook.language.forms import stopwatch as on_stopwatch
from casebook.language.terms import side as side_words
from casebook.language.terms import with_side

_SHORT_CHARACTERS: Final = 64
_ISO_DATE: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])", re.ASCII)


def amount(value: float, unit: str = "") -> str:
    """A number to two places at most, with a true minus sign: "2.5", "−3 mm", "40 %"."""
    digits = decimal(value)
    return f"{digits} {unit}" if unit else digits


def percent(value: float) -> str:
    """A share of a hundred: "62.5 %"."""
    return amount(value, "%")


def degrees(value: float) -> str:
    """An angle: "110°"."""
    return f"{amount(value)}°"


def on_side(structure: str, side: str | None) -> str:
    """A structure with its side: "gluteus maximus, left"; both sides read as "both sides"."""
    return with_side(structure, side_words(side) if side else "")


def days(count: int) -> str:
    """A span in days: "1 day", "12 days"."""
    return ngettext("{count} day", "{count} days", count).format(count=count)


def years(count: int) -> str:
    """An age: "46 years"."""
    return ngettext("{count} year", "{count} years", count).format(count=count)


def sessions(count: int) -> str:
    """A number of sessions: "1 session", "4 sessions"."""
    return ngettext("{count} session", "{count} sessions", count).format(count=count)


def cycles(count: int) -> str:
    """A number of cycles: "1 cycle", "6 cycles"."""
    return ngettext("{count} cycle", "{count} cycles", count).format(count=count)


def on_day(day: int) -> str:
    """A day of the case, counted from the first session: "Day 7"."""
    return _("Day {day}").format(day=day)


def filled(message: str, **values: object) -> Markup:
    """A message with its places filled; values may be markup, and all else is escaped."""
    return Markup.escape(message).format(**values)


def in_language(language: Language, words: str) -> str:
    """Words of a program for a page, marked where they are in another language than the page.

    Why: it rules how they are hyphenated and read aloud.
    """
    if not words or language == spoken():
        return words
    return Markup('<span lang="{}">{}</span>').format(language, words)


def capitalised(words: str) -> str:
    """With a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def unstopped(words: str) -> str:
    """Without a full stop at the end, for words that become part of a sentence."""
    return words.rstrip().rstrip(".")


def stopwatch(seconds: int | None) -> str:
    """Minutes and seconds since the session's start, "12:05"; a dash where not recorded."""
    return "–" if seconds is None else on_stopwatch(seconds)


def lasting(seconds: int | None) -> str:
    """A span in seconds: "42 s"; a dash where not recorded."""
    return "–" if seconds is None else _("{seconds} s").format(seconds=seconds)


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
