"""Which criteria move a total, and by how much."""

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.criterion_moves import CriterionMove, criterion_moves, missing_levels
from tests.portfolios.moderated import Levels, moderated_work
from tests.portfolios.rubrics import Values, rubric_of, rubrics

A: Values = {"id": "a", "title": "A"}
B: Values = {"id": "b", "title": "B"}
OLD = rubric_of(A, B)
MARKS: Mapping[str, Levels] = {"kim": {"a": 2, "b": 1}}
"""By the old rubric (2/2 + 1/2) / 2 = 75 %."""

ONE = MarkingPolicy()


def moved(
    new: Rubric,
    marks: Mapping[str, Levels] = MARKS,
    old: Rubric = OLD,
    policy: MarkingPolicy = ONE,
) -> tuple[CriterionMove, ...]:
    before = moderated_work(policy, old, marks)
    known = {each.id for each in new.criteria}
    kept = {
        grader: {each: level for each, level in levels.items() if each in known}
        for grader, levels in marks.items()
    }
    return criterion_moves(before, moderated_work(policy, new, kept), old, new)


def seen(moves: tuple[CriterionMove, ...]) -> list[tuple[str, tuple[str, ...], float | None]]:
    return [
        (each.criterion, each.facts, None if each.points is None else round(each.points, 9))
        for each in moves
    ]


def test_a_weight_moves_the_total_by_the_distance_from_it() -> None:
    """(3 * 1 + 0.5) / 4 = 87.5 %: A, 25 points above the old total, has 2 of 4 weights more."""
    found = moved(rubric_of({**A, "weight": 3, "title": "Anew"}, B))
    assert found == (CriterionMove("a", "Anew", ("weight 1 -> 3",), 12.5),)


def test_a_factor_that_all_weights_share_moves_nothing() -> None:
    assert moved(rubric_of({**A, "weight": 3}, {**B, "weight": 3})) == ()


def test_two_factors_that_are_one_whole_number_when_rounded_are_two() -> None:
    """(1.2 * 1 + 1.4 * 0.5) / 2.6 = 73.0769… %: A pulls by 0.2 * 25 / 2.6, B by -0.4 * 25 / 2.6."""
    assert seen(moved(rubric_of({**A, "weight": 1.2}, {**B, "weight": 1.4}))) == [
        ("a", ("weight 1 -> 1.2",), round(5 / 2.6, 9)),
        ("b", ("weight 1 -> 1.4",), round(-10 / 2.6, 9)),
    ]


@pytest.mark.parametrize("lacks", ["rubric", "criteria"])
def test_a_result_whose_rubric_and_criteria_do_not_fit_tells_them_as_new(lacks: str) -> None:
    """Such a file was edited by hand: one of the two leaves criterion b out."""
    before = moderated_work(ONE, OLD, MARKS)
    old = rubric_of(A) if lacks == "rubric" else OLD
    if lacks == "criteria":
        before = before.model_copy(update={"criteria": before.criteria[:1]})
    found = criterion_moves(before, moderated_work(ONE, OLD, MARKS), old, OLD)
    assert [(each.criterion, each.facts) for each in found] == [("b", ("new",))]


def test_a_criterion_that_is_gone_moves_the_total_away_from_itself() -> None:
    """A alone is 100 %; that its weight doubled as well moves nothing."""
    assert seen(moved(rubric_of({**A, "weight": 2}))) == [("b", ("gone",), 25.0)]


def test_a_criterion_that_is_new_has_no_mark_and_there_is_no_total() -> None:
    found = moved(rubric_of(A, B, {"id": "c", "title": "C"}))
    assert seen(found) == [("c", ("new", "the grader has not marked it (kim)"), None)]


def test_a_higher_scale_makes_the_same_level_less() -> None:
    """B is 1 of 4 now: (1 + 0.25) / 2 = 62.5 %."""
    found = moved(rubric_of(A, {**B, "levels": [0, 1, 2, 4]}))
    assert seen(found) == [("b", ("highest level 2 -> 4",), -12.5)]


def test_a_level_that_is_not_on_the_scale_is_told_with_its_graders() -> None:
    two = MarkingPolicy(graders=2)
    marks = {"kim": {"a": 2, "b": 1}, "lou": {"a": 2, "b": 0}, "max": {"a": 2, "b": 1}}
    found = moved(rubric_of(A, {**B, "levels": [0, 2]}), marks, policy=two)
    assert seen(found) == [("b", ("level 1 is not on its scale (kim, max)",), None)]


def test_another_level_that_is_agreed_is_told() -> None:
    """The further grader's marks settled it; by the new weights two others lie closest together.

    Totals by the old rubric: kim 50, lou 50, max 75; by the new one, A three times: kim 75, lou
    25, max 87.5. The closest pair is kim and lou first, kim and max then.
    """
    policy = MarkingPolicy(graders=2)
    marks = {"kim": {"a": 2, "b": 0}, "lou": {"a": 0, "b": 2}, "max": {"a": 2, "b": 1}}
    found = moved(rubric_of({**A, "weight": 3}, B), marks, policy=policy)
    assert seen(found) == [
        # The old total is 50: (3 * (100 - 50) - 1 * (50 - 50)) / 4.
        ("a", ("weight 1 -> 3", "level 1 -> 2"), 37.5),
        # (25 - 50 - (50 - 50)) / 4
        ("b", ("level 1 -> 0.5",), -6.25),
    ]


