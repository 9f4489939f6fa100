"""What a candidate holds at a level follows from issued results and the program's own times."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest

from casebook.domain.program.program import Program
from casebook.evaluation.certificates import (
    Certificate,
    certificate_at,
    certificates,
    holds,
    standing_at,
)
from tests.portfolios.issued_lines import appeal, decided, lines, outcome_of, result

MakeProgram: TypeAlias = Callable[..., Program]
Levels: TypeAlias = Callable[..., Program]

COURSE = {"id": "course", "says": "Go.", "needs": "course", "course_hours": 15}
FELL_SHORT = "0 % of the 50 % needed; what must be passed was not: Safety"


def level(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a level may hold
    return {"level": number, "name": f"Level {number}", "requirements": [COURSE]} | more


def validity(months: int = 24, *, restarts: bool = False) -> dict[str, Any]:
    return {
        "validity": {
            "months": months, "says": "It ends.", "afterwards": "Do it again.",
            "restarts_at_higher_level": restarts,
        }
    }  # fmt: skip


@pytest.fixture
def programmed(make_program: MakeProgram) -> Levels:
    """Makes a program of levels."""
    return lambda *levels: make_program(levels=list(levels))


@pytest.mark.parametrize(
    "issued, until",
    [
        (date(2026, 7, 10), date(2028, 7, 10)),
        (date(2026, 2, 28), date(2028, 2, 28)),  # 2028 has a 29th, which is not reached
        (date(2024, 2, 29), date(2026, 2, 28)),  # 2026 has no 29th
        (date(2026, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_certificate_lasts_whole_months(programmed: Levels, issued: date, until: date) -> None:
    """Its last day is the same day of the month, or the month's last."""
    program = programmed(level(1, **validity()))
    record = result(on=issued)
    (found,) = certificates(lines(r=record), program)
    assert found == Certificate(1, issued, until, record.digest)


def test_without_a_validity_it_never_ends(programmed: Levels) -> None:
    (found,) = certificates(lines(r=result(on=date(2026, 7, 1))), programmed(level(1)))
    assert found.until is None
    assert holds(found, date(2199, 12, 31))


def test_a_certificate_holds_from_its_first_to_its_last_day(programmed: Levels) -> None:
    program = programmed(level(1, **validity(1)))
    (found,) = certificates(lines(r=result(on=date(2026, 1, 31))), program)
    days = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 1)]
    assert [holds(found, day) for day in days] == [False, True, True, False]


def test_only_passes_at_levels_of_the_program_count(programmed: Levels) -> None:
    found = lines(a=result(mark=0), b=result(3, submission="33"), c=result(2, submission="22"))
    held = certificates(found, programmed(level(1), level(2)))
    assert [each.level for each in held] == [2]


def test_a_confirmed_pass_counts_from_its_first_day(programmed: Levels) -> None:
    """An appeal against a pass that is dismissed neither shortens nor lengthens it."""
    first = result(on=date(2026, 7, 1), appeal_until=date(2026, 8, 1))
    ruling = decided(appeal(first, date(2026, 7, 20)), date(2026, 9, 1))
    found = lines(first=first, last=outcome_of(ruling, first))
    (held,) = certificates(found, programmed(level(1, **validity())))
    assert (held.since, held.until) == (date(2026, 7, 1), date(2028, 7, 1))


def test_a_pass_after_an_appeal_counts_from_the_decision(programmed: Levels) -> None:
    failed = result(on=date(2026, 7, 1), mark=0, appeal_until=date(2026, 8, 1))
    ruling = decided(appeal(failed, date(2026, 7, 20)), date(2026, 9, 1), "upheld")
    found = lines(first=failed, last=outcome_of(ruling, failed, result()))
    (held,) = certificates(found, programmed(level(1, **validity())))
    assert held.since == date(2026, 9, 1)


