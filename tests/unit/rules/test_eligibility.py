"""What a candidate still lacks is said once, where it can be mended, with the earliest date."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from casebook.domain.portfolio import Portfolio
from casebook.domain.program.program import Program
from casebook.evaluation.eligibility import judge_eligibility
from casebook.rules.eligibility import check_eligibility

MakeProgram: TypeAlias = Callable[..., Program]
MakePortfolio: TypeAlias = Callable[..., Portfolio]

COURSE = {"id": "course", "says": "Finish the course.", "needs": "course", "course_hours": 15}
PRACTICE = {"id": "practice", "says": "Practise.", "needs": "practice", "months_of_practice": 1}
DEADLINE = {
    "id": "time", "says": "Be in time.", "needs": "deadline", "months_after_course": 6,
    "consequence": "It costs more.", "strength": "soft",
}  # fmt: skip
CASES = {"id": "cases", "says": "Write cases.", "needs": "case-studies", "count": 3}
HELD = {"id": "held", "says": "Hold Level One.", "needs": "certificate", "level_held": 1}


def check(
    make_program: MakeProgram,
    make_portfolio: MakePortfolio,
    text: str,
    *needs: dict[str, Any],
    on: str = "2026-07-01",
) -> list[str]:
    """Findings as ``line CODE message; hint``; a portfolio's own keys begin on line 6."""
    program = make_program(needs)
    portfolio = make_portfolio(text, program=program)
    level = program.rules.levels[0]
    eligibility = judge_eligibility(portfolio, level, date.fromisoformat(on))
    by_id = {each.id: each for each in level.requirements}
    return [
        f"{each.place.span.line} {each.code} {each.message}; {each.hint}"
        for each in check_eligibility(portfolio.main, eligibility, by_id)
    ]


def test_what_is_met_is_not_mentioned(
    make_program: MakeProgram, make_portfolio: MakePortfolio
) -> None:
    """A finished course and a month of practice leave nothing to say."""
    text = "course: {finished: 2026-02-15, hours: 15}\n"
    assert check(make_program, make_portfolio, text, COURSE, PRACTICE, DEADLINE) == []


def test_why_what_next_and_the_earliest_date_are_said(
    make_program: MakeProgram, make_portfolio: MakePortfolio
) -> None:
    """Practice is missed where it would be written, a deadline where the course ended."""
    text = "course:\n  finished: 2026-02-15\n  hours: 15\n"
    assert check(make_program, make_portfolio, text, PRACTICE, on="2026-03-01") == [
        (
            "1 CB701 Practise: 1 month of practice would last until 2026-03-15; so far it lasts "
            "until 2026-03-01; go on practising; earliest date: 2026-03-15"
        )
    ]
    assert check(make_program, make_portfolio, text, DEADLINE, on="2026-08-16") == [
        "7 CB702 Be in time: the last day was 2026-08-15; the program says: It costs more"
    ]


def test_works_and_certificates_are_missed_at_their_keys(
    make_program: MakeProgram, make_portfolio: MakePortfolio
) -> None:
    """Works at the level that asks for them, certificates where they are or would be listed."""
    assert check(make_program, make_portfolio, "certificates: []\n", CASES, HELD) == [
        "4 CB701 Write cases: there are 0 of 3 case studies; add 3 more as files in cases/",
        (
            "6 CB701 Hold Level One: no certificate for level 1 is given; "
            "get certified at level 1 first, then add it under `certificates`"
        ),
    ]


def test_a_missing_course_is_said_once(
    make_program: MakeProgram, make_portfolio: MakePortfolio
) -> None:
    """Practice and deadlines count from it, but do not repeat that it is missing."""
    found = check(make_program, make_portfolio, "", COURSE, PRACTICE, DEADLINE)
    assert found == [
        "1 CB701 Finish the course: no course is given; add `course` with its last day and hours"
    ]
    assert len(check(make_program, make_portfolio, "", PRACTICE, DEADLINE)) == 2


def test_what_is_written_but_broken_is_not_called_missing(
    make_program: MakeProgram, make_portfolio: MakePortfolio
) -> None:
    """A course or certificate that could not be read has its own finding."""
    text = "course: {finished: soon}\ncertificates: many\n"
    assert check(make_program, make_portfolio, text, COURSE, PRACTICE, DEADLINE, HELD) == []
