"""Requests answered by confined processes, several at a time.

A process that was stopped, for it took too much, is replaced when the next one is needed.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import Final

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import Worker, WorkStopped
from casebook.render.document import RenderFailed, RenderStopped
from casebook.render.frame import Order
from casebook.render.page_pictures import Sheet

_TASK: Final = "casebook.render.press"
_HELD: Final = 2
"""Processes with bounds of their own that a press holds: one for pieces, one for what they make."""

Request = Sheet | Order

Name = tuple[str, str]
"""A document's name, and the anchor of its piece; empty for the document."""

Requests = Mapping[Name, Request]


def bounds_of(request: Request) -> Bounds:
    """What making a document may take: more for many works, and for what it carries."""
    works = request.works if isinstance(request, Order) else request.document.works
    more = max(0, works - limits.RENDER_WORKS)
    # Why in steps: documents with the same bounds share a process.
    step = limits.RENDER_CARRIED_BYTES
    carried = request.carried_bytes // step * step
    return Bounds(
        memory_bytes=limits.RENDER_MEMORY_BYTES
        + more * limits.RENDER_MEMORY_BYTES_A_WORK
        + carried * limits.RENDER_MEMORY_BYTES_A_CARRIED_BYTE,
        seconds=limits.RENDER_SECONDS
        + more * limits.RENDER_SECONDS_A_WORK
        + carried // limits.RENDER_CARRIED_BYTES_A_SECOND,
        reply_bytes=limits.RENDER_PDF_BYTES,
    )


_USUAL: Final = Bounds(limits.RENDER_MEMORY_BYTES, limits.RENDER_SECONDS, limits.RENDER_PDF_BYTES)
"""What a document of few works may take."""


class PressRoom:
    """Processes that make PDFs, started when they are needed and ready for more until it closes."""

    def __init__(self, at_once: int) -> None:
        """Start nothing yet.

        Args:
            at_once: The most that is made at one time; never more than there are cores.
        """
        self._presses = [_Press() for _ in range(min(at_once, os.cpu_count() or 1))]
        # Why for all time: a process ends with the thread that began it.
        self._threads = ThreadPoolExecutor(len(self._presses))

    def start(self) -> None:
        """Start the processes now, so that the next requests need not wait for them."""
        wait([self._threads.submit(press.start) for press in self._presses])

    def answers(
        self,
        requests: Requests,
        begun: Callable[[Name], None],
        finished: Callable[[Name, bytes], None],
    ) -> dict[Name, bytes]:
        """What comes of each request; the first fault ends the work on all of them.

        Args:
            requests: What is to be made; the longest is begun first.
            begun: Called with a name when it is begun.
            finished: Called with what came of it, before the next is begun.

        Raises:
            RenderFailed: One cannot be made as it should look.
            RenderStopped: It takes more than it may.
            MachineError: The libraries that draw pages are missing, or no process can be started.
        """
        shared = _Shared(requests, begun, finished)
        presses = self._presses[: len(requests)]
        running = [self._threads.submit(press.run, shared) for press in presses]
        try:
            done, _ = wait(running, return_when=FIRST_EXCEPTION)
            for each in done:
                each.result()
        except BaseException:
            shared.waiting.clear()
            for press in presses:
                press.stop()
            wait(running)
            # Why: one that was just stopped may not have ended yet, and is to get no more work.
            for press in presses:
                press.close()
            raise
        return shared.made

    def close(self) -> None:
        """End the processes."""
        for press in self._presses:
            press.close()
        self._threads.shutdown()


class _Shared:
    """What is still to be made, and what was."""

    def __init__(
        self,
        requests: Requests,
        begun: Callable[[Name], None],
        finished: Callable[[Name, bytes], None],
    ) -> None:
        self.requests = requests
        self.begun = begun
        self.finished = finished
        self.waiting = deque(_longest_first(requests))
        self.made: dict[Name, bytes] = {}
        self.lock = threading.Lock()


class _Press:
    """Makes PDFs one after the other, in processes that suit them."""

    def __init__(self) -> None:
        self._workers: dict[Bounds, Worker] = {}

    def run(self, shared: _Shared) -> None:
        """Make what waits until nothing does."""
        while True:
            with shared.lock:
                if not shared.waiting:
                    return
                name = shared.waiting.popleft()
                shared.begun(name)
            shared.made[name] = content = self._pdf(name[0], shared.requests[name])
            shared.finished(name, content)

    def start(self) -> None:
        """Start a process for what is usual, unless there is one."""
        self._worker_for(_USUAL)

    def stop(self) -> None:
        """End what is being made."""
        for worker in tuple(self._workers.values()):
            worker.stop()

    def close(self) -> None:
        """End the processes."""
        for bounds in tuple(self._workers):
            self._workers.pop(bounds).close()

    def _pdf(self, name: str, request: Request) -> bytes:
        try:
            return self._worker_for(bounds_of(request)).ask(request)
        except WorkStopped as error:
            raise RenderStopped(
                f"the pages of {name} cannot be made: {error}",
                hint="shorten what is unusually long in it, or nested, or repeated",
            ) from None

    def _worker_for(self, bounds: Bounds) -> Worker:
        """A process with these bounds: what one document may take, no other may."""
        worker = self._workers.pop(bounds, None)
        if worker is not None and worker.is_over:
            worker.close()
            worker = None
        while worker is None and len(self._workers) >= _HELD:
            # The one that was not asked for the longest.
            self._workers.pop(next(iter(self._workers))).close()
        # Why put back: whoever is asked stands last.
        self._workers[bounds] = worker = worker or Worker(_TASK, bounds, (RenderFailed,))
        return worker


def _longest_first(requests: Requests) -> list[Name]:
    """The longest first, so that no process is left with it alone in the end."""
    return sorted(requests, key=lambda name: -_length(requests[name]))


def _length(request: Request) -> int:
    return request.carried_bytes if isinstance(request, Order) else len(request.document.body)
