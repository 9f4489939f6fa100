"""Numbers of registers are found in the ways people write them, with words around them."""

import pytest

from casebook.rules.privacy.identifiers import all_identifiers


@pytest.mark.parametrize(
    "number, letter",
    [
        # The IBAN Registry's longest and one with letters, as printed.
        ("LC55 HEMM 0001 0001 0012 0012 0002 3015", "J"),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "J"),
        # Month 13, by hand: 1*3+2*7+3*9 + 0*5+1*8+1*4+3*2+8*1+0*6 = 70, which leaves 4 by 11.
        ("1234 011380", "R"),
        # Haufe's 33 07 64 for the first of July, by hand: 2 5 6 15 0 7 12 4 0 3 2 0, whose digits
        # add up to 38.
        ("15 330764 C 108", "R"),
        # A German health insurance number with the insurer behind it.
        ("A1234567801005000013", "I"),
        # On the card the person's place follows.
        ("2123 45670 1/2", "I"),
        # A card of 14 digits, by hand from the right: 4+0+9+1+2+0+9+0+3+9+6+1+0+6 = 50.
        ("3056 930902 5904", "J"),
        ("4111 1111 1111 1111", "J"),
    ],
)
def test_a_number_is_found_whole(number: str, letter: str) -> None:
    text = f"They wrote {number} on it."
    [found] = all_identifiers(text)
    assert (text[found.start : found.end], found.rule.letter) == (number, letter)


@pytest.mark.parametrize(
    "text",
    ["BSN: 123456782", "bsn 1234.56.782", "BSN is 123 456 782", "BSN-nummer: 123456782",
     "burgerservicenummer 123456782"],
)  # fmt: skip
def test_a_dutch_number_is_found_by_the_word_before_it(text: str) -> None:
    [found] = all_identifiers(text)
    assert found.looks == "a Dutch citizen number"


@pytest.mark.parametrize(
    "number", ["QQ 12 34 56 A", "BG 12 34 56 A", "AO 12 34 56 A", "AB 12 34 56 E"]
)
def test_letters_that_no_national_insurance_number_has(number: str) -> None:
    """HM Revenue & Customs, NIM39110: its own example is no number of anybody's."""
    assert not [each for each in all_identifiers(number) if each.looks.startswith("a UK national")]


@pytest.mark.parametrize(
    "middle, valid",
    [("49", False), ("50", True), ("65", True), ("66", False), ("69", False), ("70", True),
     ("88", True), ("89", False), ("90", True), ("92", True), ("93", False), ("94", True),
     ("99", True)],
)  # fmt: skip
def test_a_us_taxpayer_number_has_certain_middle_digits(middle: str, valid: bool) -> None:
    looks = [each.looks for each in all_identifiers(f"on form 912-{middle}-3456 it says")]
    assert ("a US taxpayer number" in looks) is valid


@pytest.mark.parametrize(
    "number, valid",
    [("123-45-6789", True), ("000-45-6789", False), ("666-45-6789", False),
     ("123-00-6789", False), ("123-45-0000", False)],
)  # fmt: skip
def test_a_social_security_number_that_was_given_out(number: str, valid: bool) -> None:
    """Social Security Administration, randomization: 000, 666, 00 and 0000 never are."""
    assert ("ssn" in [each.kind for each in all_identifiers(number)]) is valid
