"""Makes a copy of case studies for publication: a draft, and only of what clients agreed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Severity
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.work.case_study import CaseStudy
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import write_tree
from casebook.language import speaking
from casebook.limits import ATTACHMENT_BYTES
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.redaction import Redaction
from casebook.source.attachments import ATTACHMENTS_FOLDER
from casebook.source.folder import BUILD_FOLDER, Folder
from casebook.source.load import load
from casebook.source.pictures import PictureRefused, drawing_once, picture_notes, redrawn
from casebook.source.portfolio import CASES_FOLDER, open_portfolio
from casebook.source.private_names import PrivateList, private_list_in, read_private_list
from casebook.workflow.examination import examine_portfolio, portfolio_meant
from casebook.workflow.pieces import check_case_study
from casebook.workflow.redacting.permission import Withheld, publishable
from casebook.workflow.redacting.redacted_case import RedactedCase
from casebook.workflow.redacting.report import REPORT_TEXT, REPORT_VALUES, LeftOut

_ENDINGS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


@dataclass(frozen=True, slots=True)
class Redacted:
    """A copy that was made: its files, and what it lacks."""

    folder: Path
    files: tuple[str, ...]
    left_out: LeftOut


@dataclass(frozen=True, slots=True)
class RedactionChoices:
    """What whoever makes a copy decides.

    Attributes:
        names_path: The private list of names; else the one in the portfolio.
        regions: Countries whose telephone numbers are looked for first.
        first_days: Id of a case -> the date of its Day 0, so that dates in it become days.
    """

    names_path: Path | None = None
    regions: Sequence[str] = ()
    first_days: Mapping[str, date] = field(default_factory=dict)


@drawing_once()
def redact(root: Path, target: Path, on: date, choices: RedactionChoices) -> Redacted:
    """Write a copy of the case studies that may be published on a day.

    Args:
        root: The portfolio.
        target: The new folder; it appears whole or not at all.
        on: The day whose consents count.
        choices: The list of names, and first days.

    Raises:
        UsageError: No portfolio, no such case, or the folder is there already or inside the
            portfolio.
        UnacceptableWork: Nothing may be published, a case cannot be redacted, or nothing reads
            the list of names.
    """
    root = portfolio_meant(root)
    folder = open_portfolio(root)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is already there", hint="name a folder that does not exist yet")
    _refuse_inside(target, root)
    private = _private_list(root, choices.names_path)
    examined = examine_portfolio(folder, on)
    if not private.digest:
        _refuse_unread_list(examined.report.findings)
    if examined.portfolio is None:
        raise UnacceptableWork(
            f"{root} cannot be read as a portfolio", hint=f"see `casebook check {root}`"
        )
    portfolio = examined.portfolio
    _refuse_unknown(choices.first_days, portfolio)
    cases, withheld = publishable(portfolio, examined.report.findings, on)
    if not cases:
        raise UnacceptableWork(
            "nothing may be published: " + _reasons(withheld),
            hint="ask the clients in writing, and put `publish` into the scope of their consent",
        )
    names = ListedNames(private.names, private.excepted)
    with speaking(portfolio.main.record.language):
        files, redacted = _redacted(cases, folder, names, choices)
    left_out = LeftOut(on, withheld, redacted, names)
    files |= {REPORT_TEXT: left_out.text(), REPORT_VALUES: left_out.values()}
    write_tree(target, files)
    return Redacted(target, tuple(sorted(files)), left_out)


def _redacted(
    cases: Sequence[Piece[CaseStudy]],
    folder: Folder,
    names: ListedNames,
    choices: RedactionChoices,
) -> tuple[dict[str, bytes], list[RedactedCase]]:
    files: dict[str, bytes] = {}
    redacted = []
    for number, piece in enumerate(cases, 1):
        name = f"case-{number}"
        pictures = _pictures(piece.record, name, folder)
        files |= dict(pictures.values())
        first_day = choices.first_days.get(piece.record.id)
        case = RedactedCase(
            name,
            piece,
            Redaction(names, choices.regions, first_day, _works_of(piece.record)),
            {path: new for path, (new, _) in pictures.items()},
        )
        path = f"{CASES_FOLDER}/{name}.yaml"
        files[path] = case.content()
        _refuse_unsound(path, files[path], piece)
        redacted.append(case)
    return files, redacted


def _pictures(record: CaseStudy, name: str, folder: Folder) -> dict[str, tuple[str, bytes]]:
    """The pictures that the client agreed to, drawn anew, under names that tell nothing.

    Returns:
        Path in the portfolio -> path in the copy, and content.
    """
    pictures: dict[str, tuple[str, bytes]] = {}
    for figure in record.figures:
        if not figure.publish:
            continue
        try:
            content = redrawn(folder.read(figure.file, ATTACHMENT_BYTES)).content
        except (PictureRefused, UsageError):
            continue
        ending = next((e for start, e in _ENDINGS.items() if content.startswith(start)), None)
        if ending and not picture_notes(content):
            new = f"{ATTACHMENTS_FOLDER}/{name}-figure-{len(pictures) + 1}.{ending}"
            pictures.setdefault(figure.file, (new, content))
    return pictures


def _refuse_unsound(path: str, content: bytes, piece: Piece[CaseStudy]) -> None:
    """Refuse to publish what a check would find errors in."""
    loaded = load(path, content)
    findings = list(loaded.findings)
    if loaded.piece is not None:
        findings += check_case_study(loaded.piece, None, date.max)
    error = next((each for each in findings if each.severity is Severity.ERROR), None)
    if error is not None or loaded.piece is None:
        said = error.message if error else "it cannot be read again"
        raise UnacceptableWork(
            f"{piece.path} cannot be redacted: {said}",
            hint="shorten the text, or take the names out yourself",
        )


def _works_of(record: CaseStudy) -> frozenset[str]:
    return frozenset(each.id for each in record.references)


def _refuse_inside(target: Path, root: Path) -> None:
    """Refuse to put the copy among the portfolio's own files, where it would be read as one."""
    place, own = target.resolve(), root.resolve()
    if place.is_relative_to(own) and not place.is_relative_to(own / BUILD_FOLDER):
        raise UsageError(
            f"{target} is inside the portfolio, whose files are for the certifier",
            hint=f"name a folder beside it, or one in {root / BUILD_FOLDER}",
        )


def _refuse_unread_list(findings: Sequence[Finding]) -> None:
    """Refuse where the only list of names is one that nothing reads: no name would be taken out."""
    for each in findings:
        if each.code == codes.LIST_NOT_READ.id:
            raise UnacceptableWork(each.message, hint=each.hint)


def _refuse_unknown(first_days: Mapping[str, date], portfolio: Portfolio) -> None:
    known = {case.record.id for case in portfolio.cases}
    for each in first_days:
        if each not in known:
            raise UsageError(
                f"no case study has the id `{each}`", hint=f"ids: {', '.join(sorted(known))}"
            )


def _private_list(root: Path, names_path: Path | None) -> PrivateList:
    if names_path is not None:
        return read_private_list(names_path)
    return private_list_in(root) or PrivateList()


def _reasons(withheld: Sequence[Withheld]) -> str:
    if not withheld:
        return "there is no case study"
    return "; ".join(f"{each.path}: {each.why}" for each in withheld)
