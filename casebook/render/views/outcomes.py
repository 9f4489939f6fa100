"""What changed over a case: outcome measures, their charts, and ranges of motion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.trajectory import Trajectory, trajectory
from casebook.domain.change import Change, ChangeKind, change_in, judge_change
from casebook.domain.measures import ROM_ERROR, ROM_ERROR_JOINT, ImportantChange, Measure
from casebook.domain.sessions import Joint, RangeOfMotion, Session
from casebook.language import _, pgettext
from casebook.language.terms import joint, plane
from casebook.render.views.change import DEGREES, change_words, error_words, verdict_words
from casebook.render.views.trajectories import (
    common_axes,
    measure_trajectory,
    motion_trajectory,
    span,
)
from casebook.render.views.wording import amount, capitalised, degrees, on_side


@dataclass(frozen=True, slots=True)
class MeasureCourse:
    """One measure from its first to its last value.

    Attributes:
        measure: The measure, or None for an id that nothing describes.
        readings: Day and value before the work of each session that took it.
        last_after: True where only one session took the measure, before and after its work.
    """

    id: str
    measure: Measure | None
    readings: tuple[tuple[int, float], ...]
    last_after: bool = False

    @property
    def short(self) -> str:
        """The name for tables and charts."""
        return self.measure.short if self.measure else self.id

    @property
    def unit(self) -> str:
        """The unit, or nothing."""
        return self.measure.unit if self.measure else ""

    @property
    def judged(self) -> Change | None:
        """What the change from first to last comes to; None where there is only one value."""
        if len(self.readings) < 2:  # noqa: PLR2004 - a change needs two values
            return None
        first, last = self.readings[0][1], self.readings[-1][1]
        if self.measure is None:
            return judge_change(first, last)
        return change_in(self.measure, first, last)

    @property
    def change(self) -> str:
        """The change from first to last in words, in the better direction's terms."""
        found = self.judged
        return change_words(found, self.unit) if found else _("measured once")

    @property
    def verdict(self) -> str:
        """The change with what it is evidence of."""
        found = self.judged
        return verdict_words(found, self.unit) if found else _("measured once")

    @property
    def reached(self) -> ImportantChange | None:
        """The largest important change that the improvement comes to, or None."""
        found = self.judged
        return found.important if found and found.kind is ChangeKind.IMPORTANT else None


@dataclass(frozen=True, slots=True)
class MotionCourse:
    """One movement from its first to its last reading, in degrees.

    Attributes:
        movement: The joint, the plane and the side, in words.
        joint: The joint.
        taken: All readings with their days, as they were taken.
        readings: Day and degrees of the reading that counts: the first before each session's
            work, or the last after it where only one session took any before.
    """

    movement: str
    joint: Joint
    taken: tuple[tuple[int, RangeOfMotion], ...]
    readings: tuple[tuple[int, float], ...]

    @property
    def methods(self) -> str:
        """How it was measured, or nothing."""
        return ", ".join(dict.fromkeys(rom.method for _day, rom in self.taken if rom.method))

    @property
    def verdict(self) -> str:
        """What the change from the first to the last reading is evidence of."""
        if len(self.readings) < 2:  # noqa: PLR2004 - a change needs two values
            return "–"
        change = judge_change(self.readings[0][1], self.readings[-1][1], error=ROM_ERROR)
        return verdict_words(change, DEGREES, borrowed=self.joint != ROM_ERROR_JOINT)


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


def measure_courses(
    sessions: Sequence[Session], measures: Mapping[str, Measure]
) -> tuple[MeasureCourse, ...]:
    """Every measure that a session took, in the order in which they first appear."""
    ids = dict.fromkeys(
        key for session in sessions for key in (*session.measures, *session.measures_after)
    )
    return tuple(_course(key, sessions, measures.get(key)) for key in ids)


def _course(key: str, sessions: Sequence[Session], measure: Measure | None) -> MeasureCourse:
    before = [(s.day, s.measures[key]) for s in sessions if key in s.measures]
    after = [(s.day, s.measures_after[key]) for s in sessions if key in s.measures_after]
    if len(before) <= 1 and after:
        return MeasureCourse(key, measure, (*before, after[-1]), last_after=True)
    return MeasureCourse(key, measure, tuple(before))


def motion_courses(sessions: Sequence[Session]) -> tuple[MotionCourse, ...]:
    """Every movement whose range a session took, in the order in which they first appear."""
    taken: dict[str, list[tuple[int, RangeOfMotion]]] = {}
    for session in sessions:
        for rom in session.rom:
            taken.setdefault(_movement(rom), []).append((session.day, rom))
    return tuple(
        MotionCourse(movement, values[0][1].joint, tuple(values), _counting(values))
        for movement, values in taken.items()
    )


def _counting(values: Sequence[tuple[int, RangeOfMotion]]) -> tuple[tuple[int, float], ...]:
    before: dict[int, float] = {}
    for day, rom in values:
        if rom.when == "before":
            before.setdefault(day, rom.degrees)
    after = [(day, rom.degrees) for day, rom in values if rom.when == "after"]
    return (*before.items(), after[-1]) if len(before) <= 1 and after else tuple(before.items())


def outcomes(sessions: Sequence[Session], courses: Sequence[MeasureCourse]) -> Outcomes:
    """Tables, charts and sources for all that was measured."""
    motions = motion_courses(sessions)
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


def _movement(rom: RangeOfMotion) -> str:
    movement = _("{joint} {plane}").format(joint=joint(rom.joint), plane=plane(rom.plane))
    return capitalised(on_side(movement, rom.side))


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
