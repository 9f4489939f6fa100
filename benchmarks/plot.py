"""What was promised, as one picture: how much of its reference's time each piece of work takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.figures import Figure
from casebook import __version__
from casebook.charts import svg
from casebook.charts.scale import Scale, ticks

_WIDTH_PX: Final = 640.0
_NAMES_PX: Final = 170.0
_VALUES_PX: Final = 46.0
_ROW_PX: Final = 20.0
_HEAD_PX: Final = 30.0
_BAR_PX: Final = 11.0
_BASELINE_PX: Final = 9.0
_FOOT_PX: Final = 44.0
_LONGEST: Final = 1.2
"""In the reference's time; a longer bar is cut there, and its figure says how long it is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure, by its subject and name, and what its bar is called."""

    subject: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that share a reference, and what is compared with what."""

    title: str
    bars: tuple[Bar, ...]


GROUPS: Final = (
    Group(
        "A packet, warm, beside a straightforward rendering of the same words",
        (
            Bar("render", "casebook, warm, in one process", "casebook, one process"),
            Bar("render", "casebook, warm, two confined processes", "casebook, two processes"),
            Bar("render", "casebook, every page kept", "casebook, every page kept"),
        ),
    ),
    Group(
        "The same as a new process that finds its input ready",
        (
            Bar("others", "casebook", "casebook"),
            Bar("others", "Chromium, tagged, no PDF/A", "Chromium (no PDF/A)"),
            Bar("others", "Typst, PDF/A-3a", "Typst"),
        ),
    ),
    Group(
        "All files of a portfolio after one case was edited, beside making them anew",
        (
            Bar("render", "after editing one case of 3, two processes", "one of 3 cases"),
            Bar("render", "after editing one case of 10, two processes", "one of 10 cases"),
        ),
    ),
    Group(
        "casebook submit of what did not change, beside the first time",
        (Bar("submit", "the same again, unchanged", "every page kept"),),
    ),
)


def plot(figures: Iterable[Figure]) -> str:
    """The picture as an SVG file; what was not measured is left out.

    Raises:
        SystemExit: Nothing of it was measured.
    """
    measured = {(each.subject, each.name): each for each in figures}
    groups = [(group.title, _measured_bars(group, measured)) for group in GROUPS]
    groups = [(title, bars) for title, bars in groups if bars]
    if not groups:
        raise SystemExit("nothing was measured that the picture shows")
    scale = Scale(0, _LONGEST, _NAMES_PX, _WIDTH_PX - _VALUES_PX)
    height = sum(_HEAD_PX + _ROW_PX * len(bars) for _, bars in groups) + _FOOT_PX
    drawn = svg.figure(
        "How much of its reference's time each piece of work takes",
        "; ".join(_sentences(groups)),
        _WIDTH_PX,
        height,
        *_axis(scale, height - _FOOT_PX),
        *_bars(groups, scale),
    )
    return svg.standalone(drawn, f"casebook {__version__}")


def _measured_bars(
    group: Group, measured: Mapping[tuple[str, str], Figure]
) -> list[tuple[str, Figure]]:
    return [
        (bar.words, measured[bar.subject, bar.name])
        for bar in group.bars
        if (bar.subject, bar.name) in measured
    ]


def share_of(figure: Figure) -> float:
    """How much of its reference's time a figure stands for.

    A rate that is twice the reference's takes half its time.
    """
    if figure.ratio is None:
        return 1.0
    return figure.ratio if figure.unit == "s" else 1 / figure.ratio


def _wanted(figure: Figure) -> float | None:
    if figure.target is None:
        return None
    return figure.target.ratio if figure.unit == "s" else 1 / figure.target.ratio


_Bars = Sequence[tuple[str, Sequence[tuple[str, Figure]]]]


def _sentences(groups: _Bars) -> Iterator[str]:
    for title, bars in groups:
        told = ", ".join(f"{words} {share_of(figure):.2f}" for words, figure in bars)
        yield f"{title}: {told}"


def _axis(scale: Scale, foot: float) -> Iterator[str]:
    for tick in ticks(0, 1, 5):
        x = scale(tick)
        yield svg.line("limit" if tick == 1 else "gridline", x, 0, x, foot)
        yield svg.label("label-small", x, foot + 13, f"{tick:g}", "middle")
    words = "share of the reference's time; the dashed mark is what was promised"
    yield svg.label("label-small", scale(0), foot + 29, words)


def _bars(groups: _Bars, scale: Scale) -> Iterator[str]:
    y = 0.0
    for title, bars in groups:
        # Why paper beneath: the lines of the axis would cross the words.
        yield svg.rectangle("paper", 0, y + 6, _WIDTH_PX, _HEAD_PX - 10)
        yield svg.label("label-strong", 0, y + 20, title)
        y += _HEAD_PX
        for words, figure in bars:
            share, wanted = share_of(figure), _wanted(figure)
            end = scale.clamped(share)
            yield svg.label("label", _NAMES_PX - 8, y + _BASELINE_PX, words, "end")
            yield svg.rectangle("bar", scale(0), y, end - scale(0), _BAR_PX)
            if wanted is not None:
                x = scale(wanted)
                yield svg.line("halo", x, y - 3, x, y + _BAR_PX + 3)
                yield svg.line("threshold", x, y - 3, x, y + _BAR_PX + 3)
            yield svg.label("label", _past(end, wanted, scale), y + _BASELINE_PX, f"{share:.2f}")
            y += _ROW_PX


def _past(end: float, wanted: float | None, scale: Scale) -> float:
    """Where a bar's figure stands: behind the bar, and behind a mark that would cross it."""
    mark = scale(wanted) if wanted is not None else end
    return max(end, mark) + 6 if abs(mark - end) < _VALUES_PX else end + 6
