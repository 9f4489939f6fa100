"""Looks through one file after the other for what may identify a client."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from casebook import limits
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc, Place, Span
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.rules.privacy.checking import (
    PrivacyFinding,
    check_age,
    identifiers_in,
    listed_privately,
)
from casebook.rules.privacy.identifiers import Identifier, all_identifiers
from casebook.rules.privacy.leaks import names_in_name, names_in_text
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.safe_harbor import RULES
from casebook.rules.privacy.text_lines import lines_of
from casebook.rules.prose import texts
from casebook.source.comments import comments_of
from casebook.source.encoding import plain_text
from casebook.source.load import load
from casebook.source.picture_notes import SIGNATURES
from casebook.source.pictures import picture_notes

_YAML: Final = (".yaml", ".yml")
_RECORDING_SUFFIXES: Final = """
    .3gp .aac .aif .aiff .amr .avi .flac .m4a .m4v .mkv .mov .mp3 .mp4 .mpeg .mpg .oga .ogg .opus
    .wav .webm .wma .wmv
"""
_RECORDINGS: Final = frozenset(_RECORDING_SUFFIXES.split())
_NOT_THE_CLIENTS: Final = frozenset({"references", "kind", "id", "examiner"})
_OF_THE_PORTFOLIO: Final = frozenset({"practice", "practitioner"})
"""Parts of a portfolio's own file in which clients may come up; the rest is the candidate's."""

_WRITTEN_BY_CASEBOOK: Final = frozenset(
    {"START-HERE.txt", "LEFT-OUT.txt", "left-out.json", "submission.json"}
)
"""Texts whose dates are casebook's own."""

_ABOUT_DATES: Final = "year-month-day"
"""A comment that explains how dates are written has one for an example."""

_ASKS_FOR_A_DAY: Final = re.compile(
    rf"{_ABOUT_DATES}|(?<!\w)(?:date|signed|expires|withdrawn|finished|until|issued):"
)

_DAY_IN_NAME: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to ask, since no search of texts answers it; None is about all of it."""

    rule: str
    path: str | None
    asks: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in one file, and what is to be asked about it."""

    findings: tuple[PrivacyFinding, ...]
    questions: tuple[Question, ...] = ()
    text: bool = False


