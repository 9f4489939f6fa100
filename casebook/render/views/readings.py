"""What a case measured, followed from the first reading to the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebook.domain.work.change import Change, change_in, judge_change
from casebook.domain.work.measures import ROM_ERROR, ROM_ERROR_JOINT, Measure
from casebook.domain.work.sessions import Joint, RangeOfMotion, Session
from casebook.language import _
from casebook.language.terms import joint, plane
from casebook.render.views.change import DEGREES, verdict_words
from casebook.render.views.wording import capitalised, on_side


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
    def verdict(self) -> str:
        """The change with what it is evidence of."""
        found = self.judged
        return verdict_words(found, self.unit) if found else _("measured once")


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


def _movement(rom: RangeOfMotion) -> str:
    movement = _("{joint} {plane}").format(joint=joint(rom.joint), plane=plane(rom.plane))
    return capitalised(on_side(movement, rom.side))
