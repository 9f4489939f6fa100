"""Scores an observed session or a grader's mark sheet."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.marks import MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Portfolio
from casebook.domain.program import Program
from casebook.domain.results import Evaluation
from casebook.errors import UsageError
from casebook.evaluation.evaluate import evaluate_mark_sheet, evaluate_observation
from casebook.files import read_bytes
from casebook.source.folder import DiskFolder
from casebook.source.load import load
from casebook.source.portfolio import open_portfolio
from casebook.source.program import find_program, read_program
from casebook.source.reader import FILE_BYTES
from casebook.workflow.check import (
    Checked,
    check_paths,
    examine_portfolio,
    program_around,
    structure_naming,
)


@dataclass(frozen=True, slots=True)
class Scoring:
    """What was found in the files, and the evaluations; none of a file that is at fault."""

    checked: Checked
    evaluations: tuple[Evaluation, ...]

    @property
    def passed(self) -> bool:
        """Whether there is a result and every one is a pass."""
        return bool(self.evaluations) and all(each.result == "pass" for each in self.evaluations)


def score_path(path: Path, on: date, program_path: Path | None = None) -> Scoring:
    """Score an observation, a mark sheet, or every observed session of a portfolio.

    Args:
        path: The file, or a portfolio folder.
        on: The day consents are checked for.
        program_path: The program to score by, for an observation outside a portfolio.

    Raises:
        UsageError: The file is of a kind that has no marks, or no program is known for it.
    """
    checked = check_paths([path], on)
    if path.is_dir():
        portfolio = examine_portfolio(open_portfolio(path), on).portfolio
        if portfolio is None:
            return Scoring(checked, ())
        return Scoring(checked, score_portfolio(portfolio))
    loaded = load(str(path), read_bytes(path, FILE_BYTES))
    if loaded.kind not in {None, "observation", "mark-sheet"}:
        raise UsageError(
            f"{path}: a {loaded.kind} has no marks to score",
            hint="score an observation, a grader's mark sheet, or a portfolio folder",
        )
    record = loaded.piece.record if loaded.piece else None
    if loaded.findings or record is None:
        return Scoring(checked, ())
    program = _program_of(record, path, program_path)
    evaluation = evaluate(record, program)
    return Scoring(checked, (evaluation,) if evaluation else ())


def score_portfolio(portfolio: Portfolio) -> tuple[Evaluation, ...]:
    """Evaluate every observed session of a portfolio, in the order of their files."""
    scored = (evaluate(piece.record, portfolio.program) for piece in portfolio.observations)
    return tuple(each for each in scored if each is not None)


def evaluate(record: Observation | MarkSheet, program: Program) -> Evaluation | None:
    """Evaluate one record; None when the program has no rubric for it."""
    if isinstance(record, Observation):
        rubric = program.rubric_for("observation")
        return rubric and evaluate_observation(record, program, rubric, structure_naming())
    rubric = program.rubric(record.rubric)
    return rubric and evaluate_mark_sheet(record, program, rubric)


def evaluation_json(evaluation: Evaluation) -> str:
    """An evaluation as JSON; what is not known is left out."""
    return json.dumps(
        evaluation.model_dump(mode="json", exclude_none=True), indent=2, ensure_ascii=False
    )


def _program_of(record: Observation | MarkSheet, path: Path, program_path: Path | None) -> Program:
    if program_path is not None:
        reading = read_program(DiskFolder(program_path.parent), program_path.name)
    elif isinstance(record, MarkSheet):
        reading = find_program(record.program, DiskFolder(path.parent), Place(str(path)))
    else:
        around = program_around(path)
        if around is None:
            raise UsageError(
                f"{path}: nothing says which program this session was graded for",
                hint="put it into a portfolio folder, or name the program: --program FILE",
            )
        reading = around
    if reading.program is None:
        report: Finding | None = next(iter(reading.findings), None)
        raise UsageError(
            f"the program cannot be read: {report.message if report else 'it has faults'}",
            hint="see `casebook program check`",
        )
    return reading.program
