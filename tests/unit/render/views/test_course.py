"""Timeline and sessions."""

from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.measures import measures_by_id
from casebook.render.prose import NO_CITATIONS
from casebook.render.views.course import session_days, timeline

MEASURES = measures_by_id()


def test_the_timeline_counts_days_and_shows_no_date(case: CaseStudy) -> None:
    stops = timeline(case, MEASURES)
    assert [stop.day for stop in stops] == ["Day 0", "Day 21", "Day 42"]
    assert stops[0].facts == (
        "NPRS 7, PSFS 3.3; restored: gluteus maximus, left; home: bridge; "
        "adverse event: A sore flank."
    )
    assert stops[2].facts == "Last contact with the client."
    assert all("2026" not in stop.facts for stop in stops)


def test_a_last_contact_on_a_sessions_day_joins_that_session(case: CaseStudy) -> None:
    assert case.follow_up is not None
    met = case.model_copy(
        update={"follow_up": case.follow_up.model_copy(update={"last_contact_day": 21})}
    )
    stops = timeline(met, MEASURES)
    assert [stop.day for stop in stops] == ["Day 0", "Day 21"]
    assert stops[1].facts.endswith("hands-on work. Last contact with the client.")


def test_work_without_a_restored_muscle_is_counted(case: CaseStudy) -> None:
    assert timeline(case, MEASURES)[1].facts == "NPRS 2, PSFS 6; 1 step of hands-on work."


def test_each_step_is_a_line_and_only_a_failed_test_opens_a_cycle(case: CaseStudy) -> None:
    first, second = session_days(case, MEASURES, NO_CITATIONS)
    assert [step.verb for step in first.steps] == ["Test", "Release", "Retest", "Activate"]
    assert [step.opens for step in first.steps] == [True, False, False, False]
    assert first.steps[1].detail == "pressure, 25 s"
    assert first.steps[2].outcome == "fires"
    assert first.steps[2].detail == "grade 4, blinded"
    assert not second.steps[0].opens


def test_a_session_tells_what_was_measured_before_and_after(case: CaseStudy) -> None:
    first = session_days(case, MEASURES, NO_CITATIONS)[0]
    assert first.measured == "NPRS 7, PSFS 3.3; after the work NPRS 5"
    assert first.length == "60 minutes"


def test_homework_done_is_told_where_it_was_heard(case: CaseStudy) -> None:
    second = session_days(case, MEASURES, NO_CITATIONS)[1]
    assert second.texts[0].label == "Home exercises"
    assert "Done on 15 days of 21 planned. No trouble." in second.texts[0].html


def test_an_adverse_event_says_how_bad_it_was_and_what_was_done(case: CaseStudy) -> None:
    first = session_days(case, MEASURES, NO_CITATIONS)[0]
    assert first.closing[0].html == "<p>A sore flank (mild, passed). Told him to wait.</p>"
