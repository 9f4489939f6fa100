"""Whether the next level is open, by the program's own rules, with why, what next, and when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.outcome.advancement import Advancement
from casebook.domain.program.program import Program
from casebook.evaluation.advancing import advance, latest_before
from casebook.evaluation.eligibility import months_later
from casebook.evaluation.lineage import trace
from tests.portfolios.issued_lines import (
    appeal,
    appeals_named,
    decided,
    lines,
    named,
    outcome_of,
    result,
)

MakeProgram: TypeAlias = Callable[..., Program]

COURSE = {"id": "course", "says": "Go.", "needs": "course", "course_hours": 15}
CERTIFIED = {"id": "held", "says": "Hold level 1.", "needs": "certificate", "level_held": 1}
MONTH = {
    "id": "month", "says": "A month before.", "needs": "time-before-class", "strength": "soft",
    "level_held": 1, "months_before_class": 1,
}  # fmt: skip
ENDS = {"validity": {"months": 24, "says": "It ends.", "afterwards": "Do it again."}}


def assisting(number: int) -> dict[str, Any]:
    return {"privileges": [{"id": "assist", "says": f"Assist at level {number}."}]}


@pytest.fixture
def program(make_program: MakeProgram) -> Program:
    """Three levels; level 2 asks for a certificate at level 1 and advises a month."""
    levels = (
        {"requirements": [COURSE], **ENDS, **assisting(1)},
        {"requirements": [COURSE], "admission": [CERTIFIED, MONTH], **assisting(2)},
        {"requirements": [COURSE, CERTIFIED | {"level_held": 2}], **assisting(3)},
    )
    named_levels = [
        {"level": number, "name": f"Level {number}", **each}
        for number, each in enumerate(levels, start=1)
    ]
    return make_program(levels=named_levels)


def judged(found: Advancement) -> list[tuple[str, bool, str, str | None, str | None]]:
    assert found.next_level is not None
    return [
        (each.id, each.met, each.why, each.next_step, each.earliest)
        for each in found.next_level.requirements
    ]


def test_a_pass_opens_the_next_level(program: Program) -> None:
    """Without a class in view the advice tells from when on a class would suit."""
    found = advance(lines(r=result(on=date(2026, 1, 31))), program, date(2026, 2, 1))
    assert judged(found) == [
        ("held", True, "certified at Level 1 on 2026-01-31, until 2028-01-31", None, None),
        (
            "month", True,
            # A month after 31 January is 28 February.
            "certified at Level 1 on 2026-01-31, which suits a class on 2026-02-28 or later",
            None, None,
        ),
    ]  # fmt: skip
    assert found.next_level is not None
    assert (found.next_level.open, found.next_level.earliest) == (True, "2026-02-01")
    assert (found.certified, found.goes_on) == (True, True)
    assert (found.on, found.class_on) == ("2026-02-01", None)


def test_a_class_too_soon_is_advised_against_and_open_all_the_same(program: Program) -> None:
    """For a class on 27 February the certificate should be of 27 January."""
    found = advance(
        lines(r=result(on=date(2026, 1, 31))), program, date(2026, 2, 1),
        class_on=date(2026, 2, 27),
    )  # fmt: skip
    certified = "certified at Level 1 on 2026-01-31"
    assert judged(found)[1] == (
        "month", False,
        f"{certified}; for the class on 2026-02-27 it would have been 2026-01-27",
        "ask for a later class, if that is possible", "2026-02-28",
    )  # fmt: skip
    assert found.goes_on
    assert (found.on, found.class_on) == ("2026-02-01", "2026-02-27")


def test_a_class_on_the_first_suitable_day_suits(program: Program) -> None:
    found = advance(
        lines(r=result(on=date(2026, 1, 31))), program, date(2026, 2, 1),
        class_on=date(2026, 2, 28),
    )  # fmt: skip
    assert [met for _, met, *_ in judged(found)] == [True, True]


@pytest.mark.parametrize(
    "class_on, months, latest",
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-04-30", 1, "2026-03-31"),  # a month after 31 March is 30 April
        ("2028-03-29", 1, "2028-02-29"),  # a leap year
        ("2026-03-29", 1, "2026-02-28"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-02-28", 1, "2026-01-31"),
        ("2026-01-15", 2, "2025-11-15"),
    ],
)
def test_the_latest_day_before_a_class(class_on: str, months: int, latest: str) -> None:
    found = latest_before(date.fromisoformat(class_on), months)
    assert found == date.fromisoformat(latest)


@given(st.dates(date(1911, 1, 1), date(2199, 12, 31)), st.integers(1, 120))
def test_a_day_later_than_the_latest_is_too_late(class_on: date, months: int) -> None:
    latest = latest_before(class_on, months)
    assert months_later(latest, months) <= class_on
    assert months_later(latest + timedelta(days=1), months) > class_on


def test_a_certificate_must_last_until_the_class(program: Program) -> None:
    """It ends on 1 July 2028: a class that day is open, one the day after is not."""
    held = lines(r=result(on=date(2026, 7, 1)))
    on = date(2028, 6, 1)
    last = advance(held, program, on, class_on=date(2028, 7, 1))
    after = advance(held, program, on, class_on=date(2028, 7, 2))
    assert last.goes_on
    assert judged(after)[0] == (
        "held", False,
        "the certificate at Level 1 ends on 2028-07-01, before the class on 2028-07-02",
        "choose a class by 2028-07-01, or: Do it again.", None,
    )  # fmt: skip
    assert (after.certified, after.goes_on) == (True, False)


def test_behind_its_end_recertification_comes_first(program: Program) -> None:
    found = advance(lines(r=result(on=date(2026, 7, 1))), program, date(2028, 7, 2))
    assert judged(found)[0] == (
        "held", False, "the certificate at Level 1 ended on 2028-07-01", "Do it again.", None,
    )  # fmt: skip
    assert found.next_level is not None
    assert found.next_level.earliest is None
    assert (found.may_now, found.certified) == ((), False)


def test_a_result_of_a_later_day_opens_it_from_that_day(program: Program) -> None:
    """The advice counts its month from then, too."""
    found = advance(lines(r=result(on=date(2026, 7, 31))), program, date(2026, 7, 1))
    assert found.next_level is not None
    assert (found.next_level.open, found.next_level.earliest) == (False, "2026-07-31")
    assert [(step, day) for *_, step, day in judged(found)] == [
        ("wait until then", "2026-07-31"),
        (None, "2026-08-31"),
    ]


def test_after_a_fail_the_level_itself_comes_first(program: Program) -> None:
    """With a class in view, the advice says by when."""
    found = advance(lines(r=result(mark=0)), program, date(2026, 7, 2), class_on=date(2026, 10, 15))
    assert judged(found) == [
        (
            "held", False, "not certified at Level 1: the result of 2026-07-01 is a fail",
            "get certified at Level 1 first", None,
        ),
        (
            "month", False,
            "it counts from the certificate at Level 1, which is not there yet",
            "be certified by 2026-09-15", None,
        ),
    ]  # fmt: skip
    assert found.standings[0].next_steps[0].startswith("hand in `low-back` again")


def test_a_class_before_the_certificate_is_not_open(program: Program) -> None:
    found = advance(
        lines(r=result(on=date(2026, 7, 1))), program, date(2026, 8, 1), class_on=date(2026, 6, 30)
    )
    assert judged(found)[0] == (
        "held", False, "certified at Level 1 on 2026-07-01, after the class on 2026-06-30",
        "choose a later class", "2026-07-01",
    )  # fmt: skip
    assert "the class on 2026-06-30 lies before 2026-08-01, the day this is judged for" in (
        found.notes
    )


def test_a_class_on_the_day_of_the_certificate_is_open(program: Program) -> None:
    """And a class today is not past."""
    day = date(2026, 7, 1)
    found = advance(lines(r=result(on=day, program_version="1")), program, day, class_on=day)
    assert judged(found)[0][:2] == ("held", True)
    assert found.notes == ()


def test_without_admission_the_certificates_among_the_requirements_open_a_level(
    program: Program,
) -> None:
    both = lines(one=result(), two=result(2, submission="22"))
    found = advance(both, program, date(2026, 8, 1))
    assert found.level == 2
    assert judged(found) == [("held", True, "certified at Level 2 on 2026-07-01", None, None)]
    assert found.may_now == ("Assist at level 1.", "Assist at level 2.")


def test_behind_the_last_level_there_is_no_next(program: Program) -> None:
    found = advance(lines(r=result(3)), program, date(2026, 8, 1))
    assert (found.next_level, found.certified, found.goes_on) == (None, True, True)
    failed = advance(lines(r=result(3, mark=0)), program, date(2026, 8, 1))
    assert (failed.next_level, failed.goes_on) == (None, False)


def test_a_level_can_be_named(program: Program) -> None:
    """Who has passed levels 1 and 2 is seen from level 1 when that is asked."""
    both = lines(one=result(), two=result(2, submission="22"))
    found = advance(both, program, date(2026, 8, 1), level=1)
    assert found.next_level is not None
    assert found.next_level.level == 2
    asked = advance(lines(one=result()), program, date(2026, 8, 1), level=2)
    assert [each.state for each in asked.standings] == ["certified", "no-result"]


def test_a_level_that_asks_for_nothing_is_open_to_the_certified(
    make_program: MakeProgram,
) -> None:
    levels = [{"level": n, "name": f"Level {n}", "requirements": [COURSE]} for n in (1, 2)]
    found = advance(lines(r=result()), make_program(levels=levels), date(2026, 8, 1))
    assert found.next_level is not None
    assert found.next_level.requirements == ()
    assert found.goes_on
    failed = advance(lines(r=result(mark=0)), make_program(levels=levels), date(2026, 8, 1))
    assert not failed.goes_on


def test_an_admission_by_a_level_that_is_not_there_is_never_met(make_program: MakeProgram) -> None:
    """`casebook program check` tells the program's author; a candidate is told all the same."""
    odd = [CERTIFIED | {"level_held": 9}]
    levels = [
        {"level": 1, "name": "One", "requirements": [COURSE]},
        {"level": 2, "name": "Two", "requirements": [COURSE], "admission": odd},
    ]
    found = advance(lines(r=result()), make_program(levels=levels), date(2026, 8, 1))
    assert judged(found)[0][1:3] == (
        False,
        "not certified at level 9: the program has no level 9",
    )


