"""Plain data to a record, or to findings that say what keeps it from being one."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Places
from casebook.domain.marking.graders import GradersFile
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.domain.record import Record
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.domain.work.privacy_review import PrivacyReview
from casebook.recollection import recalled
from casebook.source.faults import faults_of
from casebook.source.reader import Reading, quoted, read_text
from casebook.source.salvage import salvage

RecordT = TypeVar("RecordT", bound=Record)

KINDS: Final[dict[str, type[Record]]] = {
    "portfolio": PortfolioFile,
    "case-study": CaseStudy,
    "observation": Observation,
    "mark-sheet": MarkSheet,
    "program": ProgramFile,
    "rubric": Rubric,
    "comment-bank": CommentBank,
    "graders": GradersFile,
    "sealed-marks": SealedMarks,
    "result": IssuedResult,
    "appeal": Appeal,
    "privacy-review": PrivacyReview,
}
"""What the key ``kind`` of a file may say, and the record it stands for."""

NEWEST_FORMAT: Final = 1

_LONGEST_KIND: Final = 40


@dataclass(frozen=True, slots=True)
class Loaded(Generic[RecordT]):
    """What one file gave: its record, and the findings.

    When there are findings the record holds what is left without the values at fault, or is
    None when too little is left.
    """

    piece: Piece[RecordT] | None
    findings: tuple[Finding, ...]
    kind: str | None = None
    """What the file says it is, even when the rest of it is broken; None for an unknown kind."""
    nodes: int = 0
    """How many values it has."""

    @property
    def called(self) -> str:
        """What a sentence calls the file: "an observation", "a case-study"."""
        if self.kind is None:
            return "a file of no known kind"
        return f"an {self.kind}" if self.kind.startswith(("a", "o")) else f"a {self.kind}"


def load(path: str, content: bytes, *, expect: str | None = None) -> Loaded[Any]:
    """Read a file as whatever it says it is.

    Args:
        path: What findings call the file.
        content: The file's bytes.
        expect: The kind that has to stand here, when only one makes sense.
    """
    # Why only without findings: how many of them make a suggestion, depends on those before.
    return recalled(
        ("loaded", path, content, expect),
        lambda: _loaded(path, content, expect),
        lambda loaded: not loaded.findings,
    )


def _loaded(path: str, content: bytes, expect: str | None) -> Loaded[Any]:
    reading = read_text(path, content)
    if reading.data is None:
        return Loaded(None, reading.findings, nodes=reading.nodes)
    kind = reading.data.get("kind")
    faults = (*reading.findings, *_faults_of_header(reading, expect))
    if any(fault.code in {codes.WRONG_KIND.id, codes.WRONG_FORMAT.id} for fault in faults):
        known = kind if isinstance(kind, str) and kind in KINDS else None
        return Loaded(None, faults, known, reading.nodes)
    model = KINDS[str(kind)]
    data = _without_blanks(reading.data)
    record: Record | None
    try:
        record = model.model_validate(data)
        faults = (*faults, *faults_of(model, reading, None))
    except ValidationError as error:
        faults = (*faults, *faults_of(model, reading, error))
        record = salvage(model, data, reading.places)
    piece = Piece(path, record, reading.places) if record else None
    return Loaded(piece, faults, str(kind), reading.nodes)


def _faults_of_header(reading: Reading, expect: str | None) -> tuple[Finding, ...]:
    data = reading.data or {}
    fault = _fault_of_kind(data.get("kind"), reading.places, expect) or _fault_of_format(
        data.get("format"), reading.places
    )
    return (fault,) if fault else ()


def _fault_of_kind(kind: Any, places: Places, expect: str | None) -> Finding | None:
    if isinstance(kind, str) and kind in KINDS:
        if expect in {None, kind}:
            return None
        return codes.WRONG_KIND.at(
            places.of("kind"),
            f"this is a file of kind {kind}; {expect} is expected here",
            f"put it where it belongs, or write `kind: {expect}`",
        )
    wanted = f"write `kind: {expect}`" if expect else f"one of: {', '.join(KINDS)}"
    if kind is None:
        return codes.WRONG_KIND.at(
            places.of_key("kind"), "the file does not say its kind", f"{wanted} in its first line"
        )
    close = get_close_matches(str(kind)[:_LONGEST_KIND].casefold(), KINDS, n=1)
    said = f"{quoted(kind)} is no known kind" if isinstance(kind, str) else "this is no kind"
    hint = f"did you mean `{close[0]}`?" if close and not expect else wanted
    return codes.WRONG_KIND.at(places.of("kind"), said, hint)


def _fault_of_format(number: Any, places: Places) -> Finding | None:
    remedy = f"write `format: {NEWEST_FORMAT}`"
    if number is None:
        return codes.WRONG_FORMAT.at(
            places.of_key("format"), "the file does not say its format", remedy
        )
    written = number.strip() if isinstance(number, str) else ""
    if written == str(NEWEST_FORMAT):
        return None
    if re.fullmatch("[1-9][0-9]{0,8}", written):
        return codes.WRONG_FORMAT.at(
            places.of("format"),
            f"format {written} is newer than this casebook reads ({NEWEST_FORMAT})",
            "install a newer casebook",
        )
    said = f"{quoted(written)} is no format of casebook" if written else "this is no format"
    return codes.WRONG_FORMAT.at(places.of("format"), said, remedy)


def _without_blanks(value: Any) -> Any:
    """Drop keys that were left empty, so that they are missing and not None."""
    if isinstance(value, dict):
        return {key: _without_blanks(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_blanks(each) for each in value]
    return value
