"""Documents as PDF, each in a confined process, two of them at a time.

Why confined: what a page holds was written by strangers, and a fault in the libraries that set
text must cost a page and nothing else. Why two: setting pages is all computation.

The pieces of a document are set like documents of their own, and bound once all are there. What
was kept from an earlier time is not set again.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Final, Self

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import Worker, WorkStopped
from casebook.render.document import Document, RenderFailed, RenderStopped
from casebook.render.frame import Order, piece_document
from casebook.render.kept import KeptPages, key_of
from casebook.render.page_pictures import Sheet, sheet_of

_TASK: Final = "casebook.render.press"
_AT_ONCE: Final = 2

Tell = Callable[[str], None]
Request = Sheet | Order


def documents_pdf(
    documents: Mapping[str, Document],
    progress: Tell = lambda _: None,
    presses: "Presses | None" = None,
) -> dict[str, bytes]:
    """Every document as PDF, under its own name and in the order given.

    Args:
        documents: The documents by their names.
        progress: Called with each name when its pages are begun.
        presses: What makes them; processes for this once when left out.

    Raises:
        RenderFailed: A document cannot be made as it should look.
        RenderStopped: It takes more than it may.
        MachineError: The libraries that draw pages are missing, or no process can be started.
    """
    if not documents:
        return {}
    made = made_confined(documents, progress, presses)
    return {name: made[name] for name in documents}


def made_confined(
    documents: Mapping[str, Document], progress: Tell, presses: "Presses | None"
) -> dict[str, bytes]:
    """The documents as PDF, in any order; the first fault ends the work on all of them."""
    if presses is not None:
        return presses.made(documents, progress)
    with Presses() as for_once:
        return for_once.made(documents, progress)


def bounds_of(request: Request) -> Bounds:
    """What making a document may take: more for many works, and for what it carries."""
    sheet = request.sheet if isinstance(request, Order) else request
    bytes_bound = sum(len(each) for _, each in request.pieces) if isinstance(request, Order) else 0
    more = max(0, sheet.document.works - limits.RENDER_WORKS)
    # Why in steps: documents with the same bounds share a process.
    step = limits.RENDER_CARRIED_BYTES
    carried = (sheet.carried_bytes + bytes_bound) // step * step
    return Bounds(
        memory_bytes=limits.RENDER_MEMORY_BYTES
        + more * limits.RENDER_MEMORY_BYTES_A_WORK
        + carried * limits.RENDER_MEMORY_BYTES_A_CARRIED_BYTE,
        seconds=limits.RENDER_SECONDS
        + more * limits.RENDER_SECONDS_A_WORK
        + carried // limits.RENDER_CARRIED_BYTES_A_SECOND,
        reply_bytes=limits.RENDER_PDF_BYTES,
    )


class Presses:
    """Processes that make PDFs, ready for more until they are closed.

    They are started when they are needed. One that was stopped, for it took too much, is replaced.

    Attributes:
        kept: What was made before, and where what is made now is kept; None for nowhere.
    """

    def __init__(self, kept: KeptPages | None = None, at_once: int = _AT_ONCE) -> None:
        """Start nothing yet.

        Args:
            kept: As the attribute.
            at_once: The most documents that are made at one time; never more than there are cores.
        """
        self.kept = kept
        self._presses = [_Press() for _ in range(min(at_once, os.cpu_count() or 1))]
        # Why for all time: a process ends with the thread that began it.
        self._threads = ThreadPoolExecutor(len(self._presses))

    def made(self, documents: Mapping[str, Document], progress: Tell) -> dict[str, bytes]:
        """The documents as PDF; the first fault ends the work on all of them."""
        told = _Told(progress)
        made = self._answered(dict(_set_apart(documents)), told)
        whole = {name: made[name, ""] for name, each in documents.items() if not each.pieces}
        orders = {
            (name, ""): Order(
                sheet_of(replace(each, pieces=())),
                tuple((piece.anchor, made[name, piece.anchor]) for piece in each.pieces),
            )
            for name, each in documents.items()
            if each.pieces
        }
        bound = {name: content for (name, _), content in self._answered(orders, told).items()}
        if self.kept is not None:
            self.kept.make_room()
        return whole | bound

    def close(self) -> None:
        """End the processes."""
        for press in self._presses:
            press.close()
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _answered(self, requests: "_Requests", told: "_Told") -> dict["_Name", bytes]:
        keys = {name: key_of(each) for name, each in requests.items()} if self.kept else {}
        found = {name: self.kept.get(key) for name, key in keys.items()} if self.kept else {}
        answers = {name: content for name, content in found.items() if content is not None}
        missing = {name: each for name, each in requests.items() if name not in answers}
        return answers | (self._pressed(missing, keys, told) if missing else {})

    def _pressed(
        self, requests: "_Requests", keys: Mapping["_Name", str], told: "_Told"
    ) -> dict["_Name", bytes]:
        def keep(name: _Name, content: bytes) -> None:
            if self.kept is not None:
                self.kept.put(keys[name], content)

        shared = _Shared(requests, told, keep)
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
            raise
        return shared.made


_Name = tuple[str, str]
"""A document's name, and the anchor of its piece; empty for the document."""

_Requests = Mapping[_Name, Request]


def _set_apart(documents: Mapping[str, Document]) -> "list[tuple[_Name, Request]]":
    """What can be set at once: whole documents, and the pieces of the others."""
    apart: list[tuple[_Name, Request]] = []
    for name, document in documents.items():
        if document.pieces:
            pieces = {each.anchor: piece_document(document, each) for each in document.pieces}
            apart += (((name, anchor), sheet_of(each)) for anchor, each in pieces.items())
        else:
            apart.append(((name, ""), sheet_of(document)))
    return apart


@dataclass(slots=True)
class _Told:
    """Tells each document's name once, whatever is made of it first."""

    progress: Tell
    names: set[str] = field(default_factory=set)

    def __call__(self, name: str) -> None:
        if name not in self.names:
            self.names.add(name)
            self.progress(name)


class _Shared:
    """What is still to be made, and what was."""

    def __init__(
        self, requests: _Requests, told: _Told, keep: Callable[[_Name, bytes], None]
    ) -> None:
        self.requests = requests
        self.keep = keep
        self.waiting = deque(_longest_first(requests))
        self.made: dict[_Name, bytes] = {}
        self.told = told
        self.lock = threading.Lock()


class _Press:
    """Makes PDFs one after the other, in a process that suits them."""

    def __init__(self) -> None:
        self._worker: Worker | None = None

    def run(self, shared: _Shared) -> None:
        """Make what waits until nothing does."""
        while True:
            with shared.lock:
                if not shared.waiting:
                    return
                name = shared.waiting.popleft()
                shared.told(name[0])
            shared.made[name] = content = self._pdf(name[0], shared.requests[name])
            # Why at once: should the next one fail, this one need not be made again.
            shared.keep(name, content)

    def stop(self) -> None:
        """End what is being made."""
        if self._worker is not None:
            self._worker.stop()

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

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
        if self._worker is not None and (self._worker.is_over or self._worker.bounds != bounds):
            self.close()
        if self._worker is None:
            self._worker = Worker(_TASK, bounds, (RenderFailed,))
        return self._worker


def _longest_first(requests: _Requests) -> list[_Name]:
    """The longest first, so that no process is left with it alone in the end."""
    return sorted(requests, key=lambda name: -_length(requests[name]))


def _length(request: Request) -> int:
    return len((request.sheet if isinstance(request, Order) else request).document.body)
