"""What another wording of a rubric would change, as text on a terminal."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.output.lines import RESULT_LOOKS, counted, item, wrapped
from casebook.cli.output.rubric_text import comparison_text
from casebook.cli.terminal import clean, dress
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.evaluation.criterion_moves import CriterionMove
from casebook.evaluation.rescoring import RescoredWork
from casebook.workflow.rubrics.rescoring import RescoredFile, Rescoring

_WORK: Final = 28
_TOTALS: Final = 20
_SHOWN_POINTS: Final = 0.05
"""Less would be printed as nothing."""

_ASKING: Final = frozenset({"further-grader", "discussion"})
"""Rules that say who is asked, which the needs say better."""


def rescoring_text(rescoring: Rescoring, *, every: bool) -> str:
    """The rubric's changes, each result that would be otherwise and by what, and the sum.

    Args:
        rescoring: The preview.
        every: Whether results are listed too that would stay as they are.
    """
    return "\n\n".join(_blocks(rescoring, every=every))


def summary(rescoring: Rescoring) -> str:
    """How many results would change, and which way, in one sentence or two."""
    count, turned = len(rescoring.results), sum(rescoring.verdicts.values())
    if not count:
        return "No result could be looked at."
    ways = ", ".join(
        f"{number} {before} -> {after}" for (before, after), number in rescoring.verdicts.items()
    )
    said = f"{turned or 'None'} of {counted(count, 'result')} would change"
    said += f": {ways}." if ways else "."
    others = len(rescoring.changed) - turned
    if others:
        said += (
            f" {others} more would keep {'its' if others == 1 else 'their'} result, though not all "
            "that it says of the works."
        )
    return said


def moved_by(work: RescoredWork) -> Iterator[str]:
    """Each criterion that moves a work's total, with its points and its facts, in a line."""
    for move in work.moves:
        yield f"{move.title}{_points(move)}: {', '.join(move.facts)}"


def wanted_for(work: RescoredWork) -> Iterator[str]:
    """Why marks that are all there would make no result, and what would be wanted for one.

    A mark that is missing is told with its criterion.
    """
    if work.changes and any(each.what != "completion" for each in work.after.needs):
        yield from (each.says for each in work.newly_fired if each.rule not in _ASKING)
        yield from (f"wanted then: {each.says}" for each in work.after.needs)


def _blocks(rescoring: Rescoring, *, every: bool) -> Iterator[str]:
    for comparison, count in rescoring.wordings:
        issued = f"{counted(count, 'result')} issued by"
        if comparison.changes:
            yield f"{dress(f'{issued} the old wording:', 'place')}\n{comparison_text(comparison)}"
        else:
            yield dress(f"{issued} this very wording", "place")
    shown = rescoring.results if every else rescoring.changed
    for each in shown:
        yield "\n".join(_result(each))
    changed = bool(rescoring.changed)
    look = "warning" if changed or rescoring.left_out else "good"
    lines = wrapped(summary(rescoring), look)
    if changed:
        lines += wrapped(
            "Nothing is written: a finished result stays what it is. A changed one needs a new "
            "decision: marks by the new rubric and `casebook moderate`, or an appeal that is "
            "upheld with `casebook appeal`.",
            "dim",
        )
    else:
        lines += wrapped("Nothing is written.", "dim")
    yield "\n".join(lines)


def _result(each: RescoredFile) -> Iterator[str]:
    rescored = each.rescored
    arrow = _arrow(rescored.before.result, rescored.after)
    yield f"{dress(each.filed.record.candidate, 'place')}  {arrow}  {dress(each.filed.path, 'dim')}"
    for work in rescored.works:
        yield from _work(work)


def _work(work: RescoredWork) -> Iterator[str]:
    before, after = work.before, work.after
    totals = _total(before) if not work.changes else f"{_total(before)} -> {_total(after)}"
    name = f"{clean(before.work):<{_WORK}}  {totals:<{_TOTALS}}"
    yield f"  {name}  {_arrow(before.result, after.result)}"
    if not work.changes:
        return
    for move in moved_by(work):
        yield from item(move, indent="    ")
    if before.result != after.result and before.pass_percent != after.pass_percent:
        yield f"    pass mark {before.pass_percent:g} % -> {after.pass_percent:g} %"
    if after.counted and before.counted != after.counted:
        marks = f"marks that count: {', '.join(before.counted)} -> {', '.join(after.counted)}"
        yield from item(marks, indent="    ")
    for wanted in wanted_for(work):
        yield from item(wanted, "warning", indent="    ")


def _total(work: ModeratedWork) -> str:
    return f"{work.shown_percent} %" if work.shown_percent else "none"


def _points(move: CriterionMove) -> str:
    if move.points is None or abs(move.points) < _SHOWN_POINTS:
        return ""
    return f" {move.points:+.1f}"


def _arrow(before: str, after: str) -> str:
    now = dress(after, RESULT_LOOKS[after])
    return now if before == after else f"{dress(before, RESULT_LOOKS[before])} -> {now}"
