"""How a candidate stands with each of a level's requirements, and why."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from casebook.domain.case_study import CaseStudy
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.program import CertificationLevel
from casebook.domain.record import MISSING_TEXT, clock
from casebook.domain.requirements import (
    CaseStudiesRequirement,
    CourseRequirement,
    DeadlineRequirement,
    ObservedSessionsRequirement,
    PracticeRequirement,
    PreviousLevelRequirement,
    Requirement,
)
from casebook.domain.results import Eligibility, RequirementResult

_DAYS_A_MONTH: Final = 30.4375
"""Mean length of a month: 365.25 / 12 days. For spans that are known in days alone."""


def months_later(day: date, months: int) -> date:
    """The same day some months later, or that month's last day when it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def judge_eligibility(portfolio: Portfolio, level: CertificationLevel, on: date) -> Eligibility:
    """Hold a portfolio against a level's requirements on the day ``on``."""
    results = tuple(_judge(each, portfolio, on) for each in level.requirements)
    open_hard = [each for each in results if each.strength == "hard" and not each.met]
    waiting = [each.earliest for each in open_hard]
    return Eligibility(
        program=portfolio.program.rules.name,
        level=level.level,
        level_name=level.name,
        on=on.isoformat(),
        eligible=not open_hard,
        requirements=results,
        earliest=max(filter(None, waiting)) if waiting and all(waiting) else None,
    )


def _judge(requirement: Requirement, portfolio: Portfolio, on: date) -> RequirementResult:
    verdict = _JUDGES[type(requirement)](requirement, portfolio, on)
    return RequirementResult(
        id=requirement.id, says=requirement.says, strength=requirement.strength, **verdict
    )


def _met(why: str) -> dict[str, Any]:
    return {"met": True, "why": why}


def _unmet(why: str, next_step: str, earliest: date | None = None) -> dict[str, Any]:
    found = earliest.isoformat() if earliest else None
    return {"met": False, "why": why, "next_step": next_step, "earliest": found}


