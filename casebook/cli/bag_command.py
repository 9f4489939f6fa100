"""``casebook bag``."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from casebook.bundle.bag import BagProblem
from casebook.cli.options import PATH, format_option
from casebook.cli.output.lines import counted, item
from casebook.cli.terminal import clean, dress, progress, say, say_json
from casebook.workflow.bags import VerifiedBag, verify_bag

_WEAK: Final = frozenset({"md5", "sha1"})
_SHOWN: Final = 100
"""Problems of one kind that are listed as text; JSON has all of them."""


@click.group("bag")
def bag_command() -> None:
    """Verify BagIt bags of others, such as an archive's."""


@bag_command.command("verify")
@click.argument("folder", type=PATH)
@format_option
def verify_command(folder: Path, form: str) -> None:
    """Verify a BagIt bag, of any version from 0.93 to 1.0.

    FOLDER is the bag: the folder that holds bagit.txt. Nothing is written, fetched, or read through
    links. Ends with 0 when the bag is complete and valid, warnings or not, else with 1.
    """
    with progress() as tell_progress:
        verified = verify_bag(folder, tell_progress)
    if form == "json":
        say_json(_values(verified))
    else:
        say(_text(verified))
    raise SystemExit({True: 0, False: 1, None: 3}[verified.ok])


def _values(verified: VerifiedBag) -> dict[str, Any]:
    report = verified.report
    return {
        "ok": verified.ok,
        "version": report.rules.version,
        "encoding": report.rules.encoding,
        "algorithms": list(report.algorithms),
        "payload": {"files": report.payload_files, "bytes": report.payload_bytes},
        "errors": [_problem_values(each) for each in report.errors],
        "warnings": [_problem_values(each) for each in report.warnings],
    }


def _problem_values(problem: BagProblem) -> dict[str, str]:
    values = asdict(problem)
    return {key: values[key] for key in ("what", "name", "detail")}


def _text(verified: VerifiedBag) -> str:
    report = verified.report
    lines = [
        *_listed(report.errors, "error"),
        *_listed(report.warnings, "warning"),
        *item(_description(verified), "dim", indent=""),
        _verdict(verified),
    ]
    return "\n".join(lines)


def _listed(problems: tuple[BagProblem, ...], role: str) -> list[str]:
    lines = []
    for problem in problems[:_SHOWN]:
        kind = f"{role} ({problem.what})"
        first, *more = item(f"{kind}: {problem.name}: {problem.detail}", indent="")
        lines += [first.replace(clean(kind), dress(kind, role), 1), *more]
    if len(problems) > _SHOWN:
        left = counted(len(problems) - _SHOWN, f"more {role}")
        lines.append(dress(f"and {left}; --format json lists all of them", "hint"))
    return lines


def _description(verified: VerifiedBag) -> str:
    report = verified.report
    sums = " and ".join(report.algorithms) or "no manifest that can be read"
    weak = report.algorithms and _WEAK.issuperset(report.algorithms)
    held = ", which finds accidents but no forgery" if weak else ""
    return (
        f"BagIt {report.rules.version}, {counted(report.payload_files, 'file')} with "
        f"{counted(report.payload_bytes, 'byte')} of payload, by {sums}{held}"
    )


def _verdict(verified: VerifiedBag) -> str:
    report = verified.report
    warned = f", with {counted(len(report.warnings), 'warning')}" if report.warnings else ""
    if verified.ok:
        return dress(f"valid: the bag is complete and unchanged{warned}", "good")
    faults = counted(len(report.errors), "error")
    if verified.ok is None:
        return dress(f"not decided: {faults}; not everything can be read{warned}", "error")
    return dress(f"not valid: {faults}{warned}", "error")
