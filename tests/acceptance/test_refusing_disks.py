"""Nothing is lost and nothing is left half-written, whatever the disk or the folder says.

Where a real refusal can be had without rights it is used: the limit that a system puts on the size
of a process's files. A full or read-only disk is played by the one call that meets it first.
"""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import casebook
from casebook.resources import sample_dir

DAY = ("--date", "2026-07-01")
PROGRAM = str(sample_dir("reflexology") / "program" / "program.yaml")

Run = Callable[..., Result]


def everything(folder: Path) -> dict[str, bytes | None]:
    """Each file below a folder with its content, and each folder with none."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(params=[errno.ENOSPC, errno.EDQUOT, errno.EIO], ids=["full", "quota", "broken"])
def failing_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A disk that takes the bytes and then cannot keep them; returns what should be said of it."""

    def refuse(_: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(os, "fsync", refuse)
    return {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is used up",
        errno.EIO: "the disk reports a fault",
    }[int(request.param)]


@pytest.fixture
def read_only_disk(monkeypatch: pytest.MonkeyPatch) -> str:
    """A disk on which no file can be opened for writing and no folder made."""
    opened = os.open

    def refuse(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and path != os.devnull:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return opened(path, flags, mode, dir_fd=dir_fd)

    def refuse_folder(path: str, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "mkdir", refuse_folder)
    return "the disk is read-only"


COMMANDS = {
    "new": ("new", "{0}/other"),
    "new --sample": ("new", "{0}/other", "--sample"),
    "render": ("render", "{0}/mine", "--html", *DAY),
    "open": ("open", "{sent}", "{0}/other", "--program", PROGRAM),
}


@pytest.fixture(params=COMMANDS.values(), ids=list(COMMANDS))
def words(request: pytest.FixtureRequest, small: Path, tmp_path: Path, sent: Path) -> list[str]:
    """A command that writes, into a folder where a portfolio and its build folder stand."""
    (small / "build").mkdir()
    return [word.format(tmp_path, sent=sent) for word in request.param]


def hold_against_a_disk(said: str, folder: Path, run: Run, words: list[str]) -> None:
    """Run a command that has to fail with what is ``said`` and leave the folder as it is."""
    before = everything(folder)
    refused = run(*words)
    assert refused.exit_code == 3
    assert f": {said}" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert everything(folder) == before


@pytest.mark.slow
def test_a_disk_that_cannot_keep_the_bytes_keeps_what_it_had(
    words: list[str], tmp_path: Path, run: Run, failing_disk: str
) -> None:
    hold_against_a_disk(failing_disk, tmp_path, run, words)


@pytest.mark.slow
def test_a_read_only_disk_is_one_clear_line(
    words: list[str], tmp_path: Path, run: Run, read_only_disk: str
) -> None:
    hold_against_a_disk(read_only_disk, tmp_path, run, words)


@pytest.mark.slow
def test_a_submission_that_does_not_fit_leaves_the_earlier_one_whole(
    small: Path, sent: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "build").mkdir()
    earlier = small / "build" / "submission.zip"
    earlier.write_bytes(sent.read_bytes())

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    refused = run("submit", small, "--date", "2026-07-02")
    assert refused.exit_code == 3
    assert "the disk is full" in refused.stderr
    assert earlier.read_bytes() == sent.read_bytes()
    assert [path.name for path in (small / "build").iterdir()] == ["submission.zip"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit on the size of files")
def test_a_file_cut_off_by_the_system_never_takes_its_name(tmp_path: Path) -> None:
    """The limit of 4,096 bytes strikes in the middle of the first schema that is written."""
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from casebook.cli import main\n"
        "main(['new', 'mine'])\n"
    )
    environment = {key: v for key, v in os.environ.items() if key != "CASEBOOK_TRACEBACK"}
    # Why: what measures coverage must not meet the limit itself.
    environment = {key: v for key, v in environment.items() if not key.startswith("COV")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment["PYTHONPATH"] = str(Path(casebook.__file__).resolve().parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("casebook: cannot write mine: ")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
