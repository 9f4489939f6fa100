"""Numbers that registers publish as examples pass their check digit; one slip, and they do not."""

from collections.abc import Callable

import pytest

from casebook.rules.identifier_shapes import check_digits as digits

Check = Callable[[str], bool]

EXAMPLES: list[tuple[Check, str]] = [
    # The test number of Visa; ISO/IEC 7812-1.
    (digits.luhn, "4111111111111111"),
    # Wikipedia's example of an IMEI, 49-015420-323751-8; and of a Canadian SIN, 046 454 286.
    (digits.luhn, "490154203237518"),
    (digits.luhn, "046454286"),
    # The example of the Centers for Medicare & Medicaid Services, 123456789 with check digit 3.
    (digits.npi, "1234567893"),
    # The NHS Data Dictionary's example, 943 476 5919.
    (digits.nhs_number, "9434765919"),
    # The IBAN registry's examples for Germany and the United Kingdom.
    (digits.iban, "DE89370400440532013000"),
    (digits.iban, "GB29NWBK60161331926819"),
    # The example of 49 CFR 565.15.
    (digits.vin, "1M8GDM9AXKP042788"),
    # By hand: A is 01; 01123456 7 8 times 1 2 1 2 ...: 0+2+1+4+3+8+5+3+7+7 = 40, so 0.
    (digits.krankenversichertennummer, "A123456780"),
    # The example of the Deutsche Rentenversicherung, 15 070649 C 103.
    (digits.rentenversicherungsnummer, "15070649C103"),
    # The examples of the Bundeszentralamt für Steuern.
    (digits.steuer_id, "86095742719"),
    (digits.steuer_id, "47036892816"),
    # By hand: 1*3+2*7+3*9 + 0*5+1*8+0*4+1*2+8*1+0*6 = 62, which leaves 7 by 11.
    (digits.sozialversicherungsnummer, "1237010180"),
    # The example of the Zentrale Ausgleichsstelle, 756.9217.0769.85.
    (digits.ahv, "7569217076985"),
    # The example of the Ministerio del Interior: 12345678 leaves 14 by 23, the letter Z.
    (digits.dni, "12345678Z"),
    (digits.dni, "X1234567L"),
    # By hand: 2550814168025 leaves 59 by 97; 97 - 59 = 38.
    (digits.nir, "255081416802538"),
    # By hand: 2*1+1*3+2*7+3*9+4*1+5*3+6*7+7*9 = 170, which leaves 0 by 10.
    (digits.medicare_australia, "2123456701"),
    # The test number of the Dutch government, 111222333.
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


def test_corsica_counts_as_departments_19_and_18() -> None:
    stem = int("1800119001001")
    assert digits.nir(f"180012A001001{97 - stem % 97:02d}")
    assert not digits.nir(f"180012B001001{97 - stem % 97:02d}")


def test_zeros_are_no_number_of_anybody() -> None:
    """A PDF's table of contents is full of 0000000000, whose check digit is right."""
    assert not digits.nhs_number("0000000000")
    assert not digits.bsn("000000000")
