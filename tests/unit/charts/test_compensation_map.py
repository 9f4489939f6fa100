"""The map of facilitated structures and inhibited muscles."""

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from casebook.charts.compensation_layout import (
    CompensationMap,
    Link,
    Moments,
    Structure,
)
from casebook.charts.compensation_map import compensation_map, compensation_maps
from casebook.charts.svg import shortened
from casebook.domain.work.compensation import Trial

QL = Structure("quadratus lumborum", "left")
TFL = Structure("tensor fasciae latae", "left")
MAX = Structure("gluteus maximus", "left")
MED = Structure("gluteus medius")


def drawn_map(*links: Link, moments: Moments = "day") -> CompensationMap:
    return CompensationMap((QL, TFL), (MAX, MED), links, moments)


def with_class(drawn: str, name: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(drawn).iter() if node.get("class") == name]


def texts(drawn: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawn).iter() if node.tag.endswith("}text")]


def paths(drawn: str, name: str) -> list[list[float]]:
    """Each link of a look as its numbers: start, two bends, end of the curve, end of the line."""
    return [
        [float(each) for each in re.findall(r"-?[0-9.]+", node.get("d", ""))]
        for node in with_class(drawn, name)
        if node.tag.endswith("}path")
    ]


RESTORED = Link(0, 0, (Trial(0, True), Trial(7, False)))
INHIBITED = Link(1, 0, (Trial(7, False),))
UNTESTED = Link(1, 1, (Trial(9, None),))
STATED = Link(0, 1)


def test_a_links_style_says_what_became_of_the_muscle() -> None:
    """One retest that fires is enough, whatever the others found."""
    found = [each.style for each in (RESTORED, INHIBITED, UNTESTED, STATED)]
    assert found == ["restored", "inhibited", "not retested", "stated"]


def test_styles_differ_without_colour() -> None:
    """Solid with a full tip, dashed with an open tip, dashed without one, dotted without one."""
    for link, look, tip in (
        (RESTORED, "link", "tip"),
        (INHIBITED, "link-open", "tip-open"),
        (UNTESTED, "link-open", None),
        (STATED, "link-stated", None),
    ):
        drawn = compensation_map(drawn_map(link))
        assert len(paths(drawn, look)) == 1
        tips = {each for each in ("tip", "tip-open") if with_class(drawn, each)}
        assert tips == ({tip} if tip else set())
    dashes = {
        look: with_class(drawn, look)[0].get("stroke-dasharray")
        for drawn in [compensation_map(drawn_map(RESTORED, INHIBITED, STATED))]
        for look in ("link", "link-open", "link-stated")
    }
    assert len(set(dashes.values())) == 3
    assert dashes["link"] is None


def test_each_finding_stands_on_its_link_with_its_day() -> None:
    drawn = compensation_map(drawn_map(RESTORED))
    assert {"0", "7"} <= set(texts(drawn))
    # One sign of each finding on the link, and one in the legend.
    assert len(with_class(drawn, "dot")) == len(with_class(drawn, "dot-open")) == 2
    assert "retests, by day" in texts(drawn)
    assert "retests, by cycle" in texts(compensation_map(drawn_map(RESTORED, moments="cycle")))


def test_findings_that_do_not_fit_are_counted() -> None:
    many = Link(0, 0, tuple(Trial(day, day % 3 > 0) for day in range(100, 109)))
    # Days 102, 105 and 108 leave nothing when divided by three: three of nine.
    drawn = texts(compensation_map(drawn_map(many)))
    assert {"6×", "3×"} <= set(drawn)
    assert "104" not in drawn


def test_the_legend_explains_the_signs_that_are_used_and_no_others() -> None:
    words = texts(compensation_map(drawn_map(RESTORED)))
    assert {"the muscle fired after this release", "retest: fires", "still inhibited"} <= set(words)
    assert "stated, not worked on" not in words
    assert "no retest" not in words


def test_every_structure_has_its_name_and_its_side() -> None:
    words = texts(compensation_map(drawn_map(RESTORED, UNTESTED)))
    assert {QL.name, TFL.name, MAX.name, MED.name} <= set(words)
    assert words.count("left") == 3  # The fourth has no side.


