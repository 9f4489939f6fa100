"""The rules in their order: what is wanted, what fires, and what the work comes to."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.moderation import Panel, moderate_work, without_marks
from tests.portfolios.panels import TOP, evaluation, panel, panels, policies, rubric, rubrics


def wants(work: ModeratedWork) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.what, each.graders) for each in work.needs]


def fired(work: ModeratedWork) -> list[str]:
    return [each.rule for each in work.rules]


def test_fewer_marks_than_asked_open_nothing_and_name_who_is_next() -> None:
    """Of three who are asked one has marked: the next two of the draw are wanted."""
    judged = panel(
        {}, MarkingPolicy(graders=3), rubric(2), marked=frozenset({"a"}),
        spare=("d", "b", "c"), drawn=True, names={"d": "d Dee"},
    )  # fmt: skip
    work = moderate_work(judged)
    assert wants(work) == [("mark", ("d",)), ("mark", ("b",))]
    assert work.needs[0].says == "d Dee marks case-a"
    assert (work.result, work.evaluations, work.rules) == ("incomplete", {}, ())


@pytest.mark.parametrize(
    "spare, graders, says",
    [
        (None, (), "one more grader marks case-a: the office chooses"),
        ((), (), "one more grader marks case-a: nobody listed is left"),
        (("b",), ("b",), "one more grader marks case-a: b"),
        (("b", "c"), ("b", "c"), "one more grader marks case-a: the office chooses among b, c"),
    ],
)
def test_without_a_draw_the_office_chooses_among_those_it_may_ask(
    spare: tuple[str, ...] | None, graders: tuple[str, ...], says: str
) -> None:
    """Each state of the list."""
    judged = panel({}, MarkingPolicy(graders=2), rubric(1), marked=frozenset({"a"}), spare=spare)
    (need,) = moderate_work(judged).needs
    assert (need.what, need.graders, need.says) == ("mark", graders, says)


def test_a_draw_that_leaves_too_few_says_so() -> None:
    """Two are wanted and one is left."""
    judged = panel(
        {}, MarkingPolicy(graders=2), rubric(1), marked=frozenset(), spare=("b",), drawn=True
    )
    (need,) = moderate_work(judged).needs
    assert need.says == "2 more graders mark case-a: the list of graders leaves only b"


def test_missing_marks_are_completed_before_any_rule_speaks() -> None:
    """B has not marked c1: b completes, whatever the others found."""
    judged = panel({"a": (0, 0), "b": (4, None)}, MarkingPolicy(graders=2, tolerance_percent=1))
    work = moderate_work(judged)
    assert wants(work) == [("completion", ("b",))]
    assert work.needs[0].says == "b completes case-a: no mark yet for 'C1'"
    assert fired(work) == ["graders"]
    assert work.rules[0].says == "2 graders have marked the work."
    assert work.criteria[1].levels == {"a": 0}
    (need,) = moderate_work(panel({"a": (None, 1, None)})).needs
    assert need.says == "a completes case-a: no mark yet for 'C0', 'C2'"


def test_what_the_protocol_cannot_give_no_grader_can_complete() -> None:
    """A criterion taken from a protocol that was not held is nobody's to mark."""
    scale = rubric(2)
    by_protocol = scale.criteria[1].model_copy(update={"from_protocol": "closed_cycles"})
    scale = scale.model_copy(update={"criteria": (scale.criteria[0], by_protocol)})
    judged = panel({"a": (2, None)}, None, scale)
    work = moderate_work(judged)
    assert wants(work) == [("completion", ())]
    why = "the session was not held against a protocol"
    assert work.needs[0].says == f"the record of case-a is completed: 'C1': {why}"
    third = by_protocol.model_copy(update={"id": "c2", "title": "C2"})
    longer = scale.model_copy(update={"criteria": (*scale.criteria, third)})
    (need,) = moderate_work(panel({"a": (2, None, None)}, None, longer)).needs
    assert need.says == f"the record of case-a is completed: 'C1': {why}; 'C2': {why}"


def test_what_the_protocol_cannot_give_is_told_though_another_graders_marks_have_it() -> None:
    """B's evaluation has a level where a's has none: the record is still to be completed."""
    by_hand = rubric(1)
    criterion = by_hand.criteria[0].model_copy(update={"from_protocol": "closed_cycles"})
    scale = by_hand.model_copy(update={"criteria": (criterion,)})
    judged = panel({"a": (None,), "b": (None,)}, None, scale)
    evaluations = {**judged.evaluations, "b": evaluation(by_hand, (2,))}
    work = moderate_work(replace(judged, evaluations=evaluations))
    assert wants(work) == [("completion", ())]


