"""Files on the user's disk: names that are safe, reading with limits, and writing that never harms.

Writing never leaves half a file: the bytes go to a temporary name in the same folder, reach the
disk, and only then take the real name. What casebook did not make is never overwritten unasked.
"""

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import struct
import unicodedata
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from casebook.errors import MachineError, UsageError

SLUG_LENGTH: Final = 60
PART_BYTES: Final = 255  # the longest name ext4, APFS and NTFS all store

_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
_FORBIDDEN_ON_WINDOWS: Final = frozenset('<>:"|?*')
_INVISIBLE: Final = frozenset(["Cc", "Cs", "Zl", "Zp"])  # control, half a character, line ends
# Marks that reorder text, so that "fdp.exe" can be shown as "exe.pdf".
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters that Unicode does not decompose into a base letter and an accent.
_SPELLED_OUT: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)

_TEMPORARY: Final = re.compile(r"\.casebook-([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}\.tmp")

_REPEAT: Final = "Put that right, then repeat the command; nothing was changed."
_PLAIN_WORDS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file is larger than this system allows",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "the system does not permit it",
    errno.EIO: "the disk reports a fault",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
}

_HEAD_BYTES: Final = 64 * 1024
_PDF_LIMIT_BYTES: Final = 256 * 1024 * 1024
_HTML_MARK: Final = re.compile(rb'<meta\s+name="generator"\s+content="casebook\b', re.IGNORECASE)
_SVG_MARK: Final = re.compile(rb"<!--\s*(?:made by )?casebook\b")
_JSON_MARK: Final = re.compile(rb'"casebook"\s*:')
_INFO_REFERENCE: Final = re.compile(rb"/Info (\d{1,9}) 0 R")
_OBJECT_STREAM: Final = re.compile(rb"/ObjStm[^>]*?/First (\d{1,9})[^>]*>>\s*?stream\n")
_ZIP_ENTRY: Final = b"PK\x03\x04"
# APPNOTE 4.3.7: signature, method, packed size, lengths of the name and of the extra field.
_ENTRY_HEAD: Final = struct.Struct("<4s4xH8xL4xHH")
_BAG_MARK: Final = re.compile(rb"^Bag-Software-Agent: casebook\b", re.MULTILINE)


def safe_name(text: str) -> str:
    """A short lower-case name every operating system accepts: letters a to z, digits, hyphens.

    Two texts may share one; a text without any usable letter gets a name from its hash, so that
    "李" and "王" stay apart.
    """
    base = unicodedata.normalize("NFKD", text).casefold().translate(_SPELLED_OUT)
    letters = "".join(mark for mark in base if not unicodedata.combining(mark))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:SLUG_LENGTH].rstrip("-")
    if not slug:
        return "item-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-file" if slug in _DEVICES else slug


def name_fault(relative: str) -> str | None:
    """Why a relative name cannot be used on every operating system, or None when it can.

    The one rule for attachments, archives and folders; the answer is said after the name.
    """
    if not relative:
        return "is empty"
    if "\\" in relative:
        return "has a backslash; separate folders with /"
    if relative.startswith("/") or re.match(r"[A-Za-z]:", relative):
        return "is an absolute path"
    for part in relative.split("/"):
        if fault := _part_fault(part):
            return fault
    return None


def _part_fault(part: str) -> str | None:
    if part in ("", ".", ".."):
        return f"has {part!r} as a part of its path"
    kinds = {unicodedata.category(mark) for mark in part}
    forbidden = _FORBIDDEN_ON_WINDOWS.intersection(part)
    device = part.split(".", maxsplit=1)[0].rstrip().casefold() in _DEVICES
    faults = {
        "holds an invisible control character": kinds & _INVISIBLE or _REORDERING & set(part),
        f"holds {min(forbidden, default='')!r}, which Windows does not allow": forbidden,
        "has a part that ends in a dot or a space": part[-1] in ". ",
        "has a part that is the name of a device on Windows": device,
        f"has a part longer than {PART_BYTES} bytes": len(part.encode("utf-8", "replace"))
        > PART_BYTES,
    }
    return next((words for words, found in faults.items() if found), None)


