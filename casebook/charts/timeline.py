"""An observed session on its clock: where the cycles lay, and how each kept its window."""

import math
from dataclasses import dataclass

from casebook.charts.scale import Scale, ticks
from casebook.charts.svg import (
    circle,
    element,
    figure,
    hatching,
    label,
    line,
    number,
    polygon,
    rectangle,
    shortened,
)

_NAMES_PX = 150.0
_VERDICT_PX = 112.0
_OVERVIEW_PX = 84.0
_ROW_PX = 46.0
_AXIS_PX = 34.0
_LEGEND_PX = 20.0
_BAR_PX = 14.0
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
        side: Left or right, or empty.
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
        return f"{self.muscle}, {self.side}" if self.side else self.muscle


@dataclass(frozen=True, slots=True)
class SessionTimeline:
    """A session's strips in the order of their windows, and the protocol's two limits in seconds.

    Work that ends within ``sure_s`` is surely inside its window, within ``limit_s`` inside.
    """

    length_s: float
    sure_s: float
    limit_s: float
    strips: tuple[Strip, ...]

    def is_late(self, strip: Strip, release: Release) -> bool:
        """Whether a release ends after its strip's window has closed."""
        return release.end_s - strip.opened_s > self.limit_s


def timeline(session: SessionTimeline, *, width: float = 580.0) -> str:
    """Draw the whole session as one line of cycles, then each window on its own seconds."""
    seconds = Scale(0, _strip_length_s(session), _NAMES_PX, width - _VERDICT_PX)
    rows_end = _OVERVIEW_PX + len(session.strips) * _ROW_PX
    rows = [
        _row(strip, session, seconds, _OVERVIEW_PX + index * _ROW_PX, width)
        for index, strip in enumerate(session.strips)
    ]
    return figure(
        "Cycles of the session and their windows",
        _description(session),
        width,
        rows_end + _AXIS_PX + _LEGEND_PX,
        _overview(session, width),
        *rows,
        _seconds_axis(session, seconds, rows_end),
        _legend(session, rows_end + _AXIS_PX + 10),
    )


def clock(at_s: float) -> str:
    """Minutes and seconds, as on a stopwatch: 754 is 12:34."""
    minutes, seconds = divmod(round(at_s), 60)
    return f"{minutes}:{seconds:02d}"


def _strip_length_s(session: SessionTimeline) -> float:
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


def _description(session: SessionTimeline) -> str:
    sentences = []
    for strip in session.strips:
        parts = [f"{strip.tested} fails at {clock(strip.opened_s)}"]
        parts.extend(
            f"release of {release.name} ends after {number(release.end_s - strip.opened_s)} s"
            f"{', late' if session.is_late(strip, release) else ''}"
            for release in strip.releases
        )
        if strip.retest:
            parts.append(
                f"retest after {number(strip.retest.at_s - strip.opened_s)} s "
                f"{'fires' if strip.retest.fires else 'stays inhibited'}"
            )
        sentences.append(f"Cycle {strip.cycle}: {', '.join(parts)}.")
    return " ".join(sentences)


def _overview(session: SessionTimeline, width: float) -> str:
    """The session from its first to its last minute, each cycle a numbered block."""
    minutes = Scale(0, max(session.length_s, 60.0), 4, width - 4)
    base = 46.0
    drawn = [
        label("label-strong", 0, 10, "The whole session"),
        label("label-small", width, 10, "minutes", "end"),
        rectangle("ground", minutes(0), base - _BAR_PX, width - 8, _BAR_PX),
    ]
    for tick in ticks(0, session.length_s / 60, 12):
        x = minutes(tick * 60)
        drawn.append(line("axis", x, base, x, base + 4))
        drawn.append(label("label-muted", x, base + 15, number(tick), "middle"))
    drawn.append(line("axis", minutes(0), base, minutes(session.length_s), base))
    for cycle in dict.fromkeys(strip.cycle for strip in session.strips):
        strips = [strip for strip in session.strips if strip.cycle == cycle]
        start = minutes(strips[0].opened_s)
        end = max(minutes(_end_of(strips[-1])), start + 4)
        drawn.append(rectangle("bar", start, base - _BAR_PX, end - start, _BAR_PX))
        drawn.append(
            label("label-strong", (start + end) / 2, base - _BAR_PX - 4, str(cycle), "middle")
        )
    return element("g", None, *drawn)


def _end_of(strip: Strip) -> float:
    ends = [strip.opened_s, *(release.end_s for release in strip.releases)]
    if strip.retest:
        ends.append(strip.retest.at_s)
    return max(ends)


