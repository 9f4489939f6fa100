"""A figure with its interval, or the sentence that says why there is none."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from casebook.errors import CasebookError

CONFIDENCE: Final = 0.95
"""The share of all intervals that are to hold the true value."""

Method: TypeAlias = Literal["wilson", "fleiss-cohen-everitt", "mcgraw-wong", "bootstrap", "t"]
"""How an interval is made.

wilson: Wilson's score interval (1927); fleiss-cohen-everitt: the large-sample error of kappa
(1969); mcgraw-wong: F distribution (Shrout and Fleiss 1979, McGraw and Wong 1996); bootstrap:
submissions drawn again and again (``resampling``); t: Student's distribution.
"""


class Undefined(CasebookError):
    """The marks have no such figure, such as a correlation of marks that never differ."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No figure, and why, in a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Interval:
    """The limits between which the true value lies in 95 of 100 such studies."""

    low: float
    high: float
    method: Method


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure.

    Attributes:
        value: In the figure's own unit.
        works: How many works it was made of.
        interval: Its 95 % interval, or why there is none.
    """

    value: float
    works: int
    interval: Interval | Refused


Figure: TypeAlias = Estimate | Refused
