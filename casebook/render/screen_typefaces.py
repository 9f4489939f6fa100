"""Typefaces inside an HTML page: the main ones as they are, of the others what the text needs.

Why cut down: a file for Chinese and Japanese weighs 3 MB, and a page uses some hundred signs of it.
"""

import base64
from dataclasses import replace
from functools import cache, lru_cache
from io import BytesIO
from typing import Final

from casebook.render.typefaces import EMOJI, REGULAR, WORLD, Typeface, font_faces, world_faces

_BETWEEN: Final = " \u00a0\u200c"
_IN_PICTURES: Final = ("\u200d", "\ufe0f", *map(chr, range(0xE0020, 0xE0080)))
"""What makes one picture of several: a joiner, the wish for a picture, the letters of flags."""


@cache
def main_faces_css() -> str:
    """The rules for the main families, with the files in them."""
    return font_faces(lambda face: _address(face.path("woff2").read_bytes()))


def world_faces_css(text: str) -> str:
    """The rules for what a text needs beyond the main families; empty for most texts.

    Regular cuts alone, from which a browser makes bold ones: it looks for all characters of bold
    words in the bold cuts of a family, and most scripts have none.
    """
    faces = world_faces(text, "woff2").items()
    return "\n".join(_rule(face, signs) for face, signs in faces if face.weight == REGULAR)


def _rule(face: Typeface, characters: str) -> str:
    # Why a range: a browser then looks into the file for nothing else, space included.
    owned = (*characters, *_IN_PICTURES) if face is EMOJI else characters
    ranges = ",".join(f"U+{ord(each):X}" for each in owned)
    named = replace(face, family=WORLD, stretch="normal")
    rule = font_faces(lambda _: _address(_cut(face, characters)), [named])
    return f"{rule[:-1]};unicode-range:{ranges}}}"


@lru_cache(maxsize=50)
def _cut(face: Typeface, characters: str) -> bytes:
    """The part of a file that sets these characters, with the joining and stacking among them."""
    # Why here: only pages in rarer scripts need it, and it takes a tenth of a second.
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options(layout_features=["*"], notdef_outline=True, flavor="woff2")
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join((characters, _BETWEEN, *_IN_PICTURES)))
    content = BytesIO()
    with face.path("ttf").open("rb") as file, subset.load_font(file, options) as font:
        cutter.subset(font)
        subset.save_font(font, content, options)
    return content.getvalue()


def _address(content: bytes) -> str:
    return f'"data:font/woff2;base64,{base64.b64encode(content).decode("ascii")}"'
