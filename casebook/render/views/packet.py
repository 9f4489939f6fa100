"""The packet: a whole portfolio as one document, from the cover to the session report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from casebook.domain.portfolio import Portfolio, PortfolioFile
from casebook.domain.results import Eligibility, Evaluation, RequirementResult
from casebook.language import spoken
from casebook.render.document import Document
from casebook.render.environment import fill
from casebook.render.prose import NO_CITATIONS, plain, prose
from casebook.render.views import care
from casebook.render.views.case_study import CaseStudyPage, case_study_page
from casebook.render.views.session import SessionPage, session_page
from casebook.render.views.summary import Fact
from casebook.render.views.wording import (
    amount,
    capitalised,
    counted,
    long_date,
    unstopped,
    with_long_dates,
)

_DIGEST_CHARACTERS = 16
_STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Cover:
    """The packet's first page."""

    program: str
    title: str
    candidate: str
    place: str
    facts: tuple[Fact, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class RequirementEntry:
    """A requirement and how the candidate stands with it."""

    sign: str
    met: bool
    says: str
    why: str
    next_step: str
    advised: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The page that says whether the candidate may be certified, and why."""

    anchor: str
    verdict: str
    alarm: bool
    requirements: tuple[RequirementEntry, ...]
    facts: tuple[Fact, ...]
    practice: Markup


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents; the page number comes from its anchor."""

    anchor: str
    kind: str
    title: str


def packet_document(
    portfolio: Portfolio,
    eligibility: Eligibility,
    evaluations: Mapping[str, Evaluation],
    *,
    made_on: date,
    attachments: Mapping[str, bytes] | None = None,
) -> Document:
    """All of a portfolio: cover, eligibility, contents, case studies, session reports.

    Args:
        portfolio: The records.
        eligibility: How the candidate stands with the level's requirements.
        evaluations: What the evaluator made of each observed session, by the observation's id.
        made_on: The date on the cover, which the file carries too.
        attachments: The figures' pictures by their paths.

    Raises:
        RenderFailed: A figure's picture is missing, or is neither PNG nor JPEG.
    """
    main = portfolio.main.record
    rules = portfolio.program.rules
    cases = _case_pages(portfolio, attachments or {})
    sessions = tuple(
        session_page(
            piece.record,
            evaluations.get(piece.record.id),
            program=portfolio.program,
            candidate=main.candidate.name,
        )
        for piece in portfolio.observations
    )
    values = {
        "cover": _cover(portfolio, eligibility, made_on),
        "standing": _standing(main, eligibility),
        "contents": _contents(cases, sessions),
        "practitioner": care.practitioner_parts(main.practitioner, NO_CITATIONS),
        "cases": cases,
        "sessions": sessions,
    }
    return Document(
        title=f"{rules.name}, {eligibility.level_name}: {main.candidate.name}",
        running=f"{main.candidate.name} · {rules.name}, {eligibility.level_name}",
        author=main.candidate.name,
        keywords=(rules.name, eligibility.level_name, "portfolio"),
        description=f"Portfolio of {main.candidate.name} for {eligibility.level_name}.",
        made_on=made_on,
        language=spoken(),
        body=fill("packet.html.j2", values),
    )


def _case_pages(
    portfolio: Portfolio, attachments: Mapping[str, bytes]
) -> tuple[CaseStudyPage, ...]:
    total = len(portfolio.cases)
    return tuple(
        case_study_page(
            piece.record,
            kicker=f"Case study {number} of {total}" if total > 1 else "Case study",
            program=portfolio.program,
            author="",
            # Why None: the packet prints the portfolio's own description once, for all cases.
            practitioner=None,
            attachments=attachments,
        )
        for number, piece in enumerate(portfolio.cases, start=1)
    )


def _cover(portfolio: Portfolio, eligibility: Eligibility, made_on: date) -> Cover:
    main = portfolio.main.record
    rules = portfolio.program.rules
    pieces = counted(len(portfolio.cases), "case study", "case studies")
    if portfolio.observations:
        sessions = counted(len(portfolio.observations), "observed session")
        pieces = f"{pieces} and {sessions}"
    facts = (
        Fact("Contains", (pieces,)),
        Fact("Made on", (long_date(made_on),)),
        Fact(
            "Rules",
            (
                f"{rules.name}, version {rules.version}",
                f"fingerprint {portfolio.program.digest[:_DIGEST_CHARACTERS]}",
            ),
        ),
        Fact("Contact", (main.candidate.contact,) if main.candidate.contact else ()),
    )
    return Cover(
        program=rules.name,
        title=f"Portfolio for {eligibility.level_name}",
        candidate=main.candidate.name,
        place=main.candidate.place or "",
        facts=tuple(fact for fact in facts if fact.lines),
        notice=plain(rules.notice),
    )


def _standing(main: PortfolioFile, eligibility: Eligibility) -> Standing:
    verdict = "Every requirement is met."
    if not eligibility.eligible:
        verdict = "Not every requirement is met."
        if eligibility.earliest:
            day = long_date(date.fromisoformat(eligibility.earliest))
            verdict = f"{verdict} By waiting alone, all can be met from {day} on."
    elif not all(each.met for each in eligibility.requirements):
        verdict = "Every binding requirement is met; not all advice was followed."
    return Standing(
        anchor=_STANDING,
        verdict=verdict,
        alarm=not eligibility.eligible,
        requirements=tuple(_requirement(each) for each in eligibility.requirements),
        facts=_ground(main),
        practice=prose(main.practice.summary if main.practice else None),
    )


def _requirement(result: RequirementResult) -> RequirementEntry:
    following = result.next_step or ""
    if result.earliest:
        day = long_date(date.fromisoformat(result.earliest))
        following = f"{unstopped(following)}; earliest on {day}" if following else f"from {day}"
    return RequirementEntry(
        sign="✓" if result.met else "✗",
        met=result.met,
        says=result.says,
        why=with_long_dates(f"{capitalised(unstopped(result.why))}."),
        next_step=with_long_dates(f"{capitalised(unstopped(following))}.") if following else "",
        advised=result.strength == "soft",
    )


def _ground(main: PortfolioFile) -> tuple[Fact, ...]:
    """What the candidate states about course, practice and certificates."""
    facts = []
    course = main.course
    if course:
        held = [word for word in (course.place, course.instructor) if word]
        hours = "hour" if course.hours == 1 else "hours"
        first = f"{amount(course.hours)} {hours}, finished on {long_date(course.finished)}"
        facts.append(Fact("Course", (first, *([", ".join(held)] if held else []))))
    if main.practice and main.practice.until:
        facts.append(Fact("Practice", (f"counted until {long_date(main.practice.until)}",)))
    for each in main.certificates:
        ends = f", holds until {long_date(each.expires)}" if each.expires else ""
        words = f"{each.program}, level {each.level}, issued on {long_date(each.issued)}{ends}"
        facts.append(Fact("Certificate", (words,)))
    return tuple(facts)


def _contents(
    cases: tuple[CaseStudyPage, ...], sessions: tuple[SessionPage, ...]
) -> tuple[ContentsEntry, ...]:
    return (
        ContentsEntry(_STANDING, "Requirements", "Standing with the requirements"),
        *(ContentsEntry(page.anchor, page.kicker, page.title) for page in cases),
        *(ContentsEntry(page.anchor, "Session report", page.title) for page in sessions),
    )
