"""A submission as a certifying office received it: a zip, a packet, or a portfolio's folder."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.errors import UnacceptableWork, UsageError
from casebook.source.attachments import works_of
from casebook.source.portfolio import open_portfolio
from casebook.workflow.examination import examine_portfolio, faults_of_form, portfolio_meant
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.open import as_sent
from casebook.workflow.payload import Sources, source_files, submission_digest
from casebook.workflow.score import MarkedSubmission
from casebook.workflow.sealing import is_sealed_file

_TEXTS: Final = frozenset({".yaml", ".yml", ".json"})
"""Endings of files that are named by mistake: nobody sends a submission as one of them."""


@dataclass(frozen=True, slots=True)
class Received:
    """A submission that can be graded.

    Attributes:
        path: Where it was found, as it was named.
        graded: The portfolio, how its candidate stands, and the examiner's marks.
        sources: Its files by name in the payload.
        digest: What mark sheets and results call it; see ``submission_digest``.
    """

    path: Path
    graded: GradedPortfolio
    sources: Sources
    digest: str

    @property
    def portfolio(self) -> Portfolio:
        """What the candidate handed in."""
        return self.graded.portfolio

    @property
    def program(self) -> Program:
        """The rules it was handed in under."""
        return self.graded.portfolio.program

    @property
    def candidate(self) -> str:
        """The candidate's name."""
        return self.portfolio.main.record.candidate.name

    def works(self) -> Iterator[Piece[CaseStudy] | Piece[Observation]]:
        """Each piece of work, case studies first."""
        return iter(works_of(self.portfolio))

    def marked(self) -> MarkedSubmission:
        """What a mark sheet needs of it to be scored."""
        sessions = tuple(each.record for each in self.portfolio.observations)
        return MarkedSubmission(self.digest, self.program, sessions)


def receive(path: Path, on: date, program_path: Path | None = None) -> Received:
    """Read a submission for grading.

    Args:
        path: A submission, a packet with its sources inside, or a portfolio's folder.
        on: The day a folder is judged for; a submission says its own.
        program_path: The rules to hold a submission against.

    Raises:
        UnacceptableWork: Files are damaged, or cannot be read as they are written.
        UsageError: There is no such submission.
    """
    meant = portfolio_meant(path)
    if meant.is_dir():
        graded = grade(examine_portfolio(open_portfolio(meant), on))
    else:
        if path.suffix.lower() in _TEXTS and path.is_file():
            raise UsageError(
                f"{path} is no submission",
                hint="name a submission.zip, a packet.pdf, or the folder of a portfolio",
            )
        _refuse_sealed(path)
        graded = as_sent(path, program_path).graded
    if graded is None or any(faults_of_form(graded.examined.report.findings)):
        raise UnacceptableWork(
            f"{path} cannot be graded: parts of it cannot be read as they are written",
            hint=f"`casebook {'check' if meant.is_dir() else 'verify'} {path}` says which",
        )
    _refuse_one_id_twice(path, graded)
    sources = source_files(graded)
    return Received(path, graded, sources, submission_digest(sources))


def _refuse_sealed(path: Path) -> None:
    """Refuse a submission that is still sealed; only some commands open those by themselves."""
    if is_sealed_file(path):
        raise UsageError(
            f"{path} is still sealed",
            hint=f"`casebook unseal {path} --identity YOUR-KEY` opens it; then name the zip",
        )


def _refuse_one_id_twice(path: Path, graded: GradedPortfolio) -> None:
    """Refuse works of one id: the marks on one of them would count for the other."""
    counts = Counter(piece.record.id for piece in works_of(graded.portfolio))
    for work, count in counts.items():
        if count > 1:
            raise UnacceptableWork(
                f"{path} cannot be graded: {count} works have the id `{work}`",
                hint="have it handed in again with an id for each work",
            )
