"""Attached pictures as ``data:`` addresses, the one kind of address a page may hold."""

import base64
from collections.abc import Mapping

from casebook.render.document import RenderFailed

_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


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
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
    raise RenderFailed(
        f"{path} is neither a PNG nor a JPEG", hint="save the picture as PNG or JPEG"
    )
