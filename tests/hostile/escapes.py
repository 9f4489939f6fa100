"""A task for a confined process that misbehaves in the way it is asked to."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from casebook.errors import MachineError, UnacceptableWork, UsageError


def prepare() -> Iterable[Path]:
    """Nothing more is to be read."""
    return ()


def answer(request: object) -> bytes:
    """Misbehave; what comes back says what came of it, where there is anything to say."""
    assert isinstance(request, tuple)
    name, *arguments = request
    return _WAYS[name](*arguments)


def _tried(action: Callable[[], object]) -> bytes:
    try:
        done = action()
    except (OSError, RuntimeError, ValueError) as error:
        return f"refused: {type(error).__name__}".encode()
    return f"done: {done}".encode()


def _connect(host: str, port: int) -> None:
    socket.create_connection((host, port), timeout=2)


def _local_socket(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.connect(path)


def _fork() -> int:
    made = os.fork()
    if made == 0:
        os._exit(0)
    return made


def _call(number: int, *arguments: int) -> int:
    """A system call by its number, as a native library could make it."""
    libc = ctypes.CDLL(None, use_errno=True)
    done = libc.syscall(number, *arguments)
    if done < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return int(done)


def _thread() -> str:
    ran = threading.Event()
    thread = threading.Thread(target=ran.set)
    thread.start()
    thread.join()
    return str(ran.is_set())


def _hog() -> bytes:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def _native_hog() -> bytes:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while True:
        got = libc.malloc(ctypes.c_size_t(10_000_000))
        ctypes.memset(ctypes.c_void_p(got), 1, 10_000_000)


def _loop() -> bytes:
    while True:
        pass


def _deep(count: int) -> bytes:
    return _deep(count + 1)


def _flood() -> bytes:
    for _ in range(200):
        os.write(2, b"x" * 100_000)
    ctypes.CDLL(None).puts(b"y" * 100_000)
    sys.stdout.write("y" * 1_000_000)
    return b"after the flood"


def _forge() -> bytes:
    """Write a frame of its own where the replies go, and end."""
    for each in range(3, 20):
        try:
            os.write(each, b"\xff" * 100)
        except OSError:
            continue
    os._exit(0)


def _raise(kind: str) -> bytes:
    kinds: dict[str, type[Exception]] = {
        "allowed": UnacceptableWork, "not allowed": UsageError, "machine": MachineError,
        "fault": ZeroDivisionError,
    }  # fmt: skip
    if kind == "allowed":
        raise UnacceptableWork("\x1b[31mfound", hint="mend it")
    raise kinds[kind]("found")


def _raise_limits() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _fill(flags: int, hide: bool) -> bytes:
    """Fill memory of a kind until there is no more; how many megabytes there were.

    Args:
        flags: The kind, as mmap takes it.
        hide: Whether to make it read-only afterwards, so that it is no data any more.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    step, filled = 10_000_000, 0
    while filled < 2_000_000_000:
        got = libc.mmap(None, ctypes.c_size_t(step), 3, flags, -1, ctypes.c_long(0))
        if got == ctypes.c_void_p(-1).value:
            break
        ctypes.memset(ctypes.c_void_p(got), 1, step)
        if hide:
            libc.mprotect(ctypes.c_void_p(got), ctypes.c_size_t(step), 1)
        filled += step
    return str(filled // 1_000_000).encode()


def _put_off() -> bytes:
    """Compute on in spite of the limit, by every means that a process has against its own."""
    import resource

    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return _loop()


_WAYS: Final[dict[str, Callable[..., bytes]]] = {
    "nothing": lambda: b"",
    "echo": lambda content: content,
    "sleep": lambda: _tried(lambda: time.sleep(600)),
    "read": lambda path: _tried(lambda: Path(path).read_bytes()),
    "list": lambda path: _tried(lambda: list(Path(path).iterdir())),
    "write": lambda path: _tried(lambda: Path(path).write_bytes(b"x")),
    "remove": lambda path: _tried(lambda: Path(path).unlink()),
    "change": lambda path: _tried(lambda: Path(path).chmod(0o777)),
    "date": lambda path: _tried(lambda: os.utime(path)),
    "connect": lambda host, port: _tried(lambda: _connect(host, port)),
    "local": lambda path: _tried(lambda: _local_socket(path)),
    "name": lambda host: _tried(lambda: socket.getaddrinfo(host, 80)),
    "run": lambda: _tried(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
    "fork": lambda: _tried(_fork),
    "thread": lambda: _tried(_thread),
    "kill": lambda process: _tried(lambda: os.kill(process, signal.SIGTERM)),
    "call": lambda *given: _tried(lambda: _call(*given)),
    "limits": lambda: _tried(_raise_limits),
    "environment": lambda: repr(dict(os.environ)).encode(),
    "arguments": lambda: repr(sys.argv).encode(),
    "hog": _hog,
    "native hog": _native_hog,
    "loop": _loop,
    "fill": _fill,
    "file in memory": lambda: _tried(lambda: os.memfd_create("x")),
    "go": lambda path: _tried(lambda: os.chdir(path)),
    "put off": _put_off,
    "deep": lambda: _deep(0),
    "huge": bytes,
    "flood": _flood,
    "forge": _forge,
    "exit": lambda: os._exit(0),
    "crash": lambda: ctypes.string_at(0),
    "raise": _raise,
    "process": lambda: str(os.getpid()).encode(),
}  # fmt: skip
