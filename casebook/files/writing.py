"""Writing that leaves the old file or the new one, never half of either.

The bytes go to a temporary name in the same folder, reach the disk, and only then take the real
name. What casebook did not make is never overwritten unasked.
"""

import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import UsageError
from casebook.files.disk import PRIVATE_FILE
from casebook.files.folders import folders_for, names_kept, refuse_file_above
from casebook.files.marks import made_by_casebook
from casebook.files.refusals import REPEAT, machine_error, telling_what_stands
from casebook.files.temporaries import sweep_orphans, temporary_file
from casebook.files.turns import turn_in


@dataclass(frozen=True, slots=True)
class _Planned:
    """One file to write.

    Attributes:
        path: Where it is to stand.
        data: Its content.
        permissions: Says with which permissions, or refuses by a UsageError; None is by default.
        forced: Whether whatever file has the name by then is replaced.
        new: Whether nothing may have the name.
    """

    path: Path
    data: bytes
    permissions: Callable[[], int | None]
    forced: bool = False
    new: bool = False


def write_file(path: Path, data: bytes, *, force: bool = False, private: bool = False) -> None:
    """Write a whole file or nothing; missing folders above it are made.

    A link is replaced, never written through. An existing file keeps its permissions, unless what
    is written is private.

    Args:
        path: Where the file is to stand.
        data: Its whole content.
        force: Replace a file that casebook did not make.
        private: Whether nobody but the user may read it, where the system knows such a thing.

    Raises:
        UsageError: Something stands there that must not be replaced.
        MachineError: The system refuses; the old file, if any, is still whole.
    """
    write_files({path: data}, force=force, private={path} if private else ())


def write_files(
    files: Mapping[Path, bytes],
    *,
    force: bool = False,
    anyway: Collection[Path] = (),
    private: Collection[Path] = (),
    written: list[Path] | None = None,
) -> None:
    """Write files that belong together: none takes its name before all have reached the disk.

    Each is written as `write_file` does it. Only a run that ends in the moment in which they take
    their names, one after the other, leaves some old and some new; each is whole.

    Args:
        files: Where each is to stand -> its whole content.
        force: Replace files that casebook did not make.
        anyway: Those of the paths whose names are casebook's own: always replaced.
        private: Those that nobody but the user may read.
        written: Gets each path that stands; what fails then leaves it to the caller to tell them.

    Raises:
        UsageError: Something stands there that must not be replaced.
        MachineError: The system refuses.
    """

    def planned(path: Path, data: bytes) -> _Planned:
        forced = force or path in anyway

        def mode() -> int | None:
            found = _replaceable_mode(path, force=forced)
            return PRIVATE_FILE if path in private else found

        return _Planned(path, data, mode, forced)

    _write([planned(path, data) for path, data in files.items()], written)


def write_new_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a whole file where nothing stands yet, or nothing.

    Of two runs that write the same file at one moment, one is refused.

    Args:
        path: Where the file is to stand.
        data: Its whole content.
        private: Whether nobody but the user may read it, where the system knows such a thing.

    Raises:
        UsageError: Something stands there already.
        MachineError: The system refuses; nothing was made.
    """
    write_new_files({path: data}, private={path} if private else ())


def write_new_files(files: Mapping[Path, bytes], *, private: Collection[Path] = ()) -> None:
    """Write files that belong together where nothing stands yet, as `write_new_file` does.

    None takes its name before all have reached the disk; they take them in the order given.

    Args:
        files: Where each is to stand -> its whole content.
        private: Those that nobody but the user may read.

    Raises:
        UsageError: Something stands there already.
        MachineError: The system refuses.
    """

    def planned(path: Path, data: bytes) -> _Planned:
        return _Planned(path, data, lambda: _free_mode(path, private=path in private), new=True)

    _write([planned(path, data) for path, data in files.items()], None)


def _write(plans: Sequence[_Planned], told: list[Path] | None) -> None:
    written: list[Path] = [] if told is None else told
    with telling_what_stands(written) if told is None else nullcontext():
        for folder in dict.fromkeys(plan.path.parent for plan in plans):
            sweep_orphans(folder)
        permissions = [_allowed(plan) for plan in plans]
        with ExitStack() as stack:
            temporaries = []
            for plan, mode in zip(plans, permissions, strict=True):
                with _refusals_of(plan.path):
                    stack.enter_context(folders_for(plan.path))
                    held = temporary_file(plan.path.parent, plan.data, mode)
                    temporaries.append(stack.enter_context(held))
            for plan, temporary in zip(plans, temporaries, strict=True):
                with _refusals_of(plan.path):
                    _name(temporary, plan)
                written.append(plan.path)
        for folder in dict.fromkeys(plan.path.parent for plan in plans):
            names_kept(folder)


def _allowed(plan: _Planned) -> int | None:
    with _refusals_of(plan.path):
        refuse_file_above(plan.path)
        return plan.permissions()


@contextmanager
def _refusals_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise machine_error("write", path, error, REPEAT) from error


def _name(temporary: Path, plan: _Planned) -> None:
    """Give a file its own name.

    Raises:
        UsageError: Something has the name that must not be replaced.
    """
    if plan.forced or (not plan.new and os.path.lexists(plan.path)):
        temporary.replace(plan.path)
        return
    try:
        _take_free_place(temporary, plan.path)
    except FileExistsError:
        # Why asked again: somebody wrote it since it was found free.
        plan.permissions()
        temporary.replace(plan.path)


def _take_free_place(temporary: Path, path: Path) -> None:
    """Give a file its name, unless something has it.

    Raises:
        FileExistsError: Something has.
    """
    if os.name == "nt":
        temporary.rename(path)  # Windows refuses by itself
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Why: memory cards and some shared folders know no second name for a file.
        with turn_in(path.parent):
            if os.path.lexists(path):
                raise FileExistsError(path) from None
            temporary.replace(path)


def _free_mode(path: Path, *, private: bool) -> int | None:
    """The permissions of a new file, where nothing stands yet."""
    if os.path.lexists(path):
        raise UsageError(
            f"{path} is already there, and is never replaced", hint="name another file"
        )
    return PRIVATE_FILE if private else None


def _replaceable_mode(path: Path, *, force: bool) -> int | None:
    """The permissions of the file to be replaced, or None when nothing stands there."""
    if not os.path.lexists(path):
        return None
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name the file to write, not its folder")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is a pipe or a device", hint="name a file on the disk")
    if not force and not made_by_casebook(path):
        raise UsageError(
            f"{path} is already there, and casebook did not make it",
            hint="name another file, or add --force to replace this one",
        )
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None
