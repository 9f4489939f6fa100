"""What graders' marks come to as text on a terminal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from casebook.cli.output.lines import RESULT_LOOKS, counted, cut, wrapped
from casebook.cli.terminal import clean, dress, typed
from casebook.domain.canonical import brief
from casebook.domain.outcome.moderation import AgreedCriterion, ModeratedWork, Need
from casebook.domain.outcome.percentages import shown_percent
from casebook.workflow.moderating.moderate import Moderation
from casebook.workflow.moderating.moderate_all import Moderated, Moderations

_WIDTH: Final = 79
"""Columns of the table of marks, so that it stays one on every terminal."""
_GRADER: Final = 12
"""The most columns for a grader's id."""
_BESIDE: Final = len("  ") + len("  agreed") + len("  must pass")
_TOTAL: Final = "Total in %"
_RESULT: Final = len("INCOMPLETE")
_SHORTEST: Final = 16
"""The fewest columns for a criterion's title, however many graders there are."""
_LOOKS: Final = {**RESULT_LOOKS, "refused": "error"}


def moderation_text(each: Moderated) -> str:
    """One submission: a table for each work, the rules that fired, the result, what is wanted."""
    return "\n".join(_lines(each))


def moderations_text(found: Moderations) -> str:
    """A line for each submission, how many there are of each kind, and what is still wanted."""
    return "\n".join(_overview(found))


def _lines(each: Moderated) -> Iterator[str]:
    moderation = each.moderation
    if moderation is None:
        return
    digest = dress(brief(moderation.received.digest), "dim")
    yield f"{dress(str(each.path), 'place')}  {_result(each)}  {digest}"
    for sentence in moderation.refused:
        yield from wrapped(sentence, indent="    ", first="  - ")
    if moderation.complete:
        for reason in moderation.reasons:
            yield from wrapped(reason, indent="  ")
    for work in moderation.works:
        yield ""
        yield from _work(work)
    wanted = list(_wanted(each.path, moderation))
    if wanted:
        yield ""
        yield dress("Still wanted", "place")
        yield from wanted


def _overview(found: Moderations) -> Iterator[str]:
    widest = max((len(clean(each.path)) for each in found.each), default=0)
    for each in found.each:
        gap = " " * (widest - len(clean(each.path)))
        head = f"{dress(str(each.path), 'place')}{gap}  "
        beside = wrapped(_line(each), indent=" " * (widest + _RESULT + len("    ")))
        if len(beside) == 1:
            yield f"{head}{_result(each, pad=_RESULT)}  {beside[0].lstrip()}"
        else:
            yield f"{head}{_result(each)}"
            yield from wrapped(_line(each), indent="    ")
    counts: dict[str, int] = {}
    for each in found.each:
        counts[_name(each)] = counts.get(_name(each), 0) + 1
    total = counted(len(found.each), "submission")
    yield ""
    yield f"{total}: " + ", ".join(f"{counts[name]} {name}" for name in _LOOKS if name in counts)
    wanted = [
        line
        for each in found.each
        if each.moderation
        for line in _wanted(each.path, each.moderation)
    ]
    if wanted:
        yield ""
        yield dress("Still wanted", "place")
        yield from wanted


def _name(each: Moderated) -> str:
    moderation = each.moderation
    if moderation is None or moderation.refused or each.fault:
        return "refused"
    return moderation.result


def _result(each: Moderated, pad: int = 0) -> str:
    name = _name(each)
    return dress(name.upper().ljust(pad), _LOOKS[name])


def _line(each: Moderated) -> str:
    """What an overview says of a submission beside its result."""
    if each.fault is not None:
        return "; ".join(filter(None, each.fault))
    moderation = each.moderation
    if moderation is None:
        return ""
    if moderation.refused:
        more = f" (and {len(moderation.refused) - 1} more)" if len(moderation.refused) > 1 else ""
        return f"{moderation.refused[0]}{more}"
    if not moderation.complete:
        return ""
    shares = ", ".join(f"{work.work} {work.shown_percent} %" for work in moderation.works)
    return f"{shares}; {each.written[1]}" if each.written else shares


