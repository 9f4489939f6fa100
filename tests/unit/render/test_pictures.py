"""Pictures as addresses."""

import base64
import io

import pytest
from PIL import Image

from casebook.render.document import RenderFailed
from casebook.render.pictures import address_of, picture_address


def test_a_picture_becomes_an_address_that_holds_it(png: bytes) -> None:
    """Point by point; its file is another."""
    address = picture_address("a.png", {"a.png": png})
    head, _, content = address.partition(",")
    assert head == "data:image/png;base64"
    shown, given = (Image.open(io.BytesIO(each)) for each in (base64.b64decode(content), png))
    assert shown.convert("RGB").tobytes() == given.convert("RGB").tobytes()


def test_what_a_picture_is_follows_from_its_bytes_and_not_its_name() -> None:
    content = io.BytesIO()
    Image.new("RGB", (2, 2)).save(content, "JPEG")
    address = picture_address("a.png", {"a.png": content.getvalue()})
    assert address.startswith("data:image/jpeg")


def test_a_missing_picture_fails_with_its_path() -> None:
    with pytest.raises(RenderFailed, match=r"attachments/a\.png is missing"):
        picture_address("attachments/a.png", {})


@pytest.mark.parametrize(
    "content,said",
    [(b"<svg/>", "neither a PNG nor a JPEG"), (b"\xff\xd8\xff\xe0", "is damaged")],
)
def test_a_file_that_is_no_picture_fails(content: bytes, said: str) -> None:
    with pytest.raises(RenderFailed, match=said) as caught:
        picture_address("a.png", {"a.png": content})
    assert caught.value.hint is not None


def test_a_logo_of_another_kind_is_left_out_and_a_damaged_one_is_not() -> None:
    assert address_of(b"<svg/>") == ""
    with pytest.raises(RenderFailed, match="a picture is damaged"):
        address_of(b"\x89PNG\r\n\x1a\n")