@dataclass(frozen=True, slots=True)
class Looking:
    """How files are looked through: with which names, for which countries' telephone numbers."""

    names: ListedNames
    regions: Sequence[str] = ()

    def look(self, name: str, content: bytes, *, made: bool = False) -> Looked:
        """Look through one file.

        Args:
            name: Its path.
            content: Its bytes.
            made: Whether casebook made it: names are looked for then, and no shapes.
        """
        findings = list(self._in_name(name))
        suffix = PurePosixPath(name).suffix.casefold()
        if content.startswith(SIGNATURES):
            findings += self._in_picture(name, content)
            return Looked(
                tuple(findings), (Question(RULES["Q"].id, name, RULES["Q"].question or ""),)
            )
        text = plain_text(content)
        if made and text is None:
            return Looked(tuple(findings))
        if text is None or suffix in _RECORDINGS:
            findings.append(_not_looked_into(name, content))
            return Looked(tuple(findings), tuple(_about_opaque(name, suffix)))
        findings += listed_privately(
            PrivacyFinding(RULES["A"].id, each) for each in names_in_text(name, text, self.names)
        )
        questions: tuple[Question, ...] = ()
        if suffix in _YAML:
            piece = load(name, content).piece
            if piece is not None and not made:
                findings += listed_privately(self._in_record(piece))
                questions = tuple(_about_session(piece))
            elif not made:
                findings += listed_privately(self._in_unread_yaml(name, text))
        elif not made and PurePosixPath(name).name not in _WRITTEN_BY_CASEBOOK:
            findings += listed_privately(self._in_plain_text(name, text))
        return Looked(tuple(findings), questions, text=True)

    def _search(self, text: str) -> tuple[Identifier, ...]:
        return all_identifiers(text, self.regions)

    def _in_record(self, piece: Piece[Any]) -> Iterator[PrivacyFinding]:
        """Look through the texts of a work, and through what a portfolio says of practice."""
        record = piece.record
        if isinstance(record, CaseStudy | Observation):
            yield from identifiers_in(piece, _of_the_client(record), self._search)
            yield from check_age(piece)
        elif isinstance(record, PortfolioFile):
            own = ((way, text) for way, text in texts(record) if way[0] in _OF_THE_PORTFOLIO)
            yield from identifiers_in(piece, own, self._search)
        else:
            return
        # Why: the dates of a portfolio are those of the candidate's course and practice.
        left_out = {RULES["C"].id} if isinstance(record, PortfolioFile) else set()
        for span, text in comments_of(piece.places):
            if _ABOUT_DATES not in text:
                found = self._at(piece.path, text, (span.line, span.column))
                yield from (each for each in found if each.rule not in left_out)

    def _in_plain_text(self, name: str, text: str) -> Iterator[PrivacyFinding]:
        for line in lines_of(text):
            yield from self._at(name, line.text, (line.number, 1))

    def _in_unread_yaml(self, name: str, text: str) -> Iterator[PrivacyFinding]:
        """Look through a file that is no record yet, but for days that its keys ask for."""
        dated = {each.number for each in lines_of(text) if _ASKS_FOR_A_DAY.search(each.text)}
        for each in self._in_plain_text(name, text):
            if each.rule != RULES["C"].id or each.finding.place.span.line not in dated:
                yield each

    def _at(self, path: str, text: str, start: tuple[int, int]) -> Iterator[PrivacyFinding]:
        """Look through a text that stands on one line of a file, from a line and a column on."""
        line, column = start
        for found in self._search(text):
            place = Place(path, Span(line, column + found.start, line, column + found.end))
            said = f"'{text[found.start : found.end]}' looks like {found.looks} ({found.rule.id})"
            yield PrivacyFinding(found.rule.id, codes.IDENTIFIER.at(place, said, found.advice))

    def _in_name(self, name: str) -> Iterator[PrivacyFinding]:
        for finding in names_in_name(name, self.names):
            yield PrivacyFinding(RULES["A"].id, finding)
        last = PurePosixPath(name).name
        if found := _DAY_IN_NAME.search(last):
            yield PrivacyFinding(RULES["C"].id, _telling(name, found[0], "a date"))
        for each in all_identifiers(PurePosixPath(last).stem.replace("_", " "), self.regions):
            if found is None or each.kind != "date":
                shown = PurePosixPath(last).stem[each.start : each.end]
                yield PrivacyFinding(each.rule.id, _telling(name, shown, each.looks))

    def _in_picture(self, name: str, content: bytes) -> Iterator[PrivacyFinding]:
        for note in picture_notes(content):
            named = any(each.sure for each in self.names.within(note.words))
            code = codes.LISTED_NAME if named else codes.PICTURE_DETAILS
            yield PrivacyFinding(
                RULES[note.letter].id,
                code.at(
                    Place(name),
                    f"the picture's file tells {note.tells} ({RULES[note.letter].id})"
                    + (", with a name of your private list in it" if named else ""),
                    "save it again without its properties; most programs offer that as "
                    "'export' or 'remove personal information'",
                ),
            )


def general_questions() -> tuple[Question, ...]:
    """What is to be asked about all of it."""
    return tuple(
        Question(rule.id, None, rule.question)
        for rule in RULES.values()
        if rule.question and rule.letter not in "PQ"
    )


def _of_the_client(record: CaseStudy | Observation) -> Iterator[tuple[Loc, str]]:
    for way, text in texts(record):
        names_a_file = way[-1] in {"file", "form"} and way[0] in {"figures", "consent"}
        if way[0] not in _NOT_THE_CLIENTS and not names_a_file:
            yield way, text


def _about_session(piece: Piece[Any]) -> Iterator[Question]:
    if isinstance(piece.record, Observation) and piece.record.mode == "video":
        yield Question(
            RULES["P"].id,
            piece.path,
            "The session was on video: is there a recording, and did the client agree to it?",
        )


def _about_opaque(name: str, suffix: str) -> Iterator[Question]:
    if suffix in _RECORDINGS:
        yield Question(
            RULES["P"].id,
            name,
            "A voice or a moving body is never without identity: did the client agree to this?",
        )
    else:
        asks = "No search looks into it: did you read it, and its properties (names, dates)?"
        yield Question(RULES["R"].id, name, asks)


def _not_looked_into(name: str, content: bytes) -> PrivacyFinding:
    what = "a PDF" if content.startswith(b"%PDF-") else "no text that can be read here"
    if len(content) > limits.SEARCHED_TEXT_BYTES and b"\0" not in content[:1000]:
        what = "longer than what is searched" if what.startswith("no") else what
    return PrivacyFinding(
        RULES["R"].id,
        codes.NOT_LOOKED_INTO.at(
            Place(name), f"this is {what}: it was not looked into", "open it, and read it yourself"
        ),
    )


def _telling(name: str, shown: str, looks: str) -> Finding:
    return codes.TELLING_NAME.at(
        Place(name),
        f"'{shown}' in the file's name looks like {looks}",
        "give the file a name that tells nothing, and correct it where the file is named",
    )