def _work(work: ModeratedWork) -> Iterator[str]:
    share = f"  {work.shown_percent} %" if work.shown_percent else ""
    result = dress(work.result.upper(), _LOOKS[work.result])
    if work.result == "incomplete" and not work.needs:
        result = dress("marks are shown once all who are asked have marked", "dim")
    yield f"{dress(work.work, 'place')}  {result}{share}  {dress(cut(work.title, 50), 'dim')}"
    if work.evaluations:
        yield from _table(work)
    for rule in work.rules:
        yield from wrapped(rule.says, indent="    ", first="  - ")
    if work.result != "incomplete":
        for reason in work.reasons:
            yield from wrapped(reason, indent="  ")


def _table(work: ModeratedWork) -> Iterator[str]:
    graders = list(work.evaluations)
    widths = [max(5, min(len(clean(each)), _GRADER)) for each in graders]
    room = _WIDTH - _BESIDE - sum(width + 2 for width in widths)
    titles = [cut(each.title, max(room, _SHORTEST)) for each in work.criteria]
    widest = max(len(title) for title in (*titles, _TOTAL))
    agreed = work.percent is not None
    heads = [cut(each, _GRADER).rjust(width) for each, width in zip(graders, widths, strict=True)]
    last = "  agreed" if agreed else ""
    yield f"  {' ' * widest}  {dress('  '.join(heads) + last, 'dim')}"
    for criterion, title in zip(work.criteria, titles, strict=True):
        cells = [
            _level(criterion.levels.get(each)).rjust(width)
            for each, width in zip(graders, widths, strict=True)
        ]
        end = _agreed(criterion, shown=agreed)
        yield f"  {title.ljust(widest)}  {'  '.join(cells)}{end}".rstrip()
    shares = [
        _share(work, work.evaluations[each].percent).rjust(width)
        for each, width in zip(graders, widths, strict=True)
    ]
    total = f"  {_share(work, work.percent):>6}" if agreed else ""
    yield f"  {_TOTAL.ljust(widest)}  {'  '.join(shares)}{total}"


def _level(level: int | None) -> str:
    return "–" if level is None else str(level)


def _agreed(criterion: AgreedCriterion, *, shown: bool) -> str:
    level = f"  {f'{criterion.level:.3g}':>4}/{criterion.top}" if shown else f"  of {criterion.top}"
    if not criterion.must_pass:
        return level
    return f"{level}  {dress('must pass', 'error' if criterion.reached is False else 'dim')}"


def _share(work: ModeratedWork, percent: float | None) -> str:
    return "–" if percent is None else shown_percent(percent, work.pass_percent)


def _wanted(path: Path, moderation: Moderation) -> Iterator[str]:
    for work in moderation.works:
        for need in work.needs:
            yield from wrapped(f"{path}: {need.says}", indent="    ", first="  - ")
            begun = draft_of(moderation, work, need)
            if begun:
                yield from wrapped(
                    f"{begun} is there, and not sealed; once it is finished:", indent="    "
                )
            command = _command(path, work, need, begun)
            if command:
                yield f"      {dress(command, 'hint')}"


def draft_of(moderation: Moderation, work: ModeratedWork, need: Need) -> str | None:
    """The sheet that the one grader who is asked for a mark has begun, where it lies there."""
    if need.what != "mark" or len(need.graders) != 1:
        return None
    return moderation.draft(work.work, need.graders[0])


def _command(path: Path, work: ModeratedWork, need: Need, begun: str | None) -> str | None:
    """What somebody types to do what is wanted."""
    if begun:
        return f"casebook mark seal {typed(begun)} --submission {typed(path)}"
    if need.what == "mark":
        grader = typed(need.graders[0]) if len(need.graders) == 1 else "ID"
        return f"casebook mark new {typed(path)} --grader {grader} --work {work.work}"
    if need.what == "discussion":
        return "casebook mark change SEALED SHEET --reason WHY"
    return None
