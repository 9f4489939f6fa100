"""An item where a job can read it: on the disk, or fetched from a store for this moment alone."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.batch.places import StoreAddress, place_meant
from casebook.batch.stores import StoreAccess, Stored, fetch, listed_below, look_at
from casebook.errors import UsageError
from casebook.files import contained, name_fault, read_bytes
from casebook.files.temporaries import temporary_folder
from casebook.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, ARCHIVE_TOTAL_BYTES
from casebook.source.folder import BUILD_FOLDER
from casebook.workflow.batching.jobs import Job
from casebook.workflow.batching.stamps import marks_of, stamp_of

PRIVATE_FOLDER: Final = 0o700


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an item, beside the job.

    Attributes:
        place: Where it lies.
        digest: The SHA-256 that it should have.
        output: Where to write what is made.
        before: The stamp of the result that stands.
    """

    place: str
    digest: str | None = None
    output: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """An item on this machine's disk.

    Attributes:
        path: Where.
        stamp: What its result depends on.
        digest: The SHA-256 of a submission.
        passing: Whether it lies there for this moment alone.
    """

    path: Path
    stamp: str
    digest: str | None = None
    passing: bool = False


@contextmanager
def arrival(job: Job, asked: Asked, access: StoreAccess) -> Iterator[Arrival | None]:
    """The item, as long as it is worked on; None when the result that stands is still right.

    Raises:
        UsageError: There is no such item, or it is too large.
        MachineError: The disk or the store refuses.
    """
    place = place_meant(asked.place)
    if isinstance(place, Path):
        yield _on_disk(place, job, asked)
        return
    if asked.before is not None and _stamp(job, asked, _marks_at(place, access)) == asked.before:
        yield None
        return
    with temporary_folder(Path(tempfile.gettempdir()), PRIVATE_FOLDER) as scratch:
        yield _fetched(place, scratch, job, asked, access)


def _on_disk(path: Path, job: Job, asked: Asked) -> Arrival | None:
    stamp = _stamp(job, asked, marks_of(path))
    if stamp == asked.before:
        return None
    digest = None
    if job.reads_submissions and path.is_file():
        digest = hashlib.sha256(read_bytes(path, ARCHIVE_BYTES)).hexdigest()
    return Arrival(path, stamp, digest)


def _fetched(
    address: StoreAddress, scratch: Path, job: Job, asked: Asked, access: StoreAccess
) -> Arrival:
    name = address.name if name_fault(address.name) is None else "item"
    path = scratch / name
    if address.is_folder:
        path.mkdir()
        stored = _counted(address, access)
        for each in stored:
            target = contained(path, each.address.key.removeprefix(address.key))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(fetch(each.address, access, ARCHIVE_BYTES)[0])
        return Arrival(path, _stamp(job, asked, map(_mark, stored)), passing=True)
    content, mark = fetch(address, access, ARCHIVE_BYTES)
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest() if job.reads_submissions else None
    return Arrival(path, _stamp(job, asked, [mark]), digest, passing=True)


def _counted(address: StoreAddress, access: StoreAccess) -> list[Stored]:
    """The files of a portfolio in a store, none of those that casebook made.

    Raises:
        UsageError: There are none, or too many.
    """
    found: list[Stored] = []
    size = 0
    for each in listed_below(address, access):
        parts = each.address.key.removeprefix(address.key).split("/")
        if parts[0] == BUILD_FOLDER or any(part.startswith(".") or not part for part in parts):
            continue
        found.append(each)
        size += each.size_bytes
        if len(found) > ARCHIVE_ENTRIES or size > ARCHIVE_TOTAL_BYTES:
            raise UsageError(
                f"there is too much in {address} for one portfolio", hint="name one portfolio"
            )
    if not found:
        raise UsageError(f"there is nothing in {address}", hint="check the spelling")
    return found


def _marks_at(address: StoreAddress, access: StoreAccess) -> Iterable[str]:
    if address.is_folder:
        return map(_mark, _counted(address, access))
    return [look_at(address, access).mark]


def _mark(stored: Stored) -> str:
    return f"{stored.address.key} {stored.mark}"


def _stamp(job: Job, asked: Asked, marks: Iterable[str]) -> str:
    return stamp_of(job, asked.digest, asked.output, "", *marks)
