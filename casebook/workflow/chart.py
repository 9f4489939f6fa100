"""Draws one of the charts of a case study, an observed session or a mark sheet as an SVG file."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from casebook import __version__
from casebook.charts.body import body_chart
from casebook.charts.compensation_layout import Moments
from casebook.charts.compensation_map import compensation_map
from casebook.charts.criterion_scores import criterion_scores
from casebook.charts.svg import standalone
from casebook.charts.timeline import timeline
from casebook.charts.trajectory import trajectories
from casebook.diagnostics.finding import Report
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.compensation import Pair
from casebook.domain.work.measures import measures_by_id
from casebook.domain.work.observation import Observation
from casebook.errors import UsageError
from casebook.evaluation.timing import time_session
from casebook.files import read_bytes, write_file
from casebook.language import _, speaking
from casebook.limits import LARGEST_READ_BYTES
from casebook.render.look import dressed
from casebook.render.views.body import body_of
from casebook.render.views.compensation import case_pairs, map_of, session_pairs
from casebook.render.views.cycles import session_timeline
from casebook.render.views.outcomes import measure_trajectories, motion_trajectories
from casebook.render.views.readings import measure_courses, motion_courses
from casebook.render.views.scores import score_sheet
from casebook.source.anatomy import structure_naming
from casebook.source.load import KINDS, load
from casebook.source.portfolio import language_around, portfolio_around, program_around
from casebook.workflow.examination import Checked, faults_of_form, portfolio_meant
from casebook.workflow.originals import keep_originals
from casebook.workflow.programs import program_reading
from casebook.workflow.score import evaluate, program_of, sound_program

ChartKind: TypeAlias = Literal["map", "body", "timeline", "outcomes", "scores"]
CHART_KINDS: Final[tuple[ChartKind, ...]] = get_args(ChartKind)

_Work: TypeAlias = CaseStudy | Observation | MarkSheet
_Draw: TypeAlias = Callable[[_Work, Program | None], str | None]

_FITTING: Final[Mapping[str, tuple[ChartKind, ...]]] = {
    "case-study": ("map", "body", "outcomes"),
    "observation": ("map", "body", "timeline", "scores"),
    "mark-sheet": ("scores",),
}

_WANTED: Final[Mapping[ChartKind, str]] = {
    "map": "it takes a pattern, or a release between a failed test and its retest",
    "body": "it takes a pattern, or a release between a failed test and its retest",
    "timeline": "it takes a protocol, and a release after a failed test",
    "outcomes": "it takes a measure or a range of motion that was taken on two days",
    "scores": "the program has no rubric for it",
}
"""What a chart cannot be drawn without."""


@dataclass(frozen=True, slots=True)
class Charting:
    """What was found in the file, and the chart; None when the file could not be read as it is."""

    checked: Checked
    drawn: str | None


def chart_path(path: Path, kind: ChartKind, program_path: Path | None = None) -> Charting:
    """Draw a chart as SVG that stands by itself.

    Args:
        path: A case study, an observation or a mark sheet.
        kind: Which of its charts.
        program_path: The program to go by, for a file outside a portfolio.

    Raises:
        UsageError: The file has no such chart, or nothing to draw in it.
    """
    if portfolio_meant(path).is_dir():
        raise UsageError(
            f"{path}: a chart shows one piece of work, not a whole portfolio",
            hint="name a case study, an observed session, or a mark sheet",
        )
    shown = os.path.normpath(path)
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(shown, content)
    # Why only known kinds: of another word the findings say which kind may be meant.
    if loaded.kind in KINDS and kind not in _FITTING.get(loaded.kind, ()):
        raise UsageError(
            f"{path}: {loaded.called} has no chart `{kind}`", hint=_advice(loaded.kind)
        )
    checked = Checked(Report.of(loaded.findings, 1), {shown: content})
    if loaded.piece is None or any(faults_of_form(loaded.findings)):
        return Charting(checked, None)
    program = _program(loaded.piece, path, program_path)
    with speaking(language_around(path)):
        drawn = _DRAW[kind](loaded.piece.record, program)
    if drawn is None:
        raise UsageError(f"{path}: there is nothing to draw", hint=_WANTED[kind])
    if program is not None:
        drawn = dressed(drawn, program.rules.look)
    return Charting(checked, standalone(drawn, f"casebook {__version__}"))


def write_chart(drawn: str, target: Path, path: Path, *, force: bool = False) -> None:
    """Write a chart that was drawn of the work at ``path``.

    Raises:
        UsageError: The target is no ``.svg``, or something stands there that is to be kept.
    """
    if target.suffix.lower() != ".svg":
        named = target.with_suffix(".svg") if target.stem.strip(".") else "chart.svg"
        raise UsageError(f"{target}: a chart is an SVG picture", hint=f"name it {named}")
    keep_originals([target], portfolio_around(path) or path.parent)
    write_file(target, drawn.encode("utf-8"), force=force)


def _advice(kind: str) -> str:
    fitting = _FITTING.get(kind)
    if not fitting:
        return "charts are drawn of a case study, an observed session, or a mark sheet"
    return f"it has: {', '.join(fitting)}"


def _program(
    piece: Piece[CaseStudy] | Piece[Observation] | Piece[MarkSheet],
    path: Path,
    program_path: Path | None,
) -> Program | None:
    """The program to go by; a case study can be drawn without one."""
    if program_path is not None:
        return sound_program(program_reading(str(program_path)))
    if isinstance(piece.record, CaseStudy):
        around = program_around(path)
        return sound_program(around) if around else None
    return sound_program(program_of(piece, path))


def _map(record: _Work, program: Program | None) -> str | None:
    moments: Moments = "day" if isinstance(record, CaseStudy) else "cycle"
    chart = map_of(_pairs(record, program), moments)
    return compensation_map(chart) if chart else None


def _body(record: _Work, program: Program | None) -> str | None:
    chart = body_of(_pairs(record, program))
    return body_chart(chart) if chart else None


def _pairs(record: _Work, program: Program | None) -> tuple[Pair, ...]:
    if isinstance(record, CaseStudy):
        return case_pairs(record, program)
    if isinstance(record, Observation) and program is not None:
        return session_pairs(record, program)
    return ()


def _timeline(record: _Work, program: Program | None) -> str | None:
    if not isinstance(record, Observation) or program is None or program.protocol is None:
        return None
    timed = time_session(record, program.protocol, structure_naming())
    session = session_timeline(record, timed)
    return timeline(session) if session else None


def _outcomes(record: _Work, program: Program | None) -> str | None:
    if not isinstance(record, CaseStudy):
        return None
    measures = measures_by_id(program.rules.measures if program else ())
    charts = (
        *measure_trajectories(measure_courses(record.sessions, measures)),
        *motion_trajectories(motion_courses(record.sessions)),
    )
    return trajectories(_("Outcomes by day"), charts) if charts else None


def _scores(record: _Work, program: Program | None) -> str | None:
    if isinstance(record, CaseStudy) or program is None:
        return None
    evaluation = evaluate(record, program)
    if evaluation is None:
        return None
    return criterion_scores(score_sheet(evaluation, program.rubric(evaluation.rubric)))


_DRAW: Final[Mapping[ChartKind, _Draw]] = {
    "map": _map,
    "body": _body,
    "timeline": _timeline,
    "outcomes": _outcomes,
    "scores": _scores,
}
