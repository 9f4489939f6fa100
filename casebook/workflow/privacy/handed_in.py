"""What a portfolio would hand in, held against the private list of names and the review."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.errors import CasebookError
from casebook.rules.privacy.leaks import counted_by_file, names_in_name, names_in_text
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.review import HandedIn, with_review
from casebook.source.attachments import attachments_of, read_attachments, works_of
from casebook.source.encoding import plain_text
from casebook.source.folder import BUILD_FOLDER, DiskFolder
from casebook.source.pictures import picture_notes
from casebook.source.portfolio import PORTFOLIO_FILE, REVIEW_FILE, PortfolioReading
from casebook.source.private_names import (
    PRIVATE_NAMES_FILE,
    PrivateList,
    copies_of,
    lists_not_read,
    private_list_in,
)


def handed_in(reading: PortfolioReading) -> dict[str, bytes]:
    """Every file of a portfolio that a submission would hold, but the review itself, by path.

    What cannot be read is left out; a check says so.
    """
    works = works_of(reading.portfolio) if reading.portfolio else ()
    files = {name: each for name, each in reading.contents.items() if name != REVIEW_FILE}
    for attachment in attachments_of(works):
        try:
            files |= read_attachments([attachment], reading.folder)
        except CasebookError:
            continue
    return files


def private_findings(reading: PortfolioReading) -> Iterator[Finding]:
    """Find what the portfolio's private list of names forbids, where it has one."""
    if not isinstance(reading.folder, DiskFolder):
        return
    try:
        private = private_list_in(reading.folder.root)
    except CasebookError as error:
        yield codes.UNREADABLE.at(Place(PRIVATE_NAMES_FILE), str(error), error.hint)
        return
    yield from lists_in_vain(reading.folder.root, listed=private is not None)
    if private is not None:
        yield from _leaks(reading, private)


def lists_in_vain(root: Path, *, listed: bool) -> Iterator[Finding]:
    """Find lists of names that are called or placed so that nothing reads them.

    Args:
        root: The portfolio, or another folder.
        listed: Whether there is a list that is read; without one no name is looked for at all.
    """
    for name in lists_not_read(root, PORTFOLIO_FILE, {BUILD_FOLDER}):
        yield codes.LIST_NOT_READ.at(
            Place(name),
            f"`{name}` is not read as your private list of names",
            f"call it `{PRIVATE_NAMES_FILE}` and put it beside {PORTFOLIO_FILE}; or remove it",
            soft=listed,
        )


def in_the_light_of_review(findings: list[Finding], reading: PortfolioReading) -> Iterator[Finding]:
    """The findings of a check, without those that a privacy review lets stand."""
    own = isinstance(reading.folder, DiskFolder)
    files = handed_in(reading) if own or reading.review else {}
    # Why only one's own: nobody else takes anything out, and strangers' pictures are not opened.
    unshown = tuple(_told_by_pictures(files)) if own else ()
    handed = HandedIn(PORTFOLIO_FILE, files, unshown)
    yield from counted_by_file(with_review(findings, reading.review, handed))


def _told_by_pictures(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """What `casebook privacy` finds in pictures, by the file and not by the words."""
    for name, content in files.items():
        for note in picture_notes(content):
            yield codes.PICTURE_DETAILS.at(Place(name), f"the picture's file tells {note.tells}")


def _leaks(reading: PortfolioReading, private: PrivateList) -> Iterator[Finding]:
    names = ListedNames(private.names, private.excepted)
    files = handed_in(reading)
    works = works_of(reading.portfolio) if reading.portfolio else ()
    places = {each.path: each.place for each in attachments_of(works)}
    for name in copies_of(private, files):
        yield codes.PRIVATE_FILE.at(
            places.get(name, Place(name)),
            f"`{name}` is a copy of your private list of names",
            "remove it: that list is for your eyes alone",
        )
    for name, content in files.items():
        yield from names_in_name(name, names)
        text = plain_text(content)
        if text is not None:
            yield from names_in_text(name, text, names)
        elif any(each.sure for note in picture_notes(content) for each in names.within(note.words)):
            yield codes.LISTED_NAME.at(
                Place(name),
                "the picture's file has a name of your private list in it",
                "save it again without its properties",
            )
