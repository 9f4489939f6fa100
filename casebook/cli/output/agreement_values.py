"""Agreement as values for JSON, and as a table for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from casebook.domain.canonical import brief
from casebook.evaluation.agreement.catalogue import KINDS
from casebook.evaluation.agreement.figures import CONFIDENCE, Figure, Interval, Refused
from casebook.evaluation.agreement.report import CandidateStudy, Decision, Measure
from casebook.exchange.tables import Cell, Column, Table
from casebook.workflow.statistics.agreement import AgreementReading, RubricAgreement

_COLUMNS: Final = (
    Column("program"),
    Column("rubric"),
    Column("rubric digest"),
    Column("measure"),
    Column("unit"),
    Column("figure"),
    Column("grader"),
    Column("graders", "number"),
    Column("value", "number"),
    Column("low", "number"),
    Column("high", "number"),
    Column("interval"),
    Column("works", "number"),
    Column("without"),
)

_FIRST: Final = 3
"""How many columns say which group a row belongs to."""


def agreement_values(reading: AgreementReading) -> dict[str, Any]:
    """Everything that was found, as JSON has it."""
    return {
        "groups": [_group(group) for group in reading.groups],
        "left_out": [asdict(each) for each in reading.left_out],
    }


def agreement_table(reading: AgreementReading) -> Table:
    """One row for each figure; what has none says why in the last column."""
    rows = tuple(
        (group.used.program, group.used.rubric, brief(group.used.digest or ""), *row)
        for group in reading.groups
        for measure in group.agreement.measures
        for row in (*_rows(measure), *_candidate_rows(measure, group.agreement.candidates))
    )
    return Table("Agreement", _COLUMNS, rows)


def _group(group: RubricAgreement) -> dict[str, Any]:
    agreement = group.agreement
    return {
        "program": group.used.program,
        "rubric": group.used.rubric,
        "rubric_digest": group.used.digest,
        "title": group.title,
        "sheets": group.sheets,
        "works": agreement.works,
        "submissions": agreement.submissions,
        "graders": list(agreement.graders),
        "totals": group.totals or "by the rubric's weights",
        "confidence": CONFIDENCE,
        "seed": agreement.seed,
        "resamples": agreement.resamples,
        "candidates": _candidates(agreement.candidates),
        "measures": [_measure(measure) for measure in agreement.measures],
    }


def _candidates(study: CandidateStudy | Refused | None) -> dict[str, Any] | None:
    if study is None or isinstance(study, Refused):
        return _refused(study) if study else None
    needed = [{"target": target, "works": works} for target, works in study.needed]
    return {**asdict(study), "needed": needed}


def _measure(measure: Measure) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": measure.id,
        "title": measure.title,
        "unit": measure.unit,
        "works": measure.works,
        "marks": measure.marks,
        "kappa_pairs": measure.pairs,
        "figures": {name: _figure(figure) for name, figure in measure.figures.items()},
    }
    if isinstance(measure.decision, Decision):
        values["decision"] = asdict(measure.decision)
    elif measure.decision is not None:
        values["decision"] = _refused(measure.decision)
    if isinstance(measure.severity, Refused):
        values["severity"] = _refused(measure.severity)
    elif measure.severity is not None:
        values["severity"] = [
            {"grader": each.grader, **_figure(each.figure)} for each in measure.severity
        ]
    return values


def _figure(figure: Figure) -> dict[str, Any]:
    if isinstance(figure, Refused):
        return _refused(figure)
    values = {"value": figure.value, "works": figure.works}
    if isinstance(figure.interval, Interval):
        return {**values, **asdict(figure.interval)}
    return {**values, "no_interval": figure.interval.why}


def _refused(refused: Refused) -> dict[str, Any]:
    return {"refused": refused.why}


def _rows(measure: Measure) -> Iterator[tuple[Cell, ...]]:
    for kind in KINDS[measure.unit]:
        yield _row(measure, kind.id, **_cells(measure.figures[kind.id]))
    if isinstance(measure.decision, Decision):
        yield from _study_rows(measure, measure.decision)
    if isinstance(measure.severity, Refused):
        yield _row(measure, "severity", **_cells(measure.severity))
    for each in measure.severity if isinstance(measure.severity, tuple) else ():
        yield _row(measure, "severity", grader=each.grader, **_cells(each.figure))


def _study_rows(measure: Measure, study: Decision) -> Iterator[tuple[Cell, ...]]:
    works = measure.works
    for step in study.steps[1:]:
        values = {"value": step.phi, "low": step.low, "high": step.high, "works": works}
        yield _row(measure, "phi", graders=step.graders, **values)
        yield _row(measure, "sem", graders=step.graders, value=step.sem, works=works)
    for need in study.needs:
        numbers = {"value": need.graders, "low": need.at_best, "high": need.at_worst}
        without = None if need.graders else "no number of graders is enough"
        name = f"graders-for-phi-{need.target:.1f}"
        yield _row(measure, name, **numbers, works=works, without=without)
    parts = study.components
    variances = {"works": parts.of_works, "graders": parts.of_graders, "rest": parts.of_rest}
    for name, value in variances.items():
        zeroed = "it came out below zero and was set to zero" if name in parts.set_to_zero else None
        yield _row(measure, f"variance-of-{name}", value=value, works=works, without=zeroed)


def _candidate_rows(
    measure: Measure, study: CandidateStudy | Refused | None
) -> Iterator[tuple[Cell, ...]]:
    """What several works of a candidate would do, behind the rows of the total."""
    if study is None or measure.id != "total":
        return
    if isinstance(study, Refused):
        yield _row(measure, "phi-of-candidates", without=study.why)
        return
    for step in study.steps:
        values = {"value": step.phi, "low": step.low, "high": step.high}
        yield _row(measure, f"phi-of-{step.works}-works", graders=step.graders, **values)


def _row(measure: Measure, figure: str, **cells: Cell) -> tuple[Cell, ...]:
    named = {"measure": measure.id, "unit": measure.unit, "figure": figure, **cells}
    return tuple(named.get(column.name) for column in _COLUMNS[_FIRST:])


def _cells(figure: Figure) -> dict[str, Cell]:
    if isinstance(figure, Refused):
        return {"without": figure.why}
    cells: dict[str, Cell] = {"value": figure.value, "works": figure.works}
    if isinstance(figure.interval, Refused):
        return {**cells, "without": figure.interval.why}
    limits = figure.interval
    return {**cells, "low": limits.low, "high": limits.high, "interval": limits.method}
