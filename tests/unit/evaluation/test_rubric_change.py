"""What differs between two rubrics, and what of it reaches a result."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.marking.marks import Mark
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.rubric_change import ChangeKind, RubricChange, compare_rubrics
from casebook.evaluation.scoring import decide, percent_of, score_criteria
from tests.portfolios.rubrics import Values, rubric_of, rubrics

A: Values = {"id": "a", "title": "A", "asks": "A?"}
B: Values = {"id": "b", "title": "B", "asks": "B?", "weight": 2}
OLD = rubric_of(A, B)


def changed(*given_criteria: Values, **more: object) -> tuple[RubricChange, ...]:
    return compare_rubrics(OLD, rubric_of(*(given_criteria or (A, B)), **more))


def seen(changes: tuple[RubricChange, ...]) -> list[tuple[str, str | None, str, bool]]:
    return [(each.kind, each.criterion, each.part, each.changes_result) for each in changes]


@given(rubrics())
def test_a_rubric_does_not_differ_from_itself(rubric: Rubric) -> None:
    assert compare_rubrics(rubric, rubric) == ()


@pytest.mark.parametrize(
    "key, value, kind, before, why",
    [("id", "other", "changed", "case", "mark sheets name the rubric by its id"),
     ("title", "Other", "reworded", "Case", None),
     ("judges", "observation", "changed", "case-study", "it judges other work"),
     ("pass_percent", 60.5, "changed", "60", "passing begins elsewhere"),
     ("sem_percent", 3, "added", None,
      "how near to the pass mark a further grader is asked for may depend on it")],
)  # fmt: skip
def test_the_rubrics_own_keys_are_told_apart(
    key: str, value: object, kind: ChangeKind, before: str | None, why: str | None
) -> None:
    (found,) = changed(**{key: value})
    assert found == RubricChange(kind, None, key, before, str(value), why)
    assert found.changes_result is (why is not None)


def test_words_are_reworded_and_reach_no_result() -> None:
    levels = [0, {"level": 1, "label": "new", "describes": "New words."}, 2]
    found = changed({**A, "title": "Anew", "asks": "New?", "levels": levels}, B)
    assert seen(found) == [
        ("reworded", "a", part, False)
        for part in ("title", "asks", "level 1: label", "level 1: describes")
    ]
    assert (found[0].before, found[0].after) == ("A", "Anew")


def test_a_weight_counts_by_its_share() -> None:
    """1 and 2 are the shares of 2 and 4; 1 and 3 are not."""
    assert seen(changed({**A, "weight": 2}, {**B, "weight": 4})) == [
        ("changed", "a", "weight", False), ("changed", "b", "weight", False),
    ]  # fmt: skip
    other_share = "each criterion's share of the total is another"
    for weight in (2.4, 3):
        (found,) = changed(A, {**B, "weight": weight})
        assert found == RubricChange("changed", "b", "weight", "2", str(weight), other_share)


def test_a_share_is_the_same_to_nine_digits() -> None:
    """Thirds written with ten digits are 1 and 2, be the weights large or tiny."""
    thirds = changed({**A, "weight": 0.3333333333}, {**B, "weight": 0.6666666667})
    assert [each.changes_result for each in thirds] == [False, False]
    # 1e-10 / 1 and 2.4e-10 / 2 differ by a fifth.
    tiny = changed({**A, "weight": 1e-10}, {**B, "weight": 2.4e-10})
    assert [each.changes_result for each in tiny] == [True, True]


def test_every_share_is_another_where_a_criterion_comes_or_goes() -> None:
    """However alike the weights of those that stay have changed."""
    more = changed({**A, "weight": 2}, {**B, "weight": 4}, {"id": "c", "title": "C"})
    assert seen(more)[:2] == [("changed", "a", "weight", True), ("changed", "b", "weight", True)]
    fewer = changed({**A, "weight": 2})
    assert seen(fewer)[0] == ("changed", "a", "weight", True)


def test_criteria_come_and_go() -> None:
    """The title tells which one it was."""
    assert changed(A) == (
        RubricChange("removed", "b", "criterion", before="B", why="its marks count no more"),
    )
    no_mark = "without a mark on it there is no result"
    assert changed(A, B, {"id": "c", "title": "C"}) == (
        RubricChange("added", "c", "criterion", after="C", why=no_mark),
    )


def test_a_new_order_reaches_no_result() -> None:
    assert changed(B, A) == (RubricChange("moved", None, "order of the criteria", "a, b", "b, a"),)


@pytest.mark.parametrize("other", [{}, {"asks": "New?"}])
def test_a_criterion_under_another_id_is_followed(other: Values) -> None:
    """By all that stayed, or by its title where other words changed too."""
    found = changed({**A, **other, "id": "z"}, B)
    assert found[0] == RubricChange("renamed", "a", "id", "a", "z", "marks name it by its id")
    assert len(found) == 1 + len(other)


def test_of_two_with_its_title_the_one_that_is_the_same_continues_a_criterion() -> None:
    """Wherever it stands: the other one is new."""
    found = changed({**A, "id": "y", "asks": "New?"}, {**A, "id": "z"}, B)
    assert [(each.kind, each.criterion, each.after) for each in found] == [
        ("renamed", "a", "z"), ("added", "y", "A"),
    ]  # fmt: skip


def test_must_pass_reaches_the_result_and_its_reason_does_not() -> None:
    must = {"must_pass": {"level": 1, "reason": "Risk."}}
    assert changed({**A, **must}, B) == (
        RubricChange("added", "a", "must_pass", after="1", why="failing it decides otherwise"),
    )
    before, after = (
        rubric_of({**A, **must}),
        rubric_of({**A, "must_pass": {"level": 2, "reason": "Harm."}}),
    )
    assert seen(compare_rubrics(before, after)) == [
        ("changed", "a", "must_pass", True), ("reworded", "a", "must_pass.reason", False),
    ]  # fmt: skip
    assert seen(compare_rubrics(before, rubric_of(A))) == [("removed", "a", "must_pass", True)]


NO_PLACE = "a mark at this level has no place any more"
NEW_TOP = "every other level is a smaller share of the new top"


@pytest.mark.parametrize(
    "levels, expected",
    [
        ([0, 1, 2, 3], RubricChange("added", "a", "level 3", after="label 3", why=NEW_TOP)),
        ([0, 2], RubricChange("removed", "a", "level 1", before="label 1", why=NO_PLACE)),
        ([0, 1], RubricChange("removed", "a", "level 2", before="label 2", why=NO_PLACE)),
    ],
)
def test_levels_come_and_go(levels: list[int], expected: RubricChange) -> None:
    """The label tells which one it was."""
    assert changed({**A, "levels": levels}, B) == (expected,)


def test_a_level_between_two_others_reaches_no_mark_that_was_given() -> None:
    before, after = rubric_of({**A, "levels": [0, 2]}), rubric_of({**A, "levels": [0, 1, 2]})
    assert seen(compare_rubrics(before, after)) == [("added", "a", "level 1", False)]


def test_what_the_protocol_gives_is_told() -> None:
    def observed(*figures: float, between: bool = False) -> Rubric:
        steps = [0, 1, 2] if between else [0, 2]
        levels: list[Any] = [
            {"level": step, "label": "l", "describes": "d", "from_figure": figure}
            for step, figure in zip(steps, figures, strict=True)
        ]
        return rubric_of({**A, "from_protocol": "closed_cycles", "levels": levels},
                         judges="observation")  # fmt: skip

    assert compare_rubrics(observed(0, 2), observed(0, 3)) == (
        RubricChange("changed", "a", "level 2: from_figure", "2", "3",
                     "the protocol reaches it elsewhere"),
    )  # fmt: skip
    assert compare_rubrics(observed(0, 2), observed(0, 1, 2, between=True)) == (
        RubricChange("added", "a", "level 1", after="l", why="the protocol may now reach it"),
    )
    by_hand = compare_rubrics(
        observed(0, 2), rubric_of({**A, "levels": [0, 2]}, judges="observation")
    )
    assert by_hand[0] == RubricChange(
        "removed", "a", "from_protocol", "closed_cycles", None, "its level comes from elsewhere"
    )
    (added, *_) = compare_rubrics(
        rubric_of({"id": "z", "title": "Z"}, judges="observation"), observed(0, 2)
    )[-1:]
    assert added.why == "it enters the total from the protocol"


def test_global_ratings_reach_no_result() -> None:
    def rated(**positions: float) -> Rubric:
        return rubric_of(A, global_ratings=[
            {"id": key, "label": key, "position": position} for key, position in positions.items()
        ])  # fmt: skip

    found = compare_rubrics(
        rated(poor=0, fail=0.2, ok=0.5, good=1), rated(ok=0.6, fail=0.2, good=1, fine=1)
    )
    assert found == (
        RubricChange("removed", None, "global rating poor", before="poor"),
        RubricChange("changed", None, "global rating ok: position", "0.5", "0.6"),
        RubricChange("added", None, "global rating fine", after="fine"),
        RubricChange(
            "moved", None, "order of the global ratings", "fail, ok, good", "ok, fail, good"
        ),
    )
    assert not any(each.changes_result for each in found)


def test_a_global_rating_under_another_label_is_reworded() -> None:
    old, new = (
        rubric_of(A, global_ratings=[{"id": "ok", "label": label, "position": 0.5},
                                     {"id": "good", "label": "Good", "position": 1}])
        for label in ("Enough", "Sufficient")
    )  # fmt: skip
    assert compare_rubrics(old, new) == (
        RubricChange("reworded", None, "global rating ok: label", "Enough", "Sufficient"),
    )


@given(rubrics(), rubrics())
def test_rubrics_are_equal_where_their_digests_are(one: Rubric, other: Rubric) -> None:
    assert (compare_rubrics(one, other) == ()) == (one.digest == other.digest)


def _reversed(values: Values, _: Values) -> None:
    values["criteria"] = values["criteria"][::-1]


def _all_weights_halved(values: Values, _: Values) -> None:
    for each in values["criteria"]:
        each["weight"] /= 2


def _one_weight_halved(_: Values, criterion: Values) -> None:
    criterion["weight"] /= 2


def _another_pass_mark(values: Values, _: Values) -> None:
    values["pass_percent"] = 50


def _other_words(_: Values, criterion: Values) -> None:
    criterion["title"] = criterion["asks"] = "New"
    criterion["levels"][0]["describes"] = "New"


def _without_must_pass(_: Values, criterion: Values) -> None:
    criterion["must_pass"] = None


def _another_level(_: Values, criterion: Values) -> None:
    """In the lowest gap, be it below, between or above the others."""
    taken = {step["level"] for step in criterion["levels"]}
    free = min(set(range(22)) - taken)
    if free <= 20 and criterion["from_protocol"] is None:
        step = {"level": free, "label": "new", "describes": "new"}
        criterion["levels"] = sorted((*criterion["levels"], step), key=lambda each: each["level"])


def _without_the_top(_: Values, criterion: Values) -> None:
    if len(criterion["levels"]) > 2 and criterion["must_pass"] is None:
        criterion["levels"] = criterion["levels"][:-1]


def _without_the_criterion(values: Values, criterion: Values) -> None:
    if len(values["criteria"]) > 1:
        values["criteria"] = [each for each in values["criteria"] if each is not criterion]


EDITS = (
    _reversed, _all_weights_halved, _one_weight_halved, _another_pass_mark, _other_words,
    _without_must_pass, _another_level, _without_the_top, _without_the_criterion,
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[Rubric, Rubric]:
    """A rubric, and the same after one edit to it or to one of its criteria."""
    rubric = draw(rubrics())
    values = rubric.model_dump()
    values["criteria"] = list(values["criteria"])
    edit = draw(st.sampled_from(EDITS))
    edit(values, draw(st.sampled_from(values["criteria"])))
    return rubric, Rubric.model_validate(values)


@given(edited(), st.data())
def test_where_no_change_says_so_the_same_marks_give_the_same_result(
    pair: tuple[Rubric, Rubric], data: st.DataObject
) -> None:
    old, new = pair
    if any(each.changes_result for each in compare_rubrics(old, new)):
        return
    marks = [
        Mark(criterion=each.id, level=data.draw(st.sampled_from(each.levels)).level)
        for each in old.criteria
        if each.from_protocol is None
    ]
    figures = {"closed_cycles": data.draw(st.sampled_from([0.0, 2.0, 5.0]))}
    before, after = (score_criteria(rubric, marks, figures) for rubric in pair)
    assert percent_of(after) == pytest.approx(percent_of(before))
    assert decide(after, new)[0] == decide(before, old)[0]
