"""The session report."""

from datetime import date

from casebook.domain.outcome.results import Evaluation
from casebook.domain.program.program import Program
from casebook.domain.work.observation import Observation
from casebook.render.press import document_pdf
from casebook.render.views.cycles import protocol_part, session_length_s
from casebook.render.views.scores import criterion_entries, score_chart, verdict
from casebook.render.views.session import session_document, session_page


def test_releases_are_found_again_for_the_cycles_they_belong_to(
    observation: Observation, evaluation: Evaluation
) -> None:
    assert evaluation.protocol is not None
    part = protocol_part(observation, evaluation.protocol)
    # Jaw: 52 to 77 s, 32 s after the test at 45. TFL: ends at 160, 76 s after 84.
    assert "release of jaw, right ends after 32 s, retest" in part.chart
    assert "release of TFL, right ends after 76 s, late" in part.chart
    assert [row.outcome for row in part.cycles] == ["still inhibited", "fires"]
    assert [row.late for row in part.cycles] == [False, True]
    assert part.cycles[1].work == "76 s"
    assert part.faults[0].moment == "2:00"


def test_a_cycle_without_retest_or_times_has_no_place_on_the_chart(
    observation: Observation, evaluation: Evaluation
) -> None:
    assert evaluation.protocol is not None
    open_cycle = evaluation.protocol.cycles[0].model_copy(
        update={"retest_at_s": None, "to_retest_s": None, "restored": None}
    )
    untimed = open_cycle.model_copy(update={"tested_at_s": None})
    result = evaluation.protocol.model_copy(update={"cycles": (open_cycle, untimed)})
    part = protocol_part(observation, result)
    assert part.cycles[0].outcome == "not retested"
    assert part.cycles[1].failed_at == "–"
    assert part.chart.count("Cycle 1:") == 1
    alone = result.model_copy(update={"cycles": (untimed,)})
    assert protocol_part(observation, alone).chart == ""


def test_without_a_recorded_length_a_session_ends_with_its_last_event(
    observation: Observation,
) -> None:
    assert session_length_s(observation) == 31 * 60 + 20
    unmeasured = observation.model_copy(update={"duration": None})
    assert session_length_s(unmeasured) == 21 * 60


def test_the_verdict_prints_the_error_of_measurement_beside_the_score(
    evaluation: Evaluation,
) -> None:
    passed = evaluation.model_copy(update={"result": "pass", "percent": 81.11, "reasons": ()})
    found = verdict(passed)
    assert found.result == "Pass"
    assert not found.alarm
    assert found.lines == (
        "81.1 % of the weighted points; the pass mark is 70 %.",
        "Standard error of measurement: 4.5 percentage points.",
        "Overall impression, given beside the criteria: Good.",
    )


def test_a_pass_mark_within_the_error_is_said_to_be(evaluation: Evaluation) -> None:
    """73 is 3 from the pass mark of 70, within 4.5; 75 is 5 from it."""
    words = "The pass mark lies within one standard error of measurement of the total."
    near, far = (
        evaluation.model_copy(update={"result": "pass", "percent": percent}) for percent in (73, 75)
    )
    assert words in verdict(near).lines
    assert words not in verdict(far).lines
    assert "73 % ± 4.5 SEM" in score_chart(near, None)


def test_an_incomplete_result_has_no_total(evaluation: Evaluation) -> None:
    found = verdict(evaluation)
    assert found.result == "Incomplete"
    assert found.alarm
    assert found.lines[0] == "No total while marks are missing; the pass mark is 70 %."
    assert found.reasons == ("'Pacing' has no mark.",)


def test_an_unknown_error_of_measurement_is_said_to_be_unknown(evaluation: Evaluation) -> None:
    found = verdict(evaluation.model_copy(update={"sem_percent": None}))
    assert "has not been measured" in found.lines[1]


def test_each_criterion_tells_the_level_in_the_rubrics_words(
    evaluation: Evaluation, program: Program
) -> None:
    safety, pacing = criterion_entries(evaluation, program.rubrics[0])
    assert safety.points == "1 of 2"
    assert safety.alarm
    assert safety.level == "Shaky."
    assert safety.describes == "What shaky looks like."
    # Weights 3 and 1: three quarters, one quarter.
    assert safety.facts == (
        "Weight 75 %, must pass, seen at 0:52, needs 2: Nothing makes up for harm"
    )
    assert pacing.points == "no mark"
    assert pacing.level == "No mark was given."
    assert pacing.facts == "Weight 25 %"


def test_a_result_can_be_shown_without_its_rubric(evaluation: Evaluation) -> None:
    safety = criterion_entries(evaluation, None)[0]
    assert safety.level == "Shaky"
    assert "Client safety" in score_chart(evaluation, None)


def test_the_page_without_an_evaluation_shows_the_record_alone(
    observation: Observation, program: Program
) -> None:
    page = session_page(observation, None, program=program, candidate="Jo")
    assert page.verdict is None
    assert page.criteria == ()
    assert [line.moment for line in page.events][:3] == ["0:05", "0:45", "0:52 to 1:17"]
    document = session_document(
        observation, None, program=program, candidate="Jo", made_on=date(2026, 7, 1)
    )
    assert "Record of the session" in document.text
    assert "Criteria" not in document.text


def test_the_report_holds_result_protocol_criteria_and_record(
    observation: Observation, evaluation: Evaluation, program: Program, made_on: date
) -> None:
    document = session_document(
        observation, evaluation, program=program, candidate="Jo", made_on=made_on
    )
    for words in (
        "Incomplete", "Protocol: Test, release, retest", "Departures from the protocol",
        "work ended after 76 s", "Look up.", "Says <em>hello</em>.", "A calm session.",
    ):  # fmt: skip
        assert words.casefold() in document.text.casefold(), words
    assert document.title == "Observed session: Jo"
    assert document_pdf(document).startswith(b"%PDF-")
