"""Labels in columns beside a picture, and how the leader lines to its points stay apart.

Labels never overlap: each stands as near to the height of its point as its neighbours allow.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

_MOST_ROUNDS = 80


@dataclass(frozen=True, slots=True)
class Pin:
    """A point of a picture that wants a label in one of two columns.

    Attributes:
        at: The point.
        room: The height that its label needs, with the gap to the next one.
        columns: The nearer column, then the other one that could hold the label.
        reach: How far the point lies from the middle of its picture.
        edges: Where the leader meets each of the two columns, as ``x``.
    """

    at: Point
    room: float
    columns: tuple[int, int]
    reach: float
    edges: tuple[float, float]

    def edge(self, column: int) -> float:
        """The ``x`` where the leader meets a column."""
        return self.edges[self.columns.index(column)]


def spread(points: Sequence[Point], least: float) -> list[Point]:
    """The points moved apart, as little as it takes, until none are nearer than ``least``.

    Points that coincide part sideways; the same points always give the same result.
    """
    moved = list(points)
    for _round in range(_MOST_ROUNDS):
        crowded = False
        for one in range(len(moved)):
            for other in range(one + 1, len(moved)):
                (ax, ay), (bx, by) = moved[one], moved[other]
                dx, dy = bx - ax, by - ay
                apart = math.hypot(dx, dy)
                if apart >= least - 0.05:
                    continue
                crowded = True
                step = (least - apart) / 2
                ux, uy = (dx / apart, dy / apart) if apart else (1.0, 0.0)
                moved[one] = (ax - ux * step, ay - uy * step)
                moved[other] = (bx + ux * step, by + uy * step)
        if not crowded:
            break
    return moved


def columns_of(pins: Sequence[Pin], height: float) -> list[int] | None:
    """Choose a column for every pin; None where some column would be taller than ``height``.

    A point in the middle of its picture goes to the emptier column. Out of an overfull one the
    points nearest to the middle move first.
    """
    chosen = [pin.columns[0] for pin in pins]

    def filled(column: int) -> float:
        return sum(pin.room for pin, at in zip(pins, chosen, strict=True) if at == column)

    for place, pin in enumerate(pins):
        other = pin.columns[1]
        if pin.reach == 0 and filled(other) + pin.room < filled(chosen[place]):
            chosen[place] = other
    for place in sorted(range(len(pins)), key=lambda place: pins[place].reach):
        pin, here = pins[place], chosen[place]
        other = next(column for column in pin.columns if column != here)
        if filled(here) > height and filled(other) + pin.room <= height:
            chosen[place] = other
    return None if any(filled(column) > height for column in chosen) else chosen


def stacked(
    wanted: Sequence[float], rooms: Sequence[float], top: float, bottom: float
) -> list[float]:
    """The upper edges of labels one below the other, each as near as can be to what it wants.

    Args:
        wanted: The upper edge that each label would have if it were alone, in their order.
        rooms: The heights of the labels.
        top: No label begins above it.
        bottom: No label ends below it, unless there is too little room between the two.

    Source:
        Least squares under an order: neighbours that would overlap share their mean
        (pool adjacent violators).
    """
    above = [sum(rooms[:place]) for place in range(len(rooms))]
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, above, strict=True):
        mean, count = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            earlier, members = blocks.pop()
            mean = (earlier * members + mean * count) / (members + count)
            count += members
        blocks.append((mean, count))
    lowest = max(bottom - sum(rooms), top)
    flat = [min(max(mean, top), lowest) for mean, count in blocks for _each in range(count)]
    return [start + offset for start, offset in zip(flat, above, strict=True)]


def column(
    pins: Sequence[Pin], index: int, lift: float, top: float, bottom: float
) -> list[tuple[int, float]]:
    """Order and place the labels of one column so that their leaders do not cross.

    Args:
        pins: All of them in this column.
        index: Which column it is.
        lift: How far below a label's upper edge its leader begins.
        top: The column's upper end.
        bottom: Its lower end.

    Returns:
        For each label from the top down the place of its pin in ``pins``, and its upper edge.
    """
    order = sorted(range(len(pins)), key=lambda place: (pins[place].at[1], pins[place].at[0]))
    for _round in range(_MOST_ROUNDS):
        tops = stacked(
            [pins[place].at[1] - lift for place in order],
            [pins[place].room for place in order],
            top,
            bottom,
        )
        ends = [(pins[p].edge(index), y + lift) for p, y in zip(order, tops, strict=True)]
        crossing = next(
            (
                upper
                for upper, lower in pairwise(range(len(order)))
                if _cross(pins[order[upper]].at, ends[upper], pins[order[lower]].at, ends[lower])
            ),
            None,
        )
        if crossing is None:
            break
        order[crossing], order[crossing + 1] = order[crossing + 1], order[crossing]
    return list(zip(order, tops, strict=True))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the line from a to b crosses the line from c to d."""
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
