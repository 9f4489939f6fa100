"""The files that a portfolio names: consent forms and figures."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Portfolio
from casebook.errors import CasebookError, MachineError
from casebook.source.folder import Folder

ATTACHMENT_BYTES: Final = 25_000_000
PICTURE_PIXELS: Final = 20_000_000
ATTACHMENTS_FOLDER: Final = "attachments"

_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG begin."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a value of the portfolio names."""

    path: str
    place: Place
    picture: bool


def named_attachments(portfolio: Portfolio) -> tuple[Named, ...]:
    """Every file that a consent or a figure names, in the order of reading."""
    return tuple(_named(portfolio))


def check_attachments(portfolio: Portfolio, folder: Folder) -> tuple[Finding, ...]:
    """Find attachments that are missing, outside the folder, unreadable or no pictures."""
    findings = [finding for named in _named(portfolio) if (finding := _fault(folder, named))]
    known = {named.path for named in _named(portfolio)}
    strays = (
        codes.STRAY_FILE.at(
            Place(name),
            "no file names this attachment, so it will not be submitted",
            "name it as a consent's form or a figure's file, or remove it",
        )
        for name in folder.names()
        if name.startswith(f"{ATTACHMENTS_FOLDER}/") and name not in known
    )
    return (*findings, *strays)


def read_attachments(portfolio: Portfolio, folder: Folder) -> dict[str, bytes]:
    """The content of every attachment, by the path that names it.

    Raises:
        CasebookError: One of them cannot be read; ``check_attachments`` says so with its place.
    """
    return {named.path: folder.read(named.path, ATTACHMENT_BYTES) for named in _named(portfolio)}


def _named(portfolio: Portfolio) -> Iterator[Named]:
    for consent, places in (
        *((piece.record.consent, piece.places) for piece in portfolio.cases),
        *((piece.record.consent, piece.places) for piece in portfolio.observations),
    ):
        if consent is not None:
            yield Named(consent.form, places.of("consent", "form"), picture=False)
    for case in portfolio.cases:
        for index, figure in enumerate(case.record.figures):
            yield Named(figure.file, case.places.of("figures", index, "file"), picture=True)


def _fault(folder: Folder, named: Named) -> Finding | None:
    try:
        found = folder.holds(named.path)
    except CasebookError as error:
        return codes.OUTSIDE_FOLDER.at(named.place, str(error), error.hint)
    if not found:
        return codes.MISSING_ATTACHMENT.at(
            named.place,
            f"`{named.path}` is not there",
            "put the file into the portfolio under this name, or correct the name",
        )
    try:
        content = folder.read(named.path, ATTACHMENT_BYTES)
    except CasebookError as error:
        return codes.UNREADABLE.at(named.place, str(error), error.hint)
    if named.picture and (why := _picture_fault(content)):
        return codes.NOT_AN_IMAGE.at(
            named.place, f"`{named.path}` {why}", "save it again as PNG or JPEG"
        )
    if not content:
        return codes.MISSING_ATTACHMENT.at(
            named.place, f"`{named.path}` is an empty file", "put the real file there"
        )
    return None


def _picture_fault(content: bytes) -> str | None:
    """Say why content is no printable picture; judged by the content, never by the name."""
    if not content.startswith(_SIGNATURES):
        return "is neither a PNG nor a JPEG picture"
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > PICTURE_PIXELS:
                    return f"has more than {PICTURE_PIXELS:,} pixels"
                picture.load()
    except MemoryError as error:
        raise MachineError("there is too little memory to read a picture") from error
    except (
        OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError,
        Image.DecompressionBombError, Image.DecompressionBombWarning,
    ):  # fmt: skip
        return "is damaged or no picture at all"
    return None
