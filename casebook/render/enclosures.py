"""Enclosed files inside a PDF, each with its type, date and what it is to the pages."""

from collections.abc import Iterable
from datetime import date

from pikepdf import Array, AttachedFileSpec, Name, Pdf

from casebook.render.document import Enclosure


def enclose(pdf: Pdf, enclosures: Iterable[Enclosure], made_on: date) -> None:
    """Put files into a PDF, associated with it as a whole.

    Args:
        pdf: An open PDF without any.
        enclosures: The files; no two of the same name.
        made_on: The date they carry.

    Source:
        ISO 19005-3, 6.8 and annex E.
    """
    midnight = f"D:{made_on:%Y%m%d}000000Z"
    associated = []
    # Why sorted: the same files give the same bytes.
    for each in sorted(enclosures, key=lambda each: each.name.encode("utf-16-be")):
        spec = AttachedFileSpec(
            pdf,
            each.content,
            filename=each.name,
            description=each.description,
            mime_type=each.kind,
            creation_date=midnight,
            mod_date=midnight,
            relationship=Name(f"/{each.relationship}"),
        )
        pdf.attachments[each.name] = spec
        associated.append(spec.obj)
    if associated:
        pdf.Root.AF = Array(associated)
