"""The forms by which an identifier can be recognised in prose.

They are written for what massage and movement therapists write: "2 x 10 daily",
"L4-L5", "7/10", "25 s" and "2014;44:560" are none of them.
"""

import re

from casebook.rules.identifier_shapes.dates import DATE_SHAPES
from casebook.rules.identifier_shapes.shape import (
    CAPITALISED,
    IS,
    NUMBER,
    NUMBER_WORD,
    Shape,
    has_digits,
)


def _is_no_literature(match: re.Match[str]) -> bool:
    return _LITERATURE.match(match[0]) is None


def _is_ip(match: re.Match[str]) -> bool:
    largest_octet = 255
    return all(int(octet) <= largest_octet for octet in match[0].split("."))


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

_REGISTER = (
    r"(?:(?:medical|health|patient|client)\srecord|record|chart|(?:case\s)?file|patient|client"
    r"|hospital|health\splan|(?:health\s|national\s)?insurance|policy|member(?:ship)?|subscriber"
    r"|beneficiary|account|acct\.?|licen[cs]e|certificate|certification|registration|registry"
    r"|practitioner|passport|(?:identity|id)\scard|serial|device|implant|vehicle|tax|customer"
    r"|invoice|claim|case)"
)

_PHONE_END = r"(?![\w]|[.-][0-9])"
_PLACE_WORD = (
    r"(?i:\b(?:post\s?code|zip(?:\scode)?|postal\scode|postleitzahl|plz|address|lives?|living|lived"
    r"|resid(?:es?|ing|ent)|moved|based|from|wohnt|wohnhaft))\b[^.\n]{0,40}?"
)
_CODE_WORD = (
    r"(?i:\b(?:post\s?code|zip(?:\scode)?|postal\scode|postleitzahl|plz))\b\W{0,3}(?:is\s)?"
)

_SURNAME = (
    r"(?:(?:van|von|de|der|den|del|la|le|di|da)\s){0,2}(?P<surname>(?:[A-Z]['’])?"
    rf"{CAPITALISED}(?:{CAPITALISED})?(?:-{CAPITALISED})?)"
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
        # Source: Social Security Administration, "Social Security Number Randomization Frequently
        # Asked Questions": no 000, 666 or 9xx, no group 00, no serial 0000.
        re.compile(r"(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])"),
    ),
    Shape(
        "ssn",
        re.compile(
            rf"(?i)\b(?:SSN|social\ssecurity)(?:\s{NUMBER_WORD})?{IS}"
            r"(?P<value>[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})(?![\w-])"
        ),
    ),
    Shape(
        "number",
        re.compile(rf"(?i)\b{_REGISTER}\s?{NUMBER_WORD}{IS}{NUMBER}"),
        has_digits(3),
    ),
    Shape(
        "number",
        re.compile(
            rf"(?i)\b(?:MRN|NPI|NHS|VIN|IBAN|NINO|LMT|EIN)\b(?:\s?{NUMBER_WORD})?{IS}{NUMBER}"
        ),
        has_digits(4),
    ),
    Shape(
        "number",
        re.compile(rf"(?i)\b(?:licen[cs]e|registration|policy|account|passport){IS}{NUMBER}"),
        has_digits(5),
    ),
    *DATE_SHAPES,
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
            rf"(?:\s{NUMBER_WORD})?{IS}(?P<value>[+(]?[0-9](?:[ ()./-]{{0,2}}[0-9]){{5,14}})"
            + _PHONE_END
        ),
        has_digits(6),
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
            rf"\b[0-9]{{1,5}}[a-z]?\s(?:{CAPITALISED}\s){{1,3}}"
            r"(?:Street|Road|Avenue|Lane|Boulevard|Terrace|Crescent|Court|Square"
            r"|(?:St|Rd|Ave|Blvd)\b\.?)(?!\w)"
        ),
    ),
    Shape(
        "address",
        re.compile(rf"\b{CAPITALISED}(?:straße|strasse|weg|gasse|allee)\s[0-9]{{1,4}}[a-z]?\b"),
    ),
    Shape(
        "address",
        re.compile(
            _PLACE_WORD + r"\b(?P<value>[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2}"
            rf"|(?:D-)?[0-9]{{5}}\s{CAPITALISED})\b"
        ),
    ),
    Shape("address", re.compile(_CODE_WORD + r"(?P<value>(?:D-)?[0-9]{5}(?:-[0-9]{4})?)\b")),
    Shape("address", re.compile(rf"\b(?:{CAPITALISED},\s[A-Z]{{2}}\s[0-9]{{5}}|D-[0-9]{{5}})\b")),
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
