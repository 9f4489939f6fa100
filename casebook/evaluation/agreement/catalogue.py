"""The figures: what each is called, what it needs, and what it is in."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from casebook.evaluation.agreement.minimums import MINIMUMS, Minimum

Unit: TypeAlias = Literal["levels", "percent", "pass or fail"]
"""What the marks of a measure are."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure.

    Attributes:
        id: Its key in JSON and CSV.
        title: What it is called.
        family: Which minimum holds for it.
        unit: A share is 0 to 1 and printed in percent; points are those of the marks.
    """

    id: str
    title: str
    family: str
    unit: str = "coefficient"

    @property
    def minimum(self) -> Minimum:
        """What it needs."""
        return MINIMUMS[self.family]


PERCENT: Final = Kind("percent-agreement", "Percent agreement", "percent", "share")
KAPPAS: Final = (
    Kind("cohen-kappa", "Cohen's kappa", "kappa"),
    Kind("weighted-kappa-linear", "Weighted kappa, linear", "kappa"),
    Kind("weighted-kappa-quadratic", "Weighted kappa, quadratic", "kappa"),
)
FLEISS: Final = Kind("fleiss-kappa", "Fleiss' kappa", "fleiss")
ALPHAS: Final[dict[str, Kind]] = {
    metric: Kind(f"alpha-{metric}", f"Krippendorff's alpha, {metric}", "alpha")
    for metric in ("nominal", "ordinal", "interval", "ratio")
}
ICCS: Final[dict[str, Kind]] = {
    form: Kind(f"icc-{form}", f"Intraclass correlation ({form.replace('-', ',')})", "icc")
    for form in ("1-1", "2-1", "3-1", "1-k", "2-k", "3-k")
}
PHI: Final = Kind("phi", "Phi of one grader's mark", "phi")
SEM: Final = Kind("sem", "Standard error of one mark", "phi", "points")
SEVERITY: Final = Kind("severity", "Severity", "severity", "points")

_ALL: Final = (PERCENT, *KAPPAS, FLEISS, *ALPHAS.values(), *ICCS.values(), PHI, SEM)

KINDS: Final[dict[Unit, tuple[Kind, ...]]] = {
    "levels": _ALL,
    "percent": (ALPHAS["interval"], ALPHAS["ratio"], *ICCS.values(), PHI, SEM),
    "pass or fail": (PERCENT, KAPPAS[0], FLEISS, ALPHAS["nominal"]),
}
"""Which figures a measure has, in the order they are shown.

A total is no category that two graders could both name; a pass has no distance from a fail.
"""
