"""Pictures of every make that a portfolio may hold, a few pixels each."""

import io
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from PIL import Image

_SIZE: Final = (24, 16)


@cache
def pictures() -> Mapping[str, bytes]:
    """The pictures' contents by their file names."""
    colours = Image.linear_gradient("L").resize(_SIZE)
    rgb = Image.merge("RGB", (colours, colours.rotate(180), colours))
    see_through = rgb.copy()
    see_through.putalpha(colours)
    palette = rgb.quantize(4)
    deep = Image.new("I;16", _SIZE, 40_000)
    return {
        "rgb.png": _saved(rgb, "PNG"),
        "alpha.png": _saved(see_through, "PNG"),
        "grey.png": _saved(colours, "PNG"),
        "grey-alpha.png": _saved(see_through.convert("LA"), "PNG"),
        "bits.png": _saved(colours.convert("1"), "PNG"),
        "palette.png": _saved(palette, "PNG"),
        "palette-clear.png": _saved(palette, "PNG", transparency=0),
        "rgb-clear.png": _saved(rgb, "PNG", transparency=(0, 255, 0)),
        "sixteen.png": _saved(deep, "PNG"),
        "dense.png": _saved(rgb, "PNG", dpi=(300, 300)),
        "profile.png": _saved(rgb, "PNG", icc_profile=_profile()),
        "rgb.jpg": _saved(rgb, "JPEG"),
        "grey.jpg": _saved(colours, "JPEG"),
        "cmyk.jpg": _saved(rgb.convert("CMYK"), "JPEG"),
        "progressive.jpg": _saved(rgb, "JPEG", progressive=True),
        "turned.jpg": _saved(rgb, "JPEG", exif=_turned()),
        "one-pixel.png": _saved(rgb.resize((1, 1)), "PNG"),
    }


def _saved(picture: Image.Image, form: str, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    content = io.BytesIO()
    picture.save(content, form, **options)
    return content.getvalue()


def _profile() -> bytes:
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Why: bytes 24 to 35 say when it was made (ICC.1, 7.2.10), and pictures are to stay the same.
    return made[:24] + bytes(12) + made[36:]


def _turned() -> Image.Exif:
    """What a telephone held upright says of its picture."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif
