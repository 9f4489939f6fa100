"""Runs a command up to its first write, and from there on many times, each with a fault of its own.

A process that has loaded everything runs the command; before the first call that writes, it makes
a copy of itself for each trial. So a trial costs what writing costs, nothing in casebook is
replaced, and the command reads, checks and renders as it always does.
"""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from casebook.cli import main
from casebook.files.refusals import REPEAT
from tests.durability.faults import Call, Disk, Plan
from tests.durability.scenes import Scene

Snapshot = dict[str, bytes | None]

_TEMPORARY: Final = ".casebook-"
_PATIENCE_S: Final = 120


@dataclass(frozen=True, slots=True)
class Trial:
    """A plan for one run; a kill by the clock comes after a share of an undisturbed run's time."""

    plan: Plan
    share: float | None = None


@dataclass(slots=True)
class Ending:
    """How one run ended, and what it left.

    Attributes:
        trial: What was planned.
        code: The exit code; minus the signal's number where it was killed.
        said: What it wrote to stderr.
        wrong: What must not be; a sentence each.
        left: Names of temporaries that it left.
        left_later: Those that were still there after the next start.
        changed: Whether anything but temporaries differs from the beginning.
    """

    trial: dict[str, Any]
    code: int
    said: str
    wrong: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    left_later: list[str] = field(default_factory=list)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An undisturbed run.

    Attributes:
        code: Its exit code.
        first: The number of the first call of its last look around before it writes.
        calls: The calls from there on.
        initial: Everything below the folder at the beginning.
        final: Everything at the end.
        taken_s: The time from that call to the end, in seconds.
    """

    code: int
    first: int
    calls: tuple[Call, ...]
    initial: Snapshot
    final: Snapshot
    taken_s: float


class Stage:
    """A folder that a command of a scene works in, as often as wanted from the same beginning."""

    def __init__(self, scene: Scene, place: Path) -> None:
        self.scene = scene
        self.work = place / "work"
        self._template = place / "template"
        self._said = place / "said"
        shutil.rmtree(place, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.words = scene.prepare(self.work)
        shutil.copytree(self.work, self._template, symlinks=True)
        # Why here: what is loaded once need not be loaded in every trial.
        _code_of(self.words, self._said)
        self.rehearsal = self._rehearsed()

    def restore(self) -> None:
        """Put everything back to the beginning."""
        shutil.rmtree(self.work)
        shutil.copytree(self._template, self.work, symlinks=True)

    def said_elsewhere(self, path: Path) -> None:
        """Let the command's output go where there is room for it."""
        self._said = path

    def endings(self, trials: Sequence[Trial], full_next_starts: int = 1) -> Iterator[Ending]:
        """Run every trial, and after each the next start.

        Args:
            trials: What is to happen.
            full_next_starts: Every how many trials the next start is the whole command from its
                beginning; else it begins where it looks around before it writes.
        """
        report, told = os.pipe()
        server = os.fork()
        if server == 0:
            os.close(report)
            # Why no buffer: each copy of this process would hold what it held.
            self._serve(trials, full_next_starts, lambda line: os.write(told, line.encode()))
        os.close(told)
        with os.fdopen(report, encoding="utf-8") as lines:
            for line in lines:
                yield Ending(**json.loads(line))
        _, status = os.waitpid(server, 0)
        assert status == 0, "the runs could not be made"

    def once(self, meanwhile: AbstractContextManager[object]) -> Ending:
        """Run the whole command while something is the matter with the disk."""
        self.restore()
        with meanwhile:
            if (child := os.fork()) == 0:
                _leave(_code_of(self.words, self._said))
            code = _ended(child, None)
        return self._judged(Trial(Plan("fail")), code)

    def at_once(self, count: int, *, restore: bool = True) -> list[Ending]:
        """Let several processes run the whole command at one moment."""
        if restore:
            self.restore()
        gate, opening = os.pipe()
        children = []
        for number in range(count):
            if (child := os.fork()) == 0:
                os.read(gate, 1)
                _leave(_code_of(self.words, self._said.with_name(f"said-{number}")))
            children.append(child)
        os.write(opening, b"x" * count)
        codes = [_ended(child, None) for child in children]
        for each in (gate, opening):
            os.close(each)
        words = (self._said.with_name(f"said-{number}") for number in range(count))
        said = [path.read_text(errors="replace") for path in words]
        return [Ending({}, code, text) for code, text in zip(codes, said, strict=True)]

    def _rehearsed(self) -> Rehearsal:
        self.restore()
        initial = snapshot(self.work)
        disk = Disk(str(self.work))
        times: list[float] = []
        disk.before = lambda _: times.append(time.monotonic())
        report, told = os.pipe()
        child = os.fork()
        if child == 0:
            disk.stand_between()
            code = _code_of(self.words, self._said)
            times.append(time.monotonic())
            with os.fdopen(told, "w", encoding="utf-8") as line:
                json.dump([code, [asdict(each) for each in disk.calls], times], line)
            os._exit(0)
        os.close(told)
        with os.fdopen(report, encoding="utf-8") as line:
            code, calls, times = json.load(line)
        os.waitpid(child, 0)
        assert code in self.scene.codes, self._said.read_text()
        found = [Call(**each) for each in calls]
        writing = next(number for number, call in enumerate(found) if call.changes)
        first = writing
        while first > 0 and found[first - 1].name in {"listdir", "fstat"}:
            first -= 1
        if self.scene.heavy:
            # Why behind the longest pause: what takes long comes between two looks around.
            pauses = {each: times[each] - times[each - 1] for each in range(first + 1, writing)}
            first = max(pauses, key=pauses.__getitem__, default=first)
        final = snapshot(self.work)
        assert final != initial, f"{self.scene.name} wrote nothing"
        return Rehearsal(
            code, first + 1, tuple(found[first:]), initial, final, times[-1] - times[first]
        )

    def _serve(
        self, trials: Sequence[Trial], full_next_starts: int, tell: Callable[[str], object]
    ) -> NoReturn:
        self.restore()
        disk = Disk(str(self.work))
        server = os.getpid()

        def at_call(number: int) -> None:
            if number != self.rehearsal.first or os.getpid() != server:
                return
            disk.before = None
            for count, trial in enumerate(trials):
                self.restore()
                if (child := os.fork()) == 0:
                    os.truncate(self._said, 0)
                    disk.begin(trial.plan)
                    return
                ending = self._judged(trial, _ended(child, self._moment(trial)))
                if (child := os.fork()) == 0:
                    if count % full_next_starts == 0:
                        disk.begin(Plan())
                        _leave(_code_of(self.words, self._said))
                    os.truncate(self._said, 0)
                    disk.begin(Plan())
                    return
                self._judge_next_start(ending, _ended(child, None))
                tell(json.dumps(asdict(ending)) + "\n")
            os._exit(0)

        disk.before = at_call
        disk.stand_between()
        code = _code_of(self.words, self._said)
        _leave(code if os.getpid() != server else 99)

    def _moment(self, trial: Trial) -> float | None:
        return None if trial.share is None else trial.share * self.rehearsal.taken_s

    def _judged(self, trial: Trial, code: int) -> Ending:
        ending = Ending(asdict(trial), code, self._said.read_text(errors="replace"))
        there = snapshot(self.work)
        initial, final = self.rehearsal.initial, self.rehearsal.final
        ending.left = temporaries(there)
        ending.wrong += self.wrong_in(there)
        real = {name: each for name, each in there.items() if _TEMPORARY not in name}
        ending.changed = files_of(real) != files_of(initial)
        if code >= 0:
            ending.wrong += self._wrong_words(ending, code)
            same = {name: self._alike(name, each) for name, each in real.items()}
            if code in self.scene.codes and trial.plan.action == "fail":
                wanted = {name: self._alike(name, each) for name, each in final.items()}
                if files_of(same) != files_of(wanted):
                    ending.wrong.append("it ended well, and not everything stands")
        return ending

    def _judge_next_start(self, ending: Ending, code: int) -> None:
        there = snapshot(self.work)
        ending.left_later = temporaries(there)
        ending.wrong += [f"after the next start: {each}" for each in self.wrong_in(there)]
        if code not in {*self.scene.codes, *self.scene.codes_again}:
            said = self._said.read_text(errors="replace")
            ending.wrong.append(f"the next start ends with {code}: {said}")

    def wrong_in(self, there: Snapshot) -> Iterator[str]:
        """What is half, lost, or from nowhere."""
        initial, final = self.rehearsal.initial, self.rehearsal.final
        for name in initial.keys() & final.keys() - there.keys():
            if not self.scene.may_go(name):
                yield f"{name} is lost"
        for name, content in there.items():
            if _TEMPORARY in name or content is None:
                continue
            old_or_new = [each[name] for each in (initial, final) if name in each]
            if not old_or_new:
                yield f"{name} is from nowhere"
            elif content not in old_or_new and not self.scene.is_whole(name, content):
                yield f"{name} is half: {len(content)} bytes"
        for folder in self.scene.trees:
            files = {each for each, content in there.items() if content is not None}
            wanted = {name for name in files_of(final) if name.startswith(f"{folder}/")}
            if 0 < len(files & wanted) < len(wanted):
                yield f"{folder} has {len(files & wanted)} of its {len(wanted)} files"

    def _wrong_words(self, ending: Ending, code: int) -> Iterator[str]:
        """What a run must not say when it comes to its end."""
        refused = {3} if ending.trial["plan"]["action"] == "fail" else set()
        allowed = self.scene.codes | refused
        if code not in allowed:
            yield f"it ends with {code}: {ending.said}"
        if "Traceback" in ending.said or "a fault of casebook itself" in ending.said:
            yield f"it is no clear line: {ending.said}"
        if REPEAT in ending.said and ending.changed:
            yield f"it says that nothing was changed: {ending.said}"

    def _alike(self, name: str, content: bytes | None) -> bytes | None:
        """A content that differs from run to run stands for one that does not."""
        varies = content is not None and self.scene.is_whole(name, content)
        return b"whole" if varies else content


def snapshot(folder: Path) -> Snapshot:
    """Each file below a folder with its content, and each folder with none."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def files_of(there: Snapshot) -> Snapshot:
    """The files alone: an empty folder more is no harm."""
    return {name: content for name, content in there.items() if content is not None}


def temporaries(there: Snapshot) -> list[str]:
    """The temporary names that stand somewhere."""
    return [name for name in there if name.rpartition("/")[2].startswith(_TEMPORARY)]


def _code_of(words: Sequence[str], said: Path) -> int:
    """Run a command in this process with its output in a file; its exit code."""
    with said.open("a", encoding="utf-8") as stream:
        stream.truncate(0)
        with redirect_stdout(stream), redirect_stderr(stream):
            try:
                main.main(args=list(words), prog_name="casebook")
            except SystemExit as end:
                return end.code if isinstance(end.code, int) else 1
    return 0


def _leave(code: int) -> NoReturn:
    os._exit(code)


def _ended(child: int, kill_after_s: float | None) -> int:
    """Wait for a process, or kill it after a time; its exit code."""
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    until = time.monotonic() + _PATIENCE_S
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return 124
        time.sleep(0.0005)
