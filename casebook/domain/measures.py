"""Outcome measures: their ranges, which way is better, and how much change matters.

Every figure carries its population and its source, and is printed with both: an important
change (MCID) depends on the anchor, the baseline and the population (PMC3419574).
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.record import Identifier, Line, Record


class ImportantChange(Record):
    """A change that people with this condition call important, or an error of measurement."""

    amount: Annotated[float, Field(gt=0)]
    """How much, in the measure's own unit."""
    label: Line
    """What kind of change: small, medium, large, important."""
    population: Line
    """Whom it was found in."""
    source: Line
    """Where the figure was published."""


class Measure(Record):
    """A measure taken again and again to follow one client."""

    id: Identifier
    """The key used in case studies: nprs."""
    name: Line
    """The measure's full name."""
    short: Line
    """The name used in tables and charts: NPRS."""
    lowest: float
    """The lowest value possible."""
    highest: float
    """The highest value possible."""
    better: Literal["lower", "higher"]
    """Which direction is an improvement."""
    unit: Annotated[str, Field(max_length=20)] = ""
    """The unit, such as mm or %."""
    important: Annotated[tuple[ImportantChange, ...], Field(max_length=10)] = ()
    """Changes that matter, smallest first, each with its source."""

    @model_validator(mode="after")
    def _range_is_a_range(self) -> "Measure":
        if self.lowest >= self.highest:
            raise PydanticCustomError(
                "empty_range", "lowest must be below highest", {"key": "lowest"}
            )
        return self

    def improvement(self, first: float, last: float) -> float:
        """The change from ``first`` to ``last``, positive when it is for the better."""
        return first - last if self.better == "lower" else last - first


_JOSPT: Final = "JOSPT 2014;44:560"


def _change(amount: float, label: str, population: str, source: str) -> ImportantChange:
    return ImportantChange(amount=amount, label=label, population=population, source=source)


KNOWN_MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        id="nprs", name="Numeric Pain Rating Scale", short="NPRS", lowest=0, highest=10,
        better="lower",
        important=(
            _change(1.5, "small", "musculoskeletal pain, outpatient", _JOSPT),
            _change(3.5, "large", "musculoskeletal pain, outpatient", _JOSPT),
        ),
    ),
    Measure(
        id="vas", name="Visual Analogue Scale for pain", short="VAS", lowest=0, highest=100,
        unit="mm", better="lower",
        important=(
            _change(11, "smallest reported", "varies by condition", "iji/2011/231926, table 2"),
            _change(20, "largest reported", "varies by condition", "iji/2011/231926, table 2"),
        ),
    ),
    Measure(
        id="psfs", name="Patient-Specific Functional Scale", short="PSFS", lowest=0, highest=10,
        better="higher",
        important=(
            _change(1.3, "small", "musculoskeletal complaints, outpatient", _JOSPT),
            _change(2.3, "medium", "musculoskeletal complaints, outpatient", _JOSPT),
            _change(2.7, "large", "musculoskeletal complaints, outpatient", _JOSPT),
        ),
    ),
    Measure(
        id="odi", name="Oswestry Disability Index", short="ODI", lowest=0, highest=100, unit="%",
        better="lower", important=(_change(12, "important", "low back complaints", _JOSPT),),
    ),
    Measure(
        id="ndi", name="Neck Disability Index", short="NDI", lowest=0, highest=100, unit="%",
        better="lower", important=(_change(14, "important", "neck complaints", _JOSPT),),
    ),
    Measure(
        id="quickdash", name="Quick Disabilities of the Arm, Shoulder and Hand",
        short="QuickDASH", lowest=0, highest=100, better="lower",
        important=(
            _change(10.8, "lower estimate", "shoulder complaints", "s12891-020-03289-z"),
            _change(13.6, "upper estimate", "shoulder complaints", "s12891-020-03289-z"),
        ),
    ),
)  # fmt: skip

ROM_ERROR_DEGREES: Final = 20.0
"""Below this, a change of shoulder range between two examiners is measurement error (PMC434511).

The source gives 20 to 25 degrees; the lower end is used, and nothing smaller is called a change.
"""
ROM_ERROR_SOURCE: Final = "PMC434511"


def measures_by_id(own: Iterable[Measure] = ()) -> Mapping[str, Measure]:
    """All known measures, with a program's ``own`` added or put in their place."""
    return {measure.id: measure for measure in (*KNOWN_MEASURES, *own)}
