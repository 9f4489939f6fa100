"""Writes an archive: the same files, folder and day give the same bytes everywhere.

Entries are stored, not compressed: measured on packets of 5 to 40 pages, deflating a PDF saves 3
to 9 percent, and the texts beside it weigh less than that; in return the bytes do not depend on
the zlib of a machine.
"""

import zlib
from collections.abc import Mapping
from datetime import date

from casebook.bundle.archive import profile
from casebook.bundle.archive.names import one_top, refuse_name
from casebook.bundle.archive.profile import EndRecord, ListedHeader, LocalHeader
from casebook.bundle.archive.refusal import LIMITS, ArchiveRefused, Limits, refuse, refuse_entry
from casebook.bundle.bag import DECLARATION, INFORMATION


def write_archive(
    files: Mapping[str, bytes], top: str, moment: date, limits: Limits = LIMITS
) -> bytes:
    """Pack files under one top folder; the same arguments give the same bytes.

    Args:
        files: Name inside the top folder -> content; ``bagit.txt`` and ``bag-info.txt`` come
            first, so that the beginning tells what the archive is.
        top: Name of the folder.
        moment: The day every entry is dated with.
        limits: Those of its readers.

    Raises:
        ArchiveRefused: It would be an archive that ``parse_archive`` refuses.
    """
    if not profile.FIRST_YEAR <= moment.year <= profile.LAST_YEAR:
        refuse(f"a zip cannot be dated {moment.year}", hint="use the date of the submission")
    if not files:
        refuse("it would be empty", hint="put a file into it")
    _refuse_unreadable_sizes(files, top, limits)
    order = sorted(files, key=lambda name: (name != DECLARATION, name != INFORMATION, name))
    _refuse_unreadable_names([f"{top}/{name}" for name in order], top, limits)
    parts: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for inside in order:
        name, content = f"{top}/{inside}".encode(), files[inside]
        local = _local_header(name, content, moment)
        parts += [local.to_bytes(), name, content]
        directory += [ListedHeader.of(local, place).to_bytes(), name]
        place += profile.LOCAL_BYTES + len(name) + len(content)
    end = EndRecord.of(len(order), sum(map(len, directory)), place)
    return b"".join([*parts, *directory, end.to_bytes()])


def _local_header(name: bytes, content: bytes, moment: date) -> LocalHeader:
    return LocalHeader(
        signature=profile.LOCAL_SIGNATURE,
        version_needed=profile.NEEDED,
        flags=profile.flags_of(name),
        method=profile.STORED,
        time=0,
        date=profile.dos_date(moment),
        checksum=zlib.crc32(content),
        packed_bytes=len(content),
        unpacked_bytes=len(content),
        name_bytes=len(name),
        extra_bytes=0,
    )


def _refuse_unreadable_names(names: list[str], top: str, limits: Limits) -> None:
    try:
        for name in names:
            refuse_name(name, limits)
        if one_top(names) != top:
            refuse_entry(top, "its top folder cannot have a / in its name")
    except ArchiveRefused as refusal:
        raise ArchiveRefused(str(refusal), hint="give the file another name") from None


def _refuse_unreadable_sizes(files: Mapping[str, bytes], top: str, limits: Limits) -> None:
    hint = "leave out or shrink some attachments"
    for name, content in sorted(files.items()):
        if len(content) > limits.file_bytes:
            refuse_entry(name, f"it is larger than {limits.file_bytes} bytes", hint=hint)
    # Every name stands in its entry's own header and again in the directory.
    headers = profile.LOCAL_BYTES + profile.LISTED_BYTES
    overhead = headers + 2 * len(f"{top}/".encode("utf-8", "replace"))
    size = profile.END_BYTES + sum(
        overhead + 2 * len(name.encode("utf-8", "replace")) + len(content)
        for name, content in files.items()
    )
    if len(files) > limits.entries:
        refuse(f"it would have more than {limits.entries} entries", hint=hint)
    if size > (most := min(limits.archive_bytes, limits.total_bytes)):
        refuse(f"it would be larger than {most} bytes", hint=hint)
