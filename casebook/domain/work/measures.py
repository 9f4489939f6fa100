"""Outcome measures: their ranges, which way is better, how much change matters or can be seen.

Every figure carries its population and its source, and is printed with both: an important
change (MCID) depends on the anchor, the baseline and the population (PMC3419574). What is made
of the figures is said in ``casebook.domain.work.change``.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.record import Difference, Identifier, Line, Record, ScaleValue
from casebook.language import N_


class ImportantChange(Record):
    """A change that people with this condition call important."""

    amount: Difference
    """How much, in the measure's own unit."""
    label: Line
    """What kind of change: small, medium, large, important."""
    population: Line
    """Whom it was found in."""
    source: Line
    """Where the figure was published."""


class MeasurementError(Record):
    """How far two readings of the same thing may lie apart without any change."""

    amount: Difference
    """A smaller change is no evidence of one; in the measure's own unit."""
    up_to: Difference | None = None
    """Where the source gives a span: up to here, change and error cannot be told apart."""
    population: Line
    """Whom it was found in, and how they were measured."""
    source: Line
    """Where the figure was published."""

    @model_validator(mode="after")
    def _span_is_a_span(self) -> "MeasurementError":
        if self.up_to is not None and self.up_to < self.amount:
            raise PydanticCustomError(
                "error_span", "up_to must not be below amount", {"key": "up_to"}
            )
        return self


class Measure(Record):
    """A measure taken again and again to follow one client."""

    id: Identifier
    """The key used in case studies: nprs."""
    name: Line
    """The measure's full name."""
    short: Line
    """The name used in tables and charts: NPRS."""
    lowest: ScaleValue
    """The lowest value possible."""
    highest: ScaleValue
    """The highest value possible."""
    better: Literal["lower", "higher"]
    """Which direction is an improvement."""
    unit: Annotated[str, Field(max_length=20)] = ""
    """The unit, such as mm or %."""
    important: Annotated[tuple[ImportantChange, ...], Field(max_length=10)] = ()
    """Changes that matter, smallest first, each with its source."""
    error: MeasurementError | None = None
    """The error of measurement, where it is known."""

    @model_validator(mode="after")
    def _range_is_a_range(self) -> "Measure":
        if self.lowest >= self.highest:
            raise PydanticCustomError(
                "empty_range", "lowest must be below highest", {"key": "lowest"}
            )
        return self


_JOSPT: Final = "JOSPT 2014;44:560"
_IJI: Final = N_("iji/2011/231926, table 2")


def _change(amount: float, label: str, population: str, source: str) -> ImportantChange:
    return ImportantChange(amount=amount, label=label, population=population, source=source)


KNOWN_MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        id="nprs", name=N_("Numeric Pain Rating Scale"), short="NPRS", lowest=0, highest=10,
        better="lower",
        important=(
            _change(1.5, N_("small"), N_("musculoskeletal pain, outpatient"), _JOSPT),
            _change(3.5, N_("large"), N_("musculoskeletal pain, outpatient"), _JOSPT),
        ),
    ),
    Measure(
        id="vas", name=N_("Visual Analogue Scale for pain"), short="VAS", lowest=0, highest=100,
        unit="mm", better="lower",
        important=(
            _change(11, N_("smallest reported"), N_("varies by condition"), _IJI),
            _change(20, N_("largest reported"), N_("varies by condition"), _IJI),
        ),
    ),
    Measure(
        id="psfs", name=N_("Patient-Specific Functional Scale"), short="PSFS", lowest=0, highest=10,
        better="higher",
        important=(
            _change(1.3, N_("small"), N_("musculoskeletal complaints, outpatient"), _JOSPT),
            _change(2.3, N_("medium"), N_("musculoskeletal complaints, outpatient"), _JOSPT),
            _change(2.7, N_("large"), N_("musculoskeletal complaints, outpatient"), _JOSPT),
        ),
    ),
    Measure(
        id="odi", name=N_("Oswestry Disability Index"), short="ODI", lowest=0, highest=100,
        unit="%", better="lower",
        important=(_change(12, N_("important"), N_("low back complaints"), _JOSPT),),
    ),
    Measure(
        id="ndi", name=N_("Neck Disability Index"), short="NDI", lowest=0, highest=100,
        unit="%", better="lower",
        important=(_change(14, N_("important"), N_("neck complaints"), _JOSPT),),
    ),
    Measure(
        id="quickdash", name=N_("Quick Disabilities of the Arm, Shoulder and Hand"),
        short="QuickDASH", lowest=0, highest=100, better="lower",
        important=(
            _change(10.8, N_("lower estimate"), N_("shoulder complaints"), "s12891-020-03289-z"),
            _change(13.6, N_("upper estimate"), N_("shoulder complaints"), "s12891-020-03289-z"),
        ),
    ),
)  # fmt: skip

ROM_ERROR: Final = MeasurementError(
    amount=20, up_to=25, population=N_("shoulder, two examiners"), source="PMC434511"
)
"""Error of a range of motion, in degrees: the one figure that is known here.

The source gives 20 to 25 degrees: nothing smaller is called a change, and what lies between
cannot be told from one.
"""
ROM_ERROR_JOINT: Final = "shoulder"
"""The joint that the figure was found for; pages say so where another joint is held against it."""


def measures_by_id(own: Iterable[Measure] = ()) -> Mapping[str, Measure]:
    """All known measures, with a program's ``own`` added or put in their place."""
    return {measure.id: measure for measure in (*KNOWN_MEASURES, *own)}
