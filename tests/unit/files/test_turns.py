"""Turns: of several runs at one moment, one at a time changes a folder."""

import os
from pathlib import Path
from threading import Thread

import pytest

from casebook.files import turn_in
from tests.unit.files.disks import run_python


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_one_at_a_time_has_its_turn_in_a_folder(tmp_path: Path) -> None:
    """A process that waits for its turn says so only after this one's is over."""
    script = (
        "import sys, pathlib\nfrom casebook.files import turn_in\n"
        "print('waits', flush=True)\n"
        "with turn_in(pathlib.Path(sys.argv[1])):\n"
        "    print((pathlib.Path(sys.argv[1]) / 'done').exists())\n"
    )
    with turn_in(tmp_path):
        other = run_python(script, str(tmp_path))
        assert other.stdout is not None
        assert other.stdout.readline() == "waits\n"
        (tmp_path / "done").touch()
    said, complaint = other.communicate()
    assert (said, complaint) == ("True\n", "")


def test_whoever_has_their_turn_may_ask_for_it_again(tmp_path: Path) -> None:
    """A file that is written in a turn may itself want one."""
    with turn_in(tmp_path), turn_in(tmp_path / "." / ""):
        pass


def test_threads_of_one_run_wait_for_each_other(tmp_path: Path) -> None:
    seen: list[bool] = []

    def look() -> None:
        with turn_in(tmp_path):
            seen.append((tmp_path / "done").exists())

    with turn_in(tmp_path):
        other = Thread(target=look)
        other.start()
        (tmp_path / "done").touch()
    other.join()
    assert seen == [True]


def test_a_folder_that_is_not_there_keeps_nobody_waiting(tmp_path: Path) -> None:
    with turn_in(tmp_path / "missing"):
        assert not (tmp_path / "missing").exists()
