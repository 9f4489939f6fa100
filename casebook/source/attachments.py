"""The files that works name: consent forms and figures."""

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.errors import CasebookError, MachineError, UsageError
from casebook.source.folder import Folder

Work: TypeAlias = Piece[CaseStudy] | Piece[Observation]

ATTACHMENT_BYTES: Final = 25_000_000
PICTURE_PIXELS: Final = 20_000_000
ATTACHMENTS_FOLDER: Final = "attachments"

_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG begin."""

_TOO_LARGE: Final = f"is too large: it has more than {PICTURE_PIXELS:,} pixels"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a work names, and where it does so."""

    path: str
    place: Place
    picture: bool


def works_of(portfolio: Portfolio) -> tuple[Work, ...]:
    """The works of a portfolio: case studies, then observed sessions."""
    return (*portfolio.cases, *portfolio.observations)


def attachments_of(works: Iterable[Work]) -> tuple[Attachment, ...]:
    """Every file that a consent or a figure of these works names, in the order of reading."""
    return tuple(named for work in works for named in _named(work))


def check_attachments(attachments: Iterable[Attachment], folder: Folder) -> Iterator[Finding]:
    """Find attachments that are missing, outside the folder, unreadable or no pictures."""
    for named in attachments:
        try:
            fault = _fault(folder, named)
        except CasebookError as error:
            fault = codes.UNREADABLE.at(named.place, str(error), error.hint)
        if fault:
            yield fault


def check_strays(attachments: Iterable[Attachment], folder: Folder) -> Iterator[Finding]:
    """Find files among the attachments that no work names."""
    known = {named.path for named in attachments}
    for name in folder.names():
        if name.startswith(f"{ATTACHMENTS_FOLDER}/") and name not in known:
            yield codes.STRAY_FILE.at(
                Place(name),
                "no file names this attachment, so it will not be submitted",
                "name it as a consent's form or a figure's file, or remove it",
            )


def read_attachments(attachments: Iterable[Attachment], folder: Folder) -> dict[str, bytes]:
    """The content of every attachment, by the path that names it.

    Raises:
        CasebookError: One of them cannot be read; ``check_attachments`` says so with its place.
    """
    return {named.path: folder.read(named.path, ATTACHMENT_BYTES) for named in attachments}


def _named(work: Work) -> Iterator[Attachment]:
    record, places = work.record, work.places
    if record.consent is not None:
        place = places.of("consent", "form")
        yield Attachment(record.consent.form, place, picture=False)
    if isinstance(record, CaseStudy):
        for index, figure in enumerate(record.figures):
            place = places.of("figures", index, "file")
            yield Attachment(figure.file, place, picture=True)


def _fault(folder: Folder, named: Attachment) -> Finding | None:
    try:
        found = folder.holds(named.path)
    except UsageError as error:
        return codes.OUTSIDE_FOLDER.at(named.place, str(error), error.hint)
    if not found:
        return codes.MISSING_ATTACHMENT.at(
            named.place,
            f"`{named.path}` is not there",
            "put the file into the portfolio under this name, or correct the name",
        )
    content = folder.read(named.path, ATTACHMENT_BYTES)
    if not content:
        return codes.MISSING_ATTACHMENT.at(
            named.place, f"`{named.path}` is an empty file", "put the real file there"
        )
    if named.picture and (why := picture_fault(content)):
        return codes.NOT_AN_IMAGE.at(
            named.place,
            f"`{named.path}` {why}",
            picture_remedy(why),
        )
    return None


def picture_fault(content: bytes) -> str | None:
    """Say why content is no printable picture; judged by the content, never by the name."""
    if not content.startswith(_SIGNATURES):
        return "is neither a PNG nor a JPEG picture"
    from PIL import Image, UnidentifiedImageError

    try:
        with _no_part_forgiven(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > PICTURE_PIXELS:
                    return _TOO_LARGE
                picture.load()
    except MemoryError as error:
        raise MachineError(
            "there is too little memory to read a picture", hint="save it again with fewer pixels"
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _TOO_LARGE
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError):
        return "is damaged or no picture at all"
    return None


def picture_remedy(fault: str) -> str:
    """What helps against a fault of a picture."""
    way = "with fewer pixels" if fault == _TOO_LARGE else "as PNG or JPEG"
    return f"save it again {way}"


@contextmanager
def _no_part_forgiven() -> Iterator[None]:
    """Take no picture that breaks off.

    Why: WeasyPrint, once it is loaded, lets Pillow fill up what is missing with grey.
    """
    from PIL import ImageFile

    forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving
