"""The sections of a case study in CARE's order, as far as they were written.

Source of the order: CARE's items 4 to 13 (jmedicalcasereports, 1752-1947-7-223, table 1); the
practitioner description is the bodywork adaptation's (PubMed 25184013).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from casebook.domain.program.program import ProgramSection
from casebook.domain.work.case_study import (
    Assessment,
    CaseStudy,
    Diagnosis,
    FollowUp,
    Intervention,
    Presentation,
)
from casebook.domain.work.consent import Consent
from casebook.domain.work.practitioner import Practitioner
from casebook.language import N_, _
from casebook.language.forms import enumeration
from casebook.language.terms import purpose
from casebook.render.prose import Citations, prose
from casebook.render.views.course import adverse
from casebook.render.views.parts import Part, Section, written
from casebook.render.views.summary import client_line, pattern_line
from casebook.render.views.wording import capitalised, filled, on_day

_TIDIER: Sequence[tuple[str, str]] = (
    (N_("Why"), "why"), (N_("Materials"), "materials"), (N_("Procedure"), "procedure"),
    (N_("Provider"), "provider"), (N_("How given"), "mode"), (N_("Where"), "setting"),
    (N_("When, how much"), "schedule"), (N_("Tailoring"), "tailoring"),
    (N_("Modifications"), "modifications"), (N_("Planned fidelity"), "planned_fidelity"),
    (N_("Actual fidelity"), "actual_fidelity"),
)  # fmt: skip


def abstract(case: CaseStudy, citations: Citations) -> tuple[Part, ...]:
    """The abstract's three parts."""
    found = case.abstract
    if found is None:
        return ()
    texts = [
        (_("Introduction"), found.introduction),
        (_("Case"), found.case),
        (_("Conclusion"), found.conclusion),
    ]
    return written(texts, citations)


def sections(
    case: CaseStudy,
    citations: Citations,
    *,
    practitioner: Practitioner | None,
    own: Sequence[ProgramSection],
    charted: bool = False,
) -> tuple[Section, ...]:
    """All sections that have something to say; those of the case itself are numbered.

    Args:
        case: The record.
        citations: Its reference list.
        practitioner: Used where the case has no description of its own.
        own: The program's own sections, which follow the discussion in the program's order.
        charted: Whether there is a body chart, which stands with the assessment.
    """
    prefix = citations.prefix
    numbered = [
        replace(section, number=number, anchor=f"{prefix}{section.anchor}")
        for number, section in enumerate(
            (
                each
                for each in _of_the_case(case, citations, own, charted=charted)
                if not each.empty
            ),
            start=1,
        )
    ]
    around = (
        replace(section, anchor=f"{prefix}{section.anchor}")
        for section in _around_the_case(case, citations, case.practitioner or practitioner)
        if not section.empty
    )
    return (*numbered, *around)


def _of_the_case(
    case: CaseStudy, cites: Citations, own: Sequence[ProgramSection], *, charted: bool
) -> Iterator[Section]:
    discussion = case.discussion
    yield Section("introduction", _("Introduction"), written([("", case.introduction)], cites))
    yield Section("client", _("Client information"), _client(case, cites))
    yield Section(
        "findings", _("Clinical findings"), written([("", case.clinical_findings)], cites)
    )
    yield Section("timeline", _("Timeline"), holds="timeline" if case.sessions else "")
    charts = "body" if charted else ""
    yield Section("assessment", _("Assessment"), _assessment(case, cites), charts)
    yield Section("intervention", _("Intervention"), _intervention(case.intervention, cites))
    yield Section("sessions", _("Session by session"), holds="sessions" if case.sessions else "")
    yield Section("outcomes", _("Follow-up and outcomes"), _follow_up(case, cites), _measured(case))
    if discussion:
        texts = [
            (_("Strengths"), discussion.strengths),
            (_("Limitations"), discussion.limitations),
            (_("Literature"), discussion.literature),
            (_("Rationale"), discussion.rationale),
            (_("Take-away"), discussion.take_away),
        ]
        yield Section("discussion", _("Discussion"), written(texts, cites))
    yield from _own_sections(case, cites, own)
    perspective = written([("", case.client_perspective)], cites)
    yield Section("perspective", _("Client's perspective"), perspective)


