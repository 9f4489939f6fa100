"""One grader in figures: plain counts and means, and none where too little stands behind them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.evaluation.agreement.severity import severities
from casebook.evaluation.grader_record import (
    FEWEST_COMPARED,
    GraderRecord,
    JudgedWork,
    grader_records,
)


def judged(
    number: int,
    percent: float | None,
    agreed: float | None = 70,
    **more: Any,  # noqa: ANN401 - any field
) -> JudgedWork:
    usual = JudgedWork("ames", "Nell Ames", f"s{number}", "case", graders=2)
    return replace(usual, percent=percent, agreed_percent=agreed, **more)


def test_means_are_those_worked_by_hand() -> None:
    """Totals 60, 65, 70, 75, 90 against 70: below it by 10, 5, 0, -5, -20."""
    (record,) = grader_records(
        judged(at, percent, shares=(1.0, 0.5)) for at, percent in enumerate((60, 65, 70, 75, 90))
    )
    assert (record.works, record.submissions, record.totals, record.compared) == (5, 5, 5, 5)
    # 360 / 5; -10 / 5; 40 / 5; (1 + 0.5) / 2.
    assert (record.mean_percent, record.mean_below_agreed, record.mean_distance) == (72, -2, 8)
    assert record.mean_level == 75
    assert record.opened == 5


def test_a_strict_grader_is_above_zero_here_and_in_agreement_alike() -> None:
    """One sign in both: of two graders, one always ten points lower than the other."""
    totals = [(50 + at, 60 + at) for at in range(6)]
    records = {
        name: grader_records(
            judged(number, percents[at], sum(percents) / 2)
            for number, percents in enumerate(totals)
        )[0]
        for at, name in enumerate(("strict", "mild"))
    }
    strict, mild = severities(np.array(totals, dtype=np.float64)).points
    # Both are five points from the mean of the two.
    assert (records["strict"].mean_below_agreed, records["mild"].mean_below_agreed) == (5, -5)
    assert (strict, mild) == pytest.approx((5, -5))


def test_below_five_works_no_difference_is_given_and_below_twenty_a_caution() -> None:
    (few,) = grader_records(judged(at, 60) for at in range(FEWEST_COMPARED - 1))
    assert few.mean_below_agreed is None
    assert few.cautions == ("works to compare: 4; a mean of differences needs 5",)
    (some,) = grader_records(judged(at, 60) for at in range(FEWEST_COMPARED))
    assert some.mean_below_agreed == 10
    assert some.cautions == ("works to compare: 5; a single one still weighs much",)
    (nineteen,) = grader_records(judged(at, 60) for at in range(19))
    assert nineteen.cautions == ("works to compare: 19; a single one still weighs much",)
    (twenty,) = grader_records(judged(at, 60) for at in range(20))
    assert twenty.cautions == ()


def test_of_a_sealed_work_that_nobody_has_opened_nothing_is_said_but_that_it_is_there() -> None:
    (record,) = grader_records([JudgedWork("ames", "Nell Ames", "s1", "case")])
    assert record == GraderRecord(
        grader="ames", name="Nell Ames", works=1, submissions=1, opened=0, mean_level=None,
        mean_percent=None, totals=0, compared=0, mean_below_agreed=None, mean_distance=None,
        failures=0, overruled=0, changed_works=0, changes=0, sealed_works=0, first=None, last=None,
    )  # fmt: skip


def test_a_work_is_one_graders_unless_more_are_known_of() -> None:
    alone = JudgedWork("ames", "Nell Ames", "s1", "case", percent=60, agreed_percent=70)
    (record,) = grader_records([alone])
    assert (record.totals, record.compared) == (1, 0)


def test_a_total_with_nothing_agreed_is_compared_with_nothing() -> None:
    waiting = JudgedWork("ames", "Nell Ames", "s1", "case", percent=60, graders=2)
    (record,) = grader_records([waiting])
    assert (record.totals, record.compared) == (1, 0)


def test_a_work_that_only_one_grader_marked_is_not_compared() -> None:
    """Alone, a grader always agrees with the result."""
    (record,) = grader_records(judged(at, 70, graders=1) for at in range(9))
    assert (record.works, record.compared, record.mean_below_agreed) == (9, 0, None)


def test_failures_changes_and_days_are_counted() -> None:
    (record,) = grader_records(
        [
            judged(1, 50, failures=2, overruled=1, changes=0, issued="2026-10-12"),
            judged(2, 50, failures=1, changes=2, sealed="2026-10-01", changed="2026-10-05"),
            judged(3, None, None, changes=None),
        ]
    )
    assert (record.failures, record.overruled) == (3, 1)
    assert (record.sealed_works, record.changed_works, record.changes) == (2, 1, 2)
    # Where a day of sealing is known, the days of results are left aside.
    assert (record.first, record.last) == ("2026-10-01", "2026-10-05")
    assert (record.totals, record.opened, record.mean_level) == (2, 0, None)


def test_graders_stand_by_their_names() -> None:
    found = grader_records(
        [judged(1, 60, grader="b", name="Åsa"), judged(2, 60, grader="a", name="Bo")]
    )
    assert [each.grader for each in found] == ["a", "b"]
    assert grader_records([]) == ()


works = st.builds(
    judged,
    st.integers(0, 9),
    st.none() | st.floats(0, 100),
    st.none() | st.floats(0, 100),
    grader=st.sampled_from(("a", "b")),
    shares=st.lists(st.floats(0, 1), max_size=3).map(tuple),
    changes=st.none() | st.integers(0, 3),
)


@given(
    st.lists(works, max_size=12).flatmap(
        lambda some: st.tuples(st.just(some), st.permutations(some))
    )
)
def test_the_order_of_works_makes_no_difference(
    drawn: tuple[list[JudgedWork], list[JudgedWork]],
) -> None:
    assert grader_records(drawn[0]) == grader_records(drawn[1])
