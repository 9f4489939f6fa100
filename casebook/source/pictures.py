"""Pictures from strangers, drawn anew in a process of their own before anybody looks at them.

What their files tell beside the picture is found by that process too.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import Worker, WorkStopped
from casebook.domain.handed_in import PICTURES
from casebook.errors import CasebookError, MachineError
from casebook.source.picture_notes import SIGNATURES, UNREAD, PictureNote, unpack_notes

NO_PICTURE: Final = "is neither a PNG nor a JPEG picture"
DAMAGED: Final = "is damaged or no picture at all"
TOO_LARGE: Final = f"is too large: it has more than {limits.PICTURE_PIXELS:,} pixels"
TOO_LONG: Final = (
    "cannot be decoded: together with the pictures before it, it takes far longer than files of "
    "their size should"
)

TOO_MANY: Final = (
    f"is one too many: with those before it, it has more than {limits.PICTURES_BYTES:,} bytes as "
    "it is drawn anew"
)

DRAW: Final = "draw"
TELL: Final = "tell"
"""What can be asked of a picture: itself anew, and what its file tells."""

_TASK: Final = "casebook.source.redrawing"
_KINDS: Final = (b"image/png", b"image/jpeg")


class PictureRefused(CasebookError):
    """It is no picture that pages can show; says why, to stand behind its name."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn anew.

    Attributes:
        kind: Its media type: "image/png" or "image/jpeg".
        content: Its file, with nothing in it but the picture.
    """

    kind: str
    content: bytes


@dataclass(slots=True)
class _Drawing:
    """One process that draws pictures, and what it has drawn and found: each picture once."""

    worker: Worker | None = None
    drawn: dict[bytes, Picture | PictureRefused] = field(default_factory=dict)
    told: dict[bytes, tuple[PictureNote, ...]] = field(default_factory=dict)
    left_s: float = limits.PICTURES_SECONDS
    left_bytes: int = limits.PICTURES_BYTES

    def picture(self, content: bytes) -> Picture:
        digest = hashlib.sha256(content).digest()
        if digest not in self.drawn:
            self.drawn[digest] = self._drawn(content)
        found = self.drawn[digest]
        if isinstance(found, PictureRefused):
            raise found
        return found

    def notes(self, content: bytes) -> tuple[PictureNote, ...]:
        digest = hashlib.sha256(content).digest()
        if digest not in self.told:
            try:
                self.told[digest] = unpack_notes(self._asked(TELL, content))
            except PictureRefused:
                self.told[digest] = (UNREAD,)
        return self.told[digest]

    def started(self) -> Worker:
        """The process; a new one where there is none, or where it answers nothing more."""
        if self.worker is None or self.worker.is_over:
            self.close()
            self.worker = Worker(_TASK, _BOUNDS, (PictureRefused,))
        return self.worker

    def close(self) -> None:
        if self.worker is not None:
            self.worker.close()

    def _drawn(self, content: bytes) -> Picture | PictureRefused:
        try:
            kind, _, drawn = self._asked(DRAW, content).partition(b"\n")
        except PictureRefused as error:
            return error
        if kind not in _KINDS:
            return PictureRefused(DAMAGED)
        self.left_bytes -= len(drawn)
        if self.left_bytes < 0:
            return PictureRefused(TOO_MANY)
        return Picture(kind.decode("ascii"), drawn)

    def _asked(self, what: str, content: bytes) -> bytes:
        """What the process answers.

        Raises:
            PictureRefused: It cannot, or takes too much.
        """
        worker = self.started()
        self.left_s += 1 / limits.PICTURES_A_SECOND
        self.left_s += len(content) * limits.PICTURES_SECONDS_A_MEGABYTE / 1_000_000
        if self.left_s <= 0:
            raise PictureRefused(TOO_LONG)
        begun = time.monotonic()
        try:
            return worker.ask((what, content), self.left_s)
        except WorkStopped as error:
            raise PictureRefused(f"cannot be decoded: {error}") from None
        finally:
            self.left_s -= time.monotonic() - begun


_BOUNDS: Final = Bounds(
    limits.PICTURE_MEMORY_BYTES, limits.PICTURE_SECONDS, limits.PICTURE_DRAWN_BYTES
)
_CURRENT: ContextVar[_Drawing | None] = ContextVar("drawing", default=None)


@contextmanager
def drawing_once() -> Iterator[None]:
    """Each picture is drawn once inside, all of them by one process.

    Why: to check a picture is to draw it, and the same one stands on several pages.
    """
    if _CURRENT.get() is not None:
        yield
        return
    drawing = _Drawing()
    token = _CURRENT.set(drawing)
    try:
        yield
    finally:
        _CURRENT.reset(token)
        drawing.close()


def expect_pictures(names: Iterable[str]) -> None:
    """Let the process that draws make ready beside what comes first, where there are pictures.

    Args:
        names: Of all files that may be asked for.
    """
    drawing = _CURRENT.get()
    if drawing is not None and any(each.lower().endswith(PICTURES) for each in names):
        # Why silent: whoever asks for a picture is told.
        with suppress(MachineError):
            drawing.started()


def picture_notes(content: bytes) -> tuple[PictureNote, ...]:
    """Everything that a PNG's or JPEG's file tells beside the picture, each thing once.

    Where finding it takes too much, one note says that more is told than can be looked through.

    Raises:
        MachineError: No process can be started for it.
    """
    if not content.startswith(SIGNATURES):
        return ()
    with drawing_once():
        return _current().notes(content)


def redrawn(content: bytes) -> Picture:
    """A PNG or JPEG, by its content and never by its name, drawn anew.

    Raises:
        PictureRefused: It is no picture, damaged, too large, or takes too much to decode.
        MachineError: No process can be started for it.
    """
    if not content.startswith(SIGNATURES):
        raise PictureRefused(NO_PICTURE)
    with drawing_once():
        return _current().picture(content)


def _current() -> _Drawing:
    drawing = _CURRENT.get()
    assert drawing is not None  # noqa: S101 - asked for within ``drawing_once``
    return drawing


def picture_fault(content: bytes) -> str | None:
    """Say why content is no printable picture."""
    try:
        redrawn(content)
    except PictureRefused as error:
        return str(error)
    return None


def picture_remedy(fault: str) -> str:
    """What helps against a fault of a picture."""
    way = "with fewer pixels" if fault in {TOO_LARGE, TOO_MANY} else "as PNG or JPEG"
    return f"save it again {way}"
