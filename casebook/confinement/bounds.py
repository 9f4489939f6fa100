"""What confined work may take at most."""

from dataclasses import dataclass
from typing import Final

_CLOCK: Final = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of one child.

    Attributes:
        memory_bytes: What the process may write to; libraries that it maps come on top.
        seconds: Of computing, for one request.
        reply_bytes: The longest reply.
    """

    memory_bytes: int
    seconds: int
    reply_bytes: int

    @property
    def clock_s(self) -> int:
        """Seconds by the clock, for one request.

        Why so many more: on a busy machine honest work waits, and must not fail for it. What
        computes is stopped by its computing; this is for what merely waits.
        """
        return self.seconds * _CLOCK
