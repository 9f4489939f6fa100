"""Attached pictures as ``data:`` addresses, the one kind of address a page may hold."""

import base64
from collections.abc import Mapping

from casebook.render.document import RenderFailed
from casebook.source.pictures import NO_PICTURE, PictureRefused, picture_remedy, redrawn


def picture_address(path: str, attachments: Mapping[str, bytes]) -> str:
    """The picture itself as an address.

    Args:
        path: As a figure names it.
        attachments: The attachments' bytes by that path.

    Raises:
        RenderFailed: The picture is not among the attachments, or cannot be shown.
    """
    content = attachments.get(path)
    if content is None:
        raise RenderFailed(
            f"the picture {path} is missing", hint="put it where the figure says, or take it out"
        )
    try:
        return _address(content)
    except PictureRefused as error:
        raise RenderFailed(f"{path} {error}", hint=picture_remedy(str(error))) from None


def address_of(picture: bytes) -> str:
    """A PNG or JPEG as an address, with nothing in it but the picture; empty for all else.

    Raises:
        RenderFailed: It is damaged, too large, or takes too much to decode.
    """
    try:
        return _address(picture)
    except PictureRefused as error:
        if str(error) == NO_PICTURE:
            return ""
        raise RenderFailed(f"a picture {error}", hint=picture_remedy(str(error))) from None


def _address(content: bytes) -> str:
    drawn = redrawn(content)
    return f"data:{drawn.kind};base64,{base64.b64encode(drawn.content).decode('ascii')}"
