"""Documents as PDF, each in a confined process, two of them at a time.

Why confined: what a page holds was written by strangers, and a fault in the libraries that set
text must cost a page and nothing else. Why two: setting pages is all computation.

The pieces of a document are set like documents of their own, and bound once all are there. What
was kept from an earlier time is not set again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from casebook.render.document import Document
from casebook.render.frame import frame_document, order_of, piece_document
from casebook.render.kept import KeptPages, key_of
from casebook.render.page_pictures import Sheet, sheet_of
from casebook.render.pressing import Name, PressRoom, Requests
from casebook.render.set_pages import SetPages

_AT_ONCE: Final = 2

Tell = Callable[[str], None]
Answers = dict[Name, bytes]


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


class Presses:
    """Processes that make PDFs, ready for more until they are closed.

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
        self._room = PressRoom(at_once)

    def start(self) -> None:
        """Start the processes now, so that the next documents need not wait for them."""
        self._room.start()

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
        self._room.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _set(self, sheets: Mapping[Name, Sheet], told: "_Told") -> dict[Name, SetPages]:
        answered = self._answered(sheets, told)
        return {name: SetPages.unpacked(packed) for name, packed in answered.items()}

    def _answered(self, requests: Requests, told: "_Told") -> Answers:
        """What comes of each request; of those that are alike, one is made for all."""
        keys = {name: key_of(each) for name, each in requests.items()}
        answers = self._kept_under(keys.values())
        # Why turned round: the first name of those with the same key stands for them.
        first = {key: name for name, key in reversed(keys.items())}
        missing = {name: requests[name] for key, name in first.items() if key not in answers}
        if missing:
            made = self._made(missing, keys, told)
            answers |= {keys[name]: content for name, content in made.items()}
        return {name: answers[key] for name, key in keys.items()}

    def _kept_under(self, keys: Iterable[str]) -> dict[str, bytes]:
        if self.kept is None:
            return {}
        found = ((key, self.kept.get(key)) for key in dict.fromkeys(keys))
        return {key: content for key, content in found if content is not None}

    def _made(self, requests: Requests, keys: Mapping[Name, str], told: "_Told") -> Answers:
        def keep(name: Name, content: bytes) -> None:
            # Why at once: should the next one fail, this one need not be made again.
            if self.kept is not None:
                self.kept.put(keys[name], content)

        return self._room.answers(requests, told, keep)


def _piece_sheets(documents: Mapping[str, Document]) -> dict[Name, Sheet]:
    return {
        (name, piece.anchor): sheet_of(piece_document(document, piece))
        for name, document in documents.items()
        for piece in document.pieces
    }


def _frame_sheets(
    documents: Mapping[str, Document], pieces: Mapping[str, Mapping[str, SetPages]]
) -> dict[Name, Sheet]:
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

    def __call__(self, name: Name) -> None:
        document, _ = name
        if document not in self.names:
            self.names.add(document)
            self.progress(document)
