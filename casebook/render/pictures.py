"""Attached pictures as ``data:`` addresses, the one kind of address a page may hold."""

import base64
import io
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from casebook.render.document import RenderFailed
from casebook.render.picture_details import without_details

_JPEG: Final = b"\xff\xd8\xff"
_SIGNATURES: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (_JPEG, "image/jpeg"))


def picture_address(path: str, attachments: Mapping[str, bytes]) -> str:
    """The picture itself as an address.

    Args:
        path: As a figure names it.
        attachments: The attachments' bytes by that path.

    Raises:
        RenderFailed: The picture is not among the attachments, or is neither PNG nor JPEG.
    """
    content = attachments.get(path)
    if content is None:
        raise RenderFailed(
            f"the picture {path} is missing", hint="put it where the figure says, or take it out"
        )
    address = address_of(content)
    if not address:
        raise RenderFailed(
            f"{path} is neither a PNG nor a JPEG", hint="save the picture as PNG or JPEG"
        )
    return address


def address_of(picture: bytes) -> str:
    """A PNG or JPEG as an address, without what its file tells beside it; empty for all else."""
    picture = without_details(_without_inks(picture))
    for signature, kind in _SIGNATURES:
        if picture.startswith(signature):
            return f"data:{kind};base64,{base64.b64encode(picture).decode('ascii')}"
    return ""


def _without_inks(picture: bytes) -> bytes:
    """A JPEG made for print in the colours of a screen; every other picture as it is.

    Why: the pages name one colour profile, sRGB, and PDF/A takes no CMYK beside it
    (ISO 19005-3, 6.2.4.3).
    """
    if not picture.startswith(_JPEG):
        return picture
    from PIL import Image, UnidentifiedImageError

    # Why suppressed: what is damaged fails where it is drawn, with words for it.
    with (
        suppress(UnidentifiedImageError, OSError),
        Image.open(io.BytesIO(picture), formats=("JPEG",)) as opened,
    ):
        if opened.mode == "CMYK":
            changed = io.BytesIO()
            opened.convert("RGB").save(changed, "JPEG", quality=92)
            return changed.getvalue()
    return picture