@pytest.mark.parametrize("restarts, until", [(True, date(2029, 6, 1)), (False, date(2028, 1, 1))])
def test_a_higher_level_starts_the_time_anew_where_the_program_says_so(
    programmed: Levels, restarts: bool, until: date
) -> None:
    """Level 1 from 1 January 2026 lasts to 2028; level 2 from 1 June 2027 to 1 June 2029."""
    program = programmed(level(1, **validity(restarts=restarts)), level(2, **validity()))
    found = lines(
        one=result(on=date(2026, 1, 1)), two=result(2, on=date(2027, 6, 1), submission="22")
    )
    held = certificates(found, program)
    lower = certificate_at(program.rules.levels[0], held, date(2027, 6, 1))
    assert lower == Certificate(1, date(2026, 1, 1), until, held[0].digest)


def test_before_the_higher_level_is_passed_the_lower_ends_as_it_would(programmed: Levels) -> None:
    program = programmed(level(1, **validity(restarts=True)), level(2, **validity()))
    found = lines(
        one=result(on=date(2026, 1, 1)), two=result(2, on=date(2027, 6, 1), submission="22")
    )
    lower = certificate_at(program.rules.levels[0], certificates(found, program), date(2027, 5, 31))
    assert lower is not None
    assert lower.until == date(2028, 1, 1)


def test_an_endless_higher_level_makes_the_lower_endless(programmed: Levels) -> None:
    program = programmed(level(1, **validity(restarts=True)), level(2))
    found = lines(one=result(), two=result(2, submission="22"))
    lower = certificate_at(program.rules.levels[0], certificates(found, program), date(2027, 1, 1))
    assert lower is not None
    assert lower.until is None


def test_a_second_pass_at_a_level_renews_it(programmed: Levels) -> None:
    program = programmed(level(1, **validity()))
    found = lines(a=result(on=date(2026, 7, 1)), b=result(on=date(2028, 6, 1), submission="66"))
    renewed = certificate_at(
        program.rules.levels[0], certificates(found, program), date(2028, 7, 2)
    )
    assert renewed is not None
    assert (renewed.since, renewed.until) == (date(2028, 6, 1), date(2030, 6, 1))


def test_of_two_passes_that_end_on_one_day_the_later_counts(programmed: Levels) -> None:
    """A month after 30 and after 31 January is 28 February."""
    program = programmed(level(1, **validity(1)))
    found = lines(a=result(on=date(2026, 1, 30)), b=result(on=date(2026, 1, 31), submission="66"))
    newest = certificate_at(program.rules.levels[0], certificates(found, program), date(2026, 2, 1))
    assert newest is not None
    assert (newest.since, newest.until) == (date(2026, 1, 31), date(2026, 2, 28))


def standing(program: Program, on: date, **records: Any) -> Any:  # noqa: ANN401 - results by name
    found = lines(**records)
    return standing_at(program.rules.levels[0], found, certificates(found, program), on)


def test_a_standing_says_since_when_and_until_when(programmed: Levels) -> None:
    program = programmed(level(1, **validity()))
    record = result(on=date(2026, 7, 1))
    found = standing(program, date(2028, 7, 1), r=record)
    assert (found.state, found.since, found.until, found.next_steps) == (
        "certified", "2026-07-01", "2028-07-01", (),
    )  # fmt: skip
    assert (found.why, found.result) == ("passed on 2026-07-01", record.digest)


def test_a_standing_without_an_end_says_so(programmed: Levels) -> None:
    found = standing(programmed(level(1)), date(2036, 7, 1), r=result(on=date(2026, 7, 1)))
    assert (found.state, found.until) == ("certified", None)
    assert found.why == "passed on 2026-07-01; the program sets no end"


def test_a_confirmation_is_no_later_fail(programmed: Levels) -> None:
    """It passed on 1 July, and the appeal that is dismissed on 1 September confirms that."""
    first = result(on=date(2026, 7, 1), appeal_until=date(2026, 8, 1))
    ruling = decided(appeal(first, date(2026, 7, 20)), date(2026, 9, 1))
    last = outcome_of(ruling, first)
    found = standing(programmed(level(1)), date(2026, 10, 1), first=first, last=last)
    assert (found.why, found.next_steps) == ("passed on 2026-07-01; the program sets no end", ())
    assert found.result == last.digest


