"""An unknown name gets the nearest known one offered, or all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.spelling import did_you_mean


@pytest.mark.parametrize(
    "written, hint",
    [
        ("safty", "did you mean `safety`?"),
        ("SAFETY", "did you mean `safety`?"),
        ("voice", "known: cycles, safety"),
    ],
)
def test_the_nearest_name_is_offered(written: str, hint: str) -> None:
    """Capital letters do not count; without a near one the names are listed in order."""
    assert did_you_mean(written, ["safety", "cycles"]) == hint


def test_of_nothing_known_nothing_is_offered() -> None:
    """Where there are no names at all, the remedy is to remove it."""
    assert did_you_mean("safety", []) == "there are none of this kind; remove it"


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=5))
def test_any_name_gets_an_answer(written: str, known: list[str]) -> None:
    """The offer never raises and is never empty."""
    assert did_you_mean(written, known)
