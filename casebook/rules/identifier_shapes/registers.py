"""The forms of numbers that registers give people, cards, vehicles and devices.

Each is told from a count by its check digit, or by a word in front of it. These are looked for
when somebody asks for it (``casebook privacy``), not in every check.

Source: beside each check digit in ``check_digits``; here for forms, and where there is none.
"""

import re
from collections.abc import Callable
from typing import Final

from casebook.rules.identifier_shapes import check_digits
from casebook.rules.identifier_shapes.shape import (
    IS,
    NUMBER,
    NUMBER_WORD,
    IdentifierKind,
    Shape,
    has_digits,
)

_START: Final = r"(?<![\w.,:/+-])"
_END: Final = r"(?![\w]|[.,/-][0-9])"


def _checked(check: Callable[[str], bool]) -> Callable[[re.Match[str]], bool]:
    """Hold the number itself, without what only groups its digits, against its check digit."""

    def holds(match: re.Match[str]) -> bool:
        named = "value" if "value" in match.re.groupindex else 0
        return check(re.sub(r"[^0-9A-Z]", "", match[named].upper()))

    return holds


def _is_card(number: str) -> bool:
    shortest, longest = 12, 19
    return shortest <= len(number) <= longest and check_digits.luhn(number)


def _is_iban(number: str) -> bool:
    shortest, longest = 15, 34
    return shortest <= len(number) <= longest and check_digits.iban(number)


def _shape(
    kind: IdentifierKind, looks: str, pattern: str, check: Callable[[str], bool] | None = None
) -> Shape:
    whole = re.compile(f"{_START}{pattern}{_END}")
    return Shape(kind, whole, _checked(check) if check else lambda _match: True, looks)


