"""Changes that know nothing of what they change: damage on the way, and blind trying."""

from random import Random
from typing import Final

from tests.hostile.mutations.sample import Sample

_TELLING: Final = (0, 1, 0x7F, 0x80, 0xFF)
_MARKS: Final = (
    *(b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08"),
    *(b"%PDF-1.7\n", b"\xff\xff\xff\xff", b"\0\0\0\0", b"../", b"\r\n"),
)


def flipped_bits(chance: Random, sample: Sample) -> bytes:
    """One to eight bits turned."""
    content = bytearray(sample.content)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def other_bytes(chance: Random, sample: Sample) -> bytes:
    """One to four bytes with other values."""
    content = bytearray(sample.content)
    for _ in range(chance.randint(1, 4)):
        value = chance.choice((*_TELLING, chance.randrange(256)))
        content[chance.randrange(len(content))] = value
    return bytes(content)


def cut(chance: Random, sample: Sample) -> bytes:
    """Only the beginning, or only the end."""
    at = chance.randrange(len(sample.content))
    return sample.content[:at] if chance.random() < 0.8 else sample.content[at:]


def without_a_span(chance: Random, sample: Sample) -> bytes:
    """Some bytes left out."""
    start, stop = _span(chance, sample.content)
    return sample.content[:start] + sample.content[stop:]


def with_more_bytes(chance: Random, sample: Sample) -> bytes:
    """Some bytes put in: random ones, signatures of zip, or a span from elsewhere."""
    start, stop = _span(chance, sample.content)
    more = chance.choice(
        (chance.choice(_MARKS), chance.randbytes(chance.randint(1, 40)), sample.content[start:stop])
    )
    at = chance.choice((0, len(sample.content), chance.randrange(len(sample.content))))
    return sample.content[:at] + more + sample.content[at:]


def copied_over(chance: Random, sample: Sample) -> bytes:
    """A span that another span stands over; nothing moves."""
    content = bytearray(sample.content)
    start, stop = _span(chance, sample.content)
    at = chance.randrange(len(content) - (stop - start))
    content[at : at + stop - start] = content[start:stop]
    return bytes(content)


def marks_over(chance: Random, sample: Sample) -> bytes:
    """A signature of zip, or another telling word, over what stood there."""
    content = bytearray(sample.content)
    mark = chance.choice(_MARKS)
    at = chance.randrange(len(content) - len(mark))
    content[at : at + len(mark)] = mark
    return bytes(content)


def spliced(chance: Random, sample: Sample) -> bytes:
    """The beginning of one submission and the end of another."""
    first, second = chance.sample((sample.content, sample.other), 2)
    return first[: chance.randrange(len(first))] + second[chance.randrange(len(second)) :]


def _span(chance: Random, content: bytes) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice((1, 4, 30, 46, chance.randint(1, 900))))
