"""Where what a job makes is to go: to the disk, or by way of the disk to a store."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casebook.batch.places import StoreAddress, place_meant
from casebook.batch.stores import StoreAccess, put
from casebook.files.temporaries import temporary_folder
from casebook.workflow.batching.arrivals import PRIVATE_FOLDER


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a job writes.

    Attributes:
        path: On the disk; None for the item's own place.
        address: Where that goes afterwards; None where it stays.
    """

    path: Path | None
    address: StoreAddress | None = None

    def deliver(self, made: tuple[Path, ...], access: StoreAccess, *, force: bool) -> None:
        """Bring what was made to a store, where it is to go to one.

        Raises:
            UsageError: Another content lies there.
            MachineError: The store refuses.
        """
        if self.address is None or self.path is None:
            return
        for each in made:
            parts = each.relative_to(self.path).parts
            address = self.address.below("/".join(parts)) if parts else self.address
            put(address, each.read_bytes(), access, force=force)


@contextmanager
def destination(output: str | None) -> Iterator[Destination]:
    """Where a job writes what it makes of one item."""
    place = place_meant(output) if output is not None else None
    if not isinstance(place, StoreAddress):
        yield Destination(place)
        return
    with temporary_folder(Path(tempfile.gettempdir()), PRIVATE_FOLDER) as scratch:
        yield Destination(scratch / place.name, place)
