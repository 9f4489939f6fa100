"""A command that is done again whenever a file was saved, in a process that stays warm."""

import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from casebook.cli.terminal import clean, complain, dress, tell
from casebook.errors import CasebookError, UsageError

watch_option = click.option(
    "--watch",
    is_flag=True,
    help="Do it again whenever a file is saved, until Ctrl-C.",
)

_LOOK_AGAIN_MS: Final = 500
_QUIET_MS: Final = 50
"""Saving several files, or one in several steps, is one change when no more time lies between."""


def watch_turns(
    paths: Collection[Path],
    turn: Callable[[], Collection[Path]],
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Take a turn at once, and one after every change of a file that may matter.

    What is wrong in a turn is told, and the next one may mend it. Ctrl-C ends it all.

    Args:
        paths: What the command was given.
        turn: Does the work, and returns the files that it wrote.
        ready: Makes ready for the next turn, once the first is told.

    Raises:
        UsageError: One of the paths is not there from the beginning.
        MachineError: This machine lacks what takes turns.
    """
    from casebook.recollection import Recollection
    from casebook.source.pictures import drawing_once

    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        # Why at the beginning alone: an editor may take a file away before it writes it anew.
        raise UsageError(f"there is no {clean(missing)}", hint="check the spelling and the folder")
    try:
        # Why around all turns: a picture that did not change is drawn in the first alone.
        with drawing_once():
            recollection = Recollection()
            for number, _ in enumerate(_changes(paths, written := set[Path]())):
                begun = time.monotonic()
                with recollection.turn():
                    written |= {path.absolute() for path in _told(turn)}
                _tell_turn(time.monotonic() - begun, first=not number)
                if not number:
                    ready()
    except KeyboardInterrupt:
        tell("")


def _told(turn: Callable[[], Collection[Path]]) -> Collection[Path]:
    try:
        return turn()
    except CasebookError as error:
        complain(str(error), error.hint)
        return ()


def _tell_turn(took_s: float, *, first: bool) -> None:
    ends = "; waiting for changes, Ctrl-C ends" if first else ""
    tell(dress(f"-- {took_s:.2f} s, {datetime.now().astimezone():%H:%M:%S}{ends}", "dim"))


def _changes(paths: Collection[Path], written: Collection[Path]) -> Iterator[None]:
    """Something to do at once, and after every change; what is saved meanwhile is not missed."""
    from watchfiles import watch

    places = {_watched(path) for path in paths}
    alone = {path.absolute() for path in paths if path.is_file()}

    def matters(_change: object, name: str) -> bool:
        path = Path(name)
        # Why no folder: what is put into one is told of by itself.
        return (
            path not in written
            and not path.is_dir()
            and any(
                _is_source(path.relative_to(place)) and (within or path in alone)
                for place, within in places
                if path.is_relative_to(place)
            )
        )

    begun = False
    for found in watch(
        *(place for place, _ in places),
        watch_filter=matters,
        step=_QUIET_MS,
        rust_timeout=_LOOK_AGAIN_MS,
        yield_on_timeout=True,
    ):
        if found or not begun:
            yield
        begun = True


def _watched(path: Path) -> tuple[Path, bool]:
    """The folder to watch for a path, and whether all in it matters: a portfolio, if there is one.

    A file that belongs to none is watched by its folder, since editors often replace it.
    """
    from casebook.source.portfolio import is_portfolio, portfolio_around

    root = path if is_portfolio(path) else portfolio_around(path)
    if root is None:
        root = path if path.is_dir() else path.parent
        return root.absolute(), path.is_dir()
    return root.absolute(), True


def _is_source(relative: Path) -> bool:
    """Whether a file below a watched folder is read: not what casebook made, and nothing hidden."""
    from casebook.source.folder import BUILD_FOLDER

    parts = relative.parts
    return parts[:1] != (BUILD_FOLDER,) and not any(each.startswith(".") for each in parts)
