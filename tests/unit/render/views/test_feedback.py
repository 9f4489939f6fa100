"""The feedback report: the result first, what was good, what comes next, and every level."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import RuleFired
from casebook.domain.outcome.results import Evaluation, RequirementResult
from casebook.domain.program.rubric import Rubric
from casebook.language import speaking
from casebook.render.views.feedback import feedback_document, feedback_page, work_labels
from casebook.render.views.feedback_criteria import CriterionFeedback, steps_of
from casebook.render.views.grader_names import grader_names
from tests.portfolios.pieces import Values
from tests.portfolios.results import (
    RESULT_SHAPES,
    ResultShape,
    eligible,
    evaluated,
    issued,
    moderated,
    protocol_of,
    result_example,
    results,
    rubric_of,
)


def scale(*labels: str) -> list[Values]:
    return [
        {"level": level, "label": label, "describes": f"What is {label}."}
        for level, label in enumerate(labels)
    ]


@pytest.fixture
def case_rubric() -> Rubric:
    return rubric_of(
        {
            "id": "case", "judges": "case-study", "pass_percent": 60, "sem_percent": 5,
            "criteria": [
                {"id": "safety", "title": "Safety", "asks": "Safe?", "weight": 2,
                 "must_pass": {"level": 1, "reason": "Nothing makes up for harm."},
                 "levels": scale("unsafe", "safe", "foreseeing")},
                {"id": "reasoning", "title": "Reasoning", "asks": "Why?", "weight": 2,
                 "levels": scale("asserted", "plausible", "argued")},
            ],
        }
    )  # fmt: skip


def case(
    rubric: Rubric, one: tuple[int, int], other: tuple[int, int], first: Values | None = None
) -> dict[str, Evaluation]:
    """Two graders' evaluations of one case: the levels of safety and reasoning from each."""

    def marks(levels: tuple[int, int], more: Values) -> list[Values]:
        return [
            {"criterion": "safety", "level": levels[0]},
            {"criterion": "reasoning", "level": levels[1], **more},
        ]

    return {
        "ames": evaluated(
            rubric, marks(one, first or {}), grader="Nell Ames", comments="Well told."
        ),
        "brandt": evaluated(rubric, marks(other, {}), grader="Ib Brandt"),
    }


def result_of(
    rubric: Rubric,
    one: tuple[int, int],
    other: tuple[int, int],
    *,
    first: Values | None = None,
    **more: Any,  # noqa: ANN401 - whatever a result may hold
) -> IssuedResult:
    rules = [RuleFired(rule="within-tolerance", says="their totals agree")]
    work = moderated(rubric, case(rubric, one, other, first), rules=rules)
    return issued([work], [rubric], **more)


def parts(entry: CriterionFeedback) -> dict[str, str]:
    """The words under each label, without their markup."""
    return {part.label: words(part.html) for part in entry.parts}


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def test_a_pass_is_congratulated_and_asks_for_nothing_more(case_rubric: Rubric) -> None:
    # (2 * 2/2 + 2 * 1/2) / 4 = 75 % from each.
    page = feedback_page(result_of(case_rubric, (2, 1), (2, 1)))
    assert page.verdict == "You have passed: Level One"
    assert page.passed
    assert page.opening[0].startswith("Congratulations: your piece of work passes")
    assert words(page.opening[1]) == "What was done best: Safety ."
    assert page.advice.startswith("Nothing more is asked of you.")
    assert page.after_steps == ""
    (row,) = page.rows
    assert (row.label, row.result, row.total, row.pass_mark) == (
        "Case study", "Pass", "75.0 % ± 5", "60 %",
    )  # fmt: skip


