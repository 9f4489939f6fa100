"""What is to be looked through: a portfolio, a folder, one file, or what was handed in."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casebook import limits
from casebook.bundle.inventory import RECORD_NAME
from casebook.errors import CasebookError, UnacceptableWork, UsageError
from casebook.limits import ATTACHMENT_BYTES
from casebook.source.folder import DiskFolder, Folder, MemoryFolder
from casebook.source.portfolio import is_portfolio, portfolio_around
from casebook.source.private_names import (
    PrivateList,
    is_private,
    private_list_in,
    read_private_list,
)
from casebook.workflow.examination import portfolio_meant
from casebook.workflow.payload import (
    DOCUMENTS_PART,
    EVALUATION_PART,
    PORTFOLIO_PART,
    PROGRAM_PART,
    SEALED_ENDING,
    files_in,
)

_MADE_PARTS: Final = tuple(f"{part}/" for part in (DOCUMENTS_PART, EVALUATION_PART, PROGRAM_PART))

_SENT: Final = (b"PK\x03\x04", b"%PDF-")
"""How a submission and a packet begin."""


@dataclass(frozen=True, slots=True)
class Material:
    """Files to be looked through.

    Attributes:
        path: As it was named.
        folder: Where the files are read from.
        names: The files.
        shown: What stands before each name where it is shown.
        private: The list of names that must not be found.
        portfolio: The portfolio among the files, whose review counts; None where there is none.
        below: What stands before the names of that portfolio's files.
        made: Files that casebook made, in which dates and numbers are no candidate's words.
    """

    path: Path
    folder: Folder
    names: tuple[str, ...]
    shown: str
    private: PrivateList
    portfolio: Folder | None = None
    below: str = ""
    made: frozenset[str] = field(default_factory=frozenset)

    @property
    def on_disk(self) -> bool:
        """Whether it is a portfolio's own folder, where a review can be kept."""
        return self.portfolio is self.folder and isinstance(self.folder, DiskFolder)

    @property
    def root(self) -> Path | None:
        """The folder on the disk that all of it is; None for a file, and for what was sent."""
        whole = isinstance(self.folder, DiskFolder) and self.path == self.folder.root
        return self.path if whole else None

    def contents(self) -> Iterator[tuple[str, bytes | CasebookError]]:
        """Each file with its content, or with what keeps it from being read."""
        for name in self.names:
            try:
                yield name, self.folder.read(name, ATTACHMENT_BYTES)
            except CasebookError as error:
                yield name, error


def material_at(path: Path, names_path: Path | None = None) -> Material:
    """Find out what a path is.

    Args:
        path: A portfolio, another folder, a file, a submission or a packet.
        names_path: The private list of names; else the one that lies in the portfolio.

    Raises:
        UsageError: There is no such path, too many files are in it, or the list cannot be read.
        UnacceptableWork: A submission or packet is too damaged to be looked into.
    """
    path = portfolio_meant(path)
    if is_private(path.name) and names_path is None:
        raise UsageError(
            f"{path} is your private list of names; it is looked for, not looked into",
            hint="name the portfolio, or a file in it",
        )
    private = _private_list(path, names_path)
    if path.is_dir():
        return _in_folder(path, private)
    if not path.exists():
        raise UsageError(f"there is no file or folder {str(path)!r}", hint="is it spelt right?")
    if path.suffix.casefold() in {".zip", ".pdf"} and (sent := _sent(path)) is not None:
        return _in_submission(path, sent, private)
    if path.suffix == SEALED_ENDING:
        raise UsageError(
            f"{path} is sealed", hint=f"`casebook unseal {path} --identity KEY` opens it first"
        )
    folder = DiskFolder(path.parent)
    return Material(path, folder, (path.name,), str(path.parent), private)


def _in_folder(path: Path, private: PrivateList) -> Material:
    folder = DiskFolder(path)
    names = folder.names()
    if len(names) > limits.SEARCHED_FILES:
        raise UsageError(
            f"{path} holds {len(names):,} files; at most {limits.SEARCHED_FILES:,} are looked into",
            hint="name a folder below it",
        )
    own = folder if is_portfolio(path) else None
    return Material(path, folder, names, str(path), private, own)


def _in_submission(path: Path, payload: Mapping[str, bytes], private: PrivateList) -> Material:
    made = frozenset(
        name for name in payload if name == RECORD_NAME or name.startswith(_MADE_PARTS)
    )
    folder = MemoryFolder(str(path), payload)
    own = MemoryFolder(str(path), files_in(PORTFOLIO_PART, payload))
    below = f"{PORTFOLIO_PART}/"
    # Why not the folder's own names: what a stranger hides is looked into as well.
    return Material(path, folder, tuple(sorted(payload)), str(path), private, own, below, made)


def _sent(path: Path) -> Mapping[str, bytes] | None:
    """The payload of a submission or a packet; None for a PDF that is no packet."""
    with path.open("rb") as opened:
        head = opened.read(len(_SENT[1]))
    if not head.startswith(_SENT):
        return None
    from casebook.workflow.unpacking import unpack

    steps, sent = unpack(path)
    if sent is not None:
        return sent.payload
    if head.startswith(_SENT[1]):
        return None
    failed = next(step for step in steps.all() if not step.ok)
    raise UnacceptableWork(
        f"{path} cannot be looked into: {failed.detail}",
        hint="if it is no submission, unpack it and name the folder",
    )


def _private_list(path: Path, names_path: Path | None) -> PrivateList:
    if names_path is not None:
        return read_private_list(names_path)
    root = path if path.is_dir() else portfolio_around(path) or path.parent
    return private_list_in(root) or PrivateList()


def shown_name(material: Material, name: str) -> str:
    """What a file is called where it is shown."""
    return os.path.normpath(Path(material.shown) / name)
