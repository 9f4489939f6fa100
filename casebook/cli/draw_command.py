"""``casebook draw``."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from casebook.cli.options import (
    PATH,
    date_option,
    format_option,
    graders_option,
    program_option,
    signers_at,
    signers_option,
)
from casebook.cli.output.cautions import tell_cautions
from casebook.cli.output.lines import wrapped
from casebook.cli.terminal import clean, dress, say, say_json
from casebook.domain.canonical import brief
from casebook.workflow.moderating.draw import DrawnSubmission, DrawnWork, draw_submissions
from casebook.workflow.reader import Reader


@click.command("draw")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="SUBMISSION...")
@graders_option
@format_option
@date_option
@program_option
@signers_option
def draw_command(
    *,
    paths: tuple[Path, ...],
    graders_path: Path | None,
    form: str,
    on: date,
    program_path: Path | None,
    signers_path: Path | None,
) -> None:
    """Draw who grades submissions, so that anybody can draw again.

    SUBMISSION is a submission, a packet, a portfolio folder, or a folder with many of them. Who is
    drawn follows from the program's seed, the submission and the list of graders alone. Graders
    who are away, or between whom and the candidate something stands, are left out. With
    --signers, submissions have to be signed by one of them. Ends with 1 when too few graders are
    left.
    """
    reader = Reader(signers=signers_at(signers_path, on))
    drawn = draw_submissions(paths, on, graders_path, program_path, reader)
    if form == "json":
        say_json([_values(each) for each in drawn])
    else:
        for number, each in enumerate(drawn):
            say("\n".join(["", *_lines(each)] if number else _lines(each)))
    tell_cautions((each.path, says) for each in drawn for says in each.believed)
    short = any(work.short for each in drawn for work in each.works)
    raise SystemExit(1 if short else 0)


def _lines(drawn: DrawnSubmission) -> Iterator[str]:
    yield f"{dress(str(drawn.path), 'place')}  {dress(brief(drawn.submission), 'dim')}"
    if drawn.draw.marked_twice:
        yield "  drawn for one more grader than usual"
    widest = max((len(work.work) for work in drawn.works), default=0)
    for work in drawn.works:
        yield f"  {clean(work.work).ljust(widest)}  {_asked(work, drawn)}"
        if work.then:
            then = dress(f"then {', '.join(work.then)}", "dim")
            yield f"  {' ' * widest}  {then}"
    for grader, why in drawn.draw.left_out.items():
        yield from wrapped(f"not {grader}: {why}", "dim", indent="  ")


def _asked(work: DrawnWork, drawn: DrawnSubmission) -> str:
    called = [clean(drawn.roster.called(each)) for each in work.asked]
    if work.examiner is not None:
        called.insert(0, f"{clean(drawn.roster.called(work.examiner))} (the examiner)")
    if work.short:
        wanted = "grader is" if work.short == 1 else "graders are"
        called.append(dress(f"{work.short} more {wanted} wanted, and nobody is left", "warning"))
    return ", ".join(called) or "nobody else"


def _values(drawn: DrawnSubmission) -> dict[str, Any]:
    return {
        "path": str(drawn.path),
        "submission": drawn.submission,
        "draw": drawn.draw.model_dump(mode="json"),
        "works": [
            {
                "work": work.work,
                "judges": work.judges,
                "examiner": work.examiner,
                "asked": list(work.asked),
                "then": list(work.then),
                "short": work.short,
            }
            for work in drawn.works
        ],
    }
