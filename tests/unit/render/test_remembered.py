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


def lines(asked: list[str]) -> Any:  # noqa: ANN401 - as WeasyPrint's
    """Lines of letters that are one wide each; what does not fit goes on behind."""

    def split(
        text: str,
        _style: object,
        _context: object,
        most: float | None,
        spacing: float,
        **named: bool,
    ) -> tuple[object, int, int | None, float, float, float]:
        asked.append(text)
        held = text if most is None else text[: max(1, int(most))]
        rest = None if held == text else len(held)
        return (held, spacing, named), len(held), rest, float(len(held)), 1.0, 1.0

    return remembered.with_whole_lines_known(split)


def test_words_that_fit_are_set_once_for_each_style_and_spacing() -> None:
    asked: list[str] = []
    line, one, other = lines(asked), style(), style()
    for each, most, spacing in (
        (one, 9, 0),
        (one, None, 0),
        (one, 5, 0),
        (other, 9, 0),
        (one, 9, 1),
    ):
        found = line("words", each, None, most, spacing, is_line_start=True)
        assert found[:3] == (("words", spacing, {"is_line_start": True}), 5, None)
    assert len(asked) == 3


def test_words_that_do_not_fit_are_set_each_time() -> None:
    """Nor is a word that is wider than its line taken for one that fits, or the other way."""
    asked: list[str] = []
    line, one = lines(asked), style()
    for most, rest in ((3, 3), (9, None), (3, 3), (9, None), (0.5, 1)):
        assert line("words", one, None, most, 0, is_line_start=False)[2] == rest
    assert line("w", one, None, 0.5, 0, is_line_start=False)[3] == 1
    assert line("w", one, None, 0.5, 0, is_line_start=False)[3] == 1
    assert asked == ["words"] * 4 + ["w"] * 2


def test_words_that_lost_their_space_at_the_end_of_a_line_are_not_all_there_is() -> None:
    asked: list[float | None] = []

    def split(text: str, _style: object, _context: object, most: float, _spacing: float) -> object:
        asked.append(most)
        held = text.rstrip() if most < len(text) else text
        return held, len(held), None, len(held), 1.0, 1.0

    line, one = remembered.with_whole_lines_known(split), style()
    for most, held in ((2, ", "), (1, ","), (2, ", "), (1, ","), (9, ", ")):
        assert line(", ", one, None, most, 0)[0] == held
    assert asked == [2, 1, 1]


def test_corners_without_roundness_are_not_worked_out() -> None:
    asked: list[object] = []
    give = remembered._with_square_corners(asked.append)
    corners = dict.fromkeys(remembered._RADII, ((0, "px"), (0, "px")))
    square = SimpleNamespace(style=Style(corners))
    give(square)
    assert {getattr(square, name) for name in remembered._RADII} == {(0, 0)}
    assert asked == []
    rounded = SimpleNamespace(style=Style(corners | {remembered._RADII[2]: ((2, "px"), (2, "px"))}))
    give(rounded)
    assert asked == [rounded]