def _course(need: CourseRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    course = portfolio.main.record.course
    if course is None:
        return _unmet("no course is given", "add `course` with its last day and hours")
    if course.finished > on:
        return _unmet(
            f"the course ends on {course.finished}", "wait until it is finished", course.finished
        )
    if course.hours < need.course_hours:
        return _unmet(
            f"the course had {course.hours:g} of {need.course_hours:g} hours",
            "make up the missing hours and give the whole course",
        )
    return _met(f"{course.hours:g} hours, finished on {course.finished}")


def _practice(need: PracticeRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    main = portfolio.main.record
    if main.course is None:
        return _unmet("practice counts from the course, and none is given", "add `course`")
    earliest = months_later(main.course.finished, need.months_of_practice)
    until = main.practice.until if main.practice and main.practice.until else on
    if min(until, on) < earliest:
        why = (
            f"{_months(need.months_of_practice)} of practice would last until {earliest}; "
            f"{'it is counted' if until < on else 'so far it lasts'} until {min(until, on)}"
        )
        if until < on:
            return _unmet(
                why,
                f"if you practised on, correct `practice.until` to {earliest} or later",
                earliest if earliest > on else None,
            )
        return _unmet(why, "go on practising", earliest)
    return _met(f"from {main.course.finished} to {min(until, on)}")


def _case_studies(need: CaseStudiesRequirement, portfolio: Portfolio, _: date) -> dict[str, Any]:
    cases = [piece.record for piece in portfolio.cases]
    # What cannot be read, or names no client, may still be what is asked for.
    unread = sum(path.startswith("cases/") for path in portfolio.unread)
    there = len(cases) + unread
    if there < need.count:
        missing = need.count - there
        return _unmet(
            f"there {'is' if there == 1 else 'are'} {there} of {need.count} case studies",
            f"add {missing} more as {'a file' if missing == 1 else 'files'} in cases/",
        )
    named = [case.client.pseudonym.casefold() for case in cases]
    clients = len(set(named) - {MISSING_TEXT}) + named.count(MISSING_TEXT)
    if need.different_clients and clients + unread < need.count:
        return _unmet(
            f"they are about {clients} client{'s' * (clients != 1)}; "
            f"{need.count} different ones are asked for",
            "write about other clients, or correct a pseudonym that is used twice",
        )
    for piece in portfolio.cases:
        if shortfall := _sessions_shortfall(need, piece):
            return shortfall
    return _met(
        f"{_count(len(cases), 'case study', 'case studies')} of {_count(clients, 'client')}"
    )


def _sessions_shortfall(
    need: CaseStudiesRequirement, piece: Piece[CaseStudy]
) -> dict[str, Any] | None:
    """What a case study's sessions lack; nothing when they are written but cannot be read."""
    case, days = piece.record, [session.day for session in piece.record.sessions]
    if not days and piece.places.holds("sessions"):
        return None
    if len(days) < need.sessions_each:
        return _unmet(
            f"'{case.id}' has {len(days)} of {need.sessions_each} sessions",
            "add the missing sessions",
        )
    span = max(days) - min(days) if days else 0
    if need.within_months and span > need.within_months * _DAYS_A_MONTH:
        return _unmet(
            f"'{case.id}' takes {span} days; the limit is {_months(need.within_months)}",
            "choose sessions that lie closer together",
        )
    return None


def _observed(need: ObservedSessionsRequirement, portfolio: Portfolio, _: date) -> dict[str, Any]:
    unread = sum(path.startswith("observation") for path in portfolio.unread)
    there = len(portfolio.observations) + unread
    if there < need.count:
        return _unmet(
            f"there {'is' if there == 1 else 'are'} {there} of "
            f"{_count(need.count, 'observed session')}",
            "arrange a session with an approved examiner; it is recorded in observation.yaml",
        )
    for piece in portfolio.observations:
        if shortfall := _length_shortfall(need, piece):
            return shortfall
    return _met(_count(len(portfolio.observations), "observed session"))


def _length_shortfall(
    need: ObservedSessionsRequirement, piece: Piece[Observation]
) -> dict[str, Any] | None:
    """Why a session's length is not as asked; nothing when it is written but cannot be read."""
    session, shortest, longest = piece.record, need.minutes_at_least, need.minutes_at_most
    if shortest is None and longest is None:
        return None
    if session.duration is None:
        if piece.places.holds("duration"):
            return None
        return _unmet(
            f"'{session.id}' does not say how long it was",
            'add `duration` as minutes and seconds: "31:20"',
        )
    minutes = session.duration / 60
    if (shortest or 0) <= minutes and (longest is None or minutes <= longest):
        return None
    bounds = ((shortest, "at least"), (longest, "at most"))
    wanted = " and ".join(f"{words} {each:g}" for each, words in bounds if each is not None)
    return _unmet(
        f"'{session.id}' lasts {clock(session.duration)}; {wanted} minutes are asked for",
        "correct `duration`, or have another session observed",
    )


def _certificate(need: PreviousLevelRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    held = [
        each
        for each in portfolio.main.record.certificates
        if each.program == portfolio.program.rules.id and each.level == need.level_held
    ]
    if not held:
        return _unmet(
            f"no certificate for level {need.level_held} is given",
            f"get certified at level {need.level_held} first, then add it under `certificates`",
        )
    holding = [
        each for each in held if each.issued <= on and (not each.expires or each.expires >= on)
    ]
    if not holding:
        latest = max(held, key=lambda each: each.issued)
        if latest.issued > on:
            return _unmet(f"it is issued on {latest.issued}", "wait until then", latest.issued)
        return _unmet(f"it ended on {latest.expires}", "get recertified, then give the new date")
    return _met(f"level {need.level_held} certified on {holding[0].issued}")


def _deadline(need: DeadlineRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    course = portfolio.main.record.course
    if course is None:
        return _unmet("the time counts from the course, and none is given", "add `course`")
    last = months_later(course.finished, need.months_after_course)
    if on > last:
        return _unmet(f"the last day was {last}", need.consequence)
    return _met(f"the last day is {last}")


def _months(count: int) -> str:
    return _count(count, "month")


def _count(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


_JUDGES: Final[Mapping[type, Callable[..., dict[str, Any]]]] = {
    CourseRequirement: _course,
    PracticeRequirement: _practice,
    CaseStudiesRequirement: _case_studies,
    ObservedSessionsRequirement: _observed,
    PreviousLevelRequirement: _certificate,
    DeadlineRequirement: _deadline,
}
