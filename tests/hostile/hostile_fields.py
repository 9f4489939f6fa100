"""Zips with one field of one header wrong, and the short ways in which hostile zips are written."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from tests.hostile.zips import (
    DAY,
    DEFLATE,
    END_FIELDS,
    LISTED_FIELDS,
    LOCAL_FIELDS,
    Entry,
    Fields,
    Zip,
    named,
)

Build = Callable[[], bytes]


def one(**changes: object) -> Build:
    """A zip of one entry that differs from a plain one."""
    return lambda: Zip((replace(Entry(), **changes),)).build()  # type: ignore[arg-type]


def whole(**changes: object) -> Build:
    """A zip of a plain entry that differs as a whole."""
    return lambda: Zip(**changes).build()  # type: ignore[arg-type]


def names(*given: str | bytes) -> Build:
    """A zip of files of these names."""
    return lambda: named(*given)


def both(**fields: int | bytes) -> Build:
    """A zip of one entry with other values of fields in both of its headers."""
    own = {name: value for name, value in fields.items() if name in LOCAL_FIELDS}
    return one(local=own, listed=fields)


def mode(bits: int) -> Build:
    """A zip of one entry with these permissions and this kind."""
    return one(listed={"external": bits << 16}, content=b"/etc/passwd")


_OTHER: Final[Fields] = {
    "signature": b"PK\x07\x08",
    "date": DAY + 1,
    "needed": 10,
    "method": DEFLATE,
}
_WORDS: Final = {
    "needed": "version needed",
    "packed": "packed bytes",
    "unpacked": "unpacked bytes",
    "name_length": "name bytes",
    "extra_length": "extra bytes",
}


def _contradictions() -> Iterator[tuple[str, tuple[Build, str]]]:
    """For each field that both headers have, one that differs before the data."""
    for name in LOCAL_FIELDS:
        words = f"contradict each other ({_WORDS.get(name, name)})"
        entries = (Entry(b"top/a"), Entry(b"top/b", local={name: _OTHER.get(name, 1)}))
        yield f"a local {name} of its own", (whole(entries=entries), words)


def _pinned() -> Iterator[tuple[str, tuple[Build, str]]]:
    """For each field that has one value only, another in every place it has."""
    told = {
        "made_by": ("the program it was made by", 0x0014, 0x0A14, 0x031E),
        "needed": ("the version of zip it needs", 10, 45, 99),
        "time": ("its time of day", 1, 0xFFFF),
        "disk": ("the part of the archive", 1, 0xFFFF),
        "internal": ("its internal attributes", 1),
        "external": ("its attributes", 0, 0x20, 0o100755 << 16, 0o104755 << 16, 0o644 << 16),
    }
    for name, (words, *values) in told.items():
        for value in values:
            yield f"{name} of {value:#x}", (both(**{name: int(value)}), str(words))


def _directory_alone() -> Iterator[tuple[str, tuple[Build, str]]]:
    """For each other field, a value in the directory alone that does not hold."""
    told = {
        "signature": (b"PK\x01\x03", "directory is damaged"),
        "checksum": (1, "contradict each other (checksum)"),
        "packed": (4, "yet states two sizes"),
        "unpacked": (6, "yet states two sizes"),
        "name_length": (11, "contradict each other (name bytes)"),
        "extra_length": (1, "extra fields"),
        "comment_length": (1, "has a comment"),
        "offset": (1, "overlaps another"),
        "date": (DAY + 1, "contradict each other (date)"),
    }
    for name, (value, words) in told.items():
        assert name in LISTED_FIELDS
        yield f"a listed {name} of its own", (one(listed={name: value}), words)


def _ends() -> Iterator[tuple[str, tuple[Build, str]]]:
    """For each field of the end record, a value that does not hold."""
    told: dict[str, tuple[int | bytes, str]] = {
        "signature": (b"PK\x05\x07", "behind its end"),
        "disk": (1, "one part of several"),
        "directory_disk": (1, "one part of several"),
        "here": (2, "one part of several"),
        "count": (2, "one part of several"),
        "size": (10, "not where it says"),
        "start": (10, "not where it says"),
        "comment_length": (1, "has a comment"),
    }
    for name in END_FIELDS:
        value, words = told[name]
        yield f"an end with another {name}", (whole(end={name: value}), words)


HOSTILE_FIELDS: Final[dict[str, tuple[Build, str]]] = {
    **dict(_contradictions()),
    **dict(_pinned()),
    **dict(_directory_alone()),
    **dict(_ends()),
}
"""Name -> how to build it, and words of its refusal."""
