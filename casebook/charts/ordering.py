"""The order of two columns in which few of the links between them cross.

The barycentre method of Sugiyama, Tagawa and Toda (IEEE Trans. Syst. Man Cybern. 1981;11:109): a
column takes the order of the mean places of what its members are linked to, and the columns take
turns. Then neighbours change places wherever that leaves fewer crossings.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

Link: TypeAlias = tuple[int, int]
"""A member of the first column and one of the second, by their numbers from 0."""

_TURNS: Final = 12
_MOST_SWAPPED: Final = 80
"""Links up to which neighbours are tried one by one; the count of crossings is quadratic."""


def untangled(
    first: int, second: int, links: Sequence[Link]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The orders of both columns, top to bottom.

    Columns that do not tangle as they stand stay as they are.

    Args:
        first: How many members the first column has.
        second: How many members the second column has.
        links: Pairs of a member of each.
    """
    orders = [list(range(first)), list(range(second))]
    best, fewest = [list(each) for each in orders], crossings(orders[0], orders[1], links)
    for turn in range(_TURNS):
        if not fewest:
            break
        side = (turn + 1) % 2
        orders[side] = _by_barycentre(orders[side], orders[1 - side], _seen_from(side, links))
        found = crossings(orders[0], orders[1], links)
        if found < fewest:
            best, fewest = [list(each) for each in orders], found
    if fewest and len(links) <= _MOST_SWAPPED:
        _swap_neighbours(best, links, fewest)
    return tuple(best[0]), tuple(best[1])


def crossings(first: Sequence[int], second: Sequence[int], links: Sequence[Link]) -> int:
    """How many pairs of links cross when the columns stand in these orders."""
    left = {member: place for place, member in enumerate(first)}
    right = {member: place for place, member in enumerate(second)}
    placed = [(left[one], right[other]) for one, other in links]
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0 for at, a in enumerate(placed) for b in placed[at + 1 :]
    )


def _seen_from(side: int, links: Sequence[Link]) -> list[Link]:
    """The links with the column that is to be ordered in front."""
    return [(link[side], link[1 - side]) for link in links]


def _by_barycentre(order: list[int], other: list[int], links: Sequence[Link]) -> list[int]:
    place = {member: at for at, member in enumerate(other)}
    partners: dict[int, list[int]] = {member: [] for member in order}
    for member, partner in links:
        partners[member].append(place[partner])
    now = {member: at for at, member in enumerate(order)}

    def mean(member: int) -> float:
        found = partners[member]
        return sum(found) / len(found) if found else float(now[member])

    return sorted(order, key=mean)


def _swap_neighbours(orders: list[list[int]], links: Sequence[Link], fewest: int) -> None:
    improved = True
    while improved and fewest:
        improved = False
        for order in orders:
            for at in range(len(order) - 1):
                order[at], order[at + 1] = order[at + 1], order[at]
                found = crossings(orders[0], orders[1], links)
                if found < fewest:
                    fewest, improved = found, True
                else:
                    order[at], order[at + 1] = order[at + 1], order[at]
