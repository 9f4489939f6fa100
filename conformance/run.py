"""Runs a verifier over the set: ``python -m conformance.run FOLDER --verifier COMMAND``.

Needs nothing but Python; README.md tells the protocol.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

STEPS: Final = (
    "container", "bag", "record", "inventory", "recipient", "signature", "program", "sources",
    "check", "results", "documents",
)  # fmt: skip
ACCEPTED: Final = 0
REFUSED: Final = 1
TIME_LIMIT_S: Final = 120

_NAME_WIDTH: Final = 46

Ended = tuple[int, str]
"""A verifier's exit code and what it wrote to standard output."""
Verifier = Callable[[Sequence[str]], Ended]
"""Called with a file and the arguments that go with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verifier made of one case: ``fault`` says what is wrong with that, if anything."""

    file: str
    wanted: str
    got: str
    fault: str = ""


def run_set(  # noqa: PLR0913 - each an option of the command
    folder: Path,
    verifier: Verifier,
    *,
    up_to: str = STEPS[-1],
    only: str = "",
    workers: int = 1,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Run a verifier over the set's cases.

    Args:
        folder: What ``build.py`` made.
        verifier: The verifier.
        up_to: The last step that it knows; cases that take a later one are left out.
        only: What the name of a case must begin with.
        workers: How many run at a time.
        tell: Is told of each case, in their order, as soon as it was judged.

    Returns:
        An outcome for each case that was run, at least one.

    Raises:
        ValueError: No case is left to run.
    """
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    known = STEPS.index(up_to)
    cases = [
        case
        for case in expected["cases"]
        if STEPS.index(case["reach"]) <= known and case["file"].startswith(only)
    ]
    if not cases:
        raise ValueError("the set holds no such case")
    outcomes = []
    with ThreadPoolExecutor(workers) as pool:
        for outcome in pool.map(lambda case: judge(folder, case, verifier), cases):
            tell(outcome)
            outcomes.append(outcome)
    return tuple(outcomes)


def judge(folder: Path, case: Mapping[str, Any], verifier: Verifier) -> Outcome:
    """Run a verifier over one case, and hold what it says against what is expected."""
    wanted = "accepted" if case["verdict"] == "accept" else f"refused at {case['step']}"
    code, output = verifier([_place(folder, case["file"]), *_placed(folder, case["arguments"])])
    if code not in (ACCEPTED, REFUSED):
        return Outcome(case["file"], wanted, f"exit {code}", "broken: neither accepted nor refused")
    steps = _steps(output)
    standing = [step for step in steps if step["ok"] is not True]
    got = "accepted" if code == ACCEPTED else "refused"
    if code == REFUSED and standing:
        got += f" at {standing[0]['id']}"
    return Outcome(case["file"], wanted, got, _fault(case, code, standing))


def _placed(folder: Path, arguments: Sequence[str]) -> Iterator[str]:
    for each in arguments:
        yield each if each.startswith("--") else _place(folder, each)


def _place(folder: Path, name: str) -> str:
    return os.fspath(folder.absolute() / name)


def _fault(case: Mapping[str, Any], code: int, standing: Sequence[Mapping[str, Any]]) -> str:
    accepts = case["verdict"] == "accept"
    if accepts != (code == ACCEPTED):
        return "good, and refused" if accepts else f"accepted: {case['why']}"
    if accepts and standing:
        return f"accepted, though {standing[0]['id']} does not hold"
    if accepts or not standing:
        return ""
    if standing[0]["id"] != case["step"]:
        return f"the first step that does not hold is {standing[0]['id']}"
    failed = [step["id"] for step in standing if step["ok"] is False]
    if case["alone"] and failed not in ([case["step"]], []):
        return f"besides, {', '.join(failed[1:])} fails"
    return ""


def _steps(output: str) -> list[dict[str, Any]]:
    """The steps that a verifier printed as JSON; none where it printed something else."""
    try:
        values = json.loads(output)
    except ValueError:
        return []
    steps = values.get("steps") if isinstance(values, dict) else None
    return [
        step
        for step in (steps if isinstance(steps, list) else [])
        if isinstance(step, dict) and "id" in step and "ok" in step
    ]


def command_verifier(command: Sequence[str]) -> Verifier:
    """A verifier that is a program."""

    def verify(arguments: Sequence[str]) -> Ended:
        try:
            done = subprocess.run(
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIME_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return -1, ""
        return done.returncode, done.stdout.decode("utf-8", "replace")

    return verify


def line(outcome: Outcome) -> str:
    """What is told of one case."""
    mark = "FAIL" if outcome.fault else "ok  "
    return f"{mark}  {outcome.file:{_NAME_WIDTH}}  {outcome.fault or outcome.got}"


def score(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How many were judged right, by what was wanted of them, and in the last line in all."""
    groups = dict.fromkeys(each.wanted for each in outcomes)
    for group in groups:
        members = [each for each in outcomes if each.wanted == group]
        right = sum(not each.fault for each in members)
        yield f"{right:4} of {len(members):3}  {group}"
    right = sum(not each.fault for each in outcomes)
    yield f"{right:4} of {len(outcomes):3}  in all"
    wrong = len(outcomes) - right
    yield ""
    yield f"{wrong} judged wrong, marked FAIL above" if wrong else "every one judged as it must be"


def main() -> None:
    """Run, print the table, and end with 0 when every case is judged as it must be."""
    parser = argparse.ArgumentParser(description="Runs a verifier over the conformance set.")
    parser.add_argument("folder", type=Path, help="what `python -m conformance.build` made")
    parser.add_argument(
        "--verifier",
        default="casebook verify --format json",
        help="the command; the file and its arguments are put behind it",
    )
    parser.add_argument("--up-to", choices=STEPS, default=STEPS[-1], help="the last step it knows")
    parser.add_argument("--only", default="", help="what a case's name must begin with")
    parser.add_argument("--workers", type=int, default=2, help="how many run at a time")
    chosen = parser.parse_args()
    try:
        outcomes = run_set(
            chosen.folder,
            command_verifier(shlex.split(chosen.verifier)),
            up_to=chosen.up_to,
            only=chosen.only,
            workers=chosen.workers,
            tell=lambda outcome: print(line(outcome), flush=True),
        )
    except FileNotFoundError as error:
        parser.error(
            f"there is no {error.filename}: `python -m conformance.build FOLDER` makes the set; "
            "`. .venv/bin/activate` lets the terminal know `casebook`"
        )
    except (OSError, ValueError) as error:
        parser.error(str(error))
    print("", *score(outcomes), sep="\n")
    sys.exit(any(each.fault for each in outcomes))


if __name__ == "__main__":
    main()
