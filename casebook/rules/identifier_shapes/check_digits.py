"""The check digits by which registers guard their numbers against slips of the pen.

A number with the right form and the right check digit is hardly a count of repetitions: each
scheme lets one in ten to one in ninety-seven random numbers through, on top of its form.

Sources name what was read. Where a register's own text could not be had, they name who describes
it, and "also" names a second account that agrees.
"""

from collections.abc import Sequence
from typing import Final

_DNI_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_VIN_VALUES: Final = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), *range(1, 9), 1, 2, 3, 4, 5, 7, 9,
                                              *range(2, 10)], strict=True)
)  # fmt: skip
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_PENSION_WEIGHTS: Final = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def luhn(digits: str) -> bool:
    """The Luhn formula: payment cards, IMEI, Canadian SIN.

    Source:
        3GPP TS 23.003, annex B, which takes its steps from ISO/IEC 7812; also Revenue Canada,
        T4028 (1995), for the SIN.
    """
    doubled = [
        sum(divmod(2 * int(digit), 10)) if index % 2 else int(digit)
        for index, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0


def npi(digits: str) -> bool:
    """A US National Provider Identifier: Luhn with the prefix 80840.

    Source:
        Centers for Medicare & Medicaid Services, "Requirements for NPI Check Digit", as health
        workers' forums quote it; 45 CFR 162.406(a) for the ten digits.
    """
    return luhn(f"80840{digits}")


def nhs_number(digits: str) -> bool:
    """A number of the National Health Service of England: weights 10 to 2, modulus 11.

    Source:
        NHS Data Model and Dictionary, release of August 2021, attribute "NHS NUMBER", five steps.
    """
    check = -_weighted(digits[:9], range(10, 1, -1)) % 11
    return check == int(digits[9]) and len(set(digits)) > 1


def iban(number: str) -> bool:
    """An international bank account number: modulus 97 with letters as 10 to 35.

    Source:
        SWIFT, IBAN Registry (ISO 13616), whose examples of 89 countries all keep the rule; the
        rule is MOD 97-10 of ISO/IEC 7064, as descriptions of that standard give it.
    """
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def vin(number: str) -> bool:
    """A vehicle identification number with the check digit of North America.

    Source:
        49 CFR 565.15(c), with its tables of values and weights; also National Highway Traffic
        Safety Administration, "Outline for New Manufacturer Information", page 18.
    """
    values = [_VIN_VALUES.get(sign, -1) for sign in number]
    if min(values) < 0:
        return False
    total = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11] == number[8]


def krankenversichertennummer(number: str) -> bool:
    """A German health insurance number: a letter as two digits, weights 1 and 2, cross sums.

    Args:
        number: Ten signs, or those and the insurer behind them, which are not looked at.

    Source:
        HL7 Deutschland, "Krankenversichertennummer (KVNR)"; also the German Wikipedia's article
        of that name.
    """
    digits = _letter_as_digits(number[0]) + number[1:9]
    weights = (1, 2) * 5
    return _cross_sums(digits, weights) % 10 == int(number[9])


def rentenversicherungsnummer(number: str) -> bool:
    """A German pension insurance number: a letter as two digits, twelve weights, cross sums.

    Source:
        VKVV, section 2, for its parts; Haufe, "Versicherungsnummer, 2.6 Prüfziffer", for the
        steps; kryptografie.de, "Sozialversicherungsnummer Prüfziffer", for the weights.
    """
    digits = number[:8] + _letter_as_digits(number[8]) + number[9:11]
    return _cross_sums(digits, _PENSION_WEIGHTS) % 10 == int(number[11])


def steuer_id(digits: str) -> bool:
    """A German tax number: one digit of the first ten comes twice or three times.

    Source:
        kryptografie.de, "Steuer-Identifikationsnummer Prüfziffer" (MOD 11,10 of ISO/IEC 7064);
        derbwler.de, "Steueridentifikationsnummer", for the repeated digit; also python-stdnum,
        stdnum.de.idnr.
    """
    counts = sorted(digits[:10].count(digit) for digit in set(digits[:10]))
    if counts[-1] not in {2, 3} or (len(counts) > 1 and counts[-2] > 1):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def sozialversicherungsnummer(digits: str) -> bool:
    """An Austrian social insurance number, whose fourth digit checks the others.

    Source:
        No text of the register's could be had: python-stdnum, stdnum.at.vnr; also MEDEVIT's
        reader of Austrian health cards, class SVNR.
    """
    others = digits[:3] + digits[4:]
    return _weighted(others, (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11 == int(digits[3])


def ahv(digits: str) -> bool:
    """A Swiss AHV number: an EAN-13 that begins with 756.

    Source:
        sozialversicherungsnummer.ch, "Aufbau der neuen AHV-Nummer"; also python-stdnum,
        stdnum.ch.ssn.
    """
    return _weighted(digits, (1, 3) * 6 + (1,)) % 10 == 0


def dni(number: str) -> bool:
    """A Spanish DNI or, with X, Y or Z before it, NIE: a letter by modulus 23.

    Source:
        Dirección General de Ordenación del Juego, "Cálculo del dígito de control del NIF/NIE",
        after Real Decreto 1553/2005, article 11.
    """
    digits = str("XYZ".find(number[0])) + number[1:-1] if number[0] in "XYZ" else number[:-1]
    return _DNI_LETTERS[int(digits) % 23] == number[-1]


def nir(number: str) -> bool:
    """A French social security number: 97 less the rest by 97; Corsica counts as 19 and 18.

    Source:
        The documentation of french-ssn, with its example; also python-stdnum, stdnum.fr.nir, for
        Corsica as well.
    """
    digits = number.replace("2A", "19", 1).replace("2B", "18", 1)
    return 97 - int(digits[:13]) % 97 == int(digits[13:])


def medicare_australia(digits: str) -> bool:
    """An Australian Medicare card number: weights 1, 3, 7, 9 twice, modulus 10.

    Source:
        NEHTA, "Use of Healthcare Identifiers in Health Software Systems", version 1.4 (2011), as
        quoted with its example; also clearwater.com.au, "Australian Medicare Number Validation".
    """
    return _weighted(digits[:8], (1, 3, 7, 9) * 2) % 10 == int(digits[8])


def bsn(digits: str) -> bool:
    """A Dutch citizen service number: weights 9 to 2 and -1, modulus 11.

    Source:
        calaris.nl, "De 11-proef voor BSN's"; also privacynieuws.nl, "Rekenvoorbeeld elfproef".
    """
    return int(digits) > 0 and _weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _cross_sums(digits: str, weights: Sequence[int]) -> int:
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(sum(divmod(product, 10)) for product in products)


def _letter_as_digits(letter: str) -> str:
    return f"{ord(letter) - ord('A') + 1:02d}"
