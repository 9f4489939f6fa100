"""What the charts of measures and of ranges of motion draw."""

import math
from collections.abc import Sequence
from typing import Final

from casebook.charts.trajectory import Reading, Threshold, Trajectory
from casebook.domain.work.change import Change
from casebook.domain.work.measures import ROM_ERROR, Measure, MeasurementError
from casebook.language import _
from casebook.render.views.change import DEGREES, error_words, verdict_words
from casebook.render.views.wording import amount

_SUBJECT_CHARACTERS: Final = 46
"""What fits beside a chart's edge; a longer name is in the sources beneath."""
_STEP_DEGREES: Final = 10


def measure_trajectory(
    measure: Measure, readings: Sequence[tuple[int, float]], change: Change | None
) -> Trajectory:
    """The chart of a measure on the scale of its whole range.

    Args:
        measure: What was measured.
        readings: Days and values, by ascending day.
        change: What the change from the first to the last value comes to.
    """
    return Trajectory(
        name=measure.short,
        subject=_subject(measure),
        lowest=measure.lowest,
        highest=measure.highest,
        better=measure.better,
        readings=tuple(Reading(day, value) for day, value in readings),
        important=tuple(
            Threshold(each.amount, "" if each.label == "important" else _(each.label))
            for each in sorted(measure.important, key=lambda each: each.amount)
        ),
        error=measure.error.amount if measure.error else None,
        verdict=verdict_words(change, measure.unit) if change else "",
        notes=(*_important_sources(measure), *_error_sources(measure.error, measure.unit)),
    )


def motion_trajectory(
    movement: str,
    method: str,
    readings: Sequence[tuple[int, float]],
    verdict: str,
    axis: tuple[float, float],
) -> Trajectory:
    """The chart of a movement's range in degrees, on an axis that `common_axes` gave."""
    return Trajectory(
        name=movement,
        subject=method,
        lowest=axis[0],
        highest=axis[1],
        better=None,
        readings=tuple(Reading(day, value) for day, value in readings),
        error=ROM_ERROR.amount,
        unit=DEGREES,
        verdict=verdict,
        notes=_error_sources(ROM_ERROR, DEGREES),
    )


def common_axes(
    courses: Sequence[Sequence[tuple[int, float]]], error: float = ROM_ERROR.amount
) -> tuple[tuple[float, float], ...]:
    """Axes of one length, so that equal changes are equally steep in every chart.

    Each holds its readings and the error on either side of the first one, and begins and ends at
    a whole ten.
    """
    spans = [
        (
            min(readings[0][1] - error, *(value for _day, value in readings)),
            max(readings[0][1] + error, *(value for _day, value in readings)),
        )
        for readings in courses
    ]
    widest = max((high - low for low, high in spans), default=0.0)
    length = _STEP_DEGREES * (math.ceil(widest / _STEP_DEGREES) + 1)
    lows = (
        _STEP_DEGREES * math.floor(((low + high - length) / 2) / _STEP_DEGREES + 0.5)
        for low, high in spans
    )
    return tuple((float(low), float(low + length)) for low in lows)


def span(measure: Measure) -> str:
    """A measure's range in words: "0 to 10"."""
    return _("{lowest} to {highest}").format(
        lowest=amount(measure.lowest), highest=amount(measure.highest, measure.unit)
    )


def _subject(measure: Measure) -> str:
    words = f"{_(measure.name)}, {span(measure)}"
    return words if len(words) <= _SUBJECT_CHARACTERS else span(measure)


def _important_sources(measure: Measure) -> tuple[str, ...]:
    found = dict.fromkeys((each.population, each.source) for each in measure.important)
    words = _("Important change: {population} ({source})")
    return tuple(words.format(population=_(who), source=_(where)) for who, where in found)


def _error_sources(error: MeasurementError | None, unit: str) -> tuple[str, ...]:
    if error is None:
        return ()
    words = _("Error of measurement: {error}, {population} ({source})")
    return (
        words.format(
            error=error_words(error, unit),
            population=_(error.population),
            source=_(error.source),
        ),
    )
