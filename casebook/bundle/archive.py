"""The submission as one zip: written alike everywhere, and read from strangers without harm.

RFC 8493 section 4 asks that a packed bag unpack to exactly one folder. Entries are stored, not
compressed: measured on packets of 5 to 40 pages, deflating a PDF saves 3 to 9 percent, and the
texts beside it weigh less than that; in return the bytes do not depend on the zlib of a machine.

Reading trusts no number an archive states: entries must tile the file without gap or overlap, and
nothing is unpacked beyond what was declared and allowed.
"""

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, NoReturn

from casebook.bundle.bag import DECLARATION, INFORMATION
from casebook.errors import CasebookError
from casebook.files import name_clash, name_fault


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may cost its reader.

    Attributes:
        archive_bytes: Size of the zip itself.
        entries: Files and folders in it.
        total_bytes: All files unpacked.
        file_bytes: One file unpacked.
        name_bytes: One name, folders included.
        ratio: Unpacked to packed size of one file, once it unpacks to more than a megabyte; text
            reaches about 20, deflate at most 1032.
    """

    archive_bytes: int = 256_000_000
    entries: int = 4_000
    total_bytes: int = 512_000_000
    file_bytes: int = 128_000_000
    name_bytes: int = 512
    ratio: int = 200


LIMITS: Final = Limits()


class ArchiveRefused(CasebookError):
    """The archive is damaged, dangerous, or not one casebook could have made; says what and why."""


class Archive(NamedTuple):
    """An archive's one top folder, and its files by their names inside that folder."""

    top: str
    files: dict[str, bytes]


# APPNOTE 4.3.16: signature, disks, entries here and in all, size and place of the directory,
# length of the comment.
_END: Final = struct.Struct("<4s4xHHLLH")
# APPNOTE 4.3.7: signature, flags, method, checksum, packed and unpacked size, lengths of name
# and extra field.
_LOCAL: Final = struct.Struct("<4s2xHH4xLLLHH")
_EXTRA: Final = struct.Struct("<HH")
_HARMLESS_EXTRA: Final = frozenset([0x000A, 0x5455, 0x5855, 0x7855, 0x7875])
_DIRECTORY_ENTRY_BYTES: Final = 46
_ENCRYPTED: Final = 0x2041  # plain, strong, and with a masked directory
_DESCRIBED_LATER: Final = 0x08  # sizes follow the data, as programs that stream write them
_UTF8: Final = 0x800
_KNOWN_FLAGS: Final = 0x06 | _DESCRIBED_LATER | _UTF8
_FIRST_YEAR: Final = 1980
_LAST_YEAR: Final = 2107
_RATIO_FROM_BYTES: Final = 1_000_000
_HINT: Final = "ask the sender for the file exactly as casebook wrote it"


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
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        _refuse(f"a zip cannot be dated {moment.year}", hint="use the date of the submission")
    _refuse_unreadable_sizes(files, top, limits)
    order = sorted(files, key=lambda name: (name != DECLARATION, name != INFORMATION, name))
    names = [f"{top}/{name}" for name in order]
    try:
        for name in names:
            _refuse_name(name, limits)
        if _refuse_clashes(names) != top:
            _refuse("its top folder cannot have a / in its name", top)
    except ArchiveRefused as refusal:
        raise ArchiveRefused(str(refusal), hint="give the file another name") from None
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, inside in zip(names, order, strict=True):
            entry = zipfile.ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
            entry.create_system = 3  # Unix, whose permissions the next line states
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[inside])
    return packed.getvalue()


