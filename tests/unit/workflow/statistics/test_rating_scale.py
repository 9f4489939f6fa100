"""Global ratings as a scale."""

from typing import TypeAlias

import pytest

from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.source.load import load
from casebook.workflow.statistics.rating_scale import borderline_rating, contrasted, rating_scale
from tests.portfolios.rated import RUBRIC

Names: TypeAlias = tuple[str, ...]


def rubric(text: str = RUBRIC) -> Rubric:
    piece = load("case.yaml", text.encode()).piece
    assert piece is not None
    assert isinstance(piece.record, Rubric)
    return piece.record


def test_positions_come_from_the_rubric_unless_they_are_given() -> None:
    steps = rating_scale(rubric(), {"good": 5})
    assert [(step.id, step.position) for step in steps] == [
        ("fail", 0), ("borderline", 1), ("pass", 2), ("good", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "positions, said, hint",
    [
        ({"goood": 5}, "no global rating `goood`", "did you mean `good`?"),
        ({"good": 1}, "`pass` at 2, then `good` at 1", "higher position"),
        ({"good": 2}, "`pass` at 2, then `good` at 2", "higher position"),
        ({"good": float("inf")}, "inf is no position", "between"),
        ({"good": 1e9}, "is no position", "between"),
    ],
)
def test_positions_that_make_no_scale_are_refused(
    positions: dict[str, float], said: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        rating_scale(rubric(), positions)
    assert hint in str(caught.value.hint)


def test_without_ratings_there_is_no_scale() -> None:
    with pytest.raises(UsageError, match="has no global ratings"):
        rating_scale(rubric(RUBRIC.partition("global_ratings")[0]), {})


def test_the_borderline_is_named_or_called_so() -> None:
    assert borderline_rating(rubric(), None) == "borderline"
    assert borderline_rating(rubric(), "pass") == "pass"
    with pytest.raises(UsageError, match="no global rating `just`"):
        borderline_rating(rubric(), "just")
    other = rubric(RUBRIC.replace("id: borderline", "id: middling"))
    with pytest.raises(UsageError, match="is called `borderline`") as caught:
        borderline_rating(other, None)
    assert "fail, middling, pass, good" in str(caught.value.hint)


@pytest.mark.parametrize(
    "borderline, failing, passing, expected",
    [
        (None, (), (), ({"fail"}, {"pass", "good"})),
        ("pass", (), (), ({"fail", "borderline"}, {"good"})),
        (None, (), ("good",), ({"fail"}, {"good"})),
        (None, ("borderline",), (), ({"borderline"}, {"pass", "good"})),
        ("unheard-of", ("fail",), ("good",), ({"fail"}, {"good"})),
    ],
)
def test_the_groups_are_named_or_lie_on_either_side_of_borderline(
    borderline: str | None, failing: Names, passing: Names, expected: tuple[set[str], set[str]]
) -> None:
    own = rubric()
    low, high = contrasted(own, rating_scale(own, {}), borderline, failing, passing)
    assert (set(low), set(high)) == expected


@pytest.mark.parametrize(
    "borderline, failing, passing, said",
    [
        (None, ("pass",), (), "`pass` cannot be both"),
        ("good", (), (), "no rating stands for clearly passing"),
        ("fail", (), (), "no rating stands for clearly failing"),
        (None, ("faill",), (), "no global rating `faill`"),
    ],
)
def test_groups_that_make_no_contrast_are_refused(
    borderline: str | None, failing: Names, passing: Names, said: str
) -> None:
    own = rubric()
    with pytest.raises(UsageError, match=said):
        contrasted(own, rating_scale(own, {}), borderline, failing, passing)