CHECKED_SHAPES: Final[tuple[Shape, ...]] = (
    _shape(
        "account", "a bank account number (IBAN)",
        r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?", _is_iban,
    ),
    _shape("vehicle", "a vehicle number (VIN)", "[A-HJ-NPR-Z0-9]{17}", check_digits.vin),
    _shape(
        "code", "a French social security number",
        r"[1-478] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}",
        check_digits.nir,
    ),
    _shape(
        # Source: ldapwiki, "Issuer Identification Number": prefixes, and 12 to 19 digits.
        "account", "a payment card number",
        "(?:[2-6][0-9]{3}(?:[ -]?[0-9]{4}){2,3}[ -]?[0-9]{1,4}"
        "|(?:50|5[6-9]|6[0-9])[0-9]{2}(?:[ -]?[0-9]{4}){2}"
        "|3[0689][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{4}|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5})",
        _is_card,
    ),
    _shape(
        # Source: 3GPP TS 23.003, annex B.1.
        "device", "a telephone's serial number (IMEI)",
        r"[0-9]{2}-?[0-9]{6}-?[0-9]{6}-?[0-9]", check_digits.luhn,
    ),
    _shape(
        # Source: German Wikipedia, "Krankenversichertennummer": ten signs; with the insurer, 20.
        "health-number", "a German health insurance number",
        "[A-Z][0-9]{9}(?:[0-9]{10})?", check_digits.krankenversichertennummer,
    ),
    _shape(
        # Source: Haufe, "Versicherungsnummer, 2.2 Geburtsdatum": where a day's numbers are used
        # up, the day goes on by 32, 64 or 96.
        "code", "a German pension insurance number",
        "[0-9]{2} ?[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2} ?[A-Z] ?[0-9]{2} ?[0-9]",
        check_digits.rentenversicherungsnummer,
    ),
    _shape("code", "a German tax number", r"[1-9][0-9](?: ?[0-9]{3}){3}", check_digits.steuer_id),
    _shape(
        # Source: finoe.at, "Sozialversicherungsnummer in Österreich", and the Falter, 31/2021: a
        # day whose numbers are used up goes on in months 13 and 14.
        "code", "an Austrian social insurance number",
        "[1-9][0-9]{3} ?(?:[0-2][0-9]|3[01])(?:0[1-9]|1[0-4])[0-9]{2}",
        check_digits.sozialversicherungsnummer,
    ),
    _shape("code", "a Swiss AHV number", r"756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}", check_digits.ahv),
    _shape(
        "code", "a Spanish DNI or NIE",
        "(?:[XYZ]-?[0-9]{7}|[0-9]{8})-?[A-HJ-NP-TV-Z]", check_digits.dni,
    ),
    _shape(
        # Source: HM Revenue & Customs, National Insurance Manual, NIM39110.
        "code", "a UK national insurance number",
        "(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}"
        " ?[A-D]",
    ),
    _shape(
        # Source: TaxSlayer, "Valid Range for ITINs", which gives the Internal Revenue Service's.
        "code", "a US taxpayer number",
        "9[0-9]{2}-(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])-[0-9]{4}",
    ),
    _shape(
        "code", "a Dutch citizen number",
        rf"(?i:(?:bsn|burgerservicenummer|sofinummer)(?:[\s-](?:nummer|{NUMBER_WORD}))?){IS}"
        "(?P<value>[0-9](?:[ .]?[0-9]){8})",
        check_digits.bsn,
    ),
    _shape(
        # Source: clearwater.com.au, "Australian Medicare Number Validation": 2 to 6 come first; the
        # person's place on the card may come last.
        "health-number", "an Australian Medicare number",
        "[2-6][0-9]{3} ?[0-9]{5} ?[0-9](?:[ /-]?[1-9])?", check_digits.medicare_australia,
    ),
    _shape(
        "code", "a Canadian social insurance number",
        r"(?i:sin|nas|social insurance)\W{1,3}(?P<value>[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3})",
        check_digits.luhn,
    ),
    Shape(
        # Source: six pairs of hexadecimal digits, as IEEE addresses are written everywhere.
        "device",
        re.compile(r"(?i)(?<![\w:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])"),
        looks="a device's network address (MAC)",
    ),
    Shape(
        # Source: 21 CFR 830.3; GS1, "U.S. FDA Unique Device Identification: Quick Reference Guide".
        "device",
        re.compile(r"\(01\)\s?[0-9]{14}(?:\s?\((?:11|17|10|21)\)\s?[0-9A-Za-z]{1,20}){0,4}"),
        looks="a device identifier (UDI)",
    ),
    Shape(
        "vehicle",
        re.compile(
            r"(?i:\b(?:number\s?plate|licen[cs]e\s?plate|reg(?:istration)?\s?plate|kennzeichen"
            rf"|nummernschild|matr[íi]cula|immatriculation|plaque)\b){IS}"
            r"(?P<value>[A-Z0-9ÄÖÜ]{1,4}(?:[ ·-]{1,3}[A-Z0-9]{1,7}){1,3}|[A-Z0-9]{5,8})(?!\w)"
        ),
        lambda match: any(sign.isdigit() for sign in match["value"]),
        "a number plate",
    ),
    Shape(
        "number",
        re.compile(
            r"(?i)\b(?!(?:tele|handy|mobil|fax|ruf|haus|lauf)\w{0,12}n)"
            r"(?:[a-zäöüß]{3,24}nummer|[a-zäöüß]{3,24}-?nr\b\.?|aktenzeichen"
            r"|n[úu]mero\sde\s(?!tel|m[óo]v)[a-zéíóúñ]{3,16}"
            r"|num[ée]ro\sde\s(?!t[ée]l|mob)[a-zéèêàç]{3,16}(?:\s[a-zéèêàç]{4,16})?"
            rf"|n[°º]\s(?:de\s)?(?!t[ée]l)[a-zéíóúèê]{{3,16}}|historia\scl[íi]nica|p[óo]liza){IS}"
            rf"{NUMBER}"
        ),
        has_digits(4),
    ),
    Shape(
        "number",
        re.compile(rf"(?i)\b(?:UDI|IMEI|EHR|EMR|PID|UHID|CHI|HPI|ABN)\b(?:\s?{NUMBER_WORD})?{IS}{NUMBER}"),
        has_digits(4),
    ),
)  # fmt: skip
"""Forms that are as good as certain: they count before telephone numbers and dates do."""

LIKELY_SHAPES: Final[tuple[Shape, ...]] = (
    _shape(
        "health-number", "an NHS number",
        "[0-9]{3} ?[0-9]{3} ?[0-9]{4}", check_digits.nhs_number,
    ),
    _shape("licence", "a US provider number (NPI)", "(?<!ISBN )[12][0-9]{9}", check_digits.npi),
)  # fmt: skip
"""Forms that other numbers share: they count where nothing else was seen."""
