"""``casebook bag verify`` says what is wrong with a bag, and ends as it should."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.cli import bag_command

Run: TypeAlias = Callable[..., Result]

HELLO = hashlib.md5(b"hello\n").hexdigest()
EVIL = "data/\x1b[2J\u202ex"


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A sound bag of one file, by md5."""
    folder = tmp_path / "bag"
    (folder / "data").mkdir(parents=True)
    (folder / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "data" / "hello.txt").write_text("hello\n")
    (folder / "manifest-md5.txt").write_text(f"{HELLO}  data/hello.txt\n")
    return folder


def test_a_sound_bag_is_said_to_be_valid_and_by_what(run: Run, bag: Path) -> None:
    result = run("bag", "verify", bag)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert said == (
        "BagIt 0.97, 1 file with 6 bytes of payload, by md5, which finds accidents but no forgery "
        "valid: the bag is complete and unchanged"
    )


def test_a_warning_alone_leaves_a_bag_valid(run: Run, bag: Path) -> None:
    (bag / "manifest-md5.txt").write_text(f"{HELLO} *data/hello.txt\n")
    result = run("bag", "verify", bag)
    assert result.exit_code == 0
    assert "warning (style): data/hello.txt:" in result.stdout
    assert result.stdout.endswith("unchanged, with 1 warning\n")


def test_a_changed_bag_is_not_valid(run: Run, bag: Path) -> None:
    (bag / "data" / "hello.txt").write_text("hallo\n")
    result = run("bag", "verify", bag)
    assert result.exit_code == 1
    assert "error (changed): data/hello.txt:" in result.stdout
    assert result.stdout.endswith("not valid: 1 error\n")


def test_json_has_everything(run: Run, bag: Path) -> None:
    (bag / "data" / "more").write_text("")
    result = run("bag", "verify", bag, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "ok": False,
        "version": "0.97",
        "encoding": "utf-8",
        "algorithms": ["md5"],
        "payload": {"files": 2, "bytes": 6},
        "errors": [{"what": "extra", "name": "data/more", "detail": "no manifest lists it"}],
        "warnings": [],
    }


def test_what_cannot_be_read_decides_nothing(
    run: Run, bag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as refused:
        refused.setattr("casebook.bundle.bag.folder.os.open", refusing)
        result = run("bag", "verify", bag)
    assert result.exit_code == 3
    assert "not decided: " in result.stdout


def test_a_name_cannot_paint_the_screen(run: Run, bag: Path) -> None:
    (bag / EVIL).write_text("")
    for form in ("text", "json"):
        result = run("bag", "verify", bag, "--format", form)
        assert result.exit_code == 1
        assert "\\u001b[2J\\u202ex" in result.stdout
        assert "\u202e" not in result.stdout


def test_only_so_many_problems_are_listed_as_text(
    run: Run, bag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bag_command, "_SHOWN", 2)
    for name in "abc":
        (bag / "data" / name).write_text("")
    result = run("bag", "verify", bag)
    assert result.stdout.count("error (extra)") == 2
    assert "and 1 more error; --format json lists all of them" in result.stdout


@pytest.mark.parametrize(
    "name, said", [("none", "is not there"), ("bag/bagit.txt", "is no folder")]
)
def test_what_is_no_folder_is_wrong_usage(run: Run, bag: Path, name: str, said: str) -> None:
    result = run("bag", "verify", bag.parent / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_folder_that_is_no_bag_is_told_what_it_lacks(run: Run, tmp_path: Path) -> None:
    result = run("bag", "verify", tmp_path)
    assert result.exit_code == 1
    assert "error (missing): bagit.txt" in result.stdout
    assert "error (missing): data/" in result.stdout
