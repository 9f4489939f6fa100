"""The straightforward pages: their values, their HTML, their PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebook.language import speaking
from casebook.language.terms import finding
from casebook.render.document import Document
from casebook.render.typefaces import TYPEFACES, font_faces
from casebook.render.views.case_study import CaseStudyPage, case_study_page
from casebook.render.views.session import SessionPage, session_page
from casebook.workflow.grading import GradedPortfolio

PDF_VARIANT: Final = "pdf/a-3a"

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """What both renderings set, prepared once: neither has to read a portfolio.

    Attributes:
        opening: Cover, requirements and contents: few lines, in casebook's markup.
    """

    packet: Document
    opening: Markup
    cases: tuple[CaseStudyPage, ...]
    sessions: tuple[SessionPage, ...]


def words_of(graded: GradedPortfolio, packet: Document, pictures: Mapping[str, bytes]) -> Words:
    """The values of a portfolio's pages.

    Args:
        graded: The portfolio.
        packet: Its packet, as casebook makes it.
        pictures: Its figures, by their paths.
    """
    portfolio = graded.portfolio
    main, program = portfolio.main.record, portfolio.program
    evaluations = {each.work: each for each in graded.evaluations}
    with speaking(main.language):
        cases = tuple(
            case_study_page(
                piece.record,
                kicker=f"Case study · {program.rules.name}",
                program=program,
                author=main.candidate.name,
                practitioner=main.practitioner,
                attachments=pictures,
            )
            for piece in portfolio.cases
        )
        sessions = tuple(
            session_page(
                piece.record,
                evaluations[piece.record.id],
                program=program,
                candidate=main.candidate.name,
            )
            for piece in portfolio.observations
        )
    # Why marked as safe: casebook's own template made it.
    return Words(packet, Markup(packet.body), cases, sessions)  # noqa: S704


def straightforward_html(words: Words) -> str:
    """All pages as one HTML text, its stylesheet inside."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["finding"] = finding
    faces = font_faces(lambda face: face.path("ttf").as_uri(), TYPEFACES)
    style = f"{faces}\n{(_HERE / 'pages.css').read_text('utf-8')}"
    with speaking(words.packet.language):
        return environment.get_template("pages.html.j2").render(
            document=words.packet,
            style=Markup(style),  # noqa: S704 - a file of ours
            opening=words.opening,
            cases=words.cases,
            sessions=words.sessions,
        )


def straightforward_pdf(words: Words) -> bytes:
    """The pages as PDF/A-3a, in one call of WeasyPrint."""
    import weasyprint

    content: Any = weasyprint.HTML(string=straightforward_html(words)).write_pdf(
        pdf_variant=PDF_VARIANT
    )
    assert isinstance(content, bytes)  # noqa: S101 - no file was named
    return content
