"""What Landlock is asked for in each of its versions; this process keeps its own files.

Rights, sizes and versions are those of include/uapi/linux/landlock.h.
"""

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from casebook.confinement import landlock
from casebook.confinement.landlock import keep_to, landlock_version

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has Landlock"),
    pytest.mark.may_skip("Linux alone has Landlock"),
]


class Kernel:
    """Stands for a kernel with a version of Landlock.

    Attributes:
        ruleset: The three fields of what is given up, and how many bytes of them are read.
        allowed: The rights that are kept, by the path.
        restricted: How often a process was restricted.
        fails: The number of a call that it refuses.
    """

    def __init__(self, version: int) -> None:
        self.version = version
        self.fails = 0
        self.ruleset: tuple[int, ...] = ()
        self.allowed: dict[str, int] = {}
        self.restricted = 0
        self.opened = os.open(os.devnull, os.O_RDONLY)

    def call(self, number: int, *given: Any) -> int:  # noqa: ANN401 - numbers, and what ctypes wraps
        if number == self.fails:
            return -1
        if number == 444 and given[0] is None:
            assert given == (None, 0, 1)
            return self.version or -1
        if number == 444:
            fields, size, flags = given
            assert flags == 0
            asked = fields._obj
            self.ruleset = (asked.handled_files, asked.handled_network, asked.scoped, size)
            return self.opened
        if number == 445:
            ruleset, kind, rule, flags = given
            assert (ruleset, kind, flags) == (self.opened, 1, 0)
            path = Path(f"/proc/self/fd/{rule._obj.folder}").readlink()
            self.allowed[str(path)] = rule._obj.allowed
            return 0
        assert (number, given) == (446, (self.opened, 0))
        self.restricted += 1
        return 0

    @property
    def is_closed(self) -> bool:
        try:
            os.fstat(self.opened)
        except OSError:
            return True
        return False


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def kernel_of(version: int, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    made = Kernel(version)
    monkeypatch.setattr(landlock, "_call", made.call)
    return made


@pytest.mark.parametrize(
    "version, files, others",
    [
        # Thirteen rights to files at first; then moving between folders, truncating, and
        # controlling devices. Two of the network from 4 on, two scopes from 6 on, and then the
        # size of all that is read.
        (1, 0x1FFF, (0, 0, 8)),
        (2, 0x3FFF, (0, 0, 8)),
        (3, 0x7FFF, (0, 0, 8)),
        (4, 0x7FFF, (3, 0, 16)),
        (5, 0xFFFF, (3, 0, 16)),
        (6, 0xFFFF, (3, 3, 24)),
        (7, 0xFFFF, (3, 3, 24)),
        (9, 0xFFFF, (3, 3, 24)),
    ],
)
def test_all_that_a_version_knows_is_given_up(
    monkeypatch: pytest.MonkeyPatch, version: int, files: int, others: tuple[int, int, int]
) -> None:
    kernel = kernel_of(version, monkeypatch)
    assert keep_to([]) == version
    assert kernel.ruleset == (files, *others)
    assert (kernel.restricted, kernel.is_closed) == (1, True)


def test_folders_can_be_read_and_listed_and_files_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Reading a file is the third right and listing a folder the fourth; none is of writing."""
    (tmp_path / "file").write_text("")
    kernel = kernel_of(7, monkeypatch)
    before = open_files()
    keep_to([tmp_path, tmp_path / "file", tmp_path / "gone"])
    assert kernel.allowed == {str(tmp_path): 0b1100, str(tmp_path / "file"): 0b100}
    # The one that the ruleset had is closed, and none was left open.
    assert open_files() == before - 1


def test_without_landlock_nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = kernel_of(0, monkeypatch)
    assert landlock_version() == 0
    assert keep_to([Path("/")]) == 0
    assert (kernel.ruleset, kernel.restricted) == ((), 0)
    os.close(kernel.opened)


def test_what_the_kernel_refuses_is_not_told_as_a_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = kernel_of(7, monkeypatch)
    kernel.fails = 446
    assert keep_to([]) == 0
    assert kernel.is_closed
    kernel = kernel_of(7, monkeypatch)
    real = kernel.call
    monkeypatch.setattr(
        landlock, "_call",
        lambda number, *given: -1 if (number, given[0] is None) == (444, False)
        else real(number, *given),
    )  # fmt: skip
    assert keep_to([]) == 0
    assert kernel.restricted == 0
    os.close(kernel.opened)


def test_other_systems_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = kernel_of(7, monkeypatch)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert landlock_version() == keep_to([]) == 0
    os.close(kernel.opened)


def test_what_is_sent_has_the_layout_of_the_kernels_structures() -> None:
    """Three numbers of 64 bits; and one of 64 with one of 32 right behind it."""
    ruleset = landlock._Ruleset(handled_files=1, handled_network=2, scoped=3)
    assert bytes(ruleset) == b"".join(each.to_bytes(8, sys.byteorder) for each in (1, 2, 3))
    rule = landlock._Beneath(allowed=4, folder=5)
    assert bytes(rule) == (4).to_bytes(8, sys.byteorder) + (5).to_bytes(4, sys.byteorder)
    assert ctypes.sizeof(rule) == 12
