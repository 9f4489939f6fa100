"""One small example of everything that is printed."""

import struct
import zlib
from datetime import date

import pytest

from casebook.diagnostics.place import Places
from casebook.domain.outcome.results import (
    CycleResult,
    Eligibility,
    Evaluation,
    FaultResult,
    ProtocolResult,
    RequirementResult,
    Scored,
    Unscored,
)
from casebook.domain.portfolio import Piece, Portfolio, PortfolioFile
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.cycles import FaultKind, Timing
from casebook.domain.work.observation import Observation

MADE_ON = date(2026, 7, 1)


@pytest.fixture
def made_on() -> date:
    return MADE_ON


@pytest.fixture
def png() -> bytes:
    """A picture of one grey dot, made of PNG's three chunks by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def case() -> CaseStudy:
    """A case of two sessions that uses every part of the record."""
    return CaseStudy.model_validate(
        {
            "kind": "case-study",
            "format": 1,
            "id": "low-back-01",
            "title": "Low back ache behind the wheel: a case report",
            "keywords": ["low back pain", "gluteus maximus"],
            "client": {
                "pseudonym": "Client A",
                "age": 46,
                "gender": "man",
                "occupation": "delivery driver",
                "activities": "walks the dog",
            },
            "consent": {
                "scope": ["record", "certifier"],
                "signed": "2026-03-02",
                "form": "attachments/consent-a.pdf",
                "note": "No photograph, please.",
            },
            "practitioner": {"scope": "I test and release muscles."},
            "abstract": {"introduction": "Why.", "case": "What.", "conclusion": "So what."},
            "introduction": "Aches are common [@smith2014].",
            "presentation": {
                "complaint": "A dull ache. It grew over the day.",
                "history": "Six years of driving.",
                "past_interventions": "Heat.",
                "diagnoses": [
                    {"diagnosis": "non-specific pain", "made_by": "physician", "when": "last year"}
                ],
            },
            "clinical_findings": "A *short* left side.",
            "assessment": {
                "methods": "Muscle tests.",
                "reasoning": "The hip gave way.",
                "challenges": "No second examiner.",
                "prognosis": "Fair.",
            },
            "patterns": [
                {
                    "inhibited": {"structure": "gluteus maximus", "side": "left"},
                    "facilitated": {"structure": "quadratus lumborum", "side": "both"},
                    "note": "Found twice.",
                }
            ],
            "intervention": {"name": "Test and release", "why": "It is asked for."},
            "sessions": [
                {
                    "day": 0,
                    "minutes": 60,
                    "report": "Tired.",
                    "measures": {"nprs": 7, "psfs": 3.3},
                    "measures_after": {"nprs": 5},
                    "rom": [
                        {"joint": "hip", "plane": "extension", "side": "left", "degrees": 5},
                        {
                            "joint": "hip",
                            "plane": "extension",
                            "side": "left",
                            "degrees": 9,
                            "when": "after",
                        },
                    ],
                    "steps": [
                        {"test": "gluteus maximus", "side": "left", "result": "inhibited"},
                        {
                            "release": "quadratus lumborum",
                            "side": "left",
                            "technique": "pressure",
                            "seconds": 25,
                        },
                        {
                            "retest": "gluteus maximus",
                            "side": "left",
                            "result": "fires",
                            "grade": 4,
                            "blinded": True,
                        },
                        {"activate": "gluteus maximus", "exercise": "bridge", "seconds": 60},
                    ],
                    "homework": [{"exercise": "bridge", "dose": "2 x 10", "purpose": "use it"}],
                    "adverse_events": [
                        {
                            "event": "A sore flank.",
                            "severity": "mild",
                            "action": "Told him to wait.",
                            "resolved": True,
                        }
                    ],
                    "notes": "He wants to drive.",
                },
                {
                    "day": 21,
                    "measures": {"nprs": 2, "psfs": 6},
                    "rom": [{"joint": "hip", "plane": "extension", "side": "left", "degrees": 30}],
                    "adherence": {"days_done": 15, "days_planned": 21, "note": "No trouble."},
                    "steps": [{"test": "gluteus maximus", "side": "left", "result": "fires"}],
                },
            ],
            "follow_up": {"outcome": "Less pain [@smith2014].", "last_contact_day": 42},
            "discussion": {"strengths": "Few.", "limitations": "Many.", "take_away": "Ask again."},
            "client_perspective": "I can drive.",
            "program_sections": {"zones-treated": "Feet."},
            "references": [
                {"id": "smith2014", "text": "Smith A. On aches. 2014.", "doi": "10.1000/182"},
                {"id": "web", "text": "A page.", "url": "https://example.org/page"},
            ],
            "figures": [
                {"file": "attachments/posture.png", "caption": "At the wheel.", "alt": "A drawing."}
            ],
        }
    )


@pytest.fixture
def rubric() -> Rubric:
    def scale(*labels: str) -> list[dict[str, object]]:
        return [
            {"level": level, "label": label, "describes": f"What {label} looks like."}
            for level, label in enumerate(labels)
        ]

    return Rubric.model_validate(
        {
            "kind": "rubric",
            "format": 1,
            "id": "session",
            "title": "The observed session",
            "judges": "observation",
            "pass_percent": 70,
            "criteria": [
                {
                    "id": "safety",
                    "title": "Client safety",
                    "asks": "Is the client safe?",
                    "weight": 3,
                    "must_pass": {"level": 2, "reason": "Nothing makes up for harm."},
                    "levels": scale("unsafe", "shaky", "safe"),
                },
                {
                    "id": "pacing",
                    "title": "Pacing",
                    "asks": "Is there time?",
                    "weight": 1,
                    "levels": scale("rushed", "steady"),
                },
            ],
            "global_ratings": [{"id": "good", "label": "Good", "position": 1}],
        }
    )


@pytest.fixture
def program(rubric: Rubric) -> Program:
    rules = {
        "kind": "program",
        "format": 1,
        "id": "walks",
        "name": "School of Walks",
        "version": "3",
        "owner": "Somebody else",
        "notice": "This program is *somebody else's*.",
        "levels": [
            {
                "level": 1,
                "name": "Level One",
                "requirements": [
                    {"id": "hours", "says": "A course.", "needs": "course", "course_hours": 15}
                ],
            }
        ],
        "case_study": {
            "required": [],
            "sections": [{"id": "zones-treated", "title": "Zones treated", "asks": "Which?"}],
        },
        "certificate": {"title": "Certificate", "statement": "It certifies."},
    }
    return Program.model_validate({"rules": rules, "rubrics": (rubric,), "digest": "ab" * 64})


@pytest.fixture
def observation() -> Observation:
    return Observation.model_validate(
        {
            "kind": "observation",
            "format": 1,
            "id": "observed-session",
            "date": "2026-06-20",
            "mode": "in person",
            "examiner": {"name": "Robin Hale", "credentials": "Certifier"},
            "client": {"pseudonym": "Client D", "age": 52, "complaint": "A stiff neck."},
            "duration": "31:20",
            "events": [
                {"at": "00:05", "remark": "Says *hello*."},
                {"at": "00:45", "test": "psoas major", "side": "right", "result": "inhibited"},
                {"at": "00:52", "until": "01:17", "release": "jaw", "side": "right"},
                {
                    "at": "01:24",
                    "retest": "psoas major",
                    "side": "right",
                    "result": "inhibited",
                    "note": "Still weak.",
                },
                {"at": "02:00", "until": "02:40", "release": "TFL", "side": "right"},
                {"at": "02:50", "retest": "psoas major", "side": "right", "result": "fires"},
                {"at": "03:00", "activate": "psoas major", "exercise": "march"},
                {"at": "20:00", "until": "21:00", "exercise": "march", "dose": "2 x 10"},
            ],
            "marks": [{"criterion": "safety", "level": 1, "note": "Look up.", "at": "00:52"}],
            "comments": "A calm session.",
        }
    )


@pytest.fixture
def evaluation() -> Evaluation:
    """The first cycle closes without success, the second is late: 160 - 84 = 76 s."""
    return Evaluation(
        work="observed-session",
        judges="observation",
        program="walks",
        program_version="3",
        program_digest="ab" * 64,
        rubric="session",
        rubric_digest="cd" * 32,
        grader="Robin Hale",
        result="incomplete",
        pass_percent=70,
        sem_percent=4.5,
        global_rating="Good",
        criteria=(
            Scored(
                criterion="safety",
                title="Client safety",
                level=1,
                top=2,
                label="shaky",
                weight=3,
                must_pass=True,
                reached=False,
                note="Look up.",
                at_s=52,
            ),
            Unscored(criterion="pacing", title="Pacing", top=1, weight=1, why="no mark was given"),
        ),
        protocol=ProtocolResult(
            name="Test, release, retest",
            sure_s=30,
            limit_s=60,
            cycles=(
                CycleResult(
                    number=1,
                    muscle="psoas major",
                    side="right",
                    tested_at_s=45,
                    releases=("jaw (right)",),
                    work_s=32,
                    timing=Timing.INSIDE,
                    retest_at_s=84,
                    to_retest_s=39,
                    restored=False,
                    test_event=1,
                ),
                CycleResult(
                    number=2,
                    muscle="psoas major",
                    side="right",
                    tested_at_s=84,
                    releases=("TFL (right)",),
                    work_s=76,
                    timing=Timing.LATE,
                    retest_at_s=170,
                    to_retest_s=86,
                    restored=True,
                    test_event=3,
                ),
            ),
            faults=(
                FaultResult(
                    kind=FaultKind.RELEASE_LATE, event=4, at_s=120, fact="work ended after 76 s"
                ),
            ),
            figures={"closed_cycles": 2.0},
        ),
        reasons=("'Pacing' has no mark",),
        comments="A calm session.",
    )


@pytest.fixture
def eligibility() -> Eligibility:
    return Eligibility(
        program="School of Walks",
        level=1,
        level_name="Level One",
        on="2026-07-01",
        eligible=False,
        requirements=(
            RequirementResult(
                id="hours", says="A course.", strength="hard", met=True, why="15 hours"
            ),
            RequirementResult(
                id="time",
                says="A month of practice.",
                strength="hard",
                met=False,
                why="it lasts until 2026-07-01",
                next_step="go on practising",
                earliest="2026-07-15",
            ),
            RequirementResult(
                id="early", says="Within six months.", strength="soft", met=False, why="late"
            ),
        ),
        earliest="2026-07-15",
    )


@pytest.fixture
def portfolio(case: CaseStudy, observation: Observation, program: Program) -> Portfolio:
    main = PortfolioFile.model_validate(
        {
            "kind": "portfolio",
            "format": 1,
            "program": "walks",
            "level": 1,
            "candidate": {"name": "Jo Példa", "place": "Szeged", "contact": "jo@example.org"},
            "course": {"finished": "2026-06-15", "hours": 15, "place": "Szeged"},
            "practice": {"until": "2026-07-01", "summary": "Twice a week."},
            "certificates": [
                {"program": "walks", "level": 1, "issued": "2025-01-02", "expires": "2027-01-01"}
            ],
            "practitioner": {"experience": "Seven years."},
        }
    )
    return Portfolio(
        main=Piece("portfolio.yaml", main, Places("portfolio.yaml")),
        program=program,
        cases=(Piece("cases/a.yaml", case, Places("cases/a.yaml")),),
        observations=(Piece("observation.yaml", observation, Places("observation.yaml")),),
    )
