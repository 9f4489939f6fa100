"""A proposed pass mark as text on a terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from casebook.cli.output.lines import counted, cut, item, wrapped
from casebook.cli.terminal import clean, dress
from casebook.evaluation.standard_setting.angoff import AngoffPanel
from casebook.evaluation.standard_setting.borderline_group import BorderlineGroup
from casebook.evaluation.standard_setting.borderline_regression import BorderlineRegression
from casebook.evaluation.standard_setting.contrasting_groups import ContrastingGroups, GroupCut
from casebook.evaluation.standard_setting.estimate import Estimate, Refusal
from casebook.workflow.statistics.scored_sheets import SEALED_INSTEAD
from casebook.workflow.statistics.standard import StandardSetting
from casebook.workflow.statistics.standard_ratings import RatingCount

_NAME: Final = 20
"""Columns for the name of a figure."""
_LONGEST_LABEL: Final = 28
_MOST_ITEMS: Final = 5

_TITLES: Final = {
    "borderline-regression": "Borderline regression",
    "borderline-group": "Borderline group",
    "contrasting-groups": "Contrasting groups",
    "angoff": "Angoff",
    "modified-angoff": "Modified Angoff",
}


def standard_text(setting: StandardSetting) -> str:
    """The proposal with its error, what it rests on, what it would do, and what was left out."""
    return "\n".join(_lines(setting))


def _lines(setting: StandardSetting) -> Iterator[str]:
    rubric, program = setting.rubric, setting.program
    title = dress(_TITLES[setting.method], "place")
    if rubric is not None and program is not None:
        title += f"  {dress(f'{rubric.id} of {program.rules.id}', 'dim')}"
    yield title
    outcome = setting.outcome
    if isinstance(outcome, Refusal):
        yield from item(f"no cut: {outcome.why}", "warning")
    else:
        yield _figure("proposed pass mark", f"{setting.proposal:.1f} %", "good")
        yield from _figures(setting)
        for caution in outcome.cautions:
            yield from item(f"caution: {caution}", "warning")
    if setting.ratings:
        yield ""
        yield from _ratings(setting.ratings)
    if isinstance(outcome, AngoffPanel):
        yield ""
        yield from _panel(outcome)
    if setting.effects:
        yield ""
        yield from _effects(setting)
    if setting.left_out:
        yield ""
        yield from _left_out(setting)
    if setting.proposal is not None:
        yield ""
        yield from wrapped(_CLOSING, "dim")


_CLOSING: Final = (
    "This is a proposal, and nothing was changed. A certifying body decides, and writes "
    "pass_percent into its rubric before the next works are marked."
)


def _figures(setting: StandardSetting) -> Iterator[str]:
    outcome = setting.outcome
    match outcome:
        case BorderlineRegression():
            yield from _estimate(outcome.cut)
            yield _figure("R squared", f"{outcome.r_squared:.2f}")
            yield _figure("slope", f"{outcome.slope:.1f} percentage points for 1 of position")
        case BorderlineGroup():
            yield from _estimate(outcome.cut)
            yield _figure("median", f"{outcome.median:.1f} %")
            yield _figure("sheets in it", f"{outcome.sheets}, standard deviation {outcome.sd:.1f}")
        case ContrastingGroups():
            yield from _contrast(outcome)
        case AngoffPanel():
            yield from _estimate(outcome.final.cut)
            yield _figure("judges", f"{len(outcome.final.judges)}, their cuts' standard "
                                    f"deviation {outcome.final.sd:.1f}")  # fmt: skip
            if outcome.change is not None:
                change = outcome.change
                yield _figure(
                    "change by discussion",
                    f"{change.value:+.1f} points (95 % {change.low:+.1f} to {change.high:+.1f})",
                )
    if setting.ratings:
        yield from _sheets(setting)


def _estimate(estimate: Estimate) -> Iterator[str]:
    by = "normal" if estimate.degrees is None else f"t, {estimate.degrees} degrees of freedom"
    yield _figure("cut", f"{estimate.value:.2f} %, standard error {estimate.standard_error:.2f}")
    yield _figure("95 % interval", f"{estimate.low:.1f} to {estimate.high:.1f} %  ({by})")


def _contrast(outcome: ContrastingGroups) -> Iterator[str]:
    if outcome.estimate is not None:
        yield from _estimate(outcome.estimate)
    for word, group in (("failing", outcome.failing), ("passing", outcome.passing)):
        yield _figure(
            f"clearly {word}",
            f"{group.sheets} sheets, mean {group.mean:.1f} %, standard deviation {group.sd:.1f}",
        )
    how = "even odds" if outcome.estimate is not None else "middle of the gap"
    yield dress(f"  {'':<{_NAME}}     cut  failing that pass  passing that fail", "dim")
    yield _misplaced(how, outcome.logistic)
    yield _misplaced("midpoint of means", outcome.midpoint)


def _misplaced(how: str, cut: GroupCut) -> str:
    counts = f"{cut.failing_above:17d}  {cut.passing_below:17d}"
    return _figure(how, f"{cut.cut:4.1f} %  {counts}")


def _sheets(setting: StandardSetting) -> Iterator[str]:
    graders = {each.grader for each in setting.sheets}
    works: dict[str, set[str]] = {}
    for each in setting.sheets:
        works.setdefault(each.work, set()).add(each.grader)
    count = f"{len(setting.sheets)}, by {counted(len(graders), 'grader')}"
    yield _figure("sheets", f"{count}; each counts as one observation")
    if any(len(by) > 1 for by in works.values()):
        yield from item(
            "some works were marked by several graders; their sheets are not independent, so that "
            "the true error is larger than the one above"
        )


def _ratings(ratings: Sequence[RatingCount]) -> Iterator[str]:
    labels = [cut(each.step.label, _LONGEST_LABEL) for each in ratings]
    widest = max(len(label) for label in (*labels, "rating"))
    yield dress(f"  {'rating'.ljust(widest)}  position  sheets  mean total", "dim")
    for each, label in zip(ratings, labels, strict=True):
        mean = "–" if each.mean is None else f"{each.mean:.1f} %"
        part = f"  {each.part}" if each.part else ""
        yield (
            f"  {label.ljust(widest)}  {each.step.position:8g}  {each.sheets:6d}  {mean:>10}{part}"
        )


def _panel(panel: AngoffPanel) -> Iterator[str]:
    numbers = [each.number for each in panel.rounds]
    judges = list(dict.fromkeys(judge.judge for one in panel.rounds for judge in one.judges))
    cuts = {(one.number, each.judge): each.percent for one in panel.rounds for each in one.judges}
    names = {judge: cut(judge, _LONGEST_LABEL) for judge in judges}
    widest = max(len(name) for name in (*names.values(), "all judges"))
    heads = "".join(f"{f'round {number}':>10}" for number in numbers)
    yield dress(f"  {'judge'.ljust(widest)}{heads}", "dim")
    for judge in judges:
        own = (cuts.get((number, judge)) for number in numbers)
        row = "".join("         –" if cut is None else f"{cut:8.1f} %" for cut in own)
        yield f"  {names[judge].ljust(widest)}{row}"
    mean = "".join(f"{one.cut.value:8.1f} %" for one in panel.rounds)
    yield f"  {'all judges'.ljust(widest)}{mean}"
    yield ""
    yield from _items(panel)


def _items(panel: AngoffPanel) -> Iterator[str]:
    disputed = [each for each in panel.final.items if each.sd > 0][:_MOST_ITEMS]
    if not disputed:
        yield "  the judges agree on every item"
        return
    names = [cut(each.item, _LONGEST_LABEL) for each in disputed]
    head = "greatest disagreement"
    widest = max(len(name) for name in (*names, head))
    yield dress(f"  {head.ljust(widest)}    mean  lowest  highest  of the item's top", "dim")
    for each, name in zip(disputed, names, strict=True):
        yield f"  {name.ljust(widest)}  {each.mean:4.0f} %  {each.low:4.0f} %   {each.high:4.0f} %"


def _effects(setting: StandardSetting) -> Iterator[str]:
    now, then = setting.effects
    yield dress("  pass mark              pass    fail  of these sheets", "dim")
    yield f"  {'now':<10}{now.pass_percent:8.1f} %  {now.passing:5d}   {now.failing:5d}"
    yield f"  {'proposed':<10}{then.pass_percent:8.1f} %  {then.passing:5d}   {then.failing:5d}"
    unsafe = sum(not each.safe for each in setting.sheets)
    if unsafe:
        fail = "fails" if unsafe == 1 else "fail"
        yield from item(
            f"{counted(unsafe, 'sheet')} {fail} a must-pass criterion, whatever the total"
        )


def _left_out(setting: StandardSetting) -> Iterator[str]:
    amiss = [each for each in setting.left_out if each.why != SEALED_INSTEAD]
    if amiss:
        yield dress(f"  left out: {counted(len(amiss), 'file')}", "warning")
    for each in amiss:
        yield f"  {clean(each.path)}"
        yield from item(each.why, "dim", indent="    ")
    if sealed := len(setting.left_out) - len(amiss):
        beside = "lies beside its" if sealed == 1 else "lie beside their"
        words = f"{counted(sealed, 'mark sheet')} {beside} sealed marks, which count instead"
        yield from item(words, "dim")


def _figure(name: str, words: str, look: str | None = None) -> str:
    said = dress(words, look) if look else words
    return f"  {name.ljust(_NAME)}  {said}"
