"""Issued results held against another wording of their rubric."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.outcome.issued import DrawRecord, IssuedResult
from casebook.domain.outcome.results import RequirementResult, ResultName
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.criterion_moves import CriterionMove
from casebook.evaluation.rescoring import (
    Rescored,
    Unreproduced,
    rescore,
    unmoved,
    wording_of,
    works_judged,
)
from tests.portfolios.moderated import Levels, issued_from, moderated_work
from tests.portfolios.results import eligible
from tests.portfolios.rubrics import Values, lines, rubric_of, rubrics

A: Values = {"id": "a", "title": "A"}
B: Values = {"id": "b", "title": "B"}
OLD = rubric_of(A, B)
"""Passed from 60 %."""

ONE = MarkingPolicy()
MARKS: Mapping[str, Levels] = {"kim": {"a": 2, "b": 1}}
"""(2/2 + 1/2) / 2 = 75 %."""


def result_of(
    marks: Mapping[str, Levels] = MARKS,
    policy: MarkingPolicy = ONE,
    old: Rubric = OLD,
    draw: DrawRecord | None = None,
    **more: Any,  # noqa: ANN401 - whatever the moderation may be told
) -> IssuedResult:
    return issued_from({old: (moderated_work(policy, old, marks, **more),)}, draw=draw)


def tried(
    new: Rubric, result: IssuedResult | None = None, policy: MarkingPolicy = ONE, old: Rubric = OLD
) -> Rescored:
    found = rescore(result or result_of(policy=policy, old=old), old, new, policy)
    assert isinstance(found, Rescored)
    return found


def came_to(found: Rescored) -> tuple[ResultName, float | None]:
    (work,) = found.works
    return found.after, work.after.percent


def test_a_higher_pass_mark_fails_who_does_not_reach_it() -> None:
    found = tried(rubric_of(A, B, pass_percent=80))
    assert came_to(found) == ("fail", 75)
    assert found.changes_result
    assert found.before.result == "pass"


def test_another_total_changes_a_result_that_stays_a_pass() -> None:
    found = tried(rubric_of({**A, "weight": 3}, B))
    assert came_to(found) == ("pass", 87.5)
    assert found.changes
    assert not found.changes_result


def test_another_failure_changes_a_result_with_the_same_total() -> None:
    """Both fail; which must-pass criterion it is makes the difference."""
    must = {"must_pass": {"level": 2, "reason": "Harm."}}
    lower = {"must_pass": {"level": 1, "reason": "Harm."}}
    old, new = rubric_of(A | must, B | lower), rubric_of(A | lower, B | must)
    result = result_of({"kim": {"a": 1, "b": 1}}, old=old)
    found = tried(new, result, old=old)
    assert came_to(found) == ("fail", 50)
    assert found.changes
    assert not found.changes_result


def test_a_criterion_that_is_gone_or_no_must_pass_any_more_changes_nothing_by_itself() -> None:
    """Level 1 of 2 on both is 50 % with either, and whoever reached the bar may lack one."""
    must = {"must_pass": {"level": 1, "reason": "Harm."}}
    old = rubric_of(A | must, B)
    result = result_of({"kim": {"a": 1, "b": 1}}, old=old)
    for new in (rubric_of(A | must), rubric_of(A, B), rubric_of(A | must, B | must)):
        found = tried(new, result, old=old)
        assert came_to(found) == ("fail", 50)
        assert not found.changes


def test_the_marks_come_to_what_they_would_have_come_to_by_the_new_wording() -> None:
    """To the last value, each grader's own evaluation included: complete marks and others."""
    levels = [0, 1, 3]
    for new in (
        rubric_of({**A, "weight": 3}, {**B, "levels": levels}, pass_percent=70, sem_percent=4),
        rubric_of(A, B, {"id": "c", "title": "C"}, pass_percent=90, sem_percent=2.5),
    ):
        again = moderated_work(ONE, new, MARKS)
        found = tried(new)
        assert found.works[0].after == again
        assert found.works[0].after.evaluations["kim"].rubric_digest == new.digest


