"""A submission as a certifying office received it: a zip, a packet, or a portfolio's folder."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casebook.bundle.inventory import ProgramUsed
from casebook.domain.canonical import brief
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
from casebook.workflow.own_rules import OwnRules, own_rules
from casebook.workflow.payload import Sources, source_files, submission_digest
from casebook.workflow.reader import ANYBODY, Reader
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
        own: The rules of whoever grades it, which are its own too; None where they have none, and
            believe those that came along.
        sender_known: Whether its signature was held against people whom the reader believes.
    """

    path: Path
    graded: GradedPortfolio
    sources: Sources
    digest: str
    own: OwnRules | None = None
    sender_known: bool = False

    @property
    def portfolio(self) -> Portfolio:
        """What the candidate handed in."""
        return self.graded.portfolio

    @property
    def program(self) -> Program:
        """The rules it is judged by: the reader's own, and only for want of them the enclosed."""
        return self.own.program if self.own else self.graded.portfolio.program

    @property
    def candidate(self) -> str:
        """The candidate's name."""
        return self.portfolio.main.record.candidate.name

    @property
    def rules_believed(self) -> str | None:
        """That rules are believed which came along, in a sentence; None where they are not."""
        if self.own is not None:
            return None
        rules = self.program.rules
        return (
            f"the rules of {rules.name} {rules.version} ({brief(self.program.digest)}) came with "
            "the submission and were believed; to hold them against your own, name those: "
            "--program FILE"
        )

    @property
    def believed(self) -> tuple[str, ...]:
        """What is believed for want of something to hold it against, a sentence each."""
        sender = (
            "nobody has looked who signed it; --signers FILE takes only what people you know "
            "have signed"
        )
        sentences = (self.rules_believed, None if self.sender_known else sender)
        return tuple(filter(None, sentences))

    def works(self) -> Iterator[Piece[CaseStudy] | Piece[Observation]]:
        """Each piece of work, case studies first."""
        return iter(works_of(self.portfolio))

    def marked(self) -> MarkedSubmission:
        """What a mark sheet needs of it to be scored."""
        sessions = tuple(each.record for each in self.portfolio.observations)
        return MarkedSubmission(self.digest, self.program, sessions)


def receive(
    path: Path, on: date, program_path: Path | None = None, reader: Reader = ANYBODY
) -> Received:
    """Read a submission for grading, by the rules of whoever grades it.

    Args:
        path: A submission, a packet with its sources inside, or a portfolio's folder.
        on: The day a folder is judged for; a submission says its own.
        program_path: The rules it has to be handed in under; for a program that ships with
            casebook, the shipped ones when left out.
        reader: Whose signatures are believed; where they say so, one of them has to be on it.

    Raises:
        UnacceptableWork: Files are damaged, cannot be read as they are written, are not signed
            as they have to be, or were made by other rules.
        UsageError: There is no such submission or program.
    """
    graded, fault = _read(path, on, program_path, reader)
    if fault is not None:
        raise UnacceptableWork(f"{path} cannot be graded: {fault}", hint=_remedy(program_path))
    own = own_rules(graded.portfolio.program.rules.id, program_path)
    return _received(path, graded, own, sender_known=reader.signers is not None)


def as_handed_in(path: Path, on: date) -> Received:
    """Read a submission without holding it against anybody's rules: nothing is judged by them.

    Args:
        path: A submission, a packet with its sources inside, or a portfolio's folder.
        on: The day a folder is judged for; a submission says its own.

    Raises:
        UnacceptableWork: Files are damaged, or cannot be read as they are written.
        UsageError: There is no such submission.
    """
    graded, _ = _read(path, on, None, ANYBODY)
    return _received(path, graded, None, sender_known=False)


def _received(
    path: Path, graded: GradedPortfolio, own: OwnRules | None, *, sender_known: bool
) -> Received:
    sources = source_files(graded)
    return Received(path, graded, sources, submission_digest(sources), own, sender_known)


def _read(
    path: Path, on: date, program_path: Path | None, reader: Reader
) -> tuple[GradedPortfolio, str | None]:
    """What was handed in, and in what it was made by other rules than the reader's."""
    meant = portfolio_meant(path)
    if meant.is_dir():
        _refuse_unsigned(path, reader)
        graded = grade(examine_portfolio(open_portfolio(meant), on))
        fault = _fault_of_folder(graded, program_path) if graded else None
    else:
        if path.suffix.lower() in _TEXTS and path.is_file():
            raise UsageError(
                f"{path} is no submission",
                hint="name a submission.zip, a packet.pdf, or the folder of a portfolio",
            )
        _refuse_sealed(path)
        verification = as_sent(path, program_path, reader)
        graded, fault = verification.graded, verification.fault_of("program")
    if graded is None or any(faults_of_form(graded.examined.report.findings)):
        raise UnacceptableWork(
            f"{path} cannot be graded: parts of it cannot be read as they are written",
            hint=f"`casebook {'check' if meant.is_dir() else 'verify'} {path}` says which",
        )
    _refuse_one_id_twice(path, graded)
    return graded, fault


def _fault_of_folder(graded: GradedPortfolio, program_path: Path | None) -> str | None:
    """In what a folder's rules are not the reader's; what ``verify`` says of a submission."""
    used = graded.portfolio.program
    own = own_rules(used.rules.id, program_path)
    if own is None:
        return None
    named = ProgramUsed(id=used.rules.id, version=used.rules.version, digest=used.digest)
    return own.fault_of(named, used.digest)


def _remedy(program_path: Path | None) -> str:
    if program_path is None:
        return (
            "if you issued these rules yourself, name them: --program FILE; else ask for it to be "
            "made by yours"
        )
    return "name the rules that you issued for it: --program FILE; else ask for it to be made anew"


def _refuse_unsigned(folder: Path, reader: Reader) -> None:
    """Refuse a folder where signatures are asked for: only what is sent is signed."""
    if reader.signers is not None:
        raise UnacceptableWork(
            f"{folder} is a folder, which nobody has signed",
            hint="name the submission.zip as it was sent; without --signers a folder counts too",
        )


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
