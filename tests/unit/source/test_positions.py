"""Every structure of the shipped anatomy has its place on the figure, and the right one."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.charts.body_outline import Point, contours
from casebook.domain.work.positions import Place, View
from casebook.errors import MachineError
from casebook.source.anatomy import load_anatomy
from casebook.source.positions import load_positions, read_positions

ANATOMY = load_anatomy()
POSITIONS = load_positions()
PLACES = {name: found.right for name, found in POSITIONS.known.items() if found}

# What may be anywhere, and classes of muscles found all over the body.
NOWHERE_IN_PARTICULAR = {
    "scar", "bite scar", "burn scar", "graft scar", "keloid scar", "laceration scar",
    "mole removal scar", "piercing scar", "puncture scar", "extensor muscle", "flexor muscle",
    "pennate muscle", "rotator muscle", "sphincter muscle",
}  # fmt: skip

# Levels of the figure: chin 40, notch of the breastbone 56, lowest rib 105, top of the hip bone
# 122, hip joint 149, gluteal fold 165, kneecap 212, ankle 285.
LANDMARKS: dict[str, tuple[View, tuple[float, float], tuple[float, float]]] = {
    "temporalis": ("front", (9, 13), (10, 20)),
    "masseter": ("front", (8, 12), (26, 34)),
    "temporomandibular joint": ("front", (11, 13), (23, 27)),
    "sternocleidomastoid": ("front", (3, 9), (40, 52)),
    "longus colli": ("front", (0, 4), (40, 55)),
    "suboccipitals": ("back", (1, 6), (31, 37)),
    "levator scapulae": ("back", (4, 11), (42, 64)),
    "upper trapezius": ("back", (9, 25), (46, 56)),
    "lower trapezius": ("back", (2, 10), (72, 104)),
    "infraspinatus": ("back", (10, 26), (64, 80)),
    "pectoralis minor": ("front", (14, 26), (60, 80)),
    "serratus anterior": ("front", (21, 27), (75, 100)),
    "diaphragm": ("front", (0, 20), (90, 106)),
    "psoas major": ("front", (3, 13), (108, 150)),
    "quadratus lumborum": ("back", (5, 13), (105, 123)),
    "gluteus medius": ("back", (14, 27), (124, 145)),
    "piriformis": ("back", (6, 26), (138, 152)),
    "gluteus maximus": ("back", (5, 25), (138, 165)),
    "tensor fasciae latae": ("front", (23, 31), (134, 156)),
    "rectus femoris": ("front", (14, 24), (150, 206)),
    "adductor longus": ("front", (4, 14), (152, 180)),
    "biceps femoris": ("back", (16, 26), (160, 212)),
    "semitendinosus": ("back", (8, 17), (160, 212)),
    "popliteus": ("back", (10, 22), (216, 228)),
    "tibialis anterior": ("front", (17, 24), (225, 270)),
    "gastrocnemius, medial head": ("back", (8, 16), (222, 252)),
    "soleus": ("back", (10, 24), (240, 272)),
    "Achilles tendon": ("back", (15, 19), (270, 295)),
    "biceps brachii": ("front", (31, 45), (74, 104)),
    "triceps brachii": ("back", (31, 45), (70, 104)),
    "thenar muscles": ("front", (61, 69), (152, 165)),
}


def outline(view: View) -> list[Point]:
    right = [point for run in contours(view) for point in run]
    return right + [(-x, y) for x, y in reversed(right)]


def is_inside(point: Point, corners: list[Point]) -> bool:
    """Whether a ray from the point to the right leaves the shape an odd number of times."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def rim(place: Place) -> Iterator[Point]:
    turn = math.radians(place.tilt)
    for hour in range(12):
        across = place.rx * math.cos(hour * math.pi / 6)
        down = place.ry * math.sin(hour * math.pi / 6)
        yield (
            place.x + across * math.cos(turn) - down * math.sin(turn),
            place.y + across * math.sin(turn) + down * math.cos(turn),
        )


def test_every_structure_has_a_row_and_every_row_a_structure() -> None:
    names = {structure.name for structure in ANATOMY.structures}
    assert len(names) > 600
    assert set(POSITIONS.known) == names


def test_only_what_may_be_anywhere_has_no_place() -> None:
    assert {name for name, found in POSITIONS.known.items() if not found} == NOWHERE_IN_PARTICULAR


def test_every_place_lies_on_the_figure() -> None:
    outlines: dict[View, list[Point]] = {"front": outline("front"), "back": outline("back")}
    # A little to the right of the midline, where the outline's two halves meet.
    stray = {
        name
        for name, place in PLACES.items()
        if place.x < 0 or not is_inside((place.x + 0.01, place.y), outlines[place.view])
    }
    assert stray == set()


def test_no_ellipse_reaches_far_beyond_the_figure() -> None:
    outlines: dict[View, list[Point]] = {"front": outline("front"), "back": outline("back")}
    ellipses = {name: place for name, place in PLACES.items() if place.rx}
    assert len(ellipses) > 150
    assert all(place.ry > 0 for place in ellipses.values())
    outside = {
        name: sum(not is_inside(point, outlines[place.view]) for point in rim(place))
        for name, place in ellipses.items()
    }
    assert {name: count for name, count in outside.items() if count > 2} == {}


@pytest.mark.parametrize("name", LANDMARKS)
def test_a_well_known_structure_lies_between_its_landmarks(name: str) -> None:
    view, (inner, outer), (upper, lower) = LANDMARKS[name]
    place = PLACES[name]
    assert place.view == view
    assert inner <= place.x <= outer
    assert upper <= place.y <= lower


def test_organs_of_one_side_lie_there_unless_stated_otherwise() -> None:
    sides = {
        name: found.places(None)[0].x > 0
        for name, found in POSITIONS.known.items()
        if found and found.unsided in {"left", "right"}
    }
    assert sides["liver"]
    assert sides["appendectomy scar"]
    assert not sides["stomach"]


@pytest.mark.parametrize(
    "text, fault",
    [
        ("", "the heading is not"),
        ("name,x\n", "the heading is not"),
        ("name,view,x,y,rx,ry,tilt,unsided\njaw,front\n", "2 columns"),
        ("name,view,x,y,rx,ry,tilt,unsided\njaw,side,1,2,,,,\n", "unknown view or side"),
        ("name,view,x,y,rx,ry,tilt,unsided\njaw,front,1,2,,,,up\n", "unknown view or side"),
        ("name,view,x,y,rx,ry,tilt,unsided\njaw,front,one,2,,,,\n", "could not convert"),
        ("name,view,x,y,rx,ry,tilt,unsided\njaw,,,,,,,\njaw,,,,,,,\n", "two positions"),
    ],
)
def test_a_damaged_table_is_the_machines_fault_and_says_what_is_wrong(
    tmp_path: Path, text: str, fault: str
) -> None:
    table = tmp_path / "positions.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(MachineError, match=fault) as caught:
        read_positions(table)
    assert caught.value.hint == "install casebook again"


def test_a_missing_table_is_the_machines_fault(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match=r"positions\.csv"):
        read_positions(tmp_path / "positions.csv")
