"""Pictures as addresses."""

import base64

import pytest

from casebook.render.document import RenderFailed
from casebook.render.pictures import picture_address


def test_a_picture_becomes_an_address_that_holds_it(png: bytes) -> None:
    address = picture_address("a.png", {"a.png": png})
    head, _, content = address.partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(content) == png


def test_what_a_picture_is_follows_from_its_bytes_and_not_its_name() -> None:
    assert picture_address("a.png", {"a.png": b"\xff\xd8\xff\xe0"}).startswith("data:image/jpeg")


def test_a_missing_picture_fails_with_its_path() -> None:
    with pytest.raises(RenderFailed, match=r"attachments/a\.png is missing"):
        picture_address("attachments/a.png", {})


def test_a_file_that_is_no_picture_fails() -> None:
    with pytest.raises(RenderFailed, match="neither a PNG nor a JPEG"):
        picture_address("a.png", {"a.png": b"<svg/>"})
