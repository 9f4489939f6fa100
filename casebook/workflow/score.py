"""Scores an observed session or a grader's mark sheet."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Report
from casebook.diagnostics.place import Place, Places
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.outcome.results import Evaluation, ResultName
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.program.program import Program
from casebook.domain.work.observation import Observation
from casebook.errors import UsageError
from casebook.evaluation.evaluate import evaluate_mark_sheet, evaluate_observation
from casebook.evaluation.timing import time_session
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.anatomy import structure_naming
from casebook.source.load import KINDS, load
from casebook.source.portfolio import (
    open_portfolio,
    portfolio_around,
    program_around,
    read_portfolio,
)
from casebook.source.program import ProgramReading, find_program, folder_naming
from casebook.workflow.check import check_file
from casebook.workflow.examination import (
    Checked,
    examine_portfolio,
    has_faults_of_form,
    portfolio_meant,
    shown_below,
)
from casebook.workflow.programs import program_reading

IN_EVALUATIONS: Final = frozenset(
    code.id
    for code in (
        codes.RELEASE_WITHOUT_TEST,
        codes.RELEASE_LATE,
        codes.RETEST_WITHOUT_TEST,
        codes.RETEST_WITHOUT_RELEASE,
        codes.NOT_RETESTED,
        codes.NOT_RESTORED,
    )
)
"""Findings that an evaluation holds too, as the faults of its protocol."""


@dataclass(frozen=True, slots=True)
class ScoredWork:
    """An evaluation, with the places of the work it is about."""

    evaluation: Evaluation
    path: str
    places: Places

    def place_of_event(self, index: int) -> Place:
        """Where the event with this position in the list of events stands."""
        return Place(self.path, self.places.of("events", index).span)


@dataclass(frozen=True, slots=True)
class Scoring:
    """What was found in the files, and what the marks come to.

    ``unscored`` says, in a sentence each, why something has no evaluation at all.
    """

    checked: Checked
    works: tuple[ScoredWork, ...]
    unscored: tuple[str, ...] = ()

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """The evaluations, in the order of their files."""
        return tuple(work.evaluation for work in self.works)

    @property
    def result(self) -> ResultName:
        """Fail when one work failed, else incomplete unless everything passed."""
        results = {each.result for each in self.evaluations}
        if "fail" in results:
            return "fail"
        return "pass" if results == {"pass"} and not self.unscored else "incomplete"


@dataclass(frozen=True, slots=True)
class MarkedSubmission:
    """What a mark sheet needs of the submission it is about.

    Attributes:
        digest: The submission's digest.
        program: The rules it was handed in under.
        sessions: Its observed sessions, which criteria may be taken from.
    """

    digest: str
    program: Program
    sessions: tuple[Observation, ...]


def score_path(
    path: Path,
    on: date,
    program_path: Path | None = None,
    marked: MarkedSubmission | None = None,
) -> Scoring:
    """Score an observation, a mark sheet, or every observed session of a portfolio.

    Args:
        path: The file, or a portfolio's folder or portfolio.yaml.
        on: The day consents are checked for.
        program_path: The program to score by, for a file outside a portfolio.
        marked: The submission that a mark sheet is about.

    Raises:
        UsageError: The file is of a kind that has no marks, no program is known for it, or it is
            not about the submission.
    """
    folder = portfolio_meant(path)
    if folder.is_dir():
        _refuse_submission(path, marked)
        return _score_folder(folder, on)
    shown = os.path.normpath(path)
    loaded = load(shown, read_bytes(path, LARGEST_READ_BYTES))
    # Why only known kinds: of another word the findings say which kind may be meant.
    if loaded.kind in KINDS and loaded.kind not in {"observation", "mark-sheet"}:
        raise UsageError(
            f"{path}: {loaded.called} has no marks to score",
            hint="score an observation, a grader's mark sheet, or a portfolio folder",
        )
    named = sound_program(program_reading(str(program_path))) if program_path else None
    if marked is not None:
        named = named or marked.program
    checked = check_file(path, on, named)
    if loaded.piece is None or has_faults_of_form(loaded.findings):
        return Scoring(checked, (), (_because_of_faults(shown),))
    program = named or sound_program(program_of(loaded.piece, path))
    session = None
    if isinstance(loaded.piece.record, MarkSheet):
        session = _session_marked(loaded.piece.record, path, marked)
    else:
        _refuse_submission(path, marked)
    return _score_piece(loaded.piece, program, checked, session)


def score_portfolio(portfolio: Portfolio) -> tuple[Evaluation, ...]:
    """Evaluate every observed session of a portfolio, in the order of their files."""
    scored = (evaluate(piece.record, portfolio.program) for piece in portfolio.observations)
    return tuple(each for each in scored if each is not None)


def evaluate(
    record: Observation | MarkSheet, program: Program, session: Observation | None = None
) -> Evaluation | None:
    """Evaluate one record; None when the program has no rubric for it.

    Args:
        record: An observed session with its examiner's marks, or a mark sheet.
        program: The rules to go by.
        session: The session that a mark sheet is about, for criteria taken from its protocol.
    """
    if isinstance(record, Observation):
        rubric = program.rubric_for("observation")
        if rubric is None:
            return None
        return evaluate_observation(record, program, rubric, structure_naming())
    rubric = program.rubric(record.rubric)
    if rubric is None:
        return None
    protocol = None
    if session is not None and program.protocol is not None:
        protocol = time_session(session, program.protocol, structure_naming())
    return evaluate_mark_sheet(record, program, rubric, protocol)


def _session_marked(
    sheet: MarkSheet, path: Path, marked: MarkedSubmission | None
) -> Observation | None:
    """The session a sheet is about: in the submission, or in the portfolio the sheet lies in."""
    if marked is not None:
        if sheet.submission not in {None, marked.digest}:
            raise UsageError(
                f"{path} is about another submission than the one named",
                hint="name the submission that was marked, as it was handed in",
            )
        sessions: Iterable[Observation] = marked.sessions
    elif (root := portfolio_around(path)) is not None:
        portfolio = read_portfolio(open_portfolio(root)).portfolio
        sessions = [each.record for each in portfolio.observations] if portfolio else ()
    else:
        return None
    return next((each for each in sessions if each.id == sheet.work), None)


def _refuse_submission(path: Path, marked: MarkedSubmission | None) -> None:
    if marked is not None:
        raise UsageError(
            f"{path} is no mark sheet, so it needs no submission",
            hint="leave out --submission, or name a grader's mark sheet",
        )


def _score_folder(root: Path, on: date) -> Scoring:
    examined = examine_portfolio(open_portfolio(root), on)
    portfolio, program = examined.portfolio, examined.reading.program
    if portfolio is None or program is None or not program.sound:
        checked = shown_below(root, examined.report, examined.reading.contents)
        return Scoring(checked, (), (f"the portfolio {root} cannot be read",))
    pieces = {piece.path: piece for piece in portfolio.observations}
    names = {*pieces, *(name for name in portfolio.unread if name.startswith("observation"))}
    found = [each for each in examined.report.findings if each.place.path in names]
    works: list[ScoredWork] = []
    unscored = [] if names else [f"the portfolio {root} has no observed session"]
    for name in sorted(names):
        path = os.path.normpath(root / name)
        if has_faults_of_form(each for each in found if each.place.path == name):
            unscored.append(_because_of_faults(path))
        elif evaluation := evaluate(pieces[name].record, portfolio.program):
            works.append(ScoredWork(evaluation, path, pieces[name].places))
        else:
            unscored.append(_for_want_of_a_rubric(path))
    report = Report.of(found, len(names))
    checked = shown_below(root, report, examined.reading.contents)
    return Scoring(checked, tuple(works), tuple(unscored))


def _score_piece(
    piece: Piece[Observation] | Piece[MarkSheet],
    program: Program,
    checked: Checked,
    session: Observation | None,
) -> Scoring:
    evaluation = evaluate(piece.record, program, session)
    if evaluation is None:
        return Scoring(checked, (), (_for_want_of_a_rubric(piece.path),))
    return Scoring(checked, (ScoredWork(evaluation, piece.path, piece.places),))


def _because_of_faults(path: str) -> str:
    return f"{path} is not scored: its faults come first"


def _for_want_of_a_rubric(path: str) -> str:
    return f"{path} is not scored: the program has no such rubric"


def sound_program(reading: ProgramReading) -> Program:
    """The program, when it was read without a fault: nothing is judged by half a program.

    Raises:
        UsageError: It has faults, or there is no such program.
    """
    if reading.program is None or not reading.sound:
        raise UsageError(
            f"the program cannot be used: {reading.findings[0].message}",
            hint="`casebook program check` says what is wrong with a program",
        )
    return reading.program


def program_of(piece: Piece[Observation] | Piece[MarkSheet], path: Path) -> ProgramReading:
    """The program that a session or a mark sheet is judged by.

    Raises:
        UsageError: The session lies in no portfolio that names one.
    """
    if isinstance(piece.record, MarkSheet):
        reference = piece.record.program
        folder, place = folder_naming(reference, path.parent), piece.places.of("program")
        return find_program(reference, folder, place)
    around = program_around(path)
    if around is None:
        raise UsageError(
            f"{path}: nothing says which program this session was graded for",
            hint="put it into a portfolio folder, or name the program: --program FILE",
        )
    return around
