"""The files that a portfolio was written as: no page and no submission takes their place."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from casebook.errors import UsageError
from casebook.files import made_by_casebook
from casebook.source.folder import DiskFolder
from casebook.source.portfolio import is_portfolio, portfolio_around


def keep_originals(targets: Iterable[Path], root: Path, named: Collection[str] = ()) -> None:
    """Refuse to write over a portfolio's own files, whatever the user forces.

    Why even then: a slip of the pen behind ``-o`` would cost the only copy of a case study.

    Args:
        targets: What is to be written.
        root: The folder that the work comes from.
        named: Names that the work gives to its attachments. Whoever made those, they are the
            portfolio's own; of its other files, those that casebook made may be made anew.

    Raises:
        UsageError: One of the targets is a file of this portfolio, or of the one it lies in.
    """
    there = [each for each in targets if each.is_file()]
    if not there:
        return
    standing = {_identity(each): each for each in there}
    around = filter(None, map(portfolio_around, there))
    for folder in dict.fromkeys((root, *around)):
        for name, path in _files(folder):
            target = standing.get(_identity(path))
            if target is None:
                continue
            if (folder == root and name in named) or not made_by_casebook(path):
                raise UsageError(
                    f"{target} is one of the portfolio's own files",
                    hint="name another file to write; not even --force replaces this one",
                )


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """A portfolio's files, each with its name in it."""
    if is_portfolio(folder):
        for name in DiskFolder(folder).names():
            path = folder / name
            if path.is_file():
                yield name, path


def _identity(path: Path) -> tuple[int, int]:
    """What a file is on its disk, whichever name leads to it."""
    told = path.stat()
    return told.st_dev, told.st_ino
