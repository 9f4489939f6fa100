"""How many works each figure needs; below that it is refused, and says so.

The numbers are casebook's own choice, on the reasons that stand beside them: a figure of fewer
works would be so uncertain that printing it says more than the marks do.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least number that a figure is made of.

    Attributes:
        works: The number.
        what: What is counted.
        reason: Why fewer are not enough; completes "because".
    """

    works: int
    what: str
    reason: str

    def shortfall(self, there: int) -> str:
        """The sentence that refuses a figure."""
        found = "there is none" if not there else f"there {'is' if there == 1 else 'are'} {there}"
        return f"{self.works} {self.what} are needed, because {self.reason}; {found}"


_MARKED_TWICE: Final = "works with two marks or more"

SUBMISSIONS_RESAMPLED: Final = Minimum(
    10, "submissions", "fewer give too few different resamples to draw a range from"
)

MINIMUMS: Final = MappingProxyType(
    {
        "percent": Minimum(
            10, _MARKED_TWICE, "with fewer, one work moves the share by more than ten points"
        ),
        "kappa": Minimum(
            10, "works marked by both graders", "with ten its standard error is about 0.3 already"
        ),
        "fleiss": Minimum(
            10, _MARKED_TWICE, "the shares of the levels that chance is taken from need some marks"
        ),
        "alpha": Minimum(
            10, _MARKED_TWICE, "the spread of marks that chance is taken from needs some marks"
        ),
        "icc": Minimum(
            10, "works marked by every grader", "its interval spans most of the scale with fewer"
        ),
        "phi": Minimum(
            10, _MARKED_TWICE, "the variance of fewer works is hardly known"
        ),
        "candidates": Minimum(
            10, "submissions with two works that two graders marked",
            "the variance between fewer candidates is hardly known",
        ),
        "severity": Minimum(
            5, "works that another grader marked too", "one odd work would make a grader severe"
        ),
    }
)  # fmt: skip
"""By family of figures."""


def normal_error_works(levels: int) -> int:
    """From how many works on kappa's large-sample error holds: twice the square of the levels.

    Source:
        Cicchetti 1981, Applied Psychological Measurement 5:101, with Cicchetti and Fleiss 1977,
        the same journal 1:195.
    """
    return 2 * levels * levels
