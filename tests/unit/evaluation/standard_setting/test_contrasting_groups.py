"""Contrasting groups."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.evaluation.standard_setting.contrasting_groups import (
    ContrastingGroups,
    contrast_groups,
)
from casebook.evaluation.standard_setting.estimate import Refusal

FAILING = [30.0, 40.0, 50.0, 60.0, 70.0]
PASSING = [60.0, 70.0, 80.0, 90.0, 100.0]


def parted(failing: list[float], passing: list[float]) -> ContrastingGroups:
    found = contrast_groups(failing, passing)
    assert isinstance(found, ContrastingGroups), found
    return found


def refused(failing: list[float], passing: list[float]) -> str:
    found = contrast_groups(failing, passing)
    assert isinstance(found, Refusal)
    return found.why


def test_mirrored_groups_by_hand() -> None:
    """Both ways to part groups that mirror each other about 65 find 65."""
    found = parted(FAILING, PASSING)
    assert (found.failing.mean, found.passing.mean, found.failing.sheets) == (50, 80, 5)
    assert found.failing.sd == pytest.approx(250**0.5)
    assert found.midpoint.cut == 65
    assert found.logistic.cut == pytest.approx(65)
    assert found.estimate is not None
    assert found.gap is None
    assert found.cautions == ()
    # At 65, of the failing 70 alone would pass, and of the passing 60 alone would fail.
    for cut in (found.midpoint, found.logistic):
        assert (cut.failing_above, cut.passing_below) == (1, 1)


def test_a_total_at_the_cut_passes() -> None:
    # Means 50 and 81: midpoint 65.5; the failing 65.5 reaches it.
    found = parted([30, 40, 50, 64.5, 65.5], [61, 74, 80, 90, 100])
    assert found.midpoint.cut == pytest.approx(65.5)
    assert (found.midpoint.failing_above, found.midpoint.passing_below) == (1, 1)


def test_groups_may_part_at_either_end_of_all_totals() -> None:
    """All of one group have nothing, or all of the other everything; the cut is a mean as well."""
    nothing, everything = [0.0] * 5, [100.0] * 5
    for failing, passing, cut in (
        (nothing, [0, 1, 1, 1, 1], 0),
        ([99, *[100] * 4], everything, 100),
    ):
        found = parted([float(each) for each in failing], [float(each) for each in passing])
        assert found.logistic.cut == cut
        assert len(found.cautions) == 1  # That they do not overlap.


@pytest.mark.parametrize(
    "lowest, cut", [(75.0, 72.5), (70.0, 70.0)], ids=["a gap", "one total in common"]
)
def test_groups_that_do_not_overlap_part_in_the_middle_of_the_gap(
    lowest: float, cut: float
) -> None:
    """The likelihood has no maximum there, so no error is claimed."""
    found = parted(FAILING, [lowest, 80, 85, 90, 95])
    assert found.logistic.cut == cut
    assert found.gap == (70, lowest)
    assert found.estimate is None
    assert found.cautions == (
        (
            f"the groups do not overlap: any cut above 70.0 % and up to {lowest:.1f} % parts them, "
            "this one is the middle, and its error is not known"
        ),
    )


def test_groups_the_wrong_way_round_are_refused() -> None:
    assert refused(PASSING, FAILING) == (
        "the clearly failing sheets have a mean total of 80.0 %, the clearly passing ones 50.0 %: "
        "no cut can part them"
    )
    assert "no cut can part them" in refused([66.6] * 5, [66.6] * 6)


def test_small_groups_are_refused() -> None:
    rest = "; the method takes 5 or more in each group"
    assert refused(FAILING[:4], PASSING) == f"4 sheets are rated as clearly failing{rest}"
    assert refused(FAILING, []) == f"no sheet is rated as clearly passing{rest}"


def test_a_cut_outside_of_every_total_is_refused() -> None:
    """So many pass at every total that even odds lie far below 0."""
    found = refused([40, 50, 60, 70, 81], [40, 50, 60, 70, 82] * 30)
    assert found.startswith("the groups overlap so far that they are equally likely at -")
    assert found.endswith(" % alone, where no total can be")


def test_a_far_larger_group_is_a_caution() -> None:
    found = parted(FAILING, [45, 55, 65, 75, 85, 95] * 10)
    assert found.logistic.cut < found.failing.mean
    assert found.cautions == (
        (
            "the cut lies outside the means of both groups, because one group is far larger than "
            "the other; prefer the midpoint, or another method"
        ),
    )


TOTALS = st.lists(st.integers(0, 100).map(float), min_size=5, max_size=30)


@given(TOTALS, TOTALS)
def test_any_two_groups_give_a_cut_or_a_reason(failing: list[float], passing: list[float]) -> None:
    """A cut lies between 0 and 100; its error is a number, or it is not claimed at all."""
    found = contrast_groups(failing, passing)
    if isinstance(found, Refusal):
        assert found.why
        return
    assert 0 <= found.logistic.cut <= 100
    assert found.failing.mean < found.midpoint.cut < found.passing.mean
    assert (found.estimate is None) == (max(failing) <= min(passing))
    if found.estimate is not None:
        assert isfinite(found.estimate.standard_error)
        assert found.estimate.low < found.logistic.cut < found.estimate.high