def parse_archive(content: bytes, limits: Limits = LIMITS) -> Archive:
    """Read an archive from a stranger.

    Raises:
        ArchiveRefused: It is damaged, dangerous or too large; says what and why.
    """
    if len(content) > limits.archive_bytes:
        _refuse(f"it is larger than {limits.archive_bytes} bytes")
    directory_at = _find_directory(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        UnicodeDecodeError,
        ValueError,
        OverflowError,
        struct.error,
        EOFError,
    ) as error:
        raise ArchiveRefused("the zip's table of contents is damaged", hint=_HINT) from error
    if len(entries) > limits.entries:
        _refuse(f"it has more than {limits.entries} entries")
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        _refuse(f"it unpacks to more than {limits.total_bytes} bytes")
    for entry in entries:
        _refuse_name(entry.orig_filename, limits)
        _refuse_kind(entry)
        _refuse_size(entry, limits)
    top = _refuse_clashes([entry.orig_filename for entry in entries])
    places = _tile(content, entries, directory_at)
    return Archive(
        top,
        {
            entry.orig_filename.removeprefix(f"{top}/"): _unpack(content, entry, places[number])
            for number, entry in enumerate(entries)
            if not entry.orig_filename.endswith("/")
        },
    )


def _refuse(why: str, entry: str | None = None, hint: str = _HINT) -> NoReturn:
    # Why repr and a cut: a name from a stranger may be long, or steer the terminal.
    about = "the archive is refused" if entry is None else f"the entry {entry[:120]!r} is refused"
    raise ArchiveRefused(f"{about}: {why}", hint=hint)


def _refuse_unreadable_sizes(files: Mapping[str, bytes], top: str, limits: Limits) -> None:
    hint = "leave out or shrink some attachments"
    for name, content in sorted(files.items()):
        if len(content) > limits.file_bytes:
            _refuse(f"it is larger than {limits.file_bytes} bytes", name, hint)
    # Every name stands in its entry's own header and again in the table of contents.
    overhead = _LOCAL.size + _DIRECTORY_ENTRY_BYTES + 2 * len(f"{top}/".encode("utf-8", "replace"))
    size = _END.size + sum(
        overhead + 2 * len(name.encode("utf-8", "replace")) + len(content)
        for name, content in files.items()
    )
    if len(files) > limits.entries:
        _refuse(f"it would have more than {limits.entries} entries", hint=hint)
    if size > (most := min(limits.archive_bytes, limits.total_bytes)):
        _refuse(f"it would be larger than {most} bytes", hint=hint)


def _find_directory(content: bytes, limits: Limits) -> int:
    """Where the central directory begins, known from the last bytes before anything is parsed."""
    if not content.startswith(b"PK\x03\x04"):
        _refuse("it is not a zip, or something stands before its first entry")
    at = len(content) - _END.size
    if at < 0 or not content.startswith(b"PK\x05\x06", at):
        _refuse("it is cut short, or a comment or something else stands behind its end")
    _, here, entries, size, start, comment = _END.unpack_from(content, at)
    if comment or here != entries or content[at + 4 : at + 8] != bytes(4):
        _refuse("it has a comment or is one part of several")
    if entries > limits.entries:
        _refuse(f"it has {entries} entries, more than {limits.entries}")
    if start + size != at or content.startswith(b"PK\x06\x07", max(at - 20, 0)):
        _refuse("its table of contents is not where it says")
    # Why: the parser goes by this size and not by the count; twice the name for extra fields.
    if size > limits.entries * (_DIRECTORY_ENTRY_BYTES + 3 * limits.name_bytes):
        _refuse("its table of contents is too large")
    return int(start)


def _refuse_name(name: str, limits: Limits) -> None:
    plain = name.removesuffix("/")
    if fault := name_fault(plain):
        _refuse(f"its name {fault}", name)
    if len(plain.encode()) > limits.name_bytes:
        _refuse(f"its name is longer than {limits.name_bytes} bytes", name)
    if not unicodedata.is_normalized("NFC", plain):
        _refuse("its name is not in Unicode's composed form (NFC)", name)
    if "/" not in name:
        _refuse("it does not stand in the one top folder", name)


