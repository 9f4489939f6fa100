"""Where an input lies or an output goes: a path on the disk, or a URL of an object store."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from casebook.errors import UsageError

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*)://")
_STORE: Final = "s3"
_MISWRITTEN: Final = re.compile(rf"{_STORE}:/", re.IGNORECASE)
"""Begins a URL with a slash too few, or in capitals, and a path that nobody would choose."""
_LONGEST: Final = 4_096
"""Characters; what systems and stores allow."""


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A place in an object store.

    Attributes:
        bucket: The store's part that it lies in.
        key: Its name there: an object, or, with a slash at its end, all that begins with it.
    """

    bucket: str
    key: str

    def __str__(self) -> str:
        return f"{_STORE}://{self.bucket}/{self.key}"

    @property
    def name(self) -> str:
        """The last part of its name."""
        return PurePosixPath(self.key).name or self.bucket

    @property
    def is_folder(self) -> bool:
        """Whether it stands for all that begins with it."""
        return not self.key or self.key.endswith("/")

    def below(self, relative: str) -> "StoreAddress":
        """A place inside this one."""
        folder = self.key if self.is_folder else f"{self.key}/"
        return StoreAddress(self.bucket, f"{folder}{relative}")


Place = Path | StoreAddress


def place_meant(written: str) -> Place:
    """A place as it is written on the command line or in a list.

    Raises:
        UsageError: It is no path, and no URL of a kind that is read here.
    """
    if "\0" in written or not written or len(written) > _LONGEST:
        raise UsageError("that is no name of a file", hint="write a path, or a URL s3://…")
    found = _SCHEME.match(written)
    if found is None and _MISWRITTEN.match(written):
        raise UsageError(
            f"{written} is no URL as it stands",
            hint="write it as s3://bucket/name; if a folder has this name, as ./s3:/…",
        )
    if found is None:
        return Path(written)
    if found[1] != _STORE:
        raise UsageError(
            f"{written}: {found[1]}:// is not read",
            hint="name a file on the disk, or an object as s3://bucket/name",
        )
    bucket, _, key = written[found.end() :].partition("/")
    if not bucket:
        raise UsageError(f"{written} names no bucket", hint="write it as s3://bucket/name")
    return StoreAddress(bucket, key)
