"""The files that works name: consent forms and figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.handed_in import kind_fault
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.errors import CasebookError, UsageError
from casebook.limits import ATTACHMENT_BYTES
from casebook.source.folder import Folder
from casebook.source.pictures import picture_fault, picture_remedy
from casebook.source.private_keys import private_key_at
from casebook.source.private_names import is_private

Work: TypeAlias = Piece[CaseStudy] | Piece[Observation]

ATTACHMENTS_FOLDER: Final = "attachments"


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
    """Find attachments that are missing, outside, unreadable, private, or no pictures."""
    known: dict[tuple[str, bool], Finding | None] = {}
    for named in attachments:
        kind = named.path, named.picture
        if kind not in known:
            try:
                known[kind] = _fault(folder, named)
            except CasebookError as error:
                known[kind] = codes.UNREADABLE.at(named.place, str(error), error.hint)
        if fault := known[kind]:
            yield replace(fault, place=named.place)


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
    if is_private(named.path):
        return codes.PRIVATE_FILE.at(
            named.place,
            f"`{named.path}` is a private list of names, which is never handed in",
            "name the form or the picture itself",
        )
    try:
        found = folder.holds(named.path)
    except UsageError as error:
        return codes.OUTSIDE_FOLDER.at(named.place, str(error), error.hint)
    return _fault_within(named, folder.read(named.path, ATTACHMENT_BYTES) if found else None)


def _fault_within(named: Attachment, content: bytes | None) -> Finding | None:
    """What is wrong with what a file holds; its content is None where it is not there."""
    # Why first: whoever is told to save a key as a PDF would do so.
    if content and private_key_at(content) is not None:
        return codes.PRIVATE_KEY.at(
            named.place,
            f"`{named.path}` holds a private key; it must never leave your computer",
            "name the form or the picture itself, and keep keys outside of the portfolio",
        )
    if fault := kind_fault(named.path, "attachment"):
        return codes.UNWANTED_KIND.at(
            named.place, f"`{named.path}` {fault}", "save it in attachments/, as a PDF or a picture"
        )
    if content is None:
        return codes.MISSING_ATTACHMENT.at(
            named.place,
            f"`{named.path}` is not there",
            "put the file into the portfolio under this name, or correct the name",
        )
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
