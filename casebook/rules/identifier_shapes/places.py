"""The forms of places smaller than a state: postcodes, streets, positions.

Source: 45 CFR 164.514(b)(2)(i)(B); beside each form where its letters matter. The forms
    find every example of a postcode in libaddressinput's data for US, GB, DE, AT, CH, FR, ES, NL,
    CA and AU: digits alone where a state, a town or a word stands beside them.
"""

import re
from typing import Final

from casebook.rules.identifier_shapes.shape import CAPITALISED, Shape

FEW_PEOPLE: Final = frozenset(
    {"036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878",
     "879", "884", "890", "893"}
)  # fmt: skip
"""Three-digit ZIP areas of at most 20,000 people, which may not stay even when shortened.

Source: the seventeen that the Department of Health and Human Services names in its guidance on
    de-identification (2012) by the census of 2000, as John D. Cook gives them in "Sparsely
    populated zip codes". The guidance asks for newer figures where there are any.
"""

_US_STATES: Final = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI"
    "|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]"
)
_AUSTRALIAN: Final = (
    r"(?:NSW\s{1,2}[12]|VIC\s{1,2}[38]|QLD\s{1,2}[49]|TAS\s{1,2}7|ACT\s{1,2}2[69]|NT\s{1,2}0[89]"
    r"|SA\s{1,2}5|WA\s{1,2}6)[0-9]{2,3}"
)
"""A state with its postcode. Source: libaddressinput's data for AU, sub_zips."""
_UK_POSTCODE: Final = (
    r"(?:[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRV-Y])"
    r"\s[0-9][ABD-HJLNP-UW-Z]{2}|GIR\s?0AA|BFPO\s[0-9]{1,4})"
)
"""Source: Royal Mail's rules on letters, as "Postcode format" (Market Research Society) gives them;
the fourth letter, and P as the third, by validators after BS 7666."""
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
        re.compile(
            rf"(?<![\w-]){_UK_POSTCODE}(?![\w-])"
            rf"|(?i:\b(?:post\s?code|address|lives?|lived|living)\b)[^.\n]{{1,12}}\b"
            rf"(?P<value>(?i:{_UK_POSTCODE}))(?![\w-])"
        ),
        looks="a UK postcode",
    ),
    Shape(
        "postcode",
        # Source: everything2.com, "Canadian Postal Code": no D, F, I, O, Q, U; no W, Z at first.
        re.compile(
            r"(?<![\w-])[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -]?[0-9][ABCEGHJ-NPRSTV-Z]"
            r"[0-9](?![\w-])"
        ),
        looks="a Canadian postcode",
    ),
    Shape(
        "postcode",
        re.compile(
            # Why: "CT 2019" and "ACT 2015" are a scan and a therapy, each with its year.
            rf"\b(?:{_US_STATES})\s{{1,2}}(?P<value>[0-9]{{5}}(?:-[0-9]{{4}})?)(?![\w%])"
            rf"|\b(?={_AUSTRALIAN}(?![\w%]))[A-Z]{{2,3}}\s{{1,2}}(?P<named>[0-9]{{4}})(?![\w%])"
        ),
        looks="a postcode",
    ),
    Shape(
        "postcode",
        # Source: Wikipedia, "Postal codes in the Netherlands": no SA, SD, SS.
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
