"""What the file of a picture tells beside the picture: place, time, owner, device, words.

Only the head of the file is read; the picture itself is never decoded. Nothing found here is
repeated as it stands: a finding must not carry the place it warns of.

A confined process does this (``redrawing``): whoever made a picture made its head too, and heads
have led readers astray.

Source:
    CIPA DC-008 (Exif); ISO 16684-1 (XMP); IPTC-IIM 4.2; W3C, Portable Network Graphics,
    section 11.3 (text, time and Exif chunks); ITU-T T.81, annex B (comments).
"""

import io
import json
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from casebook import limits
from casebook.source.png_chunks import LAST, SIGNATURE, chunks_of

SIGNATURES: Final = (SIGNATURE, b"\xff\xd8\xff")
"""How the pictures begin whose notes can be read: PNG and JPEG."""

_WHOSE: Final = ("A", "whose it is")
_WHERE: Final = ("B", "where it was made")
_WHEN: Final = ("C", "when it was made")
_COMMENT: Final = ("R", "a comment")
_ABOUT: Final = ("R", "words about it")
_BEHIND: Final = ("R", "something behind its end")
_MORE: Final = ("R", "more than can be looked through")

_EXIF_BLOCK: Final = 0x8769
_GPS_BLOCK: Final = 0x8825
_RULES: Final = {
    0x013B: _WHOSE, 0xA430: _WHOSE, 0x8298: _WHOSE, 0x9C9D: _WHOSE,
    0x0132: _WHEN, 0x9003: _WHEN, 0x9004: _WHEN,
    0x013C: ("M", "the computer it was made on"), 0xA431: ("M", "the camera's serial number"),
    0xA435: ("M", "the lens's serial number"), 0xA420: ("R", "a number of its own"),
    0x010E: ("R", "a description"), 0x9286: _COMMENT, 0x9C9B: ("R", "a title"),
    0x9C9C: _COMMENT, 0x9C9E: ("R", "keywords"), 0x9C9F: ("R", "a subject"),
    0x927C: ("M", "notes of the camera's maker"),
}  # fmt: skip
"""Exif fields by number: the letter of the Safe Harbor kind, and what they tell."""

_PNG_TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")
_IPTC: Final = {
    (2, 55): _WHEN, (2, 60): _WHEN, (2, 80): _WHOSE, (2, 116): _WHOSE,
    (2, 90): _WHERE, (2, 92): _WHERE, (2, 26): _WHERE,
}  # fmt: skip
_XMP_WORDS: Final = (
    (("GPSLatitude", "GPSLongitude", "City>", "Sublocation", ":City="), _WHERE),
    (("creator>", "rights>", "OwnerName", "Artist"), _WHOSE),
    (("CreateDate", "DateTimeOriginal", "DateCreated"), _WHEN),
    (("SerialNumber",), ("M", "the camera's serial number")),
    (("PersonInImage", "RegionList", "PersonDisplayName"), ("A", "who is in it")),
)


_SAID: Final = frozenset(
    [
        *(_WHOSE, _WHERE, _WHEN, _COMMENT, _ABOUT, _BEHIND, _MORE),
        *_RULES.values(),
        *_IPTC.values(),
        *(each for _, each in _XMP_WORDS),
    ]
)
"""Every letter with what it tells."""

_PACKED_BYTES: Final = 16 * limits.PICTURE_NOTE_BYTES
"""Of notes on their way: in JSON a letter has up to twelve bytes, and words may stand twice."""


@dataclass(frozen=True, slots=True)
class PictureNote:
    """One thing that a picture's file tells.

    Attributes:
        letter: Of the Safe Harbor kind.
        tells: What it tells, for a sentence: "where it was made".
        words: The words themselves, to be searched and never printed; empty where there are none.
    """

    letter: str
    tells: str
    words: str = ""


UNREAD: Final = PictureNote(*_MORE)
"""Stands for whatever a file tells beyond what may be read of one."""


def notes_in(content: bytes) -> tuple[PictureNote, ...]:
    """Everything that a PNG's or JPEG's file tells beside the picture, each thing once.

    What cannot be read tells nothing that could be found; its damage is another finding.

    Raises:
        MemoryError: There is no room for what it tells.
    """
    told: dict[tuple[str, str], dict[str, None]] = {}
    read: set[str] = set()
    left = limits.PICTURE_NOTE_BYTES
    for note in _notes(content):
        words = told.setdefault((note.letter, note.tells), {})
        if note.words:
            words[note.words[: max(0, left)]] = None
        if note.words not in read:
            read.add(note.words)
            left -= len(note.words)
        if left < 0:
            told[_MORE] = {}
            break
    return tuple(PictureNote(*key, "\n".join(words)) for key, words in told.items())


