"""Lines of results survive whatever ends the run that writes them."""

import errno
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from casebook.batch.result_lines import line_of, result_lines
from casebook.errors import MachineError, UsageError


def values(written: str, code: int = 0, **others: object) -> dict[str, Any]:
    return {"input": written, "job": "check", "code": code, "stamp": f"stamp of {written}"} | others


def write(path: Path, inputs: Iterable[str]) -> None:
    with result_lines(path, "check", resume=False) as lines:
        for each in inputs:
            lines.append(each, values(each))


def inputs_of(path: Path) -> list[str]:
    return [json.loads(line)["input"] for line in path.read_text().splitlines()]


def test_a_line_stands_in_the_file_as_soon_as_it_is_added(tmp_path: Path) -> None:
    """The folder for it is made."""
    path = tmp_path / "new" / "results.jsonl"
    with result_lines(path, "check", resume=False) as lines:
        lines.append("a", values("a"))
        assert path.read_bytes() == line_of(values("a"))


def test_a_line_is_one_line_of_plain_json() -> None:
    line = line_of({"input": "zwölf\nZeilen \u2028", "code": 0})
    assert line.count(b"\n") == 1
    assert json.loads(line) == {"input": "zwölf\nZeilen \u2028", "code": 0}


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    write(path, "a")
    with pytest.raises(UsageError, match="already there") as caught:
        write(path, "b")
    assert "--resume" in str(caught.value.hint)
    assert inputs_of(path) == ["a"]


def test_a_continued_file_knows_what_stands(tmp_path: Path) -> None:
    """Of two lines about an input, the later."""
    path = tmp_path / "results.jsonl"
    with result_lines(path, "check", resume=True) as lines:
        lines.append("a", values("a", code=3))
        lines.append("b", values("b", code=1, date="2026-07-01"))
        lines.append("a", values("a", code=0, stamp="later"))
    with result_lines(path, "check", resume=True) as lines:
        assert {name: (each.code, each.stamp) for name, each in lines.standing.items()} == {
            "a": (0, "later"),
            "b": (1, "stamp of b"),
        }
        assert lines.on == "2026-07-01"


@pytest.mark.parametrize("half", [b'{"input": "c", "co', b'{"input": "c", "code": 0}', b"\xff"])
def test_half_a_line_of_a_killed_run_is_cut_off(tmp_path: Path, half: bytes) -> None:
    """Also one that lacks nothing but its end: who knows whether it is whole."""
    path = tmp_path / "results.jsonl"
    write(path, "ab")
    whole = path.read_bytes()
    path.write_bytes(whole + half)
    with result_lines(path, "check", resume=True) as lines:
        assert list(lines.standing) == ["a", "b"]
        lines.append("c", values("c"))
    assert path.read_bytes() == whole + line_of(values("c"))


@pytest.mark.parametrize("line", [b"no json\n", b'{"input": "a"}\n', b"[1]\n", b"\xff\n"])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(line)
    with (
        pytest.raises(UsageError, match=r"notes.txt:1: that is no line of results"),
        result_lines(path, "check", resume=True),
    ):
        pass
    assert path.read_bytes() == line


def test_results_of_other_work_are_not_continued(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    write(path, "a")
    with (
        pytest.raises(UsageError, match="casebook batch check"),
        result_lines(path, "verify", resume=True),
    ):
        pass


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with (
        result_lines(path, "check", resume=False),
        pytest.raises(UsageError, match="another run"),
        result_lines(path, "check", resume=True),
    ):
        pass


def test_in_the_end_there_is_one_line_an_input_in_their_order(tmp_path: Path) -> None:
    """What is no longer asked for keeps its line, behind the others."""
    path = tmp_path / "results.jsonl"
    write(path, "xab")
    with result_lines(path, "check", resume=True) as lines:
        lines.append("a", values("a", code=1))
        lines.append("c", values("c"))
        lines.put_in_order("cab")
    assert inputs_of(path) == ["c", "a", "b", "x"]
    assert json.loads(path.read_text().splitlines()[1])["code"] == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_in_order_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    write(path, "ab")
    before = path.stat().st_ino
    with result_lines(path, "check", resume=True) as lines:
        lines.append("c", values("c"))
        lines.put_in_order("abc")
    assert path.stat().st_ino == before
    assert inputs_of(path) == ["a", "b", "c"]


def test_a_full_disk_is_told_with_what_to_do(tmp_path: Path) -> None:
    """What stood before stands, and half a line is cut off the next time."""
    path = tmp_path / "results.jsonl"
    with pytest.raises(MachineError, match="the disk is full") as caught:  # noqa: PT012, SIM117
        with result_lines(path, "check", resume=False) as lines:
            lines.append("a", values("a"))
            lines._opened = Full(lines._opened)  # type: ignore[assignment]
            lines.append("b", values("b"))
    assert "--resume" in str(caught.value.hint)
    with result_lines(path, "check", resume=True) as lines:
        assert list(lines.standing) == ["a"]


class Full:
    """A file on a disk that takes half of what it is given."""

    def __init__(self, opened: BinaryIO) -> None:
        self.opened = opened

    def seek(self, *where: int) -> int:
        return self.opened.seek(*where)

    def write(self, data: bytes) -> int:
        self.opened.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "no space")
