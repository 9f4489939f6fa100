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
    for target in targets:
        if not target.is_file():
            continue
        around = portfolio_around(target)
        for original in (*_originals(root, named), *(_originals(around, ()) if around else ())):
            if target.samefile(original):
                raise UsageError(
                    f"{target} is one of the portfolio's own files",
                    hint="name another file to write; not even --force replaces this one",
                )


def _originals(root: Path, named: Collection[str]) -> Iterator[Path]:
    if is_portfolio(root):
        for name in DiskFolder(root).names():
            path = root / name
            if path.is_file() and (name in named or not made_by_casebook(path)):
                yield path
