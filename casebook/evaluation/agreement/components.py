"""The variances that a mark is made of, and what they say of one mark and of several."""

import math
from dataclasses import dataclass

from casebook.evaluation.agreement.figures import Undefined


@dataclass(frozen=True, slots=True)
class Components:
    """The variances that a mark is made of, in squared units of the marks.

    Attributes:
        of_works: How far works differ: what is to be measured.
        of_graders: How far graders differ in severity.
        of_rest: Everything else: graders who see this work otherwise, and chance.
        set_to_zero: Those of the three that came out below zero, which a variance cannot be.
    """

    of_works: float
    of_graders: float
    of_rest: float
    set_to_zero: tuple[str, ...]

    @property
    def of_error(self) -> float:
        """What keeps one grader's mark from being the work's own: severity and the rest."""
        return self.of_graders + self.of_rest


def phi(components: Components, graders: float = 1) -> float:
    """The absolute coefficient: s2p / (s2p + s2r/n + s2pr,e/n), 0 to 1, for n graders a work.

    Raises:
        Undefined: There is no variance at all.

    Source:
        Brennan 2001, Generalizability Theory, chapter 2.
    """
    total = components.of_works + components.of_error / graders
    if total <= 0:
        raise Undefined("the marks do not differ at all")
    return components.of_works / total


def standard_error(spread: float, reliability: float) -> float:
    """The standard error of measurement: SD * sqrt(1 - reliability), in the unit of the SD.

    Args:
        spread: The standard deviation of the marks.
        reliability: 0 to 1, of the same marks.
    """
    return spread * math.sqrt(max(0.0, 1 - reliability))
