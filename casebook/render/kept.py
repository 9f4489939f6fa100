"""Finished pages kept in a folder, to be served again where nothing that they depend on changed.

The name of what is kept is the digest of all that its bytes depend on: the text and its pictures,
styles and typefaces, the code that sets pages, and the versions of every library it calls. Who
changes one of them finds nothing, and sets the pages anew.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from casebook import __version__
from casebook.errors import CasebookError, MachineError
from casebook.files import read_bytes, write_file
from casebook.limits import RENDER_PDF_BYTES
from casebook.machine import native_versions
from casebook.render.document import Document
from casebook.render.frame import Order
from casebook.render.page_pictures import Sheet
from casebook.resources import templates_dir

_LIBRARIES: Final = (
    "cssselect2", "fonttools", "jinja2", "pikepdf", "pillow", "pydyf", "pyphen", "tinycss2",
    "tinyhtml5", "weasyprint",
)  # fmt: skip
ROOM_BYTES: Final = 64_000_000
"""What may be kept of one portfolio; the pages of a sample take 0.8 million."""

_SEAL_BYTES: Final = hashlib.sha256().digest_size
_ENDING: Final = ".kept"


class KeptPages:
    """A folder of finished pages.

    Every file in it is named with this user's own secret and bears a seal made with it. A folder
    that came from somebody else therefore serves nothing, several users of one folder keep out of
    each other's way, and a file that was changed or cut short is removed.

    Whatever is the matter with the folder, pages are set as if there were none.

    Attributes:
        trouble: What kept pages from being kept, if anything did.
    """

    def __init__(self, folder: Path, secret: bytes, room_bytes: int = ROOM_BYTES) -> None:
        self.trouble: MachineError | None = None
        self._folder = folder
        self._secret = secret
        self._room_bytes = room_bytes

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where nothing is that can be relied on."""
        path = self._path(key)
        try:
            kept = read_bytes(path, RENDER_PDF_BYTES + _SEAL_BYTES)
        except CasebookError:
            return None
        seal, content = kept[:_SEAL_BYTES], kept[_SEAL_BYTES:]
        with suppress(OSError):
            if not hmac.compare_digest(seal, self._seal(key, content)):
                path.unlink()
                return None
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep what was made, as long as there is room for it."""
        if len(content) + _SEAL_BYTES > self._room_bytes:
            return
        try:
            write_file(
                self._path(key), self._seal(key, content) + content, force=True, private=True
            )
        except CasebookError as error:
            self.trouble = error if isinstance(error, MachineError) else MachineError(str(error))

    def make_room(self) -> None:
        """Remove what was not asked for the longest, until the rest may stay."""
        with suppress(OSError):
            kept = [(each, each.stat()) for each in self._folder.glob(f"*{_ENDING}")]
            left = self._room_bytes
            for path, status in sorted(kept, key=lambda each: -each[1].st_mtime_ns):
                left -= status.st_size
                if left < 0:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        name = hmac.digest(self._secret, key.encode(), "sha256").hex()
        return self._folder / f"{name}{_ENDING}"

    def _seal(self, key: str, content: bytes) -> bytes:
        return hmac.digest(self._secret, key.encode() + content, "sha256")


def key_of(request: Sheet | Order) -> str:
    """The digest of all that the pages of a request depend on."""
    digest = hashlib.sha256(_surroundings())
    if isinstance(request, Order):
        _add(digest, "order", *_bound_values(request))
    else:
        _add(digest, "sheet", *_set_values(request))
    return digest.hexdigest()


def _bound_values(order: Order) -> Iterable[str | bytes]:
    for each in (order.frame, *order.pieces):
        yield hashlib.sha256(each).digest()
    yield order.made_on.isoformat()
    for enclosed in order.enclosures:
        yield from (enclosed.name, enclosed.kind, enclosed.relationship, enclosed.description)
        yield hashlib.sha256(enclosed.content).digest()


def _set_values(sheet: Sheet) -> Iterable[str | bytes]:
    document = sheet.document
    yield from _words(document)
    # The address of a picture is the digest of its content.
    for address, (kind, _) in sorted(sheet.pictures.items()):
        yield from (address, kind)


def _words(document: Document) -> Iterable[str]:
    yield from (document.title, document.running, document.author, document.description)
    yield from ("", *document.keywords, "")
    yield from (document.made_on.isoformat(), document.language, document.within, document.body)
    yield document.look.model_dump_json()


def _add(digest: "hashlib._Hash", *values: str | bytes) -> None:
    for each in values:
        content = each.encode() if isinstance(each, str) else each
        digest.update(len(content).to_bytes(8) + content)


@cache
def _surroundings() -> bytes:
    """The digest of what all pages depend on: code, styles, typefaces, libraries."""
    digest = hashlib.sha256()
    _add(digest, __version__, *(f"{name} {version(name)}" for name in _LIBRARIES))
    _add(digest, *native_versions())
    # Why all code: what a page says in the end goes through charts, colours and repertoires too.
    code = Path(__file__).parents[1].rglob("*.py")
    looks = (each for each in templates_dir().rglob("*") if each.is_file())
    for path in sorted({*code, *looks}):
        _add(digest, path.name, path.read_bytes())
    return digest.digest()