def test_a_fail_begins_with_what_was_good_and_says_what_to_do_next(case_rubric: Rubric) -> None:
    """Safety is at its top; of reasoning the next step is told, and how to hand in again."""
    # (2 * 2/2 + 2 * 0/2) / 4 = 50 %.
    page = feedback_page(result_of(case_rubric, (2, 0), (2, 0)))
    assert page.verdict == "You have not passed this time: Level One"
    assert [words(each) for each in page.opening] == ["What was done best: Safety ."]
    (step,) = page.steps
    assert (step.about, step.where) == ("Reasoning", "Case study")
    assert words(step.words) == "Next step, plausible (1 of 2): What is plausible."
    assert "hand in again" in page.after_steps


def test_where_nothing_is_good_what_came_furthest_is_named(case_rubric: Rubric) -> None:
    """Safety at 1 of 2 is below two thirds and yet the best; where all is 0 nothing is praised."""
    page = feedback_page(result_of(case_rubric, (1, 0), (1, 0)))
    assert [words(each) for each in page.opening] == ["What was done best: Safety ."]
    assert feedback_page(result_of(case_rubric, (0, 0), (0, 0))).opening == ()


def test_a_failed_must_pass_criterion_comes_first_with_its_reason(case_rubric: Rubric) -> None:
    page = feedback_page(result_of(case_rubric, (0, 2), (0, 1)))
    assert [step.about for step in page.steps] == ["Safety", "Reasoning"]
    safety = page.works[0].criteria[0]
    assert safety.alarm
    assert parts(safety)["Must pass"] == "Passing begins at safe . Nothing makes up for harm."


def test_a_level_between_two_steps_is_said_to_be_so(case_rubric: Rubric) -> None:
    """A mean of 1 and 2 is no step of the scale: both are named, and the upper is the next."""
    entry = feedback_page(result_of(case_rubric, (2, 1), (2, 2))).works[0].criteria[1]
    assert entry.points == "1.5 of 2"
    assert parts(entry)["Reached"] == (
        "Between plausible and argued , from several graders' marks. What is plausible."
    )
    assert parts(entry)["Next step"] == "argued . What is argued."
    # Where levels differ, each grader's own is told.
    assert parts(entry)["Nell Ames"] == "plausible (1 of 2)."
    assert parts(entry)["Ib Brandt"] == "argued (2 of 2)."


def test_at_the_top_there_is_no_next_step(case_rubric: Rubric) -> None:
    entry = feedback_page(result_of(case_rubric, (2, 2), (2, 2))).works[0].criteria[0]
    assert parts(entry) == {"Reached": "foreseeing . What is foreseeing."}


def test_notes_stand_with_their_place_and_time(case_rubric: Rubric) -> None:
    first = {"note": "You **weigh** two causes.", "place": "Or was it the seat?", "at": "07:45"}
    entry = feedback_page(result_of(case_rubric, (2, 2), (2, 2), first=first)).works[0].criteria[1]
    assert parts(entry)["Nell Ames"] == (
        "You weigh two causes. Seen at 7:45; in the text: Or was it the seat?"
    )
    assert [part.label for part in feedback_page(
        result_of(case_rubric, (2, 2), (2, 2))
    ).works[0].comments] == ["Nell Ames"]  # fmt: skip


def test_blind_graders_are_named_nowhere_in_the_document(case_rubric: Rubric) -> None:
    result = result_of(case_rubric, (2, 1), (2, 2), blind=True)
    document = feedback_document(result)
    for name in ("Ames", "Brandt", "ames", "brandt"):
        assert name not in document.body
        assert name not in f"{document.author}{document.description}{document.keywords}"
    assert "Grader 1" in document.body
    assert "Ames" in feedback_document(result_of(case_rubric, (2, 1), (2, 2))).body


def test_rules_and_reasons_stand_with_their_work(case_rubric: Rubric) -> None:
    """What the result repeats of a work is said once, with the work; one sentence under another."""
    reasons = ("'A case report' is passed with 75 %", "every requirement of the level is met")
    page = feedback_page(result_of(case_rubric, (2, 1), (2, 1), reasons=reasons))
    assert [(part.label, words(part.html)) for part in page.reasons] == [
        ("Result", "Every requirement of the level is met."),
        (
            "Case study",
            (
                "75.0 % reaches the pass mark of 60 %. Every must-pass criterion is passed. "
                "Their totals agree."
            ),
        ),
    ]
    assert page.reasons[0].html == "<p>Every requirement of the level is met.</p>"
    assert page.reasons[1].html == (
        "<p>75.0 % reaches the pass mark of 60 %.</p><p>Every must-pass criterion is passed.</p>"
        "<ul><li>Their totals agree.</li></ul>"
    )


