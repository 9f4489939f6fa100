"""The report of an observed session as a document."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from casebook.domain.outcome.results import Evaluation
from casebook.domain.program.program import Program
from casebook.domain.work.observation import (
    ActivationEvent,
    Event,
    HomeworkEvent,
    Observation,
    ReleaseEvent,
    RemarkEvent,
    RetestEvent,
    TestEvent,
)
from casebook.language import _, spoken
from casebook.language.forms import long_date
from casebook.language.terms import mode
from casebook.render.document import Document, Piece
from casebook.render.environment import fill
from casebook.render.prose import NO_CITATIONS, line, plain, prose
from casebook.render.views.compensation import map_of, map_pictures, session_pairs
from casebook.render.views.course import StepLine, home_exercise, step_line
from casebook.render.views.cycles import ProtocolPart, protocol_part, session_length_s
from casebook.render.views.scores import (
    CriterionEntry,
    Verdict,
    criterion_entries,
    score_chart,
    verdict,
)
from casebook.render.views.summary import Fact
from casebook.render.views.wording import stopwatch, years


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened, with its moment: a step of the work, or a remark."""

    moment: str
    step: StepLine | None
    remark: Markup


@dataclass(frozen=True, slots=True)
class SessionPage:
    """All that the session report's template sets; parts without an evaluation are None."""

    anchor: str
    prefix: str
    kicker: str
    title: str
    facts: tuple[Fact, ...]
    verdict: Verdict | None
    protocol: ProtocolPart | None
    maps: tuple[Markup, ...]
    score_chart: Markup
    criteria: tuple[CriterionEntry, ...]
    comments: Markup
    events: tuple[EventLine, ...]


def session_document(
    observation: Observation,
    evaluation: Evaluation | None,
    *,
    program: Program,
    candidate: str,
    made_on: date,
) -> Document:
    """One observed session by itself.

    Args:
        observation: The record.
        evaluation: What the evaluator made of it; None where the program has no rubric for it.
        program: Whose rubric words the levels.
        candidate: Who was observed.
        made_on: The date the file carries.
    """
    page = session_page(observation, evaluation, program=program, candidate=candidate)
    return Document(
        title=_("{title}: {candidate}").format(title=page.title, candidate=candidate),
        running=f"{candidate} · {program.rules.name}",
        author=observation.examiner.name,
        keywords=(_("observed session"), program.rules.name),
        description=_("Report of the observed session of {candidate}.").format(candidate=candidate),
        made_on=made_on,
        language=spoken(),
        look=program.rules.look,
        pieces=(Piece(page.anchor, fill("session.html.j2", {"page": page}), page.title),),
    )


def session_page(
    observation: Observation,
    evaluation: Evaluation | None,
    *,
    program: Program,
    candidate: str,
) -> SessionPage:
    """The values of one session report, with every anchor under the observation's own id."""
    rubric = program.rubric(evaluation.rubric) if evaluation else None
    return SessionPage(
        anchor=f"piece-{observation.id}",
        prefix=f"{observation.id}-",
        kicker=_("Session report · {program}").format(program=program.rules.name),
        title=_("Observed session"),
        facts=_facts(observation, candidate),
        verdict=verdict(evaluation) if evaluation else None,
        protocol=(
            protocol_part(observation, evaluation.protocol)
            if evaluation and evaluation.protocol
            else None
        ),
        maps=map_pictures(map_of(session_pairs(observation, program), "cycle")),
        score_chart=score_chart(evaluation, rubric) if evaluation else Markup(),
        criteria=criterion_entries(evaluation, rubric, program.rules.language)
        if evaluation
        else (),
        comments=prose(observation.comments),
        events=tuple(_event(each) for each in observation.events),
    )


def _facts(observation: Observation, candidate: str) -> tuple[Fact, ...]:
    client = observation.client
    who = [client.pseudonym, *([years(client.age)] if client.age is not None else [])]
    examiner = observation.examiner
    credentials = (examiner.credentials,) if examiner.credentials else ()
    consent = observation.consent
    facts = (
        Fact(_("Candidate"), (candidate,)),
        Fact(_("Examiner"), (examiner.name, *credentials)),
        Fact(_("Held"), (_held(observation),)),
        Fact(_("Client"), (", ".join(who),)),
        Fact(_("Complaint"), (plain(client.complaint),) if client.complaint else ()),
        Fact(
            _("Consent"),
            (_("given in writing; the signed form is kept on file"),) if consent else (),
        ),
    )
    return tuple(fact for fact in facts if fact.lines)


def _held(observation: Observation) -> str:
    held = f"{long_date(observation.date)}, {mode(observation.mode)}"
    length = session_length_s(observation)
    if not length:
        return held
    return _("{held}, {length} minutes").format(held=held, length=stopwatch(length))


def _event(event: Event) -> EventLine:
    moment = stopwatch(event.at)
    if event.ends_s > event.at:
        moment = _("{start} to {end}").format(start=moment, end=stopwatch(event.ends_s))
    match event:
        case RemarkEvent():
            return EventLine(moment, None, line(event.remark))
        case HomeworkEvent():
            step = home_exercise(event.exercise, event.dose, event.purpose)
            return EventLine(moment, step, Markup())
        case TestEvent() | ReleaseEvent() | RetestEvent() | ActivationEvent():
            return EventLine(moment, step_line(event, NO_CITATIONS), Markup())
