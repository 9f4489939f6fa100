"""The forms of dates finer than a year, in the languages that pages can be in, and in Dutch.

Source: the names and short names of months, and the order of a date's parts, are those of the
    Unicode CLDR; every date it writes for these languages in full, long, medium and short is found.
"""

import re
from typing import Final

from casebook.rules.identifier_shapes.shape import WORD_END, YEAR, Shape


def _is_calendar_date(match: re.Match[str]) -> bool:
    """Take day before month or month before day: "12/03" is written both ways."""
    small, large = sorted((int(match["first"]), int(match["second"])))
    months, days = 12, 31
    return 1 <= small <= months and large <= days


def _is_short_date(match: re.Match[str]) -> bool:
    """Tell "12.03.26" from the section number "3.2.24"."""
    in_full = len(match["first"]) == len(match["second"]) == len("12")
    return _is_calendar_date(match) and (in_full or match["mark"] == "/")


_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"
# Why the point belongs to short forms alone: "In March. 1st rib" is two sentences.
_CLEAR_MONTH = (
    r"(?i:(?:Januar(?:y)?|Februar(?:y)?|J[äa]nner|Feber|April|June?|Juni|July?|Juli|August|September|O[ck]tober"
    rf"|November|De[cz]ember){WORD_END}"
    rf"|(?:J[aä]n|Feb|Mrz|Apr|Jun|Jul|Aug|Sept?|O[ck]t|Nov|De[cz]){WORD_END}\.?)"
)
# In small letters "may" and "march" are verbs, unless day and year stand around them.
_MONTH = rf"(?:{_CLEAR_MONTH}|(?:March|MARCH|März|May|MAY|Mai){WORD_END}|Mar{WORD_END}\.?)"
_DATED_MONTH = rf"(?:{_CLEAR_MONTH}|(?i:march|märz|may|mai){WORD_END}|(?i:mar){WORD_END}\.?)"
_MONTH_ES = (
    r"(?i:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    rf"|diciembre){WORD_END}"
)
_MONTH_FR = (
    r"(?i:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre"
    rf"|d[ée]cembre){WORD_END}|(?i:janv|f[ée]vr|avr|juil|d[ée]c){WORD_END}\.?"
)
_MONTH_NL = rf"(?i:januari|februari|maart|mei|augustus){WORD_END}|(?i:mrt){WORD_END}\.?"
_MONTH_ABROAD = f"(?:{_MONTH_ES}|{_MONTH_FR}|{_MONTH_NL})"
# "3 weeks ago" is English, unless day and year stand around it.
_SHORT_ES = rf"(?i:ene|abr|dic){WORD_END}\.?"
# "May 10 sessions" counts sessions; "10/20/30 s" are seconds.
_NO_COUNT = (
    r"(?!\s?(?:x\b|×|%|°|s\b|sec|min|hour|day|week|month|rep|set\b|sets\b|time|session|client"
    r"|degree|breath|step|kg\b|lb|cm\b|mm))"
)

DATE_SHAPES: Final[tuple[Shape, ...]] = (
    Shape(
        "date",
        re.compile(
            r"(?<![\w./-])(?:19|20)[0-9]{2}([./-])(?:0?[1-9]|1[0-2])\1"
            rf"{_DAY}(?![0-9]|[./-][0-9])"
        ),
    ),
    Shape(
        "date",
        re.compile(
            r"(?<![\w./-])(?P<first>[0-9]{1,2})(?P<mark>[./-])\s?(?P<second>[0-9]{1,2})(?P=mark)"
            rf"\s?{YEAR}"
        ),
        _is_calendar_date,
    ),
    Shape(
        "date",
        re.compile(
            # Why: no year below 20, for "12/10/08" is a pyramid of repetitions.
            r"(?<![\w./-])(?P<first>[0-9]{1,2})(?P<mark>[./])(?P<second>[0-9]{1,2})(?P=mark)"
            rf"[2-9][0-9](?![\w/-]|\.[0-9]){_NO_COUNT}"
        ),
        _is_short_date,
    ),
    Shape(
        "date",
        re.compile(
            rf"(?<![\w./-]){_DAY}{_ORDINAL}(?:\s(?:of|day\sof))?[\s-]{{1,2}}"
            rf"(?:{_DATED_MONTH},?[\s-]{{1,2}}{YEAR}|{_MONTH}(?<!\.))"
            rf"|(?<![\w./-]){_DAY}{_DATED_MONTH}{YEAR}"
        ),
    ),
    Shape(
        "date",
        re.compile(
            rf"\b{_DATED_MONTH}\s{{1,2}}{_DAY}{_ORDINAL}(?<!\.),?\s{{1,2}}{YEAR}"
            rf"|\b{_MONTH}\s{{1,2}}(?:the\s)?{_DAY}(?:st|nd|rd|th)?(?![\w/]|[.:-][0-9]){_NO_COUNT}"
            rf"|\b{_DATED_MONTH}(?:,?\s|\sof\s){YEAR}{_NO_COUNT}"
        ),
    ),
    Shape(
        "date",
        re.compile(
            rf"(?<![\w./-]){_DAY}(?:[ºo°.]?\sde\s{_MONTH_ES}(?:,?\s(?:del?\s)?{YEAR})?"
            rf"|(?:er)?[\s-]{_MONTH_ABROAD}(?:[\s-]{YEAR})?"
            rf"|[\s-](?:{_SHORT_ES}|(?i:ago){WORD_END}\.?)[\s-]{YEAR})"
        ),
    ),
    Shape(
        "date",
        # Why the look ahead: years are rare in prose, words are not.
        re.compile(
            rf"(?<![^\W\d_])(?=[^\W\d_]{{3,10}}[.,]?\s(?:del?\s)?(?:19|20)[0-9])"
            rf"(?:{_MONTH_ABROAD}|{_SHORT_ES}),?\s(?:del?\s)?{YEAR}"
        ),
    ),
)
"""Source: 45 CFR 164.514(b)(2)(i)(C); a year alone may stay."""