def test_what_moved_a_work_is_told_with_it() -> None:
    """As the comparison of its criteria has it: (3 + 0.5) / 4 = 87.5 %, 12.5 more than before."""
    (work,) = tried(rubric_of({**A, "weight": 3}, B)).works
    assert work.moves == (CriterionMove("a", "A", ("weight 1 -> 3",), 12.5),)


def test_a_criterion_without_a_mark_leaves_the_work_incomplete() -> None:
    found = tried(rubric_of(A, B, {"id": "c", "title": "C"}))
    assert came_to(found) == ("incomplete", None)
    (need,) = found.works[0].after.needs
    assert (need.what, need.graders) == ("completion", ("kim",))
    assert "'C'" in need.says


def test_a_level_off_every_scale_is_no_mark() -> None:
    """A result that was edited by hand may hold one; it is told, and ends nothing."""
    values = result_of().model_dump(mode="json")
    (outcome,) = (
        each
        for each in values["works"][0]["evaluations"]["kim"]["criteria"]
        if each["criterion"] == "b"
    )
    outcome["level"] = 99
    edited = IssuedResult.model_validate(values)
    assert rescore(edited, OLD, OLD, ONE) == Unreproduced("incomplete")


def test_a_pass_whose_total_was_taken_out_is_not_what_the_marks_come_to() -> None:
    """The other thing that a hand may edit: the result stands, the figure is gone."""
    values = result_of().model_dump(mode="json")
    del values["works"][0]["percent"]
    edited = IssuedResult.model_validate(values)
    assert rescore(edited, OLD, OLD, ONE) == Unreproduced("pass")


def test_levels_are_read_anew_from_the_protocol() -> None:
    """Three closed cycles are level 1 where level 2 needs four; (1/2 + 1/2) / 2 = 50 %."""

    def observed(*figures: float) -> Rubric:
        levels = [
            {"level": level, "label": "l", "describes": "d", "from_figure": figure}
            for level, figure in enumerate(figures)
        ]
        from_protocol = {**A, "from_protocol": "closed_cycles", "levels": levels}
        return rubric_of(from_protocol, B, judges="observation")

    old, new = observed(0, 1, 2), observed(0, 1, 4)
    result = result_of({"kim": {"b": 1}}, old=old, figures={"closed_cycles": 3.0})
    assert came_to(tried(new, result, old=old)) == ("fail", 50)
    assert came_to(tried(rubric_of(A, B, judges="observation"), result, old=old)) == (
        "incomplete", None,
    )  # fmt: skip


def test_near_the_new_pass_mark_a_further_grader_is_wanted() -> None:
    policy = MarkingPolicy(near_pass_mark_percent=5)
    found = tried(rubric_of(A, B, pass_percent=72), policy=policy)
    assert came_to(found) == ("incomplete", None)
    assert [each.rule for each in found.works[0].newly_fired] == [
        "near-pass-mark",
        "further-grader",
    ]
    assert [each.what for each in found.works[0].after.needs] == ["mark"]


def test_rules_that_bore_on_it_before_are_not_new() -> None:
    found = tried(rubric_of({**A, "weight": 3}, B))
    assert [each.rule for each in found.works[0].after.rules] == ["graders"]
    assert found.works[0].newly_fired == ()


def test_the_further_grader_stays_the_one_who_was() -> None:
    """Only lou's marks counted then, 100 %; by the new weights they still alone do."""
    policy = MarkingPolicy(graders=1, with_further_grader="further-grader", most_graders=2)
    marks = {"kim": {"a": 0, "b": 2}, "lou": {"a": 2, "b": 2}}
    found = tried(rubric_of({**A, "weight": 3}, B, pass_percent=90),
                  result_of(marks, policy, latest="lou"), policy)  # fmt: skip
    assert came_to(found) == ("pass", 100)
    assert found.works[0].after.counted == ("lou",)


