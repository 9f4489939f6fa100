"""A picture decoded and written anew, or its file asked what it tells: a confined process's task.

What comes out is the picture and nothing else: upright, in the colours of a screen (sRGB), eight
bits a channel, without what its file told beside it (who took it, where, with what), and without
whatever else was hidden in it.
"""

import io
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from casebook import limits
from casebook.source.picture_notes import notes_in, pack_notes
from casebook.source.pictures import DAMAGED, DRAW, TELL, TOO_LARGE, PictureRefused

_QUALITY: Final = 92
"""Of a JPEG. What it loses beside its original, nobody sees; above, files grow fast."""
_PACKING: Final = 4
"""Of a PNG: the sixth, which is usual, takes three times as long for a hundredth."""
_UNMIXED: Final = 0
"""Pillow's word for a JPEG whose colours are as fine as its light (4:4:4)."""
_USUAL: Final = 2
_TRANSPARENT: Final = ("LA", "PA", "RGBA", "La", "RGBa")


def prepare() -> Iterable[Path]:
    """Load what decodes and encodes, and the colour engine with it."""
    from PIL import Image, ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("PNG", "JPEG"):
        trial = io.BytesIO()
        Image.new("RGB", (9, 9)).save(trial, form, icc_profile=profile)
        for what in (DRAW, TELL):
            answer((what, trial.getvalue()))
    return ()


def answer(request: object) -> bytes:
    """The picture anew, as PNG or JPEG like the one given, or what its file tells beside it.

    Args:
        request: What is asked, and the picture's file.

    Raises:
        PictureRefused: It is damaged, or larger than pages may hold.
    """
    match request:
        case (str(what), bytes(content)) if what == TELL:
            return pack_notes(notes_in(content))
        case (str(what), bytes(content)) if what == DRAW:
            return _anew(content)
        case _:
            raise AssertionError("pictures are what is sent")


def _anew(content: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    # Why none of Pillow's own: ours is lower, and says so in words.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > limits.PICTURE_PIXELS:
                raise PictureRefused(TOO_LARGE)
            opened.load()
            return _written(_plain(opened), opened)
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError):
        raise PictureRefused(DAMAGED) from None


def _plain(opened: Any) -> Any:  # noqa: ANN401 - Pillow's pictures
    """The picture upright, in one of the modes L, LA, P, RGB and RGBA, with nothing beside it."""
    picture = _in_screen_colours(_upright(opened), opened.info.get("icc_profile"))
    if "transparency" in picture.info or picture.mode in _TRANSPARENT:
        picture = picture.convert("LA" if picture.mode in {"1", "L", "LA"} else "RGBA")
        if picture.getextrema()[-1] == (255, 255):
            picture = picture.convert(picture.mode[:-1])
    elif picture.mode.startswith("I"):
        # Sixteen bits of grey: their upper eight.
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    elif picture.mode not in {"L", "P", "RGB"}:
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    picture.info = {}
    return picture


def _upright(opened: Any) -> Any:  # noqa: ANN401 - as above
    from PIL import ImageOps

    # Why whatever it is: damaged notes of a camera are no damage to its picture.
    with suppress(Exception):
        return ImageOps.exif_transpose(opened)
    return opened.copy()


def _in_screen_colours(picture: Any, profile: bytes | None) -> Any:  # noqa: ANN401 - as above
    from PIL import ImageCms

    if profile and picture.mode in {"L", "RGB", "RGBA", "CMYK"}:
        # A profile that does not fit its picture, or is none, says nothing about colours.
        with suppress(ImageCms.PyCMSError, OSError):
            changed = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
            )
            if "transparency" not in picture.info:
                return changed
    return picture


def _written(picture: Any, opened: Any) -> bytes:  # noqa: ANN401 - as above
    out = io.BytesIO()
    if opened.format == "PNG":
        picture.save(out, "PNG", compress_level=_PACKING)
        return b"image/png\n" + out.getvalue()
    from PIL import JpegImagePlugin

    sampling = JpegImagePlugin.get_sampling(opened)
    picture.save(
        out, "JPEG", quality=_QUALITY, subsampling=_UNMIXED if sampling == _UNMIXED else _USUAL
    )
    return b"image/jpeg\n" + out.getvalue()
