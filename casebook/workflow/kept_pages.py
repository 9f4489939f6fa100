"""Where finished pages of a portfolio are kept: beside it, sealed with a secret of the user's own.

Why beside it: pages hold what clients told, and go where the portfolio goes, or are deleted with
it. Why a secret: a folder that somebody else hands over must not decide what pages show.
"""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from casebook.errors import CasebookError
from casebook.files import read_bytes, sweep_orphans, write_file
from casebook.render.kept import KeptPages
from casebook.source.folder import BUILD_FOLDER
from casebook.source.portfolio import is_portfolio, portfolio_around
from casebook.workflow.examination import portfolio_meant

PAGES_FOLDER: Final = ".pages"
_OWN_FILE: Final = "kept-pages.secret"
_SECRET_BYTES: Final = 32


def kept_pages(path: Path) -> KeptPages | None:
    """Where pages of the portfolio around a path are kept.

    Returns:
        None outside every portfolio, and where this user can keep no secret.
    """
    meant = portfolio_meant(path)
    root = meant if is_portfolio(meant) else portfolio_around(path)
    secret = _secret()
    if root is None or secret is None:
        return None
    folder = root / BUILD_FOLDER / PAGES_FOLDER
    # Why here: a run that finds all it needs writes nothing, and would leave what others left.
    sweep_orphans(folder)
    return KeptPages(folder, secret)


def _secret() -> bytes | None:
    """What no other user of the machine knows; made when it is first needed."""
    path = user_state_path("casebook", appauthor=False) / _OWN_FILE
    found = _read(path)
    if found is None:
        # Why by force: with one that was cut short, anybody could make a seal.
        with suppress(CasebookError):
            write_file(path, secrets.token_bytes(_SECRET_BYTES), force=True, private=True)
        # Why read again: of two runs that make one at the same moment, the last one's stands.
        found = _read(path)
    return found


def _read(path: Path) -> bytes | None:
    with suppress(CasebookError):
        found = read_bytes(path, _SECRET_BYTES)
        return found if len(found) == _SECRET_BYTES else None
    return None
