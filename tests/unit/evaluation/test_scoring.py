"""Marks become a percentage and a result, and a missing mark is never a zero."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.marking.marks import Mark
from casebook.domain.outcome.results import Scored, Unscored
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.scoring import decide, percent_of, score_criteria


def rubric(*criteria: dict[str, Any], pass_percent: float = 75) -> Rubric:
    """A rubric whose criteria have the levels 0 to ``top``, 3 where none is given."""
    whole = []
    for number, values in enumerate(criteria):
        top = values.pop("top", 3)
        figures = values.pop("figures", {})
        levels = [
            {"level": n, "label": f"step {n}", "describes": "d", "from_figure": figures.get(n)}
            for n in range(top + 1)
        ]
        name = f"c{number}"
        whole.append({"id": name, "title": name.upper(), "asks": "?", "levels": levels} | values)
    return Rubric.model_validate(
        {
            "kind": "rubric", "format": 1, "id": "r", "title": "R", "judges": "observation",
            "pass_percent": pass_percent, "criteria": whole,
        }
    )  # fmt: skip


def marks(*levels: int | None) -> list[Mark]:
    return [Mark(criterion=f"c{number}", level=level) for number, level in enumerate(levels)]


def percent(scale: Rubric, *levels: int | None) -> float | None:
    return percent_of(score_criteria(scale, marks(*levels), None))


def test_a_percentage_is_weighted_over_each_criterions_own_scale() -> None:
    """Weights 2 and 1, levels 2 of 3 and 1 of 2: (2 * 2/3 + 1 * 1/2) / 3 = 61.1 %."""
    scale = rubric({"weight": 2}, {"weight": 1, "top": 2})
    # 4/3 + 1/2 = 11/6; 11/6 / 3 = 11/18 = 0.6111...
    assert percent(scale, 2, 1) == pytest.approx(100 * 11 / 18)


def test_the_ends_of_the_scale_are_0_and_100() -> None:
    """All lowest is 0 %, all highest is 100 %."""
    scale = rubric({"weight": 0.3}, {"weight": 7, "top": 1})
    assert percent(scale, 0, 0) == 0
    assert percent(scale, 3, 1) == pytest.approx(100)
    # 100 * (0.1 * 3 / 3) / 0.1 comes to 100.00000000000001 in binary.
    assert percent(rubric({"weight": 0.1}), 3) == 100


@pytest.mark.parametrize(
    "given_marks, why",
    [
        ([], "the grader has not marked it"),
        (marks(None), "the grader has not marked it"),
        (marks(7), "level 7 is not on its scale"),
        ([*marks(2), *marks(2)], "it is marked more than once"),
    ],
)
def test_without_one_mark_on_the_scale_a_criterion_is_unscored(
    given_marks: Sequence[Mark], why: str
) -> None:
    """No mark, one without a level, one beside the scale and two at once leave it open."""
    (outcome,) = score_criteria(rubric({}), given_marks, None)
    assert isinstance(outcome, Unscored)
    assert outcome.why == why


def test_an_unscored_criterion_keeps_its_weight_and_whether_it_must_be_passed() -> None:
    """What is still to be marked shows how much hangs on it."""
    scale = rubric({"weight": 2, "must_pass": {"level": 1, "reason": "Harm."}}, {"top": 4})
    assert score_criteria(scale, [], None) == (
        Unscored(
            criterion="c0", title="C0", top=3, weight=2, must_pass=True,
            why="the grader has not marked it",
        ),
        Unscored(
            criterion="c1", title="C1", top=4, weight=1, why="the grader has not marked it"
        ),
    )  # fmt: skip


def test_a_mark_keeps_its_note_time_and_place() -> None:
    """What the grader saw goes along with the level, its label and its weight."""
    mark = Mark(criterion="c0", level=2, note="calm", at=70, place="abstract")
    (outcome,) = score_criteria(rubric({"weight": 2}), [mark], None)
    assert outcome == Scored(
        criterion="c0", title="C0", level=2, top=3, label="step 2", weight=2, note="calm",
        at_s=70, place="abstract",
    )  # fmt: skip


def test_a_mark_for_no_criterion_changes_nothing() -> None:
    """What the rubric does not know is left out of the outcomes."""
    assert score_criteria(rubric({}), [*marks(2), Mark(criterion="x", level=1)], None) == (
        score_criteria(rubric({}), marks(2), None)
    )


# --- levels from the protocol ----------------------------------------------------------------

INSIDE = {"from_protocol": "inside_window_pct", "figures": {1: 40, 2: 70, 3: 90}}
FAULTS = {"from_protocol": "faults", "figures": {1: 4, 2: 2, 3: 0}}


@pytest.mark.parametrize(
    "criterion, figure, level",
    [
        (INSIDE, 39.9, 0),
        (INSIDE, 40, 1),
        (INSIDE, 89.9, 2),
        (INSIDE, 100, 3),
        (FAULTS, 5, 0),
        (FAULTS, 4, 1),
        (FAULTS, 1, 2),
        (FAULTS, 0, 3),
        ({"from_protocol": "faults", "top": 1, "figures": {1: 0}}, 1, 0),
        ({"from_protocol": "faults", "top": 1, "figures": {1: 0}}, 0, 1),
    ],
)
def test_a_level_follows_from_the_protocols_figure(
    criterion: dict[str, Any], figure: float, level: int
) -> None:
    """A share has to reach a level's figure; faults have to stay at or below it."""
    name = criterion["from_protocol"]
    (outcome,) = score_criteria(rubric(dict(criterion)), [], {name: figure})
    assert isinstance(outcome, Scored)
    assert outcome.level == level
    assert outcome.from_protocol


