"""The decision study: what phi would be with more graders or fewer, and how many are enough."""

import math
from typing import Final

from casebook.evaluation.agreement.components import Components, phi, standard_error
from casebook.evaluation.agreement.figures import Figure, Interval, Refused
from casebook.evaluation.agreement.intraclass import stepped_up
from casebook.evaluation.agreement.report import Decision, Need, Step

TARGETS: Final = (0.7, 0.8, 0.9)
"""Reliabilities that are asked for: for low stakes, for certificates, for the highest stakes."""

MOST_GRADERS: Final = 6
"""A study goes no further: hardly a case study is marked by more."""


def study_graders(components: Components, phi_of_one: Figure) -> Decision | Refused:
    """Phi and the standard error for 1 to ``MOST_GRADERS`` graders, and how many reach a target.

    The interval of phi for n graders is that of one grader's phi, stepped up: phi rises with it.

    Source:
        Brennan 2001, Generalizability Theory, chapter 2, the p x r design with absolute error.
    """
    if isinstance(phi_of_one, Refused):
        return phi_of_one
    limits = phi_of_one.interval
    spread = math.sqrt(components.of_works + components.of_error)
    of_one = standard_error(spread, phi(components))
    steps = tuple(
        Step(
            graders=n,
            phi=stepped_up(phi_of_one.value, n),
            low=stepped_up(limits.low, n) if isinstance(limits, Interval) else None,
            high=stepped_up(limits.high, n) if isinstance(limits, Interval) else None,
            sem=of_one / math.sqrt(n),
        )
        for n in range(1, MOST_GRADERS + 1)
    )
    return Decision(components, steps, tuple(_need(phi_of_one.value, limits, to) for to in TARGETS))


def graders_needed(phi_of_one: float, target: float) -> int | None:
    """How many graders a work needs for phi to reach ``target``; None when no number is enough.

    n = target (1 - phi1) / (phi1 (1 - target)), rounded up.

    Args:
        phi_of_one: Phi of one grader's mark.
        target: The phi wanted, above 0 and below 1.
    """
    if phi_of_one <= 0:
        return None
    exact = target * (1 - phi_of_one) / (phi_of_one * (1 - target))
    # Why: 0.8 * 0.5 / (0.5 * 0.2) is a little more than 4 in binary, and must not become 5.
    return max(1, math.ceil(exact - 1e-9))


def _need(phi_of_one: float, limits: Interval | Refused, target: float) -> Need:
    known = isinstance(limits, Interval)
    return Need(
        target=target,
        graders=graders_needed(phi_of_one, target),
        at_best=graders_needed(limits.high, target) if isinstance(limits, Interval) else None,
        at_worst=graders_needed(limits.low, target) if isinstance(limits, Interval) else None,
        known=known,
    )