def test_a_dispute_asks_a_further_grader_once_though_two_rules_want_one() -> None:
    """A must-pass dispute beyond the tolerance, with the next one drawn."""
    policy = MarkingPolicy(graders=2, tolerance_percent=20)
    judged = panel(
        {"a": (0, 1), "b": (3, 3)}, policy, rubric(2, must_pass={0: 2}),
        spare=("c", "d"), drawn=True,
    )  # fmt: skip
    work = moderate_work(judged)
    assert wants(work) == [("mark", ("c",))]
    assert work.needs[0].says == "c marks case-a as a further grader"
    assert fired(work) == ["graders", "must-pass-dispute", "beyond-tolerance", "further-grader"]
    assert work.rules[-1].says == "A further grader is asked."
    assert all(each.level is None for each in work.criteria)


def test_a_need_for_a_mark_tells_nothing_of_the_marks() -> None:
    """What is handed on to the one who is asked holds no level, no total and no criterion."""
    policy = MarkingPolicy(graders=2, tolerance_percent=20, tolerance_levels=1)
    judged = panel({"a": (0, 1), "b": (3, 3)}, policy, spare=("c",), drawn=True)
    veiled = without_marks(moderate_work(judged))
    assert veiled.reasons == ("c marks case-a as a further grader",)
    assert (veiled.evaluations, veiled.rules, veiled.counted) == ({}, (), ())
    assert all(not each.levels and each.level is None for each in veiled.criteria)


def test_a_work_that_needs_nothing_tells_nothing_either_while_another_needs_a_mark() -> None:
    """Passed with must-pass criteria and all: what is left is the work and its rubric."""
    work = moderate_work(panel({"a": (4, 4)}, None, rubric(2, must_pass={0: 2})))
    assert (work.result, work.criteria[0].reached) == ("pass", True)
    veiled = without_marks(work)
    assert veiled.criteria == tuple(
        each.model_copy(update={"levels": {}, "level": None, "reached": None})
        for each in work.criteria
    )
    assert veiled == work.model_copy(
        update={
            "result": "incomplete", "percent": None, "criteria": veiled.criteria,
            "evaluations": {}, "counted": (), "rules": (), "reasons": (),
        }
    )  # fmt: skip


def test_most_graders_reached_only_a_discussion_is_left() -> None:
    """Two of four see the failure, and nobody else may be asked."""
    policy = MarkingPolicy(graders=2, most_graders=4)
    marks = {"a": (1,), "b": (1,), "c": (3,), "d": (3,)}
    work = moderate_work(panel(marks, policy, rubric(1, must_pass={0: 2}), spare=("e",)))
    assert wants(work) == [("discussion", ("a", "b", "c", "d"))]
    assert fired(work)[-2:] == ["most-graders", "discussion"]
    assert [each.says for each in work.rules[-2:]] == [
        "No further grader may be asked: 4 have marked the work.",
        "The graders discuss the work.",
    ]
    assert work.needs[0].says == (
        "a, b, c and d discuss case-a; what they change is entered with `casebook mark change`, "
        "and then it is moderated again"
    )


def test_a_discussion_is_over_once_the_changed_marks_agree() -> None:
    """The same panel before and after b changes a mark."""
    policy = MarkingPolicy(graders=2, tolerance_percent=20, beyond_tolerance="discussion")
    before = moderate_work(panel({"a": (1, 1), "b": (3, 3)}, policy))
    assert wants(before) == [("discussion", ("a", "b"))]
    after = moderate_work(panel({"a": (1, 1), "b": (1, 2)}, policy))
    # Totals 25 and 37.5: their mean is 31.25, below 50.
    assert (after.result, after.percent, after.needs) == ("fail", 31.25, ())


