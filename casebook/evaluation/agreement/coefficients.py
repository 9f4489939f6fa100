"""Each family of figures for one sample of marks: value, interval, or the reason for neither."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from casebook.evaluation.agreement import catalogue
from casebook.evaluation.agreement.alpha import Metric, alpha_figure
from casebook.evaluation.agreement.catalogue import Kind
from casebook.evaluation.agreement.decision_study import study_graders
from casebook.evaluation.agreement.figures import Estimate, Figure, Refused, Undefined
from casebook.evaluation.agreement.fleiss import fleiss_figure
from casebook.evaluation.agreement.generalizability import reliability_figures, variance_components
from casebook.evaluation.agreement.intraclass import FORMS, icc_figures, icc_interval
from casebook.evaluation.agreement.kappa import (
    WEIGHTINGS,
    joint_works,
    kappa_interval,
    pair_kappas,
)
from casebook.evaluation.agreement.matrix import marks_per_work, values_of
from casebook.evaluation.agreement.minimums import MINIMUMS, normal_error_works
from casebook.evaluation.agreement.percent import agreement_shares, wilson_interval
from casebook.evaluation.agreement.report import Decision
from casebook.evaluation.agreement.sample import Sample

_PAIR: Final = 2


def percent_figure(sample: Sample) -> Figure:
    """Percent agreement; Wilson's interval where each work has two marks."""
    if short := _shortfall(catalogue.PERCENT, sample.works):
        return short
    figures = agreement_shares(sample.marks)
    if sample.has_independent_works and marks_per_work(sample.marks).max() == _PAIR:
        share = figures.only()
        return sample.computed(share, "wilson", partial(wilson_interval, share, sample.works))
    return sample.bootstrapped(figures)[0]


def kappa_figures(sample: Sample) -> tuple[Sequence[Figure], int]:
    """Cohen's kappa and the weighted ones, and how many pairs of graders they are the mean of.

    Of more than two graders, the pairs that share enough works. The large-sample error is taken
    for one pair with enough works for it, else the bootstrap.
    """
    shared = joint_works(sample.marks)
    minimum = MINIMUMS["kappa"]
    pairs = [pair for pair, works in shared.items() if works >= minimum.works]
    if not pairs:
        return [Refused(minimum.shortfall(max(shared.values())))] * len(WEIGHTINGS), 0
    joint = sample.sharing(pairs)
    figures = pair_kappas(joint.marks, pairs)
    pair = joint.marks[:, list(pairs[0])]
    enough = joint.works >= normal_error_works(len(values_of(pair)))
    if len(pairs) > 1 or not (enough and joint.has_independent_works):
        return joint.bootstrapped(figures), len(pairs)
    try:
        return [
            joint.computed(
                figures.only(number), "fleiss-cohen-everitt", partial(kappa_interval, pair, way)
            )
            for number, way in enumerate(WEIGHTINGS)
        ], 1
    except Undefined as error:
        return [Refused(str(error))] * len(WEIGHTINGS), 1


def fleiss_kappa_figure(sample: Sample) -> Figure:
    """Fleiss' kappa; no closed interval is published but for a kappa of zero."""
    if short := _shortfall(catalogue.FLEISS, sample.works):
        return short
    return sample.bootstrapped(fleiss_figure(sample.marks))[0]


def alpha_figure_of(sample: Sample, metric: Metric) -> Figure:
    """Krippendorff's alpha."""
    if short := _shortfall(catalogue.ALPHAS[metric], sample.works):
        return short
    return sample.bootstrapped(alpha_figure(sample.marks, metric))[0]


def icc_figures_of(sample: Sample) -> Sequence[Figure]:
    """The six intraclass correlations of the works that all graders marked."""
    full = sample.complete()
    if short := _shortfall(catalogue.ICCS["1-1"], full.works):
        return [short] * len(FORMS)
    figures = icc_figures(full.marks)
    if not full.has_independent_works:
        return full.bootstrapped(figures)
    try:
        return [
            full.computed(
                figures.only(number), "mcgraw-wong", partial(icc_interval, full.marks, form)
            )
            for number, form in enumerate(FORMS)
        ]
    except Undefined as error:
        return [Refused(str(error))] * len(FORMS)


def reliability_figures_of(sample: Sample) -> tuple[Figure, Figure, Decision | Refused]:
    """Phi and the standard error of one grader's mark, and the decision study made of them.

    With a full table phi of one grader is the intraclass correlation (2,1), whose interval holds
    for graders like these; with missing marks the bootstrap's holds for these graders alone.
    """
    if short := _shortfall(catalogue.PHI, sample.works):
        return short, short, short
    try:
        components = variance_components(sample.marks)
    except Undefined as error:
        none = Refused(str(error))
        return none, none, none
    phi, sem = sample.bootstrapped(reliability_figures(sample.marks))
    is_full = sample.complete().works == sample.works
    if isinstance(phi, Estimate) and is_full and sample.has_independent_works:
        phi = sample.computed(phi.value, "mcgraw-wong", partial(_phi_interval, sample))
    return phi, sem, study_graders(components, phi)


def _phi_interval(sample: Sample) -> tuple[float, float]:
    low, high = icc_interval(sample.marks, "2-1")
    return max(low, 0.0), max(high, 0.0)


def _shortfall(kind: Kind, works: int) -> Refused | None:
    minimum = kind.minimum
    return Refused(minimum.shortfall(works)) if works < minimum.works else None
