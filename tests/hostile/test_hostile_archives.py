"""Zips from strangers that mean harm: none is read, none writes, each is told in one clear line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from casebook.bundle.archive import ArchiveRefused, parse_archive
from casebook.cli import main
from tests.hostile.hostile_zips import HOSTILE
from tests.hostile.zips import DAY, DEFLATE, Entry, Zip, inflated, named, overlapping, read_entries

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES: Final = frozenset(
    ["os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate"]
)
# Those whose names, taken at their word, would lead to the places looked at afterwards.
_AS_PROGRAMS: Final = (
    "climbing",
    "an absolute path",
    "a symbolic link",
    "a terminal command",
    "a bomb of overlapping entries",
    "65,535 entries",
)


class _Watch:
    """What this process opens for writing, makes, moves or removes, while it is on."""

    on = False
    seen: tuple[str, ...] = ()

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and isinstance(given[2], int) and given[2] & _WRITING
        # Why not those: Python keeps the modules it has compiled.
        if (writes or event in _CHANGES) and "__pycache__" not in str(given[0]):
            self.seen = (*self.seen, f"{event} {given[0]}")


_WATCH: Final = _Watch()
sys.addaudithook(_WATCH)


@pytest.fixture
def watch() -> Iterator[_Watch]:
    _WATCH.seen = ()
    yield _WATCH
    _WATCH.on = False


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder deep enough that climbing out of it stays in sight; the grader stands in it."""
    folder = tmp_path / "a" / "b" / "inbox"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def tree(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*")}


def test_there_are_more_than_sixty_of_them() -> None:
    assert len(HOSTILE) >= 60


def test_the_zips_all_others_are_made_from_are_read() -> None:
    plain = ("top", {"file.txt": b"hello"})
    assert parse_archive(Zip().build())[:2] == plain
    assert parse_archive(Zip((Entry(method=DEFLATE),)).build())[:2] == plain
    assert set(parse_archive(named("top/é", "top/b/c")).files) == {"é", "b/c"}


def test_the_builder_reads_back_what_it_built() -> None:
    dated = {"date": DAY + 1}
    zips = [
        Zip((Entry(b"top/a"), Entry("top/é".encode(), b"x" * 99, DEFLATE))),
        Zip((Entry(local=dated, listed=dated),)),
    ]
    for each in zips:
        assert Zip(read_entries(each.build())).build() == each.build()


def test_the_bomb_of_overlapping_entries_would_work_on_others(tmp_path: Path) -> None:
    """Each entry holds the kernel and the headers behind its own: 30 + 5 bytes of name, each."""
    content = overlapping(3, b"kernel")
    (tmp_path / "bomb.zip").write_bytes(content)
    headers = [content[at : at + 35] for at in (0, 35 + 5, 2 * (35 + 5))]
    assert [each[30:] for each in headers] == [b"top/0", b"top/1", b"top/2"]
    first = content[35 : content.index(b"PK\x01\x02")]
    assert inflated(first) == headers[1] + headers[2] + b"kernel"


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_zip_is_refused_for_its_own_reason(fault: str) -> None:
    build, words = HOSTILE[fault]
    with pytest.raises(ArchiveRefused) as refusal:
        parse_archive(build())
    assert words in str(refusal.value)
    assert refusal.value.hint


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_zip_is_told_in_a_line_and_writes_nothing(
    fault: str, inbox: Path, watch: _Watch
) -> None:
    build, words = HOSTILE[fault]
    (inbox / "s.zip").write_bytes(build())
    before = tree(inbox.parents[2])

    watch.on = True
    verified = CliRunner().invoke(main, ["verify", "s.zip"])
    opened = CliRunner().invoke(main, ["open", "s.zip", "target"])
    watch.on = False

    assert watch.seen == ()
    assert tree(inbox.parents[2]) == before
    assert (verified.exit_code, opened.exit_code) == (1, 1)
    assert isinstance(verified.exception, SystemExit)
    assert isinstance(opened.exception, SystemExit)
    first, detail, *_, verdict = verified.stdout.splitlines()
    assert first.startswith("1. FAIL")
    assert words in detail
    assert verdict.startswith("not verified")
    assert opened.stdout == ""
    told, *advice = opened.stderr.splitlines()
    assert told.startswith("casebook: s.zip is not opened: ")
    assert words in told
    assert len(advice) <= 1
    for line in (*verified.output.splitlines(), *opened.output.splitlines()):
        assert line.isprintable()
        assert len(line) < 700  # 80 signs of a name, each of which may be shown as six


@pytest.mark.slow
@pytest.mark.parametrize("fault", _AS_PROGRAMS)
def test_a_hostile_zip_is_refused_by_the_program_itself(fault: str, inbox: Path) -> None:
    build, words = HOSTILE[fault]
    (inbox / "s.zip").write_bytes(build())
    before = tree(inbox.parents[2])
    for command in (["verify", "s.zip"], ["open", "s.zip", "target"]):
        done = subprocess.run(
            [sys.executable, "-m", "casebook", *command],
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
        )
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert words in said
        assert "Traceback" not in said
        assert all(line.isprintable() for line in said.splitlines())
    assert tree(inbox.parents[2]) == before
    assert not Path("/casebook-was-here").exists()


def test_the_watch_sees_what_is_written(inbox: Path, watch: _Watch) -> None:
    watch.on = True
    Path("x").mkdir()
    Path("x/y").write_bytes(b"")
    Path("x/y").unlink()
    watch.on = False
    assert watch.seen == ("os.mkdir x", "open x/y", "os.remove x/y")


def test_a_refusal_names_the_entry_without_steering_the_terminal() -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        parse_archive(named("top/good", "top/\x1b[2J" + "x" * 5000))
    assert "top/\\x1b[2J" in str(refusal.value)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 300
