"""The files of a bag, wherever they are: what checking asks of them."""

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import Final, Protocol

PAYLOAD: Final = "data/"
"""The folder of the payload; all other files are tag files."""

_TAG_MANIFEST: Final = re.compile(r"tagmanifest-[^/]+\.txt")


def _checksums() -> dict[str, str]:
    """Checksums by their names in a manifest's name: small letters and digits (section 2.4)."""
    known = {
        re.sub("[^a-z0-9]", "", name.lower()): name
        for name in sorted(hashlib.algorithms_guaranteed)
        if not name.startswith("shake")  # they have no length of their own
    }
    return {**known, "blake2b512": "blake2b", "blake2s256": "blake2s"}


CHECKSUMS: Final[Mapping[str, str]] = _checksums()
"""An algorithm as manifests name it -> as Python does."""


class BagFiles(Protocol):
    """Every regular file of a bag, by its name relative to the bag with ``/`` between folders."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""

    def size(self, name: str) -> int:
        """The bytes of a file."""

    def read(self, name: str) -> bytes:
        """A tag file's content.

        Raises:
            BagFileRefused: It cannot be read, or is larger than tag files are.
        """

    def digests(self, name: str, algorithms: Collection[str]) -> Mapping[str, str]:
        """A file's checksums in small hexadecimal letters, by Python's names for them.

        Raises:
            BagFileRefused: It cannot be read.
        """


class MemoryFiles:
    """A bag at hand, such as the files of an archive."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files, self._names = files, frozenset(files)

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        return self._names

    def size(self, name: str) -> int:
        """The bytes of a file."""
        return len(self._files[name])

    def read(self, name: str) -> bytes:
        """A file's content."""
        return self._files[name]

    def digests(self, name: str, algorithms: Collection[str]) -> Mapping[str, str]:
        """A file's checksums."""
        return {
            algorithm: hashlib.new(algorithm, self._files[name], usedforsecurity=False).hexdigest()
            for algorithm in algorithms
        }


def payload_names(files: BagFiles) -> frozenset[str]:
    """The names of the payload's files."""
    return frozenset(name for name in files.names if name.startswith(PAYLOAD))


def tag_names(files: BagFiles) -> frozenset[str]:
    """The tag files that tag manifests answer for: all but the tag manifests themselves."""
    return frozenset(
        name
        for name in files.names
        if not name.startswith(PAYLOAD) and not _TAG_MANIFEST.fullmatch(name)
    )
