"""The packet: a whole portfolio as one document, from the cover to the session report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from casebook.domain.outcome.results import Eligibility, Evaluation, RequirementResult
from casebook.domain.portfolio import HeldCertificate, Portfolio, PortfolioFile
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.language import Language, _, ngettext, spoken
from casebook.language.forms import long_date
from casebook.recollection import Same, recalled
from casebook.render.document import Document, Piece
from casebook.render.environment import fill
from casebook.render.pictures import address_of
from casebook.render.prose import plain, prose
from casebook.render.views.case_study import case_study_document
from casebook.render.views.session import session_document
from casebook.render.views.summary import Fact
from casebook.render.views.wording import (
    amount,
    capitalised,
    in_language,
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
    logo: str
    logo_says: str


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


def work_documents(
    portfolio: Portfolio,
    evaluations: Mapping[str, Evaluation],
    *,
    made_on: date,
    attachments: Mapping[str, bytes] | None = None,
) -> tuple[Document, ...]:
    """Each work by itself: the case studies, then the session reports.

    Args:
        portfolio: The records.
        evaluations: What the evaluator made of each observed session, by the observation's id.
        made_on: The date the files carry.
        attachments: The figures' pictures by their paths.

    Raises:
        RenderFailed: A figure's picture is missing, or is neither PNG nor JPEG.
    """
    main, program = portfolio.main.record, portfolio.program
    cases = (
        _case_document(piece.record, main, program, made_on, attachments or {})
        for piece in portfolio.cases
    )
    sessions = (
        session_document(
            piece.record,
            evaluations.get(piece.record.id),
            program=program,
            candidate=main.candidate.name,
            made_on=made_on,
        )
        for piece in portfolio.observations
    )
    return (*cases, *sessions)


def _case_document(
    case: CaseStudy,
    main: PortfolioFile,
    program: Program,
    made_on: date,
    attachments: Mapping[str, bytes],
) -> Document:
    pictures = {figure.file: attachments.get(figure.file) for figure in case.figures}
    return recalled(
        ("case document", Same(case), Same(main), program.digest, made_on, *pictures.items()),
        lambda: case_study_document(
            case,
            made_on=made_on,
            program=program,
            author=main.candidate.name,
            practitioner=main.practitioner,
            attachments=attachments,
        ),
    )


def packet_document(
    portfolio: Portfolio, eligibility: Eligibility, works: Sequence[Document], *, made_on: date
) -> Document:
    """All of a portfolio: cover, eligibility, contents, case studies, session reports.

    Args:
        portfolio: The records.
        eligibility: How the candidate stands with the level's requirements.
        works: Its works by themselves. Why: their pages are the packet's too, and set once.
        made_on: The date on the cover, which the file carries too.
    """
    main = portfolio.main.record
    rules = portfolio.program.rules
    pieces = tuple(piece for work in works for piece in work.pieces)
    values = {
        "cover": _cover(portfolio, eligibility, made_on),
        "standing": _standing(main, eligibility, rules.language),
        "contents": tuple(_contents(pieces, len(portfolio.cases))),
    }
    return Document(
        title=_("{program}, {level}: {candidate}").format(
            program=rules.name, level=eligibility.level_name, candidate=main.candidate.name
        ),
        running=f"{main.candidate.name} · {rules.name}, {eligibility.level_name}",
        author=main.candidate.name,
        keywords=(rules.name, eligibility.level_name, _("portfolio")),
        description=_("Portfolio of {candidate} for {level}.").format(
            candidate=main.candidate.name, level=eligibility.level_name
        ),
        made_on=made_on,
        language=spoken(),
        look=rules.look,
        body=fill("packet.html.j2", values),
        works=len(works),
        pieces=pieces,
    )


def _cover(portfolio: Portfolio, eligibility: Eligibility, made_on: date) -> Cover:
    main = portfolio.main.record
    rules = portfolio.program.rules
    facts = (
        Fact(_("Contains"), (_pieces(len(portfolio.cases), len(portfolio.observations)),)),
        Fact(_("Made on"), (long_date(made_on),)),
        Fact(
            _("Rules"),
            (
                _("{program}, version {version}").format(program=rules.name, version=rules.version),
                _("fingerprint {digits}").format(
                    digits=portfolio.program.digest[:_DIGEST_CHARACTERS]
                ),
            ),
        ),
        Fact(_("Contact"), (main.candidate.contact,) if main.candidate.contact else ()),
    )
    return Cover(
        program=in_language(rules.language, rules.name),
        title=_("Portfolio for {level}").format(level=eligibility.level_name),
        candidate=main.candidate.name,
        place=main.candidate.place or "",
        facts=tuple(fact for fact in facts if fact.lines),
        notice=in_language(rules.language, plain(rules.notice)),
        logo=address_of(portfolio.program.logo) if portfolio.program.logo else "",
        logo_says=rules.look.logo_says or rules.owner,
    )


def _pieces(case_studies: int, observed: int) -> str:
    pieces = ngettext("{count} case study", "{count} case studies", case_studies).format(
        count=case_studies
    )
    if not observed:
        return pieces
    sessions = ngettext("{count} observed session", "{count} observed sessions", observed)
    return _("{case_studies} and {sessions}").format(
        case_studies=pieces, sessions=sessions.format(count=observed)
    )


def _standing(main: PortfolioFile, eligibility: Eligibility, language: Language) -> Standing:
    verdict = _("Every requirement is met.")
    if not eligibility.eligible:
        verdict = _("Not every requirement is met.")
        if eligibility.earliest:
            day = long_date(date.fromisoformat(eligibility.earliest))
            waiting = _("By waiting alone, all can be met from {day} on.").format(day=day)
            verdict = f"{verdict} {waiting}"
    elif not all(each.met for each in eligibility.requirements):
        verdict = _("Every binding requirement is met; not all advice was followed.")
    return Standing(
        anchor=_STANDING,
        verdict=verdict,
        alarm=not eligibility.eligible,
        requirements=tuple(_requirement(each, language) for each in eligibility.requirements),
        facts=_ground(main),
        practice=prose(main.practice.summary if main.practice else None),
    )


def _requirement(result: RequirementResult, language: Language) -> RequirementEntry:
    following = result.next_step or ""
    if result.earliest:
        day = long_date(date.fromisoformat(result.earliest))
        following = (
            _("{step}; earliest on {day}").format(step=unstopped(following), day=day)
            if following
            else _("from {day}").format(day=day)
        )
    return RequirementEntry(
        sign="✓" if result.met else "✗",
        met=result.met,
        says=in_language(language, result.says),
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
        first = ngettext(
            "{hours} hour, finished on {day}",
            "{hours} hours, finished on {day}",
            1 if course.hours == 1 else 2,
        ).format(hours=amount(course.hours), day=long_date(course.finished))
        facts.append(Fact(_("Course"), (first, *([", ".join(held)] if held else []))))
    if main.practice and main.practice.until:
        counted = _("counted until {day}").format(day=long_date(main.practice.until))
        facts.append(Fact(_("Practice"), (counted,)))
    facts.extend(Fact(_("Certificate"), (_held(each),)) for each in main.certificates)
    return tuple(facts)


def _held(certificate: HeldCertificate) -> str:
    words = _("{program}, level {level}, issued on {issued}")
    if certificate.expires:
        words = _("{program}, level {level}, issued on {issued}, holds until {expires}")
    return words.format(
        program=certificate.program,
        level=certificate.level,
        issued=long_date(certificate.issued),
        expires=long_date(certificate.expires) if certificate.expires else "",
    )


def _contents(pieces: Sequence[Piece], cases: int) -> Iterator[ContentsEntry]:
    yield ContentsEntry(_STANDING, _("Requirements"), _("Standing with the requirements"))
    for number, piece in enumerate(pieces, start=1):
        kind = _("Case study") if number <= cases else _("Session report")
        if number <= cases > 1:
            kind = _("Case study {number} of {count}").format(number=number, count=cases)
        yield ContentsEntry(piece.anchor, kind, piece.title)
