"""A PDF from a stranger, taken apart with no more work than any packet needs.

pypdf bounds each stream by itself. What is left: a reference that leads nowhere makes it search
the whole file, a thousand of them a thousand times; and 70 kB may unpack to brackets within
brackets that take a minute and gigabytes to read.
"""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.generic import StreamObject

if TYPE_CHECKING:
    from pypdf.generic import IndirectObject, PdfObject

_BYTES_A_LOOK = 100


class TooMuchWork(Exception):
    """The file asks for more than any packet needs."""


@dataclass(slots=True)
class Budget:
    """What may still be spent on one file.

    Why to be asked in the end: pypdf goes on after most errors, and then finds nothing more.

    Attributes:
        looks: How often the file is looked at, a long look counting as several. A packet of 40
            pages takes 0.01 million, 0.1 million when another program saved it; a million are
            two seconds.
        packed_bytes: What its packed objects unpack to; in a packet of 40 pages, 0.4 million.
    """

    looks: int = 8_000_000
    packed_bytes: int = 16_000_000

    @property
    def overdrawn(self) -> bool:
        """Whether something was left unread for its cost."""
        return self.looks < 0 or self.packed_bytes < 0

    def look(self, seen_bytes: int) -> None:
        """Pay for a look at so many bytes."""
        self.looks -= 1 + seen_bytes // _BYTES_A_LOOK
        self._stop_overdrawn()

    def unpack(self, unpacked_bytes: int) -> None:
        """Pay for objects that unpack to so many bytes."""
        self.packed_bytes -= unpacked_bytes
        self._stop_overdrawn()

    def _stop_overdrawn(self) -> None:
        if self.overdrawn:
            raise TooMuchWork


class FrugalReader(PdfReader):
    """Reads a PDF until its budget is overdrawn."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        self._budget = budget
        super().__init__(_MeteredBytes(content, budget))

    def _get_object_from_stream(self, indirect_reference: "IndirectObject") -> "PdfObject":
        number, _ = self.xref_objStm[indirect_reference.idnum]
        packed = self.get_object(number)
        # Why at every call: objects that another stream owns are read again each time.
        self._budget.unpack(len(packed.get_data()) if isinstance(packed, StreamObject) else 0)
        return super()._get_object_from_stream(indirect_reference)


class _MeteredBytes(io.BytesIO):
    """Bytes that cost something to look at."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        super().__init__(content)
        self._budget = budget

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self._budget.look(len(found))
        return found

    def getbuffer(self) -> memoryview:
        found = super().getbuffer()
        self._budget.look(len(found))
        return found
