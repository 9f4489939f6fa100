"""A document's pictures apart from its markup, for paper.

Why apart: as ``data:`` addresses they are most of a page's markup, which is read, changed and held
as text several times over. Ten photographs took more than half a gigabyte so.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from casebook.render.document import Document
from casebook.render.fetchers import handing_out

_SCHEME: Final = "casebook-picture:"
_ADDRESS: Final = re.compile(r'(?<= src=")data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=]*)(?=")')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document whose markup names its pictures, and those pictures.

    Attributes:
        pictures: By address: the media type and the content.
    """

    document: Document
    pictures: Mapping[str, tuple[str, bytes]]

    @property
    def carried_bytes(self) -> int:
        """What it holds beside its markup."""
        return sum(len(content) for _, content in self.pictures.values())


def sheet_of(document: Document) -> Sheet:
    """The document with its pictures apart; one that stands there twice is there once."""
    pictures: dict[str, tuple[str, bytes]] = {}

    def take(found: re.Match[str]) -> str:
        content = base64.b64decode(found[2])
        address = f"{_SCHEME}{hashlib.sha256(content).hexdigest()}"
        pictures[address] = (found[1], content)
        return address

    body = _ADDRESS.sub(take, document.body)
    return Sheet(replace(document, body=body), pictures)


def picture_fetcher(pictures: Mapping[str, tuple[str, bytes]]) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """A fetcher of pictures, and of what else is written into their page.

    Args:
        pictures: As a sheet's.
    """
    from weasyprint.urls import URLFetcher

    class Fetching(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: object = None) -> object:
            if url in pictures:
                return held.fetch(url)
            return super().fetch(url, headers)

    def picture(url: str) -> tuple[bytes, str]:
        kind, content = pictures[url]
        return content, kind

    held = handing_out(picture)
    return Fetching(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
