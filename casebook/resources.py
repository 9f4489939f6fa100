"""Where the files that come with casebook stand, in an installed copy and in a checkout alike.

An installed copy carries templates, schemas and samples in ``casebook/_data``; a checkout has them
at its top. Programs and anatomy are folders of data inside the package in both.
"""

import difflib
from pathlib import Path

from casebook.errors import CasebookError, MachineError, UsageError

_PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """The Jinja templates, with the stylesheets and fonts they use."""
    return _shipped("templates")


def schemas_dir() -> Path:
    """The JSON Schemas that editors complete and check with."""
    return _shipped("schemas")


def samples_dir() -> Path:
    """The folder of sample portfolios."""
    return _shipped("samples")


def programs_dir() -> Path:
    """The programs that ship with casebook, one folder each."""
    return _inside("programs")


def anatomy_dir() -> Path:
    """The tables of muscles, other structures and their synonyms."""
    return _inside("anatomy")


def sample_names() -> tuple[str, ...]:
    """Every sample that is a portfolio, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in samples_dir().glob("*/portfolio.yaml")))


def sample_dir(name: str) -> Path:
    """The folder of one sample portfolio.

    Raises:
        UsageError: There is no sample of that name.
    """
    names = sample_names()
    if name in names:
        return samples_dir() / name
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(names)}"
    raise UsageError(f"there is no sample named {name!r}", hint=hint)


def _shipped(name: str) -> Path:
    packed = _PACKAGE / "_data" / name
    if packed.is_dir():
        return packed
    checkout = _PACKAGE.parent
    # Why: beside an installed package another one may keep a folder of the same name.
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise _incomplete(packed)


def _inside(name: str) -> Path:
    folder = _PACKAGE / name
    if folder.is_dir():
        return folder
    raise _incomplete(folder)


def _incomplete(folder: Path) -> CasebookError:
    return MachineError(
        f"this copy of casebook lacks its folder {folder}",
        hint="install it again: python -m pip install --force-reinstall casebook",
    )
