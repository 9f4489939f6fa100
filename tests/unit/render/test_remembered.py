"""What is worked out of a style once."""

from types import SimpleNamespace
from typing import Any

import pytest

from casebook.render import remembered

NAMES = remembered._USED


class Style(dict[str, Any]):
    """A style as WeasyPrint's: a dictionary that can be written on."""


def style(**other: object) -> Style:
    px = SimpleNamespace(value=4, unit="px")
    plain = {"border_collapse": "separate"} | dict.fromkeys(NAMES, px) | {"width": "auto"}
    return Style(plain | other)


def resolving(asked: list[object]) -> Any:  # noqa: ANN401 - as WeasyPrint's
    def resolve(box: Any, containing_block: object) -> None:  # noqa: ANN401 - as above
        asked.append(containing_block)
        vars(box).update({name: (name, containing_block) for name in NAMES})

    return remembered.with_lengths_known(resolve)


def test_lengths_that_stand_alone_are_worked_out_once() -> None:
    asked: list[object] = []
    give, shared = resolving(asked), style()
    boxes = [SimpleNamespace(style=shared) for _ in range(3)]
    for width, box in enumerate(boxes):
        give(box, containing_block=width)
    assert asked == [0]
    assert all(box.margin_left == ("margin_left", 0) for box in boxes)
    assert all(box.border_top_width == ("border_top_width", 0) for box in boxes)


@pytest.mark.parametrize(
    "other",
    [
        {"width": SimpleNamespace(value=50, unit="%")},
        {"max_height": SimpleNamespace(type="function", name="calc")},
        {"border_collapse": "collapse"},
    ],
)
def test_lengths_that_depend_on_others_are_worked_out_each_time(other: dict[str, object]) -> None:
    asked: list[object] = []
    give, shared = resolving(asked), style(**other)
    for width in range(3):
        box = SimpleNamespace(style=shared)
        give(box, width)
        assert box.width == ("width", width)
    assert asked == [0, 1, 2]


def test_an_answer_is_kept_with_its_style_and_what_was_asked() -> None:
    asked = []

    def work_out(style: Style, size: int = 0) -> int:
        asked.append(size)
        return len(asked)

    answer = remembered._once(work_out)
    one, other = style(), style()
    assert [answer(one), answer(one), answer(one, size=2), answer(one, size=2)] == [1, 1, 2, 2]
    assert answer(other) == 3
