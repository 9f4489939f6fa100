"""After a result that is no pass: what to hand in, by when, and until when to appeal."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest

from casebook.domain.outcome.results import RequirementResult
from casebook.domain.program.program import CertificationLevel, Program
from casebook.evaluation.second_try import steps_after
from tests.portfolios.issued_lines import appeal, decided, limit, outcome_of, result
from tests.portfolios.results import eligible

MakeProgram: TypeAlias = Callable[..., Program]

SOON = limit("soon", "2026-08-15", "soft")
LAST = limit("last", "2027-02-15")
FELL_SHORT = "0 % of the 50 % needed; what must be passed was not: Safety"


@pytest.fixture
def asked(make_program: MakeProgram) -> CertificationLevel:
    """A level with a soft and a hard time limit."""
    program = make_program(
        (
            _deadline("soon", "soft", 6, "It costs more."),
            _deadline("last", "hard", 12, "Repeat the class."),
        )
    )
    return program.rules.levels[0]


def _deadline(name: str, strength: str, months: int, consequence: str) -> dict[str, Any]:
    return {
        "id": name, "says": "In time.", "needs": "deadline", "strength": strength,
        "months_after_course": months, "consequence": consequence,
    }  # fmt: skip


def steps(level: CertificationLevel, on: date, **values: Any) -> list[str]:  # noqa: ANN401
    return list(steps_after(result(mark=0, **values), level, on))


def test_in_time_every_limit_still_ahead_is_told(asked: CertificationLevel) -> None:
    """In the order of their days, each with what follows behind it."""
    assert steps(asked, date(2026, 8, 15), deadlines=(LAST, SOON)) == [
        f"hand in `low-back` again: {FELL_SHORT}",
        "by 2026-08-15: Be in time for soon. After that: It costs more.",
        "by 2027-02-15: Be in time for last. After that: Repeat the class.",
    ]


def test_a_soft_limit_that_is_over_is_told_with_its_consequence(asked: CertificationLevel) -> None:
    assert steps(asked, date(2026, 8, 16), deadlines=(LAST, SOON)) == [
        f"hand in `low-back` again: {FELL_SHORT}",
        "2026-08-15 is over: It costs more.",
        "by 2027-02-15: Be in time for last. After that: Repeat the class.",
    ]


def test_behind_the_last_day_its_consequence_comes_first(asked: CertificationLevel) -> None:
    """Nothing is to be handed in again then."""
    assert steps(asked, date(2027, 2, 16), deadlines=(SOON, LAST)) == [
        "Repeat the class. The last day was 2027-02-15.",
        f"`low-back` fell short: {FELL_SHORT}",
    ]


def test_a_limit_that_the_program_no_longer_has_keeps_what_the_result_said(
    asked: CertificationLevel,
) -> None:
    gone = limit("gone", "2026-08-15").model_copy(update={"met": False, "next_step": "start anew"})
    first, *_ = steps(asked, date(2026, 9, 1), deadlines=(gone,))
    assert first == "Start anew. The last day was 2026-08-15."


def test_where_nothing_says_what_follows_the_certifying_body_does(
    asked: CertificationLevel,
) -> None:
    """A limit that was kept tells no next step, and the program may have dropped it since."""
    gone = limit("gone", "2026-08-15").model_copy(update={"says": "Be in time"})
    assert steps(asked, date(2026, 8, 15), deadlines=(gone,))[1] == (
        "by 2026-08-15: Be in time. After that: Ask the certifying body."
    )


@pytest.mark.parametrize(
    "on, step",
    [
        (date(2026, 8, 7), "or appeal, by 2026-08-07"),
        (date(2026, 8, 8), "the time for an appeal ended on 2026-08-07"),
    ],
)
def test_an_appeal_is_possible_on_its_last_day(
    asked: CertificationLevel, on: date, step: str
) -> None:
    assert steps(asked, on, appeal_until=date(2026, 8, 7))[-1] == step


def test_how_an_appeal_ended_is_told(asked: CertificationLevel) -> None:
    failed = result(mark=0, appeal_until=date(2026, 8, 7))
    last = outcome_of(decided(appeal(failed, date(2026, 7, 9)), date(2026, 7, 20)), failed)
    assert list(steps_after(last, asked, date(2026, 8, 1)))[-1] == (
        "the appeal was dismissed on 2026-07-20"
    )


def test_an_unmet_requirement_is_told_with_why_and_what_next(asked: CertificationLevel) -> None:
    """The work may have passed: then nothing of it is to be handed in again."""
    unmet = RequirementResult(
        id="practice", says="Practise a month.", strength="hard", met=False,
        why="so far it lasts until 2026-07-01", next_step="go on practising",
    )  # fmt: skip
    soft = unmet.model_copy(update={"id": "advice", "strength": "soft", "says": "Read a book."})
    bare = unmet.model_copy(update={"says": "Bring your form!", "why": "Where is it?"})
    bare = bare.model_copy(update={"next_step": None})
    wait = bare.model_copy(update={"says": "Wait.", "why": "it is on its way…"})
    record = result(mark=2).model_copy(
        update={"result": "fail", "eligibility": eligible(unmet, soft, bare, wait)}
    )
    assert list(steps_after(record, asked, date(2026, 7, 2))) == [
        "Practise a month. So far it lasts until 2026-07-01. Go on practising.",
        "Bring your form! Where is it?",
        "Wait. It is on its way…",
    ]


def test_an_incomplete_result_waits_for_marks(asked: CertificationLevel) -> None:
    record = result(mark=0).model_copy(update={"result": "incomplete"})
    (step,) = steps_after(record, asked, date(2026, 7, 2))
    assert step == "have the missing marks made; `casebook moderate` says whose"


def test_a_must_pass_failure_alone_is_told_without_a_total(asked: CertificationLevel) -> None:
    """Mark 1 of 2 is the 50 % needed; only what must be passed was not."""
    record = result(mark=1)
    (work,) = record.works
    (criterion,) = work.criteria
    unsafe = work.model_copy(
        update={
            "result": "fail",
            "criteria": (
                criterion.model_copy(update={"reached": False}),
                criterion.model_copy(update={"title": "Consent", "reached": False}),
                criterion.model_copy(update={"title": "Words", "reached": None}),
            ),
        }
    )
    odd = work.model_copy(update={"result": "fail"})
    failed = record.model_copy(update={"result": "fail", "works": (unsafe, odd)})
    assert list(steps_after(failed, asked, date(2026, 7, 2))) == [
        "hand in `low-back` again: what must be passed was not: Safety, Consent",
        "hand in `low-back` again: it did not pass",
    ]
