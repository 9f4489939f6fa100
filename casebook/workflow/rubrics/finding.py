"""Finds a rubric by its file or its program, compares two, and lists the comments kept for one."""

import os
from dataclasses import dataclass
from pathlib import Path

from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.evaluation.rubric_change import RubricChange, compare_rubrics
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.rules.comment_bank import check_comment_banks
from casebook.rules.rubric import check_rubric
from casebook.rules.spelling import did_you_mean
from casebook.source.load import load
from casebook.workflow.examination import Checked
from casebook.workflow.programs import show_program

_BETWEEN = ":"


@dataclass(frozen=True, slots=True)
class FoundRubric:
    """A rubric, or the findings of its file that keep it from being used."""

    rubric: Rubric | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class RubricComparison:
    """Two rubrics and what differs between them, in the order of the rubric."""

    old: Rubric
    new: Rubric
    changes: tuple[RubricChange, ...]

    @property
    def changes_results(self) -> bool:
        """Whether a finished result could come out otherwise under the new rubric."""
        return any(each.changes_result for each in self.changes)


def find_rubric(reference: str) -> FoundRubric:
    """A rubric by its file, or as ``program:rubric``, such as ``nkt:case-study``.

    Raises:
        UsageError: There is no such file, program or rubric, or the program has faults.
    """
    path = Path(reference)
    program, between, rubric_id = reference.rpartition(_BETWEEN)
    if between and program and rubric_id and not path.exists():
        return FoundRubric(_of_program(program, rubric_id), Checked(Report.of((), 0)))
    if not between and not path.exists():
        raise UsageError(
            f"there is no file {reference!r}",
            hint="name a rubric's file, or program:rubric such as nkt:case-study",
        )
    shown = os.path.normpath(path)
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(shown, content, expect="rubric")
    findings = list(loaded.findings)
    if loaded.piece is not None:
        findings.extend(check_rubric(loaded.piece))
    checked = Checked(Report.of(findings, 1), {shown: content})
    sound = loaded.piece is not None and checked.report.acceptable
    return FoundRubric(loaded.piece.record if loaded.piece and sound else None, checked)


def diff_rubrics(old: Rubric, new: Rubric) -> RubricComparison:
    """Compare two rubrics."""
    return RubricComparison(old, new, compare_rubrics(old, new))


def comments_on(reference: str, bank_path: Path | None = None) -> tuple[Rubric, CommentBank]:
    """A rubric of a program and the comments kept for it.

    Args:
        reference: The rubric as ``program:rubric``.
        bank_path: A comment bank's own file, instead of the program's.

    Raises:
        UsageError: There is no such rubric, no bank for it, or the bank has faults.
    """
    found = find_rubric(reference)
    if found.rubric is None:
        first = found.checked.report.findings[0]
        raise UsageError(f"{reference} has faults: {first.message}", hint=first.hint)
    if bank_path is not None:
        return found.rubric, _bank_in(bank_path, found.rubric)
    program, between, _ = reference.rpartition(_BETWEEN)
    if not between or Path(reference).exists():
        raise UsageError(
            "a rubric's file does not say which comments belong to it",
            hint="name it as program:rubric such as nkt:case-study, or add --bank FILE",
        )
    bank = show_program(program).comment_bank(found.rubric.id)
    if bank is None:
        raise UsageError(
            f"the program keeps no comments for the rubric {found.rubric.id}",
            hint="write a file of kind comment-bank, and name it under `comment_banks`",
        )
    return found.rubric, bank


def _of_program(reference: str, rubric_id: str) -> Rubric:
    program = show_program(reference)
    rubric = program.rubric(rubric_id)
    if rubric is None:
        known = {each.id: each.title for each in program.rubrics}
        raise UsageError(
            f"the program {program.rules.id} has no rubric {rubric_id!r}",
            hint=did_you_mean(rubric_id, known, known),
        )
    return rubric


def _bank_in(path: Path, rubric: Rubric) -> CommentBank:
    shown = os.path.normpath(path)
    loaded = load(shown, read_bytes(path, LARGEST_READ_BYTES), expect="comment-bank")
    bank: Piece[CommentBank] | None = loaded.piece
    if bank is not None and bank.record.rubric != rubric.id:
        raise UsageError(
            f"{shown} holds comments on the rubric {bank.record.rubric!r}, not on {rubric.id!r}",
            hint="name the rubric that they belong to, or another bank",
        )
    findings: list[Finding] = list(loaded.findings)
    if bank is not None:
        findings.extend(check_comment_banks([bank], {rubric.id: rubric}, whole=True))
    errors = [each for each in findings if each.severity is Severity.ERROR]
    if errors or bank is None:
        raise UsageError(f"{shown} has faults: {errors[0].message}", hint=f"casebook check {shown}")
    return bank.record
