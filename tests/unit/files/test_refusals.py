"""What is said when work on several files is stopped in its middle."""

from pathlib import Path

import pytest

from casebook.errors import Interrupted, MachineError, UsageError
from casebook.files import telling_what_stands
from casebook.files.refusals import REPEAT

WRITTEN = [Path(f"{letter}.html") for letter in "abcdefgh"]


@pytest.mark.parametrize("kind", [MachineError, UsageError])
def test_a_refusal_says_what_stands_and_no_more_that_nothing_was_changed(
    kind: type[MachineError | UsageError],
) -> None:
    with pytest.raises(kind, match="the disk is full") as refusal, telling_what_stands(WRITTEN[:2]):
        raise kind("the disk is full", hint=REPEAT)
    assert refusal.value.hint == (
        "put that right, then repeat the command; written by then, each whole: a.html, b.html"
    )


def test_advice_of_its_own_stays(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refusal, telling_what_stands(WRITTEN[:1]):
        raise UsageError("x.html is a folder", hint="name a file")
    assert (refusal.value.hint or "").startswith("name a file; put that right")


def test_of_many_files_six_are_named() -> None:
    with pytest.raises(Interrupted, match="stopped") as stopped, telling_what_stands(WRITTEN):
        raise KeyboardInterrupt
    assert (stopped.value.hint or "").endswith("e.html, f.html and 2 more")
    assert stopped.value.exit_code == 130


def test_where_nothing_stands_everything_is_as_without_it() -> None:
    with pytest.raises(MachineError) as refusal, telling_what_stands([]):
        raise MachineError("the disk is full", hint=REPEAT)
    assert refusal.value.hint == REPEAT
    with pytest.raises(KeyboardInterrupt), telling_what_stands([]):
        raise KeyboardInterrupt
