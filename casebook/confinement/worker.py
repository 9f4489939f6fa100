"""The parent's side: starts a child, asks it, and ends it when it takes too much."""

import json
import math
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final, Self

from casebook.confinement.bounds import Bounds
from casebook.confinement.frames import BrokenFrame, Head, read_frame, write_frame
from casebook.confinement.watch import Watch
from casebook.errors import CasebookError, MachineError

# Why the path by argument: a child that takes no environment looks for modules elsewhere.
_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "from casebook.confinement.child import main; main(sys.argv[1:])"
)

_ENVIRONMENT: Final = (
    "SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
    "WEASYPRINT_DLL_DIRECTORIES",
)  # fmt: skip
"""What a child learns of its surroundings: where native libraries are, and no more."""

_COMPUTED_TOO_LONG: Final = getattr(signal, "SIGXCPU", 0)
_GOING_S: Final = 1
_STARTING_S: Final = 60
"""What a slow machine may take to load the libraries."""


class WorkStopped(CasebookError):
    """Confined work took more than it may, or its process did not answer as it should."""


class ConfinedFault(Exception):
    """A fault of casebook itself, found by a child."""


class Worker:
    """A confined child process that answers one request after the other.

    It starts at once and makes ready beside its parent. A child that was stopped answers nothing
    more: make another.
    """

    def __init__(
        self, task: str, bounds: Bounds, errors: Iterable[type[CasebookError]] = ()
    ) -> None:
        """Start a child.

        Args:
            task: The name of a module, as ``child`` describes it.
            bounds: What it may take.
            errors: What it may raise here, beside MachineError.

        Raises:
            MachineError: The system allows no second process.
        """
        self.bounds = bounds
        self.walls: dict[str, Any] = {}
        kinds: tuple[type[CasebookError], ...] = (MachineError, *errors)
        self._errors = {each.__name__: each for each in kinds}
        self._ready = False
        path = [os.path.abspath(each) for each in sys.path if each]  # noqa: PTH100 - as it is
        command = [
            *(sys.executable, "-I", "-X", "utf8", "-c", _START, json.dumps(path), task),
            *map(str, (os.getpid(), bounds.memory_bytes, bounds.seconds, bounds.reply_bytes)),
        ]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this Python, with arguments of ours
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("CASEBOOK_TRACEBACK") else subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            )
        except OSError as error:
            raise MachineError(
                f"no second process can be started: {error.strerror or error}",
                hint="close other programs",
            ) from None

    @property
    def is_over(self) -> bool:
        """Whether it answers nothing more."""
        return self._process.poll() is not None

    def ask(self, request: object, clock_s: float | None = None) -> bytes:
        """Let the child do one piece of work.

        Args:
            request: What the task takes.
            clock_s: Seconds for this request, where they are fewer than its bounds give.

        Raises:
            WorkStopped: It took too much, or ended without an answer. The child is ended.
            CasebookError: What the work itself came to, of the kinds allowed.
            ConfinedFault: A fault of casebook itself.
        """
        self._make_ready()
        content = pickle.dumps(request, protocol=pickle.HIGHEST_PROTOCOL)
        allowed_s = math.inf if clock_s is None else clock_s
        head, body = self._exchange(content, min(allowed_s, self.bounds.clock_s))
        return self._judged(head, body)

    def stop(self) -> None:
        """End the child, whoever is asking it just now; to be closed all the same."""
        self._process.kill()

    def close(self) -> None:
        """End the child, and be done with it."""
        self.stop()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # What was not read any more.
                    pipe.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make_ready(self) -> None:
        if self._ready:
            return
        head, _ = self._exchange(None, _STARTING_S)
        self._judged(head, b"")
        self._ready = True
        with suppress(ValueError):
            self.walls = json.loads(head.get("ready") or "")

    def _exchange(self, content: bytes | None, clock_s: float) -> tuple[Head, bytes]:
        """Send a request, if there is one, and wait for a reply."""
        assert self._process.stdin is not None  # noqa: S101 - both were asked for
        assert self._process.stdout is not None  # noqa: S101
        # Why not while it makes ready: nothing of a stranger's is there yet.
        watch = Watch(self._process, clock_s, self.bounds.seconds if content is not None else None)
        watch.start()
        try:
            if content is not None:
                write_frame(self._process.stdin, {}, content)
            return read_frame(self._process.stdout, self.bounds.reply_bytes)
        except BrokenFrame as error:
            self.close()
            raise WorkStopped(f"it gave no proper answer: {error}") from None
        except (EOFError, OSError, ValueError):
            with suppress(subprocess.TimeoutExpired):  # Its pipes close before it is gone.
                self._process.wait(_GOING_S)
            self.close()
            if watch.killed_for == "clock":
                raise WorkStopped(f"it took more than {clock_s:.0f} seconds") from None
            if watch.killed_for == "computing":
                raise WorkStopped(self._computed_too_long) from None
            raise WorkStopped(self._how_it_ended()) from None
        finally:
            watch.call_off()

    def _how_it_ended(self) -> str:
        """Why a child that was not stopped here is gone.

        Why of memory: native libraries end the process when they get none.
        """
        code = self._process.returncode
        if code == 0:
            return "it ended without an answer"
        if code and code == -_COMPUTED_TOO_LONG:
            return self._computed_too_long
        if code < 0:
            return f"it was ended by the system (signal {-code}), most likely for {self._memory}"
        return f"it ended without an answer (exit code {code})"

    @property
    def _computed_too_long(self) -> str:
        return f"it took more than {self.bounds.seconds} seconds of computing"

    @property
    def _memory(self) -> str:
        return f"taking more than {self.bounds.memory_bytes // 1_000_000} MB of memory"

    def _judged(self, head: Head, body: bytes) -> bytes:
        if "error" in head:
            kind = self._errors.get(head["error"] or "", WorkStopped)
            raise kind(head.get("message") or "it failed without a word", hint=head.get("hint"))
        match head.get("stopped"):
            case None:
                pass
            case "memory":
                self.close()
                raise WorkStopped(f"it was stopped for {self._memory}")
            case _:
                self.close()
                raise WorkStopped("it is nested more deeply than can be followed")
        if "fault" in head:
            raise ConfinedFault(head["fault"])
        return body
