"""Temporary names: those of runs that are at work stay, those that were left behind go."""

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casebook.files import disk, sweep_orphans, temporaries, turns, write_file, write_tree
from casebook.files.temporaries import ORPHAN_AGE_S, temporary_file, temporary_folder
from tests.unit.files.disks import failing, names

LEFT = ".casebook-0123456789abcdef.tmp"
LEFT_BY_AN_OLDER_CASEBOOK = ".casebook-0123abcd-4711-0123abcd.tmp"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    opened = os.open(path, os.O_RDONLY)
    fcntl.flock(opened, fcntl.LOCK_EX)
    yield
    os.close(opened)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shared folder on which nothing can be locked."""
    monkeypatch.setattr(fcntl, "flock", failing(errno.ENOLCK))


def test_what_nobody_holds_is_swept_and_nothing_else(tmp_path: Path) -> None:
    kept = ["notes.tmp", f"{LEFT}.txt", ".casebook-notes.tmp"]
    for name in (LEFT, LEFT_BY_AN_OLDER_CASEBOOK, *kept):
        (tmp_path / name).touch()
    folder = tmp_path / ".casebook-fedcba9876543210.tmp"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "a.yaml").touch()
    assert sweep_orphans(tmp_path) == (LEFT, LEFT_BY_AN_OLDER_CASEBOOK, folder.name)
    assert names(tmp_path) == sorted(kept)


def test_what_a_run_holds_stays_until_the_run_has_ended(tmp_path: Path) -> None:
    (tmp_path / LEFT).touch()
    with locked(tmp_path / LEFT):
        assert sweep_orphans(tmp_path) == ()
    assert sweep_orphans(tmp_path) == (LEFT,)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_temporary_is_held_as_long_as_it_is_there(kind: str, tmp_path: Path) -> None:
    held = (
        temporary_file(tmp_path, b"x", None) if kind == "file" else temporary_folder(tmp_path, None)
    )
    with held as path:
        assert sweep_orphans(tmp_path) == ()
        assert path.exists()
    assert names(tmp_path) == []


def test_a_link_or_a_pipe_of_such_a_name_is_not_casebooks(tmp_path: Path) -> None:
    """What a link leads to is not touched, and a pipe does not make it wait."""
    (tmp_path / "mine").touch()
    (tmp_path / LEFT).symlink_to("mine")
    os.mkfifo(tmp_path / LEFT_BY_AN_OLDER_CASEBOOK)
    assert sweep_orphans(tmp_path) == ()
    assert names(tmp_path) == sorted(["mine", LEFT, LEFT_BY_AN_OLDER_CASEBOOK])


@pytest.mark.usefixtures("without_locks")
def test_where_nothing_can_be_locked_only_what_is_old_is_swept(tmp_path: Path) -> None:
    for name in (LEFT, LEFT_BY_AN_OLDER_CASEBOOK):
        (tmp_path / name).touch()
    now = (tmp_path / LEFT).stat().st_mtime
    os.utime(tmp_path / LEFT, (now, now - ORPHAN_AGE_S - 60))
    assert sweep_orphans(tmp_path) == (LEFT,)
    assert names(tmp_path) == [LEFT_BY_AN_OLDER_CASEBOOK]


@pytest.mark.usefixtures("without_locks")
def test_where_nothing_can_be_locked_files_and_folders_are_written_all_the_same(
    tmp_path: Path,
) -> None:
    write_file(tmp_path / "a", b"x")
    write_tree(tmp_path / "b", {"c": b"y"})
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_sweep_between_making_and_locking_costs_one_more_attempt(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one moment in which a living temporary is taken for left behind."""
    swept: list[str] = []

    def sweep_first(opened: int, *, wait: bool) -> bool | None:
        if not swept:
            swept.extend(sweep_orphans(tmp_path))
        return turns.lock(opened, wait=wait)

    monkeypatch.setattr(temporaries, "lock", sweep_first)
    if kind == "file":
        write_file(tmp_path / "new", b"x")
    else:
        write_tree(tmp_path / "new", {"a": b"x"})
    assert len(swept) == 1
    assert names(tmp_path) == ["new"]


def test_each_write_sweeps_first_even_when_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    writes: list[Callable[[], object]] = [
        lambda: write_file(tmp_path / "a", b"", force=True),
        lambda: write_tree(tmp_path / "b", {}),
        lambda: write_file(tmp_path / "mine", b""),
        lambda: write_tree(tmp_path / "mine", {}),
    ]
    for write in writes:
        (tmp_path / LEFT).touch()
        try:
            write()
        except Exception:  # noqa: BLE001 - whether it is refused does not matter here
            assert (tmp_path / "mine").read_bytes() == b"mine"
        assert LEFT not in names(tmp_path)


def test_sweeping_a_folder_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    assert sweep_orphans(tmp_path / "missing") == ()


def test_a_temporary_folder_is_never_wider_than_it_is_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []

    def look(opened: int, *, wait: bool) -> bool | None:
        modes.append(stat.S_IMODE(os.fstat(opened).st_mode))
        return turns.lock(opened, wait=wait)

    monkeypatch.setattr(temporaries, "lock", look)
    with temporary_folder(tmp_path, 0o700) as path:
        modes.append(stat.S_IMODE(path.stat().st_mode))
    assert modes == [0o700, 0o700]


def test_a_private_temporary_is_private_from_its_first_byte(tmp_path: Path) -> None:
    modes: list[int] = []

    def look(opened: int, data: bytes) -> None:
        modes.append(stat.S_IMODE(os.fstat(opened).st_mode))
        disk.write_through(opened, data)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(temporaries, "write_through", look)
        with temporary_file(tmp_path, b"secret", 0o600):
            pass
    assert modes == [0o600]
