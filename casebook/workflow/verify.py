"""Verifies a submission: everything that can be known without trusting its sender.

Nothing is written: the submission is unpacked into memory, within limits. Each step says what it
holds against what; a step that cannot be taken because an earlier one failed says so.
"""

from collections.abc import Mapping
from pathlib import Path

from casebook.bundle.inventory import RECORD_NAME
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.errors import CasebookError, MachineError, UsageError
from casebook.render.document import RenderStopped
from casebook.render.together import Presses
from casebook.source.attachments import attachments_of, works_of
from casebook.source.folder import BUILD_FOLDER, MemoryFolder
from casebook.source.pictures import drawing_once
from casebook.source.program import read_program
from casebook.workflow.examination import FORM_CODES, Examined, examine_portfolio
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.own_rules import DIGEST_SHOWN, own_rules
from casebook.workflow.payload import (
    PORTFOLIO_PART,
    PROGRAM_PART,
    SUBMISSION_FILE,
    files_in,
)
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.reproduction import differing_documents, differing_results, other_versions
from casebook.workflow.unpacking import Sent, unpack
from casebook.workflow.verification import Steps, VerificationReport


@drawing_once()
def verify(  # noqa: PLR0913 - each an option of the command
    path: Path,
    program_path: Path | None = None,
    *,
    reader: Reader = ANYBODY,
    documents: bool = False,
    progress: Progress = quietly,
    presses: Presses | None = None,
) -> VerificationReport:
    """Verify a submission, or a packet, step by step.

    Args:
        path: The submission, or a packet with its sources inside.
        program_path: The rules to hold it against; for a program that ships with casebook, the
            shipped ones when left out.
        reader: Keys that open a sealed submission, and whom to believe.
        documents: Whether to make the PDFs again and compare them; all else does without
            WeasyPrint.
        progress: Told what is being rendered.
        presses: What makes PDFs; processes for this once when left out.

    Raises:
        CasebookError: The file itself or the program cannot be read.
        UsageError: It is sealed, and the reader named no identity.
        MachineError: PDFs are to be compared, and a library for that is missing.
    """
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder, not a submission",
            hint=f"name the submission, such as {path / BUILD_FOLDER / SUBMISSION_FILE}",
        )
    steps, sent = unpack(path, reader, documents=documents)
    if sent is None:
        return VerificationReport(steps.all())
    folder = MemoryFolder(str(path), files_in(PORTFOLIO_PART, sent.payload))
    examined = examine_portfolio(folder, sent.record.made_on)
    _hold_program(sent, examined, program_path, steps)
    _hold_sources(sent, examined, steps)
    graded = grade(examined)
    if graded is not None:
        _hold_check(examined, steps)
        _hold_results(sent, graded, steps, documents=documents)
        if documents:
            _hold_documents(sent, graded, steps, progress, presses)
    return VerificationReport(steps.all(), sent.record, examined.report, folder, graded)


def _hold_program(sent: Sent, examined: Examined, program_path: Path | None, steps: Steps) -> None:
    """Hold the rules used, and those enclosed, against rules the reader has."""
    named = sent.record.program
    used = examined.portfolio.program.digest if examined.portfolio else named.digest
    own = own_rules(named.id, program_path)
    if own is None:
        unknown = (
            f"'{named.id}' {named.version} came with the submission itself; hold it against "
            f"yours with --program FILE (its digest: {used[:DIGEST_SHOWN]}…)"
        )
        steps.leave_open("program", unknown)
        return
    problems = []
    if fault := own.fault_of(named, used):
        problems.append(fault)
    elif (copy := files_in(PROGRAM_PART, sent.payload)) and _digest_of(copy) != own.program.digest:
        problems.append(f"the copy in {PROGRAM_PART}/ is not of {own.called}")
    rules = own.program.rules
    steps.note("program", problems, f"{own.called}: {rules.name} {rules.version}")


def _digest_of(files: Mapping[str, bytes]) -> str | None:
    try:
        program = read_program(MemoryFolder(PROGRAM_PART, files)).program
    except CasebookError:
        return None
    return program.digest if program else None


def _hold_sources(sent: Sent, examined: Examined, steps: Steps) -> None:
    """Read the sources, and see that they are all used and say who the record says they do."""
    problems = [
        _said(each) for each in _errors(examined.report) if each.code.startswith(FORM_CODES)
    ]
    portfolio, record = examined.portfolio, sent.record
    if portfolio is not None:
        main, program = portfolio.main.record, portfolio.program.rules
        used = {
            *examined.reading.contents,
            *(each.path for each in attachments_of(works_of(portfolio))),
        }
        problems += [
            f"{name}: nothing in the portfolio names it"
            for name in files_in(PORTFOLIO_PART, sent.payload)
            if name not in used
        ]
        told = (record.candidate, record.program.id, record.level)
        read = (main.candidate.name, program.id, main.level)
        problems += [
            f"{RECORD_NAME} says '{said}', the portfolio '{found}'"
            for said, found in zip(told, read, strict=True)
            if said != found
        ]
    steps.note("sources", problems, f"{len(examined.reading.contents)} files by their schemas")


def _hold_check(examined: Examined, steps: Steps) -> None:
    warnings = examined.report.count(Severity.WARNING)
    noted = f"no error, {warnings} warning{'s' * (warnings != 1)}" if warnings else "no finding"
    errors = [_said(each) for each in _errors(examined.report)]
    steps.note("check", errors, f"{noted} for {examined.on}, the day that the submission gives")


def _hold_results(sent: Sent, graded: GradedPortfolio, steps: Steps, *, documents: bool) -> None:
    results = ", ".join(f"{work}: {result}" for work, result in sent.record.results.items())
    left = "" if documents else f"; {_not_compared(sent)}"
    differences = differing_results(sent.record, graded, sent.payload)
    steps.note("results", differences, f"{results or 'no graded work'}{left}")


def _hold_documents(
    sent: Sent,
    graded: GradedPortfolio,
    steps: Steps,
    progress: Progress,
    presses: Presses | None,
) -> None:
    if any(each.code == codes.TOO_MUCH.id for each in graded.examined.report.findings):
        steps.leave_open("documents", "not made again: there is too much in the portfolio for it")
        return
    try:
        differences = differing_documents(
            graded, sent.documents, progress, alone=sent.alone, presses=presses
        )
    except MachineError:
        raise
    except RenderStopped as error:
        steps.leave_open("documents", f"not to be decided here: {error}")
        return
    except CasebookError as error:
        steps.note("documents", [f"they cannot be made: {error}"], "")
        return
    others = other_versions(sent.record)
    if differences and others and all(each.changed for each in differences):
        steps.leave_open("documents", f"not to be decided: {others}; {differences[0]}")
        return
    count = len(sent.documents)
    steps.note("documents", differences, f"{_count(count)}, byte by byte")


def _not_compared(sent: Sent) -> str:
    """What is said of the pages that came along, where nobody asked to compare them."""
    count = len(sent.documents)
    if not count:
        return "no PDFs came along"
    which = f"the {_count(count)} {'was' if count == 1 else 'were'}"
    if sent.alone:
        which = "the packet's pages were"
    return f"{which} not compared: --documents does that"


def _count(pdfs: int) -> str:
    return "1 PDF" if pdfs == 1 else f"{pdfs} PDFs"


def _errors(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.severity is Severity.ERROR]


def _said(finding: Finding) -> str:
    place = finding.place
    return f"{place.path}:{place.span.line}: {finding.code} {finding.message}"