def test_near_the_pass_mark_one_more_is_asked_and_then_it_stands() -> None:
    """56.25 lies within 10 of 50; after a further grader the mean of both stands."""
    policy = MarkingPolicy(graders=1, near_pass_mark_percent=10)
    scale = rubric(2)
    first = moderate_work(panel({"a": (2, 2)}, policy, scale, spare=("b",)))
    assert wants(first) == [("mark", ("b",))]
    both = moderate_work(panel({"a": (2, 2), "b": (2, 3)}, policy, scale, first=("a",)))
    assert (both.result, both.percent, both.counted) == ("pass", 56.25, ("a", "b"))
    assert fired(both) == ["graders", "near-pass-mark", "further-grader", "near-pass-mark"]
    assert both.rules[1].says.startswith("Before a further grader marked: The total of 50.0 %")


def test_an_agreed_must_pass_failure_needs_no_further_grader_near_the_pass_mark() -> None:
    """The work is failed whatever the total comes to."""
    policy = MarkingPolicy(graders=1, near_pass_mark_percent=10)
    work = moderate_work(panel({"a": (1, 3)}, policy, rubric(2, must_pass={0: 2})))
    assert (work.result, work.percent) == ("fail", 50)
    assert work.reasons[0] == "must-pass criterion 'C0' is failed: It harms."
    assert work.criteria[0].reached is False


def test_the_record_says_which_criteria_must_be_passed_and_why_it_is_so() -> None:
    """C0 has a bar and is reached, C1 has none; of a failure the reason is the program's."""
    scale = rubric(2, must_pass={0: 2})
    passed = moderate_work(panel({"a": (2, 4)}, None, scale))
    assert [(each.must_pass, each.reached) for each in passed.criteria] == [
        (True, True), (False, None),
    ]  # fmt: skip
    assert passed.reasons == (
        "75.0 % reaches the pass mark of 50 %", "every must-pass criterion is passed",
    )  # fmt: skip
    failed = moderate_work(panel({"a": (1, 4)}, None, scale))
    assert failed.reasons == (
        "must-pass criterion 'C0' is failed: It harms.", "62.5 % reaches the pass mark of 50 %",
    )  # fmt: skip
    assert (failed.pass_percent, failed.sem_percent) == (50, None)
    plain = moderate_work(panel({"a": (1, 4)}, None, rubric(2, sem_percent=2.5)))
    assert plain.sem_percent == 2.5
    assert plain.reasons == ("62.5 % reaches the pass mark of 50 %",)


def test_a_majority_passes_what_one_sees_failed() -> None:
    """Two of three: the criterion is passed, and the record says how many saw what."""
    marks = {"a": (1,), "b": (3,), "c": (3,)}
    policy = MarkingPolicy(graders=2, with_further_grader="median")
    work = moderate_work(panel(marks, policy, rubric(1, must_pass={0: 2}), first=("a", "b")))
    assert (work.result, work.percent, work.criteria[0].reached) == ("pass", 75, True)
    assert fired(work) == ["graders", "must-pass-dispute", "must-pass-agreed", "further-grader"]
    assert work.reasons[-1] == "every must-pass criterion is passed"


def test_the_drawn_second_marking_and_other_remarks_are_told() -> None:
    """What the record must say of how the marks came."""
    work = moderate_work(
        panel({"a": (4,)}, drawn_twice=True, remarks=("The marks were not sealed.",))
    )
    assert fired(work) == ["graders", "second-marking"]
    assert [each.says for each in work.rules] == [
        "1 grader has marked the work. The marks were not sealed.",
        "The draw asked for one more grader than usual.",
    ]


def test_a_total_that_is_the_pass_mark_in_thirds_passes() -> None:
    """Levels 2, 3 and 3 of 4 have the mean 8/3: 66.66… %, which is the pass mark as a fraction."""
    marks = {"a": (2,), "b": (3,), "c": (3,)}
    scale = rubric(1, pass_percent=200 / 3)
    work = moderate_work(panel(marks, MarkingPolicy(graders=3), scale))
    assert work.result == "pass"


@given(scale=rubrics(), policy=policies(), count=st.integers(1, 4), data=st.data())
def test_equal_sheets_come_to_their_common_mark(
    scale: Rubric, policy: MarkingPolicy, count: int, data: st.DataObject
) -> None:
    """Whatever the policy, unless it asks for more graders or nears the pass mark."""
    size = len(scale.criteria)
    levels = data.draw(st.lists(st.integers(0, TOP), min_size=size, max_size=size))
    marks = {f"g{number}": levels for number in range(count)}
    work = moderate_work(panel(marks, policy, scale, latest="g0"))
    if work.needs:
        assert count < policy.graders or "near-pass-mark" in fired(work)
        return
    alone = evaluation(scale, levels)
    assert [each.level for each in work.criteria] == levels
    assert (work.percent, work.result) == (alone.percent, alone.result)


