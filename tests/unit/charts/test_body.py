"""The body chart."""

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.charts.body import BodyChart, Mark, body_chart
from casebook.charts.body_figure import Role, finding_sign
from casebook.charts.body_layout import BodyLayout, Note
from casebook.charts.svg import width_of
from casebook.domain.work.positions import Place, Position
from casebook.domain.work.site import Side
from casebook.language import speaking

GLUTEUS = Position(Place("back", 14, 151, 9, 11, -15))
QUADRATUS = Position(Place("back", 9, 114, 3, 8, -8))
PSOAS = Position(Place("front", 8, 127, 2, 18, -13))
NAVEL = Position(Place("front", 0, 120), "middle")


def mark(
    structure: str,
    side: Side | None = "left",
    role: Role = "inhibited",
    position: Position | None = GLUTEUS,
) -> Mark:
    return Mark(structure, side, role, position)


def drawn(*marks: Mark) -> ET.Element:
    return ET.fromstring(body_chart(BodyChart(marks)))


def with_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if node.get("class") == name]


def texts(root: ET.Element) -> list[str]:
    return [node.text or "" for node in root.iter() if node.tag.endswith("}text")]


def description(root: ET.Element) -> str:
    return root[1].text or ""


def test_an_inhibited_structure_has_a_ring_and_a_facilitated_one_a_diamond() -> None:
    inhibited = drawn(mark("gluteus maximus"))
    # One on the figure and one in the legend.
    assert len(with_class(inhibited, "dot-open")) == 2
    assert not with_class(inhibited, "sign")
    facilitated = drawn(mark("gluteus maximus", role="facilitated"))
    assert len(with_class(facilitated, "sign")) == 2
    assert not with_class(facilitated, "dot-open")


def test_what_was_found_as_both_has_one_sign_of_both_kinds() -> None:
    root = drawn(mark("gluteus maximus"), mark("gluteus maximus", role="facilitated"))
    assert len(with_class(root, "dot-open")) == len(with_class(root, "sign")) == 2
    assert texts(root).count("gluteus maximus") == 1
    assert "both, at different times" in texts(root)
    assert "gluteus maximus, left (inhibited and facilitated)" in description(root)


def test_the_three_signs_differ() -> None:
    roles: list[frozenset[Role]] = [
        frozenset({"inhibited"}),
        frozenset({"facilitated"}),
        frozenset({"inhibited", "facilitated"}),
    ]
    assert len({finding_sign(role, 0, 0) for role in roles}) == 3


@pytest.mark.parametrize(
    "position, side, leftward",
    [
        (PSOAS, "right", True),
        (PSOAS, "left", False),
        (GLUTEUS, "right", False),
        (GLUTEUS, "left", True),
    ],
)
def test_the_front_view_faces_the_reader_and_the_back_view_does_not(
    position: Position, side: Side, leftward: bool
) -> None:
    layout = BodyLayout(580)
    root = drawn(mark("it", side, position=position))
    x = float(with_class(root, "dot-open")[0].get("cx", "0"))
    assert (x < layout.middle(position.right.view)) is leftward


def test_right_and_left_are_written_at_both_figures() -> None:
    root = drawn()
    letters = [
        (node.text, float(node.get("x", "0")))
        for node in root.iter()
        if node.text in {"R", "L", "Front", "Back"}
    ]
    in_order = [words for words, _x in sorted(letters, key=lambda pair: pair[1])]
    assert in_order == ["R", "Front", "L", "L", "Back", "R"]


def test_a_pair_has_a_sign_and_a_label_on_each_side() -> None:
    root = drawn(mark("gluteus maximus", "both"))
    assert {"left", "right"} <= set(texts(root))
    assert texts(root).count("gluteus maximus") == 2
    assert len(with_class(root, "leader")) == 2
    assert description(root).count("gluteus maximus, both sides") == 1


def test_a_side_that_was_not_stated_is_said_so() -> None:
    root = drawn(mark("gluteus maximus", None))
    assert texts(root).count("side not stated") == 2
    assert "gluteus maximus, side not stated (inhibited)" in description(root)


def test_what_lies_on_the_midline_needs_no_side() -> None:
    root = drawn(mark("umbilical scar", None, position=NAVEL))
    assert texts(root).count("umbilical scar") == 1
    assert "side not stated" not in texts(root)


