"""Writing: the old file or the new one, never half of either, and nothing beside it."""

import errno
import os
import random
import shutil
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from casebook.errors import MachineError, UsageError
from casebook.files import (
    sweep_orphans,
    write_file,
    write_files,
    write_new_file,
    write_new_files,
    write_tree,
)
from tests.unit.files.disks import (
    OURS,
    failing,
    failing_to_create,
    names,
    read_tree,
    run_python,
)


def test_a_new_file_is_written_with_its_folders_and_nothing_else(tmp_path: Path) -> None:
    write_file(tmp_path / "build" / "deep" / "a.html", OURS)
    assert (tmp_path / "build" / "deep" / "a.html").read_bytes() == OURS
    assert names(tmp_path / "build" / "deep") == ["a.html"]


def test_what_casebook_made_is_made_anew_with_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    write_file(file, OURS)
    file.chmod(0o600)
    write_file(file, OURS + b"\n")
    assert file.read_bytes() == OURS + b"\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_the_user_made_is_replaced_only_with_force(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(b"mine")
    with pytest.raises(UsageError) as refusal:
        write_file(file, OURS)
    assert "--force" in (refusal.value.hint or "")
    assert file.read_bytes() == b"mine"
    write_file(file, OURS, force=True)
    assert file.read_bytes() == OURS


def test_a_folder_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(UsageError):
            write_file(tmp_path / name, OURS, force=True)
    assert names(tmp_path) == ["folder", "pipe"]


def test_a_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to("theirs")
    with pytest.raises(UsageError):
        write_file(tmp_path / "link", OURS)
    write_file(tmp_path / "link", OURS, force=True)
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert (tmp_path / "link").read_bytes() == OURS


def test_a_link_to_nothing_is_not_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nothing")
    with pytest.raises(UsageError):
        write_file(tmp_path / "link", OURS)
    assert names(tmp_path) == ["link"]


