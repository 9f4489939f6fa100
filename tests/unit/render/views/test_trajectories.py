"""What the charts of measures and ranges of motion draw."""

from hypothesis import given
from hypothesis import strategies as st

from casebook.charts.trajectory import Threshold
from casebook.domain.work.measures import measures_by_id
from casebook.render.views.trajectories import common_axes, measure_trajectory, motion_trajectory

MEASURES = measures_by_id()
READINGS = ((0, 7.0), (7, 5.0))


def test_a_measure_is_drawn_over_its_whole_range_with_its_important_changes() -> None:
    chart = measure_trajectory(MEASURES["nprs"], READINGS, None)
    assert (chart.lowest, chart.highest, chart.better) == (0, 10, "lower")
    assert chart.important == (Threshold(1.5, "small"), Threshold(3.5, "large"))
    assert chart.notes == (
        "Important change: musculoskeletal pain, outpatient (JOSPT 2014;44:560)",
    )
    assert chart.error is None


def test_a_change_that_is_just_called_important_has_no_kind() -> None:
    assert measure_trajectory(MEASURES["odi"], READINGS, None).important == (Threshold(12),)


def test_a_long_name_leaves_the_range_alone_beside_the_chart() -> None:
    chart = measure_trajectory(MEASURES["quickdash"], READINGS, None)
    assert chart.subject == "0 to 100"


def test_a_movement_has_the_error_of_a_range_of_motion_and_no_better_direction() -> None:
    chart = motion_trajectory("Hip extension", "goniometer", READINGS, "2° less", (-20, 30))
    assert (chart.error, chart.better, chart.unit) == (20, None, "°")
    assert chart.notes == ("Error of measurement: 20° to 25°, shoulder, two examiners (PMC434511)",)


def test_axes_are_of_one_length_and_hold_what_is_drawn() -> None:
    # 52 to 64 with 20 on either side of 52: 32 to 72, so 40 wide; 128 to 150: 108 to 150, 42 wide.
    # The wider one, in whole tens and one more, is 60.
    axes = common_axes([[(0, 52), (7, 64)], [(0, 128), (7, 150)]])
    assert axes == ((20, 80), (100, 160))


@given(
    st.lists(
        st.lists(st.integers(-900, 3600).map(lambda tenths: tenths / 10), min_size=2, max_size=4),
        max_size=5,
    )
)
def test_every_axis_holds_its_readings_and_the_error(courses: list[list[float]]) -> None:
    axes = common_axes([list(enumerate(values)) for values in courses])
    assert len({round(high - low, 6) for low, high in axes}) <= 1
    for (low, high), values in zip(axes, courses, strict=True):
        assert low % 10 == high % 10 == 0
        assert low <= min(*values, values[0] - 20)
        assert high >= max(*values, values[0] + 20)