def _around_the_case(
    case: CaseStudy, cites: Citations, practitioner: Practitioner | None
) -> Iterator[Section]:
    if case.consent:
        yield Section("consent", _("Consent"), (Part("", _consent(case, case.consent, cites)),))
    yield Section("practitioner", _("Practitioner"), practitioner_parts(practitioner, cites))
    yield Section("references", _("References"), holds="references" if case.references else "")
    yield Section("figures", _("Figures"), holds="figures" if case.figures else "")


def _client(case: CaseStudy, cites: Citations) -> tuple[Part, ...]:
    described = case.presentation or Presentation()
    line = f"{client_line(case.client)}."
    if case.client.activities:
        activities = _("Activities: {activities}.").format(activities=case.client.activities)
        line = f"{line} {activities}"
    diagnoses = "\n\n".join(_diagnosis(each) for each in described.diagnoses)
    return (
        Part(_("Client"), Markup("<p>{}</p>").format(line)),
        *written(
            [
                (_("Complaint"), described.complaint),
                (_("History"), described.history),
                (_("Tried before"), described.past_interventions),
                (_("Diagnoses"), diagnoses),
            ],
            cites,
        ),
    )


def _diagnosis(each: Diagnosis) -> str:
    words = _("{diagnosis}, made by {by}.")
    if each.when:
        words = _("{diagnosis}, made by {by} ({when}).")
    return words.format(diagnosis=capitalised(each.diagnosis), by=each.made_by, when=each.when)


def _assessment(case: CaseStudy, cites: Citations) -> tuple[Part, ...]:
    patterns = "\n\n".join(
        f"{capitalised(pattern_line(each))}.{f' {each.note}' if each.note else ''}"
        for each in case.patterns
    )
    found = case.assessment or Assessment()
    texts = [
        (_("Methods"), found.methods),
        (_("Compensation"), patterns),
        (_("Reasoning"), found.reasoning),
        (_("Challenges"), found.challenges),
        (_("Prognosis"), found.prognosis),
    ]
    return written(texts, cites)


def _intervention(found: Intervention | None, cites: Citations) -> tuple[Part, ...]:
    if found is None:
        return ()
    texts: list[tuple[str, str | None]] = [(_("Name"), found.name)]
    texts.extend((_(label), getattr(found, field)) for label, field in _TIDIER)
    return written(texts, cites)


def _measured(case: CaseStudy) -> str:
    taken = any(s.measures or s.measures_after or s.rom for s in case.sessions)
    return "outcomes" if taken else ""


def _follow_up(case: CaseStudy, cites: Citations) -> tuple[Part, ...]:
    told = case.follow_up or FollowUp()
    events = Markup().join(
        Markup("<p>{}</p>").format(
            filled(_("{day}: {event}"), day=on_day(session.day), event=adverse(each, cites))
        )
        for session in case.sessions
        for each in session.adverse_events
    )
    unwanted = prose(told.adverse_events, cites) or events
    return (
        *written([(_("Outcome"), told.outcome), (_("Adherence"), told.adherence)], cites),
        *((Part(_("Adverse events"), unwanted),) if unwanted else ()),
    )


def _own_sections(
    case: CaseStudy, cites: Citations, own: Sequence[ProgramSection]
) -> Iterator[Section]:
    titles = {section.id: section.title for section in own}
    order = [key for key in titles if key in case.program_sections]
    order.extend(key for key in case.program_sections if key not in titles)
    for key in order:
        title = titles.get(key, capitalised(key.replace("-", " ").replace("_", " ")))
        text = written([("", case.program_sections[key])], cites)
        yield Section(f"own-{key}", title, text)


def _consent(case: CaseStudy, consent: Consent, cites: Citations) -> Markup:
    """What the client agreed to, without a date: dates identify."""
    statement = _(
        "{client} gave informed consent in writing to {purposes}. The signed form is kept on file."
    ).format(
        client=case.client.pseudonym,
        purposes=enumeration(purpose(scope) for scope in consent.scope),
    )
    if consent.withdrawn:
        withdrawn = _("The consent has since been withdrawn.")
        statement = f"{statement} {withdrawn}"
    return Markup("<p>{}</p>").format(statement) + prose(consent.note, cites)


def practitioner_parts(found: Practitioner | None, cites: Citations) -> tuple[Part, ...]:
    """Who did the work; nothing where nobody is described."""
    if found is None:
        return ()
    texts = [
        (_("Scope"), found.scope),
        (_("Environment"), found.environment),
        (_("Experience"), found.experience),
        (_("Training"), found.training),
        (_("Credentials"), found.credentials),
    ]
    return written(texts, cites)
