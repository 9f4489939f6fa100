"""The forms by which an identifier can be recognised in prose.

They are written for what massage and movement therapists write: "2 x 10 daily",
"L4-L5", "7/10", "25 s" and "2014;44:560" are none of them.
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

IdentifierKind: TypeAlias = Literal[
    "url", "e-mail", "ip-address", "ssn", "number", "date", "phone", "age", "address", "name"
]


class Shape(NamedTuple):
    """One form of an identifier; of two that overlap, the one listed first stands.

    Every repetition in a pattern has an upper limit, so that the time a text takes
    grows with its length and no faster. A group named "value" is the identifier
    proper; what stands around it is its context.
    """

    kind: IdentifierKind
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda _match: True


def _has_digits(fewest: int) -> Callable[[re.Match[str]], bool]:
    return lambda match: sum("0" <= char <= "9" for char in match["value"]) >= fewest


def _is_no_literature(match: re.Match[str]) -> bool:
    return _LITERATURE.match(match[0]) is None


def _is_ip(match: re.Match[str]) -> bool:
    largest_octet = 255
    return all(int(octet) <= largest_octet for octet in match[0].split("."))


def _is_calendar_date(match: re.Match[str]) -> bool:
    """Take day before month or month before day: "12/03" is written both ways."""
    small, large = sorted((int(match["first"]), int(match["second"])))
    months, days = 12, 31
    return 1 <= small <= months and large <= days


def _is_short_date(match: re.Match[str]) -> bool:
    """Tell "12.03.26" from the section number "3.2.24"."""
    in_full = len(match["first"]) == len(match["second"]) == len("12")
    return _is_calendar_date(match) and (in_full or match["mark"] == "/")


def _is_national_phone(match: re.Match[str]) -> bool:
    """Tell "020 7946 0958" and "06 12 34 56 78" from a list of small numbers."""
    groups = [len(group) for group in re.findall(r"[0-9]{1,20}", match[0])]
    in_pairs = [2, 2, 2, 2, 2]
    shortest_area_code, fewest_digits = 3, 9
    return groups == in_pairs or (
        groups[0] >= shortest_area_code and min(groups) > 1 and sum(groups) >= fewest_digits
    )


def _is_surname(match: re.Match[str]) -> bool:
    return _NO_SURNAMES.fullmatch(match["surname"]) is None


# Links to published work identify a paper, not a client.
_LITERATURE = re.compile(
    r"(?i)(?:https?://)?(?:www\.)?(?:(?:dx\.)?doi\.org|(?:[a-z]{1,10}\.){0,3}nih\.gov)(?:[/:?#]|$)"
)

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_WORD_END = r"(?![^\W\d_])"
# Why the point belongs to short forms alone: "In March. 1st rib" is two sentences.
_CLEAR_MONTH = (
    r"(?i:(?:Januar(?:y)?|Februar(?:y)?|April|June?|Juni|July?|Juli|August|September|O[ck]tober"
    rf"|November|De[cz]ember){_WORD_END}"
    rf"|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|O[ck]t|Nov|De[cz]){_WORD_END}\.?)"
)
# In small letters "may" and "march" are verbs, unless day and year stand around them.
_MONTH = rf"(?:{_CLEAR_MONTH}|(?:March|MARCH|März|May|MAY|Mai){_WORD_END}|Mar{_WORD_END}\.?)"
_DATED_MONTH = rf"(?:{_CLEAR_MONTH}|(?i:march|märz|may|mai){_WORD_END}|(?i:mar){_WORD_END}\.?)"
# "May 10 sessions" counts sessions; "10/20/30 s" are seconds.
_NO_COUNT = (
    r"(?!\s?(?:x\b|×|%|°|s\b|sec|min|hour|day|week|month|rep|set\b|sets\b|time|session|client"
    r"|degree|breath|kg\b|lb|cm\b|mm))"
)

_REGISTER = (
    r"(?:(?:medical|health|patient|client)\srecord|record|chart|(?:case\s)?file|patient|client"
    r"|hospital|health\splan|(?:health\s|national\s)?insurance|policy|member(?:ship)?|subscriber"
    r"|beneficiary|account|acct\.?|licen[cs]e|certificate|certification|registration|registry"
    r"|practitioner|passport|(?:identity|id)\scard|serial|device|implant|vehicle|tax|customer"
    r"|invoice|claim|case)"
)
_NUMBER_WORD = r"(?:number|num\b\.?|no\b\.?|nr\b\.?|id\b|\#)"
_IS = r"\s{0,2}(?:[:=]|is\b|was\b)?\s{0,2}\#?"
_NUMBER = (
    r"(?P<value>(?-i:[A-Z]{1,4}\s)?[A-Z]{0,6}[/-]?[0-9][0-9A-Z]{0,18}(?:[ ./-][0-9]{1,10}){0,6})"
    r"(?![\w%])"
)

_PHONE_END = r"(?![\w]|[.-][0-9])"
_PLACE_WORD = (
    r"(?i:\b(?:post\s?code|zip(?:\scode)?|postal\scode|postleitzahl|plz|address|lives?|living|lived"
    r"|resid(?:es?|ing|ent)|moved|based|from|wohnt|wohnhaft))\b[^.\n]{0,40}?"
)
_CODE_WORD = (
    r"(?i:\b(?:post\s?code|zip(?:\scode)?|postal\scode|postleitzahl|plz))\b\W{0,3}(?:is\s)?"
)

_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][^\W\d_A-ZÀ-ÖØ-Þ]{1,24}"
_SURNAME = (
    r"(?:(?:van|von|de|der|den|del|la|le|di|da)\s){0,2}(?P<surname>(?:[A-Z]['’])?"
    rf"{_CAPITALISED}(?:{_CAPITALISED})?(?:-{_CAPITALISED})?)"
)
_TITLE = r"(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Dame|Rev|Reverend|Herrn?|Frau)\b\.?"
# Words that open the next sentence, or belong to a role, rather than surnames.
_NO_SURNAMES = re.compile(
    r"A|After|All|An|And|As|At|Before|But|By|Client|For|From|He|Her|His|How|I|If|In|It|Its|My|No"
    r"|Not|Of|On|Or|Our|Patient|She|So|That|The|Their|Then|There|They|This|To|Was|We|What|When|Who"
    r"|With|You|Your"
)

SHAPES: tuple[Shape, ...] = (
    Shape(
        "url",
        re.compile(r"(?i)(?<![\w@])(?:https?://|www\.)[^\s<>\"]{0,300}[^\s<>\".,;:!?)\]'’]"),
        _is_no_literature,
    ),
    Shape(
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,3}"
            r"(?:com|org|net|info|co\.uk|org\.uk|de)(?![\w@-]|\.\w)"
            r"(?:/[^\s<>\"]{0,300}[^\s<>\".,;:!?)\]'’])?"
        ),
        _is_no_literature,
    ),
    Shape(
        "e-mail",
        re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
    ),
    Shape(
        "ip-address",
        re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\.?\w)"),
        _is_ip,
    ),
    Shape(
        "ip-address",
        re.compile(
            r"(?i)(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}"
            r"|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?![\w:])"
        ),
    ),
    Shape(
        "ssn",
        # Source: the Social Security Administration never gave out 000, 666 or 9xx.
        re.compile(r"(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])"),
    ),
    Shape(
        "ssn",
        re.compile(
            rf"(?i)\b(?:SSN|social\ssecurity)(?:\s{_NUMBER_WORD})?{_IS}"
            r"(?P<value>[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})(?![\w-])"
        ),
    ),
    Shape(
        "number",
        re.compile(rf"(?i)\b{_REGISTER}\s?{_NUMBER_WORD}{_IS}{_NUMBER}"),
        _has_digits(3),
    ),
    Shape(
        "number",
        re.compile(
            rf"(?i)\b(?:MRN|NPI|NHS|VIN|IBAN|NINO|LMT|EIN)\b(?:\s?{_NUMBER_WORD})?{_IS}{_NUMBER}"
        ),
        _has_digits(4),
    ),
    Shape(
        "number",
        re.compile(rf"(?i)\b(?:licen[cs]e|registration|policy|account|passport){_IS}{_NUMBER}"),
        _has_digits(5),
    ),
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
            rf"\s?{_YEAR}"
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
            rf"(?:{_DATED_MONTH},?[\s-]{{1,2}}{_YEAR}|{_MONTH}(?<!\.))"
        ),
    ),
    Shape(
        "date",
        re.compile(
            rf"\b{_DATED_MONTH}\s{{1,2}}{_DAY}{_ORDINAL}(?<!\.),?\s{{1,2}}{_YEAR}"
            rf"|\b{_MONTH}\s{{1,2}}(?:the\s)?{_DAY}(?:st|nd|rd|th)?(?![\w/]|[.:-][0-9]){_NO_COUNT}"
            rf"|\b{_MONTH}(?:,?\s|\sof\s){_YEAR}"
        ),
    ),
    Shape(
        "phone",
        re.compile(r"(?<![\w+.])(?:\+|00\s?)[1-9](?:[ ()./-]{0,3}[0-9]){7,14}" + _PHONE_END),
    ),
    Shape(
        "phone",
        re.compile(
            r"(?<![\w.+/-])(?:1[ .-])?(?:\([2-9][0-9]{2}\)[ ]?|[2-9][0-9]{2}[ .-])"
            r"[0-9]{3}[ .-][0-9]{4}" + _PHONE_END
        ),
    ),
    Shape(
        "phone",
        re.compile(r"(?<![\w.,:/+-])\(?0[1-9][0-9]{0,4}\)?(?:[ ./-]{0,2}[0-9]){6,10}" + _PHONE_END),
        _is_national_phone,
    ),
    Shape(
        "phone",
        re.compile(
            r"(?i)\b(?:(?:tele)?phone|tel|mobile|cell|fax|whatsapp|call(?:\s\w{1,8})?\s(?:on|at))\b\.?"
            rf"(?:\s{_NUMBER_WORD})?{_IS}(?P<value>[+(]?[0-9](?:[ ()./-]{{0,2}}[0-9]){{5,14}})"
            + _PHONE_END
        ),
        _has_digits(6),
    ),
    Shape(
        "age",
        re.compile(
            r"(?i)\b(?:aged?(?:\sof|:)?\s(?:9[0-9]|1[0-2][0-9])(?![\w%+]|\s?(?:or|and|plus|°|degree))"
            r"|(?:9[0-9]|1[0-2][0-9])[\s-]?(?:(?:years?|yrs?)[\s-](?:old|of\sage)|y\.?/?o\b)"
            r"|(?:turned|turning)\s(?:9[0-9]|1[0-2][0-9])(?![\w%]|\s?(?:°|degree))"
            r"|(?:9[0-9]|1[0-2][0-9])(?:st|nd|rd|th)\sbirthday"
            r"|ninety(?:[\s-][a-z]{3,5})?[\s-]years?[\s-]old)"
        ),
    ),
    Shape(
        "address",
        re.compile(
            rf"\b[0-9]{{1,5}}[a-z]?\s(?:{_CAPITALISED}\s){{1,3}}"
            r"(?:Street|Road|Avenue|Lane|Boulevard|Terrace|Crescent|Court|Square"
            r"|(?:St|Rd|Ave|Blvd)\b\.?)(?!\w)"
        ),
    ),
    Shape(
        "address",
        re.compile(rf"\b{_CAPITALISED}(?:straße|strasse|weg|gasse|allee)\s[0-9]{{1,4}}[a-z]?\b"),
    ),
    Shape(
        "address",
        re.compile(
            _PLACE_WORD + r"\b(?P<value>[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2}"
            rf"|(?:D-)?[0-9]{{5}}\s{_CAPITALISED})\b"
        ),
    ),
    Shape("address", re.compile(_CODE_WORD + r"(?P<value>(?:D-)?[0-9]{5}(?:-[0-9]{4})?)\b")),
    Shape("address", re.compile(rf"\b(?:{_CAPITALISED},\s[A-Z]{{2}}\s[0-9]{{5}}|D-[0-9]{{5}})\b")),
    Shape(
        "name",
        re.compile(rf"\b(?:{_TITLE}\s{{1,2}}(?:med\.\s)?){{1,3}}(?:[A-Z]\.\s?){{0,2}}{_SURNAME}"),
        _is_surname,
    ),
    Shape(
        "name",
        re.compile(
            r"\b(?:(?i:his|her|their|client['’]s|patient['’]s|real|full|first|last|maiden)"
            rf"\sname\s(?:is|was)|née)\s{_SURNAME}"
        ),
        _is_surname,
    ),
)
