"""Documents as PDF, each in a confined process, two of them at a time.

Why confined: what a page holds was written by strangers, and a fault in the libraries that set
text must cost a page and nothing else. Why two: setting pages is all computation.

The pieces of a document are set like documents of their own, and bound once all are there. What
was kept from an earlier time is not set again.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import Worker, WorkStopped
from casebook.render.document import Document, RenderFailed, RenderStopped
from casebook.render.frame import Order, frame_document, order_of, piece_document
from casebook.render.kept import KeptPages, key_of
from casebook.render.page_pictures import Sheet, sheet_of
from casebook.render.set_pages import SetPages

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

    def start(self) -> None:
        """Start the processes now, so that the next documents need not wait for them."""
        wait([self._threads.submit(press.start) for press in self._presses])

    def made(self, documents: Mapping[str, Document], progress: Tell) -> dict[str, bytes]:
        """The documents as PDF; the first fault ends the work on all of them."""
        told = _Told(progress)
        pieces = self._set(_piece_sheets(documents), told)
        of_each = {
            name: {piece.anchor: pieces[name, piece.anchor] for piece in document.pieces}
            for name, document in documents.items()
        }
        frames = self._set(_frame_sheets(documents, of_each), told)
        orders = {
            (name, ""): order_of(document, frames[name, ""], of_each[name].values())
            for name, document in documents.items()
        }
        bound = self._answered(orders, told)
        if self.kept is not None:
            self.kept.make_room()
        return {name: content for (name, _), content in bound.items()}

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

    def _set(self, sheets: "_Sheets", told: "_Told") -> dict["_Name", SetPages]:
        answered = self._answered(sheets, told)
        return {name: SetPages.unpacked(packed) for name, packed in answered.items()}

    def _answered(self, requests: "_Requests", told: "_Told") -> dict["_Name", bytes]:
        """What comes of each request; of those that are alike, one is made for all."""
        keys = {name: key_of(each) for name, each in requests.items()}
        answers = self._kept_under(keys.values())
        # Why turned round: the first name of those with the same key stands for them.
        first = {key: name for name, key in reversed(keys.items())}
        missing = {name: requests[name] for key, name in first.items() if key not in answers}
        if missing:
            made = self._pressed(missing, keys, told)
            answers |= {keys[name]: content for name, content in made.items()}
        return {name: answers[key] for name, key in keys.items()}

    def _kept_under(self, keys: Iterable[str]) -> dict[str, bytes]:
        if self.kept is None:
            return {}
        found = ((key, self.kept.get(key)) for key in dict.fromkeys(keys))
        return {key: content for key, content in found if content is not None}

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
            # Why: one that was just stopped may not have ended yet, and is to get no more work.
            for press in presses:
                press.close()
            raise
        return shared.made


_Name = tuple[str, str]
"""A document's name, and the anchor of its piece; empty for the document."""

_Requests = Mapping[_Name, Request]
_Sheets = Mapping[_Name, Sheet]


def _piece_sheets(documents: Mapping[str, Document]) -> dict[_Name, Sheet]:
    return {
        (name, piece.anchor): sheet_of(piece_document(document, piece))
        for name, document in documents.items()
        for piece in document.pieces
    }


def _frame_sheets(
    documents: Mapping[str, Document], pieces: Mapping[str, Mapping[str, SetPages]]
) -> dict[_Name, Sheet]:
    frames = {}
    for name, document in documents.items():
        pages = [(anchor, each.count) for anchor, each in pieces[name].items()]
        frames[name, ""] = sheet_of(frame_document(document, pages))
    return frames


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

    def start(self) -> None:
        """Start a process, unless there is one."""
        if self._worker is None:
            self._worker_for(_USUAL)

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
    return request.carried_bytes if isinstance(request, Order) else len(request.document.body)
