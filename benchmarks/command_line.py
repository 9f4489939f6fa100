"""The commands as whole processes, each beside ``python -c "import click"``, and their memory."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, duration
from benchmarks.measuring import Work, in_turns, run
from benchmarks.portfolio import ON, SAMPLE, copied

SUBJECT: Final = "commands"
_BASE: Final = "import click"


def figures(setting: Setting) -> Iterator[Figure]:
    """The main commands over the sample; peak memory is that of the largest single process."""
    portfolio = copied(SAMPLE, setting.scratch / "portfolio")
    peaks_mb: dict[str, float] = {}

    def measured_run(name: str, *words: str | Path) -> Work:
        def work() -> None:
            peaks_mb[name] = max(peaks_mb.get(name, 0), run((sys.executable, *words)))

        return work

    casebook = ("-m", "casebook")
    submission = setting.scratch / "submission.zip"
    on = ("--date", ON)
    commands: dict[str, tuple[str | Path, ...]] = {
        _BASE: ("-c", _BASE),
        "casebook check": (*casebook, "check", portfolio, *on),
        "casebook score": (*casebook, "score", portfolio, *on),
        "casebook submit": (
            *casebook, "submit", portfolio, "--no-cache", "-o", submission, *on
        ),
        "casebook verify": (*casebook, "verify", submission),
    }  # fmt: skip
    works = {name: measured_run(name, *words) for name, words in commands.items()}
    measured = in_turns(works, setting.rounds)
    for name, took in measured.items():
        base = None if name == _BASE else measured[_BASE]
        note = f"peak {peaks_mb[name]:.0f} MB"
        yield duration(SUBJECT, name, took, base, _BASE if base else "", note=note)