def test_links_end_apart_on_their_muscle_and_inside_its_box() -> None:
    """Each has a line of its own, as tall as what is written on it."""
    chart = CompensationMap(
        tuple(Structure(f"structure {place}") for place in range(6)),
        (MAX,),
        tuple(Link(place, 0, (Trial(place, True),)) for place in range(6)),
        "day",
    )
    drawn = compensation_map(chart)
    ends = sorted(numbers[7] for numbers in paths(drawn, "link"))
    assert all(after - before >= 18 for before, after in itertools.pairwise(ends))
    (box,) = with_class(drawn, "box")
    top, height = float(box.get("y", "nan")), float(box.get("height", "nan"))
    assert top < ends[0]
    assert ends[-1] < top + height


def test_columns_are_put_in_order_so_that_links_do_not_cross() -> None:
    drawn = compensation_map(
        drawn_map(Link(0, 1, (Trial(0, True),)), Link(1, 0, (Trial(0, True),)))
    )
    starts_and_ends = sorted((numbers[1], numbers[7]) for numbers in paths(drawn, "link"))
    assert len(starts_and_ends) == 2
    assert starts_and_ends == sorted(starts_and_ends, key=lambda each: each[1])


def test_a_map_of_twelve_by_twelve_keeps_every_name_whole_and_fits_on_a_page() -> None:
    names = [f"extensor carpi radialis {place:02}" for place in range(12)]
    chart = CompensationMap(
        tuple(Structure(name, "right") for name in names),
        tuple(Structure(name, "left") for name in names),
        tuple(
            Link(place, (place + step) % 12, (Trial(place, True),))
            for place in range(12)
            for step in (0, 1)
        ),
        "day",
    )
    (drawn,) = compensation_maps(chart)
    assert all(words.count("…") == 0 for words in texts(drawn))
    assert float(ET.fromstring(drawn).get("height", "nan")) < 800


def test_a_very_large_map_becomes_several_pictures_with_every_link_in_one_of_them() -> None:
    size = 40
    chart = CompensationMap(
        tuple(Structure(f"structure {place}") for place in range(size)),
        tuple(Structure(f"muscle {place}") for place in range(size)),
        tuple(Link(place, place, (Trial(0, True),)) for place in range(size)),
        "day",
    )
    parts = compensation_maps(chart)
    assert len(parts) > 1
    assert sum(len(paths(part, "link")) for part in parts) == size
    assert all(float(ET.fromstring(part).get("height", "nan")) < 800 for part in parts)
    assert len(paths(compensation_map(chart), "link")) == size


def test_a_name_that_is_too_long_takes_two_lines_and_ends_in_an_ellipsis_after_them() -> None:
    long = replace(
        QL, name="a very long name of a structure that nobody would ever write down here"
    )
    words = texts(compensation_map(CompensationMap((long,), (MAX,), (RESTORED,), "day")))
    lines = [each for each in words if each.startswith(("a very", "structure"))]
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert lines[0] == shortened(lines[0], 164, "label-strong")


@pytest.mark.parametrize(
    "link, moments, words",
    [
        (
            RESTORED,
            "day",
            (
                "quadratus lumborum, left for gluteus maximus, left: after its release the "
                "muscle fires (day 0); the muscle stays inhibited (day 7)."
            ),
        ),
        (
            INHIBITED,
            "cycle",
            (
                "tensor fasciae latae, left for gluteus maximus, left: the muscle stays "
                "inhibited (cycle 7)."
            ),
        ),
        (UNTESTED, "day", "tensor fasciae latae, left for gluteus medius: no retest (day 9)."),
        (STATED, "day", "quadratus lumborum, left for gluteus medius: stated, not worked on."),
    ],
)
def test_the_description_says_in_words_what_is_drawn(
    link: Link, moments: Moments, words: str
) -> None:
    description = ET.fromstring(compensation_map(drawn_map(link, moments=moments)))[1].text or ""
    assert words in description


def test_equal_maps_are_equal_text() -> None:
    assert compensation_map(drawn_map(RESTORED)) == compensation_map(drawn_map(RESTORED))
