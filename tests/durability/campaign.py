"""Kills every writing command at many moments, and lets each of its calls to the disk fail.

``python -m tests.durability.campaign`` prints a table; it takes minutes. The test suite runs a
small part of it. Only for systems that can copy a process (Linux, macOS).
"""

import argparse
import errno
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.durability.faults import Action, Plan
from tests.durability.scenes import SCENES, Scene
from tests.durability.trials import Ending, Rehearsal, Stage, Trial

ERRORS: Final = (errno.EIO, errno.ENOSPC)
_KILLS: Final[tuple[Action, ...]] = ("kill before", "kill halfway", "kill after")
_LATEST_SHARE: Final = 0.9
"""Of the time that an undisturbed run takes to write; a run that is faster ends before its kill."""

_HEADING: Final = (
    "command              calls  kills  mid-write  half/lost  orphans  later |"
    " failures  told  half/lost  orphans  later\n"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is tried.

    Attributes:
        kills: How many each command gets.
        failures: How many of its failing calls, drawn at random; all when None.
        seed: Of the kills' moments, and of that draw.
        every: Every how many trials the next start of a heavy command is the whole command.
    """

    kills: int
    failures: int | None
    seed: int
    every: int


def kills(rehearsal: Rehearsal, count: int, chosen: random.Random) -> Iterator[Trial]:
    """Kills at random points: two thirds at a call to the disk, one third by the clock."""
    for number in range(count):
        if number % 3:
            at = chosen.randrange(1, len(rehearsal.calls) + 1)
            yield Trial(Plan(chosen.choice(_KILLS), at))
        else:
            yield Trial(Plan(), chosen.uniform(0, _LATEST_SHARE))


def failures(rehearsal: Rehearsal, numbers: Sequence[int]) -> Iterator[Trial]:
    """Every call to the disk made to fail, with each of the system's errors."""
    for at in range(1, len(rehearsal.calls) + 1):
        for number in numbers:
            yield Trial(Plan("fail", at, number))


def try_scene(scene: Scene, extent: Extent, place: Path) -> bool:
    """Try a command and print its line, and what was wrong; whether nothing was."""
    stage = Stage(scene, place)
    chosen = random.Random(f"{extent.seed} {scene.name}")
    nth = extent.every if scene.heavy else 1
    killed = list(stage.endings(list(kills(stage.rehearsal, extent.kills, chosen)), nth))
    refused = list(failures(stage.rehearsal, ERRORS))
    if extent.failures is not None and extent.failures < len(refused):
        refused = chosen.sample(refused, extent.failures)
    failed = list(stage.endings(refused, nth))
    sys.stdout.write(
        f"{scene.name:<20} {len(stage.rehearsal.calls):>5}  {_kill_cells(killed)} |"
        f" {_failure_cells(failed)}\n"
    )
    sys.stdout.flush()
    complaints = Counter(
        f"  {_told(stage, ending)}: {each}"
        for ending in (*killed, *failed)
        for each in (*ending.wrong, *(f"{name} stays" for name in ending.left_later))
    )
    # Why: had none of them met a write, nothing would have been tried.
    if not _in_the_middle(killed) or not any(each.code == 3 for each in failed):
        complaints["  no kill came in the middle, or no failure was told"] += 1
    for complaint, times in complaints.most_common(12):
        sys.stderr.write(f"{complaint} ({times} x)\n")
    return not complaints


def _told(stage: Stage, ending: Ending) -> str:
    plan = ending.trial["plan"]
    if not plan["at"]:
        return f"killed after {ending.trial['share']:.0%} of its time"
    call = stage.rehearsal.calls[plan["at"] - 1].name
    return f"{plan['action']} at call {plan['at']}, {call}, error {plan['number']}"


def _in_the_middle(killed: Sequence[Ending]) -> int:
    return sum(each.code < 0 and (each.changed or bool(each.left)) for each in killed)


def _kill_cells(endings: Sequence[Ending]) -> str:
    killed = sum(each.code < 0 for each in endings)
    return f"{killed:>5}  {_in_the_middle(endings):>9}  {_harm(endings)}"


def _failure_cells(endings: Sequence[Ending]) -> str:
    told = sum(each.code == 3 for each in endings)
    return f"{len(endings):>8}  {told:>4}  {_harm(endings)}"


def _harm(endings: Sequence[Ending]) -> str:
    wrong = sum(bool(each.wrong) for each in endings)
    left = sum(bool(each.left) for each in endings)
    later = sum(bool(each.left_later) for each in endings)
    return f"{wrong:>9}  {left:>7}  {later:>5}"


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="the commands; all when left out")
    parser.add_argument("--kills", type=int, default=500, help="for each command (500)")
    parser.add_argument("--failures", type=int, default=None, help="for each command (all)")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument(
        "--every", type=int, default=25, help="whole next starts of heavy commands: every 25th"
    )
    parser.add_argument("--place", type=Path, default=None, help="the folder to work in")
    given = parser.parse_args()
    unknown = set(given.names) - {scene.name for scene in SCENES}
    if unknown:
        parser.error(f"there is no command {min(unknown)!r} here")
    extent = Extent(given.kills, given.failures, given.seed, given.every)
    sys.stdout.write(_HEADING)
    sound = True
    with tempfile.TemporaryDirectory(dir=given.place) as folder:
        for scene in SCENES:
            if not given.names or scene.name in given.names:
                sound = try_scene(scene, extent, Path(folder) / "stage") and sound
    if not sound:
        sys.exit(1)


if __name__ == "__main__":
    _main()
