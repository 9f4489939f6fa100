"""Opens an appeal against an issued result: a dated record that names the result's digest."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.diagnostics.finding import Finding, Severity
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.errors import UnacceptableWork, UsageError
from casebook.evaluation.lineage import Filed
from casebook.files import read_bytes, sweep_orphans
from casebook.limits import LARGEST_READ_BYTES, TEXT_CHARACTERS
from casebook.rules.spelling import did_you_mean
from casebook.source.encoding import decode
from casebook.source.unseen import unseen_findings
from casebook.workflow.results.files import (
    APPEAL_SUFFIX,
    around,
    beside,
    read_appeal,
    read_result,
    refuse_misnamed,
    write_new,
)
from casebook.workflow.signing import UNSIGNED, Signing


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a candidate says is wrong, and with which works; with all when none is named."""

    text: str
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedAppeal:
    """An appeal that was written."""

    appeal: Filed[Appeal]
    result: Filed[IssuedResult]


def open_appeal(
    result_path: Path,
    grounds: Grounds,
    on: date,
    target: Path | None = None,
    *,
    signing: Signing = UNSIGNED,
) -> OpenedAppeal:
    """Write an appeal against a result.

    Args:
        result_path: The result.
        grounds: What is said against it.
        on: The day it is made.
        target: Where to write it; beside the result when left out.
        signing: Who signs it, and whose signature the result needs.

    Raises:
        UnacceptableWork: There can be no appeal, or none any more.
        UsageError: The grounds name no reason or an unknown work, or a file is in the way.
    """
    target = target or beside(result_path, APPEAL_SUFFIX)
    sweep_orphans(target.parent)
    result = read_result(result_path, signing.signers)
    _refuse_late(result, on)
    refuse_followed(result)
    refuse_misnamed(target, APPEAL_SUFFIX)
    for near in (result_path, target):
        _refuse_second(result, near)
    appeal = Appeal(
        kind="appeal",
        format=1,
        result=result.digest,
        candidate=result.record.candidate,
        opened=on,
        grounds=bounded(grounds.text, "the grounds", TEXT_CHARACTERS),
        works=_works(result, grounds.works),
    )
    write_new(target, appeal, signing.key)
    return OpenedAppeal(read_appeal(target), result)


def grounds_text(given: str | None, path: Path | None) -> str:
    """What is said against a result, given as it is or as a text file.

    Raises:
        UsageError: Both are given or neither, or the file is no text.
    """
    if (given is None) == (path is None):
        raise UsageError(
            "say what is wrong with the result, once",
            hint="give --grounds TEXT, or --grounds-file FILE",
        )
    if path is None:
        return str(given)
    text = decode(str(path), read_bytes(path, LARGEST_READ_BYTES))
    if isinstance(text, Finding):
        raise UsageError(f"{path} is not read: {text.message}", hint=text.hint)
    for found in unseen_findings(str(path), text):
        if found.severity is Severity.ERROR:
            line = found.place.span.line
            raise UsageError(f"{path}, line {line}: {found.message}", hint=found.hint)
    return text


def bounded(text: str, name: str, most: int) -> str:
    """A text that a record can hold, without the blanks around it.

    Raises:
        UsageError: It is empty or too long.
    """
    found = text.strip()
    if not found:
        raise UsageError(f"{name} cannot be left empty", hint="write it out")
    if len(found) > most:
        raise UsageError(
            f"{name} cannot have {len(found):,} characters", hint=f"at most {most:,} are taken"
        )
    return found


def refuse_followed(result: Filed[IssuedResult]) -> None:
    """Refuse a result that another one counts in place of.

    Raises:
        UnacceptableWork: A file beside it follows it.
    """
    for each in around(Path(result.path)).every_result:
        if each.record.follows and each.record.follows.result == result.digest:
            raise UnacceptableWork(
                f"{result.path} is followed by {each.path}, which counts in its place",
                hint=f"`casebook appeal history {result.path}` shows the line",
            )


def _refuse_late(result: Filed[IssuedResult], on: date) -> None:
    record = result.record
    if record.result == "incomplete":
        raise UnacceptableWork(
            f"{result.path} is not complete, so there is nothing to appeal against yet",
            hint="`casebook moderate` says whose mark is still needed",
        )
    if record.appeal_until is None:
        if record.follows is not None:
            raise UnacceptableWork(
                f"{result.path} is how an appeal ended on {record.issued}; it cannot be appealed "
                "against again"
            )
        raise UnacceptableWork(
            f"the program {record.program} {record.program_version} has no appeals",
            hint="a certifying body that has them writes `appeal_days` under `marking`",
        )
    if on > record.appeal_until:
        raise UnacceptableWork(
            f"the last day for an appeal was {record.appeal_until}; this one would be dated {on}",
            hint="an appeal that came in time is dated by the day it came: --date YYYY-MM-DD",
        )
    if on < record.issued:
        raise UnacceptableWork(
            f"the result was issued on {record.issued}, after {on}; an appeal comes later"
        )


def _refuse_second(result: Filed[IssuedResult], near: Path) -> None:
    for each in around(near).every_appeal:
        if each.record.result == result.digest:
            done = "was decided" if each.record.decision else "is open"
            raise UnacceptableWork(
                f"{each.path} is an appeal against this result already, and it {done}",
                hint=f"see `casebook appeal show {each.path}`",
            )


def _works(result: Filed[IssuedResult], named: tuple[str, ...]) -> tuple[str, ...]:
    known = [each.work for each in result.record.works]
    for work in named:
        if work not in known:
            raise UsageError(
                f"the result has no work {work!r}",
                hint=did_you_mean(work, known),
            )
    return tuple(dict.fromkeys(named))
