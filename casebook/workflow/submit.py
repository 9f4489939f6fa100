"""Makes a submission: checks, scores, renders and bundles a portfolio. The main job."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casebook import __version__
from casebook.bundle.archive import write_archive
from casebook.bundle.bag import make_bag
from casebook.bundle.inventory import (
    RECORD_NAME,
    ProgramUsed,
    Role,
    SubmissionRecord,
    describe_file,
)
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Report
from casebook.domain.portfolio import Portfolio
from casebook.domain.results import Eligibility, Evaluation
from casebook.files import safe_name, write_file
from casebook.render.together import documents_pdf
from casebook.source.attachments import read_attachments
from casebook.source.folder import BUILD_FOLDER, Folder
from casebook.source.portfolio import open_portfolio
from casebook.workflow.check import Examined, examine_portfolio
from casebook.workflow.render import documents_of
from casebook.workflow.score import score_portfolio

SUBMISSION_FILE: Final = "submission.zip"
PORTFOLIO_PART: Final = "portfolio"
DOCUMENTS_PART: Final = "documents"
EVALUATION_PART: Final = "evaluation"
PROGRAM_PART: Final = "program"
ELIGIBILITY_FILE: Final = "eligibility.json"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The report, the evaluations, and the submission's path: None when it was refused."""

    report: Report
    sources: Mapping[str, bytes]
    evaluations: tuple[Evaluation, ...] = ()
    path: Path | None = None


def submit(
    root: Path,
    on: date,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    second: Executor | None = None,
) -> Submitted:
    """Turn a portfolio folder into one sealed zip, or refuse with findings.

    Args:
        root: The portfolio folder.
        on: The submission's date; the same folder and date give the same bytes.
        output: The zip; ``build/submission.zip`` in the portfolio when left out.
        force: Whether to overwrite a file that casebook did not make.
        progress: Called with what is being done.
        second: Makes the longest of the PDFs while the others are made here.

    Raises:
        UsageError: No portfolio, or a refused overwrite.
        MachineError: A missing library, or a disk that refuses.
    """
    folder = open_portfolio(root)
    progress("checking")
    examined = examine_portfolio(folder, on)
    portfolio, eligibility = examined.portfolio, examined.eligibility
    evaluations = score_portfolio(portfolio) if portfolio else ()
    report = _with_unfinished(examined, evaluations)
    if portfolio is None or eligibility is None or not report.acceptable:
        return Submitted(report, examined.reading.contents, evaluations)
    payload = _payload(
        examined, portfolio, eligibility, evaluations, folder, on, progress, second
    )
    progress("bundling")
    main, program = portfolio.main.record, portfolio.program
    record = SubmissionRecord(
        program=ProgramUsed(
            id=program.rules.id, version=program.rules.version, digest=program.digest
        ),
        level=main.level,
        candidate=main.candidate.name,
        made_on=on,
        casebook=__version__,
        results={each.work: each.result for each in evaluations},
        files=tuple(
            describe_file(name, role, content) for name, (role, content) in payload.items()
        ),
    )
    files = {name: content for name, (_, content) in payload.items()}
    bag = make_bag(
        {**files, RECORD_NAME: record.to_json()},
        {
            "Bagging-Date": on.isoformat(),
            "Contact-Name": main.candidate.name,
            "External-Description": f"Submission for {program.rules.name}, level {main.level}",
        },
    )
    top = safe_name(f"{program.rules.id}-level-{main.level}-{main.candidate.name}")
    target = output or root / BUILD_FOLDER / SUBMISSION_FILE
    write_file(target, write_archive(bag, top, on), force=force)
    return Submitted(report, examined.reading.contents, evaluations, target)


def evaluation_files(
    eligibility: Eligibility, evaluations: tuple[Evaluation, ...]
) -> dict[str, bytes]:
    """The results as files of a submission, by their names."""
    records = {f"{each.work}.json": each for each in evaluations} | {ELIGIBILITY_FILE: eligibility}
    return {
        f"{EVALUATION_PART}/{name}": _json(record.model_dump(mode="json", exclude_none=True))
        for name, record in records.items()
    }


def _payload(  # noqa: PLR0913 - everything that a submission is made of
    examined: Examined,
    portfolio: Portfolio,
    eligibility: Eligibility,
    evaluations: tuple[Evaluation, ...],
    folder: Folder,
    on: date,
    progress: Callable[[str], None],
    second: Executor | None,
) -> dict[str, tuple[Role, bytes]]:
    attachments = read_attachments(portfolio, folder)
    payload: dict[str, tuple[Role, bytes]] = {}
    for name, content in examined.reading.contents.items():
        role: Role = "program" if name in portfolio.program_files else "source"
        payload[f"{PORTFOLIO_PART}/{name}"] = (role, content)
    for name, content in attachments.items():
        payload[f"{PORTFOLIO_PART}/{name}"] = ("attachment", content)
    if examined.reading.program and not portfolio.program_files:
        for name, content in examined.reading.program.files.items():
            payload[f"{PROGRAM_PART}/{name}"] = ("program", content)
    for name, content in evaluation_files(eligibility, evaluations).items():
        payload[name] = ("evaluation", content)
    documents = documents_of(portfolio, eligibility, evaluations, attachments, on)
    pages = documents_pdf(documents, second, lambda name: progress(f"rendering {name}.pdf"))
    for name, content in pages.items():
        payload[f"{DOCUMENTS_PART}/{name}.pdf"] = ("document", content)
    return payload


def _with_unfinished(examined: Examined, evaluations: tuple[Evaluation, ...]) -> Report:
    """Add what keeps work from having a result: a submission holds none without one."""
    if examined.portfolio is None:
        return examined.report
    places = {piece.record.id: piece.places for piece in examined.portfolio.observations}
    findings = [
        codes.NO_RESULT.at(
            places[each.work].of_key("marks"),
            f"'{each.work}' has no result: {each.reasons[0]}",
            "let the examiner mark every criterion",
        )
        for each in evaluations
        if each.result == "incomplete"
    ]
    return Report.of((*examined.report.findings, *findings), examined.report.files)


def _json(values: object) -> bytes:
    text = json.dumps(values, sort_keys=True, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()
