"""The course of a case: its timeline, and its sessions step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from markupsafe import Markup

from casebook.domain.case_study import CaseStudy
from casebook.domain.measures import Measure
from casebook.domain.sessions import AdverseEvent, Homework, Session
from casebook.domain.steps import ActivationStep, ReleaseStep, RetestStep, Step, TestStep
from casebook.render.prose import Citations, line
from casebook.render.views.parts import Part, written
from casebook.render.views.wording import amount, capitalised, counted, listed, on_side, unstopped

Tone = Literal["", "fires", "inhibited"]

_NO_NOTE: Final = Markup()


@dataclass(frozen=True, slots=True)
class Stop:
    """A day of the timeline and what it brought."""

    day: str
    facts: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the work, as a line.

    Attributes:
        verb: What was done: test, release, retest, activate, home.
        what: The structure or the exercise.
        outcome: "fires" or "inhibited" for tests; else empty.
        detail: Technique, time, grade.
        opens: Whether a new cycle begins here: a failed test.
    """

    verb: str
    what: str
    outcome: Tone = ""
    detail: str = ""
    note: Markup = _NO_NOTE
    opens: bool = False


@dataclass(frozen=True, slots=True)
class SessionDay:
    """A session with all that was told of it."""

    day: str
    length: str
    measured: str
    texts: tuple[Part, ...]
    steps: tuple[StepLine, ...]
    homework: tuple[StepLine, ...]
    closing: tuple[Part, ...]


def timeline(case: CaseStudy, measures: Mapping[str, Measure]) -> tuple[Stop, ...]:
    """A line for each session and for the last contact; days count from the first session."""
    stops = [Stop(f"Day {s.day}", _facts(s, measures)) for s in case.sessions]
    last = case.follow_up.last_contact_day if case.follow_up else None
    if last is not None and stops and last == case.sessions[-1].day:
        stops[-1] = replace(stops[-1], facts=f"{stops[-1].facts} Last contact with the client.")
    elif last is not None:
        stops.append(Stop(f"Day {last}", "Last contact with the client."))
    return tuple(stops)


def _facts(session: Session, measures: Mapping[str, Measure]) -> str:
    facts = []
    if session.measures:
        facts.append(values(session.measures, measures))
    restored = _restored(session.steps)
    if restored:
        facts.append(f"restored: {', '.join(restored)}")
    elif session.steps:
        facts.append(counted(len(session.steps), "step of hands-on work", "steps of hands-on work"))
    if session.homework:
        facts.append(f"home: {listed(each.exercise for each in session.homework)}")
    facts.extend(f"adverse event: {unstopped(each.event)}" for each in session.adverse_events)
    return f"{capitalised('; '.join(facts))}." if facts else "Session."


def _restored(steps: Sequence[Step]) -> list[str]:
    """Muscles whose last retest fires, each once."""
    last = {
        on_side(step.retest, step.side): step.result
        for step in steps
        if isinstance(step, RetestStep)
    }
    return [muscle for muscle, result in last.items() if result == "fires"]


def values(taken: Mapping[str, float], measures: Mapping[str, Measure]) -> str:
    """Outcome measures on one line: "NPRS 7, PSFS 3.3"."""
    return ", ".join(
        f"{measures[key].short if key in measures else key} "
        f"{amount(value, measures[key].unit if key in measures else '')}"
        for key, value in taken.items()
    )


def session_days(
    case: CaseStudy, measures: Mapping[str, Measure], citations: Citations
) -> tuple[SessionDay, ...]:
    """Every session, in order."""
    return tuple(_session_day(each, measures, citations) for each in case.sessions)


def _session_day(
    session: Session, measures: Mapping[str, Measure], citations: Citations
) -> SessionDay:
    measured = [values(session.measures, measures)] if session.measures else []
    if session.measures_after:
        measured.append(f"after the work {values(session.measures_after, measures)}")
    return SessionDay(
        day=f"Day {session.day}",
        length=counted(session.minutes, "minute") if session.minutes else "",
        measured="; ".join(measured),
        texts=written(
            [("Client's report", session.report), ("Home exercises", _adherence(session))],
            citations,
        ),
        steps=tuple(step_line(step, citations) for step in session.steps),
        homework=tuple(_homework(each) for each in session.homework),
        closing=(
            *(
                Part("Adverse event", Markup("<p>{}</p>").format(adverse(e, citations)))
                for e in session.adverse_events
            ),
            *written([("Notes", session.notes)], citations),
        ),
    )


def step_line(step: Step, citations: Citations) -> StepLine:
    """A step in words."""
    note = line(step.note, citations)
    match step:
        case TestStep():
            return StepLine(
                "Test", on_side(step.test, step.side), step.result, _tested(step), note,
                opens=step.result == "inhibited",
            )  # fmt: skip
        case RetestStep():
            return StepLine(
                "Retest", on_side(step.retest, step.side), step.result, _tested(step), note
            )
        case ReleaseStep():
            detail = _joined(step.technique, _seconds(step.seconds))
            return StepLine("Release", on_side(step.release, step.side), "", detail, note)
        case ActivationStep():
            detail = _joined(step.exercise, _seconds(step.seconds))
            return StepLine("Activate", on_side(step.activate, step.side), "", detail, note)


def _tested(step: TestStep | RetestStep) -> str:
    grade = f"grade {step.grade}" if step.grade is not None else None
    return _joined(grade, "blinded" if step.blinded else None)


def _homework(each: Homework) -> StepLine:
    return StepLine("Home exercise", each.exercise, "", _joined(each.dose, each.purpose))


def adverse(event: AdverseEvent, citations: Citations) -> Markup:
    """An adverse event as one sentence or two: what, how bad, what was done, whether it passed."""
    passed = {True: "passed", False: "not passed", None: None}[event.resolved]
    facts = Markup(", ").join(Markup.escape(w) for w in (event.severity, passed) if w)
    words = Markup("{} ({}).").format(unstopped(event.event), facts)
    action = Markup(" ") + line(event.action, citations) if event.action else Markup()
    return words + action


def _adherence(session: Session) -> str | None:
    """What the session heard of the homework before it."""
    told = session.adherence
    if told is None:
        return None
    done = f"Done on {counted(told.days_done, 'day')} of {told.days_planned} planned."
    return f"{done} {told.note}" if told.note else done


def _seconds(seconds: int | None) -> str | None:
    return f"{seconds} s" if seconds is not None else None


def _joined(*words: str | None) -> str:
    return ", ".join(word for word in words if word)
