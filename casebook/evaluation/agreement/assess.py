"""Assesses agreement: a table of marks to every figure it allows."""

from typing import Final

import numpy as np

from casebook.evaluation.agreement import catalogue
from casebook.evaluation.agreement.alpha import METRICS
from casebook.evaluation.agreement.catalogue import Unit
from casebook.evaluation.agreement.coefficients import (
    alpha_figure_of,
    fleiss_kappa_figure,
    icc_figures_of,
    kappa_figures,
    percent_figure,
    reliability_figures_of,
)
from casebook.evaluation.agreement.figures import Estimate, Figure, Interval, Refused, Undefined
from casebook.evaluation.agreement.mark_table import MarkTable
from casebook.evaluation.agreement.matrix import FloatArray, values_of
from casebook.evaluation.agreement.minimums import MINIMUMS
from casebook.evaluation.agreement.report import (
    Agreement,
    CandidateStudy,
    Decision,
    GraderSeverity,
    Measure,
)
from casebook.evaluation.agreement.resampling import RESAMPLES, SEED
from casebook.evaluation.agreement.sample import Sample
from casebook.evaluation.agreement.several_works import study_works
from casebook.evaluation.agreement.severity import severities

_PAIR: Final = 2
_ROUNDING: Final = 1e-6


def assess_agreement(table: MarkTable) -> Agreement:
    """Every figure for the result, for the total and for each criterion."""
    given = ~np.isnan(table.marks).all(axis=2)
    has_results = not np.isnan(table.passes).all()
    return Agreement(
        works=len(table.works),
        submissions=len(np.unique(table.submissions)),
        sheets=int(given.sum()),
        graders=tuple(sorted(table.graders)),
        result=_measure(table, "result", "Pass or fail", "pass or fail", table.passes)
        if has_results
        else None,
        total=_measure(table, "total", "Total", "percent", table.totals()),
        criteria=tuple(
            _measure(table, scale.criterion, scale.title, "levels", table.of(scale.criterion))
            for scale in table.scales
        ),
        candidates=_candidates(Sample(table.totals(), table.submissions, table.graders)),
        seed=SEED,
        resamples=RESAMPLES,
    )


def _candidates(totals: Sample) -> CandidateStudy | Refused | None:
    """The study of several works, where enough candidates have them."""
    sample = totals.pairable()
    several = int(np.count_nonzero(np.bincount(sample.submissions) > 1))
    minimum = MINIMUMS["candidates"]
    if not several:
        return None
    if several < minimum.works:
        return Refused(minimum.shortfall(several))
    try:
        return study_works(sample.marks, sample.submissions)
    except Undefined as error:
        return Refused(str(error))


def _measure(table: MarkTable, name: str, title: str, unit: Unit, marks: FloatArray) -> Measure:
    sample = Sample(marks, table.submissions, table.graders).pairable()
    found, pairs, decision = _figures(sample, unit, _refusal(sample, marks))
    kinds = catalogue.KINDS[unit]
    return Measure(
        id=name,
        title=title,
        unit=unit,
        works=sample.works,
        marks=int(np.count_nonzero(~np.isnan(sample.marks))),
        pairs=pairs,
        figures={kind.id: found[kind.id] for kind in kinds},
        decision=decision,
        severity=None if unit == "pass or fail" else _severity(sample, table.graders, marks),
    )


def _refusal(sample: Sample, marks: FloatArray) -> Refused | None:
    """Why nothing can be said of agreement beyond chance, whatever the figure."""
    if np.count_nonzero(~np.isnan(marks).all(axis=0)) < _PAIR:
        return Refused("fewer than two graders marked this; agreement takes two")
    if not sample.works:
        return Refused("no work has the marks of two graders, so there is nothing to compare")
    if sample.never_differs:
        value = f"{values_of(sample.marks)[0]:g}"
        return Refused(
            f"all marks are the same ({value}), and marks that never differ show nothing beyond "
            "chance"
        )
    return None


def _figures(
    sample: Sample, unit: Unit, refused: Refused | None
) -> tuple[dict[str, Figure], int, Decision | Refused | None]:
    """Figures by their ids, the pairs of graders in the kappas, and the decision study."""
    found: dict[str, Figure] = {}
    pairs = 0
    decision: Decision | Refused | None = None if unit == "pass or fail" else refused
    if refused is not None:
        found = {kind.id: refused for kind in catalogue.KINDS[unit]}
    if sample.works:
        found[catalogue.PERCENT.id] = percent_figure(sample)
    if refused is not None:
        return found, pairs, decision
    for metric in METRICS:
        kind = catalogue.ALPHAS[metric]
        if kind in catalogue.KINDS[unit]:
            found[kind.id] = alpha_figure_of(sample, metric)
    if unit != "percent":
        kappas, pairs = kappa_figures(sample)
        found |= {kind.id: each for kind, each in zip(catalogue.KAPPAS, kappas, strict=True)}
        found[catalogue.FLEISS.id] = fleiss_kappa_figure(sample)
    if unit != "pass or fail":
        correlations = icc_figures_of(sample)
        found |= {
            kind.id: each for kind, each in zip(catalogue.ICCS.values(), correlations, strict=True)
        }
        phi, sem, decision = reliability_figures_of(sample)
        found |= {catalogue.PHI.id: phi, catalogue.SEM.id: sem}
    return found, pairs, decision


def _reaching(points: float, reach: float) -> Interval | Refused:
    if reach < _ROUNDING:
        return Refused("the graders differ in severity alone, so nothing says how sure that is")
    return Interval(points - reach, points + reach, "t")


def _severity(
    sample: Sample, graders: tuple[str, ...], marks: FloatArray
) -> tuple[GraderSeverity, ...] | Refused:
    """The severity of each grader who marked this, by name, or why none can be told."""
    if refused := _refusal(sample, marks):
        return refused
    try:
        found = severities(sample.marks)
    except Undefined as error:
        return Refused(str(error))
    kind = catalogue.SEVERITY
    told: dict[str, Figure] = {}
    for at, grader in enumerate(sample.graders):
        points, reach, works = (
            float(found.points[at]), float(found.reach[at]), int(found.works[at]),
        )  # fmt: skip
        told[grader] = (
            Refused(kind.minimum.shortfall(works))
            if works < kind.minimum.works
            else Estimate(points, works, _reaching(points, reach))
        )
    took_part = np.flatnonzero((~np.isnan(marks)).any(axis=0))
    alone = Refused(kind.minimum.shortfall(0))
    named = sorted(graders[column] for column in took_part)
    return tuple(GraderSeverity(name, told.get(name, alone)) for name in named)
