"""Python's own refusals, for systems whose kernel knows none.

They stop what goes through Python: opening files and connections, starting programs. A fault in a
native library could pass them by; it is why they stand last, and why ``casebook doctor`` says so.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_LEADING_OUT: Final = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.startfile", "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link",
    "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr",
    "os.removexattr", "os.chdir", "os.chflags", "os.lockf", "shutil.", "tempfile.", "pty.",
    "signal.pthread_kill", "winreg.", "_winapi.", "msvcrt.", "sqlite3.", "syslog.", "webbrowser.",
    "urllib.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.", "http.",
)  # fmt: skip
"""How the events begin that are refused (Python's table of audit events)."""

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def refuse_in_python(readable: Iterable[Path]) -> None:
    """Refuse this process what its work does not need, from now on and for good.

    Args:
        readable: The folders and files that may still be opened, for reading.
    """
    roots = tuple(os.path.realpath(each) for each in readable)

    def judge(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, int):
                return
            # Why none is writing: modules are opened for reading without a word about it.
            writes = set(str(mode or "")) & set("wax+") or (int(str(flags or 0)) & _WRITING)
            if writes or not _below(path, roots):
                raise PermissionError(f"confined: {event}")
        elif event in {"os.listdir", "os.scandir"}:
            if not _below(arguments[0], roots):
                raise PermissionError(f"confined: {event}")
        elif event.startswith(_LEADING_OUT):
            raise PermissionError(f"confined: {event}")

    sys.addaudithook(judge)


def _below(path: object, roots: tuple[str, ...]) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    real = os.path.realpath(os.fsdecode(path))
    return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
