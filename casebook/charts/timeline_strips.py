"""The windows of a session as strips, each on its own seconds: what they hold, how they look."""

import math
from dataclasses import dataclass

from casebook.charts.legend import Key, retest_sign
from casebook.charts.scale import Scale, ticks
from casebook.charts.svg import (
    element,
    hatching,
    label,
    line,
    number,
    polygon,
    rectangle,
    shortened,
    width_of,
    wrapped,
)
from casebook.language import _
from casebook.language.forms import decimal, stopwatch
from casebook.language.terms import with_side

NAMES_PX = 150.0
VERDICT_PX = 118.0
STRIP_PX = 52.0
AXIS_PX = 34.0
BAR_PX = 14.0
_SIGN_PX = 6.0
_LINES = 3
_LONGEST_STRIP_S = 240.0


@dataclass(frozen=True, slots=True)
class Release:
    """Work on a facilitated structure; seconds from the start of the session."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Retest:
    """The weak muscle tested again; seconds from the start of the session."""

    at_s: float
    fires: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One window: a failed test, the releases after it, and the retest that ends it.

    Attributes:
        cycle: Its number; strips that share one are drawn as one block of the overview.
        muscle: What was tested.
        side: Left or right in words, or empty.
        opened_s: The failed test, in seconds from the start of the session.
        verdict: A word or two for the end of the row, such as "fires".
    """

    cycle: int
    muscle: str
    side: str
    opened_s: float
    releases: tuple[Release, ...]
    retest: Retest | None
    verdict: str

    @property
    def tested(self) -> str:
        """The muscle with its side."""
        return with_side(self.muscle, self.side)

    def since(self, at_s: float) -> float:
        """Seconds from the failed test to a moment of the session."""
        return at_s - self.opened_s


@dataclass(frozen=True, slots=True)
class SessionTimeline:
    """A session's strips in the order of their windows, and the protocol's two limits in seconds.

    Work that ends within ``sure_s`` is surely inside its window, within ``limit_s`` inside. The
    limits come from the program.
    """

    length_s: float
    sure_s: float
    limit_s: float
    strips: tuple[Strip, ...]

    def is_late(self, strip: Strip, at_s: float) -> bool:
        """Whether a moment of the session lies after a strip's window has closed."""
        return strip.since(at_s) > self.limit_s


def strip_length_s(session: SessionTimeline) -> float:
    """What every row shows: at least half a window more than the limit, in half minutes."""
    ends: list[float] = [
        moment - strip.opened_s
        for strip in session.strips
        for moment in (
            *(release.end_s for release in strip.releases),
            *((strip.retest.at_s,) if strip.retest else ()),
        )
    ]
    needed = max([session.limit_s * 1.5, *ends])
    longest = max(_LONGEST_STRIP_S, session.limit_s * 1.5)
    return min(float(math.ceil(needed / 30) * 30), longest)


def strip_row(
    strip: Strip, session: SessionTimeline, seconds: Scale, y: float, width: float
) -> str:
    """One window with its words on both sides, its upper edge at ``y``."""
    middle = y + STRIP_PX / 2 + 3
    top = y + 8
    height = STRIP_PX - 14
    sure, limit = seconds(session.sure_s), seconds(session.limit_s)
    drawn = [
        line("gridline", 0, y + 1, width, y + 1),
        *_named(strip, y),
        rectangle("window-sure", seconds(0), top, sure - seconds(0), height),
        rectangle("window", sure, top, limit - sure, height),
        line("gridline", seconds(0), middle, seconds(seconds.high), middle),
        line("limit", limit, top, limit, top + height),
        _failed_test(seconds(0), middle),
    ]
    for release in strip.releases:
        start = seconds.clamped(strip.since(release.start_s))
        end = max(seconds.clamped(strip.since(release.end_s)), start + 3)
        late = session.is_late(strip, release.end_s)
        drawn.append(_late_release(start, end, middle) if late else _release(start, end, middle))
    if strip.retest:
        at = seconds.clamped(strip.since(strip.retest.at_s))
        late = session.is_late(strip, strip.retest.at_s)
        drawn.append(_retest(at, middle, fires=strip.retest.fires, late=late))
    words = shortened(strip.verdict, VERDICT_PX - 6)
    drawn.append(label("label-strong", width, y + 18, words, "end"))
    drawn.extend(
        label(look, width, y + 31 + 13 * at, words, "end")
        for at, (look, words) in enumerate(_measured(strip, session))
    )
    return element("g", None, *drawn)


def _named(strip: Strip, y: float) -> list[str]:
    """The strip's cycle and muscle, its side, and the moment of the failed test, in three lines."""
    room = NAMES_PX - 8
    name = wrapped(f"{strip.cycle} · {strip.muscle}", room, 2, "label-strong")
    fails = _("fails at {moment}").format(moment=stopwatch(strip.opened_s))
    rest = [strip.side, fails] if strip.side else [fails]
    if len(name) + len(rest) > _LINES:
        rest = [shortened(", ".join(rest), room)]
    lines = [*(("label-strong", words) for words in name), *(("label-muted", w) for w in rest)]
    return [label(look, 0, y + 18 + 13 * at, words) for at, (look, words) in enumerate(lines)]


