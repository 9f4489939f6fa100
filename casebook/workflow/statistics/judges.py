"""Reads a panel's table of estimates and holds it against the rubric it is about."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.diagnostics.finding import Report
from casebook.domain.marking.judgement import Judgement
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.rules.judgements import check_judgements, tops_of
from casebook.rules.spelling import did_you_mean
from casebook.source.judgement_table import listed, read_judgements
from casebook.workflow.examination import Checked
from casebook.workflow.programs import program_reading
from casebook.workflow.score import sound_program

_TABLE_SUFFIXES: Final = frozenset({".csv", ".tsv"})


@dataclass(frozen=True, slots=True)
class PanelReading:
    """A panel's estimates; none where the table has faults, which ``checked`` tells."""

    judgements: tuple[Judgement, ...]
    checked: Checked


def is_table(path: Path) -> bool:
    """Whether a path is meant as a judges' table."""
    return path.suffix.casefold() in _TABLE_SUFFIXES


def read_panel(path: Path, rubric: Rubric | None) -> PanelReading:
    """Read a judges' table.

    Args:
        path: The table, a CSV file.
        rubric: Whose criteria are judged, with their weights and tops; None for a table that
            stands by itself: its items then count by their tops.

    Raises:
        UsageError: There is no such file.
    """
    shown = os.path.normpath(path)
    content = read_bytes(path, LARGEST_READ_BYTES)
    reading = read_judgements(shown, content)
    findings = list(reading.findings)
    # Why not otherwise: a row that could not be read would be told as an estimate that is missing.
    if not findings:
        findings.extend(check_judgements(reading.rows, rubric))
    checked = Checked(Report.of(listed(findings), 1), {shown: content})
    if findings:
        return PanelReading((), checked)
    tops = tops_of(reading.rows, rubric)
    weights = {each.id: each.weight for each in rubric.criteria} if rubric else tops
    judgements = tuple(
        Judgement(row.round, row.judge, row.item, row.expected, tops[row.item], weights[row.item])
        for row in reading.rows
    )
    return PanelReading(judgements, checked)


def panel_rubric(program_path: Path | None, rubric_id: str | None) -> tuple[Program, Rubric] | None:
    """The rubric that a panel judged, when it is named; None when neither name is given.

    Raises:
        UsageError: Only half of it is named, or there is no such rubric.
    """
    if program_path is None:
        if rubric_id is None:
            return None
        raise UsageError(
            f"nothing says whose rubric '{rubric_id}' is",
            hint="name its program too: --program nkt, or the program's file",
        )
    program = sound_program(program_reading(str(program_path)))
    ids = [each.id for each in program.rubrics]
    if rubric_id is None:
        raise UsageError(
            f"no rubric of the program {program.rules.id} is named",
            hint=f"say which one was judged: --rubric {' or '.join(ids) or 'ID'}",
        )
    rubric = program.rubric(rubric_id)
    if rubric is None:
        raise UsageError(
            f"the program {program.rules.id} has no rubric `{rubric_id}`",
            hint=did_you_mean(rubric_id, ids),
        )
    return program, rubric
