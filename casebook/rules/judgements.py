"""Whether a panel of judges estimated every item, each within its scale."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.marking.judgement import JudgementRow
from casebook.domain.program.rubric import Rubric
from casebook.rules.spelling import did_you_mean

DEFAULT_TOP: Final = 1.0
"""Where neither rubric nor table says more, an item is got or not, and estimates are shares."""

_MOST_NAMED: Final = 3


def tops_of(rows: Sequence[JudgementRow], rubric: Rubric | None) -> dict[str, float]:
    """Each item's highest points: by the rubric, else by the first row that says it, else 1."""
    if rubric is not None:
        return {criterion.id: float(criterion.top) for criterion in rubric.criteria}
    tops: dict[str, float] = {}
    for row in rows:
        if row.top is not None:
            tops.setdefault(row.item, row.top)
    return {row.item: tops.get(row.item, DEFAULT_TOP) for row in rows}


def check_judgements(rows: Sequence[JudgementRow], rubric: Rubric | None) -> Iterator[Finding]:
    """Find estimates that have no place, and those that are missing.

    Args:
        rows: A judges' table.
        rubric: Whose criteria the items are; None where the table stands by itself.
    """
    tops = tops_of(rows, rubric)
    if rubric is None and all(row.top is None for row in rows):
        above = next((row for row in rows if row.expected > DEFAULT_TOP), None)
        if above is not None:
            yield codes.OUT_OF_RANGE.at(
                above.places["expected"],
                f"{above.expected:g} is above {DEFAULT_TOP:g}, and nothing says what an item's "
                "highest points are",
                "add a column `top`, or name the rubric: --program FILE --rubric ID",
            )
            return
    seen: set[tuple[int, str, str]] = set()
    for row in rows:
        yield from _fits(row, tops, rubric)
        key = (row.round, row.judge, row.item)
        if key in seen:
            yield codes.MARKED_TWICE.at(
                row.places["item"],
                f"`{row.judge}` estimates `{row.item}` a second time in round {row.round}",
                "keep one of the two rows",
            )
        seen.add(key)
    yield from _missing(rows, seen, list(tops))


def _fits(row: JudgementRow, tops: Mapping[str, float], rubric: Rubric | None) -> Iterator[Finding]:
    if rubric is not None and row.item not in tops:
        titles = {each.id: each.title for each in rubric.criteria}
        yield codes.UNKNOWN_CRITERION.at(
            row.places["item"],
            f"the rubric '{rubric.title}' has no criterion `{row.item}`",
            did_you_mean(row.item, titles, titles),
        )
        return
    top = tops[row.item]
    if row.top is not None and row.top != top:
        yield codes.NOT_COHERENT.at(
            row.places["top"],
            f"the top of `{row.item}` is {top:g}, and {row.top:g} stands here",
            "an item has one top" if rubric is None else "leave the column out: the rubric says it",
        )
    elif row.expected > top:
        yield codes.OUT_OF_RANGE.at(
            row.places["expected"],
            f"{row.expected:g} is more than the {top:g} that `{row.item}` can give",
            "an estimate is at most the item's top",
        )


def _missing(
    rows: Sequence[JudgementRow], seen: set[tuple[int, str, str]], items: Sequence[str]
) -> Iterator[Finding]:
    first: dict[tuple[int, str], JudgementRow] = {}
    for row in rows:
        first.setdefault((row.round, row.judge), row)
    for (number, judge), row in first.items():
        left = [item for item in items if (number, judge, item) not in seen]
        if left:
            named = ", ".join(f"`{item}`" for item in left[:_MOST_NAMED])
            more = len(left) - _MOST_NAMED
            yield codes.NOT_ESTIMATED.at(
                row.places["judge"],
                f"`{judge}` has no estimate in round {number} for {named}"
                f"{f' and {more} more' if more > 0 else ''}",
                "in a round every judge estimates every item, or is left out of it",
            )
