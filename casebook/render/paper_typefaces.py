"""The vendored typefaces as WeasyPrint takes them, and none of the machine's.

Why none of the machine's: with them, the same text gives other bytes on another machine, and a
typeface that nobody chose stands among ours.
"""

import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from casebook.render.fetchers import handing_out
from casebook.render.typefaces import TYPEFACES, Typeface, font_faces
from casebook.resources import templates_dir

_CONFIGURATION: Final = "FONTCONFIG_FILE"
_SCHEME: Final = "casebook-font:"


@contextmanager
def without_system_fonts() -> Iterator[None]:
    """Fontconfig reads our own empty configuration meanwhile, and WeasyPrint does not mind.

    For the import of WeasyPrint, which looks for fonts, and for making a font configuration. The
    environment is changed: hold a lock around it.
    """
    before = os.environ.get(_CONFIGURATION)
    os.environ[_CONFIGURATION] = str(templates_dir() / "fonts" / "fonts.conf")
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured in FontConfig", UserWarning)
            yield
    finally:
        if before is None:
            del os.environ[_CONFIGURATION]
        else:
            os.environ[_CONFIGURATION] = before


def add_faces(fonts: Any, faces: Iterable[Typeface] = TYPEFACES) -> None:  # noqa: ANN401 - WeasyPrint ships no types
    """Let a font configuration use typefaces from where they stand.

    WeasyPrint copies every typeface into a folder of its own first. A confined process cannot
    write one, and one that is ended would leave it behind.
    """
    from weasyprint import CSS

    for face in faces:
        fonts._folder = _InPlace(face.path("ttf"))  # noqa: SLF001 - there is no other way in
        try:
            # Why no data: address: parsing a megabyte of base64 as CSS costs 0.2 s a process.
            CSS(string=paper_faces(face), font_config=fonts, url_fetcher=handing_out(_file))
        finally:
            fonts._folder = None  # noqa: SLF001


def paper_faces(*faces: Typeface) -> str:
    """The ``@font-face`` rules for some typefaces."""
    return font_faces(lambda face: f"{_SCHEME}{face.file}", faces)


class _InPlace:
    """Stands for WeasyPrint's folder of copies: whatever is put there is there already."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __truediv__(self, _name: str) -> "_InPlace":
        return self

    def exists(self) -> bool:
        return False

    def write_bytes(self, _content: bytes) -> None:
        return

    def as_posix(self) -> str:
        return self._path.as_posix()


def _file(address: str) -> tuple[bytes, str]:
    path = templates_dir() / "fonts" / f"{address.removeprefix(_SCHEME)}.ttf"
    return path.read_bytes(), "font/ttf"
