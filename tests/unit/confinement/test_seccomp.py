"""The filter of system calls refuses what leads out and lets the rest pass.

Its instructions are worked through here as the kernel does it (Linux, seccomp_filter.rst).
"""

import ctypes
import errno
import os
import platform
import subprocess
import sys

import pytest

from casebook.confinement import seccomp
from casebook.confinement.seccomp import Instruction, filter_program

ALLOWED, REFUSED, UNKNOWN, KILLED = (
    0x7FFF0000,
    0x50000 | errno.EPERM,
    0x50000 | errno.ENOSYS,
    1 << 31,
)
PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OWN = 4242


def outcome(
    program: list[Instruction], processor: int, number: int, arguments: tuple[int, ...] = ()
) -> int:
    """What the filter says of a call: the data are number, processor, address, arguments."""
    words = {0: number, 4: processor}
    words |= {16 + 8 * index: value & 0xFFFFFFFF for index, value in enumerate(arguments)}
    at, held = 0, 0
    while True:
        operation, met, unmet, operand = program[at]
        at += 1
        if operation == 0x20:
            held = words[operand]
        elif operation == 0x06:
            return operand
        else:
            tests = {0x15: held == operand, 0x35: held >= operand, 0x45: bool(held & operand)}
            at += met if tests[operation] else unmet


def said(machine: str, number: int, *arguments: int) -> int:
    return outcome(filter_program(machine, OWN), PROCESSORS[machine], number, arguments)


CALLS = {
    "x86_64": {
        "read": 0, "write": 1, "mmap": 9, "futex": 202, "openat": 257, "open": 2, "socket": 41,
        "connect": 42, "execve": 59, "fork": 57, "ptrace": 101, "kill": 62, "tgkill": 234,
        "clone": 56, "clone3": 435, "openat2": 437, "prlimit": 302, "ioctl": 16, "unlinkat": 263,
        "io_uring_setup": 425, "exit_group": 231, "memfd_create": 319, "memfd_secret": 447,
        "chdir": 80, "fchdir": 81, "fcntl": 72,
    },
    "aarch64": {
        "read": 63, "write": 64, "mmap": 222, "futex": 98, "openat": 56, "socket": 198,
        "connect": 203, "execve": 221, "ptrace": 117, "kill": 129, "tgkill": 131, "clone": 220,
        "clone3": 435, "openat2": 437, "prlimit": 261, "ioctl": 29, "unlinkat": 35,
        "io_uring_setup": 425, "exit_group": 94, "memfd_create": 279, "memfd_secret": 447,
        "chdir": 49, "fchdir": 50, "fcntl": 25,
    },
}  # fmt: skip
"""Numbers from asm/unistd_64.h and asm-generic/unistd.h."""


@pytest.mark.parametrize("machine", CALLS)
def test_work_goes_on_and_ways_out_are_shut(machine: str) -> None:
    calls = CALLS[machine]
    for name in ("read", "write", "mmap", "futex", "exit_group"):
        assert said(machine, calls[name], 0, 0, 0, 0) == ALLOWED, name
    shut = (
        "socket", "connect", "execve", "fork", "ptrace", "kill", "unlinkat", "io_uring_setup",
        "memfd_create", "memfd_secret", "chdir", "fchdir",
    )  # fmt: skip
    for name in shut:
        if name in calls:
            assert said(machine, calls[name], 0, 0, 0) == REFUSED, name
    assert said(machine, calls["clone3"]) == said(machine, calls["openat2"]) == UNKNOWN


@pytest.mark.parametrize("machine", CALLS)
def test_some_calls_are_judged_by_what_they_ask(machine: str) -> None:
    """Files for reading, threads, signals to oneself, one's own limits."""
    calls = CALLS[machine]
    for flags, wanted in [
        (os.O_RDONLY, ALLOWED), (os.O_WRONLY, REFUSED), (os.O_RDWR, REFUSED),
        (os.O_RDONLY | os.O_CREAT, REFUSED), (os.O_RDONLY | os.O_TRUNC, REFUSED),
    ]:  # fmt: skip
        assert said(machine, calls["openat"], 0, 0, flags) == wanted
        if "open" in calls:
            assert said(machine, calls["open"], 0, flags) == wanted
    assert said(machine, calls["clone"], 0x3D0F00) == ALLOWED
    assert said(machine, calls["clone"], 0x01200011) == REFUSED
    assert said(machine, calls["tgkill"], OWN, OWN, 6) == ALLOWED
    assert said(machine, calls["tgkill"], 1, 1, 6) == REFUSED
    assert said(machine, calls["prlimit"], 0, 7) == ALLOWED
    assert said(machine, calls["prlimit"], 1, 7) == REFUSED
    assert said(machine, calls["ioctl"], 0, 0x5401) == ALLOWED
    assert said(machine, calls["ioctl"], 0, 0x5412) == REFUSED


