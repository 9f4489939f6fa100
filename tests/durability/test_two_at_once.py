"""Several processes at one folder at one moment: nothing is half, and nothing is lost."""

import os
import shutil
from pathlib import Path

import pytest

from casebook.files import read_bytes, write_file
from casebook.workflow.marking.sealed_file import read_sealed
from tests.durability.scenes import SCENES, Scene
from tests.durability.trials import Ending, Stage, files_of, snapshot, temporaries

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot copy a process"),
    # What runs tests side by side has a thread of its own.
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]

TOGETHER = 4
ROUNDS = 5
REPEATED = ["chart", "schema", "rubric export", "mark seal", "moderate"]
"""Commands that may all end well: whoever comes later finds the same, or makes the same again."""
ONCE = ["new", "mark change", "appeal open", "appeal decide"]
"""Commands of which one makes what the others are then refused."""


def scene(name: str) -> Scene:
    return next(each for each in SCENES if each.name == name)


def rounds(name: str, folder: Path) -> list[tuple[Stage, list[Ending]]]:
    """Let processes run a command at one moment, some times over; each time all must be whole."""
    stage, found = Stage(scene(name), folder / "stage"), []
    for _ in range(ROUNDS):
        endings = stage.at_once(TOGETHER)
        there = snapshot(stage.work)
        assert temporaries(there) == []
        assert files_of(there) == files_of(stage.rehearsal.final)
        assert not any("Traceback" in each.said for each in endings)
        found.append((stage, endings))
    return found


@pytest.mark.parametrize("name", REPEATED)
def test_what_may_be_made_again_is_whole_whoever_comes_last(name: str, tmp_path: Path) -> None:
    for stage, endings in rounds(name, tmp_path):
        assert {each.code for each in endings} <= stage.scene.codes


@pytest.mark.parametrize("name", ONCE)
def test_what_is_made_once_is_made_by_one_and_refused_to_the_others(
    name: str, tmp_path: Path
) -> None:
    for stage, endings in rounds(name, tmp_path):
        codes = [each.code for each in endings]
        assert sum(code in stage.scene.codes for code in codes) == 1, codes
        assert set(codes) <= {*stage.scene.codes, *stage.scene.codes_again, 1, 2}


def test_of_many_changes_of_sealed_marks_each_that_was_told_done_is_there(tmp_path: Path) -> None:
    """Graders at two machines change the same marks; who is told a digest finds it in the chain."""
    stage = Stage(scene("mark change"), tmp_path / "stage")
    (sealed,) = (path for path in stage.work.rglob("*.sealed.json") if "ames" in path.name)
    done = stage.at_once(TOGETHER)
    assert [each.code for each in done].count(0) == 1
    assert len(read_sealed(sealed).record.entries) == 2


def test_a_file_that_is_read_while_it_is_replaced_is_the_old_or_the_new(tmp_path: Path) -> None:
    """A writer in a process of its own replaces it all the time."""
    path, size = tmp_path / "sheet.yaml", 200_000
    path.write_bytes(b"a" * size)
    seen = set()
    if (writer := os.fork()) == 0:
        for number in range(400):
            write_file(path, (b"a", b"b")[number % 2] * size, force=True)
        os._exit(0)
    while not os.waitpid(writer, os.WNOHANG)[0]:
        seen.add(read_bytes(path, size))
    assert seen <= {b"a" * size, b"b" * size}
    # Why: a reader that saw one of them alone would have met no replacement.
    assert len(seen) == 2


@pytest.mark.parametrize("gone", ["output", "work"])
def test_a_folder_that_goes_while_others_write_leaves_a_clear_line(
    gone: str, tmp_path: Path
) -> None:
    """A stick that is pulled out, a folder that is moved away by hand."""
    stage = Stage(scene("schema"), tmp_path / "stage")
    stage.restore()
    if (remover := os.fork()) == 0:
        for _ in range(200):
            shutil.rmtree(stage.work / "schemas" if gone == "output" else stage.work, True)
        os._exit(0)
    endings = stage.at_once(TOGETHER, restore=False)
    os.waitpid(remover, 0)
    for ending in endings:
        assert ending.code in {0, 2, 3}, ending.said
        assert "Traceback" not in ending.said
        assert "a fault of casebook" not in ending.said
