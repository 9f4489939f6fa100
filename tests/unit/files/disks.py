"""What tests of files share: what lies in a folder, disks that refuse, programs beside the test."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import casebook

OURS = b'<!doctype html><html><head><meta name="generator" content="casebook 0.1.0"></head></html>'
"""A page of casebook's."""

_CHECKOUT = Path(casebook.__file__).parents[1]


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def run_python(script: str, *arguments: str) -> subprocess.Popen[str]:
    # Why: measuring coverage, a killed or limited process would leave broken data behind.
    inherited = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env={**inherited, "PYTHONPATH": str(_CHECKOUT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def failing(number: int) -> Callable[..., NoReturn]:
    def fail(*arguments: object, **options: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def failing_to_create(number: int) -> Callable[..., int]:
    really_open = os.open

    def open_(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            raise OSError(number, os.strerror(number))
        return really_open(path, flags, mode, dir_fd=dir_fd)

    return open_


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }
