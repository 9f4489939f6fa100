"""Who does whose work: facilitated structures, inhibited muscles, and what the retests found.

A link's style says without colour what became of the muscle after the release: solid with a full
tip, dashed with an open one, or dotted. Each link ends at a place of its own on its muscle, so
that what is written on it stands free.
"""

from typing import Final

from casebook.charts.compensation_layout import (
    BOX_PX,
    LINE_PX,
    TOP_PX,
    Column,
    CompensationMap,
    Link,
    Moments,
    Style,
    ordered,
    parts_of,
)
from casebook.charts.legend import Key, legend, legend_height, retest_sign
from casebook.charts.svg import (
    element,
    figure,
    label,
    line,
    number,
    path,
    polygon,
    rectangle,
    width_of,
)
from casebook.language import _
from casebook.language.forms import enumeration

_TIP_PX = 8.0
_SIGN_PX = 4.5
_TOKENS_PX = 132.0
_TOKEN_GAP_PX = 10.0

_LOOKS: Final = {
    "restored": "link",
    "inhibited": "link-open",
    "not retested": "link-open",
    "stated": "link-stated",
}


def compensation_map(chart: CompensationMap, *, width: float = 580.0) -> str:
    """Draw the whole map as one picture, however tall."""
    return _drawn(ordered(chart), width)


def compensation_maps(chart: CompensationMap, *, width: float = 580.0) -> tuple[str, ...]:
    """Draw the map as pictures that each fit on a page; one, but for very large maps."""
    return tuple(_drawn(part, width) for part in parts_of(ordered(chart)))


def _drawn(chart: CompensationMap, width: float) -> str:
    left, right = Column.left(chart), Column.right(chart)
    tallest = max(left.height, right.height)
    keys = _keys(chart)
    bottom = TOP_PX + tallest + 14
    room = max((_tokens_width(link) for link in chart.links), default=0.0)
    return figure(
        _("Compensation map"),
        _description(chart),
        width,
        bottom + legend_height(keys, width),
        _headings(chart, width),
        *_links(chart, (left, right), tallest, (width - BOX_PX, room)),
        _boxes("box-busy", left, 0, tallest),
        _boxes("box", right, width - BOX_PX, tallest),
        legend(keys, bottom, width),
    )


def _headings(chart: CompensationMap, width: float) -> str:
    right = width - BOX_PX
    tried = _("retests, by day") if chart.moments == "day" else _("retests, by cycle")
    drawn = [
        label("label-strong", 0, 11, _("Facilitated")),
        label("label-muted", 0, 25, _("does another's work; released")),
        label("label-strong", right, 11, _("Inhibited")),
        label("label-muted", right, 25, _("fails its test; retested")),
        line("gridline", 0, 33, width, 33),
    ]
    if any(link.trials for link in chart.links):
        drawn.append(label("label-muted", right - _TIP_PX - 4, 25, tried, "end"))
    return element("g", None, *drawn)


def _boxes(look: str, column: Column, x: float, tallest: float) -> str:
    drawn = []
    for place, top in enumerate(column.tops(tallest)):
        height = column.heights[place]
        lines = [("label-strong", words) for words in column.names[place]]
        if column.sides[place]:
            lines.append(("label-muted", column.sides[place]))
        y = top + height / 2 - LINE_PX * len(lines) / 2 + 9.5
        drawn.append(rectangle(look, x + 0.5, top, BOX_PX - 1, height))
        drawn.extend(
            label(ink, x + 8, y + at * LINE_PX, words) for at, (ink, words) in enumerate(lines)
        )
    return element("g", None, *drawn)


def _links(
    chart: CompensationMap,
    columns: tuple[Column, Column],
    tallest: float,
    end: tuple[float, float],
) -> list[str]:
    """All links; each has a rim of paper, so that it can be followed through a crossing.

    Args:
        chart: The map, its links in the order of the muscles, then of the structures.
        columns: The boxes on the left and on the right.
        tallest: The height of the taller column.
        end: Where the muscles' boxes begin, and the room before them for what is written.
    """
    x2, room = end
    by_left = sorted(chart.links, key=lambda link: (link.facilitated, link.inhibited))
    starts = dict(
        zip(by_left, columns[0].ports([e.facilitated for e in by_left], tallest), strict=True)
    )
    ends = columns[1].ports([link.inhibited for link in chart.links], tallest)
    bend_end = x2 - _TIP_PX - room - 10
    middle = (BOX_PX + bend_end) / 2
    drawn = []
    for link, y in zip(chart.links, ends, strict=True):
        start = starts[link]
        way = (
            f"M{number(BOX_PX)} {number(start)}C{number(middle)} {number(start)} "
            f"{number(middle)} {number(y)} {number(bend_end)} {number(y)}H{number(x2 - _TIP_PX)}"
        )
        parts = [path("halo", way), path(_LOOKS[link.style], way), _tip(link.style, x2, y)]
        drawn.append(element("g", None, *parts, _written(link, x2 - _TIP_PX - 4, y)))
    return drawn


def _tip(style: Style, x: float, y: float) -> str:
    points = [(x - _TIP_PX - 1, y - 4.5), (x - 0.5, y), (x - _TIP_PX - 1, y + 4.5)]
    if style == "restored":
        return polygon("tip", points)
    return polygon("tip-open", points) if style == "inhibited" else ""


def _written(link: Link, right: float, y: float) -> str:
    """The retests' findings with their days or cycles, in a gap of a link's last stretch."""
    tokens = _tokens(link)
    if not tokens:
        return ""
    room = _tokens_width(link)
    x = right - room
    # Why one gap for all: a piece of the link between two findings would read as a minus sign.
    drawn = [rectangle("paper", x - 5, y - 6.5, room, 13)]
    for fires, words in tokens:
        sign_end = x + 2 * _SIGN_PX
        drawn.append(retest_sign(x + _SIGN_PX, y, _SIGN_PX, fires=fires))
        drawn.append(label("label", sign_end + 4, y + 3.7, words))
        x += _token_width(words)
    return element("g", None, *drawn)


def _token_width(words: str) -> float:
    return 2 * _SIGN_PX + 4 + width_of(words) + _TOKEN_GAP_PX


def _tokens_width(link: Link) -> float:
    return sum(_token_width(words) for _fires, words in _tokens(link))


def _tokens(link: Link) -> list[tuple[bool | None, str]]:
    """Each finding with its day or cycle; where there are too many, how often each came."""
    each = [(trial.fires, str(trial.moment)) for trial in link.trials]
    if sum(_token_width(words) for _fires, words in each) <= _TOKENS_PX:
        return each
    found = [trial.fires for trial in link.trials]
    return [(fires, f"{found.count(fires)}×") for fires in dict.fromkeys(found)]


# --- words ---------------------------------------------------------------------------------------


def _keys(chart: CompensationMap) -> list[Key]:
    """Every sign that is used above, with its words."""
    styles = {link.style for link in chart.links}
    found = {trial.fires for link in chart.links for trial in link.trials}
    meanings: tuple[tuple[Style, str], ...] = (
        ("restored", _("the muscle fired after this release")),
        ("inhibited", _("the muscle stayed inhibited")),
        ("not retested", _("worked on, not retested")),
        ("stated", _("stated, not worked on")),
    )
    links = [Key(_sample(style), 28, words) for style, words in meanings if style in styles]
    findings = ((True, _("retest: fires")), (False, _("still inhibited")), (None, _("no retest")))
    signs = [
        Key(retest_sign(_SIGN_PX + 1, 0, _SIGN_PX, fires=fires), 2 * _SIGN_PX, words)
        for fires, words in findings
        if fires in found
    ]
    return [*links, *signs]


def _sample(style: Style) -> str:
    end = 28.0 if style in {"stated", "not retested"} else 28 - _TIP_PX
    return line(_LOOKS[style], 0, 0, end, 0) + _tip(style, 28, 0)


def _description(chart: CompensationMap) -> str:
    sentences = [
        _("{facilitated} for {inhibited}: {findings}.").format(
            facilitated=chart.facilitated[link.facilitated].words,
            inhibited=chart.inhibited[link.inhibited].words,
            findings="; ".join(_findings(link, chart.moments)),
        )
        for link in chart.links
    ]
    lead = _("Facilitated structures, each with the inhibited muscle whose work it does.")
    return " ".join([lead, *sentences])


def _findings(link: Link, moments: Moments) -> list[str]:
    if not link.trials:
        return [_("stated, not worked on")]
    words = {
        True: _("after its release the muscle fires ({moments})"),
        False: _("the muscle stays inhibited ({moments})"),
        None: _("no retest ({moments})"),
    }
    return [
        words[fires].format(moments=_moments(link, fires, moments))
        for fires in dict.fromkeys(trial.fires for trial in link.trials)
    ]


def _moments(link: Link, fires: bool | None, moments: Moments) -> str:  # noqa: FBT001
    one = _("day {number}") if moments == "day" else _("cycle {number}")
    found = dict.fromkeys(trial.moment for trial in link.trials if trial.fires is fires)
    return enumeration(one.format(number=each) for each in found)
