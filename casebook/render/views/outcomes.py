"""What changed over a case: outcome measures, their charts, and ranges of motion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.trajectory import Reading, Trajectory, trajectory
from casebook.domain.measures import ROM_ERROR_DEGREES, ROM_ERROR_SOURCE, ImportantChange, Measure
from casebook.domain.sessions import RangeOfMotion, Session
from casebook.render.views.wording import amount, capitalised, degrees, on_side

_SUBJECT_CHARACTERS = 46
"""What fits beside a chart's edge; a longer name is in the sources beneath."""


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
    def change(self) -> str:
        """The change from first to last in words, in the better direction's terms."""
        if len(self.readings) < 2:  # noqa: PLR2004 - a change needs two values
            return "measured once"
        first, last = self.readings[0][1], self.readings[-1][1]
        if first == last:
            return "no change"
        if self.measure is None:
            return f"{amount(last - first)}"
        better = self.measure.improvement(first, last)
        return f"{amount(abs(better), self.unit)} {'better' if better > 0 else 'worse'}"

    @property
    def reached(self) -> ImportantChange | None:
        """The largest important change that the improvement comes to, or None."""
        if self.measure is None or len(self.readings) < 2:  # noqa: PLR2004 - a course has two ends
            return None
        better = self.measure.improvement(self.readings[0][1], self.readings[-1][1])
        # Why the rounding: 7.1 - 4.1 must not miss an important change of 3 by a binary digit.
        met = [each for each in self.measure.important if round(better, 6) >= each.amount]
        return max(met, key=lambda each: each.amount) if met else None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A measure's line of the table."""

    name: str
    range: str
    first: str
    last: str
    change: str
    importance: str


@dataclass(frozen=True, slots=True)
class MotionRow:
    """A movement's line of the table."""

    movement: str
    readings: str
    change: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes section's tables and charts, and the notes that name their sources."""

    rows: tuple[OutcomeRow, ...]
    charts: tuple[Markup, ...]
    sources: tuple[str, ...]
    motions: tuple[MotionRow, ...]
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


def outcomes(sessions: Sequence[Session], courses: Sequence[MeasureCourse]) -> Outcomes:
    """Tables, charts and sources for all that was measured."""
    return Outcomes(
        rows=tuple(_row(course) for course in courses),
        charts=tuple(_chart(course) for course in courses if _worth_a_chart(course)),
        sources=tuple(_sources(c.measure) for c in courses if c.measure and c.measure.important),
        motions=_motions(sessions),
        motion_note=(
            f"A change of less than {degrees(ROM_ERROR_DEGREES)} may be error of measurement "
            f"when two people measure (shoulder; {ROM_ERROR_SOURCE})."
        ),
    )


def _row(course: MeasureCourse) -> OutcomeRow:
    measure = course.measure
    (first_day, first), (last_day, last) = course.readings[0], course.readings[-1]
    alone = len(course.readings) == 1
    when = "after the work" if course.last_after else f"day {last_day}"
    return OutcomeRow(
        name=course.short,
        range=_range_of(measure) if measure else "",
        first=f"{amount(first, course.unit)} (day {first_day})",
        last="–" if alone else f"{amount(last, course.unit)} ({when})",
        change=course.change,
        importance="–" if alone else _importance(course),
    )


def _range_of(measure: Measure) -> str:
    span = f"{amount(measure.lowest)} to {amount(measure.highest, measure.unit)}"
    return f"{span}, {measure.better} is better"


def _importance(course: MeasureCourse) -> str:
    if course.measure is None or not course.measure.important:
        return "no figure published here"
    reached = course.reached
    if reached is None:
        least = course.measure.important[0]
        return f"below {amount(least.amount, course.unit)} ({least.label})"
    return f"at least {amount(reached.amount, course.unit)} ({reached.label})"


def _sources(measure: Measure) -> str:
    """All important changes of a measure; those of one population and source share a bracket."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in measure.important:
        words = f"{amount(each.amount, measure.unit)} {each.label}"
        groups.setdefault((each.population, each.source), []).append(words)
    figures = "; ".join(
        f"{', '.join(words)} ({population}; {source})"
        for (population, source), words in groups.items()
    )
    return f"{measure.short}, {measure.name}: {figures}."


def _worth_a_chart(course: MeasureCourse) -> bool:
    days = {day for day, _ in course.readings}
    return course.measure is not None and len(days) > 1


def _chart(course: MeasureCourse) -> Markup:
    measure = course.measure
    if measure is None:
        raise ValueError(course.id)
    largest = measure.important[-1] if measure.important else None
    chart = Trajectory(
        name=measure.short,
        subject=_subject(measure),
        lowest=measure.lowest,
        highest=measure.highest,
        better=measure.better,
        readings=tuple(Reading(day, value) for day, value in course.readings),
        important_change=largest.amount if largest else None,
        important_label=largest.label if largest else "",
    )
    return Markup(trajectory(chart))  # noqa: S704 - charts escape every word they are given


def _subject(measure: Measure) -> str:
    span = f"{amount(measure.lowest)} to {amount(measure.highest, measure.unit)}"
    words = f"{measure.name}, {span}"
    return words if len(words) <= _SUBJECT_CHARACTERS else span


def _motions(sessions: Sequence[Session]) -> tuple[MotionRow, ...]:
    taken: dict[str, list[tuple[int, RangeOfMotion]]] = {}
    for session in sessions:
        for rom in session.rom:
            taken.setdefault(_movement(rom), []).append((session.day, rom))
    return tuple(_motion(movement, values) for movement, values in taken.items())


def _movement(rom: RangeOfMotion) -> str:
    return capitalised(on_side(f"{rom.joint} {rom.plane}", rom.side))


def _motion(movement: str, values: list[tuple[int, RangeOfMotion]]) -> MotionRow:
    by_day: dict[int, list[str]] = {}
    for day, rom in values:
        prefix = "after the work " if rom.when == "after" else ""
        by_day.setdefault(day, []).append(f"{prefix}{degrees(rom.degrees)}")
    methods = dict.fromkeys(rom.method for _, rom in values if rom.method)
    difference = values[-1][1].degrees - values[0][1].degrees
    sign = "+" if difference > 0 else ""
    return MotionRow(
        movement=f"{movement} ({', '.join(methods)})" if methods else movement,
        readings="; ".join(f"day {day}: {', '.join(words)}" for day, words in by_day.items()),
        change="–" if len(values) == 1 else f"{sign}{degrees(difference)}",
    )
