"""Reading: only ordinary files, and never more than is wanted."""

import errno
import os
from pathlib import Path

import pytest

from casebook.errors import MachineError, UsageError
from casebook.files import read_bytes
from tests.unit.files.disks import failing


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"12345")
    assert read_bytes(file, 5) == b"12345"
    with pytest.raises(UsageError, match="larger than"):
        read_bytes(file, 4)


def test_a_folder_a_missing_file_and_a_pipe_are_refused_in_words(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    cases = {
        ".": "is a folder",
        "missing": "there is no file",
        "file/below": "there is no file",
        "nul\0": "there is no file",
        "pipe": "not an ordinary file",
    }
    for name, words in cases.items():
        with pytest.raises(UsageError, match=words) as refusal:
            read_bytes(tmp_path / name, 10)
        assert refusal.value.hint


def test_a_device_is_not_read() -> None:
    with pytest.raises(UsageError, match="not an ordinary file"):
        read_bytes(Path("/dev/zero"), 10)


def test_a_file_the_system_will_not_open_is_the_machines_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "f"
    file.touch()
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    with pytest.raises(MachineError, match="permission is denied"):
        read_bytes(file, 10)