def pack_notes(notes: Iterable[PictureNote]) -> bytes:
    """Notes as the bytes in which they leave the process that found them."""
    return json.dumps([[each.letter, each.tells, each.words] for each in notes]).encode()


def unpack_notes(packed: bytes) -> tuple[PictureNote, ...]:
    """The notes of ``pack_notes``; where it is anything else, that more is told than can be read.

    Why so strict: the words of a process that was turned round are searched and printed.
    """
    try:
        values = json.loads(packed) if len(packed) <= _PACKED_BYTES else None
    except (ValueError, RecursionError):
        values = None
    notes: list[PictureNote] = []
    for value in values if isinstance(values, list) else [None]:
        match value:
            case [str(letter), str(tells), str(words)] if (letter, tells) in _SAID:
                notes.append(PictureNote(letter, tells, words))
            case _:
                return (UNREAD,)
    return tuple(notes)


def _notes(content: bytes) -> Iterator[PictureNote]:
    if content.startswith(SIGNATURE):
        yield from _of_chunks(content)
    if content.startswith(SIGNATURES):
        yield from _of_header(content)


def _of_header(content: bytes) -> Iterator[PictureNote]:
    from PIL import Image, IptcImagePlugin

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                # Why not by the picture's own: of a PNG that decodes all of it to look behind it.
                yield from _of_exif(Image.Image.getexif(picture))
                yield from _of_iptc(IptcImagePlugin.getiptcinfo(picture) or {})
                xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
                yield from _of_xmp(_text(xmp))
                if comment := picture.info.get("comment"):
                    yield PictureNote(*_COMMENT, _text(comment))
    except (MemoryError, RecursionError):  # What was not read then might tell anything.
        raise
    except Exception:  # noqa: BLE001 - Pillow raises whatever a damaged head leads to
        return


def _of_exif(exif: Any) -> Iterator[PictureNote]:  # noqa: ANN401 - Pillow's mapping
    if len(exif.get_ifd(_GPS_BLOCK)):
        yield PictureNote(*_WHERE)
    for block in (exif, exif.get_ifd(_EXIF_BLOCK)):
        for number, value in block.items():
            if number in _RULES and _text(value).strip("\0 "):
                yield PictureNote(*_RULES[number], _text(value))


def _of_iptc(fields: Any) -> Iterator[PictureNote]:  # noqa: ANN401 - Pillow's mapping
    for key, value in fields.items():
        if key[0] == 2 and key[1] > 0:  # noqa: PLR2004 - IPTC's record of words
            words = "\n".join(map(_text, value)) if isinstance(value, list) else _text(value)
            yield PictureNote(*_IPTC.get(key, _ABOUT), words)


def _of_xmp(text: str) -> Iterator[PictureNote]:
    if not text:
        return
    known = [note for signs, note in _XMP_WORDS if any(sign in text for sign in signs)]
    for letter, tells in known or [_ABOUT]:
        yield PictureNote(letter, tells, text)


def _of_chunks(data: bytes) -> Iterator[PictureNote]:
    """The words in a PNG, wherever they stand in it.

    Why beside Pillow: words behind the picture are read by it only with the picture.
    """
    for kind, body, end in chunks_of(data):
        if kind in _PNG_TEXTS:
            yield from _of_text_chunk(kind, body)
        elif kind == b"eXIf":
            yield from _of_exif_chunk(body)
        elif kind == b"tIME":
            yield PictureNote(*_WHEN)
        elif kind == LAST and data[end:]:
            yield PictureNote(*_BEHIND)


def _of_exif_chunk(body: bytes) -> Iterator[PictureNote]:
    from PIL import Image

    exif = Image.Exif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exif.load(body)
            yield from _of_exif(exif)
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001 - as of a header
            return


def _of_text_chunk(kind: bytes, body: bytes) -> Iterator[PictureNote]:
    key, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        rest = _unpacked(rest[1:])
    elif kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        rest = _unpacked(rest) if packed else rest
    words = rest.decode("utf-8", "replace")
    name = key.decode("latin-1").casefold()
    if name == "xml:com.adobe.xmp":
        yield from _of_xmp(words)
    elif name in {"author", "copyright"}:
        yield PictureNote(*_WHOSE, words)
    elif "time" in name or "date" in name:
        yield PictureNote(*_WHEN, words)
    elif name != "software":
        yield PictureNote(*_COMMENT, words)


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, limits.PICTURE_NOTE_BYTES + 1)
    except zlib.error:
        return b""


def _text(value: Any) -> str:  # noqa: ANN401 - what Pillow holds: bytes, texts, numbers
    if isinstance(value, bytes):
        value = value[: limits.PICTURE_NOTE_BYTES + 1]
        wide = value[1:2] == b"\0" and len(value) > 3  # noqa: PLR2004 - UTF-16, as Windows writes
        return str(value, "utf-16-le" if wide else "utf-8", "replace").strip("\0 ")
    return str(value)
