"""Enclosed files as WeasyPrint takes them: each with its type and date, from memory alone."""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from casebook.render.document import Document, Enclosure

_SCHEME: Final = "casebook-enclosure:"


def attachments(document: Document) -> list[Any]:
    """The enclosures of a document, in the order that a PDF's tree of names must have."""
    if not document.enclosures:
        return []
    from weasyprint import Attachment
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    enclosed = {f"{_SCHEME}{index}": each for index, each in enumerate(_in_order(document))}

    class Shelf(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Hands out the enclosures and nothing else.

        Why an address for each: a type that is not given is guessed from the machine's own list.
        """

        def fetch(self, url: str, _headers: object = None) -> object:
            each = enclosed[url]
            return URLFetcherResponse(url, each.content, {"Content-Type": each.kind})

    shelf = Shelf(fail_on_errors=True)
    made_on = _midnight(document.made_on)
    return [
        Attachment(
            url=url,
            url_fetcher=shelf,
            name=each.name,
            description=each.description,
            relationship=each.relationship,
            created=made_on,
            modified=made_on,
        )
        for url, each in enclosed.items()
    ]


def _in_order(document: Document) -> list[Enclosure]:
    return sorted(document.enclosures, key=lambda each: each.name.encode("utf-16-be"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
