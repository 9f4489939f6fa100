"""The box on a case study's first page: the case in a minute."""

from collections.abc import Sequence
from dataclasses import dataclass

from casebook.domain.case_study import CaseStudy, Client, Pattern
from casebook.domain.sessions import Session
from casebook.render.prose import plain
from casebook.render.views.outcomes import MeasureCourse
from casebook.render.views.wording import amount, counted, first_sentences, on_side, unstopped

_COMPLAINT_CHARACTERS = 230
_PATTERNS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what there is to say, line by line."""

    name: str
    lines: tuple[str, ...]


def summary(case: CaseStudy, courses: Sequence[MeasureCourse]) -> tuple[Fact, ...]:
    """Client, complaint, pattern, sessions and measures; only what the case study tells."""
    complaint = plain(case.presentation.complaint) if case.presentation else ""
    facts = (
        Fact("Client", (client_line(case.client),)),
        Fact(
            "Complaint", (first_sentences(complaint, _COMPLAINT_CHARACTERS),) if complaint else ()
        ),
        Fact("Pattern", _patterns(case.patterns)),
        Fact("Sessions", (_sessions(case.sessions),) if case.sessions else ()),
        Fact("Measures", tuple(_measure(course) for course in courses)),
        Fact("Adverse events", _adverse(case)),
    )
    return tuple(fact for fact in facts if fact.lines)


def client_line(client: Client) -> str:
    """The client in a line: pseudonym, age, gender, occupation."""
    age = counted(client.age, "year") if client.age is not None else None
    return ", ".join(
        word for word in (client.pseudonym, age, client.gender, client.occupation) if word
    )


def pattern_line(pattern: Pattern) -> str:
    """Who is inhibited, and who does the work."""
    inhibited = on_side(pattern.inhibited.structure, pattern.inhibited.side)
    facilitated = on_side(pattern.facilitated.structure, pattern.facilitated.side)
    return f"{inhibited}, inhibited; its work is done by {facilitated}"


def _patterns(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    lines = [pattern_line(each) for each in patterns[:_PATTERNS_SHOWN]]
    more = len(patterns) - len(lines)
    return (*lines, f"and {more} more") if more else tuple(lines)


def _sessions(sessions: Sequence[Session]) -> str:
    days = sessions[-1].day - sessions[0].day
    within = f" within {counted(days, 'day')}" if days else ""
    return f"{counted(len(sessions), 'session')}{within}"


def _measure(course: MeasureCourse) -> str:
    first, last = course.readings[0][1], course.readings[-1][1]
    if len(course.readings) == 1:
        return f"{course.short} {amount(first, course.unit)}, measured once"
    reached = course.reached
    important = (
        f"; {reached.label} change is {amount(reached.amount, course.unit)}" if reached else ""
    )
    values = f"{amount(first)} → {amount(last, course.unit)}"
    return f"{course.short} {values}, {course.change}{important}"


def _adverse(case: CaseStudy) -> tuple[str, ...]:
    events = [
        f"{unstopped(each.event)} ({each.severity}, day {session.day})"
        for session in case.sessions
        for each in session.adverse_events
    ]
    return tuple(events)
