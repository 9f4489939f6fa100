"""A picture on a page carries the picture, and nothing about who took it where."""

import io

import pytest
from PIL import Image, ImageChops, ImageOps, PngImagePlugin

from casebook.render.picture_details import without_details

NAME = "Priya Halloran"
XMP = f"<dc:creator>{NAME}</dc:creator>".encode()
TURNED = 0x0112


def picture() -> Image.Image:
    """Wider than high, with a corner of its own, so that turning it shows."""
    made = Image.new("RGB", (16, 8), (200, 120, 90))
    made.paste((10, 20, 30), (0, 0, 4, 4))
    return made


def exif(way: int) -> Image.Exif:
    found = Image.Exif()
    found[0x013B] = NAME  # who took it
    found[0x8825] = {1: "N", 2: (51.0, 3.0, 0.0)}  # where
    found[TURNED] = way
    return found


def jpeg(way: int = 1, *, progressive: bool = False) -> bytes:
    content = io.BytesIO()
    picture().save(
        content,
        "JPEG",
        exif=exif(way),
        comment=NAME,
        xmp=XMP,
        progressive=progressive,
        dpi=(72, 72),
    )
    return content.getvalue()


def png(way: int = 1) -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", NAME)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    content = io.BytesIO()
    picture().save(content, "PNG", pnginfo=told, exif=exif(way))
    return content.getvalue()


def shown(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as opened:
        return ImageOps.exif_transpose(opened).convert("RGB")


@pytest.mark.parametrize("way", [1, 6, 8])
@pytest.mark.parametrize("make", [jpeg, png])
def test_names_and_places_go_and_the_picture_stays_as_it_was_held(make: object, way: int) -> None:
    assert callable(make)
    told = make(way)
    assert NAME.encode() in told
    bare = without_details(told)
    assert NAME.encode() not in bare
    assert b"creator" not in bare
    with Image.open(io.BytesIO(bare)) as opened:
        assert dict(opened.getexif()) == ({TURNED: way} if way > 1 else {})
    assert shown(bare).size == ((16, 8) if way == 1 else (8, 16))
    assert ImageChops.difference(shown(bare), shown(told)).getbbox() is None


def test_a_picture_in_several_scans_stays_whole() -> None:
    told = jpeg(progressive=True)
    bare = without_details(told)
    assert NAME.encode() not in bare
    assert ImageChops.difference(shown(bare), shown(told)).getbbox() is None


@pytest.mark.parametrize("make", [jpeg, png])
def test_what_lies_behind_a_picture_goes_too(make: object) -> None:
    """A phone appends a film, or a second picture with its own details."""
    assert callable(make)
    assert without_details(make() + NAME.encode()) == without_details(make())


@pytest.mark.parametrize(
    "content", [jpeg()[:-2], png()[:-12], jpeg()[:30], b"\xff\xd8\xff\xe0", b"GIF89a"]
)
def test_what_cannot_be_taken_apart_is_left_as_it_is(content: bytes) -> None:
    assert without_details(content) == content
