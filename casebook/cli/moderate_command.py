"""``casebook moderate``."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from casebook.cli.options import (
    PATH,
    date_option,
    format_option,
    graders_option,
    passphrase_option,
    program_option,
    sign_option,
    signers_at,
    signers_option,
    signing_key,
)
from casebook.cli.output.cautions import tell_cautions
from casebook.cli.output.moderate_text import draft_of, moderation_text, moderations_text
from casebook.cli.terminal import clean, complain, progress, say, say_json, tell, typed
from casebook.domain.canonical import brief
from casebook.domain.outcome.moderation import ModeratedWork, Need
from casebook.errors import UsageError
from casebook.workflow.moderating.handed_in import Pile, read_pile
from casebook.workflow.moderating.moderate import Moderation, OfficeChoices
from casebook.workflow.moderating.moderate_all import (
    Moderated,
    Moderations,
    moderate_all,
    moderate_one,
)
from casebook.workflow.moderating.submissions import (
    is_folder_of_submissions,
    refuse_swapped,
    submissions_at,
)
from casebook.workflow.reader import Reader


@click.command("moderate")
@click.argument("submission", type=PATH)
@click.argument("sheets", nargs=-1, type=PATH)
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The folder for results; for one submission also a file, NAME.result.json.",
)  # fmt: skip
@graders_option
@click.option("--unsealed", is_flag=True, help="Take mark sheets that nobody has sealed.")
@sign_option
@passphrase_option
@signers_option
@format_option
@date_option
@program_option
def moderate_command(
    submission: Path,
    *,
    sheets: tuple[Path, ...],
    output: Path | None,
    graders_path: Path | None,
    unsealed: bool,
    sign_path: Path | None,
    passphrase_file: Path | None,
    signers_path: Path | None,
    form: str,
    on: date,
    program_path: Path | None,
) -> None:
    """Make one result of several graders' marks.

    SUBMISSION is a submission, a packet, a portfolio folder, or a folder with many of them;
    SHEETS are sealed marks, and folders with them. The program's policy decides, and every rule
    that fired is told. No marks are shown while somebody who is asked has not marked. Only a
    complete result is written; none is ever replaced. With --signers, submissions have to be
    signed by one of them and all marks by their graders; with --sign, the results are signed,
    which needs --program for a program that does not ship with casebook. Ends with 0 when every
    submission has its result, be it a pass or a fail, and with 1 when one has none.
    """
    refuse_swapped(submission, sheets)
    signers = signers_at(signers_path, on)
    key = signing_key(sign_path, passphrase_file)
    reader = Reader(signers=signers)
    choices = OfficeChoices(on, program_path, graders_path, unsealed, key, reader)
    pile = read_pile(sheets, unsealed=unsealed, signers=signers)
    many = is_folder_of_submissions(submission)
    found = (
        _all(submission, pile, choices, output)
        if many
        else moderate_one(submission, pile, choices, output)
    )
    if form == "json":
        say_json(_many_values(found) if many else _values(found.each[0]))
    else:
        say(moderations_text(found) if many else moderation_text(found.each[0]))
    for sentence in found.strays:
        tell(f"not used: {clean(sentence)}")
    tell_cautions(
        (each.path, caution)
        for each in found.each
        if each.moderation
        for caution in each.moderation.cautions
    )
    _tell_of_pile(found, pile, sheets, many=many)
    _tell_of_files(found, output, many=many)
    raise SystemExit(0 if found.done else 1)


def _all(folder: Path, pile: Pile, choices: OfficeChoices, output: Path | None) -> Moderations:
    if output is not None and output.exists() and not output.is_dir():
        raise UsageError(
            f"{output} is a file, and the results of many submissions need a folder",
            hint="name a folder with -o",
        )
    with progress() as tell_progress:
        return moderate_all(submissions_at([folder]), pile, choices, output, tell_progress)


def _tell_of_pile(found: Moderations, pile: Pile, sheets: tuple[Path, ...], *, many: bool) -> None:
    """Why marks that somebody thought were there are missing."""
    where = " and ".join(typed(each) for each in sheets)
    if sheets and not pile.marks and not pile.unusable:
        tell(f"there are no sealed marks in {where}; `casebook mark seal` seals finished sheets")
        return
    moderation = found.each[0].moderation
    if many or not pile.marks or moderation is None:
        return
    digest = moderation.received.digest
    if not pile.about(digest) and not moderation.refused:
        tell(
            f"no sealed marks in {where} are about {typed(found.each[0].path)} as it is now "
            f"({brief(digest)}); if it was changed after it was marked, moderate it as it was then"
        )


def _tell_of_files(found: Moderations, output: Path | None, *, many: bool) -> None:
    if output is None:
        return
    if many:
        count = sum(each.written is not None for each in found.each)
        tell(f"{count} of {len(found.each)} results stand in {clean(output)}")
    elif found.each[0].written is not None:
        file, how = found.each[0].written
        tell(f"{how}: {clean(file)}")
    else:
        complain("no result is written", "only a complete one is")


def _values(each: Moderated) -> dict[str, Any]:
    moderation = each.moderation
    fault = "; ".join(filter(None, each.fault)) if each.fault else None
    if moderation is None:
        return {"path": str(each.path), "result": "incomplete", "refused": [fault]}
    return {
        "path": str(each.path),
        "submission": moderation.received.digest,
        "result": moderation.result,
        "reasons": list(moderation.reasons),
        "refused": [*moderation.refused, *([fault] if fault else [])],
        "needs": [
            {"work": work.work, **need.model_dump(mode="json"), **_begun(moderation, work, need)}
            for work in moderation.works
            for need in work.needs
        ],
        "works": [work.model_dump(mode="json", exclude_none=True) for work in moderation.works],
        "cautions": list(moderation.cautions),
        "written": str(each.written[0]) if each.written else None,
    }


def _begun(moderation: Moderation, work: ModeratedWork, need: Need) -> dict[str, str]:
    begun = draft_of(moderation, work, need)
    return {"not_sealed": begun} if begun else {}


def _many_values(found: Moderations) -> dict[str, Any]:
    return {
        "submissions": [_values(each) for each in found.each],
        "complete": sum(each.done for each in found.each),
        "not_used": list(found.strays),
    }
