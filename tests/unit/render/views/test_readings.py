"""Which readings count, and what the change from the first to the last is evidence of."""

from casebook.domain.work.measures import measures_by_id
from casebook.domain.work.sessions import Session
from casebook.render.views.readings import MeasureCourse, measure_courses, motion_courses

MEASURES = measures_by_id()
HIP = {"joint": "hip", "plane": "extension", "side": "left"}


def session(day: int, **parts: object) -> Session:
    return Session.model_validate({"day": day, **parts})


def course(key: str, *readings: tuple[int, float]) -> MeasureCourse:
    return MeasureCourse(key, MEASURES.get(key), readings)


def test_an_improvement_reads_as_better_whichever_way_the_scale_runs() -> None:
    assert course("nprs", (0, 7), (21, 2)).verdict.startswith("5 better: ")
    assert course("psfs", (0, 3.3), (21, 6)).verdict.startswith("2.7 better: ")
    assert course("nprs", (0, 2), (21, 3)).verdict == "1 worse"


def test_the_same_value_twice_is_no_change_and_one_value_is_none_either() -> None:
    assert course("nprs", (0, 7), (7, 7)).verdict == "no change"
    assert course("nprs", (0, 7)).verdict == "measured once"


def test_a_measure_taken_after_the_work_alone_counts_too() -> None:
    sessions = [session(0, measures_after={"nprs": 4})]
    assert measure_courses(sessions, MEASURES)[0].readings == ((0, 4),)


def test_values_before_the_work_make_the_course_and_those_after_it_do_not() -> None:
    sessions = [
        session(0, measures={"nprs": 7}, measures_after={"nprs": 5}),
        session(7, measures={"nprs": 6}),
    ]
    assert measure_courses(sessions, MEASURES)[0].readings == ((0, 7), (7, 6))


def test_the_first_reading_before_the_work_counts_for_a_day() -> None:
    sessions = [
        session(0, rom=[{**HIP, "degrees": 9, "when": "after"}, {**HIP, "degrees": 5},
                        {**HIP, "degrees": 6}]),
        session(7, rom=[{**HIP, "degrees": 8}]),
    ]  # fmt: skip
    assert motion_courses(sessions)[0].readings == ((0, 5), (7, 8))
    after_alone = [session(0, rom=[{**HIP, "degrees": 5}, {**HIP, "degrees": 9, "when": "after"}])]
    assert motion_courses(after_alone)[0].readings == ((0, 5), (0, 9))
