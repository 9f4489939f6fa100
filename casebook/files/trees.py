"""Folders that appear with all their files or not at all."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from casebook.errors import UsageError
from casebook.files.disk import PRIVATE_FOLDER, sync_folder, write_durably
from casebook.files.folders import folders_for, names_kept, refuse_file_above
from casebook.files.names import contained
from casebook.files.refusals import REPEAT, machine_error
from casebook.files.temporaries import sweep_orphans, temporary_folder


def write_tree(target: Path, files: Mapping[str, bytes], *, private: bool = False) -> Path:
    """Make a folder that appears with all its files or not at all.

    Args:
        target: The new folder; an empty one may stand there already, and lends its permissions.
        files: Relative name -> content.
        private: Whether nobody but the user may look into it, where the system knows such a thing.

    Returns:
        Where the folder stands: elsewhere than the target where that is a link, or lies behind one.

    Raises:
        UsageError: The target holds something, leads nowhere, or a name is unsafe.
        MachineError: The system refuses; nothing was made.
    """
    place = Path(os.path.realpath(target))
    _refuse_lost(target)
    try:
        sweep_orphans(place.parent)
        _refuse_occupied(target, place)
        refuse_file_above(place)
        lent = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
        permissions = PRIVATE_FOLDER if private else lent
        with (
            folders_for(place),
            temporary_folder(place.parent, permissions) as temporary,
        ):
            for name, data in sorted(files.items()):
                inside = contained(temporary, name)
                inside.parent.mkdir(parents=True, exist_ok=True)
                write_durably(inside, data, private=private)
            for folder, _, _ in os.walk(temporary):
                if private:
                    Path(folder).chmod(PRIVATE_FOLDER)
                sync_folder(Path(folder))
            _give_name(temporary, target, place)
    except OSError as error:
        raise machine_error("write", target, error, REPEAT) from error
    names_kept(place.parent)
    return place


def _give_name(temporary: Path, target: Path, place: Path) -> None:
    if os.name == "nt" and place.exists():
        place.rmdir()  # elsewhere an empty folder is replaced
    try:
        temporary.rename(place)
    except OSError:
        # Why asked again: somebody may have put something there since it was found free.
        _refuse_occupied(target, place)
        raise


def _refuse_lost(target: Path) -> None:
    """Refuse a way over a link to what is not there: hardly anybody means the place it names."""
    for each in (target, *target.parents):
        if each.is_symlink() and not each.exists():
            raise UsageError(
                f"{each} is a link to {os.path.realpath(each)}, which is not there",
                hint="remove the link, make the folder it leads to, or name another folder",
            )


def _refuse_occupied(target: Path, place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir() or any(place.iterdir()):
        what = "is not empty" if place.is_dir() else "is a file"
        raise UsageError(f"{target} {what}", hint="name a folder that does not exist yet")
    if place == Path.cwd():  # taking its place would leave the user's shell in a lost folder
        raise UsageError(f"{target} is the folder you are in", hint="name a new folder inside it")
