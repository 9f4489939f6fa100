"""Makes a submission: checks, scores, renders and bundles a portfolio. The main job."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.bundle.archive import write_archive
from casebook.bundle.bag import make_bag
from casebook.bundle.inventory import (
    RECORD_NAME,
    Role,
)
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report
from casebook.domain.outcome.results import Evaluation
from casebook.files import safe_name, write_file
from casebook.source.folder import BUILD_FOLDER
from casebook.source.portfolio import open_portfolio
from casebook.workflow.documents import document_files, documents_of
from casebook.workflow.examination import (
    Checked,
    examine_portfolio,
    portfolio_meant,
    shown_below,
)
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.originals import keep_originals
from casebook.workflow.payload import (
    DOCUMENTS_PART,
    SUBMISSION_FILE,
    record_of,
    source_files,
)
from casebook.workflow.progress import Progress, quietly


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was found, the evaluations, and the submission's path: None when it was refused."""

    checked: Checked
    evaluations: tuple[Evaluation, ...] = ()
    path: Path | None = None


def submit(  # noqa: PLR0913 - each an option of the command
    root: Path,
    on: date,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Progress = quietly,
    second: Executor | None = None,
) -> Submitted:
    """Turn a portfolio folder into one sealed zip, or refuse with findings.

    Args:
        root: The portfolio folder, or the portfolio.yaml in it.
        on: The submission's date; the same folder and date give the same bytes.
        output: The zip; ``build/submission.zip`` in the portfolio when left out.
        force: Whether to overwrite a file that casebook did not make.
        progress: Told what is being done.
        second: Makes the longest of the PDFs while the others are made here.

    Raises:
        UsageError: No portfolio, or a refused overwrite: of a portfolio's own files even by force.
        MachineError: A missing library, or a disk that refuses.
    """
    progress("checking", 0, 0)
    root = portfolio_meant(root)
    examined = examine_portfolio(open_portfolio(root), on)
    graded = grade(examined)
    findings = (*examined.report.findings, *(_unfinished(graded) if graded else ()))
    report = Report.of(findings, examined.report.files)
    checked = shown_below(root, report, examined.reading.contents)
    evaluations = graded.evaluations if graded else ()
    if graded is None or not report.acceptable:
        return Submitted(checked, evaluations)
    target = output or root / BUILD_FOLDER / SUBMISSION_FILE
    keep_originals([target], root, {each.path for each in graded.attachments})
    sources = source_files(graded)
    documents = document_files(documents_of(graded, sources), progress, second)
    files: dict[str, tuple[Role, bytes]] = {
        **sources,
        **{f"{DOCUMENTS_PART}/{name}": ("document", each) for name, each in documents.items()},
    }
    progress("bundling", 1, 1)
    write_file(target, _sealed(graded, files), force=force)
    return Submitted(checked, evaluations, target)


def _unfinished(graded: GradedPortfolio) -> list[Finding]:
    """Find what keeps work from having a result: a submission holds none without one."""
    places = {piece.record.id: piece.places for piece in graded.portfolio.observations}
    return [
        codes.NO_RESULT.at(
            places[each.work].of_key("marks"),
            f"'{each.work}' has no result: {each.reasons[0]}",
            "let the examiner mark every criterion",
        )
        for each in graded.evaluations
        if each.result == "incomplete"
    ]


def _sealed(graded: GradedPortfolio, files: Mapping[str, tuple[Role, bytes]]) -> bytes:
    """The submission's bytes: a bag of the files and their record, in one zip."""
    record = record_of(graded, files)
    payload = {name: content for name, (_, content) in files.items()}
    program = graded.portfolio.program.rules
    bag = make_bag(
        {**payload, RECORD_NAME: record.to_json()},
        {
            "Bagging-Date": graded.on.isoformat(),
            "Contact-Name": record.candidate,
            "External-Description": f"Submission for {program.name}, level {record.level}",
        },
    )
    top = safe_name(f"{program.id}-level-{record.level}-{record.candidate}")
    return write_archive(bag, top, graded.on)
