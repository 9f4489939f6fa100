"""How a program's documents look: a theme by name, an accent colour, a logo."""

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, StringConstraints

from casebook.domain.record import Line, Record, RelativePath

Theme = Literal["journal", "clinic", "large"]
"""Serif for reading; sans serif with tinted heads for looking up; large print."""

THEMES: Final[tuple[Theme, ...]] = get_args(Theme)

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$"), AfterValidator(str.lower)]
"""A colour as # and six hexadecimal digits."""

ACCENT: Final = "#0d5c63"
"""The accent of a program that names none."""


class Look(Record):
    """How the pages look; words and structure are the same in every look."""

    theme: Theme = "journal"
    """journal, clinic or large (large print)."""
    accent: Colour = ACCENT
    """The one colour beside black and grey, as # and six digits, such as "#0d5c63"."""
    logo: RelativePath | None = None
    """A PNG or JPEG beside the program file; it stands on the packet's cover."""
    logo_says: Line | None = None
    """The logo in words, for those who do not see it; the owner when left out."""


PLAIN: Final = Look()
"""The look of a program that names none."""
