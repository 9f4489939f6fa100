"""Appeals, and the line of results they belong to, as text on a terminal and as values."""

from collections.abc import Iterator
from typing import Any

from casebook.cli.output.lines import RESULT_LOOKS, wrapped
from casebook.cli.terminal import clean, dress
from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.evaluation.lineage import Filed, ResultLine
from casebook.workflow.appeals.history import AppealHistory


def appeal_text(appeal: Filed[Appeal]) -> str:
    """One appeal: whose, against what, why, and how it ended."""
    return "\n".join(_appeal(appeal))


def appeal_values(appeal: Filed[Appeal]) -> dict[str, Any]:
    """An appeal with its digest and the file it stands in."""
    values = appeal.record.model_dump(mode="json", exclude_none=True)
    return {"path": appeal.path, "digest": appeal.digest, **values}


def history_text(history: AppealHistory) -> str:
    """Every line, oldest step first."""
    return "\n\n".join("\n".join(_line(line)) for line in history.lineage.lines)


def history_values(history: AppealHistory) -> dict[str, Any]:
    """Every line with the digests of its steps."""
    return {
        "ok": history.holds,
        "lines": [
            {
                "candidate": line.newest.record.candidate,
                "submission": line.newest.record.submission,
                "newest": line.newest.path,
                "counts": None if line.faults else line.newest.path,
                "results": [result_values(each) for each in line.results],
                "appeals": [appeal_values(each) for each in line.appeals],
                "taken_up": [each.path for each in line.taken_up],
            }
            for line in history.lineage.lines
        ],
        "problems": history.problems,
    }


def result_values(result: Filed[IssuedResult]) -> dict[str, Any]:
    """A result with its digest and the file it stands in, without the works."""
    record = result.record
    shown = {"issued", "result", "appeal_until", "follows"}
    values = record.model_dump(mode="json", exclude_none=True, include=shown)
    return {"path": result.path, "digest": result.digest, **values}


def _appeal(appeal: Filed[Appeal]) -> Iterator[str]:
    record = appeal.record
    yield f"{dress(appeal.path, 'place')}  {dress(brief(appeal.digest), 'dim')}"
    yield (
        f"  {clean(record.candidate)}, opened on {record.opened}, "
        f"against result {brief(record.result)}"
    )
    if record.works:
        yield from wrapped(f"about {', '.join(record.works)}", indent="  ")
    yield from wrapped(f"grounds: {record.grounds}", indent="  ")
    if record.decision is None:
        yield f"  {dress('not decided', 'warning')}"
    else:
        yield from _decision(record, "  ")


def _decision(appeal: Appeal, indent: str) -> Iterator[str]:
    decision = appeal.decision
    assert decision is not None  # noqa: S101 - the caller has seen it
    by = f"{decision.outcome} on {decision.decided} by {decision.by}: {decision.reason}"
    yield from wrapped(by, indent=indent)


def _line(line: ResultLine) -> Iterator[str]:
    newest = line.newest.record
    about = f"{newest.program} {newest.level_name}, submission {brief(newest.submission)}"
    yield f"{dress(newest.candidate, 'place')}  {dress(about, 'dim')}"
    told: set[str] = set()
    for result in line.results:
        yield from _result(result, _standing(line) if result is line.newest else "")
        for appeal in line.appeals:
            if appeal.record.result == result.digest and appeal.digest not in told:
                told.add(appeal.digest)
                yield from _step(appeal)
    for appeal in line.appeals:
        if appeal.digest not in told:
            yield from _step(appeal)
    for result in line.taken_up:
        yield f"  {dress(f'{result.path} was made for the appeal and is taken up above', 'dim')}"


def _standing(line: ResultLine) -> str:
    """Whether the newest result counts; nothing where what contradicts itself says that."""
    if line.doubts:
        return f"  {dress('in doubt', 'warning')}"
    return "" if line.faults else "  counts now"


def _result(result: Filed[IssuedResult], standing: str) -> Iterator[str]:
    record = result.record
    word = dress(record.result.upper(), RESULT_LOOKS[record.result])
    yield f"  {record.issued}  result {brief(result.digest)}  {word}{standing}"
    yield f"              {dress(result.path, 'dim')}"


def _step(appeal: Filed[Appeal]) -> Iterator[str]:
    record = appeal.record
    indent = " " * 14
    day, word = record.opened, "opened"
    if record.decision is not None:
        day, word = record.decision.decided, f"decided: {record.decision.outcome}"
    yield f"  {day}  appeal {brief(appeal.digest)}  {word}"
    yield f"{indent}{dress(appeal.path, 'dim')}"
    if record.decision is None:
        yield from wrapped(record.grounds, indent=indent)
    else:
        yield from wrapped(f"{record.decision.by}: {record.decision.reason}", indent=indent)