REFUSALS = {
    "read-only disk": ("open", failing_to_create(errno.EROFS), "the disk is read-only"),
    "read-only folder": ("open", failing_to_create(errno.EACCES), "permission is denied"),
    "full disk": ("fsync", failing(errno.ENOSPC), "the disk is full"),
    "quota": ("fsync", failing(errno.EDQUOT), "your share of the disk is used up"),
    "faulty disk": ("fsync", failing(errno.EIO), "the disk reports a fault"),
    "lost server": ("fsync", failing(errno.ESTALE), os.strerror(errno.ESTALE)),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_when_the_system_refuses_the_old_file_stays_whole_and_alone(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, refuse, words = REFUSALS[case]
    file = tmp_path / "a.html"
    write_file(file, OURS)
    monkeypatch.setattr(os, call, refuse)
    writes: list[Callable[[], object]] = [
        lambda: write_file(file, OURS * 2),
        lambda: write_tree(tmp_path / "tree", {"a": b""}),
    ]
    for write in writes:
        with pytest.raises(MachineError) as refusal:
            write()
        assert words in str(refusal.value)
        assert refusal.value.hint
        assert file.read_bytes() == OURS
        assert names(tmp_path) == ["a.html"]


def test_when_the_last_step_fails_the_old_file_stays_whole_and_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.html"
    write_file(file, OURS)
    monkeypatch.setattr(Path, "replace", failing(errno.EPERM))
    monkeypatch.setattr(Path, "rename", failing(errno.EPERM))
    with pytest.raises(MachineError, match="the system does not permit it"):
        write_file(file, OURS * 2)
    with pytest.raises(MachineError, match="the system does not permit it"):
        write_tree(tmp_path / "tree", {"a": b""})
    assert file.read_bytes() == OURS
    assert names(tmp_path) == ["a.html"]


def test_a_file_in_the_way_of_a_folder_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("file/a.html", "file/below/a.html"):
        with pytest.raises(UsageError, match=r"file is no folder, and a\.html is to be written"):
            write_file(tmp_path / name, OURS)
    with pytest.raises(UsageError, match="file is no folder, and tree"):
        write_tree(tmp_path / "file" / "tree", {"a": b""})
    assert (tmp_path / "file").read_bytes() == b""


def test_an_interrupted_write_removes_its_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a", b"x")
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_synced_does_not_fail_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no folders")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_file(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


LIMITED = """
import resource, sys
from pathlib import Path
from casebook.errors import MachineError
from casebook.files import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(Path(sys.argv[1]), b"x" * 5000, force=True)
except MachineError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def test_a_limit_on_file_size_ends_in_one_line_and_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    process = run_python(LIMITED, str(file))
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (3, "")
    assert output == f"cannot write {file}: the file is larger than this system allows\n"
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


REWRITING = """
import sys
from pathlib import Path
from casebook.files import write_file
target, size = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_file(target, letter * size, force=True)
"""


@pytest.mark.slow
def test_a_process_killed_while_writing_never_leaves_half_a_file(tmp_path: Path) -> None:
    size = 1_000_000
    target = tmp_path / "packet.pdf"
    target.write_bytes(b"a" * size)
    moments = random.Random(2)
    whole = []
    orphans = 0
    for _ in range(30):
        writer = run_python(REWRITING, str(target), str(size))
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.03))
        writer.kill()
        writer.communicate(timeout=60)
        assert writer.returncode == -signal.SIGKILL
        whole.append(target.read_bytes() in (b"a" * size, b"b" * size))
        orphans += len(names(tmp_path)) - 1
    assert all(whole)
    # Why: had no kill come in the middle of a write, nothing would have been tested.
    assert orphans > 0
    sweep_orphans(tmp_path)
    assert names(tmp_path) == ["packet.pdf"]


@pytest.mark.parametrize("standing", [b"", OURS], ids=["empty", "made by casebook"])
def test_a_new_file_replaces_nothing(tmp_path: Path, standing: bytes) -> None:
    path = tmp_path / "deep" / "new.json"
    write_new_file(path, b"first")
    assert path.read_bytes() == b"first"
    path.write_bytes(standing)
    with pytest.raises(UsageError, match="is already there, and is never replaced"):
        write_new_file(path, b"second")
    assert path.read_bytes() == standing
    assert names(path.parent) == ["new.json"]


def test_a_disk_that_knows_no_second_name_gets_new_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory card, say; nothing is replaced there either."""

    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "new.json"
    write_new_file(path, b"first")
    with pytest.raises(UsageError, match="never replaced"):
        write_new_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["new.json"]


# --- files that belong together ----------------------------------------------------------------


def failing_at(number: int, real: Callable[..., Any], error: int) -> Callable[..., Any]:
    """A call that fails the one time that it is made for the ``number``th time."""
    count = 0

    def call(*given: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == number:
            raise OSError(error, os.strerror(error))
        return real(*given, **named)

    return call


def two_pages(folder: Path) -> dict[Path, bytes]:
    return {folder / "a.html": OURS + b"a", folder / "b.html": OURS + b"b"}


@pytest.mark.parametrize("at", [1, 2])
def test_of_files_that_belong_together_none_is_new_when_one_does_not_fit(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(two_pages(tmp_path))
    before = read_tree(tmp_path)
    monkeypatch.setattr(os, "fsync", failing_at(at, os.fsync, errno.ENOSPC))
    with pytest.raises(MachineError, match="the disk is full") as refusal:
        write_files({path: data + b"!" for path, data in two_pages(tmp_path).items()})
    assert "nothing was changed" in (refusal.value.hint or "")
    assert read_tree(tmp_path) == before


def test_of_files_that_belong_together_none_is_new_when_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"b\.html is already there"):
        write_files(two_pages(tmp_path))
    assert read_tree(tmp_path) == {"b.html": b"mine"}


def test_what_stands_is_told_when_one_of_several_cannot_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(two_pages(tmp_path))
    monkeypatch.setattr(os, "replace", failing_at(2, os.replace, errno.EIO))
    with pytest.raises(MachineError, match=r"cannot write .*b\.html") as refusal:
        write_files({path: data + b"!" for path, data in two_pages(tmp_path).items()})
    hint = refusal.value.hint or ""
    assert hint.endswith(f"written by then, each whole: {tmp_path / 'a.html'}")
    assert "nothing was changed" not in hint
    assert read_tree(tmp_path) == {"a.html": OURS + b"a!", "b.html": OURS + b"b"}


def test_a_caller_that_keeps_count_tells_what_stands_itself(tmp_path: Path) -> None:
    written: list[Path] = []
    write_files(two_pages(tmp_path), written=written)
    assert written == list(two_pages(tmp_path))


def test_a_name_of_casebooks_own_is_written_over_whatever_has_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"an older one")
    write_files(two_pages(tmp_path), anyway={tmp_path / "a.html"})
    assert read_tree(tmp_path) == {"a.html": OURS + b"a", "b.html": OURS + b"b"}


def test_new_files_that_belong_together_take_their_names_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing_at(2, os.link, errno.ENOSPC))
    monkeypatch.setattr(os, "replace", failing(errno.ENOSPC))
    with pytest.raises(MachineError, match=r"cannot write .*a\.sig") as refusal:
        write_new_files({tmp_path / "a": b"a", tmp_path / "a.sig": b"signed"})
    assert f"written by then, each whole: {tmp_path / 'a'}" in (refusal.value.hint or "")
    assert read_tree(tmp_path) == {"a": b"a"}


def test_a_private_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    write_new_file(tmp_path / "key", b"secret", private=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("theirs", [b"mine", OURS], ids=["the user's", "casebook's"])
def test_what_arrives_in_the_last_moment_is_judged_as_if_it_had_been_there(
    theirs: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves a file between the look and the write: only casebook's own is replaced."""
    link, path = os.link, tmp_path / "a.html"

    def arrive_first(temporary: Path, target: Path) -> None:
        path.write_bytes(theirs)
        link(temporary, target)

    monkeypatch.setattr(os, "link", arrive_first)
    if theirs == OURS:
        write_file(path, OURS + b"new")
        assert path.read_bytes() == OURS + b"new"
    else:
        with pytest.raises(UsageError, match="casebook did not make it"):
            write_file(path, OURS)
        assert path.read_bytes() == theirs
    assert names(tmp_path) == ["a.html"]


def test_folders_that_were_made_for_a_file_go_again_when_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", failing(errno.EDQUOT))
    with pytest.raises(MachineError, match="your share of the disk"):
        write_file(tmp_path / "build" / "deep" / "a.html", OURS)
    assert names(tmp_path) == []


def test_a_folder_that_vanishes_under_a_write_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    sync = os.fsync

    def pull_out(opened: int) -> None:
        sync(opened)
        shutil.rmtree(folder, ignore_errors=True)

    monkeypatch.setattr(os, "fsync", pull_out)
    with pytest.raises(MachineError, match=r"cannot write .*a\.html: No such file"):
        write_file(folder / "a.html", OURS)
    assert names(tmp_path) == []


def test_a_disk_that_cannot_keep_names_is_told_of_although_the_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def refuse_folders(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EIO, "fault")
        sync(opened)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    with pytest.raises(MachineError, match="the disk reports a fault") as refusal:
        write_file(tmp_path / "a", b"x")
    assert "what was written stands" in (refusal.value.hint or "")
    assert read_tree(tmp_path) == {"a": b"x"}


def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may take fewer bytes at a time than it is given."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda opened, data: write(opened, bytes(data)[:3]))
    write_file(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"
