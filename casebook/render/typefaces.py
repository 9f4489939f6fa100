"""The typefaces that casebook brings along, so that pages look alike on every machine."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casebook.resources import templates_dir


@dataclass(frozen=True, slots=True)
class Typeface:
    """One cut of a family.

    Attributes:
        family: The name stylesheets and charts use.
        file: The file without its ending, under ``templates/fonts``; there is a TTF, which
            WeasyPrint reads sooner, and a WOFF2, which makes smaller pages.
    """

    family: str
    weight: int
    style: Literal["normal", "italic"]
    file: str

    def path(self, ending: Literal["ttf", "woff2"]) -> Path:
        """Where the file stands on this machine."""
        return templates_dir() / "fonts" / f"{self.file}.{ending}"


TYPEFACES = (
    Typeface("Casebook Serif", 400, "normal", "literata/Literata-Regular"),
    Typeface("Casebook Serif", 400, "italic", "literata/Literata-Italic"),
    Typeface("Casebook Serif", 600, "normal", "literata/Literata-SemiBold"),
    Typeface("Casebook Sans", 400, "normal", "inter/Inter-Regular"),
    Typeface("Casebook Sans", 600, "normal", "inter/Inter-SemiBold"),
)


def font_faces(address: Callable[[Typeface], str]) -> str:
    """The ``@font-face`` rules, with each file at the address that the caller gives."""
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};src:url({address(face)})}}"
        for face in TYPEFACES
    )


def inline_address(face: Typeface) -> str:
    """The whole file inside the address, for pages that stand alone."""
    content = base64.b64encode(face.path("woff2").read_bytes()).decode("ascii")
    return f'"data:font/woff2;base64,{content}"'
