"""Reads a portfolio folder: every file of it, and all their faults at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece, Portfolio
from casebook.errors import CasebookError, UsageError
from casebook.source.folder import DiskFolder, Folder, matching
from casebook.source.load import load
from casebook.source.program import ProgramReading, find_program, is_shipped_id
from casebook.source.reader import FILE_BYTES

PORTFOLIO_FILE: Final = "portfolio.yaml"
CASES_FOLDER: Final = "cases"
CASE_PATTERNS: Final = (f"{CASES_FOLDER}/*.yaml", f"{CASES_FOLDER}/*.yml")
OBSERVATION_PATTERNS: Final = ("observation*.yaml", "observation*.yml")
STRAY_PATTERNS: Final = ("*.yaml", "*.yml", f"{CASES_FOLDER}/*/*.yaml", f"{CASES_FOLDER}/*/*.yml")


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


def is_portfolio(path: Path) -> bool:
    """Whether a folder is a portfolio: it has a portfolio.yaml."""
    return (path / PORTFOLIO_FILE).is_file()


def portfolio_around(path: Path) -> Path | None:
    """The portfolio folder that a file belongs to: its own folder, or the one above."""
    near = path.absolute().parent
    return next((each for each in (near, near.parent) if is_portfolio(each)), None)


def open_portfolio(root: Path) -> DiskFolder:
    """The folder of a portfolio on the disk.

    Raises:
        UsageError: The folder has no portfolio.yaml, or there is no such folder.
    """
    if not root.is_dir():
        raise UsageError(f"{root}: there is no such folder", hint="is the name spelt right?")
    if not is_portfolio(root):
        raise UsageError(
            f"{root}: not a portfolio: it has no {PORTFOLIO_FILE}",
            hint=f"start one with `casebook new {root}`",
        )
    return DiskFolder(root)


def read_portfolio(folder: Folder) -> PortfolioReading:
    """Read every file of a portfolio."""
    reader = _Reader(folder)
    names = folder.names()
    main = reader.piece(PORTFOLIO_FILE, "portfolio")
    cases = reader.pieces(matching(names, CASE_PATTERNS), "case-study")
    observations = reader.pieces(matching(names, OBSERVATION_PATTERNS), "observation")
    reader.note_strays(names)
    if main is None:
        return PortfolioReading(folder, None, None, tuple(reader.findings), reader.contents)
    program = find_program(main.record.program, folder, main.places.of("program"))
    if not is_shipped_id(main.record.program):
        reader.findings.extend(program.findings)
        reader.contents.update(program.files)
    elif program.program is None:
        reader.findings.extend(program.findings)
    portfolio = None
    if program.program is not None:
        portfolio = Portfolio(
            main=main,
            program=program.program,
            cases=tuple(cases),
            observations=tuple(observations),
            unread=tuple(reader.unread),
            program_files=() if is_shipped_id(main.record.program) else tuple(program.files),
        )
    return PortfolioReading(folder, portfolio, program, tuple(reader.findings), reader.contents)


class _Reader:
    """Collects contents, findings and the names of files that gave no record."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.contents: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self.unread: list[str] = []

    def pieces(self, names: Iterable[str], kind: str) -> tuple[Piece[Any], ...]:
        return tuple(piece for name in names if (piece := self.piece(name, kind)))

    def piece(self, name: str, kind: str) -> Piece[Any] | None:
        try:
            content = self.folder.read(name, FILE_BYTES)
        except CasebookError as error:
            self.unread.append(name)
            self.findings.append(codes.UNREADABLE.at(Place(name), str(error), error.hint))
            return None
        self.contents[name] = content
        loaded = load(name, content, expect=kind)
        self.findings.extend(loaded.findings)
        if loaded.piece is None:
            self.unread.append(name)
        return loaded.piece

    def note_strays(self, names: tuple[str, ...]) -> None:
        """Warn of YAML files in places that nothing reads, such as a case beside cases/."""
        known = set(self.contents) | set(self.unread)
        self.findings.extend(
            codes.STRAY_FILE.at(
                Place(name),
                "nothing reads this file",
                f"case studies belong in {CASES_FOLDER}/, the observed session in observation.yaml",
            )
            for name in matching(names, STRAY_PATTERNS)
            if name not in known
        )