def _refuse_kind(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if entry.flag_bits & _ENCRYPTED:
        _refuse("it is encrypted", name)
    if entry.flag_bits & ~_KNOWN_FLAGS:
        _refuse("it uses a feature of zip that casebook does not", name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        _refuse(f"it is packed by method {entry.compress_type}, neither stored nor deflated", name)
    if not name.isascii() and not entry.flag_bits & _UTF8:
        _refuse("its name is not marked as UTF-8", name)
    if entry.comment:
        _refuse("it has a comment", name)
    _refuse_extra(entry.extra, name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if name.endswith("/") else stat.S_IFREG):
        _refuse(
            "it is a link or a special file" if kind != stat.S_IFDIR else "it is a folder", name
        )


def _refuse_extra(extra: bytes, name: str) -> None:
    """Allow times and owners only: other fields give a second name or size that some obey."""
    at = 0
    while at < len(extra):
        kind, length = _EXTRA.unpack_from(extra.ljust(at + _EXTRA.size, b"\0"), at)
        at += _EXTRA.size + length
        if kind not in _HARMLESS_EXTRA or at > len(extra):
            _refuse("it carries extra fields that casebook does not know", name)


def _refuse_size(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name, size, packed = entry.orig_filename, entry.file_size, entry.compress_size
    if name.endswith("/") and size:
        _refuse("it is a folder with content", name)
    if size > limits.file_bytes:
        _refuse(f"it unpacks to more than {limits.file_bytes} bytes", name)
    if size > _RATIO_FROM_BYTES and size > limits.ratio * packed:
        _refuse(f"it unpacks to more than {limits.ratio} times its size", name)
    if entry.compress_type == zipfile.ZIP_STORED and size != packed:
        _refuse("it is stored, yet states two sizes", name)


def _refuse_clashes(names: Sequence[str]) -> str:
    """Refuse names that would meet on some disk; returns the one top folder."""
    if clash := name_clash(names):
        name, why = clash
        _refuse(f"its name {why}", name)
    tops = sorted({name.partition("/")[0] for name in names})
    if len(tops) != 1:
        _refuse(f"it must have one top folder and has {len(tops)}: {', '.join(tops)[:200]!r}")
    return tops[0]


def _tile(content: bytes, entries: list[zipfile.ZipInfo], directory_at: int) -> list[int]:
    """Where each entry's data begins, once entries fill the file in order without gap or overlap.

    Local headers, which other programs go by, must say the same as the table of contents.
    """
    places: list[int] = []
    starts = [entry.header_offset for entry in entries] + [directory_at]
    for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
        name = entry.orig_filename
        if start < 0 or start + _LOCAL.size > end or (not places and start):
            _refuse("it overlaps another, or they are not in order", name)
        signature, flags, method, checksum, packed, size, name_length, extra_length = (
            _LOCAL.unpack_from(content, start)
        )
        extra_at = start + _LOCAL.size + name_length
        at = extra_at + extra_length
        slack = end - at - entry.compress_size
        stated = (checksum, packed, size)
        if flags & _DESCRIBED_LATER:
            agreed = slack in (12, 16) and stated in ((0, 0, 0), _sizes(entry))
        else:
            agreed = slack == 0 and stated == _sizes(entry)
        written = content[start + _LOCAL.size : extra_at]
        if not agreed:
            _refuse("it overlaps another, or hides bytes beside its own", name)
        if (signature, flags, method, written) != (
            b"PK\x03\x04",
            entry.flag_bits,
            entry.compress_type,
            name.encode(),
        ):
            _refuse("its two headers contradict each other", name)
        _refuse_extra(content[extra_at:at], name)
        places.append(at)
    return places


def _sizes(entry: zipfile.ZipInfo) -> tuple[int, int, int]:
    return entry.CRC, entry.compress_size, entry.file_size


def _unpack(content: bytes, entry: zipfile.ZipInfo, at: int) -> bytes:
    """The entry's data, never more of it than declared."""
    packed = memoryview(content)[at : at + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        data = bytes(packed)
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise ArchiveRefused(
                f"the entry {entry.orig_filename[:120]!r} is refused: its data is damaged",
                hint=_HINT,
            ) from error
        if not inflater.eof or inflater.unused_data:
            _refuse("its data is cut short, or more than it declares", entry.orig_filename)
    if len(data) != entry.file_size:
        _refuse("its size is not the one it declares", entry.orig_filename)
    if zlib.crc32(data) != entry.CRC:
        _refuse("its checksum does not match; it was damaged on the way", entry.orig_filename)
    return data
