"""Disks as they are: full, limited, read-only, or none at all behind the output."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import casebook
from tests.durability.scenes import SCENES, Scene
from tests.durability.trials import Stage, snapshot, temporaries

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot copy a process"),
    # What runs tests side by side has a thread of its own.
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]

BY_NAME = {scene.name: scene for scene in SCENES}
QUICK = ["schema", "mark change", "appeal decide", "moderate", "new"]
LIGHT = [BY_NAME[name] for name in QUICK]
ROOM_BYTES = 16_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of its own, with little room."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only the administrator of a machine can mount a disk")
    size = f"size={ROOM_BYTES}"
    done = subprocess.run([mount, "-t", "tmpfs", "-o", size, "tmpfs", place], check=False)
    if done.returncode:
        pytest.skip("the system lets nobody mount a disk here")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@contextmanager
def only_room_for(free_bytes: int, place: Path) -> Iterator[None]:
    """Fill a disk but for some bytes."""
    ballast = place / "ballast"
    status = os.statvfs(place)
    filled = status.f_bavail * status.f_frsize - free_bytes
    with ballast.open("wb") as opened:
        os.posix_fallocate(opened.fileno(), 0, filled)
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Mount a disk anew, to be read only."""
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", place], check=True)


@pytest.mark.may_skip(reason="needs the rights of an administrator")
@pytest.mark.parametrize("scene", LIGHT, ids=QUICK)
def test_a_full_disk_keeps_what_it_had(scene: Scene, small_disk: Path) -> None:
    """With room for nothing, for one block, for more; at last for everything."""
    stage = Stage(scene, small_disk / "stage")
    stage.said_elsewhere(small_disk.parent / "said")
    codes = []
    for room in (0, 4096, 8192, 32768, 131072, 4_000_000):
        ending = stage.once(only_room_for(room, small_disk))
        codes.append(ending.code)
        assert (ending.wrong, ending.left) == ([], []), f"with {room} bytes: {ending}"
        if ending.code == 3:
            assert "the disk is full" in ending.said
            assert not ending.changed or "written by then, each whole" in ending.said
    assert codes[0] == 3
    assert codes[-1] in scene.codes


@pytest.mark.may_skip(reason="needs the rights of an administrator")
@pytest.mark.parametrize("scene", LIGHT, ids=QUICK)
def test_a_read_only_disk_is_one_clear_line(scene: Scene, small_disk: Path) -> None:
    stage = Stage(scene, small_disk / "stage")
    stage.said_elsewhere(small_disk.parent / "said")
    ending = stage.once(read_only(small_disk))
    assert (ending.code, ending.wrong, ending.changed) == (3, [], False)
    assert "the disk is read-only" in ending.said


@pytest.mark.parametrize("scene", LIGHT, ids=QUICK)
@pytest.mark.parametrize("blocks", [1, 4])
def test_a_limit_of_the_shell_on_file_sizes_is_one_clear_line(
    scene: Scene, blocks: int, tmp_path: Path
) -> None:
    """What it strikes is as it was; what it does not, is done."""
    stage = Stage(scene, tmp_path / "stage")
    stage.restore()
    done = subprocess.run(
        ["sh", "-c", f'ulimit -f {blocks}; exec "$0" -m casebook "$@"', sys.executable,
         *stage.words],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    there, (initial, final) = snapshot(stage.work), (stage.rehearsal.initial, stage.rehearsal.final)
    assert temporaries(there) == []
    if done.returncode == 3:
        assert "the file is larger than this system allows" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert there.keys() == initial.keys()
    else:
        assert done.returncode in scene.codes, done.stderr
        assert there.keys() == final.keys()
    written = (content or b"" for name, content in final.items() if content != initial.get(name))
    largest = max(map(len, written))
    assert (done.returncode == 3) == (largest > blocks * block_bytes())


OUTPUTS = [
    ("program", "show", "nkt", "--format", "json"), ("program", "list"), ("--help",),
    ("rubric", "comments", "nkt:case-study"), ("new", "{0}/mine"),
]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("words", OUTPUTS, ids=[" ".join(words[:2]) for words in OUTPUTS])
def test_a_full_disk_behind_the_output_is_one_clear_line(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "casebook", *(word.format(tmp_path) for word in words)],
            env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert done.stderr == "casebook: the machine refuses: the disk is full\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_where_even_the_complaint_finds_no_room_the_exit_code_says_it() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "casebook", "program", "list"],
            env=environment(), stdout=full, stderr=full, check=False,
        )  # fmt: skip
    assert done.returncode == 3


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_an_output_that_is_closed_from_the_start_is_no_failure(closed: str) -> None:
    number = {"stdout": 1, "stderr": 2}[closed]
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m casebook program list {number}>&-', sys.executable],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


SYSTEM_CALLS = {
    "fsync": "fsync",
    "rename": "rename,renameat,renameat2",
    "link": "link,linkat",
    "mkdir": "mkdir,mkdirat",
    "unlink": "unlink,unlinkat",
    "write": "write",
    "flock": "flock",
}


@pytest.mark.may_skip(reason="needs strace, and the right to trace")
@pytest.mark.parametrize("call", SYSTEM_CALLS)
@pytest.mark.parametrize("name", ["key new", "appeal decide"])
def test_every_call_that_the_system_itself_refuses_leaves_the_old_or_the_new(
    name: str, call: str, tmp_path: Path
) -> None:
    """The first, the second and so on, until the command meets none any more."""
    stage = Stage(BY_NAME[name], tmp_path / "stage")
    for nth in range(1, 60):
        stage.restore()
        how = f"error=EIO:when={nth}"
        done = traced(stage, SYSTEM_CALLS[call], how, tmp_path / "log")
        there = snapshot(stage.work)
        wrong = list(stage.wrong_in(there))
        assert wrong == [], f"{call} {nth}: {wrong}"
        assert "Traceback" not in done.stderr, done.stderr
        if "INJECTED" not in (tmp_path / "log").read_text(errors="replace"):
            assert done.returncode in stage.scene.codes
            return
        assert done.returncode in {3, *stage.scene.codes}, done.stderr
        if done.returncode == 3 and "nothing was changed" in done.stderr:
            assert {**there, **stage.rehearsal.initial} == there
    pytest.fail("the command never came to its end")


def traced(stage: Stage, calls: str, how: str, log: Path) -> subprocess.CompletedProcess[str]:
    """Run the command under strace, with a call that fails."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    done = subprocess.run(
        [strace, "-f", "-o", log, "-e", f"trace={calls}", "-e", f"inject={calls}:{how}",
         sys.executable, "-m", "casebook", *stage.words],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr:
        pytest.skip("the system lets nobody trace here")
    return done


def environment() -> dict[str, str]:
    """The environment of a program that is limited: nothing else may meet its limits.

    Its output is buffered, as it is for whoever asks for nothing else.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    kept.pop("PYTHONUNBUFFERED", None)
    kept.pop("CASEBOOK_TRACEBACK", None)
    checkout = str(Path(casebook.__file__).resolve().parents[1])
    return kept | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": checkout}


def block_bytes() -> int:
    """What this system's shell counts a limit in."""
    ask = "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 1; exec "$0" -c "$1"', sys.executable, ask],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout)
