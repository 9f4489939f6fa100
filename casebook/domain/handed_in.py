"""Which files may be handed in, by their names.

A submission is unpacked into a folder on somebody else's computer. Programs there act on files for
their names alone: a `.git`, an `.envrc` or a `yaml.py` runs what it holds. So only files of the
kinds that a portfolio is made of are carried, and none that is hidden.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final, Literal

Role = Literal["source", "attachment", "document", "evaluation", "program"]
"""What a file is to the submission: written by the candidate (source, attachment), made by
casebook (document, evaluation), or the program's rules."""

PICTURES: Final = (".png", ".jpg", ".jpeg")
"""How the names of pictures end."""

_ENDINGS: Final[Mapping[Role, tuple[str, ...]]] = {
    "source": (".yaml", ".yml", ".json"),
    "attachment": (".pdf", *PICTURES),
    "program": (".yaml", ".yml", *PICTURES),
    "evaluation": (".json",),
    "document": (".pdf",),
}

_MADE: Final = "build"
"""The folder whose files casebook makes, and may replace."""


def kind_fault(path: str, role: Role) -> str | None:
    """Why a file of this name is not handed in, or None when it is; said after the name.

    Args:
        path: Its relative name, with forward slashes.
        role: What it is to the submission.
    """
    place = PurePosixPath(path)
    if any(part.startswith(".") for part in place.parts):
        return "is hidden, or lies in a hidden folder"
    if any(part.casefold() == _MADE for part in place.parts[:-1]):
        return f"lies in {_MADE}/, where only casebook puts files"
    if not path.casefold().endswith(_ENDINGS[role]):
        *others, last = (ending.removeprefix(".") for ending in _ENDINGS[role])
        wanted = f"{', '.join(others)} or {last}" if others else last
        return f"is no file of a kind that is handed in ({wanted})"
    return None