def test_a_grader_who_counted_alone_for_the_higher_total_is_no_further_one() -> None:
    """Two were asked and the higher total counts: by A's weight that is kim's, and not lou's."""
    policy = MarkingPolicy(graders=2, within_tolerance="higher")
    marks = {"kim": {"a": 2, "b": 0}, "lou": {"a": 1, "b": 2}}
    found = tried(rubric_of({**A, "weight": 9}, B), result_of(marks, policy), policy)
    assert found.works[0].before.counted == ("lou",)
    assert found.works[0].after.counted == ("kim",)


def test_nobody_is_taken_for_a_further_grader_by_another_policy() -> None:
    """Lou counted alone for the higher total; where the last one's marks count, who was last?"""
    marks = {"kim": {"a": 2, "b": 0}, "lou": {"a": 1, "b": 2}}
    result = result_of(marks, MarkingPolicy(graders=2, within_tolerance="higher"))
    other = MarkingPolicy(with_further_grader="further-grader")
    assert rescore(result, OLD, OLD, other) == Unreproduced("incomplete")


def test_who_was_drawn_to_be_marked_twice_was_asked_of_two() -> None:
    """Of two who are asked the mean counts; of one and a further grader, the latter's marks."""
    policy = MarkingPolicy(with_further_grader="further-grader")
    draw = DrawRecord(seed="s", pool=("kim", "lou"), order=("lou", "kim"), marked_twice=True)
    marks = {"kim": {"a": 0, "b": 0}, "lou": {"a": 2, "b": 2}}
    found = tried(
        rubric_of({**A, "weight": 3}, B), result_of(marks, policy, draw=draw, asked=2), policy
    )
    assert came_to(found) == ("fail", 50)
    assert [each.rule for each in found.works[0].after.rules] == [
        "graders", "second-marking", "within-tolerance",
    ]  # fmt: skip


def test_a_session_is_not_among_the_works_that_a_draw_has_marked_twice() -> None:
    """Who grades it was there: one is asked, and no rule of the draw bears on it."""
    draw = DrawRecord(seed="s", pool=("kim",), order=("kim",), marked_twice=True)
    session = rubric_of(A, B, judges="observation")
    found = tried(session, result_of(old=session, draw=draw), old=session)
    assert came_to(found) == ("pass", 75)
    assert [each.rule for each in found.works[0].after.rules] == ["graders"]


def test_a_policy_that_does_not_make_the_result_again_is_refused() -> None:
    """One grader was asked then; the policy at hand asks for two."""
    found = rescore(result_of(), OLD, rubric_of(A, B, pass_percent=80), MarkingPolicy(graders=2))
    assert found == Unreproduced("incomplete")


def test_a_policy_that_makes_another_total_of_it_is_refused() -> None:
    """The mean of 75 % and 100 % was issued; the policy at hand takes the higher."""
    marks = {**MARKS, "lou": {"a": 2, "b": 2}}
    result = result_of(marks, MarkingPolicy(graders=2))
    other = MarkingPolicy(graders=2, within_tolerance="higher")
    assert rescore(result, OLD, OLD, other) == Unreproduced("pass")


def test_works_of_other_rubrics_and_requirements_bear_on_the_whole() -> None:
    """A fail stays a fail where another work failed, or a requirement is open."""
    other = rubric_of(A, id="other", judges="observation")
    failing = moderated_work(ONE, OLD, {"kim": {"a": 0, "b": 1}})
    better = rubric_of(A, B, pass_percent=20)
    for level, after in ((2, "pass"), (0, "fail")):
        session = moderated_work(ONE, other, {"kim": {"a": level}}, work="case-1")
        found = tried(better, issued_from({other: (session,), OLD: (failing,)}))
        assert (found.after, found.works[0].after.result) == (after, "pass")
        assert len(found.works) == 1
    unmet = RequirementResult(id="x", says="More", strength="hard", met=False, why="none")
    found = tried(better, issued_from({OLD: (failing,)}, eligibility=eligible(unmet)))
    assert (found.after, found.changes_result, found.changes) == ("fail", False, True)


