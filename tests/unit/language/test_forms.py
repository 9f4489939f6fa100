"""Numbers, dates and enumerations as each language writes them."""

from datetime import date

import pytest

from casebook.language import Language, speaking
from casebook.language.forms import decimal, enumeration, fixed, long_date, stopwatch


@pytest.mark.parametrize(
    "language, shown", [("en", "3.5"), ("de", "3,5"), ("es", "3,5"), ("fr", "3,5")]
)
def test_a_decimal_has_the_mark_of_its_language(language: Language, shown: str) -> None:
    with speaking(language):
        assert decimal(3.5) == shown


@pytest.mark.parametrize(
    "value, shown", [(7, "7"), (2.504, "2.5"), (-3, "−3"), (-0.001, "0"), (12000, "12000")]
)
def test_a_decimal_has_no_idle_zeros_and_a_true_minus(value: float, shown: str) -> None:
    assert decimal(value) == shown


def test_a_number_of_fixed_places_keeps_its_zeros() -> None:
    assert (fixed(75, 1), fixed(63.27, 2)) == ("75.0", "63.27")
    with speaking("de"):
        assert fixed(75, 1) == "75,0"


@pytest.mark.parametrize(
    "language, first, second",
    [
        ("en", "1 March 2026", "2 March 2026"),
        ("de", "1. März 2026", "2. März 2026"),
        ("es", "1 de marzo de 2026", "2 de marzo de 2026"),
        ("fr", "1er mars 2026", "2 mars 2026"),
    ],
)
def test_a_date_is_written_out(language: Language, first: str, second: str) -> None:
    with speaking(language):
        assert long_date(date(2026, 3, 1)) == first
        assert long_date(date(2026, 3, 2)) == second


@pytest.mark.parametrize(
    "language, last",
    [("en", "b and c"), ("de", "b und c"), ("es", "b y c"), ("fr", "b et c")],
)
def test_an_enumeration_ends_with_and(language: Language, last: str) -> None:
    with speaking(language):
        assert enumeration([]) == ""
        assert enumeration(["a"]) == "a"
        assert enumeration(word for word in "abc") == f"a, {last}"


@pytest.mark.parametrize("at_s, shown", [(0, "0:00"), (45, "0:45"), (754, "12:34")])
def test_a_moment_reads_as_on_a_stopwatch(at_s: float, shown: str) -> None:
    assert stopwatch(at_s) == shown
