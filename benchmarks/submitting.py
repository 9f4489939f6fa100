"""Submitting again what did not change, and submissions made and verified by the megabyte.

The reference for megabytes is ``sha512sum`` over the same file: a digest is the least that
anybody who makes or verifies a submission has to compute.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, Skipped, Target, duration, rate
from benchmarks.graded import DAY
from benchmarks.measuring import Work, in_turns, run
from benchmarks.portfolio import ON, write_portfolio
from casebook.render.kept import KeptPages
from casebook.render.together import Presses
from casebook.workflow.submit import submit
from casebook.workflow.verify import verify

SUBJECT: Final = "submit"
_UNCHANGED: Final = Target("at most", 0.35)
_SCAN_BYTES: Final = 20_000_000
"""What a scanned form is made to have, so that bytes count for more than pages."""
_QUICK_SCAN_BYTES: Final = 5_000_000


def figures(setting: Setting) -> Iterator[Figure | Skipped]:
    """Whole commands first, then bytes."""
    yield from _again(setting)
    yield from _megabytes(setting)


def _again(setting: Setting) -> Iterator[Figure]:
    """`casebook submit`, with no page kept and with all of them."""
    folder = write_portfolio(setting.scratch / "portfolio")
    # Why: the secret that kept pages are sealed with must not be this user's.
    own = {"XDG_STATE_HOME": str(setting.scratch / "state")}

    def command() -> None:
        run((sys.executable, "-m", "casebook", "submit", folder, "--date", ON), own)

    def forget() -> None:
        shutil.rmtree(folder / "build", ignore_errors=True)

    works: dict[str, Work] = {"cold": command, "again": command}
    measured = in_turns(works, setting.rounds, {"cold": forget})
    beside = "a submission, nothing kept"
    yield duration(SUBJECT, beside, measured["cold"])
    yield duration(
        SUBJECT, "the same again, unchanged", measured["again"], measured["cold"], beside,
        target=_UNCHANGED,
    )  # fmt: skip


def _megabytes(setting: Setting) -> Iterator[Figure | Skipped]:
    """Submissions with large scans, made with every page kept, and verified."""
    program = shutil.which("sha512sum") or shutil.which("shasum")
    if program is None:
        yield Skipped(SUBJECT, "megabytes a second", "neither sha512sum nor shasum is here")
        return
    digest = (program,) if program.endswith("sha512sum") else (program, "-a", "512")
    folder = write_portfolio(setting.scratch / "with-scans")
    _enlarge(folder, _QUICK_SCAN_BYTES if setting.quick else _SCAN_BYTES)
    made = setting.scratch / "submission.zip"
    kept = KeptPages(setting.scratch / "kept", b"a secret of the measurement's own")
    with Presses(kept) as presses:
        works: dict[str, Work] = {
            "submit": lambda: submit(folder, DAY, output=made, force=True, presses=presses),
            "verify": lambda: verify(made),
            "digest": lambda: run((*digest, made)),
        }
        measured = in_turns(works, setting.rounds)
    megabytes = made.stat().st_size / 1_000_000
    beside = f"sha512sum, {megabytes:.0f} MB"
    for name, work in {beside: "digest", "submit": "submit", "verify": "verify"}.items():
        yield rate(
            SUBJECT,
            name,
            measured[work],
            None if work == "digest" else measured["digest"],
            "" if work == "digest" else beside,
            unit="MB/s",
            amount=megabytes,
        )


def _enlarge(folder: Path, size: int) -> None:
    """Let a scanned form have so many bytes, none of which can be packed."""
    form = next((folder / "attachments").glob("consent-case-*.pdf"))
    noise = random.Random(1).randbytes(size)  # noqa: S311 - it stands for a picture
    form.write_bytes(form.read_bytes() + b"\n%" + noise.replace(b"\n", b" ") + b"\n%%EOF\n")
