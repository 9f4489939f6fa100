"""Consent holds from the day it is signed to the day it ends or is withdrawn."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casebook.domain.work.consent import Consent

SIGNED = date(2026, 3, 2)


def consent(**more: object) -> Consent:
    values = {"scope": ["record"], "signed": SIGNED, "form": "attachments/a.pdf"}
    return Consent.model_validate(values | more)


def test_consent_holds_from_its_day_on() -> None:
    """On the day before it was signed it does not hold, on the day itself it does."""
    assert not consent().holds_on(date(2026, 3, 1))
    assert consent().holds_on(SIGNED)
    assert consent().holds_on(date(2199, 1, 1))


def test_the_last_day_counts_and_the_day_of_withdrawal_does_not() -> None:
    """It holds on the day it expires, and no longer on the day it is withdrawn."""
    expiring = consent(expires=date(2026, 6, 30))
    assert expiring.holds_on(date(2026, 6, 30))
    assert not expiring.holds_on(date(2026, 7, 1))
    withdrawn = consent(withdrawn=date(2026, 6, 30))
    assert withdrawn.holds_on(date(2026, 6, 29))
    assert not withdrawn.holds_on(date(2026, 6, 30))


@pytest.mark.parametrize("key", ["expires", "withdrawn"])
def test_nothing_ends_before_it_begins(key: str) -> None:
    """An end on the day of signing is taken, one before it is refused by its name."""
    assert getattr(consent(**{key: SIGNED}), key) == SIGNED
    with pytest.raises(ValidationError, match=f"`{key}` lies before"):
        consent(**{key: SIGNED - timedelta(days=1)})


@given(st.integers(0, 400), st.integers(0, 400), st.integers(-10, 500))
def test_withdrawing_never_makes_consent_hold(expires: int, withdrawn: int, day: int) -> None:
    """On any day, consent that was withdrawn holds at most where the same consent held before."""
    on = SIGNED + timedelta(days=day)
    without = consent(expires=SIGNED + timedelta(days=expires))
    taken_back = consent(
        expires=SIGNED + timedelta(days=expires), withdrawn=SIGNED + timedelta(days=withdrawn)
    )
    assert without.holds_on(on) or not taken_back.holds_on(on)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": []},
        {"scope": ["everyone"]},
        {"scope": ["record", "certifier", "publish", "record"]},
        {"signed": "2 March 2026"},
        {"form": ""},
        {"until": "2026-06-30"},
    ],
)
def test_consent_is_to_something_known_and_on_file(wrong: dict[str, object]) -> None:
    """Without a scope, a day or a form, and with a key of its own, it is refused."""
    with pytest.raises(ValidationError):
        consent(**wrong)


def test_expired_and_withdrawn_end_at_whichever_comes_first() -> None:
    """Withdrawn in May, it does not hold in June, though it would have expired in July."""
    both = consent(expires=date(2026, 7, 31), withdrawn=date(2026, 5, 10))
    assert both.holds_on(date(2026, 5, 9))
    assert not both.holds_on(date(2026, 6, 1))
