"""Issues results: a complete moderation as the record that a candidate is told."""

from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.sshsig import RESULT
from casebook.domain.outcome.issued import Follows, IssuedResult
from casebook.domain.record import LAST_DAY
from casebook.errors import CasebookError, UsageError
from casebook.evaluation.lineage import same_substance
from casebook.files import read_bytes, sweep_orphans
from casebook.limits import LARGEST_READ_BYTES
from casebook.workflow.moderating.moderate import Moderation
from casebook.workflow.results.files import read_result, refuse_taken, write_new
from casebook.workflow.signing import sign_beside

Issued = Literal["issued", "issued before"]


def issue(moderation: Moderation, issued: date, follows: Follows | None = None) -> IssuedResult:
    """Make the result of a complete moderation.

    Args:
        moderation: Complete.
        issued: The day of the result.
        follows: The result it comes after, where there was an appeal.
    """
    received = moderation.received
    rules, main = received.program.rules, received.portfolio.main.record
    used = {each.rubric for each in moderation.works}
    return IssuedResult(
        kind="result",
        format=1,
        program=rules.id,
        program_name=rules.name,
        program_version=rules.version,
        program_digest=received.program.digest,
        notice=rules.notice,
        program_language=rules.language,
        look=rules.look,
        language=main.language,
        level=main.level,
        level_name=received.graded.eligibility.level_name,
        submission=received.digest,
        candidate=received.candidate,
        issued=issued,
        appeal_until=_last_day(issued, rules.marking.appeal_days),
        result=moderation.result,
        reasons=moderation.reasons,
        works=moderation.works,
        rubrics=tuple(each for each in received.program.rubrics if each.id in used),
        eligibility=received.graded.eligibility,
        seals=moderation.seals,
        blind=rules.marking.blind,
        draw=moderation.roster.draw,
        follows=follows,
    )


def write_result(path: Path, result: IssuedResult, key: SigningKey | None = None) -> Issued:
    """Write a result as a new file, or leave the one that was issued before and says the same.

    Args:
        path: Where it stands.
        result: The result.
        key: Who signs it, be it new or not: a run that came no further is mended so.

    Raises:
        UsageError: Another result, or something else, stands there already.
    """
    sweep_orphans(path.parent)
    if not path.is_file():
        try:
            write_new(path, result, key)
        except UsageError:
            if not path.is_file():  # else another run issued it in this moment
                raise
        else:
            return "issued"
    try:
        before = read_result(path).record
    except CasebookError:
        refuse_taken(path)
        raise
    if not same_substance(before, _judged_on_the_day_of(before, result)):
        raise UsageError(
            f"{path} was issued on {before.issued} and says something else than the marks say now",
            hint="a result is never replaced: after an appeal a new one follows it; give it "
            "another name with -o",
        )
    if key is not None:
        sign_beside(path, read_bytes(path, LARGEST_READ_BYTES), key, RESULT)
    return "issued before"


def _last_day(issued: date, days: int | None) -> date | None:
    return None if days is None else min(issued + timedelta(days=days), LAST_DAY)


def _judged_on_the_day_of(before: IssuedResult, result: IssuedResult) -> IssuedResult:
    """A result with the requirements as they were told then, where it comes to the same.

    Why: what a folder's candidate has met is judged anew each day.
    """
    if (before.result, before.eligibility.eligible) != (
        result.result, result.eligibility.eligible,
    ):  # fmt: skip
        return result
    return result.model_copy(update={"eligibility": before.eligibility, "reasons": before.reasons})
