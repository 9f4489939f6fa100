"""What the file of a picture tells beside the picture: place, time, owner, device, words.

Only the head of the file is read; the picture itself is never decoded. Nothing found here is
repeated as it stands: a finding must not carry the place it warns of.

Source:
    CIPA DC-008 (Exif); ISO 16684-1 (XMP); IPTC-IIM 4.2; W3C, Portable Network Graphics,
    section 11.3 (text, time and Exif chunks); ITU-T T.81, annex B (comments).
"""

import io
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from casebook import limits

_PNG: Final = b"\x89PNG\r\n\x1a\n"
SIGNATURES: Final = (_PNG, b"\xff\xd8\xff")
"""How the pictures begin whose notes can be read: PNG and JPEG."""

_EXIF_BLOCK: Final = 0x8769
_GPS_BLOCK: Final = 0x8825
_RULES: Final = {
    0x013B: ("A", "whose it is"), 0xA430: ("A", "whose it is"), 0x8298: ("A", "whose it is"),
    0x9C9D: ("A", "whose it is"), 0x013C: ("M", "the computer it was made on"),
    0x0132: ("C", "when it was made"), 0x9003: ("C", "when it was made"),
    0x9004: ("C", "when it was made"), 0xA431: ("M", "the camera's serial number"),
    0xA435: ("M", "the lens's serial number"), 0xA420: ("R", "a number of its own"),
    0x010E: ("R", "a description"), 0x9286: ("R", "a comment"), 0x9C9B: ("R", "a title"),
    0x9C9C: ("R", "a comment"), 0x9C9E: ("R", "keywords"), 0x9C9F: ("R", "a subject"),
    0x927C: ("M", "notes of the camera's maker"),
}  # fmt: skip
"""Exif fields by number: the letter of the Safe Harbor kind, and what they tell."""

_PNG_TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")
_IPTC: Final = {
    (2, 55): ("C", "when it was made"), (2, 60): ("C", "when it was made"),
    (2, 80): ("A", "whose it is"), (2, 116): ("A", "whose it is"),
    (2, 90): ("B", "where it was made"), (2, 92): ("B", "where it was made"),
    (2, 26): ("B", "where it was made"),
}  # fmt: skip
_XMP_WORDS: Final = (
    (("GPSLatitude", "GPSLongitude", "City>", "Sublocation", ":City="), ("B", "where it was made")),
    (("creator>", "rights>", "OwnerName", "Artist"), ("A", "whose it is")),
    (("CreateDate", "DateTimeOriginal", "DateCreated"), ("C", "when it was made")),
    (("SerialNumber",), ("M", "the camera's serial number")),
    (("PersonInImage", "RegionList", "PersonDisplayName"), ("A", "who is in it")),
)


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


def picture_notes(content: bytes) -> tuple[PictureNote, ...]:
    """Everything that a PNG's or JPEG's file tells beside the picture, each thing once.

    What cannot be read tells nothing that could be found; its damage is another finding.
    """
    if not content.startswith(SIGNATURES):
        return ()
    notes: list[PictureNote] = []
    if content.startswith(_PNG):
        notes += _of_chunks(content)
    notes += _of_header(content)
    told: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        told.setdefault((note.letter, note.tells), []).append(note.words)
    return tuple(
        PictureNote(letter, tells, "\n".join(dict.fromkeys(filter(None, words))))
        for (letter, tells), words in told.items()
    )


def _of_header(content: bytes) -> Iterator[PictureNote]:
    from PIL import Image, IptcImagePlugin

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                yield from _of_exif(picture.getexif())
                yield from _of_iptc(IptcImagePlugin.getiptcinfo(picture) or {})
                xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
                yield from _of_xmp(_text(xmp))
                if comment := picture.info.get("comment"):
                    yield PictureNote("R", "a comment", _text(comment))
    except Exception:  # noqa: BLE001 - Pillow raises whatever a damaged head leads to
        return


def _of_exif(exif: Any) -> Iterator[PictureNote]:  # noqa: ANN401 - Pillow's mapping
    if len(exif.get_ifd(_GPS_BLOCK)):
        yield PictureNote("B", "where it was made")
    for block in (exif, exif.get_ifd(_EXIF_BLOCK)):
        for number, value in block.items():
            if number in _RULES and _text(value).strip("\0 "):
                yield PictureNote(*_RULES[number], _text(value))


def _of_iptc(fields: Any) -> Iterator[PictureNote]:  # noqa: ANN401 - Pillow's mapping
    for key, value in fields.items():
        if key[0] == 2 and key[1] > 0:  # noqa: PLR2004 - IPTC's record of words
            words = "\n".join(map(_text, value)) if isinstance(value, list) else _text(value)
            yield PictureNote(*_IPTC.get(key, ("R", "words about it")), words)


def _of_xmp(text: str) -> Iterator[PictureNote]:
    if not text:
        return
    known = [note for signs, note in _XMP_WORDS if any(sign in text for sign in signs)]
    for letter, tells in known or [("R", "words about it")]:
        yield PictureNote(letter, tells, text)


def _of_chunks(data: bytes) -> Iterator[PictureNote]:
    """The words in a PNG, wherever they stand in it.

    Why beside Pillow: words behind the picture are read by it only with the picture.
    """
    at = len(_PNG)
    while 0 <= at < len(data) - 8:
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind in _PNG_TEXTS:
            yield from _of_text_chunk(kind, body)
        elif kind == b"tIME":
            yield PictureNote("C", "when it was made")
        elif kind == b"IEND":
            if data[at + 12 + length :]:
                yield PictureNote("R", "something behind its end")
            return
        at += length + 12


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
        yield PictureNote("A", "whose it is", words)
    elif "time" in name or "date" in name:
        yield PictureNote("C", "when it was made", words)
    elif name != "software":
        yield PictureNote("R", "a comment", words)


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, limits.PICTURE_NOTE_BYTES)
    except zlib.error:
        return b""


def _text(value: Any) -> str:  # noqa: ANN401 - what Pillow holds: bytes, texts, numbers
    if isinstance(value, bytes):
        value = value[: limits.PICTURE_NOTE_BYTES]
        wide = value[1:2] == b"\0" and len(value) > 3  # noqa: PLR2004 - UTF-16, as Windows writes
        return str(value, "utf-16-le" if wide else "utf-8", "replace").strip("\0 ")
    return str(value)