def _measured(strip: Strip, session: SessionTimeline) -> list[tuple[str, str]]:
    """When the work ended and when the retest came, each with a word where it was late."""
    lines = []
    if strip.releases:
        end = max(release.end_s for release in strip.releases)
        late = session.is_late(strip, end)
        words = _("work ends {seconds} s, late") if late else _("work ends {seconds} s")
        lines.append((late, words.format(seconds=decimal(strip.since(end)))))
    else:
        lines.append((False, _("no release")))
    if strip.retest:
        late = session.is_late(strip, strip.retest.at_s)
        words = _("retest {seconds} s, late") if late else _("retest {seconds} s")
        lines.append((late, words.format(seconds=decimal(strip.since(strip.retest.at_s)))))
    return [("label-alarm" if late else "label-muted", words) for late, words in lines]


def _failed_test(x: float, y: float) -> str:
    return polygon("ink", [(x - 5, y - 9), (x + 5, y - 9), (x, y)]) + line("limit", x, y, x, y + 9)


def _failed_test_key() -> str:
    """The same sign, no taller than a legend's row."""
    return polygon("ink", [(1, -6), (9, -6), (5, 1)]) + line("limit", 5, 0, 5, 6)


def _release(start: float, end: float, middle: float) -> str:
    return rectangle("bar", start, middle - BAR_PX / 2, end - start, BAR_PX)


def _late_release(start: float, end: float, middle: float) -> str:
    return _late_bar(start, end, middle) + label(
        "label-alarm", (start + end) / 2, middle - BAR_PX / 2 - 3, _("late"), "middle"
    )


def _late_bar(start: float, end: float, middle: float) -> str:
    top = middle - BAR_PX / 2
    return rectangle("bar-alarm", start, top, end - start, BAR_PX) + hatching(
        "hatching-alarm", start, top, end - start, BAR_PX
    )


def _retest(x: float, y: float, *, fires: bool, late: bool) -> str:
    """The finding; one that came late stands in a square of its own."""
    if not late:
        return retest_sign(x, y, _SIGN_PX, fires=fires)
    rim = _SIGN_PX + 3.5
    return rectangle("late", x - rim, y - rim, 2 * rim, 2 * rim) + retest_sign(
        x, y, _SIGN_PX, fires=fires
    )


def seconds_axis(session: SessionTimeline, seconds: Scale, y: float) -> str:
    """The seconds under the last strip, the two limits among them."""
    drawn = [line("axis", seconds(0), y, seconds(seconds.high), y)]
    for tick in ticks(0, seconds.high, 9):
        x = seconds(tick)
        drawn.append(line("axis", x, y, x, y + 4))
    limits = (0.0, session.sure_s, session.limit_s)
    steps = range(0, int(seconds.high) + 1, 30)
    for at_s in sorted({*limits, *(float(s) for s in steps)}):
        look = "label-strong" if at_s in limits[1:] else "label-muted"
        drawn.append(label(look, seconds(at_s), y + 16, number(at_s), "middle"))
    words = _("seconds after the failed test")
    # Why: two lines of one length, where one line and a word would look like an accident.
    room = min(max(width_of(words, "label-small") * 0.62, 60.0), NAMES_PX - 16)
    lines = wrapped(words, room, 2, "label-small")
    drawn.extend(
        label("label-small", seconds(0) - 12, y + 13 + 12 * at, words, "end")
        for at, words in enumerate(lines)
    )
    return element("g", None, *drawn)


def strip_keys(session: SessionTimeline) -> list[Key]:
    """Every sign that is used above, with its words."""
    retests = [(strip, strip.retest) for strip in session.strips if strip.retest]
    findings = {retest.fires for _strip, retest in retests}
    late_work = any(
        session.is_late(strip, release.end_s)
        for strip in session.strips
        for release in strip.releases
    )
    late_retest = any(session.is_late(strip, retest.at_s) for strip, retest in retests)
    window = _("window to {seconds} s")
    keys = [
        Key(_failed_test_key(), 10, _("test fails")),
        Key(_release(0, 16, 0), 16, _("release")),
    ]
    if late_work:
        keys.append(Key(_late_bar(0, 16, 0), 16, _("late release")))
    keys.extend(
        Key(retest_sign(_SIGN_PX, 0, _SIGN_PX, fires=fires), 2 * _SIGN_PX, words)
        for fires, words in ((True, _("retest: fires")), (False, _("still inhibited")))
        if fires in findings
    )
    if late_retest:
        keys.append(Key(rectangle("late", 1, -6, 12, 12), 14, _("late retest")))
    keys.extend(
        Key(rectangle(look, 0, -6, 14, 12), 14, window.format(seconds=decimal(limit_s)))
        for look, limit_s in (("window-sure", session.sure_s), ("window", session.limit_s))
    )
    return keys
