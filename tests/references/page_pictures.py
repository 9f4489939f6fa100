"""Pages as small pictures, and whether two of them show the same.

A page is drawn four times as large as it is kept and then reduced, so that little is left of how
one version or another of the drawing program smooths letters.
"""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from PIL import Image, ImageChops, ImageFilter

DPI: Final = 45
_REDUCTION: Final = 4
_GREYS: Final = 16

# What follows was found on the 33 pages of a packet: letters drawn without smoothing give up to 3
# differing pixels in a square, another drawing program (pdftocairo) 8, one moved word of five
# letters or more at least 14. Not noticed: a tint that turns by less than a tenth.
_BLUR_PIXELS: Final = 1.0
_DIFFERENT_LEVELS: Final = 24
"""Of 255: pixels that are further apart differ."""
_SQUARE_PIXELS: Final = 24
"""The side of the squares that a page is divided into, 13.5 mm."""
_LARGEST_SHARE: Final = 0.02
"""Of a square's pixels: 11.5 of them."""


def page_pictures(path: Path, *options: str) -> Iterator[Image.Image]:
    """Each page of a PDF in greys; the options are pdftoppm's."""
    command: list[str | Path] = ["pdftoppm", "-gray", "-r", str(DPI * _REDUCTION), *options, path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as drawing:
        assert drawing.stdout is not None
        while drawing.stdout.readline() == b"P5\n":
            yield _pgm(drawing.stdout).reduce(_REDUCTION)
    assert drawing.returncode == 0, command


def _pgm(stream: IO[bytes]) -> Image.Image:
    """What stands behind the first line of a portable grey map."""
    width, height = map(int, stream.readline().split())
    assert stream.readline() == b"255\n"
    return Image.frombytes("L", (width, height), stream.read(width * height))


@dataclass(frozen=True, slots=True)
class Difference:
    """The square in which two pictures of a page differ most.

    Attributes:
        x_mm: Its left edge.
        y_mm: Its upper edge.
        share: Of its pixels, those that differ.
    """

    x_mm: int
    y_mm: int
    share: float

    def __str__(self) -> str:
        return f"{self.share:.0%} of a square at {self.x_mm} x {self.y_mm} mm"


def difference(one: Image.Image, other: Image.Image) -> Difference | None:
    """Where two pictures of a page differ too much; None where they show the same."""
    if one.size != other.size:
        return Difference(0, 0, 1.0)
    smooth = ImageFilter.GaussianBlur(_BLUR_PIXELS)
    apart = ImageChops.difference(one.filter(smooth), other.filter(smooth))
    differing = apart.point([255 * (level > _DIFFERENT_LEVELS) for level in range(256)])
    if differing.getbbox() is None:
        return None
    worst = max(_squares(differing), key=lambda square: square.share)
    return worst if worst.share > _LARGEST_SHARE else None


def _squares(differing: Image.Image) -> Iterator[Difference]:
    """Squares that overlap by half, so that nothing small is cut in two by all of them."""
    side, step = _SQUARE_PIXELS, _SQUARE_PIXELS // 2
    for y in range(0, differing.height, step):
        for x in range(0, differing.width, step):
            square = differing.crop((x, y, x + side, y + side))
            yield Difference(_mm(x), _mm(y), square.histogram()[255] / side**2)


def _mm(pixels: int) -> int:
    return round(pixels / DPI * 25.4)


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture small, in 16 greys; the same picture gives the same bytes."""
    levels = [round(level * (_GREYS - 1) / 255) for level in range(256)]
    greys = picture.point(levels)
    small = Image.frombytes("P", greys.size, greys.tobytes())
    small.putpalette([round(255 * level / (_GREYS - 1)) for level in range(_GREYS) for _ in "rgb"])
    small.save(path, "PNG", optimize=True, bits=4)


def pictures_in(folder: Path) -> list[Image.Image]:
    """The kept pictures of a document's pages."""
    return [_load(path) for path in sorted(folder.glob("page-*.png"))]


def _load(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("L")


def renew(folder: Path, found: Sequence[Image.Image]) -> None:
    """Keep these pictures from now on.

    Where a page still looks the same its file stays as it is: with another version of the drawing
    program every file would change, and each change stays in the repository for good.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {folder / f"page-{number:02d}.png": each for number, each in enumerate(found, 1)}
    for path in folder.glob("page-*.png"):
        if path not in kept:
            path.unlink()
    for path, picture in kept.items():
        if not path.is_file() or difference(_load(path), picture):
            save(picture, path)


def show(expected: Image.Image, found: Image.Image, stem: Path) -> None:
    """Write both beside ``stem``, and a third picture: red is what is new, cyan what is gone."""
    save(expected, stem.with_name(f"{stem.name}-expected.png"))
    save(found, stem.with_name(f"{stem.name}-found.png"))
    paper = Image.new("L", expected.size, 255)
    paper.paste(found, (0, 0))
    both = Image.merge("RGB", (expected, paper, paper))
    both.save(stem.with_name(f"{stem.name}-difference.png"))


def changes(
    expected: Sequence[Image.Image], found: Sequence[Image.Image], folder: Path
) -> list[str]:
    """What differs, page by page, with pictures of it in a folder; the number of pages first."""
    if len(expected) != len(found):
        return [f"there are {len(found)} pages, where {len(expected)} are expected"]
    told = []
    for number, (one, other) in enumerate(zip(expected, found, strict=True), 1):
        if differs := difference(one, other):
            stem = folder / f"page-{number:02d}"
            show(one, other, stem)
            told.append(f"page {number} differs in {differs}: see {stem}-*.png")
    return told
