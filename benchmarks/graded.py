"""A portfolio read, checked and graded once, for what is measured after that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.portfolio import ON
from casebook.language import speaking
from casebook.render.document import Document
from casebook.render.views.packet import packet_document, work_documents
from casebook.source.portfolio import open_portfolio
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.payload import PORTFOLIO_PART, files_in, source_files

DAY = date.fromisoformat(ON)


@dataclass(frozen=True, slots=True)
class Graded:
    """A graded portfolio with its figures.

    Attributes:
        packet: Makes the packet's document anew.
    """

    portfolio: GradedPortfolio
    pictures: dict[str, bytes]
    packet: Callable[[], Document]


def graded_at(folder: Path) -> Graded:
    """The portfolio in a folder.

    Raises:
        SystemExit: It is not acceptable, and then what is measured would be no packet.
    """
    examined = examine_portfolio(open_portfolio(folder), DAY)
    graded = grade(examined)
    if graded is None or not examined.report.acceptable:
        raise SystemExit(f"the portfolio in {folder} is not acceptable: {examined.report.findings}")
    contents = {name: content for name, (_, content) in source_files(graded).items()}
    pictures = dict(files_in(PORTFOLIO_PART, contents))
    evaluations = {each.work: each for each in graded.evaluations}

    def packet() -> Document:
        with speaking(graded.portfolio.main.record.language):
            works = work_documents(
                graded.portfolio, evaluations, made_on=graded.on, attachments=pictures
            )
            return packet_document(graded.portfolio, graded.eligibility, works, made_on=graded.on)

    return Graded(graded, pictures, packet)
