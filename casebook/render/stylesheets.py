"""The stylesheets, in the order that lets later ones refine earlier ones."""

from casebook.resources import templates_dir

SHARED = ("type", "tables", "charts", "cover", "case-study", "session", "feedback")
"""For paper and screen alike, each named for what it dresses."""

PAPER = ("page",)
PDF = ("pdf",)
"""For PDFs alone, last of all."""
PLAIN = ("plain",)
"""For paper, what elements are before they are dressed."""
LOOSE = ("loose",)
"""For pages that are bound later."""
SCREEN = ("screen",)


def stylesheet(names: tuple[str, ...]) -> str:
    """The text of several stylesheets, one after the other."""
    folder = templates_dir() / "css"
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)
