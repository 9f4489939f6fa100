"""The typefaces that casebook brings along, so that pages are the same on every machine.

Two families set the pages. For what they lack there is a file for each script, the world's, and a
page takes those that its text needs. No two of them have a character in common, so that what else
is loaded changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from casebook.domain.work.repertoire import special
from casebook.resources import templates_dir
from casebook.source.repertoire import load_repertoire

WORLD: Final = "Casebook World"
"""What stylesheets call all faces of the world together, after the main families."""

REGULAR: Final = 400
_SEMIBOLD: Final = 600
_HEAVIER: Final = ("-SemiBold", "-Bold")
_UPRIGHT: Final = "-Regular"


@dataclass(frozen=True, slots=True)
class Typeface:
    """One cut of a family.

    Attributes:
        family: The name stylesheets and charts use.
        file: The file without its ending, under ``templates/fonts``; there is a TTF, which
            WeasyPrint reads sooner, and for the main families a WOFF2 with the usual characters,
            which makes smaller pages.
    """

    family: str
    weight: int
    style: Literal["normal", "italic"]
    file: str
    stretch: Literal["normal", "ultra-expanded"] = "normal"

    def path(self, ending: Literal["ttf", "woff2"]) -> Path:
        """Where the file stands on this machine."""
        return templates_dir() / "fonts" / f"{self.file}.{ending}"


TYPEFACES: Final = (
    Typeface("Casebook Serif", REGULAR, "normal", "literata/Literata-Regular"),
    Typeface("Casebook Serif", REGULAR, "italic", "literata/Literata-Italic"),
    Typeface("Casebook Serif", _SEMIBOLD, "normal", "literata/Literata-SemiBold"),
    Typeface("Casebook Sans", REGULAR, "normal", "inter/Inter-Regular"),
    Typeface("Casebook Sans", _SEMIBOLD, "normal", "inter/Inter-SemiBold"),
)
"""The main families, which every page has."""

EMOJI: Final = Typeface("emoji", REGULAR, "normal", "noto/NotoEmoji-Regular", "ultra-expanded")
"""Small pictures, which share some signs with other files.

Why this name: Pango asks it for whatever is to be drawn as a picture. Why so wide: where it is
one of several for a sign in running text, it then comes last.
"""
_AS_PICTURE: Final = "\ufe0f"
"""Asks for the sign before it as a picture."""


def world_faces(text: str, ending: Literal["ttf", "woff2"]) -> dict[Typeface, str]:
    """The faces that a text needs beside the main ones, each with its characters of the text.

    Args:
        text: The text of a page, its markup included.
        ending: Which files of the main families the page has.
    """
    there = [f"{face.file}.{ending}" for face in TYPEFACES]
    repertoire = load_repertoire()
    needed = repertoire.files_for(text, there)
    emoji = f"{EMOJI.file}.ttf"
    pictures = needed.pop(emoji, None) is not None or _AS_PICTURE in text
    faces = {face: signs for name, signs in needed.items() for face in _cuts(name)}
    if pictures:
        faces[EMOJI] = "".join(each for each in special(text) if each in repertoire.files[emoji])
    return faces


@cache
def _cuts(name: str) -> tuple[Typeface, ...]:
    """The cuts of a file named in the repertoire: regular, and a heavier one where there is one."""
    file = name.removesuffix(".ttf")
    # Why a family each: WeasyPrint takes faces of one family, weight and style for one file.
    family = f"Casebook {Path(file).name.removesuffix(_UPRIGHT)}"
    regular = Typeface(family, REGULAR, "normal", file)
    heavier = [file.replace(_UPRIGHT, suffix) for suffix in _HEAVIER]
    there = [each for each in heavier if f"{each}.ttf" in load_repertoire().files]
    return (regular, *(Typeface(family, _SEMIBOLD, "normal", each) for each in there))


def font_faces(address: Callable[[Typeface], str], faces: Iterable[Typeface] = TYPEFACES) -> str:
    """The ``@font-face`` rules, with each file at the address that the caller gives."""
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};font-stretch:{face.stretch};src:url({address(face)})}}"
        for face in faces
    )
