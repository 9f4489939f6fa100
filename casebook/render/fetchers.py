"""What WeasyPrint may fetch: what a page holds itself, or contents that are handed out.

No file, no network, no redirect: whatever else is asked for ends the rendering.
"""

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def data_alone() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """A fetcher of what is written into the page itself, as ``data:``."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)


def handing_out(contents: Callable[[str], tuple[bytes, str]]) -> Any:  # noqa: ANN401 - as above
    """A fetcher of contents from memory or from files of ours.

    Args:
        contents: Gives what stands at an address with its media type, and raises for all other
            addresses. Why the type: one that is not given is guessed from the machine's own list.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class HandingOut(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, _headers: object = None) -> object:
            content, kind = contents(url)
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return HandingOut(fail_on_errors=True)