def test_open_requirements_are_steps_with_their_earliest_day(case_rubric: Rubric) -> None:
    practice = RequirementResult(
        id="practice", says="A month of practice", strength="hard", met=False,
        why="it lasts until 2026-10-12", next_step="go on practising", earliest="2026-11-02",
    )  # fmt: skip
    advice = RequirementResult(
        id="early", says="Within six months", strength="soft", met=False, why="it took seven"
    )
    standing = eligible(advice, practice)
    page = feedback_page(result_of(case_rubric, (2, 0), (2, 0), eligibility=standing))
    assert [(step.where, step.about) for step in page.steps[1:]] == [
        ("Requirement", "A month of practice"),
        ("Advice", "Within six months"),
    ]
    assert page.steps[1].words == (
        "It lasts until 12 October 2026. Go on practising. Possible from 2 November 2026 on."
    )


def test_after_a_pass_advice_that_was_not_followed_is_told_and_is_no_step(
    case_rubric: Rubric,
) -> None:
    advice = RequirementResult(
        id="early", says="Within six months", strength="soft", met=False, why="it took seven"
    )
    page = feedback_page(result_of(case_rubric, (2, 1), (2, 1), eligibility=eligible(advice)))
    assert "Within six months" not in [step.about for step in page.steps]
    assert "Advice that was not followed: Within six months: it took seven." in words(
        page.reasons[0].html
    )


def test_an_appeal_has_its_last_day_and_a_result_after_one_says_how_it_ended(
    case_rubric: Rubric,
) -> None:
    usual = feedback_page(result_of(case_rubric, (2, 1), (2, 1)))
    assert usual.appeal.startswith("You can appeal until 9 November 2026.")
    none = feedback_page(result_of(case_rubric, (2, 1), (2, 1), appeal_until=None))
    assert none.appeal.startswith("These rules set no time for an appeal.")
    follows = {"result": "1f" * 32, "appeal": "2e" * 32, "outcome": "dismissed", "reason": "No."}
    closed = result_of(case_rubric, (2, 1), (2, 1), appeal_until=None, follows=follows)
    assert words(feedback_page(closed).appealed) == (
        "Your appeal against the result 1f1f1f1f1f1f was dismissed. No."
    )
    assert feedback_page(closed).appeal.startswith("This ends the appeal.")


def test_marks_that_do_not_count_are_told_apart(case_rubric: Rubric) -> None:
    result = result_of(case_rubric, (2, 1), (2, 2))
    (work,) = result.works
    alone = result.model_copy(update={"works": (work.model_copy(update={"counted": ("ames",)}),)})
    assert feedback_page(alone).works[0].graders == (
        "Marked by Ib Brandt and Nell Ames. The result is made of the marks of Nell Ames."
    )


def test_a_ruling_goes_before_the_points_of_a_must_pass_criterion(case_rubric: Rubric) -> None:
    """Most graders found it passed: its mean below the least points is no failure in the chart."""
    result = result_of(case_rubric, (0, 2), (1, 2))
    (work,) = result.works
    safety = work.criteria[0]
    assert (safety.level, safety.reached) == (0.5, False)
    assert "bar-alarm" in feedback_page(result).works[0].chart
    ruled = work.model_copy(
        update={"criteria": (safety.model_copy(update={"reached": True}), *work.criteria[1:])}
    )
    page = feedback_page(result.model_copy(update={"works": (ruled,)}))
    assert "bar-alarm" not in page.works[0].chart
    assert not page.works[0].criteria[0].alarm