def test_the_day_after_its_last_it_has_expired_and_the_program_says_what_next(
    programmed: Levels,
) -> None:
    program = programmed(level(1, **validity()))
    found = standing(program, date(2028, 7, 2), r=result(on=date(2026, 7, 1)))
    assert (found.state, found.why) == ("expired", "passed on 2026-07-01; it ended on 2028-07-01")
    assert found.next_steps == ("Do it again.",)


def test_a_result_of_a_later_day_does_not_count_yet(programmed: Levels) -> None:
    for mark, kind in ((2, "pass"), (0, "result")):
        record = result(mark=mark)
        found = standing(programmed(level(1)), date(2026, 6, 30), r=record)
        assert found.state == "not-yet"
        assert found.why == f"the {kind} is dated 2026-07-01, which is after 2026-06-30"
        assert found.next_steps == ("wait until then, or correct the date",)
        assert found.result == record.digest


def test_without_a_result_it_says_so(programmed: Levels) -> None:
    found = standing(programmed(level(1)), date(2026, 7, 1))
    assert (found.state, found.why) == ("no-result", "there is no result for Level 1 here")
    assert found.next_steps == ("hand in the work for Level 1, or name its result too",)
    assert found.result is None


@pytest.mark.parametrize(
    "kind, why",
    [
        ("fail", "the result of 2026-07-01 is a fail"),
        ("incomplete", "the result of 2026-07-01 is not complete"),
    ],
)
def test_a_result_that_is_no_pass_is_told_from_its_own_day(
    programmed: Levels, kind: str, why: str
) -> None:
    """With what to do next: an incomplete one waits for marks."""
    record = result(mark=0).model_copy(update={"result": kind})
    found = standing(programmed(level(1)), date(2026, 7, 1), r=record)
    assert (found.state, found.why, found.result) == ("not-passed", why, record.digest)
    start = {"fail": "hand in `low-back` again", "incomplete": "have the missing marks made"}
    assert found.next_steps[0].startswith(start[kind])


def test_of_several_failed_submissions_the_latest_is_told(programmed: Levels) -> None:
    found = standing(
        programmed(level(1)),
        date(2026, 10, 1),
        a=result(mark=0, on=date(2026, 9, 1), submission="66"),
        b=result(mark=0, on=date(2026, 7, 1)),
    )
    assert (found.state, found.why) == ("not-passed", "the result of 2026-09-01 is a fail")


def test_failing_a_recertification_ends_nothing(programmed: Levels) -> None:
    """The certificate holds until its own last day, and what to do is told all the same."""
    program = programmed(level(1, **validity()))
    records = {
        "a": result(on=date(2026, 7, 1)),
        "b": result(
            mark=0, on=date(2028, 6, 1), submission="66", appeal_until=date(2028, 6, 29)
        ),
    }  # fmt: skip
    again = (f"hand in `low-back` again: {FELL_SHORT}", "or appeal, by 2028-06-29")
    for on in (date(2028, 6, 1), date(2028, 6, 15)):
        found = standing(program, on, **records)
        assert found.state == "certified"
        assert found.why == "passed on 2026-07-01; work handed in later did not pass on 2028-06-01"
        assert found.next_steps == again
    ended = standing(program, date(2028, 7, 2), **records)
    assert ended.why == (
        "passed on 2026-07-01; it ended on 2028-07-01; work handed in later did not pass on "
        "2028-06-01"
    )
    over = "the time for an appeal ended on 2028-06-29"
    assert ended.next_steps == ("Do it again.", again[0], over)


@pytest.mark.parametrize("failed_on", [date(2026, 6, 1), date(2026, 7, 1), date(2026, 9, 2)])
def test_only_what_failed_after_the_pass_and_by_the_day_is_told(
    programmed: Levels, failed_on: date
) -> None:
    """What failed before, or on the day of the pass, is over; what is still to come is not told."""
    records = {
        "a": result(on=date(2026, 7, 1)),
        "b": result(mark=0, on=failed_on, submission="66"),
    }
    found = standing(programmed(level(1)), date(2026, 9, 1), **records)
    assert (found.why, found.next_steps) == ("passed on 2026-07-01; the program sets no end", ())
