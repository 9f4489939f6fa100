"""The box on a case study's first page: the case in a minute."""

from collections.abc import Sequence
from dataclasses import dataclass

from casebook.domain.work.case_study import CaseStudy, Client, Pattern
from casebook.domain.work.sessions import Session
from casebook.language import _, ngettext
from casebook.language.terms import severity
from casebook.render.prose import plain
from casebook.render.views.readings import MeasureCourse, MotionCourse
from casebook.render.views.wording import (
    amount,
    days,
    degrees,
    first_sentences,
    on_side,
    sessions,
    unstopped,
    years,
)

_COMPLAINT_CHARACTERS = 230
_PATTERNS_SHOWN = 4
_MEASURES_SHOWN = 6
_MOTIONS_SHOWN = 3
_EVENTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what there is to say, line by line."""

    name: str
    lines: tuple[str, ...]


def summary(
    case: CaseStudy,
    courses: Sequence[MeasureCourse],
    motions: Sequence[MotionCourse] = (),
    *,
    drawn: bool = False,
) -> tuple[Fact, ...]:
    """Client, complaint, pattern, sessions and measures; only what the case study tells.

    Args:
        case: The record.
        courses: Its measures from first to last.
        motions: Its ranges of motion from first to last.
        drawn: Whether a map beneath shows the pattern, which then needs no words.
    """
    complaint = plain(case.presentation.complaint) if case.presentation else ""
    facts = (
        Fact(_("Client"), (client_line(case.client),)),
        Fact(
            _("Complaint"),
            (first_sentences(complaint, _COMPLAINT_CHARACTERS),) if complaint else (),
        ),
        Fact(_("Sessions"), (_sessions(case.sessions),) if case.sessions else ()),
        Fact(_("Measures"), _first(_MEASURES_SHOWN, [_measure(course) for course in courses])),
        Fact(_("Range of motion"), _first(_MOTIONS_SHOWN, _motions(motions))),
        Fact(_("Adverse events"), _first(_EVENTS_SHOWN, _adverse(case))),
        Fact(_("Pattern"), () if drawn else _first(_PATTERNS_SHOWN, _patterns(case.patterns))),
    )
    return tuple(fact for fact in facts if fact.lines)


def client_line(client: Client) -> str:
    """The client in a line: pseudonym, age, gender, occupation."""
    age = years(client.age) if client.age is not None else None
    return ", ".join(
        word for word in (client.pseudonym, age, client.gender, client.occupation) if word
    )


def pattern_line(pattern: Pattern) -> str:
    """Who is inhibited, and who does the work."""
    inhibited = on_side(pattern.inhibited.structure, pattern.inhibited.side)
    facilitated = on_side(pattern.facilitated.structure, pattern.facilitated.side)
    return _("{inhibited}, inhibited; its work is done by {facilitated}").format(
        inhibited=inhibited, facilitated=facilitated
    )


def _patterns(patterns: Sequence[Pattern]) -> list[str]:
    return [pattern_line(each) for each in patterns]


def _first(most: int, lines: Sequence[str]) -> tuple[str, ...]:
    """As many lines as the page has room for, and how many are left out."""
    more = len(lines) - most
    if more <= 0:
        return tuple(lines)
    left = ngettext("and {count} more", "and {count} more", more).format(count=more)
    return (*lines[:most], left)


def _sessions(held: Sequence[Session]) -> str:
    span = held[-1].day - held[0].day
    if not span:
        return sessions(len(held))
    return _("{sessions} within {days}").format(sessions=sessions(len(held)), days=days(span))


def _measure(course: MeasureCourse) -> str:
    first, last = course.readings[0][1], course.readings[-1][1]
    if len(course.readings) == 1:
        return _("{measure} {value}, measured once").format(
            measure=course.short, value=amount(first, course.unit)
        )
    return _("{measure} {first} → {last}, {verdict}").format(
        measure=course.short,
        first=amount(first),
        last=amount(last, course.unit),
        verdict=course.verdict,
    )


def _motions(motions: Sequence[MotionCourse]) -> list[str]:
    """The movements that were read more than once."""
    return [
        _("{measure} {first} → {last}, {verdict}").format(
            measure=each.movement,
            first=degrees(each.readings[0][1]),
            last=degrees(each.readings[-1][1]),
            verdict=each.verdict,
        )
        for each in motions
        if len(each.readings) > 1
    ]


def _adverse(case: CaseStudy) -> tuple[str, ...]:
    events = [
        _("{event} ({severity}, day {day})").format(
            event=unstopped(each.event), severity=severity(each.severity), day=session.day
        )
        for session in case.sessions
        for each in session.adverse_events
    ]
    return tuple(events)