def test_every_work_of_the_rubric_is_looked_at() -> None:
    works = [moderated_work(ONE, OLD, {"kim": {"a": 2, "b": level}}, work=f"case-{level}")
             for level in (1, 2)]  # fmt: skip
    found = tried(rubric_of(A, B, pass_percent=80), issued_from({OLD: tuple(works)}))
    assert [(each.before.work, each.after.result) for each in found.works] == [
        ("case-1", "fail"), ("case-2", "pass"),
    ]  # fmt: skip
    assert [each.changes for each in found.works] == [True, False]
    assert found.after == "fail"


def test_the_wording_is_the_one_that_the_works_were_judged_by() -> None:
    result = result_of()
    assert wording_of(result, "case") == OLD
    assert wording_of(result, "other") is None
    reworded = rubric_of(A, B, title="Other")
    assert wording_of(result.model_copy(update={"rubrics": (reworded,)}), "case") is None
    assert [each.work for each in works_judged(result, "case")] == ["case-1"]
    assert works_judged(result, "other") == ()


def test_a_result_that_nothing_moves_stays() -> None:
    found = unmoved(result_of(), "case")
    assert (found.before, found.after, len(found.works)) == (result_of(), "pass", 1)
    assert not found.changes
    assert not found.changes_result


policies = st.builds(
    MarkingPolicy,
    graders=st.integers(1, 3),
    session_graders=st.integers(1, 3),
    most_graders=st.integers(1, 4),
    tolerance_percent=st.sampled_from([None, 0, 15, 40]),
    tolerance_levels=st.sampled_from([None, 0, 2]),
    within_tolerance=st.sampled_from(["mean", "higher"]),
    beyond_tolerance=st.sampled_from(["mean", "higher", "discussion", "further-grader"]),
    with_further_grader=st.sampled_from(["closest-two", "median", "mean", "further-grader"]),
    near_pass_mark_sems=st.sampled_from([None, 1, 2]),
    near_pass_mark_percent=st.sampled_from([None, 5]),
    must_pass_agreement=st.booleans(),
)


@st.composite
def moderations(draw: st.DrawFn) -> tuple[IssuedResult, Rubric, MarkingPolicy]:
    """A result as any policy makes it of any marks, complete or not."""
    rubric, policy = draw(rubrics()), draw(policies)
    marks = {
        grader: {
            each.id: draw(st.sampled_from(each.levels)).level
            for each in rubric.criteria
            if each.from_protocol is None
        }
        for grader in ("kim", "lou", "max", "noa")[: draw(st.integers(1, 4))]
    }
    work = moderated_work(
        policy,
        rubric,
        marks,
        figures={"closed_cycles": draw(st.sampled_from([0.0, 2.0, 5.0]))},
        latest=draw(st.sampled_from([None, *marks])),
    )
    return issued_from({rubric: (work,)}), rubric, policy


@given(moderations())
def test_the_same_rubric_changes_nothing(
    made: tuple[IssuedResult, Rubric, MarkingPolicy],
) -> None:
    result, rubric, policy = made
    found = tried(rubric, result, policy, rubric)
    assert not found.changes
    assert [each.moves for each in found.works] == [()]
    if result.result != "incomplete":
        # Why not before: only a result tells who marked last, by whose marks alone count.
        assert found.works[0].after == result.works[0]


@given(moderations(), lines, st.permutations(range(4)), st.sampled_from([1, 0.5, 0.1]))
def test_other_words_another_order_and_a_factor_of_all_weights_change_nothing(
    made: tuple[IssuedResult, Rubric, MarkingPolicy],
    said: str,
    order: list[int],
    factor: float,
) -> None:
    result, rubric, policy = made
    values = rubric.model_dump()
    for criterion in values["criteria"]:
        criterion |= {"title": said, "asks": said, "weight": criterion["weight"] * factor}
        for level in criterion["levels"]:
            level |= {"label": said, "describes": said}
    criteria = [values["criteria"][each] for each in order if each < len(values["criteria"])]
    reworded = Rubric.model_validate({**values, "title": said, "criteria": criteria})
    found = tried(reworded, result, policy, rubric)
    assert not found.changes
    assert [each.moves for each in found.works] == [()]
