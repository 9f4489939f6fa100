"""Results as JSON Lines: one object a line, written as soon as it is known.

A file of them survives the end of the run that writes it, however that ends: what stands in whole
lines is known, and half a line at its end is cut off.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from casebook.errors import MachineError, UsageError
from casebook.files import sweep_orphans
from casebook.files.refusals import machine_error
from casebook.files.temporaries import temporary_file
from casebook.files.turns import lock

_AGAIN: Final = "make room, then repeat the command with --resume"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a file knows of an input already.

    Attributes:
        code: How that ended.
        stamp: What the line depended on.
        begin: Where its line begins in the file, in bytes.
        end: Where the next one does.
    """

    code: int
    stamp: str | None
    begin: int
    end: int


def line_of(values: Mapping[str, Any]) -> bytes:
    """Values as one line, the same bytes for the same values."""
    text = json.dumps(values, ensure_ascii=True, separators=(", ", ": "), allow_nan=False)
    return text.encode("ascii") + b"\n"


class ResultLines:
    """A file of results that is open for more.

    Attributes:
        standing: The last whole line about each input, as it was when the file was opened.
        on: The day that the lines are for, where they say one.
    """

    def __init__(self, path: Path, opened: BinaryIO, job: str) -> None:
        self.path = path
        self.standing: dict[str, Standing] = {}
        self.on: str | None = None
        self._opened = opened
        self._read(job)

    def append(self, written: str, values: Mapping[str, Any]) -> None:
        """Add the line about an input.

        Raises:
            MachineError: The system refuses.
        """
        line = line_of(values)
        begin = self._opened.seek(0, os.SEEK_END)
        try:
            self._opened.write(line)
            self._opened.flush()
        except OSError as error:
            raise machine_error("write", self.path, error, _AGAIN) from error
        stamp = values.get("stamp")
        self.standing[written] = Standing(values["code"], stamp, begin, begin + len(line))

    def put_in_order(self, inputs: Iterable[str]) -> None:
        """Leave one line about each input, in the order of the inputs; then what stands besides.

        Raises:
            MachineError: The system refuses; the file is as it was.
        """
        order = dict.fromkeys([*(each for each in inputs if each in self.standing), *self.standing])
        places = [self.standing[each].begin for each in order]
        whole = self._opened.seek(0, os.SEEK_END)
        kept = sum(each.end - each.begin for each in self.standing.values())
        if places == sorted(places) and kept == whole:
            return
        try:
            with temporary_file(self.path.parent, b"", None) as temporary:
                with temporary.open("wb") as new:
                    for each in order:
                        new.write(self._line(self.standing[each]))
                    new.flush()
                    os.fsync(new.fileno())
                temporary.replace(self.path)
        except OSError as error:
            raise machine_error("write", self.path, error, _AGAIN) from error

    def _line(self, standing: Standing) -> bytes:
        self._opened.seek(standing.begin)
        return self._opened.read(standing.end - standing.begin)

    def _read(self, job: str) -> None:
        """Learn what stands in the file, and cut off half a line.

        Raises:
            UsageError: It holds something else.
        """
        begin = 0
        for number, line in enumerate(self._opened, start=1):
            if not line.endswith(b"\n"):
                self._opened.truncate(begin)
                break
            end = begin + len(line)
            try:
                values = json.loads(line)
                written, code, of = values["input"], values["code"], values["job"]
            except (ValueError, KeyError, TypeError):
                raise UsageError(
                    f"{self.path}:{number}: that is no line of results",
                    hint="name the file that an earlier run wrote, or a new one",
                ) from None
            if of != job:
                raise UsageError(
                    f"{self.path}:{number}: the line is of `casebook batch {of}`",
                    hint="name another file for other work",
                )
            self.standing[written] = Standing(code, values.get("stamp"), begin, end)
            self.on = values.get("date", self.on)
            begin = end


@contextmanager
def result_lines(path: Path, job: str, *, resume: bool) -> Iterator[ResultLines]:
    """A file for results: a new one, or one that is continued.

    Raises:
        UsageError: A file stands there and is not to be continued, another run writes to it, or
            it holds something else.
        MachineError: The system refuses.
    """
    sweep_orphans(path.parent)
    if not resume and os.path.lexists(path):
        raise UsageError(
            f"{path} is already there", hint="add --resume to continue it, or name another file"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("r+b" if path.exists() else "x+b")
    except FileExistsError:
        raise UsageError(f"{path} is already there", hint="name another file") from None
    except OSError as error:
        raise machine_error("write", path, error, "name another file") from error
    with opened:
        if lock(opened.fileno(), wait=False) is False:
            raise UsageError(
                f"another run is writing {path}", hint="wait for it, or name another file"
            )
        yield ResultLines(path, opened, job)
        try:
            os.fsync(opened.fileno())
        except OSError as error:
            raise MachineError(f"cannot write {path}: {error.strerror}", hint=_AGAIN) from error
