"""Checks files and portfolios: every finding of every file at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from casebook.diagnostics.finding import Finding, Report
from casebook.diagnostics.place import Place
from casebook.domain.anatomy import Anatomy
from casebook.domain.case_study import CaseStudy
from casebook.domain.cycles import Naming
from casebook.domain.marks import MarkSheet
from casebook.domain.measures import measures_by_id
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.program import Program, ProgramFile
from casebook.domain.results import Eligibility
from casebook.domain.rubric import Rubric
from casebook.errors import UsageError
from casebook.evaluation.eligibility import judge_eligibility
from casebook.files import read_bytes
from casebook.rules.completeness import check_completeness, check_shared_practitioner
from casebook.rules.consent import check_consent
from casebook.rules.eligibility import check_eligibility
from casebook.rules.level import check_level
from casebook.rules.marks import check_marks, check_rubric_name
from casebook.rules.naming import check_measures, check_structures
from casebook.rules.privacy import check_identifiers
from casebook.rules.program import check_program
from casebook.rules.protocol import check_ledger, check_session
from casebook.rules.references import (
    check_citations,
    check_days,
    check_ids,
    check_program_sections,
)
from casebook.source.anatomy import load_anatomy
from casebook.source.attachments import check_attachments
from casebook.source.folder import DiskFolder, Folder
from casebook.source.load import load
from casebook.source.portfolio import (
    PortfolioReading,
    is_portfolio,
    open_portfolio,
    portfolio_around,
    read_portfolio,
)
from casebook.source.program import ProgramReading, find_program, read_program
from casebook.source.reader import FILE_BYTES


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and the text of the files it speaks of, by the paths it calls them."""

    report: Report
    sources: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examined:
    """A portfolio with everything a check of it found; paths are relative to its folder."""

    reading: PortfolioReading
    report: Report
    eligibility: Eligibility | None

    @property
    def portfolio(self) -> Portfolio | None:
        """The portfolio, when enough of it could be read."""
        return self.reading.portfolio


def structure_naming(anatomy: Anatomy | None = None) -> Naming:
    """The naming that makes synonyms one structure; unknown names are compared as written."""
    known = anatomy or load_anatomy()

    def name(written: str) -> str:
        found = known.find(written)
        return found.name if found else written.casefold()

    return name


def check_paths(paths: Sequence[Path], on: date) -> Checked:
    """Check every file and portfolio folder given, on the day ``on``.

    Raises:
        UsageError: A path is not there, or a folder is no portfolio.
    """
    findings: list[Finding] = []
    sources: dict[str, bytes] = {}
    files = 0
    for path in paths:
        checked = _check_path(path, on)
        findings.extend(checked.report.findings)
        sources.update(checked.sources)
        files += checked.report.files
    return Checked(Report.of(findings, files), sources)


def examine_portfolio(folder: Folder, on: date) -> Examined:
    """Read a portfolio and check it by all rules, on the day ``on``."""
    reading = read_portfolio(folder)
    findings = list(reading.findings)
    portfolio, eligibility = reading.portfolio, None
    if reading.program and reading.program.main and _has_own_program(reading):
        findings.extend(check_program(reading.program.main, reading.program.rubrics))
    if portfolio is not None:
        findings.extend(_check_pieces(portfolio, on))
        findings.extend(check_attachments(portfolio, folder))
        findings.extend(check_level(portfolio.main, portfolio.program))
        level = portfolio.program.level(portfolio.main.record.level)
        if level is not None:
            eligibility = judge_eligibility(portfolio, level, on)
            by_id = {each.id: each for each in level.requirements}
            findings.extend(check_eligibility(portfolio.main, eligibility, by_id))
    return Examined(reading, Report.of(findings, len(reading.contents)), eligibility)


def _has_own_program(reading: PortfolioReading) -> bool:
    return bool(reading.program and set(reading.program.files) <= set(reading.contents))


def _check_pieces(portfolio: Portfolio, on: date) -> Iterator[Finding]:
    rules = portfolio.program.rules.case_study
    for case in portfolio.cases:
        yield from _check_case(case, portfolio.program, on)
    yield from check_shared_practitioner(portfolio.main, portfolio.cases, rules)
    for observation in portfolio.observations:
        yield from _check_observation(observation, portfolio.program, on)
    yield from check_ids((*portfolio.cases, *portfolio.observations))


