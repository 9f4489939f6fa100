"""Verifies a submission: everything that can be known without trusting its sender.

Nothing is written: the submission is unpacked into memory, within limits. Each step says what it
holds against what; a step that cannot be taken because an earlier one failed says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.archive import ArchiveRefused, read_archive
from casebook.bundle.bag import check_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, RecordRefused, SubmissionRecord, compare
from casebook.diagnostics.finding import Report, Severity
from casebook.diagnostics.place import Place
from casebook.domain.program import Program
from casebook.source.folder import DiskFolder, MemoryFolder
from casebook.source.program import find_program, read_program, shipped_programs
from casebook.workflow.check import Examined, examine_portfolio
from casebook.workflow.score import score_portfolio
from casebook.workflow.submit import (
    DOCUMENTS_PART,
    EVALUATION_PART,
    PORTFOLIO_PART,
    evaluation_files,
)

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was verified; ``ok`` is None when an earlier failure left it open."""

    id: str
    title: str
    ok: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The steps in order, with the record and the portfolio where they could be read."""

    steps: tuple[Step, ...]
    record: SubmissionRecord | None = None
    findings: Report | None = None
    portfolio: MemoryFolder | None = None

    @property
    def ok(self) -> bool:
        """Whether every step holds."""
        return all(step.ok for step in self.steps)


_TITLES: Final[Mapping[str, str]] = {
    "container": "the file is one sound archive",
    "bag": "every file is there, unchanged, and nothing was added",
    "record": "the submission says what it is",
    "inventory": "the files are those that the submission lists",
    "program": "the rules are ones you have",
    "sources": "the candidate's files can be read",
    "check": "the portfolio is acceptable on the day it was submitted",
    "results": "scoring again gives the results enclosed",
}


def verify(path: Path, program_path: Path | None = None) -> VerificationReport:
    """Verify a submission, step by step.

    Args:
        path: The submission.
        program_path: The rules to hold it against; for a program that ships with casebook, the
            shipped ones when left out.

    Raises:
        CasebookError: The file itself cannot be read.
    """
    walk = _Walk(program_path)
    steps = tuple(walk.steps(path))
    done = {step.id for step in steps}
    left = tuple(
        Step(step_id, title, ok=None, detail="not looked at, since an earlier step failed")
        for step_id, title in _TITLES.items()
        if step_id not in done
    )
    return VerificationReport((*steps, *left), walk.record, walk.findings, walk.portfolio)


class _Walk:
    """Takes the steps; stops at the first whose failure leaves nothing to hold on to."""

    def __init__(self, program_path: Path | None) -> None:
        self.program_path = program_path
        self.record: SubmissionRecord | None = None
        self.findings: Report | None = None
        self.portfolio: MemoryFolder | None = None

    def steps(self, path: Path) -> Iterator[Step]:
        try:
            archive = read_archive(path)
        except ArchiveRefused as error:
            yield _failed("container", str(error))
            return
        yield _held("container", f"{len(archive.files)} files in the folder '{archive.top}'")
        problems = [f"{each.name}: {each.detail}" for each in check_bag(archive.files)]
        yield _step("bag", problems, "a complete BagIt 1.0 bag by its sha-512 manifests")
        payload = payload_of(archive.files)
        try:
            self.record = SubmissionRecord.parse(payload.get(RECORD_NAME, b""))
        except RecordRefused as error:
            said = str(error) if RECORD_NAME in payload else f"there is no {RECORD_NAME}"
            yield _failed("record", said)
            return
        record = self.record
        yield _held(
            "record",
            f"{record.candidate}, {record.program.id} {record.program.version}, level "
            f"{record.level}, made on {record.made_on} by casebook {record.casebook}",
        )
        differences = [f"{each.name}: {each.detail}" for each in compare(record, payload)]
        yield _step("inventory", differences, f"{len(record.files)} files as listed")
        self.portfolio = MemoryFolder(
            str(path),
            {
                name.removeprefix(f"{PORTFOLIO_PART}/"): content
                for name, content in payload.items()
                if name.startswith(f"{PORTFOLIO_PART}/")
            },
        )
        yield from self._contents(record, payload)

    def _contents(self, record: SubmissionRecord, payload: Mapping[str, bytes]) -> Iterator[Step]:
        assert self.portfolio is not None  # noqa: S101 - set by the only caller
        examined = examine_portfolio(self.portfolio, record.made_on)
        self.findings = examined.report
        portfolio = examined.portfolio
        yield self._program(record, portfolio.program if portfolio else None)
        unread = [
            f"{each.place.path}:{each.place.span.line}: {each.message}"
            for each in examined.report.findings
            if each.severity is Severity.ERROR and each.code < "CB3"
        ]
        yield _step("sources", unread, f"{len(examined.reading.contents)} files by their schemas")
        if portfolio is None or examined.eligibility is None:
            return
        yield self._check(record, examined)
        again = evaluation_files(examined.eligibility, score_portfolio(portfolio))
        enclosed = {
            name: content
            for name, content in payload.items()
            if name.startswith(f"{EVALUATION_PART}/")
        }
        differing = [
            f"{name}: not what scoring gives"
            for name in sorted({*again, *enclosed})
            if again.get(name) != enclosed.get(name)
        ]
        results = ", ".join(f"{work}: {result}" for work, result in record.results.items())
        scored = {each.work: each.result for each in score_portfolio(portfolio)}
        if scored != record.results:
            differing.append(f"{RECORD_NAME} gives other results")
        count = sum(name.startswith(f"{DOCUMENTS_PART}/") for name in payload)
        yield _step(
            "results",
            differing,
            f"{results or 'no graded work'}; the {count} PDFs were not compared with the sources",
        )

    def _program(self, record: SubmissionRecord, enclosed: Program | None) -> Step:
        if self.program_path is not None:
            folder = DiskFolder(self.program_path.parent)
            own, whose = read_program(folder, self.program_path.name).program, "the rules you named"
        elif record.program.id in shipped_programs():
            reading = find_program(record.program.id, DiskFolder(Path()), Place(""))
            own, whose = reading.program, "the rules that ship with casebook"
        else:
            own, whose = None, ""
        used = enclosed.digest if enclosed else record.program.digest
        if own is None:
            return _failed(
                "program",
                f"'{record.program.id}' {record.program.version} came with the submission itself; "
                f"hold it against yours with --program FILE (its digest: {used[:16]}…)",
            )
        if own.digest == record.program.digest == used:
            return _held("program", f"{whose}: {own.rules.name} {own.rules.version}")
        return _failed(
            "program",
            f"the submission was made by other rules than {whose} (version "
            f"{record.program.version}, yours is {own.rules.version})",
        )

    def _check(self, record: SubmissionRecord, examined: Examined) -> Step:
        errors = [
            f"{each.place.path}:{each.place.span.line}: {each.code} {each.message}"
            for each in examined.report.findings
            if each.severity is Severity.ERROR
        ]
        warnings = examined.report.count(Severity.WARNING)
        noted = f"no errors, {warnings} warnings" if warnings else "nothing to report"
        return _step("check", errors, f"{noted} on {record.made_on}")


def _step(step_id: str, problems: list[str], held: str) -> Step:
    if not problems:
        return _held(step_id, held)
    more = f"; and {len(problems) - _SHOWN} more" * (len(problems) > _SHOWN)
    return _failed(step_id, "; ".join(problems[:_SHOWN]) + more)


def _held(step_id: str, detail: str) -> Step:
    return Step(step_id, _TITLES[step_id], ok=True, detail=detail)


def _failed(step_id: str, detail: str) -> Step:
    return Step(step_id, _TITLES[step_id], ok=False, detail=detail)
