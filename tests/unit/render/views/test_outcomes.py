"""Outcome measures and ranges of motion."""

from casebook.domain.measures import measures_by_id
from casebook.domain.sessions import Session
from casebook.render.views.outcomes import MeasureCourse, measure_courses, outcomes

MEASURES = measures_by_id()


def session(day: int, **parts: object) -> Session:
    return Session.model_validate({"day": day, **parts})


def course(key: str, *readings: tuple[int, float]) -> MeasureCourse:
    return MeasureCourse(key, MEASURES.get(key), readings)


def test_an_improvement_reads_as_better_whichever_way_the_scale_runs() -> None:
    assert course("nprs", (0, 7), (21, 2)).change == "5 better"
    assert course("psfs", (0, 3.3), (21, 6)).change == "2.7 better"
    assert course("nprs", (0, 2), (21, 3)).change == "1 worse"


def test_the_same_value_twice_is_no_change_and_one_value_is_none_either() -> None:
    assert course("nprs", (0, 7), (7, 7)).change == "no change"
    assert course("nprs", (0, 7)).change == "measured once"


def test_the_largest_important_change_that_was_reached_is_named() -> None:
    # NPRS: 1.5 small, 3.5 large.
    reached = [course("nprs", (0, 7), (7, last)).reached for last in (6, 5.5, 3.5)]
    assert [each.label if each else None for each in reached] == [None, "small", "large"]


def test_a_change_is_not_missed_by_a_binary_digit() -> None:
    # 6.6 - 5.1 is 1.4999999999999996 in binary.
    found = course("nprs", (0, 6.6), (7, 5.1)).reached
    assert found is not None
    assert found.amount == 1.5


def test_a_measure_that_nothing_describes_is_listed_and_not_drawn() -> None:
    sessions = [session(0, measures={"own": 3}), session(7, measures={"own": 1})]
    found = outcomes(sessions, measure_courses(sessions, MEASURES))
    assert found.rows[0].name == "own"
    assert found.rows[0].change == "−2"
    assert found.rows[0].importance == "no figure published here"
    assert found.charts == ()


def test_values_of_one_day_make_a_row_and_no_chart() -> None:
    sessions = [session(0, measures={"nprs": 7}, measures_after={"nprs": 4})]
    found = outcomes(sessions, measure_courses(sessions, MEASURES))
    assert found.rows[0].first == "7 (day 0)"
    assert found.rows[0].last == "4 (after the work)"
    assert found.charts == ()


def test_a_measure_taken_after_the_work_alone_counts_too() -> None:
    sessions = [session(0, measures_after={"nprs": 4})]
    assert measure_courses(sessions, MEASURES)[0].readings == ((0, 4),)


def test_values_before_the_work_make_the_course_and_those_after_it_do_not() -> None:
    sessions = [
        session(0, measures={"nprs": 7}, measures_after={"nprs": 5}),
        session(7, measures={"nprs": 6}),
    ]
    assert measure_courses(sessions, MEASURES)[0].readings == ((0, 7), (7, 6))


def test_every_figure_is_printed_with_its_population_and_source() -> None:
    sessions = [session(0, measures={"nprs": 7}), session(7, measures={"nprs": 2})]
    found = outcomes(sessions, measure_courses(sessions, MEASURES))
    assert len(found.charts) == 1
    assert found.sources == (
        (
            "NPRS, Numeric Pain Rating Scale: 1.5 small, 3.5 large "
            "(musculoskeletal pain, outpatient; JOSPT 2014;44:560)."
        ),
    )


def test_readings_of_one_movement_stand_on_one_line_with_their_difference() -> None:
    hip = {"joint": "hip", "plane": "extension", "side": "left"}
    sessions = [
        session(0, rom=[{**hip, "degrees": 5}, {**hip, "degrees": 9, "when": "after"}]),
        session(21, rom=[{**hip, "degrees": 30, "method": "goniometer"}]),
    ]
    found = outcomes(sessions, ())
    assert len(found.motions) == 1
    assert found.motions[0].movement == "Hip extension, left (goniometer)"
    assert found.motions[0].readings == "day 0: 5°, after the work 9°; day 21: 30°"
    assert found.motions[0].change == "+25°"  # 30 - 5
    alone = outcomes([session(0, rom=[{**hip, "degrees": 5}])], ())
    assert alone.motions[0].change == "–"
    assert not found.empty


def test_without_measurements_there_is_nothing_to_show() -> None:
    assert outcomes([session(0)], ()).empty
