"""Postcodes are told from scans, therapies and spinal levels."""

import pytest

from casebook.rules.identifier_shapes.places import FEW_PEOPLE
from casebook.rules.privacy.identifiers import all_identifiers


@pytest.mark.parametrize(
    "postcode",
    # libaddressinput's examples for GB; EC1Y has a letter that only the fourth place can have.
    ["EC1Y 8SY", "GIR 0AA", "M2 5BQ", "M34 4AB", "CR0 2YR", "DN16 9AA", "W1A 4ZZ", "EC1A 1HQ",
     "BS18 8HF", "NR25 7HG", "RH6 0NP", "BFPO 61"],
)  # fmt: skip
def test_every_form_of_a_uk_postcode_is_found(postcode: str) -> None:
    [found] = all_identifiers(f"at {postcode}, then")
    assert found.looks == "a UK postcode"


@pytest.mark.parametrize("postcode", ["QA1 1AA", "AI1 1AA", "M1 1CA", "AA1F 1AA"])
def test_letters_that_no_uk_postcode_has(postcode: str) -> None:
    """No Q at first, no I as the second, no C at the end, no F as the fourth."""
    assert not all_identifiers(f"at {postcode}, then")


def test_a_postcode_in_small_letters_needs_the_word_before_it() -> None:
    for before in ("postcode: ", "post code is ", "she lives at ", "lives near "):
        [found] = all_identifiers(f"{before}sw1a 1aa")
        assert found.looks == "a UK postcode"
    assert not all_identifiers("the c5 1st rib")


@pytest.mark.parametrize("text", ["CA 95014", "NSW 2060", "VIC 3171", "ACT 2600", "WA 6000"])
def test_a_state_with_its_postcode_is_found(text: str) -> None:
    [found] = all_identifiers(f"in {text}.")
    assert found.kind == "postcode"


@pytest.mark.parametrize(
    "text", ["CT 2019 of the spine", "MS 2015", "ACT 2015", "OR 1500", "SA 2019", "MD 2012"]
)
def test_a_scan_or_an_illness_with_its_year_is_no_postcode(text: str) -> None:
    assert not all_identifiers(text)


def test_seventeen_areas_have_too_few_people() -> None:
    """The number that the guidance of the Department of Health and Human Services gives."""
    assert len(FEW_PEOPLE) == 17
