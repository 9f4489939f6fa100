"""The words of every verdict on a requirement: what was found, and what the candidate does next."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Portfolio
from casebook.domain.program.program import Program
from casebook.evaluation.eligibility import judge_eligibility

MakeProgram: TypeAlias = Callable[..., Program]
MakePortfolio: TypeAlias = Callable[..., Portfolio]
Given: TypeAlias = dict[str, Any]

TODAY = date(2026, 7, 1)
COURSE = "course: {finished: 2026-02-15, hours: 15}\n"

NEEDS_COURSE = {"needs": "course", "course_hours": 15}
NEEDS_PRACTICE = {"needs": "practice", "months_of_practice": 1}
NEEDS_CASES = {"needs": "case-studies", "count": 2, "sessions_each": 2, "within_months": 2}
NEEDS_SESSION = {"needs": "observed-sessions", "count": 1}
NEEDS_CERTIFICATE = {"needs": "certificate", "level_held": 1}
ENDED = "certificates: [{program: own, level: 1, issued: 2024-01-01, expires: 2026-06-30}]"
ENDED_BEFORE = ENDED.replace("2024-01-01", "2026-07-01")
NEEDS_HASTE = {"needs": "deadline", "months_after_course": 6, "consequence": "It costs more."}


def case(name: str, days: str) -> str:
    sessions = ", ".join(f"{{day: {day}}}" for day in days.split())
    return f"id: {name}\nclient: {{pseudonym: Client {name}}}\nsessions: [{sessions}]\n"


@pytest.mark.parametrize(
    "need, given, expected",
    [
        (NEEDS_COURSE, {},
         ("no course is given",
          "add `course` with its last day and hours")),
        (NEEDS_COURSE, {"text": "course: {finished: 2026-07-02, hours: 15}"},
         ("the course ends on 2026-07-02",
          "wait until it is finished")),
        (NEEDS_COURSE, {"text": "course: {finished: 2026-06-02, hours: 14}"},
         ("the course had 14 of 15 hours",
          "make up the missing hours and give the whole course")),
        (NEEDS_COURSE | {"course_hours": 1}, {"text": "course: {finished: 2026-02-15, hours: 1}"},
         ("1 hour, finished on 2026-02-15",
          None)),
        (NEEDS_COURSE | {"course_hours": 1}, {"text": "course: {finished: 2026-02-15, hours: 2}"},
         ("2 hours, finished on 2026-02-15",
          None)),
        (NEEDS_PRACTICE, {},
         ("practice counts from the course, and none is given",
          "add `course`")),
        (NEEDS_PRACTICE, {"text": COURSE, "on": date(2026, 3, 1)},
         ("1 month of practice would last until 2026-03-15; so far it lasts until 2026-03-01",
          "go on practising")),
        (NEEDS_PRACTICE | {"months_of_practice": 2},
         {"text": COURSE + "practice: {until: 2026-03-14}"},
         ("2 months of practice would last until 2026-04-15; it is counted until 2026-03-14",
          "if you practised on, correct `practice.until` to 2026-04-15 or later")),
        (NEEDS_CASES, {"cases": (case("a", "0 7"),)},
         ("there is 1 of 2 case studies",
          "add 1 more as a file in cases/")),
        (NEEDS_CASES | {"count": 3},
         {"cases": (case("a", "0 7"), case("b", "0 7"), case("a", "0 7"))},
         ("they are about 2 clients; 3 different ones are asked for",
          "write about other clients, or correct a pseudonym that is used twice")),
        (NEEDS_CASES, {"cases": (case("a", "0 7"), case("b", "0"))},
         ("'b' has 1 of 2 sessions",
          "add the missing sessions")),
        # 2 * 30.4375 = 60.9 days
        (NEEDS_CASES, {"cases": (case("a", "0 7"), case("b", "1 62"))},
         ("'b' takes 61 days; the limit is 2 months",
          "choose sessions that lie closer together")),
        (NEEDS_SESSION, {},
         ("there are 0 of 1 observed session",
          "arrange a session with an approved examiner; it is recorded in observation.yaml")),
        (NEEDS_SESSION | {"minutes_at_least": 25}, {"observations": ("",)},
         ("'observed' does not say how long it was",
          'add `duration` as minutes and seconds: "31:20"')),
        (NEEDS_SESSION | {"minutes_at_least": 25}, {"observations": ('duration: "20:00"',)},
         ("'observed' lasts 20:00; at least 25 minutes are asked for",
          "correct `duration`, or have another session observed")),
        # At least 0 minutes are no lower limit.
        (NEEDS_SESSION | {"minutes_at_least": 0, "minutes_at_most": 40},
         {"observations": ('duration: "40:01"',)},
         ("'observed' lasts 40:01; at most 40 minutes are asked for",
          "correct `duration`, or have another session observed")),
        (NEEDS_SESSION | {"minutes_at_least": 0}, {"observations": ("",)},
         ("1 observed session",
          None)),
        # Without a lower limit no session is too short.
        (NEEDS_SESSION | {"minutes_at_most": 40}, {"observations": ('duration: "00:30"',)},
         ("1 observed session",
          None)),
        (NEEDS_CERTIFICATE, {},
         ("no certificate for level 1 is given",
          "get certified at level 1 first, then add it under `certificates`")),
        (NEEDS_CERTIFICATE,
         {"text": "certificates: [{program: own, level: 1, issued: 2026-08-01}]"},
         ("it is issued on 2026-08-01",
          "wait until then")),
        (NEEDS_CERTIFICATE, {"text": ENDED},
         ("it ended on 2026-06-30",
          "get recertified, then give the new date")),
        # Written by a slip so that it ended before it began: it has ended, and is not to come.
        (NEEDS_CERTIFICATE, {"text": ENDED_BEFORE},
         ("it ended on 2026-06-30",
          "get recertified, then give the new date")),
        (NEEDS_HASTE, {},
         ("the time counts from the course, and none is given",
          "add `course`")),
        (NEEDS_HASTE, {"text": COURSE},
         ("the last day is 2026-08-15",
          None)),
    ],
)  # fmt: skip
def test_a_verdict_says_what_was_found_and_what_comes_next(
    make_program: MakeProgram,
    make_portfolio: MakePortfolio,
    need: Given,
    given: Given,
    expected: tuple[str, str | None],
) -> None:
    """What is met asks for nothing more."""
    program = make_program(({"id": "r", "says": "Do it."} | need,))
    works = {key: given[key] for key in given.keys() & {"cases", "observations"}}
    portfolio = make_portfolio(given.get("text", ""), program=program, **works)
    level = program.rules.levels[0]
    (found,) = judge_eligibility(portfolio, level, given.get("on", TODAY)).requirements
    assert (found.why, found.next_step) == expected
    assert found.met is (expected[1] is None)
