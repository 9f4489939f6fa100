"""Finds submissions: by their own names, or all that lie in a folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from casebook.errors import UsageError
from casebook.source.portfolio import is_portfolio
from casebook.workflow.examination import portfolio_meant
from casebook.workflow.payload import SEALED_ENDING

_SUFFIXES: Final = (".zip", ".pdf")
_SEALED: Final = f".zip{SEALED_ENDING}"


def is_folder_of_submissions(path: Path) -> bool:
    """Whether a path is a folder that is no portfolio itself."""
    return path.is_dir() and not is_portfolio(path)


def submissions_at(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Every submission that is named, and those in folders that are named, each once.

    A folder of submissions holds zips, packets and portfolios' folders; what else lies in it is
    passed over, and so is everything whose name begins with a dot. A sealed submission is among
    them unless it lies there unsealed too, so that none is left out in silence.

    Raises:
        UsageError: A folder holds none.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        inside = _inside(path) if is_folder_of_submissions(path) else (portfolio_meant(path),)
        for each in inside:
            found.setdefault(each.resolve(), each)
    return tuple(found.values())


def _inside(folder: Path) -> tuple[Path, ...]:
    inside = tuple(
        each
        for each in sorted(folder.iterdir())
        if not each.name.startswith(".")
        and (is_portfolio(each) or (_is_named_so(each) and each.is_file()))
    )
    if not inside:
        raise UsageError(
            f"{folder} holds no submission",
            hint="name a portfolio's folder, a submission.zip, or a folder with some of them",
        )
    return inside


def _is_named_so(path: Path) -> bool:
    if path.name.lower().endswith(_SEALED):
        return not path.with_suffix("").exists()
    return path.suffix.lower() in _SUFFIXES