def _row(strip: Strip, session: SessionTimeline, seconds: Scale, y: float, width: float) -> str:
    middle = y + 27
    top = y + 8
    height = _ROW_PX - 14
    side = f"{strip.side} · " if strip.side else ""
    sure, limit = seconds(session.sure_s), seconds(session.limit_s)
    drawn = [
        line("gridline", 0, y + 1, width, y + 1),
        label(
            "label-strong", 0, y + 20, shortened(f"{strip.cycle} · {strip.muscle}", _NAMES_PX - 8)
        ),
        label("label-muted", 0, y + 34, f"{side}fails at {clock(strip.opened_s)}"),
        rectangle("window-sure", seconds(0), top, sure - seconds(0), height),
        rectangle("window", sure, top, limit - sure, height),
        line("gridline", seconds(0), middle, seconds(seconds.high), middle),
        line("limit", limit, top, limit, top + height),
        _failed_test(seconds(0), middle),
    ]
    for release in strip.releases:
        start = seconds.clamped(release.start_s - strip.opened_s)
        end = max(seconds.clamped(release.end_s - strip.opened_s), start + 3)
        late = session.is_late(strip, release)
        drawn.append(_late_release(start, end, middle) if late else _release(start, end, middle))
    if strip.retest:
        at = seconds.clamped(strip.retest.at_s - strip.opened_s)
        drawn.append(_retest(strip.retest, at, middle))
    late = any(session.is_late(strip, release) for release in strip.releases)
    words = shortened(strip.verdict, _VERDICT_PX - 6)
    drawn.append(label("label-strong", width, y + 20, words, "end"))
    look = "label-alarm" if late else "label-muted"
    drawn.append(label(look, width, y + 34, f"{_measured(strip)}{', late' * late}", "end"))
    return element("g", None, *drawn)


def _measured(strip: Strip) -> str:
    if not strip.releases:
        return "no release"
    return f"work ends {number(max(r.end_s for r in strip.releases) - strip.opened_s)} s"


def _failed_test(x: float, y: float) -> str:
    return polygon("ink", [(x - 5, y - 9), (x + 5, y - 9), (x, y)]) + line("limit", x, y, x, y + 9)


def _release(start: float, end: float, middle: float) -> str:
    return rectangle("bar", start, middle - _BAR_PX / 2, end - start, _BAR_PX)


def _late_release(start: float, end: float, middle: float) -> str:
    top = middle - _BAR_PX / 2
    return (
        rectangle("bar-alarm", start, top, end - start, _BAR_PX)
        + hatching("hatching-alarm", start, top, end - start, _BAR_PX)
        + label("label-alarm", (start + end) / 2, top - 3, "late", "middle")
    )


def _retest(retest: Retest, x: float, y: float) -> str:
    if retest.fires:
        return circle("dot", x, y, 6)
    cross = line("limit", x - 3, y - 3, x + 3, y + 3) + line("limit", x - 3, y + 3, x + 3, y - 3)
    return circle("dot-open", x, y, 6) + cross


def _seconds_axis(session: SessionTimeline, seconds: Scale, y: float) -> str:
    drawn = [line("axis", seconds(0), y, seconds(seconds.high), y)]
    for tick in ticks(0, seconds.high, 9):
        x = seconds(tick)
        drawn.append(line("axis", x, y, x, y + 4))
    limits = (0.0, session.sure_s, session.limit_s)
    steps = range(0, int(seconds.high) + 1, 30)
    for at_s in sorted({*limits, *(float(s) for s in steps)}):
        look = "label-strong" if at_s in limits[1:] else "label-muted"
        drawn.append(label(look, seconds(at_s), y + 16, number(at_s), "middle"))
    words = "seconds after the failed test"
    drawn.append(label("label-small", seconds(0) - 12, y + 16, words, "end"))
    return element("g", None, *drawn)


def _legend(session: SessionTimeline, y: float) -> str:
    """Every sign used above, with its words."""
    base = y + 4
    entries = (
        (_failed_test(5, y), 14.0, "test fails", 82.0),
        (rectangle("bar", 0, y - 6, 16, 12), 22.0, "release", 76.0),
        (circle("dot", 6, y, 6), 17.0, "retest fires", 88.0),
        (_retest(Retest(0, fires=False), 6, y), 17.0, "still inhibited", 98.0),
        (rectangle("window-sure", 0, y - 7, 14, 14), 20.0, f"to {number(session.sure_s)} s", 64.0),
        (rectangle("window", 0, y - 7, 14, 14), 20.0, f"to {number(session.limit_s)} s", 64.0),
        (
            rectangle("bar-alarm", 0, y - 6, 16, 12) + hatching("hatching-alarm", 0, y - 6, 16, 12),
            22.0,
            "late",
            60.0,
        ),
    )
    drawn = []
    x = 0.0
    for sign, words_px, words, room in entries:
        inside = sign + label("label-muted", words_px, base, words)
        drawn.append(element("g", None, inside, transform=f"translate({number(x)} 0)"))
        x += room + 4
    return element("g", None, *drawn)