@pytest.mark.parametrize("machine", CALLS)
def test_memory_that_no_limit_counts_is_not_to_be_had(machine: str) -> None:
    """Shared and of no file, or growing down like a stack; and pipes as large as root likes.

    Flags of mmap (asm-generic/mman.h): shared 1, private 2, of no file 0x20, growing down 0x100,
    for a thread's stack 0x20000; F_SETPIPE_SZ of fcntl is 1031.
    """
    calls = CALLS[machine]
    for flags, wanted in [
        (0x21, REFUSED), (0x23, REFUSED), (0x122, REFUSED), (0x102, REFUSED), (0x8021, REFUSED),
        (0x22, ALLOWED), (0x01, ALLOWED), (0x02, ALLOWED), (0x20022, ALLOWED), (0x4022, ALLOWED),
    ]:  # fmt: skip
        assert said(machine, calls["mmap"], 0, 4096, 3, flags) == wanted, flags
    assert said(machine, calls["fcntl"], 3, 1031) == REFUSED
    assert said(machine, calls["fcntl"], 3, 1) == ALLOWED


def test_another_processors_numbers_end_the_process() -> None:
    """As do the numbers of a second interface, which are refused."""
    program = filter_program("x86_64", OWN)
    assert outcome(program, PROCESSORS["aarch64"], 0) == KILLED
    assert outcome(program, PROCESSORS["x86_64"], 0x40000000 + 41) == REFUSED


def test_every_call_that_is_refused_is_so_by_its_own_number() -> None:
    """No number stands for two calls of one processor, and none for one that work needs."""
    for machine, column in (("x86_64", 0), ("aarch64", 1)):
        numbers = [
            each[column]
            for table in (seccomp._REFUSED, seccomp._HIDDEN)
            for each in table.values()
            if each[column] is not None
        ]
        assert len(numbers) > 90
        assert len(set(numbers)) == len(numbers)
        needed = {CALLS[machine][name] for name in ("read", "write", "mmap", "futex", "openat")}
        assert not needed & set(numbers)
        for number in numbers:
            assert said(machine, number or 0, 0, 0, 0) in (REFUSED, UNKNOWN)


def test_the_filter_is_not_longer_than_the_kernel_takes() -> None:
    """4096 instructions (linux/bpf_common.h), and jumps of at most 255."""
    for machine in PROCESSORS:
        program = filter_program(machine, OWN)
        assert len(program) <= 4096
        assert all(0 <= jump <= 255 for _, *jumps, _ in program for jump in jumps)


@pytest.mark.parametrize(
    "system, machine", [("darwin", "arm64"), ("win32", "AMD64"), ("linux", "riscv64")]
)
def test_where_the_filter_is_not_known_none_is_told(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(ctypes, "CDLL", None)
    assert seccomp.refuse_calls() is False


_PROGRAM = """
import socket, threading
from casebook.confinement.seccomp import refuse_calls
def tried():
    try:
        socket.socket().close()
    except PermissionError:
        return "refused"
    return "open"
begun, said = threading.Event(), []
other = threading.Thread(target=lambda: (begun.wait(), said.append(tried())))
other.start()
print(tried(), refuse_calls(), tried())
begun.set()
other.join()
print(*said)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine not in PROCESSORS,
    reason="the filter is of Linux on two processors",
)
@pytest.mark.may_skip("other systems have other walls")
def test_the_filter_holds_in_threads_that_were_there_before_it() -> None:
    """Such as one that a library began while the work was made ready."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["open", "True", "refused", "refused"]
