"""Whatever a picture's file tells beside the picture is found, wherever it stands in the file."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from casebook.source import picture_notes
from casebook.source.picture_notes import UNREAD, PictureNote, notes_in, pack_notes, unpack_notes
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
    return {(note.letter, note.tells) for note in notes_in(content)}


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
    notes = notes_in(saved(form, exif=exif(**fields).tobytes()))
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
    (note,) = notes_in(saved("JPEG", comment=b"Jane's knee"))
    assert (note.letter, note.words) == ("R", "Jane's knee")


@pytest.mark.parametrize("packed", [False, True])
def test_words_in_a_png_are_read_before_and_behind_the_picture(packed: bool) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jane", zip=packed)
    info.add_text("Description", "Her knee", zip=packed)
    assert told(saved("PNG", pnginfo=info)) == {("A", "whose it is"), ("R", "a comment")}
    behind = before_the_end(saved("PNG"), chunk(b"tEXt", b"Title\0Jane's knee"))
    (note,) = notes_in(behind)
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
    note, more = notes_in(content)
    assert 0 < len(note.words) <= 1_000_000
    assert more == UNREAD
    three = chunk(b"tEXt", b"One\0" + b"a" * 600_000) + chunk(b"tEXt", b"Two\0" + b"b" * 600_000)
    note, more = notes_in(before_the_end(saved("PNG"), three, chunk(b"tIME", bytes(7))))
    assert (len(note.words.replace("\n", "")), more) == (1_000_000, UNREAD)


def test_no_picture_is_decoded_to_read_what_its_file_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one with more points than memory holds, the words behind it are read too."""
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", None)
    behind = chunk(b"eXIf", exif(artist="Jane").tobytes().removeprefix(b"Exif\0\0"))
    assert told(before_the_end(saved("PNG"), behind)) == {("A", "whose it is")}
    assert told(saved("PNG", exif=exif(gps=True).tobytes())) == {("B", "where it was made")}
    for form in ("PNG", "JPEG"):
        assert told(saved(form)) == set()


def test_what_there_is_no_room_to_read_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a file made to take all memory would tell nothing at all."""

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Image.Image, "getexif", full)
    with pytest.raises(MemoryError):
        notes_in(saved("PNG"))


def test_notes_come_out_of_their_process_as_they_were_found() -> None:
    """A lone half of a letter too, which no file of text could hold."""
    found = (*notes_in(saved("JPEG", comment=b"Jane")), PictureNote("R", "a comment", "\ud800\n"))
    assert unpack_notes(pack_notes(found)) == found
    assert unpack_notes(pack_notes(())) == ()
    for name in pictures():
        assert unpack_notes(pack_notes(notes_in(pictures()[name]))) == notes_in(pictures()[name])


@pytest.mark.parametrize(
    "said",
    [
        b"", b"{}", b"[" * 100_000, b"[[1, 2, 3]]", b'[["A", "whose it is"]]', b"\xff",
        b'[["A", "call 555-0100 for help", ""]]', b'[["Z", "whose it is", ""]]',
        b"[" + b" " * 16_000_000 + b"]",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_from_that_process(said: bytes) -> None:
    """Its words would be printed; so it chooses among ours."""
    assert unpack_notes(said) == (UNREAD,)


def test_every_note_that_can_be_found_can_be_sent() -> None:
    """Each field by itself, of Exif, IPTC, XMP and the chunks of a PNG."""
    found = {
        *picture_notes._RULES.values(), *picture_notes._IPTC.values(),
        *(said for _, said in picture_notes._XMP_WORDS),
        *told(before_the_end(saved("PNG"), chunk(b"tIME", bytes(7)))),
        *told(saved("PNG") + b"x"), *told(saved("JPEG", xmp=b"<x/>")),
        *told(saved("JPEG", comment=b"x")), *told(saved("PNG", exif=exif(gps=True).tobytes())),
    }  # fmt: skip
    assert len(found) > 15
    for letter, tells in found:
        notes = (PictureNote(letter, tells, "w"),)
        assert unpack_notes(pack_notes(notes)) == notes


@pytest.mark.parametrize("name", sorted(pictures()))
def test_how_a_picture_is_drawn_tells_nothing(name: str) -> None:
    """Colours, profiles, resolution, and how the camera was held."""
    assert notes_in(pictures()[name]) == ()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"text"])
def test_what_is_no_png_or_jpeg_is_not_read(content: bytes) -> None:
    assert notes_in(content) == ()


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(["PNG", "JPEG"]))
def test_no_damage_makes_it_raise(damage: bytes, at: int, form: str) -> None:
    content = saved(form, exif=exif(artist="Jane", gps=True).tobytes())
    notes_in(content[:at] + damage + content[at + len(damage) :])
