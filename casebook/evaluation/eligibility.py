"""How a candidate stands with each of a level's requirements, and why."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from casebook.domain.outcome.results import Eligibility, RequirementResult
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.program.program import CertificationLevel
from casebook.domain.program.requirements import (
    CaseStudiesRequirement,
    CourseRequirement,
    DeadlineRequirement,
    ObservedSessionsRequirement,
    PracticeRequirement,
    PreviousLevelRequirement,
    Requirement,
)
from casebook.domain.record import MISSING_TEXT, clock
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.language import _, ngettext
from casebook.language.forms import decimal

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
        return _unmet(_("no course is given"), _("add `course` with its last day and hours"))
    if course.finished > on:
        return _unmet(
            _("the course ends on {day}").format(day=course.finished),
            _("wait until it is finished"),
            course.finished,
        )
    if course.hours < need.course_hours:
        return _unmet(
            _("the course had {hours} of {needed} hours").format(
                hours=decimal(course.hours), needed=decimal(need.course_hours)
            ),
            _("make up the missing hours and give the whole course"),
        )
    return _met(
        ngettext(
            "{hours} hour, finished on {day}",
            "{hours} hours, finished on {day}",
            1 if course.hours == 1 else 2,
        ).format(hours=decimal(course.hours), day=course.finished)
    )


def _practice(need: PracticeRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    main = portfolio.main.record
    if main.course is None:
        return _unmet(_("practice counts from the course, and none is given"), _("add `course`"))
    earliest = months_later(main.course.finished, need.months_of_practice)
    until = main.practice.until if main.practice and main.practice.until else on
    if min(until, on) >= earliest:
        return _met(
            _("from {first} to {last}").format(first=main.course.finished, last=min(until, on))
        )
    months = need.months_of_practice
    if until >= on:
        why = ngettext(
            "{months} month of practice would last until {end}; so far it lasts until {day}",
            "{months} months of practice would last until {end}; so far it lasts until {day}",
            months,
        )
        return _unmet(
            why.format(months=months, end=earliest, day=on), _("go on practising"), earliest
        )
    why = ngettext(
        "{months} month of practice would last until {end}; it is counted until {day}",
        "{months} months of practice would last until {end}; it is counted until {day}",
        months,
    )
    return _unmet(
        why.format(months=months, end=earliest, day=until),
        _("if you practised on, correct `practice.until` to {end} or later").format(end=earliest),
        earliest if earliest > on else None,
    )


def _case_studies(need: CaseStudiesRequirement, portfolio: Portfolio, _on: date) -> dict[str, Any]:
    cases = [piece.record for piece in portfolio.cases]
    # What cannot be read, or names no client, may still be what is asked for.
    unread = sum(path.startswith("cases/") for path in portfolio.unread)
    there = len(cases) + unread
    if there < need.count:
        missing = need.count - there
        return _unmet(
            ngettext(
                "there is {count} of {needed} case studies",
                "there are {count} of {needed} case studies",
                there,
            ).format(count=there, needed=need.count),
            ngettext(
                "add {count} more as a file in cases/",
                "add {count} more as files in cases/",
                missing,
            ).format(count=missing),
        )
    named = [case.client.pseudonym.casefold() for case in cases]
    clients = len(set(named) - {MISSING_TEXT}) + named.count(MISSING_TEXT)
    if need.different_clients and clients + unread < need.count:
        return _unmet(
            ngettext(
                "they are about {count} client; {needed} different ones are asked for",
                "they are about {count} clients; {needed} different ones are asked for",
                clients,
            ).format(count=clients, needed=need.count),
            _("write about other clients, or correct a pseudonym that is used twice"),
        )
    for piece in portfolio.cases:
        if shortfall := _sessions_shortfall(need, piece):
            return shortfall
    return _met(
        _("{case_studies} of {clients}").format(
            case_studies=ngettext("{count} case study", "{count} case studies", len(cases)).format(
                count=len(cases)
            ),
            clients=ngettext("{count} client", "{count} clients", clients).format(count=clients),
        )
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
            _("'{case}' has {count} of {needed} sessions").format(
                case=case.id, count=len(days), needed=need.sessions_each
            ),
            _("add the missing sessions"),
        )
    if not days or not need.within_months:
        return None
    span = max(days) - min(days)
    if span <= need.within_months * _DAYS_A_MONTH:
        return None
    return _unmet(
        ngettext(
            "'{case}' takes {days} days; the limit is {months} month",
            "'{case}' takes {days} days; the limit is {months} months",
            need.within_months,
        ).format(case=case.id, days=span, months=need.within_months),
        _("choose sessions that lie closer together"),
    )


def _observed(need: ObservedSessionsRequirement, portfolio: Portfolio, _on: date) -> dict[str, Any]:
    unread = sum(path.startswith("observation") for path in portfolio.unread)
    there = len(portfolio.observations) + unread
    if there < need.count:
        return _unmet(
            ngettext(
                "there is {count} of {sessions}", "there are {count} of {sessions}", there
            ).format(count=there, sessions=_observed_sessions(need.count)),
            _("arrange a session with an approved examiner; it is recorded in observation.yaml"),
        )
    for piece in portfolio.observations:
        if shortfall := _length_shortfall(need, piece):
            return shortfall
    return _met(_observed_sessions(len(portfolio.observations)))


def _length_shortfall(
    need: ObservedSessionsRequirement, piece: Piece[Observation]
) -> dict[str, Any] | None:
    """Why a session's length is not as asked; nothing when it is written but cannot be read."""
    session, shortest, longest = piece.record, need.minutes_at_least or 0, need.minutes_at_most
    if not shortest and longest is None:
        return None
    if session.duration is None:
        if piece.places.holds("duration"):
            return None
        return _unmet(
            _("'{session}' does not say how long it was").format(session=session.id),
            _('add `duration` as minutes and seconds: "31:20"'),
        )
    minutes = session.duration / 60
    if shortest <= minutes and (longest is None or minutes <= longest):
        return None
    if longest is None:
        words = _("'{session}' lasts {length}; at least {shortest} minutes are asked for")
    elif not shortest:
        words = _("'{session}' lasts {length}; at most {longest} minutes are asked for")
    else:
        words = _(
            "'{session}' lasts {length}; at least {shortest} and at most {longest} minutes are "
            "asked for"
        )
    return _unmet(
        words.format(
            session=session.id,
            length=clock(session.duration),
            shortest=decimal(shortest),
            longest=decimal(longest or 0),
        ),
        _("correct `duration`, or have another session observed"),
    )


