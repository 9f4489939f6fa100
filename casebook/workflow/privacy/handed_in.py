"""What a portfolio would hand in, held against the private list of names and the review."""

from collections.abc import Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.errors import CasebookError
from casebook.rules.privacy.leaks import names_in_name, names_in_text
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.review import with_review
from casebook.source.attachments import attachments_of, read_attachments, works_of
from casebook.source.encoding import plain_text
from casebook.source.folder import DiskFolder
from casebook.source.picture_notes import picture_notes
from casebook.source.portfolio import PORTFOLIO_FILE, REVIEW_FILE, PortfolioReading
from casebook.source.private_names import (
    PRIVATE_NAMES_FILE,
    PrivateList,
    copies_of,
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
    if private is not None:
        yield from _leaks(reading, private)


def in_the_light_of_review(findings: list[Finding], reading: PortfolioReading) -> Iterator[Finding]:
    """The findings of a check, without those that a privacy review lets stand."""
    files = handed_in(reading) if reading.review else {}
    yield from with_review(findings, reading.review, files, PORTFOLIO_FILE)


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
            yield codes.PICTURE_DETAILS.at(
                Place(name),
                "the picture's file has a name of your private list in it",
                "save it again without its properties",
            )