@given(judged=panels())
def test_a_result_is_complete_or_says_what_is_wanted(judged: Panel) -> None:
    """Every incomplete result has a need, and no complete one has any."""
    work = moderate_work(judged)
    assert (work.result == "incomplete") == bool(work.needs)
    assert (work.percent is None) == bool(work.needs)
    assert all((each.level is None) == bool(work.needs) for each in work.criteria)
    assert bool(work.counted) != bool(work.needs)


@given(judged=panels(least=2), data=st.data())
def test_the_order_of_sheets_changes_nothing(judged: Panel, data: st.DataObject) -> None:
    """Not a byte of the record."""
    order = data.draw(st.permutations(sorted(judged.evaluations)))
    shuffled = {each: judged.evaluations[each] for each in order}
    again = moderate_work(replace(judged, evaluations=shuffled))
    assert again.model_dump_json() == moderate_work(judged).model_dump_json()


@given(judged=panels(least=2), data=st.data())
def test_renaming_graders_changes_no_figure(judged: Panel, data: st.DataObject) -> None:
    """Levels, total, result and rules stay; only the names differ."""
    names = sorted(judged.evaluations)
    new = dict(zip(names, data.draw(st.permutations(names)), strict=True))
    renamed = replace(
        judged,
        evaluations={new[each]: found for each, found in judged.evaluations.items()},
        first=tuple(sorted(new[each] for each in judged.first)),
        latest=new[judged.latest] if judged.latest else None,
    )
    one, other = moderate_work(judged), moderate_work(renamed)
    assert (one.result, one.percent, one.rules) == (other.result, other.percent, other.rules)
    assert [each.level for each in one.criteria] == [each.level for each in other.criteria]
    assert {new[each] for each in one.counted} == set(other.counted)


@given(judged=panels(), data=st.data())
def test_a_must_pass_failure_that_all_see_never_passes(judged: Panel, data: st.DataObject) -> None:
    """However the totals come out."""
    bars = {
        place: criterion.must_pass.level
        for place, criterion in enumerate(judged.rubric.criteria)
        if criterion.must_pass
    }
    assume(bars)
    failed = data.draw(st.sampled_from(sorted(bars)))
    evaluations = {}
    for grader in judged.evaluations:
        levels = [judged.complete_levels(each.id, [grader])[0] for each in judged.rubric.criteria]
        levels[failed] = min(levels[failed], bars[failed] - 1)
        evaluations[grader] = evaluation(judged.rubric, levels, grader)
    assert moderate_work(replace(judged, evaluations=evaluations)).result != "pass"


@given(way=st.sampled_from(["mean", "median"]), data=st.data())
def test_raising_one_mark_never_lowers_the_total(way: str, data: st.DataObject) -> None:
    """Where marks are averaged, or their median counts, whatever is raised."""
    policy = MarkingPolicy.model_validate(
        {"graders": 2, "most_graders": 9, "with_further_grader": way, "beyond_tolerance": "mean"}
    )
    judged = data.draw(panels(policy=policy, least=2))
    grader = data.draw(st.sampled_from(judged.graders))
    levels = [judged.complete_levels(each.id, [grader])[0] for each in judged.rubric.criteria]
    at = data.draw(st.integers(0, len(levels) - 1))
    assume(levels[at] < TOP)
    levels[at] += 1
    raised = replace(
        judged,
        evaluations={**judged.evaluations, grader: evaluation(judged.rubric, levels, grader)},
    )
    before, after = moderate_work(judged).percent, moderate_work(raised).percent
    if before is not None and after is not None:
        assert after >= before - 1e-9


def test_every_order_of_three_gives_one_result() -> None:
    """By hand, for three who disagree: 25, 50 and 62.5 give (50 + 62.5) / 2 in any order."""
    marks = {"a": (1, 1), "b": (2, 2), "c": (2, 3)}
    policy = MarkingPolicy(graders=2, tolerance_percent=20)
    found = {
        moderate_work(panel({each: marks[each] for each in order}, policy)).percent
        for order in permutations(marks)
    }
    assert found == {56.25}
