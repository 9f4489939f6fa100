"""Reads a portfolio folder: every file of it, and all their faults at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.case_study import CaseStudy
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece, Portfolio
from casebook.errors import CasebookError, UsageError
from casebook.files import contained, read_bytes
from casebook.source.load import load
from casebook.source.program import ProgramReading, find_program, is_shipped_id
from casebook.source.reader import FILE_BYTES

PORTFOLIO_FILE: Final = "portfolio.yaml"
CASES_FOLDER: Final = "cases"
OBSERVATION_PATTERNS: Final = ("observation*.yaml", "observation*.yml")


@dataclass(frozen=True, slots=True)
class PortfolioReading:
    """What a portfolio folder gave.

    ``portfolio`` is None when its own file or its program could not be read. ``contents`` holds
    the bytes of every file that was read, by its path.
    """

    root: Path
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


def read_portfolio(root: Path) -> PortfolioReading:
    """Read every file of a portfolio.

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
    reader = _Reader(root)
    main = reader.piece(PORTFOLIO_FILE, "portfolio")
    cases: list[Piece[CaseStudy]] = []
    observations: list[Piece[Observation]] = []
    for relative in _files_below(root, (f"{CASES_FOLDER}/*.yaml", f"{CASES_FOLDER}/*.yml")):
        if piece := reader.piece(relative, "case-study"):
            cases.append(piece)
    for relative in _files_below(root, OBSERVATION_PATTERNS):
        if piece := reader.piece(relative, "observation"):
            observations.append(piece)
    reader.note_strays()
    if main is None:
        return PortfolioReading(root, None, None, tuple(reader.findings), reader.contents)
    program = find_program(main.record.program, root, main.places.of("program"))
    if not is_shipped_id(main.record.program):
        reader.findings.extend(program.findings)
        reader.contents.update(program.files)
    elif program.program is None:
        reader.findings.extend(program.findings)
    portfolio = None
    if program.program is not None:
        portfolio = Portfolio(
            root=root,
            main=main,
            program=program.program,
            cases=tuple(cases),
            observations=tuple(observations),
            unread=tuple(reader.unread),
            program_files=() if is_shipped_id(main.record.program) else tuple(program.files),
        )
    return PortfolioReading(root, portfolio, program, tuple(reader.findings), reader.contents)


class _Reader:
    """Collects contents, findings and the names of files that gave no record."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contents: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self.unread: list[str] = []

    def piece(self, relative: str, kind: str) -> Piece[Any] | None:
        try:
            content = read_bytes(contained(self.root, relative), FILE_BYTES)
        except CasebookError as error:
            self.unread.append(relative)
            self.findings.append(codes.UNREADABLE.at(Place(relative), str(error), error.hint))
            return None
        self.contents[relative] = content
        loaded = load(relative, content, expect=kind)
        self.findings.extend(loaded.findings)
        if loaded.piece is None:
            self.unread.append(relative)
        return loaded.piece

    def note_strays(self) -> None:
        """Warn of YAML files in places that nothing reads, such as a case beside cases/."""
        known = set(self.contents) | set(self.unread)
        for relative in _files_below(self.root, ("*.yaml", "*.yml", "cases/*/*.yaml")):
            if relative not in known:
                self.findings.append(
                    codes.STRAY_FILE.at(
                        Place(relative),
                        "nothing reads this file",
                        f"case studies belong in {CASES_FOLDER}/, the observed session in "
                        "observation.yaml",
                    )
                )


def _files_below(root: Path, patterns: tuple[str, ...]) -> list[str]:
    found = {
        path.relative_to(root).as_posix()
        for pattern in patterns
        for path in root.glob(pattern)
        if not path.name.startswith(".")
    }
    return sorted(found)
