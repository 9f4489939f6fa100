"""A criterion's steps make a scale, by points and, where they come from it, by the protocol."""

from typing import Any

import pytest
from pydantic import ValidationError

from casebook.domain.program.rubric import Criterion, Rubric


def step(level: int, from_figure: float | None = None) -> dict[str, Any]:
    return {"level": level, "label": "l", "describes": "d", "from_figure": from_figure}


def criterion(*steps: dict[str, Any], **more: Any) -> Criterion:  # noqa: ANN401 - any field
    return Criterion.model_validate(
        {"id": "a", "title": "A", "asks": "Well?", "levels": steps} | more
    )


def test_a_scale_has_a_top_and_described_steps() -> None:
    """The top is the highest level, and a step between two described ones does not exist."""
    found = criterion(step(0), step(2), step(3))
    assert found.top == 3
    assert found.step(2) is not None
    assert found.step(1) is None


@pytest.mark.parametrize("levels", [(1, 0), (0, 0), (2, 1, 3)])
def test_levels_rise(levels: tuple[int, ...]) -> None:
    """A scale that falls, or has one level twice, is none."""
    with pytest.raises(ValidationError, match="levels rise"):
        criterion(*map(step, levels))


@pytest.mark.parametrize("level", [0, 1, 5])
def test_passing_begins_above_the_lowest_step(level: int) -> None:
    """To pass, a described level above the lowest has to be named: of 0, 2, 3 only 2 and 3."""
    with pytest.raises(ValidationError, match="above the lowest"):
        criterion(step(0), step(2), step(3), must_pass={"level": level, "reason": "r"})
    assert criterion(step(0), step(2), must_pass={"level": 2, "reason": "r"}).must_pass


def test_figures_follow_the_levels() -> None:
    """From the protocol more is better, so figures rise; of faults fewer are, so they fall."""
    rising = (step(0), step(1, 40), step(2, 90))
    falling = (step(0), step(1, 2), step(2, 0))
    assert criterion(*rising, from_protocol="inside_window_pct").top == 2
    assert criterion(*falling, from_protocol="faults").top == 2
    for steps, figure in ((falling, "inside_window_pct"), (rising, "faults")):
        with pytest.raises(ValidationError, match="rises from level to level"):
            criterion(*steps, from_protocol=figure)


def test_figures_and_protocol_come_together() -> None:
    """Each step above the lowest needs its figure, and without a protocol none has one."""
    with pytest.raises(ValidationError, match="each level above the lowest"):
        criterion(step(0), step(1), from_protocol="faults")
    with pytest.raises(ValidationError, match="belongs to criteria"):
        criterion(step(0), step(1, 40))


def test_criteria_are_found_by_their_ids() -> None:
    """An id that is not there gives nothing."""
    rubric = Rubric(
        kind="rubric", format=1, id="r", title="R", judges="observation", pass_percent=75,
        criteria=(criterion(step(0), step(1)),),
    )  # fmt: skip
    assert rubric.criterion("a") is rubric.criteria[0]
    assert rubric.criterion("b") is None


@pytest.mark.parametrize("weight", [0, -1, 100.5, "inf", "nan"])
def test_a_criterion_counts_for_something(weight: object) -> None:
    """A weight lies above 0 and not above 100."""
    with pytest.raises(ValidationError):
        criterion(step(0), step(1), weight=weight)
    assert criterion(step(0), step(1)).weight == 1


def test_one_step_is_no_scale() -> None:
    """A criterion has a step to reach and one to miss."""
    with pytest.raises(ValidationError):
        criterion(step(1))


def test_the_lowest_step_may_have_a_figure_in_order_with_the_others() -> None:
    """A figure of the lowest step is not needed, and must not lie above the next one's."""
    assert criterion(step(0, 0), step(1, 40), from_protocol="retested_pct").top == 1
    with pytest.raises(ValidationError, match="rises from level to level"):
        criterion(step(0, 50), step(1, 40), from_protocol="retested_pct")
    with pytest.raises(ValidationError, match="rises from level to level"):
        criterion(step(0), step(1, 40), step(2, 40), from_protocol="retested_pct")


@pytest.mark.parametrize(
    "wrong",
    [{"pass_percent": 101}, {"pass_percent": -1}, {"criteria": ()}, {"judges": "essay"}, {"x": 1}],
)
def test_a_rubric_judges_known_work_by_at_least_one_criterion(wrong: dict[str, object]) -> None:
    """A pass mark is a percentage, and an unknown key is refused."""
    values: dict[str, object] = {
        "kind": "rubric", "format": 1, "id": "r", "title": "R", "judges": "observation",
        "pass_percent": 100, "criteria": (criterion(step(0), step(1)),),
    }  # fmt: skip
    assert Rubric.model_validate(values).sem_percent is None
    with pytest.raises(ValidationError):
        Rubric.model_validate(values | wrong)
