"""What an entry's header may say: what casebook would have written, within the limits."""

import stat
from typing import Final

from casebook.bundle.archive import profile
from casebook.bundle.archive.profile import ListedHeader, LocalHeader
from casebook.bundle.archive.refusal import Limits, refuse_entry

_DESCRIBED_LATER: Final = 0x0008
_ENCRYPTED: Final = 0x2041  # plain, strong, and with a masked directory
_IN_64_BITS: Final = 0xFFFFFFFF
_RATIO_FROM_BYTES: Final = 1_000_000

_PINNED: Final = {
    "made_by": (profile.MADE_BY, "the program it was made by"),
    "version_needed": (profile.NEEDED, "the version of zip it needs"),
    "time": (0, "its time of day"),
    "disk": (0, "the part of the archive it stands in"),
    "internal_attributes": (0, "its internal attributes"),
    "external_attributes": (profile.EXTERNAL, "its attributes"),
}


def refuse_header(header: ListedHeader, raw_name: bytes, name: str) -> None:
    """Refuse what the directory says of an entry, unless it is what casebook would say.

    Raises:
        ArchiveRefused: It is not; the commonest reasons have words of their own.
    """
    _refuse_flags(header, raw_name, name)
    if header.method not in (profile.STORED, profile.DEFLATED):
        refuse_entry(name, f"it is packed by method {header.method}, neither stored nor deflated")
    if header.extra_bytes:
        refuse_entry(name, "it carries extra fields, which can give it a second name or size")
    if header.comment_bytes:
        refuse_entry(name, "it has a comment")
    if stat.S_IFMT(header.external_attributes >> 16) not in (0, stat.S_IFREG):
        refuse_entry(name, "it is a link, a folder or a special file, not a regular one")
    for field, (value, words) in _PINNED.items():
        if getattr(header, field) != value:
            refuse_entry(name, f"casebook would not have written {words} so")


def refuse_size(header: ListedHeader, name: str, limits: Limits) -> None:
    """Refuse sizes beyond the limits, before anything of that size is made.

    Raises:
        ArchiveRefused: They are, or they contradict each other.
    """
    size, packed = header.unpacked_bytes, header.packed_bytes
    if _IN_64_BITS in (size, packed, header.place):
        refuse_entry(name, "it is in the 64-bit form of zip")
    if size > limits.file_bytes:
        refuse_entry(name, f"it unpacks to more than {limits.file_bytes} bytes")
    if size > _RATIO_FROM_BYTES and size > limits.ratio * packed:
        refuse_entry(name, f"it unpacks to more than {limits.ratio} times its size")
    if header.method == profile.STORED and size != packed:
        refuse_entry(name, "it is stored, yet states two sizes")


def refuse_contradiction(content: bytes, header: ListedHeader, raw_name: bytes, name: str) -> None:
    """Refuse a local header that does not say the same as the directory's.

    Some programs go by the one, others by the other.

    Args:
        content: The archive, in which the local header and its name do not reach beyond the end.
        header: The directory's.
        raw_name: The name in the directory.
        name: The same, as text.

    Raises:
        ArchiveRefused: It does not.
    """
    local, agreed = LocalHeader.at(content, header.place), header.local()
    for field, here, there in zip(local._fields, local, agreed, strict=True):
        if here != there:
            refuse_entry(name, f"its two headers contradict each other ({field.replace('_', ' ')})")
    if not content.startswith(raw_name, header.place + profile.LOCAL_BYTES):
        refuse_entry(name, "its two headers contradict each other (name)")


def _refuse_flags(header: ListedHeader, raw_name: bytes, name: str) -> None:
    if header.flags & _ENCRYPTED:
        refuse_entry(name, "it is encrypted")
    if header.flags & _DESCRIBED_LATER:
        refuse_entry(name, "its sizes stand behind its data (a data descriptor)")
    if header.flags & ~profile.UTF8:
        refuse_entry(name, "it uses a feature of zip that casebook does not")
    if header.flags != profile.flags_of(raw_name):
        marked = "needlessly" if header.flags else "not"
        refuse_entry(name, f"its name is {marked} marked as UTF-8")
