"""Where a structure is marked, by its side."""

import pytest

from casebook.domain.work.anatomy import Structure
from casebook.domain.work.positions import Place, Position, Positions, Unsided
from casebook.domain.work.site import Side

RIGHT = Place("back", 10, 100, 3, 8, 5)
LEFT = Place("back", -10, 100, 3, 8, -5)


@pytest.mark.parametrize(
    "side, places",
    [
        ("right", (RIGHT,)),
        ("left", (LEFT,)),
        ("both", (RIGHT, LEFT)),
        (None, (RIGHT, LEFT)),
        ("midline", (Place("back", 0, 100),)),
    ],
)
def test_one_of_a_pair_lies_on_its_side(side: Side | None, places: tuple[Place, ...]) -> None:
    assert Position(RIGHT).places(side) == places


@pytest.mark.parametrize("side", [None, "both", "midline"])
def test_what_lies_across_the_midline_is_marked_once_for_both_sides(side: Side | None) -> None:
    # From 10 + 3 = 13 units on the right to as many on the left.
    assert Position(RIGHT, "middle").places(side) == (Place("back", 0, 100, 13, 8),)


def test_what_lies_across_the_midline_may_still_have_a_side() -> None:
    assert Position(RIGHT, "middle").places("left") == (LEFT,)


@pytest.mark.parametrize("side", [None, "left", "right", "both", "midline"])
def test_what_lies_on_the_midline_has_one_place_whatever_is_said(side: Side | None) -> None:
    navel = Place("front", 0, 120)
    assert Position(navel, "middle").places(side) == (navel,)


@pytest.mark.parametrize("unsided, place", [("right", RIGHT), ("left", LEFT)])
def test_an_organ_of_one_side_lies_there_unless_the_other_is_named(
    unsided: Unsided, place: Place
) -> None:
    assert Position(RIGHT, unsided).places(None) == (place,)
    assert Position(RIGHT, unsided).places("left") == (LEFT,)


def test_a_freely_worded_scar_lies_where_its_like_does() -> None:
    position = Position(RIGHT)
    positions = Positions.of([("hernia repair scar", position), ("burn scar", None)])
    old = Structure("casebook:x", "old hernia repair scar", "scar", part_of="hernia repair scar")
    burn = Structure("casebook:y", "burn scar of 1999", "scar", part_of="burn scar")
    assert positions.find(old) == position
    assert positions.find(burn) is None
    assert positions.find(Structure("casebook:z", "nobody's muscle", "muscle")) is None


def test_a_name_with_two_positions_is_refused() -> None:
    with pytest.raises(ValueError, match="psoas major has two positions"):
        Positions.of([("psoas major", None), ("psoas major", Position(RIGHT))])
