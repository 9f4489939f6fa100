"""The forms of places smaller than a state: postcodes, streets, positions.

Source: 45 CFR 164.514(b)(2)(i)(B); the forms of postcodes are those of the Universal Postal
    Union's addressing sheets.
"""

import re
from typing import Final

from casebook.rules.identifier_shapes.shape import CAPITALISED, Shape

FEW_PEOPLE: Final = frozenset(
    {"036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878",
     "879", "884", "890", "893"}
)  # fmt: skip
"""Three-digit ZIP areas of at most 20,000 people, which may not stay even when shortened.

Source: Department of Health and Human Services, Guidance Regarding Methods for De-identification
    of Protected Health Information (2012), by the census of 2000.
"""

_STATES: Final = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    "|T[NX]|UT|V[AT]|W[AIVY]|NSW|VIC|QLD|TAS|ACT|NT|SA"
)
_PLACE_WORD: Final = (
    r"(?i:\b(?:post\s?codes?|zip|postal\scode|postleitzahl|plz|address|adresse|anschrift|direcci[óo]n"
    r"|domicilio|adres|c[óo]digo\spostal|code\spostal|cp|lives?|living|lived|wohn(?:t|haft|ort)"
    r"|vive|viv[íi]a|habite|habitait|r[ée]side|demeure|woont|woonplaats|moved|based|from|aus|nach"
    r"|resid(?:es?|ing|ent))\b)[^.\n]{0,40}?"
)
_MEASURES: Final = (
    "Meter|Kilometer|Schritte|Stufen|Euro|Franken|Uhr|Wiederholungen|Stunden|Tage|Minuten|Sekunden"
    "|Watt|Kalorien|Steps|Metern|Schritten|Tagen|Kilometern"
)
_TOWN: Final = rf"(?!(?:{_MEASURES})\b){CAPITALISED}"
"""A word with a capital; in German every noun has one."""
_STREET: Final = r"(?:rue|avenue|boulevard|all[ée]e|chemin|impasse|quai|place|route|cours)"


def _has_few_people(match: re.Match[str]) -> bool:
    return match["value"] in FEW_PEOPLE


PLACE_SHAPES: Final[tuple[Shape, ...]] = (
    Shape(
        "postcode",
        # Source: BS 7666; Royal Mail, Programmer's Guide: no C, I, K, M, O, V in the second half.
        re.compile(
            r"(?<![\w-])(?:GIR\s?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][A-HJKPSTUW0-9]?\s[0-9]"
            r"[ABD-HJLNP-UW-Z]{2})(?![\w-])"
        ),
        looks="a UK postcode",
    ),
    Shape(
        "postcode",
        # Source: Canada Post: no D, F, I, O, Q, U.
        re.compile(
            r"(?<![\w-])[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -]?[0-9][ABCEGHJ-NPRSTV-Z]"
            r"[0-9](?![\w-])"
        ),
        looks="a Canadian postcode",
    ),
    Shape(
        "postcode",
        re.compile(
            rf"\b(?:{_STATES})\s{{1,2}}(?P<value>[0-9]{{5}}(?:-[0-9]{{4}})?|[0-9]{{4}})(?![\w%])"
        ),
        looks="a postcode",
    ),
    Shape(
        "postcode",
        re.compile(rf"{_PLACE_WORD}\b(?P<value>[1-9][0-9]{{3}}\s?(?!SA|SD|SS)[A-Z]{{2}})(?![\w-])"),
        looks="a Dutch postcode",
    ),
    Shape(
        "postcode",
        re.compile(
            rf"{_PLACE_WORD}\b(?P<value>(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}\s{_TOWN}(?:[\s-]{_TOWN}){{0,2}})"
        ),
        looks="a postcode with its town",
    ),
    Shape(
        "postcode",
        re.compile(
            rf"(?<=[0-9a-z],\s)(?P<value>[0-9]{{4,5}}\s{_TOWN})"
            rf"|\b(?:D|A|CH|F|E|NL|B|I)-[0-9]{{4,5}}(?:\s{_TOWN})?"
        ),
        looks="a postcode with its town",
    ),
    Shape(
        "postcode",
        re.compile(
            r"(?i:\b(?:post\s?code|c[óo]digo\spostal|code\spostal|c\.?p\.|plz|postleitzahl))"
            r"\W{0,3}(?P<value>[0-9]{4,5})(?![\w%])"
        ),
        looks="a postcode",
    ),
    Shape(
        "postcode",
        re.compile(
            r"(?i:\bzip(?:\scode)?)\W{0,3}(?:(?i:is|begins|starts)\s(?:(?i:with)\s)?)?"
            r"(?P<value>[0-9]{3})(?:\*\*|xx|00|--)?(?![\w])"
        ),
        _has_few_people,
        "the beginning of a ZIP code with at most 20,000 people",
    ),
    Shape(
        "address",
        re.compile(
            rf"\b[0-9]{{1,4}}(?:\s?(?:bis|ter))?,?\s(?i:{_STREET})\s(?:(?:de|du|des|la|le|les)\s|d['’]"
            rf"|l['’]){{0,2}}{_TOWN}(?:[\s-]{_TOWN}){{0,2}}"
        ),
    ),
    Shape(
        "address",
        re.compile(
            r"\b(?i:calle|c/|avenida|avda\.|plaza|paseo|camino|ronda)\s?(?:(?:de|del|la|las|los|el)\s)"
            rf"{{0,2}}{_TOWN}(?:\s(?:de\s)?{_TOWN}){{0,2}},?\s(?:n[.ºo°]{{1,2}}\s?)?[0-9]{{1,4}}\b"
        ),
    ),
    Shape(
        "address",
        re.compile(
            r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]{1,24}(?:platz|ring|damm|ufer|straat|laan|plein|gracht|kade|str\.)"
            r"\s[0-9]{1,4}[a-z]?\b"
        ),
    ),
    Shape(
        "position",
        re.compile(
            r"(?<![\w.])-?[0-9]{1,2}\.[0-9]{4,8}°?\s?[NS]?,\s?-?[0-9]{1,3}\.[0-9]{4,8}°?\s?[EWO]?(?!\w)"
        ),
    ),
    Shape(
        "position",
        re.compile(
            r"(?<!\w)[0-9]{1,3}°\s?[0-9]{1,2}['′’]\s?(?:[0-9]{1,2}(?:\.[0-9]{1,4})?[\"″”]\s?)?[NSEWO]\b"
        ),
    ),
)