def _certificate(need: PreviousLevelRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    held = [
        each
        for each in portfolio.main.record.certificates
        if each.program == portfolio.program.rules.id and each.level == need.level_held
    ]
    if not held:
        return _unmet(
            _("no certificate for level {level} is given").format(level=need.level_held),
            _("get certified at level {level} first, then add it under `certificates`").format(
                level=need.level_held
            ),
        )
    holding = [
        each for each in held if each.issued <= on and (not each.expires or each.expires >= on)
    ]
    if not holding:
        latest = max(held, key=lambda each: each.issued)
        if latest.issued > on:
            return _unmet(
                _("it is issued on {day}").format(day=latest.issued),
                _("wait until then"),
                latest.issued,
            )
        return _unmet(
            _("it ended on {day}").format(day=latest.expires),
            _("get recertified, then give the new date"),
        )
    return _met(
        _("level {level} certified on {day}").format(level=need.level_held, day=holding[0].issued)
    )


def _deadline(need: DeadlineRequirement, portfolio: Portfolio, on: date) -> dict[str, Any]:
    course = portfolio.main.record.course
    if course is None:
        return _unmet(_("the time counts from the course, and none is given"), _("add `course`"))
    last = months_later(course.finished, need.months_after_course)
    limit = {"until": last.isoformat()}
    if on > last:
        return _unmet(_("the last day was {day}").format(day=last), need.consequence) | limit
    return _met(_("the last day is {day}").format(day=last)) | limit


def _observed_sessions(count: int) -> str:
    return ngettext("{count} observed session", "{count} observed sessions", count).format(
        count=count
    )


_JUDGES: Final[Mapping[type, Callable[..., dict[str, Any]]]] = {
    CourseRequirement: _course,
    PracticeRequirement: _practice,
    CaseStudiesRequirement: _case_studies,
    ObservedSessionsRequirement: _observed,
    PreviousLevelRequirement: _certificate,
    DeadlineRequirement: _deadline,
}
