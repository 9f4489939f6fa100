"""The vendored typefaces as WeasyPrint takes them, and none of the machine's.

Why none of the machine's: with them, the same text gives other bytes on another machine, and a
typeface that nobody chose stands among ours.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
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


def paper_faces(*faces: Typeface) -> str:
    """The ``@font-face`` rules for some typefaces: the main families when none is named."""
    return font_faces(lambda face: f"{_SCHEME}{face.file}", faces or TYPEFACES)


def face_fetcher() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """A fetcher of the files that ``paper_faces`` names.

    Why not data: addresses: parsing a megabyte of base64 as CSS costs 0.2 s a process.
    """
    return handing_out(_file)


def _file(address: str) -> tuple[bytes, str]:
    path = templates_dir() / "fonts" / f"{address.removeprefix(_SCHEME)}.ttf"
    return path.read_bytes(), "font/ttf"
