"""Decides an appeal: the decision, and the new result that comes of it.

Nothing that was written before is changed. The decision is a file of its own that repeats the
appeal, and the outcome is a result that names the digests of both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.bundle.signing.sshsig import APPEAL
from casebook.domain.outcome.issued import Appeal, Decision, Follows, IssuedResult, Outcome
from casebook.errors import UnacceptableWork, UsageError
from casebook.evaluation.lineage import Filed, same_substance
from casebook.files import read_bytes, sweep_orphans, turn_in
from casebook.limits import LARGEST_READ_BYTES, LINE_CHARACTERS, TEXT_CHARACTERS
from casebook.workflow.appeals.deciders import impartial
from casebook.workflow.appeals.opening import bounded, refuse_followed
from casebook.workflow.results.files import (
    APPEAL_SUFFIX,
    RESULT_SUFFIX,
    beside,
    read_appeal,
    read_result,
    refuse_misnamed,
    refuse_taken,
    write_new_together,
)
from casebook.workflow.signing import UNSIGNED, Signing, sign_beside


@dataclass(frozen=True, slots=True)
class Ruling:
    """How somebody decides about an appeal.

    Attributes:
        outcome: Whether the candidate is right.
        reason: Why.
        by: Who decides: a name, or an id in the list of graders.
        on: The day of the decision.
        new_result: What moderation came to after new marks; only where it is upheld.
        graders: The list of graders; where left out, it is looked for near the result.
        submission: What the result is about, for what the candidate declares.
        signing: Who signs the decision and the new result, and whose signatures the appeal and
            the results need.
    """

    outcome: Outcome
    reason: str
    by: str
    on: date
    new_result: Path | None = None
    graders: Path | None = None
    submission: Path | None = None
    signing: Signing = UNSIGNED

    def decision(self) -> Decision:
        """The ruling as it is entered.

        Raises:
            UsageError: The reason or the name is empty or too long.
        """
        return Decision(
            decided=self.on,
            outcome=self.outcome,
            reason=bounded(self.reason, "the reason", TEXT_CHARACTERS),
            by=bounded(" ".join(self.by.split()), "the name", LINE_CHARACTERS),
        )


@dataclass(frozen=True, slots=True)
class DecidedAppeal:
    """A decision and the result that came of it, as they were written."""

    appeal: Filed[Appeal]
    result: Filed[IssuedResult]
    before: Filed[IssuedResult]


def decide_appeal(
    appeal_path: Path, result_path: Path, ruling: Ruling, target: Path | None = None
) -> DecidedAppeal:
    """Enter how an appeal ended, and write the result that comes of it.

    Args:
        appeal_path: The appeal as it was opened.
        result_path: The result it is against.
        ruling: The decision.
        target: Where to write the new result; beside the old one when left out.

    Raises:
        UnacceptableWork: The files do not belong together, or the ruling cannot stand.
        UsageError: The ruling is not whole, or a file is in the way.
    """
    for near in (appeal_path, target or result_path):
        sweep_orphans(near.parent)
    # Why a turn: two decisions at one moment must not both find the appeal open.
    with turn_in(appeal_path.parent):
        return _decide(appeal_path, result_path, ruling, target)


def _decide(
    appeal_path: Path, result_path: Path, ruling: Ruling, target: Path | None
) -> DecidedAppeal:
    signers = ruling.signing.signers
    result, appeal = read_result(result_path, signers), read_appeal(appeal_path, signers)
    decision = ruling.decision()
    _refuse_mismatch(appeal, result, decision.decided)
    refuse_followed(result)
    new = _new_result(appeal, result, ruling)
    marked = (result.record,) if new is None else (result.record, new.record)
    by = impartial(decision.by, marked, result_path, ruling.graders, ruling.submission)
    decision = decision.model_copy(update={"by": by})
    decided = appeal.record.model_copy(update={"decision": decision})
    follows = Follows(
        result=result.digest,
        appeal=decided.digest,
        outcome=decision.outcome,
        reason=decision.reason,
    )
    outcome = _outcome(result.record, new.record if new else None, follows, decision.decided)
    target = target or beside(result_path, RESULT_SUFFIX, ".after-appeal")
    decided_path = beside(appeal_path, APPEAL_SUFFIX, ".decided")
    refuse_misnamed(target, RESULT_SUFFIX)
    refuse_taken(target)
    records: dict[Path, IssuedResult | Appeal] = {decided_path: decided, target: outcome}
    if _stands_already(decided_path, decided):
        del records[decided_path]
        if ruling.signing.key is not None:
            content = read_bytes(decided_path, LARGEST_READ_BYTES)
            sign_beside(decided_path, content, ruling.signing.key, APPEAL)
    write_new_together(records, ruling.signing.key)
    return DecidedAppeal(read_appeal(decided_path), read_result(target), result)


def _refuse_mismatch(appeal: Filed[Appeal], result: Filed[IssuedResult], on: date) -> None:
    record = appeal.record
    if record.decision is not None:
        raise UnacceptableWork(
            f"{appeal.path} was decided on {record.decision.decided}: {record.decision.outcome}",
            hint="a decision is never replaced",
        )
    if record.result != result.digest:
        raise UnacceptableWork(
            f"{appeal.path} is against another result than {result.path}, or that one was changed",
            hint="name the result as it was issued",
        )
    if on < record.opened:
        raise UnacceptableWork(
            f"the appeal was opened on {record.opened}, after {on}; a decision comes later"
        )


def _new_result(
    appeal: Filed[Appeal], result: Filed[IssuedResult], ruling: Ruling
) -> Filed[IssuedResult] | None:
    """The result of new marks, where an appeal is upheld."""
    if ruling.outcome == "dismissed":
        if ruling.new_result is not None:
            raise UsageError(
                "an appeal that is dismissed confirms the old result, and takes no new one",
                hint="leave out --with, or decide --outcome upheld",
            )
        return None
    if ruling.new_result is None:
        raise UsageError(
            "an appeal that is upheld ends with a new result, and none is named",
            hint="have the work marked anew, `casebook moderate` it, and name that: --with FILE",
        )
    new = read_result(ruling.new_result, ruling.signing.signers)
    faults = _faults_of_new(new.record, result.record, appeal.record, ruling.on)
    if fault := next(faults, None):
        raise UnacceptableWork(f"{new.path} cannot follow {result.path}: {fault}")
    return new


def _faults_of_new(
    new: IssuedResult, old: IssuedResult, appeal: Appeal, decided: date
) -> Iterator[str]:
    """Why a result cannot be what an appeal ends with; the first is enough."""
    if new.submission != old.submission:
        yield "it is about another submission"
    if (new.program, new.level, new.candidate) != (old.program, old.level, old.candidate):
        yield "it is about another program, level or candidate"
    if new.result == "incomplete":
        yield "it is not complete"
    if new.follows is not None:
        yield "it follows a result already"
    if new.issued < appeal.opened:
        yield f"it is dated {new.issued}, before the appeal was opened"
    if new.issued > decided:
        yield f"it is dated {new.issued}, after the decision"
    if same_substance(new, old) or not _marked_anew(new, old, appeal.works):
        named = f" of {', '.join(appeal.works)}" if appeal.works else ""
        yield f"it rests on the same marks{named}; an appeal is upheld after new ones"


def _marked_anew(new: IssuedResult, old: IssuedResult, works: tuple[str, ...]) -> bool:
    """Whether other marks than before were used for the works that an appeal is about."""
    used = [
        {
            (each.work, each.grader, each.seal)
            for each in result.seals
            if not works or each.work in works
        }
        for result in (new, old)
    ]
    return used[0] != used[1]


def _outcome(
    old: IssuedResult, new: IssuedResult | None, follows: Follows, on: date
) -> IssuedResult:
    """The result an appeal ends with.

    A dismissal is the end of it. New marks can be appealed against for as many days as moderation
    gave them by the program's rules.
    """
    until = new.appeal_until if new else None
    if new and until:
        until = on + (until - new.issued)
    update = {"issued": on, "appeal_until": until, "follows": follows}
    return (new or old).model_copy(update=update)


def _stands_already(path: Path, decided: Appeal) -> bool:
    """Whether this very decision was written before, by a run that came no further.

    Raises:
        UnacceptableWork: Another decision was.
    """
    if not path.is_file():
        return False
    there = read_appeal(path)
    if there.digest == decided.digest:
        return True
    before = there.record.decision
    if before is None:
        return False
    raise UnacceptableWork(
        f"{path} says that this appeal was decided on {before.decided} by {before.by}: "
        f"{before.outcome}",
        hint="a decision is never replaced; where the result that came of it is missing, repeat "
        f"the command as it was given then, with --date {before.decided}",
    )
