"""Outcome measures and ranges of motion, with what their changes are evidence of."""

from casebook.domain.work.measures import MeasurementError, measures_by_id
from casebook.domain.work.sessions import Session
from casebook.render.views.outcomes import outcomes
from casebook.render.views.readings import measure_courses, motion_courses

MEASURES = measures_by_id()


def session(day: int, **parts: object) -> Session:
    return Session.model_validate({"day": day, **parts})


def test_a_measure_that_nothing_describes_is_listed_and_not_drawn() -> None:
    sessions = [session(0, measures={"own": 3}), session(7, measures={"own": 1})]
    found = outcomes(measure_courses(sessions, MEASURES))
    assert found.rows[0].name == "own"
    assert found.rows[0].verdict == "2 less: no figure published here to judge it by"
    assert found.charts == ()


def test_values_of_one_day_make_a_row_and_no_chart() -> None:
    sessions = [session(0, measures={"nprs": 7}, measures_after={"nprs": 4})]
    found = outcomes(measure_courses(sessions, MEASURES))
    assert found.rows[0].first == "7 (day 0)"
    assert found.rows[0].last == "4 (after the work)"
    assert found.charts == ()


def test_every_figure_is_printed_with_its_population_and_source() -> None:
    sessions = [session(0, measures={"nprs": 7}), session(7, measures={"nprs": 2})]
    found = outcomes(measure_courses(sessions, MEASURES))
    assert len(found.charts) == 1
    assert found.sources == (
        (
            "NPRS, Numeric Pain Rating Scale: 1.5 small, 3.5 large "
            "(musculoskeletal pain, outpatient; JOSPT 2014;44:560)."
        ),
    )


def test_the_table_tells_what_the_change_is_evidence_of() -> None:
    sessions = [
        session(0, measures={"nprs": 7, "psfs": 4}),
        session(7, measures={"nprs": 6, "psfs": 3}),
    ]
    found = outcomes(measure_courses(sessions, MEASURES))
    assert [row.verdict for row in found.rows] == [
        "1 better: below the important change (1.5, small)",
        "1 worse",
    ]


def test_an_error_of_the_programs_own_is_respected_and_printed_with_its_source() -> None:
    """2 better of 10, with an error of 2.5, is no evidence, though 1.5 is important."""
    own = MEASURES["nprs"].model_copy(
        update={
            "error": MeasurementError(amount=2.5, population="neck pain", source="A 2020"),
        }
    )
    sessions = [session(0, measures={"nprs": 7}), session(7, measures={"nprs": 5})]
    courses = measure_courses(sessions, {"nprs": own})
    found = outcomes(courses)
    assert found.rows[0].verdict == (
        "2 better: within the error of measurement (2.5), so no evidence of change"
    )
    assert "error of measurement 2.5 (neck pain; A 2020)" in found.sources[0]
    assert "error of measurement: ± 2.5 around the first value" in found.charts[0]


SHOULDER = {"joint": "shoulder", "plane": "flexion", "side": "right"}
HIP = {"joint": "hip", "plane": "extension", "side": "left"}


def test_readings_of_one_movement_stand_on_one_line_with_their_verdict() -> None:
    sessions = [
        session(0, rom=[{**SHOULDER, "degrees": 90}, {**SHOULDER, "degrees": 99, "when": "after"}]),
        session(21, rom=[{**SHOULDER, "degrees": 120, "method": "goniometer"}]),
    ]
    found = outcomes((), motion_courses(sessions))
    assert len(found.motions) == 1
    assert found.motions[0].movement == "Shoulder flexion, right (goniometer)"
    assert found.motions[0].readings == "day 0: 90°, after the work 99°; day 21: 120°"
    # 120 - 90 = 30, more than the 25 that the source's span ends with.
    assert found.motions[0].verdict == "30° more: more than the error of measurement (25°)"
    alone = outcomes((), motion_courses([session(0, rom=[{**HIP, "degrees": 5}])]))
    assert alone.motions[0].verdict == "–"
    assert not found.empty


def test_a_few_degrees_are_no_evidence_of_change() -> None:
    sessions = [session(day, rom=[{**SHOULDER, "degrees": 90 + day}]) for day in (0, 5)]
    assert outcomes((), motion_courses(sessions)).motions[0].verdict == (
        "5° more: within the error of measurement (20°), so no evidence of change"
    )


def test_another_joint_is_told_that_its_error_is_the_shoulders() -> None:
    sessions = [session(day, rom=[{**HIP, "degrees": 10 + day}]) for day in (0, 5)]
    assert (
        "(20°, found for the shoulder)" in outcomes((), motion_courses(sessions)).motions[0].verdict
    )


def test_movements_that_were_read_on_two_days_get_charts_and_others_do_not() -> None:
    sessions = [
        session(0, rom=[{**SHOULDER, "degrees": 90}, {**HIP, "degrees": 5}]),
        session(7, rom=[{**SHOULDER, "degrees": 95}]),
    ]
    found = outcomes((), motion_courses(sessions))
    assert len(found.motion_charts) == 1
    assert "Shoulder flexion, right by day" in found.motion_charts[0]
    assert "PMC434511" in found.motion_charts[0]


def test_without_measurements_there_is_nothing_to_show() -> None:
    assert outcomes(()).empty
