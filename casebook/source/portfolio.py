"""Reads a portfolio folder: every file of it, and all their faults at once."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece, Portfolio, PortfolioFile
from casebook.domain.work.privacy_review import PrivacyReview
from casebook.errors import CasebookError, UsageError
from casebook.files import read_bytes
from casebook.language import Language
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.allowance import Allowance
from casebook.source.folder import DiskFolder, Folder, matching
from casebook.source.load import load
from casebook.source.program import ProgramReading, find_program, is_shipped_id

PORTFOLIO_FILE: Final = "portfolio.yaml"
REVIEW_FILE: Final = "privacy-review.json"
"""Who looked through a portfolio for what may identify a client; a sign-off writes it."""

CASES_FOLDER: Final = "cases"
CASE_PATTERNS: Final = (f"{CASES_FOLDER}/*.yaml", f"{CASES_FOLDER}/*.yml")
OBSERVATION_PATTERNS: Final = ("observation*.yaml", "observation*.yml")
STRAY_PATTERNS: Final = (
    "*.yaml", "*.yml", "*.YAML", "*.yaml.txt", f"{CASES_FOLDER}/*", f"{CASES_FOLDER}/*/*",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PortfolioReading:
    """What a portfolio folder gave.

    ``portfolio`` is None when its own file or its program could not be read. ``contents`` holds
    the bytes of every file that was read, by its path.
    """

    folder: Folder
    portfolio: Portfolio | None
    program: ProgramReading | None
    findings: tuple[Finding, ...]
    contents: Mapping[str, bytes]
    review: Piece[PrivacyReview] | None = None


def is_portfolio(path: Path) -> bool:
    """Whether a folder is a portfolio: it has a portfolio.yaml."""
    return (path / PORTFOLIO_FILE).is_file()


def portfolio_around(path: Path) -> Path | None:
    """The portfolio folder that a file belongs to: its own folder, or the one above."""
    near = path.parent
    above = Path(os.path.normpath(near / os.pardir))
    return next((each for each in (near, above) if is_portfolio(each)), None)


def program_around(path: Path) -> ProgramReading | None:
    """The program of the portfolio that a file lies in; None where no portfolio says one.

    Its findings are relative to the portfolio's folder.
    """
    main = main_around(path)
    root = portfolio_around(path)
    if main is None or root is None:
        return None
    return find_program(main.record.program, DiskFolder(root), main.places.of("program"))


def language_around(path: Path) -> Language:
    """The language of the pages of the portfolio that a file lies in; else English."""
    main = main_around(path)
    return main.record.language if main else "en"


def main_around(path: Path) -> Piece[PortfolioFile] | None:
    """The own file of the portfolio that a file lies in; None where there is none, or no use."""
    root = portfolio_around(path)
    if root is None:
        return None
    content = read_bytes(root / PORTFOLIO_FILE, LARGEST_READ_BYTES)
    return load(PORTFOLIO_FILE, content, expect="portfolio").piece


def open_portfolio(root: Path) -> DiskFolder:
    """The folder of a portfolio on the disk.

    Raises:
        UsageError: The folder has no portfolio.yaml, or there is no such folder.
    """
    if root.is_file():
        raise UsageError(
            f"{root} is a file, not the folder of a portfolio",
            hint=f"name the folder that holds {PORTFOLIO_FILE}",
        )
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}", hint="is the name spelt right?")
    if not is_portfolio(root):
        raise UsageError(f"{root} is no portfolio: it has no {PORTFOLIO_FILE}", hint=_meant(root))
    return DiskFolder(root)


def _meant(root: Path) -> str:
    """What to name instead of a folder that is no portfolio."""
    if is_portfolio(root.absolute().parent):
        return f"name the portfolio itself: {root.parent}"
    if any(root.iterdir()):
        return f"name the folder that holds {PORTFOLIO_FILE}, or a file in it"
    return f"start one with `casebook new {root}`"


def read_portfolio(folder: Folder) -> PortfolioReading:
    """Read every file of a portfolio; of one that holds too much, only that is said."""
    reader = _Reader(folder)
    names = folder.names()
    case_names = matching(names, CASE_PATTERNS)
    observation_names = matching(names, OBSERVATION_PATTERNS)
    allowance = reader.allowance
    count = len(case_names) + len(observation_names)
    if fault := allowance.fault_of_count(PORTFOLIO_FILE, count):
        return PortfolioReading(folder, None, None, (fault,), {})
    main = reader.piece(PORTFOLIO_FILE, "portfolio")
    cases = reader.pieces(case_names, "case-study")
    observations = reader.pieces(observation_names, "observation")
    review = reader.piece(REVIEW_FILE, "privacy-review") if REVIEW_FILE in names else None
    if allowance.spent:
        return PortfolioReading(folder, None, None, tuple(reader.findings), reader.contents)
    if main is None:
        reader.note_not_judged()
        return PortfolioReading(folder, None, None, tuple(reader.findings), reader.contents)
    program = find_program(
        main.record.program, folder, main.places.of("program"), allowance=allowance
    )
    reader.findings.extend(program.findings)
    if allowance.spent:
        return PortfolioReading(folder, None, None, tuple(reader.findings), reader.contents)
    own = not is_shipped_id(main.record.program)
    if own:
        reader.contents.update(program.files)
    reader.note_strays(names)
    portfolio = None
    if program.program is not None:
        portfolio = Portfolio(
            main=main,
            program=program.program,
            cases=tuple(cases),
            observations=tuple(observations),
            unread=tuple(reader.unread),
            program_files=tuple(program.files) if own else (),
        )
    return PortfolioReading(
        folder, portfolio, program, tuple(reader.findings), reader.contents, review
    )


class _Reader:
    """Collects contents, findings and the names of files that gave no record."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.allowance = Allowance()
        self.contents: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self.unread: list[str] = []

    def pieces(self, names: Iterable[str], kind: str) -> tuple[Piece[Any], ...]:
        return tuple(piece for name in names if (piece := self.piece(name, kind)))

    def piece(self, name: str, kind: str) -> Piece[Any] | None:
        content = None if self.allowance.spent else self._content(name)
        if content is None or self._refused(self.allowance.fault_of_text(name, len(content))):
            self.unread.append(name)
            return None
        self.contents[name] = content
        loaded = load(name, content, expect=kind)
        self.findings.extend(loaded.findings)
        self._refused(self.allowance.fault_of_nodes(name, loaded.nodes))
        if loaded.piece is None:
            self.unread.append(name)
        return loaded.piece

    def _refused(self, fault: Finding | None) -> bool:
        self.findings.extend([fault] if fault else [])
        return fault is not None

    def _content(self, name: str) -> bytes | None:
        try:
            self.folder.holds(name)
        except UsageError as error:
            self._note(codes.OUTSIDE_FOLDER, name, error)
            return None
        except CasebookError as error:
            self._note(codes.UNREADABLE, name, error)
            return None
        try:
            return self.folder.read(name, LARGEST_READ_BYTES)
        except CasebookError as error:
            self._note(codes.UNREADABLE, name, error)
            return None

    def _note(self, code: Code, name: str, error: CasebookError) -> None:
        said = str(error).replace(f"{self.folder.title}/", "")
        self.findings.append(code.at(Place(name), said, error.hint))

    def note_not_judged(self) -> None:
        """Say that little is found because little could be looked for."""
        self.findings.append(
            codes.NOT_JUDGED.at(
                Place(PORTFOLIO_FILE),
                f"{PORTFOLIO_FILE} cannot be read, so nothing was held against the program's "
                "rules yet",
                "mend it first, then check again",
            )
        )

    def note_strays(self, names: tuple[str, ...]) -> None:
        """Warn of files in places that nothing reads, such as a case beside cases/."""
        known = set(self.contents) | set(self.unread)
        self.findings.extend(
            codes.STRAY_FILE.at(
                Place(name),
                "nothing reads this file",
                f"case studies belong in {CASES_FOLDER}/ and end in .yaml; the observed session is "
                "observation.yaml",
            )
            for name in matching(names, STRAY_PATTERNS)
            if name not in known
        )