def test_what_the_protocol_measured_is_told_once_and_in_words(rubric: Rubric) -> None:
    timed = rubric_of(
        {
            "id": "session", "judges": "observation", "pass_percent": 50,
            "criteria": [
                {"id": "closed", "title": "Cycles closed", "asks": "How many?",
                 "from_protocol": "closed_cycles",
                 "levels": [{**each, "from_figure": at}
                            for at, each in enumerate(scale("none", "one", "two"))]},
            ],
        }
    )  # fmt: skip
    protocol = protocol_of(2)
    both = {grader: evaluated(timed, [], grader=grader, protocol=protocol) for grader in ("a", "b")}
    work = moderated(timed, both, title="Observed session")
    page = feedback_page(issued([work], [timed])).works[0]
    assert [part.label for part in page.criteria[0].parts] == ["Reached", "Measured"]
    assert parts(page.criteria[0])["Measured"] == "Brought to a retest: 2 of 2 cycles."
    assert page.protocol is not None
    assert [cycle.late for cycle in page.protocol.cycles] == [False, True]
    assert page.heading == "Observed session"


def test_works_of_one_kind_are_numbered(case_rubric: Rubric) -> None:
    works = [
        moderated(case_rubric, {"ames": evaluated(case_rubric, [], grader="Ames", work=name)})
        for name in ("left-knee", "neck")
    ]
    assert list(work_labels(works).values()) == ["Case study 1", "Case study 2"]
    assert list(work_labels(works[:1]).values()) == ["Case study"]


def test_the_words_are_the_candidates_and_the_programs_are_marked() -> None:
    """A German page about an English rubric: ours is German, the rubric's says its language."""
    result = result_example(RESULT_SHAPES["in German from English"])
    with speaking("de"):
        document = feedback_document(result)
    assert document.language == "de"
    assert "Rückmeldung für" in document.body
    assert '<i><span lang="en">' in document.body


def test_the_step_reached_is_the_highest_that_is_not_above(case_rubric: Rubric) -> None:
    """A scale of 1, 2, 4: at 3 the step 2 is reached and 4 follows; below 1 none is reached."""
    levels = [{**each, "level": at} for at, each in zip((1, 2, 4), scale("a", "b", "c"))]  # noqa: B905
    criterion = rubric_of(
        {"id": "r", "judges": "case-study", "pass_percent": 50,
         "criteria": [{"id": "c", "title": "C", "asks": "C?", "levels": levels}]}
    ).criteria[0]  # fmt: skip

    def found(level: float) -> tuple[int | None, int | None, bool]:
        steps = steps_of(criterion, level)
        return (
            steps.reached.level if steps.reached else None,
            steps.following.level if steps.following else None,
            steps.between,
        )

    assert found(3) == (2, 4, True)
    assert found(4) == (4, None, False)
    assert found(0.5) == (None, 1, False)


@settings(max_examples=30)
@given(st.sampled_from(sorted(RESULT_SHAPES)).flatmap(lambda name: results(RESULT_SHAPES[name])))
def test_any_result_becomes_a_document_with_each_criterion_of_each_work(
    result: IssuedResult,
) -> None:
    with speaking(result.language):
        body = feedback_document(result).body
    assert body.count('<div class="criterion">') == sum(len(work.criteria) for work in result.works)
    assert body.count("<h1") == 1


@settings(max_examples=20)
@given(results(ResultShape(blind=True, graders=3, case_studies=2)))
def test_numbers_of_blind_graders_hold_in_all_works_and_do_not_follow_their_names(
    result: IssuedResult,
) -> None:
    names = grader_names(result)
    cases = [names[work.work] for work in result.works if work.judges == "case-study"]
    assert len(cases) == 2
    assert cases[0] == cases[1]
    assert sorted(cases[0].values()) == ["Grader 1", "Grader 2", "Grader 3"]
    assert list(cases[0].values()) == sorted(cases[0].values())
    (session,) = (names[work.work] for work in result.works if work.judges == "observation")
    assert not any(name.startswith("Grader ") for name in session.values())
