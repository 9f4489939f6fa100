"""How a candidate stands with each of a level's requirements, and why."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from casebook.domain.portfolio import Portfolio
from casebook.domain.program import CertificationLevel
from casebook.domain.record import clock
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
        short = "the portfolio counts practice" if until < on else "practice lasts"
        return _unmet(
            f"{short} until {min(until, on)}, and a practice of {_months(need.months_of_practice)} "
            f"ends on {earliest}",
            "go on practising, then set `practice.until` to the last day"
            if until < on else "go on practising",
            earliest,
        )  # fmt: skip
    return _met(f"from {main.course.finished} to {min(until, on)}")


def _case_studies(need: CaseStudiesRequirement, portfolio: Portfolio, _: date) -> dict[str, Any]:
    cases = [piece.record for piece in portfolio.cases]
    unread = [path for path in portfolio.unread if path.startswith("cases/")]
    if len(cases) + len(unread) < need.count:
        missing = need.count - len(cases) - len(unread)
        return _unmet(
            f"there are {len(cases) + len(unread)} of {need.count} case studies",
            f"add {missing} more as {'a file' if missing == 1 else 'files'} in cases/",
        )
    clients = {case.client.pseudonym.casefold() for case in cases}
    if need.different_clients and len(clients) + len(unread) < need.count:
        return _unmet(
            f"they are about {len(clients)} client{'s' * (len(clients) != 1)}; "
            f"{need.count} different ones are asked for",
            "write about other clients, or correct a pseudonym that is used twice",
        )
    for case in cases:
        if len(case.sessions) < need.sessions_each:
            return _unmet(
                f"'{case.id}' has {len(case.sessions)} of {need.sessions_each} sessions",
                "add the missing sessions",
            )
        span = case.sessions[-1].day - case.sessions[0].day if case.sessions else 0
        if need.within_months and span > need.within_months * _DAYS_A_MONTH:
            return _unmet(
                f"'{case.id}' takes {span} days; at most {_months(need.within_months)} are allowed",
                "choose sessions that lie closer together",
            )
    return _met(f"{len(cases)} case studies of {len(clients)} clients")


def _observed(need: ObservedSessionsRequirement, portfolio: Portfolio, _: date) -> dict[str, Any]:
    sessions = [piece.record for piece in portfolio.observations]
    unread = [path for path in portfolio.unread if path.startswith("observation")]
    if len(sessions) + len(unread) < need.count:
        return _unmet(
            f"there are {len(sessions)} of {need.count} observed sessions",
            "arrange a session with an approved examiner; it is recorded in observation.yaml",
        )
    for session in sessions:
        if session.duration is None:
            continue
        shortest, longest = need.minutes_at_least, need.minutes_at_most
        minutes = session.duration / 60
        if (shortest and minutes < shortest) or (longest and minutes > longest):
            wanted = " to ".join(f"{each:g}" for each in (shortest, longest) if each)
            return _unmet(
                f"'{session.id}' lasts {clock(session.duration)}; {wanted} minutes are asked for",
                "correct `duration`, or have another session observed",
            )
    return _met(f"{len(sessions)} observed session{'s' * (len(sessions) != 1)}")


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
    return f"{count} month{'s' * (count != 1)}"


_JUDGES: Final[Mapping[type, Callable[..., dict[str, Any]]]] = {
    CourseRequirement: _course,
    PracticeRequirement: _practice,
    CaseStudiesRequirement: _case_studies,
    ObservedSessionsRequirement: _observed,
    PreviousLevelRequirement: _certificate,
    DeadlineRequirement: _deadline,
}
