"""Finds submissions: by their own names, or all that lie in a folder."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from casebook.errors import UsageError
from casebook.source.named_files import files_named
from casebook.source.portfolio import PORTFOLIO_FILE, is_portfolio
from casebook.workflow.examination import portfolio_meant
from casebook.workflow.marking.sealed_file import SEALED_SUFFIX
from casebook.workflow.payload import SEALED_ENDING

_SUFFIXES: Final = (".zip", ".pdf")
_SEALED: Final = f".zip{SEALED_ENDING}"
_ZIPS: Final = (".zip", _SEALED)
_MARKS: Final = (SEALED_SUFFIX, ".yaml", ".yml")


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


def refuse_swapped(submission: Path, marks: Sequence[Path]) -> None:
    """Refuse marks that are named where the submission belongs, and the other way round.

    Raises:
        UsageError: They are.
    """
    for each in marks:
        if _is_of_marks(submission) and _is_of_submissions(each):
            raise UsageError(
                f"{submission} holds marks, and {each} what was marked",
                hint=f"name them the other way round: casebook moderate {each} {submission}",
            )


def _is_of_marks(path: Path) -> bool:
    return _is_with_marks(path) and not _is_with(path, _ZIPS)


def _is_of_submissions(path: Path) -> bool:
    # Why not every PDF: copies to read lie beside the marks on them.
    return _is_with(path, _ZIPS) or (_is_with(path, _SUFFIXES) and not _is_with_marks(path))


def _is_with_marks(path: Path) -> bool:
    """Whether marks lie there, sealed or not."""
    if not path.is_dir():
        return path.name.endswith(_MARKS) and path.name != PORTFOLIO_FILE
    return not is_portfolio(path) and bool(files_named([path], _MARKS))


def _is_with(path: Path, endings: tuple[str, ...]) -> bool:
    """Whether a portfolio is there, or a file with one of some endings."""
    inside = (path, *path.iterdir()) if path.is_dir() else (portfolio_meant(path),)
    return any(is_portfolio(each) or each.name.lower().endswith(endings) for each in inside)


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
