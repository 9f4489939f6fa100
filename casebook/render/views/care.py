"""The sections of a case study in CARE's order, as far as they were written.

Source of the order: CARE's items 4 to 13 (jmedicalcasereports, 1752-1947-7-223, table 1); the
practitioner description is the bodywork adaptation's (PubMed 25184013).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from casebook.domain.case_study import (
    Assessment,
    CaseStudy,
    Diagnosis,
    FollowUp,
    Intervention,
    Presentation,
)
from casebook.domain.consent import Consent, Scope
from casebook.domain.practitioner import Practitioner
from casebook.domain.program import ProgramSection
from casebook.render.prose import Citations, prose
from casebook.render.views.course import adverse
from casebook.render.views.parts import Part, Section, written
from casebook.render.views.summary import client_line, pattern_line
from casebook.render.views.wording import capitalised, listed

_TIDIER: Sequence[tuple[str, str]] = (
    ("Why", "why"), ("Materials", "materials"), ("Procedure", "procedure"),
    ("Provider", "provider"), ("How given", "mode"), ("Where", "setting"),
    ("When, how much", "schedule"), ("Tailoring", "tailoring"),
    ("Modifications", "modifications"), ("Planned fidelity", "planned_fidelity"),
    ("Actual fidelity", "actual_fidelity"),
)  # fmt: skip

_SCOPES: dict[Scope, str] = {
    "record": "recording the case",
    "certifier": "showing it to the certifying body",
    "publish": "publishing it",
}


def abstract(case: CaseStudy, citations: Citations) -> tuple[Part, ...]:
    """The abstract's three parts."""
    found = case.abstract
    if found is None:
        return ()
    texts = [
        ("Introduction", found.introduction),
        ("Case", found.case),
        ("Conclusion", found.conclusion),
    ]
    return written(texts, citations)


def sections(
    case: CaseStudy,
    citations: Citations,
    *,
    practitioner: Practitioner | None,
    own: Sequence[ProgramSection],
) -> tuple[Section, ...]:
    """All sections that have something to say; those of the case itself are numbered.

    Args:
        case: The record.
        citations: Its reference list.
        practitioner: Used where the case has no description of its own.
        own: The program's own sections, which follow the discussion in the program's order.
    """
    prefix = citations.prefix
    numbered = [
        replace(section, number=number, anchor=f"{prefix}{section.anchor}")
        for number, section in enumerate(
            (each for each in _of_the_case(case, citations, own) if not each.empty), start=1
        )
    ]
    around = (
        replace(section, anchor=f"{prefix}{section.anchor}")
        for section in _around_the_case(case, citations, case.practitioner or practitioner)
        if not section.empty
    )
    return (*numbered, *around)


def _of_the_case(
    case: CaseStudy, cites: Citations, own: Sequence[ProgramSection]
) -> Iterator[Section]:
    discussion = case.discussion
    yield Section("introduction", "Introduction", written([("", case.introduction)], cites))
    yield Section("client", "Client information", _client(case, cites))
    yield Section("findings", "Clinical findings", written([("", case.clinical_findings)], cites))
    yield Section("timeline", "Timeline", holds="timeline" if case.sessions else "")
    yield Section("assessment", "Assessment", _assessment(case, cites))
    yield Section("intervention", "Intervention", _intervention(case.intervention, cites))
    yield Section("sessions", "Session by session", holds="sessions" if case.sessions else "")
    yield Section("outcomes", "Follow-up and outcomes", _follow_up(case, cites), _measured(case))
    if discussion:
        texts = [
            ("Strengths", discussion.strengths),
            ("Limitations", discussion.limitations),
            ("Literature", discussion.literature),
            ("Rationale", discussion.rationale),
            ("Take-away", discussion.take_away),
        ]
        yield Section("discussion", "Discussion", written(texts, cites))
    yield from _own_sections(case, cites, own)
    perspective = written([("", case.client_perspective)], cites)
    yield Section("perspective", "Client's perspective", perspective)


def _around_the_case(
    case: CaseStudy, cites: Citations, practitioner: Practitioner | None
) -> Iterator[Section]:
    if case.consent:
        yield Section("consent", "Consent", (Part("", _consent(case, case.consent, cites)),))
    yield Section("practitioner", "Practitioner", practitioner_parts(practitioner, cites))
    yield Section("references", "References", holds="references" if case.references else "")
    yield Section("figures", "Figures", holds="figures" if case.figures else "")


def _client(case: CaseStudy, cites: Citations) -> tuple[Part, ...]:
    described = case.presentation or Presentation()
    activities = f" Activities: {case.client.activities}." if case.client.activities else ""
    diagnoses = "\n\n".join(_diagnosis(each) for each in described.diagnoses)
    return (
        Part("Client", Markup("<p>{}.{}</p>").format(client_line(case.client), activities)),
        *written(
            [
                ("Complaint", described.complaint),
                ("History", described.history),
                ("Tried before", described.past_interventions),
                ("Diagnoses", diagnoses),
            ],
            cites,
        ),
    )


def _diagnosis(each: Diagnosis) -> str:
    when = f" ({each.when})" if each.when else ""
    return f"{capitalised(each.diagnosis)}, made by {each.made_by}{when}."


def _assessment(case: CaseStudy, cites: Citations) -> tuple[Part, ...]:
    patterns = "\n\n".join(
        f"{capitalised(pattern_line(each))}.{f' {each.note}' if each.note else ''}"
        for each in case.patterns
    )
    found = case.assessment or Assessment()
    texts = [
        ("Methods", found.methods),
        ("Compensation", patterns),
        ("Reasoning", found.reasoning),
        ("Challenges", found.challenges),
        ("Prognosis", found.prognosis),
    ]
    return written(texts, cites)


def _intervention(found: Intervention | None, cites: Citations) -> tuple[Part, ...]:
    if found is None:
        return ()
    texts: list[tuple[str, str | None]] = [("Name", found.name)]
    texts.extend((label, getattr(found, field)) for label, field in _TIDIER)
    return written(texts, cites)


def _measured(case: CaseStudy) -> str:
    taken = any(s.measures or s.measures_after or s.rom for s in case.sessions)
    return "outcomes" if taken else ""


def _follow_up(case: CaseStudy, cites: Citations) -> tuple[Part, ...]:
    told = case.follow_up or FollowUp()
    events = Markup().join(
        Markup("<p>Day {}: {}</p>").format(session.day, adverse(each, cites))
        for session in case.sessions
        for each in session.adverse_events
    )
    unwanted = prose(told.adverse_events, cites) or events
    return (
        *written([("Outcome", told.outcome), ("Adherence", told.adherence)], cites),
        *((Part("Adverse events", unwanted),) if unwanted else ()),
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
    scopes = listed(_SCOPES[scope] for scope in consent.scope)
    withdrawn = " The consent has since been withdrawn." if consent.withdrawn else ""
    statement = Markup(
        "<p>{} gave informed consent in writing to {}. The signed form is kept on file.{}</p>"
    ).format(case.client.pseudonym, scopes, withdrawn)
    return statement + prose(consent.note, cites)


def practitioner_parts(found: Practitioner | None, cites: Citations) -> tuple[Part, ...]:
    """Who did the work; nothing where nobody is described."""
    if found is None:
        return ()
    texts = [
        ("Scope", found.scope),
        ("Environment", found.environment),
        ("Experience", found.experience),
        ("Training", found.training),
        ("Credentials", found.credentials),
    ]
    return written(texts, cites)
