"""Whatever a picture's file tells beside the picture is found, wherever it stands in the file."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from casebook.source.picture_notes import picture_notes
from tests.portfolios.pictures import pictures

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description '
    b'exif:GPSLatitude="48,8.2N" xmp:CreateDate="2026-03-12"/>'
    b"<dc:creator>Jane</dc:creator></rdf:RDF></x:xmpmeta>"
)


def plain() -> Image.Image:
    return Image.new("RGB", (8, 8), "white")


def saved(form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    plain().save(buffer, form, **options)
    return buffer.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


def before_the_end(png: bytes, *chunks: bytes) -> bytes:
    end = png.rindex(b"IEND") - 4
    return png[:end] + b"".join(chunks) + png[end:]


def exif(**fields: object) -> Image.Exif:
    found = Image.Exif()
    numbers = {"artist": 0x013B, "when": 0x0132, "about": 0x010E, "computer": 0x013C}
    for name, value in fields.items():
        if name == "gps":
            found.get_ifd(0x8825)[1] = "N"
        elif name == "serial":
            found.get_ifd(0x8769)[0xA431] = value
        else:
            found[numbers[name]] = value
    return found


def told(content: bytes) -> set[tuple[str, str]]:
    return {(note.letter, note.tells) for note in picture_notes(content)}


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    "fields, letter",
    [
        ({"gps": True}, "B"),
        ({"artist": "Jane"}, "A"),
        ({"when": "2026:03:12 10:00:00"}, "C"),
        ({"about": "Her knee"}, "R"),
        ({"serial": "12345"}, "M"),
        ({"computer": "janes-laptop"}, "M"),
    ],
)
def test_exif_is_read(form: str, fields: dict[str, object], letter: str) -> None:
    notes = picture_notes(saved(form, exif=exif(**fields).tobytes()))
    assert [note.letter for note in notes] == [letter]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_xmp_is_read(form: str) -> None:
    if form == "JPEG":
        content = saved("JPEG", xmp=XMP)
    else:
        text = b"XML:com.adobe.xmp\0\0\0\0\0" + XMP
        content = before_the_end(saved("PNG"), chunk(b"iTXt", text))
    assert {letter for letter, _ in told(content)} == {"A", "B", "C"}


def test_iptc_is_read() -> None:
    """Record 2: dataset 80 is the author, 90 the city, 55 the day; 25 are keywords."""
    fields = b"".join(
        b"\x1c\x02" + bytes([number]) + len(words).to_bytes(2, "big") + words
        for number, words in ((80, b"Jane"), (90, b"Berlin"), (55, b"20260312"), (25, b"knee"))
    )
    block = (
        b"8BIM\x04\x04\0\0" + len(fields).to_bytes(4, "big") + fields + b"\0" * (len(fields) % 2)
    )
    body = b"Photoshop 3.0\0" + block
    jpeg = saved("JPEG")
    segment = b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body
    assert {letter for letter, _ in told(jpeg[:2] + segment + jpeg[2:])} == {"A", "B", "C", "R"}


def test_a_comment_in_a_jpeg_is_read() -> None:
    (note,) = picture_notes(saved("JPEG", comment=b"Jane's knee"))
    assert (note.letter, note.words) == ("R", "Jane's knee")


@pytest.mark.parametrize("packed", [False, True])
def test_words_in_a_png_are_read_before_and_behind_the_picture(packed: bool) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jane", zip=packed)
    info.add_text("Description", "Her knee", zip=packed)
    assert told(saved("PNG", pnginfo=info)) == {("A", "whose it is"), ("R", "a comment")}
    behind = before_the_end(saved("PNG"), chunk(b"tEXt", b"Title\0Jane's knee"))
    (note,) = picture_notes(behind)
    assert note.words == "Jane's knee"


def test_what_follows_the_end_of_a_png_is_told() -> None:
    assert told(saved("PNG") + b"Jane") == {("R", "something behind its end")}


def test_a_time_in_a_png_is_told() -> None:
    stamp = chunk(b"tIME", bytes([7, 234, 3, 12, 10, 0, 0]))
    assert told(before_the_end(saved("PNG"), stamp)) == {("C", "when it was made")}


def test_the_words_of_a_bomb_are_bounded() -> None:
    """A megabyte of zeros packs into a kilobyte; only a bounded part of it is unpacked."""
    packed = zlib.compress(b"a" * 20_000_000)
    content = before_the_end(saved("PNG"), chunk(b"zTXt", b"Note\0\0" + packed))
    (note,) = picture_notes(content)
    assert 0 < len(note.words) <= 1_000_000


@pytest.mark.parametrize("name", sorted(pictures()))
def test_how_a_picture_is_drawn_tells_nothing(name: str) -> None:
    """Colours, profiles, resolution, and how the camera was held."""
    assert picture_notes(pictures()[name]) == ()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"text"])
def test_what_is_no_png_or_jpeg_is_not_read(content: bytes) -> None:
    assert picture_notes(content) == ()


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(["PNG", "JPEG"]))
def test_no_damage_makes_it_raise(damage: bytes, at: int, form: str) -> None:
    content = saved(form, exif=exif(artist="Jane", gps=True).tobytes())
    picture_notes(content[:at] + damage + content[at + len(damage) :])
