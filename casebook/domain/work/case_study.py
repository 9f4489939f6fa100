"""A written case study: one client's case in one file.

The parts follow CARE's thirteen items (jmedicalcasereports, 1752-1947-7-223) in the bodywork
adaptation (IJTMB; PubMed 25184013); the intervention follows TIDieR. Almost every part may be
left out here: which ones a candidate must write is the program's rule, not the record's.
"""

import re
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from casebook.domain.record import Days, FormatOne, Identifier, Line, Record, RelativePath, Text
from casebook.domain.work.consent import Consent
from casebook.domain.work.practitioner import Practitioner
from casebook.domain.work.sessions import Session
from casebook.domain.work.site import Site

_DOI_PREFIX: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def _bare_doi(value: object) -> object:
    """Take the DOI out of the link or the mark it is often copied with."""
    return _DOI_PREFIX.sub("", value.strip(), count=1) if isinstance(value, str) else value


Doi = Annotated[
    str,
    Field(max_length=200, pattern=r"^10\.\d{4,9}/\S+$"),
    BeforeValidator(
        _bare_doi,
        json_schema_input_type=Annotated[
            str,
            Field(
                max_length=240,
                pattern=r"^(https?://(dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+$",
                examples=["10.1000/182"],
            ),
        ],
    ),
]
"""A digital object identifier, kept without the address of its resolver."""


class Client(Record):
    """The person the case is about, who stays unknown."""

    pseudonym: Line
    """A name that is not the client's own, such as Client A."""
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    """Age in years; write 90 for anyone older than 89."""
    gender: Line | None = None
    """In the client's own word."""
    occupation: Line | None = None
    """What the client does for a living, without the employer's name."""
    activities: Line | None = None
    """Sport and habits that bear on the case."""


class Abstract(Record):
    """The case in a few sentences (CARE item 3)."""

    introduction: Text | None = None
    """What this case adds."""
    case: Text | None = None
    """Main symptoms, findings, what was done, and what came of it."""
    conclusion: Text | None = None
    """The one lesson to take away."""


class Diagnosis(Record):
    """A diagnosis somebody qualified made; to diagnose is outside a bodyworker's scope."""

    diagnosis: Line
    """What was diagnosed."""
    made_by: Line
    """Who made it, by profession and not by name: general practitioner."""
    when: Line | None = None
    """When, in years before the first session or as a year."""


class Presentation(Record):
    """What the client came with (CARE item 5)."""

    complaint: Text | None = None
    """The main symptoms, where and since when, as the client told them."""
    history: Text | None = None
    """Health, injuries, operations and habits that bear on the complaint."""
    past_interventions: Text | None = None
    """What was tried before, and what it did."""
    diagnoses: Annotated[list[Diagnosis], Field(max_length=20)] = []
    """Diagnoses that others made."""


class Assessment(Record):
    """How the findings were reached and weighed (CARE item 8)."""

    methods: Text | None = None
    """Which tests and measures were used."""
    reasoning: Text | None = None
    """Why this pattern and not another."""
    challenges: Text | None = None
    """What made the assessment hard or uncertain."""
    prognosis: Text | None = None
    """What was expected, and why."""


class Pattern(Record):
    """A compensation pattern: who is inhibited, and who does the work instead."""

    inhibited: Site
    """The muscle that fails its test."""
    facilitated: Site
    """The structure that does its work: a muscle, ligament, scar or the jaw."""
    note: Text | None = None
    """How it was found, or how sure it is."""


class Intervention(Record):
    """The intervention by TIDieR's items."""

    name: Line | None = None
    """What the intervention is called."""
    why: Text | None = None
    """The reasoning behind it."""
    materials: Text | None = None
    """What was used: table, bands, handouts."""
    procedure: Text | None = None
    """What was done, step by step."""
    provider: Text | None = None
    """Who gave it, and their training."""
    mode: Text | None = None
    """How: in person, one to one, by video."""
    setting: Text | None = None
    """Where it took place."""
    schedule: Text | None = None
    """When and how much: number, length and spacing of sessions."""
    tailoring: Text | None = None
    """How it was fitted to this client."""
    modifications: Text | None = None
    """What was changed on the way, and why."""
    planned_fidelity: Text | None = None
    """How keeping to the plan was to be ensured."""
    actual_fidelity: Text | None = None
    """How well the plan was kept."""