def test_results_by_other_rules_keep_what_they_say_and_are_told(program: Program) -> None:
    older = result(program_version="0.9")
    second = result(2, submission="22", program_version="0.8")
    ours = result(3, submission="33", program_version="1", mark=0)
    elder = result(program_version="0.9", on=date(2026, 6, 1))
    both = lines(elder=elder) + lines(older=older, second=second, ours=ours)
    found = advance(both, program, date(2026, 8, 1))
    start = "version 1 of the rules says how long a certificate holds and what it opens; what was "
    assert found.notes[:2] == (
        f"{start}passed by version 0.8 stays passed (second.result.json)",
        f"{start}passed by version 0.9 stays passed (elder.result.json, older.result.json)",
    )
    assert [each.state for each in found.standings] == ["certified", "certified", "not-passed"]


def test_a_level_that_the_program_does_not_have_is_told(program: Program) -> None:
    found = advance(lines(r=result(3)), program, date(2026, 8, 1))
    assert found.level == 3
    nine = result().model_copy(update={"level": 9})
    found = advance(lines(r=nine), program, date(2026, 8, 1))
    assert found.notes == ("r.result.json is about level 9, which own does not have",)
    assert found.level == 1
    assert [each.state for each in found.standings] == ["no-result"]


def test_several_submissions_at_a_level_may_be_of_several_people(program: Program) -> None:
    both = lines(
        a=result(program_version="1"), b=result(submission="22", program_version="1", mark=0)
    )
    (note,) = advance(both, program, date(2026, 8, 1)).notes
    assert note == (
        "2 submissions at level 1 stand under this name; if they are of two people, give each "
        "one's results by themselves"
    )


def test_an_open_appeal_is_told(program: Program) -> None:
    record = result(mark=0, appeal_until=date(2026, 8, 1), program_version="1")
    against = appeals_named(a=appeal(record, date(2026, 7, 5)))
    found = advance(trace(named(r=record), against).lines, program, date(2026, 7, 6))
    assert found.notes == ("a.appeal.json: an appeal of 2026-07-05 is not decided yet",)


def test_the_result_that_counts_is_told_where_there_were_others(program: Program) -> None:
    record = result(mark=0, appeal_until=date(2026, 8, 1), program_version="1")
    ruling = decided(appeal(record, date(2026, 7, 5)), date(2026, 7, 20))
    second = outcome_of(ruling, record)
    found = advance(lines(first=record, last=second), program, date(2026, 8, 1))
    assert found.notes == ("last.result.json counts; it came after first.result.json",)
    again = decided(appeal(second, date(2026, 7, 21)), date(2026, 7, 30))
    three = lines(first=record, middle=second, last=outcome_of(again, second))
    assert advance(three, program, date(2026, 8, 1)).notes == (
        "last.result.json counts; it came after first.result.json, middle.result.json",
    )
