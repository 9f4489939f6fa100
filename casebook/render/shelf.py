"""The vendored typefaces as WeasyPrint takes them, and none of the machine's.

Why none of the machine's: with them, the same text gives other bytes on another machine, and a
typeface that nobody chose stands among ours.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

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


def shelf_faces(*faces: Typeface) -> str:
    """The ``@font-face`` rules for files on the shelf: the main families when none is named."""
    return font_faces(lambda face: f"{_SCHEME}{face.file}", faces or TYPEFACES)


def font_shelf() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """A fetcher that hands out the vendored typefaces and nothing else.

    Why not data: addresses: parsing a megabyte of base64 as CSS costs 0.2 s a process.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FontShelf(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, _headers: object = None) -> object:
            path = templates_dir() / "fonts" / f"{url.removeprefix(_SCHEME)}.ttf"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return FontShelf(fail_on_errors=True)