def _check_case(case: Piece[CaseStudy], program: Program | None, on: date) -> Iterator[Finding]:
    anatomy = load_anatomy()
    rules = program.rules if program else None
    yield from check_structures(case, anatomy)
    yield from check_measures(case, measures_by_id(rules.measures if rules else ()))
    yield from check_citations(case)
    yield from check_days(case)
    yield from check_identifiers(case)
    if rules is not None:
        yield from check_completeness(case, rules.case_study)
        yield from check_program_sections(case, rules.case_study)
        yield from check_consent(case, rules.consent_scopes, on)
        if rules.protocol is not None:
            yield from check_ledger(case, rules.protocol, structure_naming(anatomy))


def _check_observation(
    observation: Piece[Observation], program: Program | None, on: date
) -> Iterator[Finding]:
    anatomy = load_anatomy()
    yield from check_structures(observation, anatomy)
    yield from check_identifiers(observation)
    if program is not None:
        yield from check_consent(observation, program.rules.consent_scopes, on)
        if program.protocol is not None:
            naming = structure_naming(anatomy)
            yield from check_session(observation, program.protocol, naming)
        if rubric := program.rubric_for("observation"):
            yield from check_marks(observation, rubric)


def _check_path(path: Path, on: date) -> Checked:
    if path.is_dir():
        if not is_portfolio(path) and (path / "program.yaml").is_file():
            return _check_program_file(path / "program.yaml")
        examined = examine_portfolio(open_portfolio(path), on)
        return _shown_below(path, examined.report, examined.reading.contents)
    content = read_bytes(path, FILE_BYTES * 8)
    shown = str(path)
    loaded = load(shown, content)
    if loaded.kind == "portfolio" and path.name == "portfolio.yaml":
        return _check_path(path.parent, on)
    findings = list(loaded.findings)
    piece = loaded.piece
    if isinstance(piece, Piece) and isinstance(piece.record, ProgramFile):
        return _check_program_file(path)
    if piece is not None:
        findings.extend(_check_alone(piece, path, on))
    return Checked(Report.of(findings, 1), {shown: content})


def _check_alone(
    piece: Piece[CaseStudy] | Piece[Observation] | Piece[MarkSheet] | Piece[Rubric],
    path: Path,
    on: date,
) -> Iterator[Finding]:
    """Check one file by itself, by the program of the portfolio it lies in, if it lies in one."""
    record = piece.record
    if isinstance(record, MarkSheet):
        reading = find_program(record.program, DiskFolder(path.parent), piece.places.of("program"))
        yield from reading.findings
        if reading.program is not None:
            sheet: Piece[MarkSheet] = Piece(piece.path, record, piece.places)
            yield from check_rubric_name(sheet, reading.program)
            if rubric := reading.program.rubric(record.rubric):
                yield from check_marks(sheet, rubric)
        return
    program = program_around(path)
    rules = program.program if program else None
    if isinstance(record, CaseStudy):
        case: Piece[CaseStudy] = Piece(piece.path, record, piece.places)
        yield from _check_case(case, rules, on)
    elif isinstance(record, Observation):
        session: Piece[Observation] = Piece(piece.path, record, piece.places)
        yield from _check_observation(session, rules, on)


def program_around(path: Path) -> ProgramReading | None:
    """The program of the portfolio that a file lies in, if it lies in one."""
    root = portfolio_around(path)
    if root is None:
        return None
    try:
        main = load("portfolio.yaml", read_bytes(root / "portfolio.yaml", FILE_BYTES)).piece
    except UsageError:
        return None
    if main is None:
        return None
    return find_program(main.record.program, DiskFolder(root), Place("portfolio.yaml"))


def _check_program_file(path: Path) -> Checked:
    reading = read_program(DiskFolder(path.parent), path.name)
    findings = list(reading.findings)
    if reading.main is not None:
        findings.extend(check_program(reading.main, reading.rubrics))
    return _shown_below(path.parent, Report.of(findings, len(reading.files)), reading.files)


def _shown_below(root: Path, report: Report, contents: Mapping[str, bytes]) -> Checked:
    """Call files by the way the user got to them, so that the names can be clicked."""

    def shown(relative: str) -> str:
        return os.path.normpath(root / relative)

    findings = [
        replace(each, place=replace(each.place, path=shown(each.place.path)))
        for each in report.findings
    ]
    return Checked(
        Report.of(findings, report.files),
        {shown(relative): content for relative, content in contents.items()},
    )
