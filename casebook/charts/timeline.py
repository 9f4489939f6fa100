"""An observed session on its clock: where the cycles lay, and how each kept its window."""

from casebook.charts.legend import legend, legend_height
from casebook.charts.scale import Scale, ticks
from casebook.charts.svg import element, figure, label, line, number, rectangle, width_of
from casebook.charts.timeline_strips import (
    AXIS_PX,
    BAR_PX,
    NAMES_PX,
    STRIP_PX,
    VERDICT_PX,
    Retest,
    SessionTimeline,
    Strip,
    seconds_axis,
    strip_keys,
    strip_length_s,
    strip_row,
)
from casebook.language import _
from casebook.language.forms import decimal, stopwatch

_OVERVIEW_PX = 84.0
_MOST_ROWS = 12
"""As many rows as fit on a page below the overview."""


def timeline(session: SessionTimeline, *, width: float = 580.0) -> str:
    """Draw the whole session as one line of cycles, then each window on its own seconds."""
    return _drawn(session, session.strips, width, overview=True)


def timelines(session: SessionTimeline, *, width: float = 580.0) -> tuple[str, ...]:
    """Draw the session as pictures that each fit on a page; one, but for very long sessions."""
    strips = session.strips
    parts = [strips[at : at + _MOST_ROWS] for at in range(0, len(strips), _MOST_ROWS)]
    return tuple(
        _drawn(session, part, width, overview=number == 0) for number, part in enumerate(parts)
    )


def _drawn(
    session: SessionTimeline, strips: tuple[Strip, ...], width: float, *, overview: bool
) -> str:
    seconds = Scale(0, strip_length_s(session), NAMES_PX, width - VERDICT_PX)
    top = _OVERVIEW_PX if overview else 0.0
    rows_end = top + len(strips) * STRIP_PX
    keys = strip_keys(session)
    return figure(
        _("Cycles of the session and their windows"),
        _description(session, strips),
        width,
        rows_end + AXIS_PX + legend_height(keys, width),
        _overview(session, width) if overview else "",
        *(
            strip_row(strip, session, seconds, top + index * STRIP_PX, width)
            for index, strip in enumerate(strips)
        ),
        seconds_axis(session, seconds, rows_end),
        legend(keys, rows_end + AXIS_PX, width),
    )


def _description(session: SessionTimeline, strips: tuple[Strip, ...]) -> str:
    sentences = []
    for strip in strips:
        parts = [
            _("{muscle} fails at {moment}").format(
                muscle=strip.tested, moment=stopwatch(strip.opened_s)
            )
        ]
        for release in strip.releases:
            late = session.is_late(strip, release.end_s)
            words = _("release of {structure} ends after {seconds} s")
            if late:
                words = _("release of {structure} ends after {seconds} s, late")
            seconds = decimal(strip.since(release.end_s))
            parts.append(words.format(structure=release.name, seconds=seconds))
        if strip.retest:
            parts.append(_retest_in_words(session, strip, strip.retest))
        sentences.append(
            _("Cycle {number}: {events}.").format(number=strip.cycle, events=", ".join(parts))
        )
    return " ".join(sentences)


def _retest_in_words(session: SessionTimeline, strip: Strip, retest: Retest) -> str:
    late = session.is_late(strip, retest.at_s)
    words = {
        (True, False): _("retest after {seconds} s fires"),
        (True, True): _("retest after {seconds} s, late, fires"),
        (False, False): _("retest after {seconds} s stays inhibited"),
        (False, True): _("retest after {seconds} s, late, stays inhibited"),
    }
    return words[retest.fires, late].format(seconds=decimal(strip.since(retest.at_s)))


def _overview(session: SessionTimeline, width: float) -> str:
    """The session from its first to its last minute, each cycle a numbered block."""
    minutes = Scale(0, max(session.length_s, 60.0), 4, width - 4)
    base = 46.0
    drawn = [
        label("label-strong", 0, 10, _("The whole session")),
        label("label-small", width, 10, _("minutes"), "end"),
        rectangle("ground", minutes(0), base - BAR_PX, width - 8, BAR_PX),
    ]
    for tick in ticks(0, session.length_s / 60, 12):
        x = minutes(tick * 60)
        drawn.append(line("axis", x, base, x, base + 4))
        drawn.append(label("label-muted", x, base + 15, number(tick), "middle"))
    drawn.append(line("axis", minutes(0), base, minutes(session.length_s), base))
    free_from_px = 0.0
    for cycle in dict.fromkeys(strip.cycle for strip in session.strips):
        strips = [strip for strip in session.strips if strip.cycle == cycle]
        start = minutes(strips[0].opened_s)
        end = max(minutes(_end_of(strips[-1])), start + 4)
        drawn.append(rectangle("bar", start, base - BAR_PX, end - start, BAR_PX))
        middle = (start + end) / 2
        # Why: numbers of cycles that follow at once would stand on each other.
        half = width_of(str(cycle), "label-strong") / 2
        if middle - half >= free_from_px:
            drawn.append(label("label-strong", middle, base - BAR_PX - 4, str(cycle), "middle"))
            free_from_px = middle + half + 1
    return element("g", None, *drawn)


def _end_of(strip: Strip) -> float:
    ends = [strip.opened_s, *(release.end_s for release in strip.releases)]
    if strip.retest:
        ends.append(strip.retest.at_s)
    return max(ends)
