"""Renders a case study, an observed session or a whole portfolio as PDF and HTML."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.domain.program.look import Theme
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.errors import UsageError
from casebook.files import read_bytes, sweep_orphans, write_files
from casebook.language import speaking
from casebook.limits import LARGEST_READ_BYTES
from casebook.render.document import Document
from casebook.render.html import document_html
from casebook.render.together import Presses, documents_pdf
from casebook.render.views.case_study import case_study_document
from casebook.render.views.session import session_document
from casebook.source.attachments import (
    Attachment,
    attachments_of,
    check_attachments,
    read_attachments,
)
from casebook.source.folder import BUILD_FOLDER, DiskFolder, Folder
from casebook.source.load import KINDS, load
from casebook.source.pictures import drawing_once
from casebook.source.portfolio import (
    language_around,
    open_portfolio,
    portfolio_around,
    program_around,
)
from casebook.workflow.check import check_file
from casebook.workflow.documents import documents_of, in_theme
from casebook.workflow.examination import (
    Checked,
    Examined,
    examine_portfolio,
    faults_of_form,
    portfolio_meant,
    shown_below,
)
from casebook.workflow.grading import PACKET, file_names, grade
from casebook.workflow.originals import keep_originals
from casebook.workflow.payload import source_files
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.score import evaluate, sound_program

Form = Literal["pdf", "html"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What was found in the files, and the files that were made; none when something is unread."""

    checked: Checked
    written: tuple[Path, ...]
    stopping: Report
    """Of what was found, that because of which nothing was made."""
    readable: Path | None = None
    """A case study that could be rendered alone, when its portfolio could not."""
    withheld: bool = False
    """Whether a packet was made without its sources, though they were wanted."""
    changed: tuple[Path, ...] = ()
    """Of what was made, the files that were not there yet, or were different."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What was found; the documents, or what stops them; and the pictures' names."""

    checked: Checked
    documents: Mapping[str, Document] = field(default_factory=dict)
    stopping: tuple[Finding, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    readable: Path | None = None


@drawing_once()
def render_path(  # noqa: PLR0913 - each an option of the command
    path: Path,
    on: date,
    *,
    output: Path | None = None,
    forms: tuple[Form, ...] = ("pdf", "html"),
    theme: Theme | None = None,
    sources: bool = True,
    force: bool = False,
    progress: Progress = quietly,
    presses: Presses | None = None,
) -> Rendering:
    """Render a file or a portfolio into ``output``, or into the portfolio's build folder.

    Args:
        path: A case study, an observation, or a portfolio's folder or portfolio.yaml.
        on: The date the documents carry, and for which eligibility is judged.
        output: The folder for what is made.
        forms: pdf, html or both.
        theme: Instead of the program's own.
        sources: Whether the packet's PDF carries the files that it was made of.
        force: Whether to overwrite files that casebook did not make.
        progress: Told the name of each file before it is made.
        presses: What makes PDFs; processes for this once when left out.

    Raises:
        UsageError: A file of a kind that is not rendered, or a refused overwrite.
        MachineError: A missing library, or a disk that refuses.
    """
    meant = portfolio_meant(path)
    if meant.is_dir():
        root, prepared = meant, _of_folder(meant, on)
    else:
        root = portfolio_around(path) or path.parent
        prepared = _of_file(path, root, on)
    documents = {
        name: _finished(document, theme, sources=sources)
        for name, document in prepared.documents.items()
    }
    folder = output or root / BUILD_FOLDER
    sweep_orphans(folder)
    targets = [folder / f"{name}.{form}" for name in documents for form in forms]
    keep_originals(targets, root, {each.path for each in prepared.attachments})
    pages = _pages(documents, folder, forms, progress, presses)
    changed = {target: page for target, page in pages.items() if not _stands(target, page)}
    # Why together: pages of two different days side by side would be taken for one work.
    write_files(changed, force=force)
    stopping = Report.of(prepared.stopping, prepared.checked.report.files)
    packet = prepared.documents.get(PACKET)
    withheld = sources and packet is not None and not packet.enclosures
    return Rendering(
        prepared.checked, tuple(targets), stopping, prepared.readable, withheld, tuple(changed)
    )


def _stands(path: Path, content: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _finished(document: Document, theme: Theme | None, *, sources: bool) -> Document:
    enclosures = document.enclosures if sources else ()
    return replace(in_theme(document, theme), enclosures=enclosures)


def _of_folder(root: Path, on: date) -> _Prepared:
    """What was found in a portfolio, and its documents: none while they could not be whole."""
    folder = open_portfolio(root)
    examined = examine_portfolio(folder, on)
    checked = shown_below(root, examined.report, examined.reading.contents)
    graded = grade(examined)
    stopping = tuple(faults_of_form(checked.report.findings))
    if graded is None or stopping:
        # What leaves nothing to grade, without a fault of form, is a program that cannot be used.
        errors = (each for each in checked.report.findings if each.severity is Severity.ERROR)
        return _Prepared(checked, stopping=stopping or tuple(errors), readable=_readable(examined))
    faults = _picture_faults(graded.attachments, folder)
    if faults:
        # They are in the report already: all of a portfolio's attachments are checked.
        shown = shown_below(root, Report.of(faults, 0), {}).report.findings
        return _Prepared(checked, stopping=shown)
    documents = documents_of(graded, source_files(graded))
    return _Prepared(checked, documents, attachments=graded.attachments)


def _readable(examined: Examined) -> Path | None:
    """The path of a portfolio's first case study without a fault of form."""
    faults = {each.place.path for each in faults_of_form(examined.report.findings)}
    cases = examined.portfolio.cases if examined.portfolio else ()
    sound = (each.path for each in cases if each.path not in faults)
    return next((Path(examined.folder.title) / each for each in sound), None)


def _of_file(path: Path, root: Path, on: date) -> _Prepared:
    checked = check_file(path, on)
    shown = os.path.normpath(path)
    loaded = load(shown, read_bytes(path, LARGEST_READ_BYTES))
    # Why only known kinds: of another word the findings say which kind may be meant.
    if loaded.kind in KINDS and loaded.kind not in {"case-study", "observation"}:
        raise UsageError(
            f"{path}: {loaded.called} is not rendered",
            hint="render a case study, an observation, or a portfolio folder",
        )
    stopping = tuple(faults_of_form(loaded.findings))
    if loaded.piece is None or stopping:
        return _Prepared(checked, stopping=stopping)
    around = program_around(path)
    program = sound_program(around) if around else None
    attachments = attachments_of([loaded.piece])
    faults = _picture_faults(attachments, DiskFolder(root))
    if faults:
        findings = (*checked.report.findings, *faults)
        report = Report.of(findings, checked.report.files)
        return _Prepared(Checked(report, checked.sources), stopping=faults)
    record = loaded.piece.record
    pictures = read_attachments(_shown(attachments), DiskFolder(root))
    (name,) = file_names([record.id])
    with speaking(language_around(path)):
        documents = {name: _document(path, record, program, pictures, on)}
    return _Prepared(checked, documents, attachments=attachments)


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


def _picture_faults(attachments: Iterable[Attachment], folder: Folder) -> tuple[Finding, ...]:
    """What is wrong with the pictures that pages show; consent forms are not printed."""
    return tuple(check_attachments(_shown(attachments), folder))


def _shown(attachments: Iterable[Attachment]) -> list[Attachment]:
    return [each for each in attachments if each.picture]


def _pages(
    documents: Mapping[str, Document],
    folder: Path,
    forms: tuple[Form, ...],
    progress: Progress,
    presses: Presses | None,
) -> dict[Path, bytes]:
    """The files in each form, a document's forms side by side."""
    total, begun = len(documents) * len(forms), 0

    def tell(name: str, form: Form) -> None:
        nonlocal begun
        progress(f"rendering {name}.{form}", begun, total)
        begun += 1

    pages, pdfs = {}, {}
    with _beside(document_html, documents if "html" in forms else {}) as html:
        if "pdf" in forms:
            pdfs = documents_pdf(documents, lambda name: tell(name, "pdf"), presses)
        for name in documents:
            if "pdf" in forms:
                pages[folder / f"{name}.pdf"] = pdfs[name]
            if "html" in forms:
                tell(name, "html")
                pages[folder / f"{name}.html"] = html[name].result().encode("utf-8")
    return pages


@contextmanager
def _beside(
    make: Callable[[Document], str], documents: Mapping[str, Document]
) -> Iterator[dict[str, "Future[str]"]]:
    """What is made of documents while something else is waited for: here, other processes."""
    with ThreadPoolExecutor(1) as thread:
        try:
            # Why each with a copy: what a turn remembers is found by the thread that takes it.
            yield {
                name: thread.submit(copy_context().run, make, each)
                for name, each in documents.items()
            }
        except BaseException:
            thread.shutdown(cancel_futures=True)
            raise
