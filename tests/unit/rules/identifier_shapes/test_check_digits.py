"""Numbers that others publish as examples pass their check digit; one slip, and they do not.

The comment names where the example was read; where none could be had, the sum is worked by hand.
"""

from collections.abc import Callable

import pytest

from casebook.rules.identifier_shapes import check_digits as digits

Check = Callable[[str], bool]

EXAMPLES: list[tuple[Check, str]] = [
    # By hand: eight ones stay, 8; seven are doubled, 14; the 4 is doubled, 8: 30.
    (digits.luhn, "4111111111111111"),
    # An IMEI, 3GPP TS 23.003, annex B: 26053179 311383 adds up to 53, so 7.
    (digits.luhn, "260531793113837"),
    # A Canadian SIN, Revenue Canada T4028 (1995): 550 911 895.
    (digits.luhn, "550911895"),
    # By hand, the rule's constant 24 for 80840: 2+2+6+4+(1+0)+6+(1+4)+8+(1+8) = 43, and 24 = 67,
    # so 3.
    (digits.npi, "1234567893"),
    # By hand, the Data Dictionary's five steps: 90+36+24+28+42+30+20+27+2 = 299, which leaves 2
    # by 11; 11-2 = 9.
    (digits.nhs_number, "9434765919"),
    # SWIFT, IBAN Registry: Germany, United Kingdom, and the shortest and longest, Norway and
    # Saint Lucia.
    (digits.iban, "DE89370400440532013000"),
    (digits.iban, "GB29NWBK60161331926819"),
    (digits.iban, "NO9386011117947"),
    (digits.iban, "LC55HEMM000100010012001200023015"),
    # The sample of 49 CFR 565 in its older text: 411 leaves 4 by 11; National Highway Traffic
    # Safety Administration, "Outline for New Manufacturer Information": 314 leaves 6; by hand:
    # 8+28+48+35+16+12+18+10+18+56+0+24+10+28+24+16 = 351 leaves 10, an X.
    (digits.vin, "1G4AH59H45G118341"),
    (digits.vin, "1J9RP1A36A1644345"),
    (digits.vin, "1M8GDM9AXKP042788"),
    # Insured persons of a German test system: gematik, VSDM-Ersatzbescheinigung, "BITMARCK".
    (digits.krankenversichertennummer, "A990000012"),
    (digits.krankenversichertennummer, "A784840037"),
    # By hand: A is 01; 01 12345678 times 1 2 1 2 ...: 0+2+1+4+3+8+5+3+7+7 = 40, so 0.
    (digits.krankenversichertennummer, "A123456780"),
    # German Wikipedia, "Sozialversicherungsnummer"; kryptografie.de.
    (digits.rentenversicherungsnummer, "15070649C103"),
    (digits.rentenversicherungsnummer, "10010490A443"),
    # kryptografie.de, "Steuer-Identifikationsnummer"; python-stdnum, stdnum.de.idnr.
    (digits.steuer_id, "12345678995"),
    (digits.steuer_id, "36574261809"),
    # By hand, with 9 three times: from 10 the products are 1 1 9 2 2 2 7 3 3 2; 11-2 = 9.
    (digits.steuer_id, "65929970489"),
    # python-stdnum, stdnum.at.vnr, and by hand: 1*3+2*7+3*9 + 0*5+1*8+0*4+1*2+8*1+0*6 = 62, which
    # leaves 7 by 11; MEDEVIT's reader of Austrian health cards.
    (digits.sozialversicherungsnummer, "1237010180"),
    (digits.sozialversicherungsnummer, "2461260779"),
    # sozialversicherungsnummer.ch: 756.9217.0769.85 adds up to 125, so 5.
    (digits.ahv, "7569217076985"),
    # Dirección General de Ordenación del Juego: 12345678 leaves 14 by 23, the letter Z.
    (digits.dni, "12345678Z"),
    # python-stdnum, stdnum.es.nie; by hand: 1234567 = 23 * 53676 + 19, the letter L.
    (digits.dni, "X2482300W"),
    (digits.dni, "X1234567L"),
    # The documentation of french-ssn; by hand, 2550814168025 leaves 59 by 97; 97 - 59 = 38.
    (digits.nir, "255081416802538"),
    # python-stdnum, stdnum.fr.nir: Corsica.
    (digits.nir, "253072A07300443"),
    (digits.nir, "253072B07300470"),
    # NEHTA, "Use of Healthcare Identifiers", as quoted: 2123 4567 adds up to 170, so 0.
    (digits.medicare_australia, "2123456701"),
    # calaris.nl, 154 = 14 * 11; privacynieuws.nl, 220 = 20 * 11; python-stdnum, stdnum.nl.bsn.
    (digits.bsn, "123456782"),
    (digits.bsn, "249566758"),
    (digits.bsn, "111222333"),
]


@pytest.mark.parametrize("check, number", EXAMPLES)
def test_a_published_example_passes(check: Check, number: str) -> None:
    assert check(number)


@pytest.mark.parametrize("check, number", EXAMPLES)
def test_every_wrong_last_sign_fails(check: Check, number: str) -> None:
    """Luhn, MOD 97 and the rest all find a single wrong digit, here the last."""
    place = 8 if check is digits.vin else 8 if check is digits.medicare_australia else -1
    place %= len(number)
    right = number[place]
    signs = "0123456789" if right.isdigit() else "ABCDEFGHJKLMNPQRSTVWXYZ"
    wrong = [f"{number[:place]}{sign}{number[place + 1 :]}" for sign in signs if sign != right]
    assert len(wrong) >= 9
    assert not [each for each in wrong if check(each)]


def test_every_check_has_an_example() -> None:
    checks = {
        name
        for name, each in vars(digits).items()
        if callable(each) and each.__module__ == digits.__name__ and not name.startswith("_")
    }
    assert checks == {check.__name__ for check, _ in EXAMPLES}


def test_corsica_counts_as_departments_19_and_18() -> None:
    stem = int("1800119001001")
    assert digits.nir(f"180012A001001{97 - stem % 97:02d}")
    assert not digits.nir(f"180012B001001{97 - stem % 97:02d}")


def test_what_stands_behind_a_health_insurance_number_is_not_looked_at() -> None:
    assert digits.krankenversichertennummer("A1234567801005000013")


@pytest.mark.parametrize("first_ten", ["1234567890", "1122345678", "1111234567"])
def test_a_german_tax_number_repeats_one_digit_two_or_three_times(first_ten: str) -> None:
    """None repeated, two repeated and four equal ones fail, whatever comes last."""
    assert not [last for last in "0123456789" if digits.steuer_id(first_ten + last)]


def test_zeros_are_no_number_of_anybody() -> None:
    """A PDF's table of contents is full of 0000000000, whose check digit is right."""
    assert not digits.nhs_number("0000000000")
    assert not digits.bsn("000000000")