class FollowUp(Record):
    """What came of it (CARE item 10)."""

    outcome: Text | None = None
    """What changed, by the practitioner's tests and by the client's own account."""
    adherence: Text | None = None
    """Whether the home exercises were done, and how they were tolerated."""
    adverse_events: Text | None = None
    """Anything unwanted; write None when there was nothing."""
    last_contact_day: Days | None = None
    """Days from the first session to the last contact with the client."""


class Discussion(Record):
    """What the case can teach, and what it cannot (CARE item 11)."""

    strengths: Text | None = None
    """What speaks for the conclusions."""
    limitations: Text | None = None
    """What speaks against them."""
    literature: Text | None = None
    """What others have found; cite as [@key]."""
    rationale: Text | None = None
    """Why the conclusions follow."""
    take_away: Text | None = None
    """The main lesson."""


class Reference(Record):
    """A work cited in the text as ``[@id]``."""

    id: Identifier
    """The key used in the text: smith2014 for [@smith2014]."""
    text: Line
    """Authors, year, title, where it was published."""
    doi: Doi | None = None
    """The DOI, such as 10.1000/182."""
    url: Annotated[str, Field(max_length=500, pattern=r"^https?://\S+$")] | None = None
    """A link, when there is no DOI."""


class Figure(Record):
    """A picture that belongs to the case."""

    file: RelativePath
    """A PNG or JPEG in this portfolio: attachments/posture.png."""
    caption: Line
    """What the picture shows."""
    alt: Line
    """What someone who cannot see it needs to know."""
    publish: bool | None = None
    """Whether the client agreed to this very picture being published: yes or no."""


class CaseStudy(Record):
    """One client's case."""

    kind: Literal["case-study"]
    """Always case-study."""
    format: FormatOne
    """Always 1."""
    id: Identifier
    """A short name for this case, used nowhere twice: low-back-01."""
    title: Line
    """The title; it says that this is a case report."""
    keywords: Annotated[list[Line], Field(max_length=10)] = []
    """Two to five words someone would search for."""
    client: Client
    """The person the case is about, under a pseudonym."""
    consent: Consent | None = None
    """What the client agreed to."""
    practitioner: Practitioner | None = None
    """Who did the work; leave out to use the portfolio's own description."""
    abstract: Abstract | None = None
    """The case in a few sentences."""
    introduction: Text | None = None
    """Why this case is worth telling, and what is known about such cases."""
    presentation: Presentation | None = None
    """What the client came with."""
    clinical_findings: Text | None = None
    """Posture, movement, palpation and tests at the first visit."""
    assessment: Assessment | None = None
    """How the findings were reached and weighed."""
    patterns: Annotated[list[Pattern], Field(max_length=40)] = []
    """The compensation patterns found."""
    intervention: Intervention | None = None
    """What was done."""
    sessions: Annotated[list[Session], Field(max_length=100)] = []
    """The sessions, in order; the first is day 0."""
    follow_up: FollowUp | None = None
    """What came of it."""
    discussion: Discussion | None = None
    """What the case can teach, and what it cannot."""
    client_perspective: Text | None = None
    """What the client says about it, in their own words."""
    program_sections: Annotated[dict[Identifier, Text], Field(max_length=40)] = {}
    """Further sections that the program asks for, by their ids."""
    references: Annotated[list[Reference], Field(max_length=100)] = []
    """The works cited."""
    figures: Annotated[list[Figure], Field(max_length=20)] = []
    """Pictures that belong to the case."""
