"""A portfolio read and checked by all rules: what every use of a portfolio begins with."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.diagnostics.listing import listed
from casebook.domain.outcome.results import Eligibility
from casebook.domain.portfolio import Piece, Portfolio, PortfolioFile
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.evaluation.eligibility import judge_eligibility
from casebook.evaluation.impartiality import conflicts_between
from casebook.recollection import Same, recalled
from casebook.rules.completeness import check_shared_practitioner
from casebook.rules.eligibility import check_eligibility
from casebook.rules.impartiality import check_examiner
from casebook.rules.legibility import is_broken
from casebook.rules.level import check_level
from casebook.rules.references import check_ids
from casebook.rules.spelling import few_suggestions
from casebook.source.attachment_amounts import check_amounts
from casebook.source.attachments import (
    Work,
    attachments_of,
    check_attachments,
    check_strays,
    works_of,
)
from casebook.source.folder import Folder
from casebook.source.pictures import drawing_once, expect_pictures
from casebook.source.portfolio import PORTFOLIO_FILE, PortfolioReading, read_portfolio
from casebook.source.private_keys import check_private_keys
from casebook.workflow.pieces import (
    check_case_study,
    check_observation,
    check_portfolio_file,
    check_program_files,
)
from casebook.workflow.privacy.handed_in import in_the_light_of_review, private_findings

FORM_CODES: Final = ("CB1", "CB2")
"""Findings about a file's form: what they speak of could not be read as it is written."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and the text of the files it speaks of, by the paths it calls them."""

    report: Report
    sources: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that does not count among others: why, and what to do where that can be told."""

    path: str
    why: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A portfolio with everything a check of it found; paths are relative to its folder."""

    folder: Folder
    on: date
    """The day it was judged for."""
    reading: PortfolioReading
    report: Report
    eligibility: Eligibility | None

    @property
    def portfolio(self) -> Portfolio | None:
        """The portfolio, when enough of it could be read."""
        return self.reading.portfolio


@drawing_once()
@few_suggestions()
def examine_portfolio(folder: Folder, on: date) -> Examined:
    """Read a portfolio and check it by all rules, on the day ``on``."""
    expect_pictures(folder.names())
    reading = read_portfolio(folder)
    findings = list(reading.findings)
    findings += check_private_keys(reading.contents)
    findings += listed(_check_own_program(reading))
    eligibility = None
    if reading.portfolio is not None:
        if not _is_at_fault(reading.portfolio.main, "level", findings):
            eligibility = _eligibility(reading.portfolio, on)
        findings += listed(_check_portfolio(reading.portfolio, folder, eligibility, on))
    findings += listed(private_findings(reading))
    report = Report.of(in_the_light_of_review(findings, reading), len(reading.contents))
    return Examined(folder, on, reading, report, eligibility)


def portfolio_meant(path: Path) -> Path:
    """The folder that a portfolio's own file stands for, or the path itself."""
    return path.parent if path.name == PORTFOLIO_FILE and path.is_file() else path


def has_faults_of_form(findings: Iterable[Finding]) -> bool:
    """Whether something could not be read as it is written, so that results would lack it."""
    return any(True for _ in faults_of_form(findings))


def faults_of_form(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What says that something could not be read as it is written."""
    for each in findings:
        if each.severity is Severity.ERROR and each.code.startswith(FORM_CODES):
            yield each


def shown_below(root: Path, report: Report, contents: Mapping[str, bytes]) -> Checked:
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


def _check_own_program(reading: PortfolioReading) -> Iterator[Finding]:
    program = reading.program
    if program and program.main and set(program.files) <= set(reading.contents):
        yield from check_program_files(program.main, program.rubrics, program.comment_banks)


def _eligibility(portfolio: Portfolio, on: date) -> Eligibility | None:
    level = portfolio.program.level(portfolio.main.record.level)
    return judge_eligibility(portfolio, level, on) if level else None


def _check_portfolio(
    portfolio: Portfolio, folder: Folder, eligibility: Eligibility | None, on: date
) -> Iterator[Finding]:
    program, works = portfolio.program, works_of(portfolio)
    yield from check_portfolio_file(portfolio.main)
    for case in portfolio.cases:
        yield from _findings_of_case(case, program, on)
    yield from check_shared_practitioner(portfolio.main, portfolio.cases, program.rules.case_study)
    for observation in portfolio.observations:
        yield from check_observation(observation, program, on)
        conflicts = conflicts_between(observation.record.examiner, portfolio.main.record)
        yield from check_examiner(observation, conflicts)
    yield from check_ids(works)
    attachments = attachments_of(works)
    too_much = tuple(check_amounts(attachments, folder))
    yield from too_much or check_attachments(attachments, folder)
    if not _may_name_more(portfolio, works):
        yield from check_strays(attachments, folder)
    yield from check_level(portfolio.main, program)
    level = program.level(portfolio.main.record.level)
    if level is not None and eligibility is not None:
        by_id = {each.id: each for each in level.requirements}
        yield from check_eligibility(portfolio.main, eligibility, by_id)


def _findings_of_case(case: Piece[CaseStudy], program: Program, on: date) -> tuple[Finding, ...]:
    # Why only of one without any: as with what is loaded.
    return recalled(
        ("case checked", Same(case), program.digest, on),
        lambda: tuple(check_case_study(case, program, on)),
        lambda findings: not findings,
    )


def _is_at_fault(main: Piece[PortfolioFile], key: str, findings: Iterable[Finding]) -> bool:
    """Whether a key's own value is what a finding about its form speaks of."""
    places = {main.places.of(key), main.places.of_key(key)}
    return has_faults_of_form(each for each in findings if each.place in places)


def _may_name_more(portfolio: Portfolio, works: Iterable[Work]) -> bool:
    """Whether attachments may be named where nothing could be read."""
    return bool(portfolio.unread) or any(
        is_broken(work, (part,)) for work in works for part in ("consent", "figures")
    )
