"""The written case study as a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from casebook.domain.program.look import PLAIN
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy, Reference
from casebook.domain.work.measures import measures_by_id
from casebook.domain.work.practitioner import Practitioner
from casebook.language import _, spoken
from casebook.render.document import Document, Piece
from casebook.render.environment import fill
from casebook.render.pictures import picture_address
from casebook.render.prose import Citations, line
from casebook.render.views import body, care, compensation, course, outcomes, readings
from casebook.render.views.parts import Part, Section
from casebook.render.views.summary import Fact, summary
from casebook.render.views.wording import shortened


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A work of the reference list; the address is empty where it has none."""

    anchor: str
    number: int
    text: Markup
    address: str
    address_text: str


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A picture with its words; the address holds the picture itself."""

    number: int
    address: str
    alt: str
    caption: Markup


@dataclass(frozen=True, slots=True)
class CaseStudyPage:
    """All that the case study's template sets."""

    anchor: str
    kicker: str
    title: str
    running: str
    author: str
    keywords: tuple[str, ...]
    summary: tuple[Fact, ...]
    summary_map: Markup
    abstract_anchor: str
    abstract: tuple[Part, ...]
    sections: tuple[Section, ...]
    timeline: tuple[course.Stop, ...]
    sessions: tuple[course.SessionDay, ...]
    maps: tuple[Markup, ...]
    body: tuple[Markup, ...]
    outcomes: outcomes.Outcomes
    figures: tuple[FigureEntry, ...]
    references: tuple[ReferenceEntry, ...]


def case_study_document(  # noqa: PLR0913 - what a page needs, each by its name
    case: CaseStudy,
    *,
    made_on: date,
    program: Program | None = None,
    author: str = "",
    practitioner: Practitioner | None = None,
    attachments: Mapping[str, bytes] | None = None,
) -> Document:
    """One case study by itself.

    Args:
        case: The record.
        made_on: The date the file carries; the page shows no date.
        program: Gives its own measures and sections, and a name for the page's head.
        author: The candidate, or empty where graders must not know.
        practitioner: The portfolio's description, for a case that has none of its own.
        attachments: The figures' pictures by their paths.

    Raises:
        RenderFailed: A figure's picture is missing, or is neither PNG nor JPEG.
    """
    page = case_study_page(
        case,
        kicker=(
            _("Case study · {program}").format(program=program.rules.name)
            if program
            else _("Case study")
        ),
        program=program,
        author=author,
        practitioner=practitioner,
        attachments=attachments or {},
    )
    return Document(
        title=case.title,
        running=" · ".join(word for word in (author, _("Case study")) if word),
        author=author,
        keywords=tuple(case.keywords),
        description=_("Case study of {client}.").format(client=case.client.pseudonym),
        made_on=made_on,
        language=spoken(),
        look=program.rules.look if program else PLAIN,
        pieces=(Piece(page.anchor, fill("case-study.html.j2", {"page": page}), page.title),),
    )


def case_study_page(  # noqa: PLR0913 - what a page needs, each by its name
    case: CaseStudy,
    *,
    kicker: str,
    program: Program | None,
    author: str,
    practitioner: Practitioner | None,
    attachments: Mapping[str, bytes],
) -> CaseStudyPage:
    """The values of one case study, with every anchor under the case's own id."""
    prefix = f"{case.id}-"
    citations = Citations(tuple(each.id for each in case.references), prefix)
    measures = measures_by_id(program.rules.measures if program else ())
    courses = readings.measure_courses(case.sessions, measures)
    motions = readings.motion_courses(case.sessions)
    pairs = compensation.case_pairs(case, program)
    chart = compensation.map_of(pairs, "day")
    maps = compensation.map_pictures(chart)
    figure = body.body_of(pairs)
    opens = chart is not None and compensation.is_small(chart)
    return CaseStudyPage(
        anchor=f"piece-{case.id}",
        kicker=kicker,
        title=case.title,
        running=shortened(case.title),
        author=author,
        keywords=tuple(case.keywords),
        summary=summary(case, courses, motions, drawn=opens),
        summary_map=maps[0] if opens else Markup(),
        abstract_anchor=f"{prefix}abstract",
        abstract=care.abstract(case, citations),
        sections=care.sections(
            case,
            citations,
            practitioner=practitioner,
            own=program.rules.case_study.sections if program else (),
            charted=figure is not None,
        ),
        timeline=course.timeline(case, measures),
        sessions=course.session_days(case, measures, citations),
        maps=() if opens else maps,
        body=body.body_pictures(figure),
        outcomes=outcomes.outcomes(courses, motions),
        figures=tuple(
            FigureEntry(
                number,
                picture_address(each.file, attachments),
                each.alt,
                line(each.caption, citations),
            )
            for number, each in enumerate(case.figures, start=1)
        ),
        references=tuple(_reference(each, citations) for each in case.references),
    )


def _reference(each: Reference, citations: Citations) -> ReferenceEntry:
    address = f"https://doi.org/{each.doi}" if each.doi else each.url or ""
    return ReferenceEntry(
        anchor=citations.anchor(each.id),
        number=citations.number(each.id) or 0,
        text=line(each.text),
        address=address,
        address_text=f"doi:{each.doi}" if each.doi else address,
    )
