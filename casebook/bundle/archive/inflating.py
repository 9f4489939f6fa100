"""The data of one entry: never more of it than declared, and none that is not its own."""

import zlib

from casebook.bundle.archive.profile import STORED, ListedHeader
from casebook.bundle.archive.refusal import refuse_entry


def unpacked(content: bytes, place: int, header: ListedHeader, name: str) -> bytes:
    """An entry's file, from its data at a place.

    Why nothing is weighed against limits here: the size declared has been, and inflating ends at
    the first byte beyond it.

    Raises:
        ArchiveRefused: The data is damaged, or has another size or checksum than declared.
    """
    packed = memoryview(content)[place : place + header.packed_bytes]
    data = bytes(packed) if header.method == STORED else _inflated(packed, header, name)
    if len(data) != header.unpacked_bytes:
        refuse_entry(name, "its size is not the one it declares")
    if zlib.crc32(data) != header.checksum:
        refuse_entry(name, "its checksum does not match; it was damaged on the way")
    return data


def _inflated(packed: memoryview, header: ListedHeader, name: str) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, header.unpacked_bytes + 1)
    except zlib.error:
        refuse_entry(name, "its data is damaged")
    if len(data) > header.unpacked_bytes:
        refuse_entry(name, "it unpacks to more than it declares")
    if not inflater.eof:
        refuse_entry(name, "its data is cut short")
    if inflater.unused_data:
        refuse_entry(name, "something stands behind its data")
    return data
