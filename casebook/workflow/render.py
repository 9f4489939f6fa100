"""Renders a case study, an observed session or a whole portfolio as PDF and HTML."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from casebook.diagnostics.finding import Finding, Report
from casebook.domain.case_study import CaseStudy
from casebook.domain.observation import Observation
from casebook.domain.program import Program
from casebook.errors import UsageError
from casebook.files import read_bytes, write_file
from casebook.render.document import Document
from casebook.render.html import document_html
from casebook.render.pdf import document_pdf
from casebook.render.views.case_study import case_study_document
from casebook.render.views.packet import packet_document
from casebook.render.views.session import session_document
from casebook.source.attachments import (
    Attachment,
    attachments_of,
    check_attachments,
    read_attachments,
    works_of,
)
from casebook.source.encoding import LARGEST_READ_BYTES
from casebook.source.folder import BUILD_FOLDER, DiskFolder, Folder
from casebook.source.load import load
from casebook.source.portfolio import open_portfolio, portfolio_around, program_around
from casebook.workflow.check import check_file
from casebook.workflow.examination import (
    Checked,
    examine_portfolio,
    has_faults_of_form,
    shown_below,
)
from casebook.workflow.grading import PACKET, GradedPortfolio, file_names, grade
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.score import evaluate, sound_program

Form = Literal["pdf", "html"]


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
    progress: Progress = quietly,
) -> Rendering:
    """Render a file or a portfolio into ``output``, or into the portfolio's build folder.

    Args:
        path: A case study, an observation, or a portfolio folder.
        on: The date the documents carry, and for which eligibility is judged.
        output: The folder for what is made.
        forms: pdf, html or both.
        force: Whether to overwrite files that casebook did not make.
        progress: Told the name of each file before it is made.

    Raises:
        UsageError: A file of a kind that is not rendered, or a refused overwrite.
        MachineError: A missing library, or a disk that refuses.
    """
    if path.is_dir():
        root, (checked, documents) = path, _of_folder(path, on)
    else:
        root = portfolio_around(path) or path.parent
        checked, documents = _of_file(path, root, on)
    targets = [
        (output or root / BUILD_FOLDER, name, document, form)
        for name, document in documents.items()
        for form in forms
    ]
    written: list[Path] = []
    for folder, name, document, form in targets:
        target = folder / f"{name}.{form}"
        progress(f"rendering {target.name}", len(written), len(targets))
        write_file(target, _WRITERS[form](document), force=force)
        written.append(target)
    return Rendering(checked, tuple(written))


def documents_of(graded: GradedPortfolio, pictures: Mapping[str, bytes]) -> dict[str, Document]:
    """Each work's document and the packet, by their names, from records and results alone."""
    portfolio, on = graded.portfolio, graded.on
    main, program = portfolio.main.record, portfolio.program
    by_work = {each.work: each for each in graded.evaluations}
    cases = [
        case_study_document(
            piece.record,
            made_on=on,
            program=program,
            author=main.candidate.name,
            practitioner=main.practitioner,
            attachments=pictures,
        )
        for piece in portfolio.cases
    ]
    sessions = [
        session_document(
            piece.record,
            by_work.get(piece.record.id),
            program=program,
            candidate=main.candidate.name,
            made_on=on,
        )
        for piece in portfolio.observations
    ]
    names = file_names([piece.record.id for piece in works_of(portfolio)])
    packet = packet_document(
        portfolio, graded.eligibility, by_work, made_on=on, attachments=pictures
    )
    return {**dict(zip(names, (*cases, *sessions), strict=True)), PACKET: packet}


def _of_folder(root: Path, on: date) -> tuple[Checked, dict[str, Document]]:
    """What was found in a portfolio, and its documents: none while they could not be whole."""
    folder = open_portfolio(root)
    examined = examine_portfolio(folder, on)
    checked = shown_below(root, examined.report, examined.reading.contents)
    graded = grade(examined)
    if graded is None or has_faults_of_form(examined.report.findings):
        return checked, {}
    pictures, faults = _pictures(graded.attachments, folder)
    # The faults are in the report already: all of a portfolio's attachments are checked.
    return checked, {} if faults else documents_of(graded, pictures)


def _of_file(path: Path, root: Path, on: date) -> tuple[Checked, dict[str, Document]]:
    checked = check_file(path, on)
    shown = os.path.normpath(path)
    loaded = load(shown, read_bytes(path, LARGEST_READ_BYTES))
    if loaded.kind not in {None, "case-study", "observation"}:
        raise UsageError(
            f"{path}: a {loaded.kind} is not rendered",
            hint="render a case study, an observation, or a portfolio folder",
        )
    if loaded.piece is None or has_faults_of_form(loaded.findings):
        return checked, {}
    around = program_around(path)
    program = sound_program(around) if around else None
    pictures, faults = _pictures(attachments_of([loaded.piece]), DiskFolder(root))
    if faults:
        findings = (*checked.report.findings, *faults)
        return Checked(Report.of(findings, checked.report.files), checked.sources), {}
    record = loaded.piece.record
    (name,) = file_names([record.id])
    return checked, {name: _document(path, record, program, pictures, on)}


def _document(
    path: Path,
    record: CaseStudy | Observation,
    program: Program | None,
    pictures: Mapping[str, bytes],
    on: date,
) -> Document:
    if isinstance(record, CaseStudy):
        return case_study_document(record, made_on=on, program=program, attachments=pictures)
    if program is None:
        raise UsageError(
            f"{path}: nothing says which program this session was graded for",
            hint="put it into a portfolio folder",
        )
    evaluation = evaluate(record, program)
    return session_document(record, evaluation, program=program, candidate="", made_on=on)


def _pictures(
    attachments: Iterable[Attachment], folder: Folder
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The pictures that pages show, or what is wrong with them; consent forms are not printed."""
    named = [each for each in attachments if each.picture]
    faults = tuple(check_attachments(named, folder))
    return ({} if faults else read_attachments(named, folder)), faults


_WRITERS: Final[Mapping[Form, Callable[[Document], bytes]]] = {
    "pdf": lambda document: document_pdf(document),  # noqa: PLW0108 - looked up when it is used
    "html": lambda document: document_html(document).encode("utf-8"),
}
