"""Changes to the container: headers, names, order, and data packed in other ways."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any, Final

from tests.hostile.mutations.sample import Sample
from tests.hostile.zips import (
    DAY,
    DEFLATE,
    END_FIELDS,
    LISTED_FIELDS,
    LOCAL_FIELDS,
    Entry,
    Zip,
    deflated,
    extra,
)

_WIDE: Final = frozenset({"checksum", "packed", "unpacked", "external", "offset", "size", "start"})
_SIGNATURES: Final = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\0\0\0\0")
_NAMES: Final = (
    *(b"../evil", b"/etc/passwd", b"C:\\evil", b"a\0b", b"con", b"a.", b"\xff", b"", b"/", b".."),
    *("e\u0301".encode(), "\u202egpj.exe".encode(), b"a\x1b[2J", b"x" * 300, b"a//b", b"a\\..\\b"),
)


def with_another_field(chance: Random, sample: Sample) -> bytes:
    """One field of one header with another value, in one of its places or in both."""
    if chance.random() < 0.15:
        name = chance.choice(END_FIELDS)
        return Zip(sample.entries, end={name: _value(chance, name)}).build()
    entries = list(sample.entries)
    at = chance.randrange(len(entries))
    where = chance.choice(("local", "listed", "both"))
    name = chance.choice(LISTED_FIELDS if where == "listed" else LOCAL_FIELDS)
    fields = {name: _value(chance, name)}
    local = {} if where == "listed" else fields
    listed = {} if where == "local" or name == "signature" else fields
    entries[at] = replace(entries[at], local=local, listed=listed)
    return Zip(tuple(entries)).build()


def with_a_bent_field(chance: Random, sample: Sample) -> bytes:
    """One number of one header a little larger or smaller, in both of its places."""
    entries = list(sample.entries)
    at = chance.randrange(len(entries))
    entry = entries[at]
    true = {
        "packed": len(entry.data()),
        "unpacked": len(entry.content),
        "name_length": len(entry.name),
    }
    bent = {
        name: max(0, value + chance.choice((-30, -2, -1, 1, 2, 30)))
        for name, value in true.items()
        if chance.random() < 0.5
    }
    entries[at] = replace(entry, local=bent, listed=bent)
    return Zip(tuple(entries)).build()


def with_another_order(chance: Random, sample: Sample) -> bytes:
    """Entries in another order: in the file, in the directory, or in both alike."""
    entries, numbers = list(sample.entries), list(range(len(sample.entries)))
    where = chance.choice(("file", "directory", "both"))
    if where != "directory":
        chance.shuffle(entries)
    if where != "both":
        chance.shuffle(numbers)
    return Zip(tuple(entries), order=tuple(numbers)).build()


def with_entries_less(chance: Random, sample: Sample) -> bytes:
    """One to three entries gone: whole, or from the directory alone."""
    gone = chance.sample(range(len(sample.entries)), chance.randint(1, 3))
    left = [number for number in range(len(sample.entries)) if number not in gone]
    if chance.random() < 0.5:
        return Zip(sample.entries, order=tuple(left)).build()
    return Zip(tuple(sample.entries[number] for number in left)).build()


def with_entries_twice(chance: Random, sample: Sample) -> bytes:
    """An entry there again: with the same name, another name, or listed twice."""
    entries = list(sample.entries)
    again = chance.choice(entries)
    at = chance.randrange(len(entries) + 1)
    how = chance.choice(("same", "other name", "other content", "listed"))
    if how == "listed":
        order = list(range(len(entries)))
        order.insert(at, chance.randrange(len(entries)))
        return Zip(tuple(entries), order=tuple(order)).build()
    if how == "other name":
        again = replace(again, name=again.name + b"2")
    if how == "other content":
        again = holding(again, b"something else\n")
    entries.insert(at, again)
    return Zip(tuple(entries)).build()


def with_another_name(chance: Random, sample: Sample) -> bytes:
    """One entry by another name: dangerous, disguised, or another's."""
    entries = list(sample.entries)
    at = chance.randrange(len(entries))
    name = entries[at].name
    top, _, inside = name.partition(b"/")
    shown = inside.decode()
    names = (
        top + b"/" + chance.choice(_NAMES),
        chance.choice(_NAMES),
        name.upper(),
        top + b"/" + unicodedata.normalize("NFD", shown).encode(),
        top + b"/" + shown.replace("a", "\u0430").encode(),
        chance.choice(entries).name,
        name + b"/" + inside,
        name[:-1],
        b"other/" + inside,
    )
    changed = chance.choice(names)
    if chance.random() < 0.3:
        entries[at] = replace(entries[at], local_name=changed)
    else:
        entries[at] = replace(entries[at], name=changed)
    return Zip(tuple(entries)).build()


def with_swapped_names(chance: Random, sample: Sample) -> bytes:
    """Two entries that have each other's name."""
    entries = list(sample.entries)
    one, two = chance.sample(range(len(entries)), 2)
    first, second = entries[one], entries[two]
    entries[one] = replace(first, name=second.name)
    entries[two] = replace(second, name=first.name)
    return Zip(tuple(entries)).build()


