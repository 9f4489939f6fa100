"""Panels of graders over small rubrics, for tests of moderation."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from casebook.domain.marking.marks import Mark
from casebook.domain.outcome.results import Evaluation
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.moderation import Panel
from casebook.evaluation.scoring import decide, percent_of, score_criteria

TOP = 4


def rubric(
    criteria: int = 2,
    *,
    must_pass: Mapping[int, int] | None = None,
    pass_percent: float = 50,
    sem_percent: float | None = None,
    weights: Sequence[float] = (),
) -> Rubric:
    """A rubric with the criteria c0, c1 … on levels 0 to 4: each level is 25 % of its criterion.

    Args:
        criteria: How many.
        must_pass: Criterion's number -> the lowest level that passes.
        pass_percent: The pass mark.
        sem_percent: The standard error of measurement.
        weights: Of the criteria; 1 each when left out.
    """
    bars = must_pass or {}
    whole: list[dict[str, Any]] = [
        {
            "id": f"c{number}",
            "title": f"C{number}",
            "asks": "?",
            "weight": weights[number] if weights else 1,
            "must_pass": {"level": bars[number], "reason": "It harms."} if number in bars else None,
            "levels": [
                {"level": n, "label": f"step {n}", "describes": "d"} for n in range(TOP + 1)
            ],
        }
        for number in range(criteria)
    ]
    return Rubric.model_validate(
        {
            "kind": "rubric", "format": 1, "id": "r", "title": "R", "judges": "case-study",
            "pass_percent": pass_percent, "sem_percent": sem_percent, "criteria": whole,
        }
    )  # fmt: skip


def evaluation(scale: Rubric, levels: Sequence[int | None], grader: str = "g") -> Evaluation:
    """What one grader's levels come to, in the order of the rubric's criteria."""
    marks = [
        Mark(criterion=criterion.id, level=level)
        for criterion, level in zip(scale.criteria, levels, strict=True)
    ]
    outcomes = score_criteria(scale, marks, None)
    result, reasons = decide(outcomes, scale)
    return Evaluation(
        work="case-a", judges="case-study", program="own", program_version="1",
        program_digest="0" * 128, rubric=scale.id, rubric_digest=scale.digest, grader=grader,
        result=result, percent=None if result == "incomplete" else percent_of(outcomes),
        pass_percent=scale.pass_percent, sem_percent=scale.sem_percent,
        criteria=outcomes, reasons=reasons,
    )  # fmt: skip


def panel(
    marks: Mapping[str, Sequence[int | None]],
    policy: MarkingPolicy | None = None,
    scale: Rubric | None = None,
    **more: Any,  # noqa: ANN401 - whatever a panel has
) -> Panel:
    """A panel on one case study.

    Args:
        marks: Grader's id -> this grader's levels.
        policy: The policy; ``asked`` is its number of graders.
        scale: The rubric; without one, as many plain criteria as there are levels.
        more: Other attributes of the panel.
    """
    rules = policy or MarkingPolicy(graders=len(marks) or 1)
    count = len(next(iter(marks.values()), (0,)))
    by = scale or rubric(count)
    values: dict[str, Any] = {
        "work": "case-a",
        "title": "A case report",
        "rubric": by,
        "policy": rules,
        "asked": rules.graders,
        "marked": frozenset(marks),
        "evaluations": {each: evaluation(by, levels, each) for each, levels in marks.items()},
    }
    return Panel(**(values | more))


def policies() -> st.SearchStrategy[MarkingPolicy]:
    """Any policy without a draw."""
    return st.builds(
        MarkingPolicy,
        graders=st.integers(1, 3),
        most_graders=st.integers(1, 5),
        tolerance_percent=st.none() | st.integers(0, 60).map(float),
        tolerance_levels=st.none() | st.integers(0, TOP),
        within_tolerance=st.sampled_from(["mean", "higher"]),
        beyond_tolerance=st.sampled_from(["mean", "higher", "discussion", "further-grader"]),
        with_further_grader=st.sampled_from(["closest-two", "median", "mean", "further-grader"]),
        near_pass_mark_sems=st.none() | st.sampled_from([0.5, 1.0, 2.0]),
        near_pass_mark_percent=st.none() | st.sampled_from([1.0, 5.0, 12.5]),
        must_pass_agreement=st.booleans(),
    )


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any small rubric."""
    count = draw(st.integers(1, 4))
    bars = draw(st.dictionaries(st.integers(0, count - 1), st.integers(1, TOP), max_size=count))
    return rubric(
        count,
        must_pass=bars,
        pass_percent=draw(st.sampled_from([0.0, 50.0, 62.5, 66.67, 75.0, 100.0])),
        sem_percent=draw(st.none() | st.sampled_from([2.0, 6.25])),
        weights=draw(
            st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.0]), min_size=count, max_size=count)
        ),
    )


@st.composite
def panels(draw: st.DrawFn, *, policy: MarkingPolicy | None = None, least: int = 1) -> Panel:
    """Any panel with complete marks, with or without others to ask."""
    scale = draw(rubrics())
    rules = policy or draw(policies())
    count = draw(st.integers(least, 5))
    level = st.integers(0, TOP)
    size = len(scale.criteria)
    marks = {
        f"g{number}": draw(st.lists(level, min_size=size, max_size=size)) for number in range(count)
    }
    graders = sorted(marks)
    return panel(
        marks,
        rules,
        scale,
        spare=draw(st.none() | st.just(()) | st.just(("x1", "x2", "x3", "x4", "x5"))),
        first=tuple(graders[: rules.graders]) if draw(st.booleans()) else (),
        latest=draw(st.none() | st.sampled_from(graders)),
    )
