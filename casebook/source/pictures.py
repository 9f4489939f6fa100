"""Pictures from strangers, drawn anew in a process of their own before anybody looks at them."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import Worker, WorkStopped
from casebook.errors import CasebookError

SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG begin."""

NO_PICTURE: Final = "is neither a PNG nor a JPEG picture"
DAMAGED: Final = "is damaged or no picture at all"
TOO_LARGE: Final = f"is too large: it has more than {limits.PICTURE_PIXELS:,} pixels"
TOO_LONG: Final = (
    "cannot be decoded: together with the pictures before it, it takes far longer than files of "
    "their size should"
)

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
    """One process that draws pictures, and what it has drawn: each picture once."""

    worker: Worker | None = None
    drawn: dict[bytes, Picture | PictureRefused] = field(default_factory=dict)
    left_s: float = limits.PICTURES_SECONDS

    def picture(self, content: bytes) -> Picture:
        digest = hashlib.sha256(content).digest()
        if digest not in self.drawn:
            self.drawn[digest] = self._drawn(content)
        found = self.drawn[digest]
        if isinstance(found, PictureRefused):
            raise found
        return found

    def close(self) -> None:
        if self.worker is not None:
            self.worker.close()

    def _drawn(self, content: bytes) -> Picture | PictureRefused:
        if self.worker is None or self.worker.is_over:
            self.close()
            self.worker = Worker(_TASK, _BOUNDS, (PictureRefused,))
        self.left_s += len(content) * limits.PICTURES_SECONDS_A_MEGABYTE / 1_000_000
        if self.left_s <= 0:
            return PictureRefused(TOO_LONG)
        begun = time.monotonic()
        try:
            kind, _, drawn = self.worker.ask(content, self.left_s).partition(b"\n")
        except PictureRefused as error:
            return error
        except WorkStopped as error:
            return PictureRefused(f"cannot be decoded: {error}")
        finally:
            self.left_s -= time.monotonic() - begun
        if kind not in _KINDS:
            return PictureRefused(DAMAGED)
        return Picture(kind.decode("ascii"), drawn)


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


def redrawn(content: bytes) -> Picture:
    """A PNG or JPEG, by its content and never by its name, drawn anew.

    Raises:
        PictureRefused: It is no picture, damaged, too large, or takes too much to decode.
        MachineError: No process can be started for it.
    """
    if not content.startswith(SIGNATURES):
        raise PictureRefused(NO_PICTURE)
    with drawing_once():
        drawing = _CURRENT.get()
        assert drawing is not None  # noqa: S101 - set by the line above
        return drawing.picture(content)


def picture_fault(content: bytes) -> str | None:
    """Say why content is no printable picture."""
    try:
        redrawn(content)
    except PictureRefused as error:
        return str(error)
    return None


def picture_remedy(fault: str) -> str:
    """What helps against a fault of a picture."""
    way = "with fewer pixels" if fault == TOO_LARGE else "as PNG or JPEG"
    return f"save it again {way}"