@pytest.mark.parametrize(
    "old, new, fact",
    [
        (None, 2, "must-pass now, and failed"),
        (1, 2, "must-pass passed -> failed"),
        (2, 1, "must-pass failed -> passed"),
        (2, None, "must-pass no more, and was failed"),
    ],
)
def test_a_must_pass_that_comes_out_otherwise_is_told(
    old: int | None, new: int | None, fact: str
) -> None:
    """B has level 1."""

    def rubric(level: int | None) -> Rubric:
        return rubric_of(
            A, B | ({"must_pass": {"level": level, "reason": "Harm."}} if level else {})
        )

    assert seen(moved(rubric(new), old=rubric(old))) == [("b", (fact,), 0.0)]


@pytest.mark.parametrize("level", [None, 1])
def test_a_must_pass_that_comes_out_the_same_is_not(level: int | None) -> None:
    must = {"must_pass": {"level": level, "reason": "Harm."}} if level else {}
    assert moved(rubric_of(A, B | must)) == ()


def test_a_dispute_over_a_must_pass_is_told() -> None:
    marks = {"kim": {"a": 2, "b": 1}, "lou": {"a": 2, "b": 2}}
    must = {"must_pass": {"level": 2, "reason": "Harm."}}
    found = moved(rubric_of(A, {**B, **must}), marks, policy=MarkingPolicy(graders=2))
    assert seen(found) == [("b", ("must-pass now, and disputed",), None)]


def test_no_must_pass_is_called_disputed_while_levels_are_missing() -> None:
    must = {"must_pass": {"level": 1, "reason": "Harm."}}
    old, new = rubric_of(A, B | must), rubric_of(A, B | must, {"id": "c", "title": "C"})
    assert [each.criterion for each in moved(new, old=old)] == ["c"]


def test_a_level_that_comes_from_elsewhere_is_told() -> None:
    def observed(**more: object) -> Rubric:
        levels: list[Values] = [
            {"level": level, "label": "l", "describes": "d"}
            | ({"from_figure": 2.0 * level} if more else {})
            for level in range(3)
        ]
        return rubric_of({**A, "levels": levels, **more}, B, judges="observation")

    by_hand, counted = observed(), observed(from_protocol="closed_cycles")
    figures = {"closed_cycles": 2.0}
    before = moderated_work(ONE, by_hand, MARKS, figures=figures)
    after = moderated_work(ONE, counted, {"kim": {"b": 1}}, figures=figures)
    # Two cycles are level 1: (0.5 + 0.5) / 2.
    assert seen(criterion_moves(before, after, by_hand, counted)) == [
        ("a", ("level from the graders -> from the protocol", "level 2 -> 1"), -25.0)
    ]


def test_missing_levels_are_gathered_by_reason() -> None:
    work = moderated_work(
        MarkingPolicy(graders=3), OLD, {"kim": {"a": 2}, "lou": {"a": 2, "b": 7}, "max": {"a": 1}}
    )
    assert missing_levels(work, "a") == {}
    assert missing_levels(work, "b") == {
        "the grader has not marked it": ("kim", "max"),
        "level 7 is not on its scale": ("lou",),
    }


@given(rubrics(), rubrics(), st.data())
def test_the_moves_sum_to_the_difference_of_the_totals(
    old: Rubric, new: Rubric, data: st.DataObject
) -> None:
    """Whatever the two rubrics share: they name criteria c-0, c-1 and so on."""
    old, new = (_by_hand(each) for each in (old, new))
    before, after = (_marked(rubric, data) for rubric in (old, new))
    assume(before.percent is not None and after.percent is not None)
    moves = criterion_moves(before, after, old, new)
    assert before.percent is not None
    points = [each.points for each in moves if each.points is not None]
    assert len(points) == len(moves)
    assert before.percent + sum(points) == pytest.approx(after.percent)


def _by_hand(rubric: Rubric) -> Rubric:
    values = rubric.model_dump(exclude_none=True)
    for criterion in values["criteria"]:
        criterion.pop("from_protocol", None)
        for level in criterion["levels"]:
            level.pop("from_figure", None)
    return Rubric.model_validate({**values, "judges": "case-study"})


def _marked(rubric: Rubric, data: st.DataObject) -> ModeratedWork:
    marks = {
        grader: {each.id: data.draw(st.sampled_from(each.levels)).level for each in rubric.criteria}
        for grader in ("kim", "lou", "max")
    }
    return moderated_work(MarkingPolicy(graders=2, must_pass_agreement=False), rubric, marks)