def test_the_text_alternative_lists_every_mark_by_view() -> None:
    root = drawn(
        mark("gluteus maximus"),
        mark("psoas major", "right", "facilitated", PSOAS),
        mark("old burn", "left", "facilitated", None),
    )
    assert description(root) == (
        "A human figure from the front and from the back. "
        "Marked in front: psoas major, right (facilitated). "
        "Marked at the back: gluteus maximus, left (inhibited). "
        "Not drawn, as the place is not known: old burn, left (facilitated)."
    )


def test_what_has_no_place_is_named_under_the_figures() -> None:
    root = drawn(mark("gluteus maximus"), mark("old burn", None, "facilitated", None))
    expected = "Not drawn, as the place is not known: old burn (facilitated)."
    assert expected in texts(root)


def test_many_names_without_a_place_are_all_written() -> None:
    marks = [mark(f"scar {place}", position=None) for place in range(40)]
    words = " ".join(texts(drawn(*marks)))
    assert all(f"scar {place}, left" in words for place in range(40))
    assert "…" not in words


def test_an_empty_chart_says_that_nothing_is_marked() -> None:
    root = drawn()
    assert description(root) == "No structure is marked."
    assert "No structure is marked." in texts(root)
    assert not with_class(root, "leader")


def spread_marks(count: int) -> list[Mark]:
    return [
        mark(
            f"muscle number {place}",
            ("left", "right")[place % 2],
            ("inhibited", "facilitated")[place // 2 % 2],
            Position(Place(("front", "back")[place // 4 % 2], 12, 20 + 9 * place)),
        )
        for place in range(count)
    ]


def test_twenty_marks_keep_their_names_and_fit_a_quarter_of_a_page() -> None:
    root = drawn(*spread_marks(20))
    assert {f"muscle number {place}" for place in range(20)} <= set(texts(root))
    assert float(root.get("height", "0")) <= 330


def test_more_marks_than_fit_are_numbered_and_listed() -> None:
    root = drawn(*spread_marks(28), mark("old burn", "left", "facilitated", None))
    words = texts(root)
    for place in range(28):
        assert words.count(str(place + 1)) == 2
        assert any(each.startswith(f"muscle number {place}, ") for each in words)
    assert "29" not in words


marks = st.builds(
    Mark,
    st.sampled_from(
        ["psoas major", "lateral femoral cutaneous nerve", "jaw", "脊柱起立筋", "x" * 60, "<&>"]
    ),
    st.sampled_from(["left", "right", "both", "midline", None]),
    st.sampled_from(["inhibited", "facilitated"]),
    st.none()
    | st.builds(
        Position,
        st.builds(
            Place,
            st.sampled_from(["front", "back"]),
            st.floats(0, 70),
            st.floats(0, 300),
        ),
        st.sampled_from(["both", "middle", "left", "right"]),
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(marks, max_size=40))
def test_labels_never_overlap_nor_leave_the_chart(some: list[Mark]) -> None:
    """Whatever is marked, each label has a place of its own, and the same text comes each time."""
    chart = BodyChart(tuple(some))
    svg = body_chart(chart)
    assert svg == body_chart(chart)
    root = ET.fromstring(svg)
    height = float(root.get("height", "0"))
    boxes = []
    for node in root.iter():
        if not node.tag.endswith("}text") or node.get("transform"):
            continue
        look = node.get("class") or ""
        if look not in {"label-name", "label-small"}:
            continue
        width = width_of(node.text or "", look)
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = x - width if node.get("text-anchor") == "end" else x
        boxes.append((left, left + width, y - 8, y + 2))
        assert left >= -0.5
        assert left + width <= 580.5
        assert 0 <= y <= height
    for (al, ar, at, ab), (bl, br, bt, bb) in combinations(boxes, 2):
        assert ar <= bl + 0.5 or br <= al + 0.5 or ab <= bt + 0.5 or bb <= at + 0.5


def test_labels_of_both_views_share_the_room_between_them() -> None:
    layout = BodyLayout(580)
    front, back = layout.spots([PSOAS.places("left"), QUADRATUS.places("left")])
    placed = layout.placed([Note(spot, (("label-name", "it"),)) for spot in (front, back)])
    # One column from the top down: the back view's label (114 units) before the front view's
    # (127), each at the edge next to its figure and a line of 11.5 pixels with its gap apart.
    assert [each.note.spot.place.view for each in placed] == ["back", "front"]
    assert [each.anchor for each in placed] == ["end", "start"]
    assert placed[0].x > placed[1].x
    assert placed[1].y - placed[0].y >= 11.5


def test_the_words_of_the_chart_are_said_in_the_language_spoken() -> None:
    with speaking("de"):
        words = texts(drawn(mark("gluteus maximus")))
    assert "links" in words
