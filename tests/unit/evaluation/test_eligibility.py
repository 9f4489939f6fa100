"""Every requirement is held against the portfolio, with why, what next, and the earliest date."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.outcome.results import Eligibility, RequirementResult
from casebook.domain.portfolio import Portfolio
from casebook.domain.program.program import Program
from casebook.evaluation.eligibility import judge_eligibility, months_later

MakeProgram: TypeAlias = Callable[..., Program]
MakePortfolio: TypeAlias = Callable[..., Portfolio]
Judge: TypeAlias = Callable[..., RequirementResult]

TODAY = date(2026, 7, 1)
COURSE = "course: {finished: 2026-02-15, hours: 15}\n"


@pytest.mark.parametrize(
    "day, months, later",
    [
        ("2026-02-15", 1, "2026-03-15"),
        ("2026-01-31", 1, "2026-02-28"),  # February has no 31st
        ("2024-01-31", 1, "2024-02-29"),  # a leap year
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", 0, "2026-03-31"),
        ("1900-01-31", 1, "1900-02-28"),  # 1900 was no leap year
        ("2000-01-31", 1, "2000-02-29"),  # 2000 was one
        ("2026-02-28", 1, "2026-03-28"),  # a month's last day is not kept as such
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day: str, months: int, later: str) -> None:
    """Where the later month is shorter, its last day stands for the day it lacks."""
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS, st.integers(0, 120))
def test_months_later_counts_whole_months(day: date, months: int) -> None:
    """The calendar moves by exactly that many months, and the day never grows."""
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS, st.integers(0, 120))
def test_months_later_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    """Who begins later is never done earlier."""
    assert (one <= other) <= (months_later(one, months) <= months_later(other, months))


@pytest.fixture
def judge(make_program: MakeProgram, make_portfolio: MakePortfolio) -> Judge:
    """Judges a portfolio by one requirement."""

    def one(need: dict[str, Any], text: str = "", on: date = TODAY, **works: Any) -> Any:  # noqa: ANN401
        program = make_program(({"id": "r", "says": "Do it."} | need,))
        portfolio = make_portfolio(text, program=program, **works)
        (result,) = judge_eligibility(portfolio, program.rules.levels[0], on).requirements
        return result

    return one


NEEDS_COURSE = {"needs": "course", "course_hours": 15}


@pytest.mark.parametrize(
    "text, met, why, earliest",
    [
        ("", False, "no course is given", None),
        (COURSE, True, "15 hours, finished on 2026-02-15", None),
        ("course: {finished: 2026-02-15, hours: 12.5}", False,
         "the course had 12.5 of 15 hours", None),
        ("course: {finished: 2026-07-02, hours: 15}", False,
         "the course ends on 2026-07-02", "2026-07-02"),
        ("course: {finished: 2026-07-01, hours: 15}", True, "15 hours, finished on 2026-07-01",
         None),
    ],
)  # fmt: skip
def test_a_course_is_finished_and_long_enough(
    judge: Judge, text: str, met: bool, why: str, earliest: str | None
) -> None:
    """On its last day the course is finished; a day before, that day is the earliest."""
    found = judge(NEEDS_COURSE, text)
    assert (found.met, found.why, found.earliest) == (met, why, earliest)
    assert found.next_step or met


NEEDS_PRACTICE = {"needs": "practice", "months_of_practice": 1}


@pytest.mark.parametrize(
    "text, on, met, earliest",
    [
        (COURSE, "2026-03-14", False, "2026-03-15"),
        (COURSE, "2026-03-15", True, None),
        (COURSE + "practice: {until: 2026-03-15}", "2026-07-01", True, None),
        # The time is over, but the portfolio stops counting before: waiting does not help.
        (COURSE + "practice: {until: 2026-03-14}", "2026-07-01", False, None),
        (COURSE + "practice: {until: 2026-03-14}", "2026-03-15", False, None),
        (COURSE + "practice: {until: 2026-03-01}", "2026-03-10", False, "2026-03-15"),
        # A day still to come does not count as practised.
        (COURSE + "practice: {until: 2026-12-31}", "2026-03-01", False, "2026-03-15"),
        ("", "2026-07-01", False, None),
    ],
)
def test_practice_lasts_whole_months_after_the_course(
    judge: Judge, text: str, on: str, met: bool, earliest: str | None
) -> None:
    """One month after 15 February is 15 March, that day included."""
    found = judge(NEEDS_PRACTICE, text, date.fromisoformat(on))
    assert (found.met, found.earliest) == (met, earliest)


@given(DAYS, st.integers(1, 120))
def test_practice_is_met_on_its_earliest_day(
    make_program: MakeProgram, make_portfolio: MakePortfolio, finished: date, months: int
) -> None:
    """Whenever the course ended: unmet on that day, and met on the day that is then named."""
    need = {"id": "r", "says": "Do it.", "needs": "practice", "months_of_practice": months}
    level = make_program((need,)).rules.levels[0]
    portfolio = make_portfolio(f"course: {{finished: {finished}, hours: 15}}")
    first = judge_eligibility(portfolio, level, finished)
    assert first.earliest is not None
    assert not first.eligible
    then = date.fromisoformat(first.earliest)
    assert judge_eligibility(portfolio, level, then).eligible
    assert not judge_eligibility(portfolio, level, then - timedelta(days=1)).eligible


def test_practice_without_a_last_day_is_counted_until_today(judge: Judge) -> None:
    """A summary alone says nothing of an end, and a day still to come is not yet practised."""
    for practice in ("summary: Twice a week.", "until: 2026-12-31"):
        found = judge(NEEDS_PRACTICE, f"{COURSE}practice: {{{practice}}}")
        assert (found.met, found.why) == (True, "from 2026-02-15 to 2026-07-01")


def test_practice_that_goes_on_has_only_to_go_on(judge: Judge) -> None:
    """Three months after 15 February are over on 15 May."""
    need = NEEDS_PRACTICE | {"months_of_practice": 3}
    found = judge(need, COURSE, date(2026, 5, 14))
    assert found.why == (
        "3 months of practice would last until 2026-05-15; so far it lasts until 2026-05-14"
    )
    assert found.next_step == "go on practising"


def test_practice_counted_too_short_is_to_be_corrected(judge: Judge) -> None:
    """The remedy names the key and the first day that is enough."""
    found = judge(NEEDS_PRACTICE, COURSE + "practice: {until: 2026-03-14}")
    assert found.why == (
        "1 month of practice would last until 2026-03-15; it is counted until 2026-03-14"
    )
    assert found.next_step is not None
    assert "`practice.until` to 2026-03-15 or later" in found.next_step


def case(name: str, days: str = "0, 7", more: str = "") -> str:
    sessions = ", ".join(f"{{day: {day}}}" for day in days.split(", ") if day)
    return (
        f"id: {name.lower()}\nclient: {{pseudonym: Client {name}}}\nsessions: [{sessions}]\n{more}"
    )


NEEDS_CASES = {"needs": "case-studies", "count": 2, "sessions_each": 2, "within_months": 1}


@pytest.mark.parametrize(
    "cases, unread, why",
    [
        ((), (), "there are 0 of 2 case studies"),
        ((case("A"),), (), "there is 1 of 2 case studies"),
        ((case("A"), case("A")), (), "they are about 1 client; 2 different ones are asked for"),
        ((case("A"), case("B", "0")), (), "'b' has 1 of 2 sessions"),
        # A month has 30.4 days on average, so 31 days are too many.
        ((case("A", "0, 31"), case("B")), (), "'a' takes 31 days; the limit is 1 month"),
        ((case("A"), "id: b\nclient: {pseudonym: Client B}\n"), (), "'b' has 0 of 2 sessions"),
        # The same name in other capitals is the same client.
        (
            (case("A"), "id: b\nclient: {pseudonym: client a}\n"),
            (),
            "they are about 1 client; 2 different ones are asked for",
        ),
        # An observation that cannot be read is no case study.
        ((case("A"),), ("observation.yaml",), "there is 1 of 2 case studies"),
    ],
)
def test_case_studies_are_counted_and_looked_into(
    judge: Judge, cases: tuple[str, ...], unread: tuple[str, ...], why: str
) -> None:
    """Too few, about one client twice, too few sessions or too long a time."""
    found = judge(NEEDS_CASES, cases=cases, unread=unread)
    assert (found.met, found.why) == (False, why)
    assert found.next_step


@pytest.mark.parametrize(
    "cases, unread",
    [
        ((case("A"), case("B", "0, 30")), ()),
        # One file could not be read, and may be the second one.
        ((case("A"),), ("cases/b.yaml",)),
        # Two cases that name no client may be about two.
        (("id: a\nclient: {age: 46}\nsessions: [{day: 0}, {day: 1}]\n",) * 2, ()),
        # Sessions that are written but broken have their own finding.
        ((case("A"), "id: b\nclient: {pseudonym: B}\nsessions: none\n"), ()),
    ],
)
def test_what_cannot_be_read_is_not_held_against_the_candidate(
    judge: Judge, cases: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    """A broken file counts as there, since its own finding says what is wrong."""
    assert judge(NEEDS_CASES, cases=cases, unread=unread).met


@pytest.mark.parametrize(
    "there, next_step",
    [(1, "add 2 more as files in cases/"), (2, "add 1 more as a file in cases/")],
)
def test_missing_case_studies_are_asked_for(judge: Judge, there: int, next_step: str) -> None:
    """The remedy says how many more."""
    found = judge({"needs": "case-studies", "count": 3}, cases=(case("A"), case("B"))[:there])
    assert found.next_step == next_step


def test_what_is_met_is_counted_in_words(judge: Judge) -> None:
    """Singular and plural."""
    need = {"needs": "case-studies", "count": 1}
    assert judge(need, cases=(case("A"),)).why == "1 case study of 1 client"
    assert judge(need, cases=(case("A"), case("B"))).why == "2 case studies of 2 clients"


def test_one_more_case_of_a_client_does_no_harm(judge: Judge) -> None:
    """Three cases of two clients are enough where two clients are asked for."""
    found = judge(NEEDS_CASES, cases=(case("A"), case("A"), case("B")))
    assert (found.met, found.why) == (True, "3 case studies of 2 clients")


@pytest.mark.parametrize(
    "months, last_day, met",
    [
        (6, 182, True),
        (6, 183, False),  # 6 * 30.4375 = 182.6
        (16, 487, True),  # 16 * 30.4375 = 487 exactly
        (16, 488, False),
    ],
)
def test_a_case_takes_from_its_first_day_to_its_last(
    judge: Judge, months: int, last_day: int, met: bool
) -> None:
    """A month is 30.4375 days on average; in whatever order the sessions stand."""
    need = {"needs": "case-studies", "count": 1, "within_months": months}
    found = judge(need, cases=(case("A", f"3, {last_day + 3}, 20"),))
    assert found.met is met


def test_a_case_without_sessions_takes_no_time(judge: Judge) -> None:
    """Where no session is asked for, none is missed and none lies too far from another."""
    need = {"needs": "case-studies", "count": 1, "sessions_each": 0, "within_months": 1}
    assert judge(need, cases=("client: {pseudonym: Client A}\n",)).met


def test_a_program_may_take_one_client_again(judge: Judge) -> None:
    """Without the rule of different clients, two cases of one client are enough."""
    need = {"needs": "case-studies", "count": 2, "different_clients": False}
    assert judge(need, cases=(case("A"), case("A"))).met


NEEDS_SESSION = {
    "needs": "observed-sessions", "count": 1, "minutes_at_least": 25, "minutes_at_most": 40,
}  # fmt: skip


@pytest.mark.parametrize(
    "text, met, why",
    [
        ('duration: "31:20"', True, "1 observed session"),
        ('duration: "25:00"', True, "1 observed session"),
        ('duration: "24:59"', False,
         "'observed' lasts 24:59; at least 25 and at most 40 minutes are asked for"),
        ('duration: "40:01"', False,
         "'observed' lasts 40:01; at least 25 and at most 40 minutes are asked for"),
        ("", False, "'observed' does not say how long it was"),
        ("duration: long", True, "1 observed session"),  # it has its own finding
    ],
)  # fmt: skip
def test_an_observed_session_has_a_length(judge: Judge, text: str, met: bool, why: str) -> None:
    """Between both limits, which count as inside."""
    found = judge(NEEDS_SESSION, observations=(text,))
    assert (found.met, found.why) == (met, why)


@pytest.mark.parametrize(
    "bounds, duration, wanted",
    [
        ({"minutes_at_least": 25}, "1:00:00", None),
        ({"minutes_at_least": 25}, "24:59", "at least 25"),
        ({"minutes_at_most": 32.5}, "32:30", None),
        ({"minutes_at_most": 32.5}, "32:31", "at most 32.5"),
    ],
)
def test_a_length_may_have_one_limit(
    judge: Judge, bounds: dict[str, float], duration: str, wanted: str | None
) -> None:
    """Only the limit that the program sets is asked for."""
    need = {"needs": "observed-sessions", "count": 1} | bounds
    found = judge(need, observations=(f'duration: "{duration}"',))
    assert found.met is (wanted is None)
    if wanted:
        assert found.why == f"'observed' lasts {duration}; {wanted} minutes are asked for"


def test_several_sessions_are_counted(judge: Judge) -> None:
    """One of two is too few, two are enough, and each of them must be long enough."""
    need = {"needs": "observed-sessions", "count": 2, "minutes_at_least": 25}
    long, short = 'duration: "31:20"', 'duration: "12:00"'
    assert judge(need, observations=(long,)).why == "there is 1 of 2 observed sessions"
    assert judge(need, observations=(long, long)).why == "2 observed sessions"
    assert not judge(need, observations=(long, short)).met


def test_sessions_are_counted(judge: Judge) -> None:
    """None is too few, an unreadable one counts, and without limits no length is asked for."""
    assert judge(NEEDS_SESSION).why == "there are 0 of 1 observed session"
    assert judge(NEEDS_SESSION, unread=("observation.yaml",)).met
    assert judge({"needs": "observed-sessions", "count": 1}, observations=("",)).met


NEEDS_CERTIFICATE = {"needs": "certificate", "level_held": 1}


@pytest.mark.parametrize(
    "held, met, why, earliest",
    [
        ("", False, "no certificate for level 1 is given", None),
        ("{program: own, level: 1, issued: 2025-01-01}", True,
         "level 1 certified on 2025-01-01", None),
        ("{program: other, level: 1, issued: 2025-01-01}", False,
         "no certificate for level 1 is given", None),
        ("{program: own, level: 2, issued: 2025-01-01}", False,
         "no certificate for level 1 is given", None),
        ("{program: own, level: 1, issued: 2024-01-01, expires: 2026-06-30}", False,
         "it ended on 2026-06-30", None),
        ("{program: own, level: 1, issued: 2024-01-01, expires: 2026-07-01}", True,
         "level 1 certified on 2024-01-01", None),
        ("{program: own, level: 1, issued: 2026-08-01}", False,
         "it is issued on 2026-08-01", "2026-08-01"),
        ("{program: own, level: 1, issued: 2026-07-01}", True,
         "level 1 certified on 2026-07-01", None),
        # Renewed, and the first one of the two has ended.
        (("{program: own, level: 1, issued: 2022-01-01, expires: 2024-01-01}, "
          "{program: own, level: 1, issued: 2024-01-01}"), True,
         "level 1 certified on 2024-01-01", None),
        # Ended, and the renewed one is still to come.
        (("{program: own, level: 1, issued: 2026-08-01}, "
          "{program: own, level: 1, issued: 2024-01-01, expires: 2026-06-30}"), False,
         "it is issued on 2026-08-01", "2026-08-01"),
        # Both have ended: the later one counts, wherever it stands.
        (("{program: own, level: 1, issued: 2024-01-01, expires: 2026-06-30}, "
          "{program: own, level: 1, issued: 2022-01-01, expires: 2024-01-01}"), False,
         "it ended on 2026-06-30", None),
    ],
)  # fmt: skip
def test_a_certificate_is_of_this_program_and_holds_today(
    judge: Judge, held: str, met: bool, why: str, earliest: str | None
) -> None:
    """Another program's, another level's, an expired one and one still to come do not count."""
    found = judge(NEEDS_CERTIFICATE, f"certificates: [{held}]")
    assert (found.met, found.why, found.earliest) == (met, why, earliest)


def test_a_deadline_counts_from_the_course(judge: Judge) -> None:
    """Six months after 15 February is 15 August: in time on that day, late on the next."""
    need = {"needs": "deadline", "months_after_course": 6, "consequence": "It costs more."}
    assert judge(need, COURSE, date(2026, 8, 15)).met
    late = judge(need, COURSE, date(2026, 8, 16))
    assert (late.met, late.why, late.next_step) == (
        False, "the last day was 2026-08-15", "It costs more.",
    )  # fmt: skip
    assert not judge(need, "").met


@pytest.fixture
def whole(make_program: MakeProgram, make_portfolio: MakePortfolio) -> Callable[..., Eligibility]:
    """Judges a portfolio by several requirements."""

    def judged(text: str, on: date, *needs: dict[str, Any]) -> Eligibility:
        requirements = tuple({"id": f"r{n}", "says": "Do."} | need for n, need in enumerate(needs))
        program = make_program(requirements)
        portfolio = make_portfolio(text, program=program)
        return judge_eligibility(portfolio, program.rules.levels[0], on)

    return judged


def test_all_hard_requirements_decide_and_soft_ones_do_not(
    whole: Callable[..., Eligibility],
) -> None:
    """A soft requirement that is not met leaves the candidate eligible."""
    soft = NEEDS_PRACTICE | {"strength": "soft"}
    assert whole(COURSE, date(2026, 2, 20), NEEDS_COURSE, soft).eligible
    assert not whole(COURSE, date(2026, 2, 20), NEEDS_COURSE, NEEDS_PRACTICE).eligible


def test_the_earliest_day_is_the_latest_of_all_that_have_to_be_waited_for(
    whole: Callable[..., Eligibility],
) -> None:
    """Course until 15 February and practice until 15 March: 15 March."""
    found = whole(COURSE, date(2026, 2, 1), NEEDS_COURSE, NEEDS_PRACTICE)
    assert [each.earliest for each in found.requirements] == ["2026-02-15", "2026-03-15"]
    assert found.earliest == "2026-03-15"


def test_a_soft_wait_does_not_lengthen_a_hard_one(whole: Callable[..., Eligibility]) -> None:
    """The course is waited for until 15 February, whatever is advised after it."""
    soft = NEEDS_PRACTICE | {"strength": "soft"}
    found = whole(COURSE, date(2026, 2, 1), NEEDS_COURSE, soft)
    assert found.earliest == "2026-02-15"
    assert [each.strength for each in found.requirements] == ["hard", "soft"]


def test_a_level_that_asks_for_nothing_is_open_to_all(
    make_program: MakeProgram, make_portfolio: MakePortfolio
) -> None:
    """Without a requirement nothing is unmet and nothing is waited for."""
    level = make_program().rules.levels[0].model_copy(update={"requirements": ()})
    found = judge_eligibility(make_portfolio(), level, TODAY)
    assert (found.eligible, found.requirements, found.earliest) == (True, (), None)
    assert (found.program, found.level, found.on) == ("Own", 1, "2026-07-01")


def test_where_waiting_alone_does_not_help_there_is_no_earliest_day(
    whole: Callable[..., Eligibility],
) -> None:
    """A missing case study has no date, so neither has the whole; nor has one who is eligible."""
    found = whole(COURSE, date(2026, 2, 1), NEEDS_COURSE, {"needs": "case-studies", "count": 1})
    assert found.earliest is None
    assert whole(COURSE, TODAY, NEEDS_COURSE).earliest is None
    assert whole(COURSE, TODAY, NEEDS_COURSE).level_name == "One"


@pytest.mark.parametrize("on, met", [(date(2026, 8, 15), True), (date(2026, 8, 16), False)])
def test_a_time_limit_tells_its_last_day(judge: Judge, on: date, met: bool) -> None:
    """Six months after 15 February end with 15 August, kept or not; other needs tell none."""
    need = {"needs": "deadline", "months_after_course": 6, "consequence": "It costs more."}
    result = judge(need, COURSE, on)
    assert (result.met, result.until) == (met, "2026-08-15")
    assert judge(NEEDS_COURSE, COURSE, on).until is None
