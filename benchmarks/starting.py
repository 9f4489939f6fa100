"""What starting costs: the modules that a command imports, beside those of ``import click``.

Milliseconds are Python's own account (``-X importtime``), each module without those it imports.
"""

import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, duration
from benchmarks.measuring import Work, in_turns, run
from benchmarks.portfolio import ON, write_portfolio

SUBJECT: Final = "start"
HEAVY: Final = (
    "PIL", "babel", "cryptography", "fontTools", "jinja2", "markdown_it", "numpy", "phonenumbers",
    "pikepdf", "pydantic", "pypdf", "scipy", "watchfiles", "weasyprint", "yaml",
)  # fmt: skip
"""Libraries that take long to import; which of them a command loads is told beside it."""

_ACCOUNT: Final = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


@dataclass(frozen=True, slots=True)
class Start:
    """A way to start Python.

    Attributes:
        arguments: Those of Python.
        environment: What is set besides.
    """

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def figures(setting: Setting) -> Iterator[Figure]:
    """Import times and whole processes."""
    folder = write_portfolio(setting.scratch / "portfolio")
    starts = starts_of(folder)
    accounts: dict[str, list[dict[str, int]]] = {name: [] for name in starts}
    for _ in range(setting.rounds):
        for name, start in starts.items():
            accounts[name].append(imported(start))
    imports_ms = {
        name: statistics.median(sum(each.values()) for each in taken) / 1000
        for name, taken in accounts.items()
    }
    base, *_ = starts
    for name in starts:
        yield Figure(
            SUBJECT, f"{name}, imports", imports_ms[name], "ms",
            None if name == base else imports_ms[name] / imports_ms[base],
            reference="" if name == base else f"{base}, imports",
            note=_told(accounts[name][-1]),
        )  # fmt: skip
    measured = in_turns({name: _process(each) for name, each in starts.items()}, setting.rounds)
    yield duration(SUBJECT, f"{base}, process", measured[base])
    for name in starts:
        if name != base:
            yield duration(
                SUBJECT, f"{name}, process", measured[name], measured[base], f"{base}, process"
            )


def starts_of(folder: Path) -> dict[str, Start]:
    """What is compared, the reference first."""
    casebook = ("-m", "casebook")
    # Why not ``-m``: click answers a shell that calls a program by the name of its variable.
    named = ("-c", "from casebook.cli import main; main(prog_name='casebook')")
    words = {"COMP_WORDS": "casebook sub", "COMP_CWORD": "1"}
    return {
        "import click": Start(("-c", "import click")),
        "casebook --help": Start((*casebook, "--help")),
        "completion": Start(named, {"_CASEBOOK_COMPLETE": "bash_complete", **words}),
        "casebook check": Start((*casebook, "check", str(folder), "--date", ON)),
    }


def imported(start: Start) -> dict[str, int]:
    """Every module that a start imports, with its own microseconds.

    Raises:
        SystemExit: It failed.
    """
    done = subprocess.run(
        (sys.executable, "-X", "importtime", *start.arguments),
        env={**os.environ, **start.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {module: int(own) for own, module in _ACCOUNT.findall(done.stderr)}
    if done.returncode or not found:
        raise SystemExit(f"{' '.join(start.arguments)} failed: {done.stderr[-500:]}")
    return found


def _process(start: Start) -> Work:
    def work() -> None:
        run((sys.executable, *start.arguments), environment=start.environment)

    return work


def _told(account: Mapping[str, int]) -> str:
    heavy = sorted({module.partition(".")[0] for module in account} & set(HEAVY))
    return f"{len(account)} modules; {', '.join(heavy) or 'nothing heavy'}"
