"""Documents as PDF, each in a confined process, two of them at a time.

Why confined: what a page holds was written by strangers, and a fault in the libraries that set
text must cost a page and nothing else. Why two: setting pages is all computation, and a packet
holds as many pages as its parts together.
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
from casebook.render.document import Document, RenderFailed, RenderStopped
from casebook.render.page_pictures import Sheet, sheet_of

_TASK: Final = "casebook.render.press"
_AT_ONCE: Final = 2

Tell = Callable[[str], None]


def documents_pdf(
    documents: Mapping[str, Document], progress: Tell = lambda _: None
) -> dict[str, bytes]:
    """Every document as PDF, under its own name and in the order given.

    Args:
        documents: The documents by their names.
        progress: Called with each name when its pages are begun.

    Raises:
        RenderFailed: A document cannot be made as it should look.
        RenderStopped: It takes more than it may.
        MachineError: The libraries that draw pages are missing, or no process can be started.
    """
    if not documents:
        return {}
    made = made_confined(documents, progress)
    return {name: made[name] for name in documents}


def made_confined(documents: Mapping[str, Document], progress: Tell) -> dict[str, bytes]:
    """The documents as PDF, in any order; the first fault ends the work on all of them."""
    presses = [
        _Press(documents, progress)
        for _ in range(min(_AT_ONCE, os.cpu_count() or 1, len(documents)))
    ]
    shared = _Shared(_longest_first(documents))
    with ThreadPoolExecutor(len(presses)) as executor:
        running = [executor.submit(press.run, shared) for press in presses]
        try:
            done, _ = wait(running, return_when=FIRST_EXCEPTION)
            for each in done:
                each.result()
        finally:
            shared.waiting.clear()
            for press in presses:
                press.stop()
    return shared.made


def bounds_of(sheet: Sheet) -> Bounds:
    """What making a document may take: more for many works, and for what it carries."""
    more = max(0, sheet.document.works - limits.RENDER_WORKS)
    # Why in steps: documents with the same bounds share a process.
    carried = sheet.carried_bytes // limits.RENDER_CARRIED_BYTES * limits.RENDER_CARRIED_BYTES
    return Bounds(
        memory_bytes=limits.RENDER_MEMORY_BYTES
        + more * limits.RENDER_MEMORY_BYTES_A_WORK
        + carried * limits.RENDER_MEMORY_BYTES_A_CARRIED_BYTE,
        seconds=limits.RENDER_SECONDS
        + more * limits.RENDER_SECONDS_A_WORK
        + carried // limits.RENDER_CARRIED_BYTES_A_SECOND,
        reply_bytes=limits.RENDER_PDF_BYTES,
    )


class _Shared:
    """What is still to be made, and what was."""

    def __init__(self, names: list[str]) -> None:
        self.waiting = deque(names)
        self.made: dict[str, bytes] = {}
        self.lock = threading.Lock()


class _Press:
    """Makes documents one after the other, in a process that suits them."""

    def __init__(self, documents: Mapping[str, Document], progress: Tell) -> None:
        self._documents = documents
        self._progress = progress
        self._worker: Worker | None = None
        self._stopped = False

    def run(self, shared: _Shared) -> None:
        """Make what waits until nothing does."""
        try:
            while not self._stopped:
                with shared.lock:
                    if not shared.waiting:
                        return
                    name = shared.waiting.popleft()
                    self._progress(name)
                shared.made[name] = self._pdf(name)
        finally:
            if self._worker is not None:
                self._worker.close()

    def stop(self) -> None:
        """End what is being made."""
        self._stopped = True
        if self._worker is not None:
            self._worker.stop()

    def _pdf(self, name: str) -> bytes:
        sheet = sheet_of(self._documents[name])
        try:
            return self._worker_for(bounds_of(sheet)).ask(sheet)
        except WorkStopped as error:
            raise RenderStopped(
                f"the pages of {name} cannot be made: {error}",
                hint="shorten what is unusually long in it, or nested, or repeated",
            ) from None

    def _worker_for(self, bounds: Bounds) -> Worker:
        """A process with these bounds: what one document may take, no other may."""
        if self._worker is not None and self._worker.bounds != bounds:
            self._worker.close()
            self._worker = None
        if self._worker is None:
            self._worker = Worker(_TASK, bounds, (RenderFailed,))
        return self._worker


def _longest_first(documents: Mapping[str, Document]) -> list[str]:
    """The longest document, then the others as they come.

    Why: it takes about as long as all others together.
    """
    longest = max(documents, key=lambda name: len(documents[name].body))
    return [longest, *(name for name in documents if name != longest)]
