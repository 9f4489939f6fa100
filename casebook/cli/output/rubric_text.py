"""Rubrics compared, and their comments, as text on a terminal and as plain values."""

from collections.abc import Iterator
from typing import Any, Final

from casebook.cli.output.lines import wrapped
from casebook.cli.terminal import clean, dress
from casebook.domain.canonical import brief
from casebook.domain.program.comment_bank import BankComment, CommentBank
from casebook.domain.program.rubric import Criterion, Rubric
from casebook.evaluation.rubric_change import RubricChange
from casebook.workflow.rubrics.finding import RubricComparison

_LOOKS: Final = {"added": "good", "removed": "error"}
_SIGNS: Final = {"added": "+", "removed": "-", "moved": "~", "renamed": "~", "changed": "~"}


def comparison_text(comparison: RubricComparison) -> str:
    """Both digests, each change below its criterion, and whether a result could change."""
    return "\n".join(_comparison_lines(comparison))


def comparison_values(comparison: RubricComparison) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "equal": not comparison.changes,
        "old": {"id": comparison.old.id, "digest": comparison.old.digest},
        "new": {"id": comparison.new.id, "digest": comparison.new.digest},
        "changes_results": comparison.changes_results,
        "changes": [
            {
                "kind": each.kind,
                "criterion": each.criterion,
                "part": each.part,
                "before": each.before,
                "after": each.after,
                "changes_results": each.changes_result,
                "why": each.why,
            }
            for each in comparison.changes
        ],
    }


def comments_text(rubric: Rubric, bank: CommentBank) -> str:
    """The comments below the criteria they speak of, in the order of the rubric."""
    lines = [dress(rubric.title, "place")]
    for criterion in rubric.criteria:
        comments = bank.about(criterion.id)
        if comments:
            lines += ["", dress(criterion.title, "place")]
        for comment in comments:
            lines += _comment_lines(comment, criterion)
    return "\n".join(lines)


def _comparison_lines(comparison: RubricComparison) -> Iterator[str]:
    for name, rubric in (("old", comparison.old), ("new", comparison.new)):
        yield f"{name}  {dress(brief(rubric.digest), 'dim')}  {clean(rubric.title)}"
    if not comparison.changes:
        yield "The two rubrics are equal."
        return
    titles = {each.id: each.title for each in (*comparison.new.criteria, *comparison.old.criteria)}
    last = ""
    for change in comparison.changes:
        heading = titles[change.criterion] if change.criterion else _own_heading(change)
        if heading != last:
            yield ""
            yield dress(heading, "place")
            last = heading
        yield from _change_lines(change)
    yield ""
    yield from _verdict(comparison)


def _own_heading(change: RubricChange) -> str:
    return "The overall impression" if "global rating" in change.part else "The rubric itself"


def _change_lines(change: RubricChange) -> Iterator[str]:
    sign = dress(_SIGNS.get(change.kind, " "), _LOOKS.get(change.kind, "place"))
    what = change.kind if change.part == "criterion" else f"{change.part} {change.kind}"
    yield f"  {sign} {clean(what)}"
    if change.part != "criterion":
        yield from _value("-", change.before)
        yield from _value("+", change.after)
    if change.why is not None:
        yield from wrapped(f"a result could change: {change.why}", "warning", indent="      ")


def _value(sign: str, value: str | None) -> Iterator[str]:
    if value is not None:
        yield from wrapped(value, indent="        ", first=f"      {sign} ")


def _verdict(comparison: RubricComparison) -> Iterator[str]:
    touching = sum(each.changes_result for each in comparison.changes)
    count = len(comparison.changes)
    if not touching:
        said = "No result changes: the same marks give the same results under both."
        yield from wrapped(said, "good")
        return
    which = "the change" if count == 1 else f"{touching} of {count} changes"
    said = f"By {which}, the same marks could give another result."
    yield from wrapped(said, "warning")
    yield "Finished results stay as they are: each carries the digest of its own rubric."


def _comment_lines(comment: BankComment, criterion: Criterion) -> Iterator[str]:
    step = criterion.step(comment.level) if comment.level is not None else None
    level = dress(f"  level {step.level}, {step.label}", "dim") if step else ""
    yield f"  {dress(comment.id, 'hint')}{level}"
    yield from wrapped(comment.says, indent="    ")
