"""The files of a bag in a folder on the disk, which may be anybody's and of any size."""

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from casebook import limits
from casebook.bundle.bag.contents import PAYLOAD
from casebook.bundle.bag.problem import BagFileRefused, BagProblem

_CHUNK_BYTES: Final = 1 << 20
_OPENING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that took a file's place must not hold us up
    | getattr(os, "O_BINARY", 0)
)


class FolderFiles:
    """Every regular file below a folder; links are never followed, and told as problems.

    Why not even links that stay inside: another system unpacks them as something else, and what
    they lead to can be changed between two looks.
    """

    def __init__(self, folder: Path, reading: Callable[[str, int], None] | None = None) -> None:
        """List the folder.

        Args:
            folder: The bag.
            reading: Told the name of each file before its checksums are taken, and again with each
                part of it that was read: how many bytes there were in it.

        Raises:
            OSError: The folder itself cannot be listed.
        """
        self._folder, self._reading = folder, reading
        self._sizes: dict[str, int] = {}
        self.problems: list[BagProblem] = []
        """What came to light when the folder was listed."""
        with os.scandir(folder):
            pass  # what it raises is the caller's; inside, a folder that refuses is a problem
        self._list()
        self._names = frozenset(self._sizes)

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        return self._names

    def size(self, name: str) -> int:
        """The bytes of a file."""
        return self._sizes[name]

    def read(self, name: str) -> bytes:
        """A tag file's content."""
        most = limits.BAG_TAG_FILE_BYTES
        if self._sizes[name] > most:
            detail = f"it has {self._sizes[name]:,} bytes; of a tag file {most:,} are read"
            raise BagFileRefused(BagProblem("too-large", name, detail))
        content = bytearray()
        for chunk in self._chunks(name):
            content += chunk
            if len(content) > most:
                raise BagFileRefused(BagProblem("too-large", name, "it grows while it is read"))
        return bytes(content)

    def digests(self, name: str, algorithms: Collection[str]) -> Mapping[str, str]:
        """A file's checksums, from one reading of it piece by piece."""
        tell = self._reading or (lambda _name, _bytes: None)
        tell(name, 0)
        sums = {each: hashlib.new(each, usedforsecurity=False) for each in algorithms}
        for chunk in self._chunks(name):
            for each in sums.values():
                each.update(chunk)
            tell(name, len(chunk))
        return {algorithm: each.hexdigest() for algorithm, each in sums.items()}

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with os.fdopen(os.open(self._folder / name, _OPENING), "rb", buffering=0) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise BagFileRefused(_irregular(name))
                while chunk := file.read(_CHUNK_BYTES):
                    yield chunk
        except OSError as error:
            raise BagFileRefused(_unreadable(name, error)) from error

    def _list(self) -> None:
        waiting = [""]
        has_payload = False
        while waiting:
            inside = waiting.pop()
            try:
                with os.scandir(self._folder / inside) as listed:
                    entries = sorted(listed, key=lambda each: each.name)
            except OSError as error:
                self._note(_unreadable(inside, error))
                continue
            for entry in entries:
                name = inside + entry.name
                if self._take(name, entry):
                    has_payload = has_payload or f"{name}/" == PAYLOAD
                    waiting.append(f"{name}/")
            if len(self._sizes) > limits.BAG_FILES:
                detail = f"the bag has more than {limits.BAG_FILES:,} files; no more are looked at"
                self._note(BagProblem("too-large", PAYLOAD, detail))
                break
        if not has_payload:
            self._note(BagProblem("missing", PAYLOAD, "a bag keeps its payload in this folder"))

    def _take(self, name: str, entry: os.DirEntry[str]) -> bool:
        """Take down a file or what is wrong with it; whether it is a folder, to be listed too."""
        try:
            if _is_folder(entry):
                return True
            if not entry.is_file(follow_symlinks=False):
                self._note(_irregular(name))
            else:
                self._sizes[name] = entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            self._note(_unreadable(name, error))
        return False

    def _note(self, problem: BagProblem) -> None:
        self.problems.append(problem)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder of its own, and not a link or junction to one elsewhere."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag != getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def _irregular(name: str) -> BagProblem:
    detail = "it is a link, a pipe or a device; a bag holds plain files"
    return BagProblem("irregular", name, detail)


def _unreadable(name: str, error: OSError) -> BagProblem:
    return BagProblem("unreadable", name or ".", f"the system refuses it: {error.strerror}")