@pytest.mark.parametrize(
    "criterion, figure, note",
    [(INSIDE, 200 / 3, "inside window %: 66.67"), (FAULTS, 2, "faults: 2")],
)
def test_the_figure_itself_is_the_note(criterion: dict[str, Any], figure: float, note: str) -> None:
    """To four digits: two of three cycles are 66.67 %."""
    figures = {criterion["from_protocol"]: figure}
    (outcome,) = score_criteria(rubric(dict(criterion)), [], figures)
    assert isinstance(outcome, Scored)
    assert outcome.note == note


def test_a_mark_by_hand_does_not_count_where_the_protocol_decides() -> None:
    """A grader's 3 for a criterion of the protocol is not taken."""
    (outcome,) = score_criteria(rubric(dict(INSIDE)), marks(3), {"inside_window_pct": 0})
    assert isinstance(outcome, Scored)
    assert outcome.level == 0


@pytest.mark.parametrize(
    "figures, why",
    [
        (None, "the session was not held against a protocol"),
        ({"faults": 0}, "the session has no cycle to take 'inside_window_pct' from"),
    ],
)
def test_without_a_figure_a_criterion_is_unscored(
    figures: dict[str, float] | None, why: str
) -> None:
    """A session without a cycle has no share of cycles, and none is made up."""
    (outcome,) = score_criteria(rubric(dict(INSIDE)), [], figures)
    assert isinstance(outcome, Unscored)
    assert outcome.why == why


# --- the result ------------------------------------------------------------------------------

MUST = {"must_pass": {"level": 2, "reason": "Nothing makes up for harm."}}


def decided(scale: Rubric, *levels: int | None) -> tuple[str, tuple[str, ...]]:
    return decide(score_criteria(scale, marks(*levels), None), scale)


def test_enough_is_a_pass_and_says_so() -> None:
    """3 of 3 and 2 of 3 are 83.3 %, above 75 %."""
    assert decided(rubric({}, {}), 3, 2) == (
        "pass", ("83.3 % reaches the pass mark of 75 %",),
    )  # fmt: skip


def test_too_little_is_a_fail_and_says_so() -> None:
    """2 of 3 twice are 66.7 %, below 75 %; shown cut, not rounded: 66.6."""
    assert decided(rubric({}, {}), 2, 2) == ("fail", ("66.6 % is below the pass mark of 75 %",))


def test_a_percentage_just_below_the_mark_does_not_read_as_the_mark() -> None:
    """74.98 % would be 75.0 if it were rounded."""
    # (74.98 * 1 + 25.02 * 0) / 100 = 0.7498 with levels 1 and 0 of 1
    scale = rubric({"weight": 74.98, "top": 1}, {"weight": 25.02, "top": 1})
    result, reasons = decided(scale, 1, 0)
    assert (result, reasons) == ("fail", ("74.9 % is below the pass mark of 75 %",))


def test_a_percentage_has_the_decimals_of_the_pass_mark() -> None:
    """63.29 % reaches 63.27 %, and must not read as 63.2 beside it."""
    scale = rubric({"weight": 63.29, "top": 1}, {"weight": 36.71, "top": 1}, pass_percent=63.27)
    assert decided(scale, 1, 0) == ("pass", ("63.29 % reaches the pass mark of 63.27 %",))


@pytest.mark.parametrize(
    "weights",
    [
        (0.1, 0.2, 0.4, 0.3),  # 0.1 + 0.2 + 0.4 = 0.7 of 1
        (0.3, 0.3, 0.1, 0.3),  # 0.3 + 0.3 + 0.1 = 0.7 of 1
        (1.1, 2.2, 0.2, 1.5),  # 1.1 + 2.2 + 0.2 = 3.5 of 5
        (0.6, 0.1, 0.3),  # 0.6 + 0.1 = 0.7 of 1
    ],
)
def test_exactly_the_pass_mark_passes(weights: tuple[float, ...]) -> None:
    """Full marks for all but the last criterion make 70 %, however the weights are added up."""
    scale = rubric(*({"weight": weight, "top": 1} for weight in weights), pass_percent=70)
    marked_levels = [1] * (len(weights) - 1)
    assert decided(scale, *marked_levels, 0) == (
        "pass", ("70.0 % reaches the pass mark of 70 %",),
    )  # fmt: skip


def test_a_sum_that_falls_short_in_binary_still_reaches_the_mark() -> None:
    """0.7 and 0.05 of 1 are 75 %, though 0.7 + 0.05 is less than 0.75 to a computer."""
    scale = rubric(
        {"weight": 0.7, "top": 1}, {"weight": 0.05, "top": 1}, {"weight": 0.25, "top": 1}
    )
    result, reasons = decided(scale, 1, 1, 0)
    assert result == "pass"
    assert reasons == ("75.0 % reaches the pass mark of 75 %",)


def test_a_failed_must_pass_criterion_fails_the_work() -> None:
    """96.7 % do not help when the one criterion that must be passed is not."""
    # weights 1 and 9: 100 * (1 * 2/3 + 9 * 1) / 10 = 96.7 with level 2, 93.3 with level 1
    scale = rubric(dict(MUST), {"weight": 9})
    assert decided(scale, 1, 3) == (
        "fail",
        (
            "must-pass criterion 'C0' is failed (step 1): Nothing makes up for harm.",
            "93.3 % reaches the pass mark of 75 %",
        ),
    )
    result, reasons = decided(scale, 2, 3)
    assert result == "pass"
    assert reasons[-1] == "every must-pass criterion is passed"


def test_while_a_mark_is_missing_there_is_no_result() -> None:
    """Not even a failed must-pass criterion decides before all are marked, but it is said."""
    result, reasons = decided(rubric(dict(MUST), {}), 0)
    assert result == "incomplete"
    assert reasons == (
        "'C1' has no mark: the grader has not marked it",
        "must-pass criterion 'C0' is failed (step 0): Nothing makes up for harm.",
    )


def test_of_nothing_there_is_no_percentage() -> None:
    """Without any outcome there is nothing to divide by."""
    assert percent_of(()) is None


# --- laws ------------------------------------------------------------------------------------

TOPS = st.lists(st.integers(1, 5), min_size=1, max_size=5)


@st.composite
def marked(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[int]]:
    """Criteria, some of which must be passed, and a level for each."""
    criteria, levels = [], []
    for top in draw(TOPS):
        values: dict[str, Any] = {"top": top, "weight": draw(st.floats(0.1, 9.9))}
        if draw(st.booleans()):
            values["must_pass"] = {"level": draw(st.integers(1, top)), "reason": "r"}
        criteria.append(values)
        levels.append(draw(st.integers(0, top)))
    return criteria, levels


def scale_of(criteria: list[dict[str, Any]], pass_percent: float = 60) -> Rubric:
    return rubric(*(dict(each) for each in criteria), pass_percent=pass_percent)


@given(marked())
def test_a_percentage_lies_between_0_and_100(
    work: tuple[list[dict[str, Any]], list[int]],
) -> None:
    """Whatever the weights and levels, the percentage stays on its scale."""
    found = percent(scale_of(work[0]), *work[1])
    assert found is not None
    assert -1e-9 <= found <= 100 + 1e-9


@given(marked(), st.data())
def test_raising_a_level_never_lowers_the_percentage(
    work: tuple[list[dict[str, Any]], list[int]], data: st.DataObject
) -> None:
    """One criterion a level higher, all others equal: the percentage rises."""
    criteria, levels = work
    number = data.draw(st.integers(0, len(levels) - 1))
    higher = list(levels)
    higher[number] = data.draw(st.integers(levels[number], criteria[number]["top"]))
    before, after = (percent(scale_of(criteria), *each) for each in (levels, higher))
    assert before is not None
    assert after is not None
    assert after >= before - 1e-9


@given(marked(), st.floats(0.5, 10))
def test_only_the_proportion_of_weights_matters(
    work: tuple[list[dict[str, Any]], list[int]], factor: float
) -> None:
    """All weights times the same factor give the same percentage."""
    criteria, levels = work
    scaled = [each | {"weight": each["weight"] * factor} for each in criteria]
    assert percent(scale_of(scaled), *levels) == pytest.approx(percent(scale_of(criteria), *levels))


@given(marked(), st.data())
def test_one_missing_mark_leaves_the_work_incomplete(
    work: tuple[list[dict[str, Any]], list[int]], data: st.DataObject
) -> None:
    """Without any one of the marks there is neither a percentage nor a result."""
    criteria, levels = work
    number = data.draw(st.integers(0, len(levels) - 1))
    partial: list[int | None] = [*levels]
    partial[number] = None
    assert percent(scale_of(criteria), *partial) is None
    assert decided(scale_of(criteria), *partial)[0] == "incomplete"


@given(marked(), st.floats(0, 100))
def test_who_fails_a_must_pass_criterion_never_passes(
    work: tuple[list[dict[str, Any]], list[int]], pass_percent: float
) -> None:
    """The result is a pass exactly when the mark is reached and every such criterion is passed."""
    criteria, levels = work
    found = percent(scale_of(criteria), *levels)
    assert found is not None
    reached = all(
        level >= each.get("must_pass", {"level": 0})["level"]
        for each, level in zip(criteria, levels, strict=True)
    )
    result, reasons = decided(scale_of(criteria, pass_percent), *levels)
    assert (result == "pass") == (reached and found >= pass_percent - 1e-9)
    assert reasons
