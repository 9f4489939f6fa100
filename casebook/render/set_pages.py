"""Finished pages and how many they are, as they come from the process that set them."""

from dataclasses import dataclass
from typing import Final, Self

from casebook.limits import RENDER_PAGES
from casebook.render.document import RenderStopped

_COUNT_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class SetPages:
    """Pages as PDF.

    Attributes:
        count: How many there are. Why beside them: who only binds pages needs not read them.
        content: The file.
    """

    count: int
    content: bytes

    def packed(self) -> bytes:
        """Both as bytes."""
        return self.count.to_bytes(_COUNT_BYTES) + self.content

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """What was packed.

        Raises:
            RenderStopped: They are more pages than a document may have.
        """
        count = int.from_bytes(packed[:_COUNT_BYTES])
        if not 0 < count <= RENDER_PAGES:
            raise RenderStopped(
                f"the pages cannot be counted, or are more than {RENDER_PAGES:,}",
                hint="shorten what is unusually long",
            )
        return cls(count, packed[_COUNT_BYTES:])
