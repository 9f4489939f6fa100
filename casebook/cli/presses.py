"""What makes PDFs for a command: processes, and the pages that are kept from earlier times."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook.cli.terminal import clean, tell

if TYPE_CHECKING:
    from casebook.render.together import Presses

no_cache_option = click.option(
    "--no-cache",
    is_flag=True,
    help="Set every page anew, and keep none for the next time.",
)


@contextmanager
def presses_for(path: Path, *, no_cache: bool) -> Iterator["Presses"]:
    """What makes the PDFs of a portfolio, ended with the command.

    Tells afterwards what kept pages from being kept.
    """
    from casebook.render.together import Presses
    from casebook.workflow.kept_pages import kept_pages

    kept = None if no_cache else kept_pages(path)
    with Presses(kept) as presses:
        yield presses
    if kept is not None and kept.trouble is not None:
        tell(f"no pages are kept for the next time: {clean(kept.trouble)}")
