"""Renders a case study, an observed session or a whole portfolio as PDF and HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from casebook.diagnostics.finding import Report, Severity
from casebook.domain.case_study import CaseStudy
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Portfolio
from casebook.domain.results import Eligibility, Evaluation
from casebook.errors import UsageError
from casebook.evaluation.eligibility import judge_eligibility
from casebook.files import contained, read_bytes, write_file
from casebook.render.document import Document
from casebook.render.html import document_html
from casebook.render.pdf import document_pdf
from casebook.render.views.case_study import case_study_document
from casebook.render.views.packet import packet_document
from casebook.render.views.session import session_document
from casebook.source.attachments import ATTACHMENT_BYTES, read_attachments
from casebook.source.folder import BUILD_FOLDER
from casebook.source.load import load
from casebook.source.portfolio import open_portfolio, portfolio_around
from casebook.source.reader import FILE_BYTES
from casebook.workflow.check import Checked, check_paths, examine_portfolio, program_around
from casebook.workflow.score import evaluate, score_portfolio

Form = Literal["pdf", "html"]

PACKET: Final = "packet"

_FORM_CODES: Final = ("CB1", "CB2")
"""Findings about a file's form: what they are about could not be read, so pages would lack it."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What was found in the files, and the files that were made; none when something is unread."""

    checked: Checked
    written: tuple[Path, ...]


def render_path(  # noqa: PLR0913 - each an option of the command
    path: Path,
    on: date,
    *,
    output: Path | None = None,
    forms: tuple[Form, ...] = ("pdf", "html"),
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Rendering:
    """Render a file or a portfolio into ``output``, or into the portfolio's build folder.

    Args:
        path: A case study, an observation, or a portfolio folder.
        on: The date the documents carry, and for which eligibility is judged.
        output: The folder for what is made.
        forms: pdf, html or both.
        force: Whether to overwrite files that casebook did not make.
        progress: Called with the name of each file before it is made.

    Raises:
        UsageError: A file of a kind that is not rendered, or a refused overwrite.
        MachineError: A missing library, or a disk that refuses.
    """
    checked = check_paths([path], on)
    if _has_faults_of_form(checked.report):
        return Rendering(checked, ())
    documents = portfolio_documents(path, on) if path.is_dir() else _documents_of_file(path, on)
    folder = output or (portfolio_around(path / "x") or path.parent) / BUILD_FOLDER
    written = []
    for name, document in documents.items():
        for form in forms:
            target = folder / f"{name}.{form}"
            progress(str(target))
            write_file(target, _WRITERS[form](document), force=force)
            written.append(target)
    return Rendering(checked, tuple(written))


def portfolio_documents(root: Path, on: date) -> dict[str, Document]:
    """The documents of a portfolio folder by their names: each work, and the packet."""
    folder = open_portfolio(root)
    examined = examine_portfolio(folder, on)
    if examined.portfolio is None or examined.eligibility is None:
        raise UsageError(
            f"{root}: the portfolio cannot be read", hint=f"see `casebook check {root}`"
        )
    attachments = read_attachments(examined.portfolio, folder)
    evaluations = score_portfolio(examined.portfolio)
    return documents_of(examined.portfolio, examined.eligibility, evaluations, attachments, on)


def documents_of(
    portfolio: Portfolio,
    eligibility: Eligibility,
    evaluations: tuple[Evaluation, ...],
    attachments: Mapping[str, bytes],
    on: date,
) -> dict[str, Document]:
    """Each work's document and the packet, by their names, from records and results alone."""
    main, program = portfolio.main.record, portfolio.program
    by_work = {each.work: each for each in evaluations}
    documents = {
        piece.record.id: case_study_document(
            piece.record,
            made_on=on,
            program=program,
            author=main.candidate.name,
            practitioner=main.practitioner,
            attachments=attachments,
        )
        for piece in portfolio.cases
    }
    documents |= {
        piece.record.id: session_document(
            piece.record,
            by_work.get(piece.record.id),
            program=program,
            candidate=main.candidate.name,
            made_on=on,
        )
        for piece in portfolio.observations
    }
    packet = packet_document(
        portfolio, eligibility, by_work, made_on=on, attachments=attachments
    )
    return {**documents, PACKET: packet}


def _documents_of_file(path: Path, on: date) -> dict[str, Document]:
    loaded = load(str(path), read_bytes(path, FILE_BYTES))
    root = portfolio_around(path)
    around = program_around(path)
    program = around.program if around else None
    record = loaded.piece.record if loaded.piece else None
    if isinstance(record, CaseStudy):
        base = root or path.parent
        pictures = {
            figure.file: read_bytes(contained(base, figure.file), ATTACHMENT_BYTES)
            for figure in record.figures
        }
        return {
            record.id: case_study_document(
                record, made_on=on, program=program, attachments=pictures
            )
        }
    if isinstance(record, Observation):
        if program is None:
            raise UsageError(
                f"{path}: nothing says which program this session was graded for",
                hint="put it into a portfolio folder",
            )
        evaluation = evaluate(record, program)
        return {
            record.id: session_document(
                record, evaluation, program=program, candidate="", made_on=on
            )
        }
    raise UsageError(
        f"{path}: a {loaded.kind} is not rendered",
        hint="render a case study, an observation, or a portfolio folder",
    )


def _has_faults_of_form(report: Report) -> bool:
    return any(
        each.severity is Severity.ERROR and each.code.startswith(_FORM_CODES)
        for each in report.findings
    )


_WRITERS: Final[Mapping[Form, Callable[[Document], bytes]]] = {
    "pdf": document_pdf,
    "html": lambda document: document_html(document).encode("utf-8"),
}
