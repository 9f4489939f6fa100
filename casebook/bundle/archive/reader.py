"""Reads an archive from a stranger, and trusts no number that it states.

Only the form in ``profile`` is read, and all of it is looked at: the end record, every header in
both of its places, every name, every byte of data. Entries must tile the file without gap or
overlap, so that nothing is unpacked twice and nothing hides.

It relies on ``struct``, ``zlib.decompressobj``, ``zlib.crc32`` and ``unicodedata`` alone, as they
are in Python 3.11.0; not on ``zipfile``, whose leniency differs from version to version.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from casebook.bundle.archive import profile
from casebook.bundle.archive.headers import refuse_contradiction, refuse_header, refuse_size
from casebook.bundle.archive.inflating import unpacked
from casebook.bundle.archive.names import one_top, refuse_name
from casebook.bundle.archive.profile import EndRecord, ListedHeader
from casebook.bundle.archive.refusal import LIMITS, Limits, refuse, refuse_entry


class Archive(NamedTuple):
    """An archive's one top folder, its files by their names inside it, and the day it states."""

    top: str
    files: dict[str, bytes]
    moment: date


class _Entry(NamedTuple):
    name: str
    header: ListedHeader
    data_place: int


def parse_archive(content: bytes, limits: Limits = LIMITS) -> Archive:
    """Read an archive from a stranger; takes about its own size and that of its files in memory.

    Raises:
        ArchiveRefused: It is damaged, dangerous, too large, or not in the one form; says what and
            why.
    """
    if len(content) > limits.archive_bytes:
        refuse(f"it is larger than {limits.archive_bytes} bytes")
    end = _end_record(content, limits)
    entries = list(_entries(content, end, limits))
    if sum(entry.header.unpacked_bytes for entry in entries) > limits.total_bytes:
        refuse(f"it unpacks to more than {limits.total_bytes} bytes")
    top = one_top([entry.name for entry in entries])
    moment = _one_day(entries)
    files = {
        entry.name.removeprefix(f"{top}/"): unpacked(
            content, entry.data_place, entry.header, entry.name
        )
        for entry in entries
    }
    return Archive(top, files, moment)


def _end_record(content: bytes, limits: Limits) -> EndRecord:
    """The end record, which stands at the very end and says where all else is."""
    if not content.startswith(profile.LOCAL_SIGNATURE):
        if content == EndRecord.of(0, 0, 0).to_bytes():
            refuse("it is empty")
        refuse("it is not a zip, or something stands before its first entry")
    place = len(content) - profile.END_BYTES
    if place < 0 or not content.startswith(profile.END_SIGNATURE, place):
        refuse("it is cut short, or a comment or something else stands behind its end")
    end = EndRecord.at(content, place)
    if end.comment_bytes:
        refuse("it has a comment")
    if end.disk or end.directory_disk or end.entries_here != end.entries:
        refuse("it is one part of several")
    if end.entries > limits.entries:
        refuse(f"it counts {end.entries} entries, more than {limits.entries}")
    if end.directory_place + end.directory_bytes != place:
        refuse("its directory is not where it says, or it is in the 64-bit form of zip")
    return end


def _entries(content: bytes, end: EndRecord, limits: Limits) -> Iterator[_Entry]:
    """Every entry in file order, once both of its headers and its place are right."""
    at, expected = end.directory_place, 0
    stop = end.directory_place + end.directory_bytes
    for number in range(1, end.entries + 1):
        if at + profile.LISTED_BYTES > stop:
            refuse(f"its directory counts {end.entries} entries and ends before entry {number}")
        header = ListedHeader.at(content, at)
        at += profile.LISTED_BYTES + header.name_bytes
        if header.signature != profile.LISTED_SIGNATURE or at > stop:
            refuse(f"its directory is damaged at entry {number}")
        raw_name = content[at - header.name_bytes : at]
        name = _decoded(raw_name, number, limits)
        refuse_header(header, raw_name, name)
        refuse_size(header, name, limits)
        if header.place != expected:
            refuse_entry(name, "it overlaps another, leaves a gap, or is out of order")
        data_place = header.place + profile.LOCAL_BYTES + header.name_bytes
        expected = data_place + header.packed_bytes
        if expected > end.directory_place:
            refuse_entry(name, "it reaches into the directory")
        refuse_contradiction(content, header, raw_name, name)
        yield _Entry(name, header, data_place)
    if at != stop:
        refuse(f"its directory goes on behind the {end.entries} entries it counts")
    if expected != end.directory_place:
        refuse("something stands between its last entry and its directory")


def _decoded(raw: bytes, number: int, limits: Limits) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        refuse(f"the name of entry {number} is not UTF-8")
    if name.endswith("/"):
        refuse_entry(name, "it is a folder; a submission lists files alone")
    refuse_name(name, limits)
    return name


def _one_day(entries: list[_Entry]) -> date:
    first, *others = entries
    for entry in others:
        if entry.header.date != first.header.date:
            refuse_entry(entry.name, "it is dated with another day than the first entry")
    day = profile.day_of(first.header.date)
    if day is None:
        refuse_entry(first.name, "its date is no day of any month")
    return day
