"""The parts that OpenSSH's keys and signatures are made of: numbers and strings with a length."""

import struct
from typing import Final

_NUMBER: Final = struct.Struct(">I")


class CutShort(Exception):
    """Fewer bytes are left than a field says that it has."""


def packed(content: bytes) -> bytes:
    """A string with its length before it (RFC 4251, section 5)."""
    return _NUMBER.pack(len(content)) + content


def number(value: int) -> bytes:
    """A number of four bytes, the highest first."""
    return _NUMBER.pack(value)


class Fields:
    """Takes the fields off the front of some bytes, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, count: int) -> bytes:
        """So many bytes.

        Raises:
            CutShort: There are fewer.
        """
        after = self._at + count
        if after > len(self._content):
            raise CutShort
        taken = self._content[self._at : after]
        self._at = after
        return taken

    def number(self) -> int:
        """A number of four bytes.

        Raises:
            CutShort: There are fewer.
        """
        (value,) = _NUMBER.unpack(self.take(_NUMBER.size))
        return int(value)

    def string(self) -> bytes:
        """A string with its length before it.

        Raises:
            CutShort: It ends too early.
        """
        return self.take(self.number())

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._content)
