"""The course of a case: its timeline, and its sessions step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.measures import Measure
from casebook.domain.work.sessions import AdverseEvent, Session
from casebook.domain.work.steps import (
    ActivationStep,
    ReleaseStep,
    RetestStep,
    Step,
    TestResult,
    TestStep,
)
from casebook.language import _, ngettext
from casebook.language.forms import enumeration
from casebook.language.terms import finding, severity
from casebook.render.prose import Citations, line
from casebook.render.views.parts import Part, written
from casebook.render.views.wording import (
    amount,
    capitalised,
    filled,
    lasting,
    on_day,
    on_side,
    unstopped,
)

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
        outcome: What a test found; None where nothing was tested.
        detail: Technique, time, grade.
        opens: Whether a new cycle begins here: a failed test.
    """

    verb: str
    what: str
    outcome: TestResult | None = None
    detail: str = ""
    note: Markup = _NO_NOTE
    opens: bool = False

    @property
    def words(self) -> Markup:
        """All that follows the verb."""
        words = Markup.escape(self.what)
        if self.outcome:
            found = Markup('<span class="{}">{}</span>').format(self.outcome, finding(self.outcome))
            words = filled(_("{what}: {finding}"), what=words, finding=found)
        if self.detail:
            words = filled("{words}, {detail}", words=words, detail=self.detail)
        if self.note:
            note = Markup('<span class="quiet">{}</span>').format(self.note)
            words = filled("{words}. {note}", words=words, note=note)
        return words


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
    stops = [Stop(on_day(s.day), _facts(s, measures)) for s in case.sessions]
    last = case.follow_up.last_contact_day if case.follow_up else None
    contact = _("Last contact with the client.")
    if last is not None and stops and last == case.sessions[-1].day:
        stops[-1] = replace(stops[-1], facts=f"{stops[-1].facts} {contact}")
    elif last is not None:
        stops.append(Stop(on_day(last), contact))
    return tuple(stops)


def _facts(session: Session, measures: Mapping[str, Measure]) -> str:
    facts = []
    if session.measures:
        facts.append(values(session.measures, measures))
    restored = _restored(session.steps)
    if restored:
        facts.append(_("restored: {muscles}").format(muscles=", ".join(restored)))
    elif session.steps:
        steps = ngettext(
            "{count} step of hands-on work", "{count} steps of hands-on work", len(session.steps)
        )
        facts.append(steps.format(count=len(session.steps)))
    if session.homework:
        exercises = enumeration(each.exercise for each in session.homework)
        facts.append(_("home: {exercises}").format(exercises=exercises))
    facts.extend(
        _("adverse event: {event}").format(event=unstopped(each.event))
        for each in session.adverse_events
    )
    return f"{capitalised('; '.join(facts))}." if facts else _("Session.")


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
        after = values(session.measures_after, measures)
        measured.append(_("after the work {values}").format(values=after))
    return SessionDay(
        day=on_day(session.day),
        length=_minutes(session.minutes) if session.minutes else "",
        measured="; ".join(measured),
        texts=written(
            [(_("Client's report"), session.report), (_("Home exercises"), _adherence(session))],
            citations,
        ),
        steps=tuple(step_line(step, citations) for step in session.steps),
        homework=tuple(
            home_exercise(each.exercise, each.dose, each.purpose) for each in session.homework
        ),
        closing=(
            *(
                Part(_("Adverse event"), Markup("<p>{}</p>").format(adverse(e, citations)))
                for e in session.adverse_events
            ),
            *written([(_("Notes"), session.notes)], citations),
        ),
    )


def step_line(step: Step, citations: Citations) -> StepLine:
    """A step in words."""
    note = line(step.note, citations)
    match step:
        case TestStep():
            return StepLine(
                _("Test"), on_side(step.test, step.side), step.result, _tested(step), note,
                opens=step.result == "inhibited",
            )  # fmt: skip
        case RetestStep():
            return StepLine(
                _("Retest"), on_side(step.retest, step.side), step.result, _tested(step), note
            )
        case ReleaseStep():
            detail = _joined(step.technique, _seconds(step.seconds))
            return StepLine(_("Release"), on_side(step.release, step.side), None, detail, note)
        case ActivationStep():
            detail = _joined(step.exercise, _seconds(step.seconds))
            return StepLine(_("Activate"), on_side(step.activate, step.side), None, detail, note)


def _tested(step: TestStep | RetestStep) -> str:
    grade = _("grade {grade}").format(grade=step.grade) if step.grade is not None else None
    return _joined(grade, _("blinded") if step.blinded else None)


def home_exercise(exercise: str, dose: str | None, purpose: str | None) -> StepLine:
    """An exercise taken home, as a step of the session that gave it."""
    return StepLine(_("Home exercise"), exercise, None, _joined(dose, purpose))


def adverse(event: AdverseEvent, citations: Citations) -> Markup:
    """An adverse event as one sentence or two: what, how bad, what was done, whether it passed."""
    passed = {True: _("passed"), False: _("not passed"), None: None}[event.resolved]
    facts = _joined(severity(event.severity), passed)
    words = filled(_("{event} ({facts})."), event=unstopped(event.event), facts=facts)
    action = Markup(" ") + line(event.action, citations) if event.action else Markup()
    return words + action


def _adherence(session: Session) -> str | None:
    """What the session heard of the homework before it."""
    told = session.adherence
    if told is None:
        return None
    done = ngettext(
        "Done on {count} day of {planned} planned.",
        "Done on {count} days of {planned} planned.",
        told.days_done,
    ).format(count=told.days_done, planned=told.days_planned)
    return f"{done} {told.note}" if told.note else done


def _seconds(seconds: int | None) -> str | None:
    return lasting(seconds) if seconds is not None else None


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)


def _joined(*words: str | None) -> str:
    return ", ".join(word for word in words if word)