def contained(root: Path, relative: str) -> Path:
    """The place of ``relative`` inside ``root``; it need not exist.

    Raises:
        UsageError: The name is unsafe, or a symbolic link on its way leads out of ``root``.
    """
    if fault := name_fault(relative):
        raise UsageError(
            f"{relative!r} {fault}",
            hint="Name a file inside the folder by its relative path, such as attachments/form.pdf",
        )
    place = root / relative
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(root)):
        raise UsageError(
            f"{relative!r} is a link that leads out of the folder {root}",
            hint="Copy the file itself into the folder instead of linking to it",
        )
    return place


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """The content of an ordinary file of at most ``limit_bytes``.

    Raises:
        UsageError: There is no such file, it is a folder, pipe or device, or it is too large.
        MachineError: The system refuses to read it.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{path} is a folder, not a file", hint="Name a file inside it")
        if not stat.S_ISREG(mode):
            raise UsageError(f"{path} is not an ordinary file", hint="Name a file on the disk")
        with path.open("rb") as opened:
            # Why: a file may grow after its size was asked for, and some report no size at all.
            content = opened.read(limit_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # the last: a NUL
        raise UsageError(
            f"there is no file {str(path)!r}", hint="Check the spelling and the folder"
        ) from error
    except OSError as error:
        raise _machine_error("read", path, error, "Check who may read it and its disk") from error
    if len(content) > limit_bytes:
        raise UsageError(
            f"{path} is larger than {limit_bytes / 1_000_000:g} MB",
            hint="Make it smaller, for instance by saving images at a lower resolution",
        )
    return content


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a whole file or nothing; missing folders above it are made.

    A link is replaced, never written through. An existing file keeps its permissions.

    Args:
        path: Where the file is to stand.
        data: Its whole content.
        force: Replace a file that casebook did not make.

    Raises:
        UsageError: Something stands there that must not be replaced.
        MachineError: The system refuses; the old file, if any, is still whole.
    """
    temporary = _temporary_beside(path)
    try:
        mode = _replaceable_mode(path, force=force)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep_orphans(path.parent)
        _write_durably(temporary, data, mode)
        temporary.replace(path)
    except OSError as error:
        raise _machine_error("write", path, error, _REPEAT) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_tree(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder that appears with all its files or not at all.

    Args:
        target: The new folder; an empty one may stand there already.
        files: Relative name -> content.

    Raises:
        UsageError: The target holds something, or a name is unsafe.
        MachineError: The system refuses; nothing was made.
    """
    place = Path(os.path.realpath(target))
    temporary = _temporary_beside(place)
    try:
        _refuse_occupied(target, place)
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep_orphans(place.parent)
        temporary.mkdir()
        for name, data in sorted(files.items()):
            inside = contained(temporary, name)
            inside.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(inside, data, None)
        for folder, _, _ in os.walk(temporary):
            _sync_folder(Path(folder))
        with suppress(FileNotFoundError):
            place.rmdir()
        temporary.rename(place)
    except OSError as error:
        raise _machine_error("write", target, error, _REPEAT) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    _sync_folder(place.parent)


def sweep_orphans(folder: Path) -> tuple[str, ...]:
    """Remove what killed runs of casebook on this machine left in ``folder``; names what went."""
    removed = []
    with suppress(OSError):
        for orphan in folder.iterdir():
            match = _TEMPORARY.fullmatch(orphan.name)
            if match is None or match[1] != _machine() or _is_running(int(match[2])):
                continue
            with suppress(OSError):
                if orphan.is_dir() and not orphan.is_symlink():
                    shutil.rmtree(orphan)
                else:
                    orphan.unlink()
                removed.append(orphan.name)
    return tuple(sorted(removed))


def made_by_casebook(path: Path) -> bool:
    """Whether a file carries casebook's mark, so that it may be made anew.

    The mark is the generator of HTML, a comment near the top of SVG, a "casebook" key among the
    first 500 bytes of JSON, the software agent of a bag in a zip, and the creator of a PDF. A PDF
    that another program saved again, say with notes in it, counts as the user's own.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
            if head.startswith(b"%PDF-"):
                return _is_our_pdf(head + opened.read(_PDF_LIMIT_BYTES))
    except OSError:
        return False
    return _is_our_bag(head) if head.startswith(_ZIP_ENTRY) else _is_our_text(head.lstrip())


def _is_our_text(start: bytes) -> bool:
    if start.startswith(b"{"):
        return _JSON_MARK.search(start[:500]) is not None
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return _HTML_MARK.search(start) is not None
    return start.startswith(b"<") and _SVG_MARK.search(start[:1000]) is not None


def _is_our_bag(head: bytes) -> bool:
    """Whether a zip begins with ``<top>/bagit.txt`` and our ``<top>/bag-info.txt``, both stored."""
    at = 0
    content = b""
    for expected in (b"/bagit.txt", b"/bag-info.txt"):
        if len(head) < at + _ENTRY_HEAD.size:
            return False
        signature, method, size, name_length, extra_length = _ENTRY_HEAD.unpack_from(head, at)
        name = head[at + _ENTRY_HEAD.size :][:name_length]
        if signature != _ZIP_ENTRY or method != 0 or not name.endswith(expected):
            return False
        at += _ENTRY_HEAD.size + name_length + extra_length
        content = head[at : at + size]
        at += size
    return _BAG_MARK.search(content) is not None


def _is_our_pdf(data: bytes) -> bool:
    """Whether the information dictionary of a PDF names casebook and WeasyPrint as its makers."""
    # A second startxref means that another program appended its changes.
    end = re.search(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z", data[-64:])
    if end is None or data.count(b"startxref") != 1:
        return False
    at = int(end[1])
    info = _INFO_REFERENCE.search(data, at)
    if info is None:
        return False
    if data.startswith(b"xref", at):
        last = data.rfind(b"\n%s 0 obj" % info[1], 0, at)
        text = data[last : data.find(b"endobj", last)]
    else:
        text = _packed_object(data, at, int(info[1]))
    return b"/Creator (casebook" in text and b"/Producer (WeasyPrint" in text


def _packed_object(data: bytes, end: int, number: int) -> bytes:
    """One object out of the last object stream before ``end`` (ISO 32000-1, 7.5.7), or nothing."""
    head = _OBJECT_STREAM.match(data, max(data.rfind(b"/ObjStm", 0, end), 0))
    if head is None:
        return b""
    try:
        packed = memoryview(data)[head.end() : end]
        content = zlib.decompressobj().decompress(packed, _PDF_LIMIT_BYTES)
    except zlib.error:
        return b""
    first = int(head[1])
    fields = [int(field[:9]) for field in content[:first].split() if field.isdigit()]
    places = dict(zip(fields[::2], fields[1::2], strict=False))
    start = places.get(number, len(content))
    after = min((place for place in places.values() if place > start), default=len(content))
    return content[first + start : first + after]


def _replaceable_mode(path: Path, *, force: bool) -> int | None:
    """The permissions of the file to be replaced, or None when nothing stands there."""
    if not os.path.lexists(path):
        return None
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="Name the file to write, not its folder")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is a pipe or a device", hint="Name a file on the disk")
    if not force and not made_by_casebook(path):
        raise UsageError(
            f"{path} is already there, and casebook did not make it",
            hint="Name another file, or add --force to replace this one",
        )
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def _refuse_occupied(target: Path, place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir() or any(place.iterdir()):
        what = "is not empty" if place.is_dir() else "is a file"
        raise UsageError(f"{target} {what}", hint="Name a folder that does not exist yet")
    if place == Path.cwd():  # taking its place would leave the user's shell in a lost folder
        raise UsageError(f"{target} is the folder you are in", hint="Name a new folder inside it")


def _temporary_beside(path: Path) -> Path:
    return path.parent / f".casebook-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def _machine() -> str:
    # Why: on a shared folder, a process number says nothing about another machine's processes.
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # Windows has no signal 0: os.kill would end the process
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True


def _write_durably(path: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    if mode is not None:
        path.chmod(mode)


def _sync_folder(folder: Path) -> None:
    # Why: not every system can; without it a power cut in this moment brings the old file back.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _machine_error(action: str, path: Path, error: OSError, hint: str) -> MachineError:
    words = _PLAIN_WORDS.get(error.errno or 0) or error.strerror or str(error)
    return MachineError(f"cannot {action} {path}: {words}", hint=hint)
