"""Points that are added up give the percentages that levels and weights give."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.program.rubric import Rubric
from casebook.exchange.points import added_points, scale_of, shown, weights_of
from tests.portfolios.rubrics import rubric_of, rubrics


def fractions(*numbers: str | int) -> list[Fraction]:
    return [Fraction(str(each)) for each in numbers]


@pytest.mark.parametrize(
    "points, levels",
    [
        ((0, 1, 2, 3), (0, 1, 2, 3)),
        ((0, 5, 10), (0, 1, 2)),
        ((0, "1.5", 3, "4.5"), (0, 1, 2, 3)),
        ((0, 1, "1.75"), (0, 4, 7)),
        ((1, 2, 4), (1, 2, 4)),
        ((0, 5, 100), (0, 1, 20)),
    ],
)
def test_levels_are_the_smallest_whole_numbers_in_the_proportion(
    points: tuple[str | int, ...], levels: tuple[int, ...]
) -> None:
    scale = scale_of(fractions(*points))
    assert scale.levels == levels
    assert scale.exact


def test_the_nearest_scale_is_taken_where_the_numbers_pass_20() -> None:
    """Of 25: 8 is .32, 12 .48, 16 .64. On 19: 6 is .316, 9 .474, 12 .632, all within .0084."""
    scale = scale_of(fractions(0, 8, 12, 16, 25))
    assert scale.levels == (0, 6, 9, 12, 19)
    assert not scale.exact


points_of_criteria = st.sets(
    st.fractions(min_value=0, max_value=1000, max_denominator=100), min_size=2, max_size=21
).map(sorted)


@given(points_of_criteria)
def test_levels_always_rise_within_0_to_20(points: list[Fraction]) -> None:
    levels = scale_of(points).levels
    assert len(levels) == len(points)
    assert list(levels) == sorted(set(levels))
    assert levels[0] >= 0
    assert levels[-1] <= 20


@given(points_of_criteria)
def test_an_exact_scale_keeps_each_share_of_the_top(points: list[Fraction]) -> None:
    scale = scale_of(points)
    kept = [Fraction(level, scale.levels[-1]) for level in scale.levels]
    assert scale.exact == (kept == [each / points[-1] for each in points])


@pytest.mark.parametrize(
    "tops, weights",
    [
        ((4, 4), (1, 1)),
        ((3, "4.5", 6), (1, 1.5, 2)),
        ((25, 15, 20), (5, 3, 4)),  # 25/15 has no end, so whole numbers
        ((1, 1000), (0.1, 100)),  # none passes 100
    ],
)
def test_weights_keep_the_shares_of_the_whole(
    tops: tuple[str | int, ...], weights: tuple[float, ...]
) -> None:
    assert weights_of(fractions(*tops)) == pytest.approx(weights)


def test_points_follow_from_levels_and_weights() -> None:
    """Units of weight/top: 1/3 and 1.5/2 = .75; times 3 they have two decimals: 1 and 2.25."""
    rubric = rubric_of({"levels": [0, 1, 3]}, {"levels": [0, 1, 2], "weight": 1.5})
    added = added_points(rubric)
    assert added.exact
    assert [[shown(each) for each in worth] for worth in added.points] == [
        ["0", "1", "3"], ["0", "2.25", "4.5"],
    ]  # fmt: skip


def test_points_that_no_two_decimals_hold_are_rounded_to_hundredths() -> None:
    """Tops of 7, 11 and 13 would need a unit of 1001."""
    added = added_points(rubric_of(*({"levels": [0, 1, top]} for top in (7, 11, 13))))
    assert not added.exact
    assert added.points[0] == tuple(fractions(0, "14.29", 100))


@given(rubrics(), st.data())
def test_adding_points_gives_the_percentage_of_levels_and_weights(
    rubric: Rubric, data: st.DataObject
) -> None:
    added = added_points(rubric)
    chosen = [data.draw(st.integers(0, len(each.levels) - 1)) for each in rubric.criteria]
    by_points = sum(worth[at] for worth, at in zip(added.points, chosen, strict=True)) / sum(
        worth[-1] for worth in added.points
    )
    by_weights = sum(
        each.weight * each.levels[at].level / each.top
        for each, at in zip(rubric.criteria, chosen, strict=True)
    ) / sum(each.weight for each in rubric.criteria)
    assert math.isclose(by_points, by_weights, abs_tol=1e-9 if added.exact else 1e-3)


@pytest.mark.parametrize(
    "points, text", [(0, "0"), ("2.50", "2.5"), ("0.3333", "0.333"), (10, "10")]
)
def test_points_are_written_with_the_decimals_they_need(points: str | int, text: str) -> None:
    assert shown(Fraction(str(points))) == text


def test_a_scale_of_its_own_stays_what_it_is() -> None:
    """A weight beside the points says that these are not added up."""
    assert scale_of(fractions(0, 2, 4), weighted=True).levels == (0, 2, 4)
    assert scale_of(fractions(0, 20, 40), weighted=True).levels == (0, 1, 2)
