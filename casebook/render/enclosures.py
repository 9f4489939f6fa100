"""Enclosed files as WeasyPrint takes them: each with its type and date, from memory alone."""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from casebook.render.document import Document, Enclosure
from casebook.render.fetchers import handing_out

_SCHEME: Final = "casebook-enclosure:"


def attachments(document: Document) -> list[Any]:
    """The enclosures of a document, in the order that a PDF's tree of names must have."""
    if not document.enclosures:
        return []
    from weasyprint import Attachment

    enclosed = {f"{_SCHEME}{index}": each for index, each in enumerate(_in_order(document))}
    fetcher = handing_out(lambda url: (enclosed[url].content, enclosed[url].kind))
    made_on = _midnight(document.made_on)
    return [
        Attachment(
            url=url,
            url_fetcher=fetcher,
            name=each.name,
            description=each.description,
            relationship=each.relationship,
            created=made_on,
            modified=made_on,
        )
        for url, each in enclosed.items()
    ]


def associate_once(pdf: Any) -> None:  # noqa: ANN401 - pydyf ships no types
    """Name each enclosure once among a document's associated files, where WeasyPrint does twice.

    Args:
        pdf: The finished file's objects, before they are written.
    """
    if "AF" in pdf.catalog:
        named = pdf.catalog["AF"]
        pdf.catalog["AF"] = type(named)(dict.fromkeys(named))


def _in_order(document: Document) -> list[Enclosure]:
    return sorted(document.enclosures, key=lambda each: each.name.encode("utf-16-be"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
