"""The files inside a packet from a stranger, taken out in a process of their own.

Whatever the PDF does to its reader, it does there. What comes back are names and bytes, and the
names are looked at again.
"""

from typing import Final

from casebook import limits as figures
from casebook.bundle.archive import LIMITS, Limits
from casebook.bundle.packet.hybrid import PacketRefused, hold_names
from casebook.confinement.bounds import Bounds
from casebook.confinement.frames import BrokenFrame, unpack_files
from casebook.confinement.worker import Worker, WorkStopped

_TASK: Final = "casebook.bundle.packet.extraction"


def received_files(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The files enclosed in a PDF, by their names.

    Args:
        content: The whole PDF.
        limits: How many files of which sizes are read.

    Raises:
        PacketRefused: No PDF that can be read, no file in it, more work than a packet takes, or
            a name or size not to be trusted.
        MachineError: No process can be started.
    """
    bounds = Bounds(
        memory_bytes=figures.PACKET_MEMORY_BYTES
        + figures.PACKET_MEMORY_BYTES_A_BYTE * len(content),
        seconds=figures.PACKET_SECONDS,
        reply_bytes=limits.total_bytes + limits.entries * (limits.name_bytes + 100),
    )
    with Worker(_TASK, bounds, (PacketRefused,)) as worker:
        try:
            files = unpack_files(worker.ask((content, limits)))
        except (WorkStopped, BrokenFrame) as error:
            raise PacketRefused(
                f"it cannot be read: {error}",
                hint="ask the sender for the packet exactly as casebook wrote it",
            ) from None
    hold_names(files, limits)
    return files