def with_hidden_bytes(chance: Random, sample: Sample) -> bytes:
    """Bytes wherever a zip has room for some."""
    hidden = chance.choice(
        (b"\0", b"hidden", sample.other, Zip().build(), chance.randbytes(chance.randint(1, 60)))
    )
    beside = chance.choice(("before", "between", "ahead_of_end", "comment", "after", "entry"))
    if beside != "entry":
        places: dict[str, Any] = {beside: hidden}
        return Zip(sample.entries, **places).build()
    own: dict[str, Any] = chance.choice(
        (
            {"behind": hidden},
            {"comment": hidden},
            {"extra": extra(chance.choice((1, 0x7075, 0x5455, 0x9901)), hidden)},
            {"local_extra": extra(0x7875, hidden)},
        )
    )
    entries = list(sample.entries)
    at = chance.randrange(len(entries))
    entries[at] = replace(entries[at], **own)
    return Zip(tuple(entries)).build()


def with_other_content(chance: Random, sample: Sample) -> bytes:
    """One file with other content, and a container that agrees with it; nothing else does."""
    entries = list(sample.entries)
    at = chance.randrange(len(entries))
    entries[at] = holding(entries[at], changed(chance, entries[at].content))
    return Zip(tuple(entries)).build()


def packed_otherwise(chance: Random, sample: Sample) -> bytes:
    """The same files, some of them deflated: the one freedom that the container has."""
    entries = [
        holding(each, each.content, deflated(each.content, chance.randint(0, 9)))
        if chance.random() < 0.5
        else each
        for each in sample.entries
    ]
    return Zip(tuple(entries)).build()


def with_damaged_deflate(chance: Random, sample: Sample) -> bytes:
    """A deflated file whose packed data has some other bits, more bytes or fewer."""
    entries = list(sample.entries)
    at = chance.randrange(len(entries))
    packed = bytearray(deflated(entries[at].content, chance.randint(0, 9)))
    for _ in range(chance.randint(1, 3)):
        packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
    how = chance.random()
    if how < 0.2:
        packed += chance.randbytes(chance.randint(1, 5))
    elif how < 0.4:
        del packed[chance.randrange(len(packed)) :]
    entries[at] = holding(entries[at], entries[at].content, bytes(packed))
    return Zip(tuple(entries)).build()


def with_entries_of_another(chance: Random, sample: Sample) -> bytes:
    """Some entries are those of another sound submission by the same hand, but never all."""
    theirs = {each.name: each for each in sample.other_entries}
    telling = [each.name for each in sample.entries if theirs.get(each.name) != each]
    taken = set(chance.sample(telling, chance.randint(1, len(telling) - 1)))
    entries = (theirs.get(each.name) if each.name in taken else each for each in sample.entries)
    return Zip(tuple(each for each in entries if each is not None)).build()


def with_another_day(chance: Random, sample: Sample) -> bytes:
    """Every entry dated with another day."""
    fields = {"date": DAY + chance.choice((-1, 1, 31, 512, -512))}
    return Zip(tuple(replace(each, local=fields, listed=fields) for each in sample.entries)).build()


def with_another_top(chance: Random, sample: Sample) -> bytes:
    """Another top folder, everywhere."""
    top = chance.choice((b"nkt-level-2-ana-ruiz", b"nkt-level-1-ana-rui", b"x", b"NKT", b"..", b""))
    return retopped(sample.entries, top)


def retopped(entries: Sequence[Entry], top: bytes) -> bytes:
    """A zip of the entries below another top folder."""
    return Zip(
        tuple(replace(each, name=top + b"/" + each.name.partition(b"/")[2]) for each in entries)
    ).build()


def holding(entry: Entry, content: bytes, packed: bytes | None = None) -> Entry:
    """The entry with other content, stored, or deflated to what is given."""
    method = 0 if packed is None else DEFLATE
    return replace(entry, content=content, method=method, packed=packed)


def changed(chance: Random, content: bytes) -> bytes:
    """Content that differs a little: some bytes other, more or fewer."""
    at = chance.randrange(len(content) + 1)
    how = chance.choice(("more", "less", "other", "none"))
    if how == "more" or not content or at == len(content):
        return content[:at] + chance.randbytes(chance.randint(1, 4)) + content[at:]
    if how == "less":
        return content[:at] + content[at + chance.randint(1, 4) :]
    if how == "none":
        return b""
    return content[:at] + bytes([content[at] ^ chance.randint(1, 255)]) + content[at + 1 :]


def _value(chance: Random, name: str) -> int | bytes:
    if name == "signature":
        return chance.choice(_SIGNATURES)
    most = 0xFFFFFFFF if name in _WIDE else 0xFFFF
    telling = (0, 1, 8, 10, 20, 45, 0x14, 0x21, 0x800, 0x7FFF, 0x8000, most - 1, most)
    return chance.choice((*telling, chance.randint(0, most), chance.randint(0, 255)))
