"""What changed over a case: outcome measures and ranges of motion, as tables and charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.trajectory import Trajectory, trajectory
from casebook.domain.work.measures import ROM_ERROR, Measure
from casebook.language import _, pgettext
from casebook.render.views.change import DEGREES, error_words
from casebook.render.views.readings import MeasureCourse, MotionCourse
from casebook.render.views.trajectories import (
    common_axes,
    measure_trajectory,
    motion_trajectory,
    span,
)
from casebook.render.views.wording import amount, capitalised, degrees


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A measure's line of the table."""

    name: str
    range: str
    first: str
    last: str
    verdict: str


@dataclass(frozen=True, slots=True)
class MotionRow:
    """A movement's line of the table."""

    movement: str
    readings: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes section's tables and charts, and the notes that name their sources."""

    rows: tuple[OutcomeRow, ...]
    charts: tuple[Markup, ...]
    sources: tuple[str, ...]
    motions: tuple[MotionRow, ...]
    motion_charts: tuple[Markup, ...]
    motion_note: str

    @property
    def empty(self) -> bool:
        """Whether nothing was measured."""
        return not self.rows and not self.motions


def outcomes(courses: Sequence[MeasureCourse], motions: Sequence[MotionCourse] = ()) -> Outcomes:
    """Tables, charts and sources for all that was measured."""
    return Outcomes(
        rows=tuple(_row(course) for course in courses),
        charts=tuple(_drawn(each) for each in measure_trajectories(courses)),
        sources=tuple(
            _sources(course.measure)
            for course in courses
            if course.measure and (course.measure.important or course.measure.error)
        ),
        motions=tuple(_motion(course) for course in motions),
        motion_charts=tuple(_drawn(each) for each in motion_trajectories(motions)),
        motion_note=_(
            "A change of less than {error} may be error of measurement ({population}; {source})."
        ).format(
            error=error_words(ROM_ERROR, DEGREES),
            population=_(ROM_ERROR.population),
            source=ROM_ERROR.source,
        ),
    )


def measure_trajectories(courses: Sequence[MeasureCourse]) -> tuple[Trajectory, ...]:
    """A chart for each measure that is described and was taken on two days or more."""
    return tuple(
        measure_trajectory(course.measure, course.readings, course.judged)
        for course in courses
        if course.measure is not None and _on_two_days(course.readings)
    )


def motion_trajectories(courses: Sequence[MotionCourse]) -> tuple[Trajectory, ...]:
    """A chart for each movement that was taken on two days or more, all on one scale."""
    drawn = [course for course in courses if _on_two_days(course.readings)]
    axes = common_axes([course.readings for course in drawn])
    return tuple(
        motion_trajectory(each.movement, each.methods, each.readings, each.verdict, axis)
        for each, axis in zip(drawn, axes, strict=True)
    )


def _on_two_days(readings: Sequence[tuple[int, float]]) -> bool:
    return len({day for day, _value in readings}) > 1


def _drawn(chart: Trajectory) -> Markup:
    return Markup(trajectory(chart))  # noqa: S704 - charts escape every word they are given


def _row(course: MeasureCourse) -> OutcomeRow:
    measure = course.measure
    (first_day, first), (last_day, last) = course.readings[0], course.readings[-1]
    alone = len(course.readings) == 1
    when = _("after the work") if course.last_after else _day(last_day)
    return OutcomeRow(
        name=course.short,
        range=_range_of(measure) if measure else "",
        first=f"{amount(first, course.unit)} ({_day(first_day)})",
        last="–" if alone else f"{amount(last, course.unit)} ({when})",
        verdict=capitalised(course.verdict),
    )


def _day(day: int) -> str:
    return pgettext("in a table", "day {day}").format(day=day)


def _range_of(measure: Measure) -> str:
    words = {
        "lower": _("{range}, lower is better"),
        "higher": _("{range}, higher is better"),
    }[measure.better]
    return words.format(range=span(measure))


def _sources(measure: Measure) -> str:
    """All important changes of a measure; those of one population and source share a bracket."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in measure.important:
        words = _("{amount} {size}").format(
            amount=amount(each.amount, measure.unit), size=_(each.label)
        )
        groups.setdefault((each.population, each.source), []).append(words)
    if measure.error:
        words = _("error of measurement {error}").format(
            error=error_words(measure.error, measure.unit)
        )
        groups.setdefault((measure.error.population, measure.error.source), []).append(words)
    figures = "; ".join(
        f"{', '.join(words)} ({_(population)}; {_(source)})"
        for (population, source), words in groups.items()
    )
    return _("{measure}, {name}: {figures}.").format(
        measure=measure.short, name=_(measure.name), figures=figures
    )


def _motion(course: MotionCourse) -> MotionRow:
    by_day: dict[int, list[str]] = {}
    for day, rom in course.taken:
        angle = degrees(rom.degrees)
        if rom.when == "after":
            angle = _("after the work {values}").format(values=angle)
        by_day.setdefault(day, []).append(angle)
    methods = course.methods
    return MotionRow(
        movement=f"{course.movement} ({methods})" if methods else course.movement,
        readings="; ".join(
            _("day {day}: {readings}").format(day=day, readings=", ".join(words))
            for day, words in by_day.items()
        ),
        verdict=capitalised(course.verdict),
    )
