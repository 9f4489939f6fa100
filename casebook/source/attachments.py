"""The files that a portfolio names: consent forms and figures."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Portfolio
from casebook.errors import CasebookError, MachineError
from casebook.files import contained, read_bytes

ATTACHMENT_BYTES: Final = 25_000_000
PICTURE_PIXELS: Final = 20_000_000
ATTACHMENTS_FOLDER: Final = "attachments"

_SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a value of the portfolio names."""

    path: str
    place: Place
    picture: bool


def named_attachments(portfolio: Portfolio) -> tuple[Named, ...]:
    """Every file that a consent or a figure names, in the order of reading."""
    return tuple(_named(portfolio))


def check_attachments(portfolio: Portfolio) -> tuple[Finding, ...]:
    """Find attachments that are missing, outside the folder, unreadable or no pictures."""
    findings = [
        finding for named in _named(portfolio) if (finding := _fault(portfolio.root, named))
    ]
    known = {named.path for named in _named(portfolio)}
    folder = portfolio.root / ATTACHMENTS_FOLDER
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        relative = path.relative_to(portfolio.root).as_posix()
        if path.is_file() and relative not in known and not path.name.startswith("."):
            findings.append(
                codes.STRAY_FILE.at(
                    Place(relative),
                    "no file names this attachment, so it will not be submitted",
                    "name it as a consent's form or a figure's file, or remove it",
                )
            )
    return tuple(findings)


def read_attachments(portfolio: Portfolio) -> dict[str, bytes]:
    """The content of every attachment, by the path that names it.

    Raises:
        CasebookError: One of them cannot be read; ``check_attachments`` says so with its place.
    """
    return {
        named.path: read_bytes(contained(portfolio.root, named.path), ATTACHMENT_BYTES)
        for named in _named(portfolio)
    }


def _named(portfolio: Portfolio) -> Iterator[Named]:
    for piece in (*portfolio.cases, *portfolio.observations):
        if piece.record.consent is not None:
            place = piece.places.of("consent", "form")
            yield Named(piece.record.consent.form, place, picture=False)
    for case in portfolio.cases:
        for index, figure in enumerate(case.record.figures):
            yield Named(figure.file, case.places.of("figures", index, "file"), picture=True)


def _fault(root: Path, named: Named) -> Finding | None:
    try:
        path = contained(root, named.path)
    except CasebookError as error:
        return codes.OUTSIDE_FOLDER.at(named.place, str(error), error.hint)
    if not path.exists():
        return codes.MISSING_ATTACHMENT.at(
            named.place,
            f"`{named.path}` is not there",
            "put the file into the portfolio under this name, or correct the name",
        )
    try:
        content = read_bytes(path, ATTACHMENT_BYTES)
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
    if not any(content.startswith(signature) for signature in _SIGNATURES):
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
