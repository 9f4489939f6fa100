"""What tests of marking share: sheets of a small submission, and the office's list."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest

from casebook.render import together
from casebook.workflow.marking.check_sheets import SheetSources
from casebook.workflow.marking.new_sheets import NewSheets, SheetChoices, new_sheets

New: TypeAlias = Callable[..., NewSheets]
Fill: TypeAlias = Callable[..., None]

GRADERS = """\
kind: graders
format: 1
graders:
  - id: ana
    name: Ana Ruiz
    credentials: Teacher of anatomy
  - id: bo
    name: Bo Lind
    declares: [{candidate: Kim Larsen, relation: taught, note: in 2025}]
  - {id: cem, name: Cem Oz, grades: [observation]}
"""


@pytest.fixture
def graders(studio: Path) -> Path:
    """The office's list, beside the submission."""
    path = studio.parent / "graders.yaml"
    path.write_text(GRADERS, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _fake_reading_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        together,
        "made_confined",
        lambda documents, *_: {
            name: f"%PDF {each.text}".encode() for name, each in documents.items()
        },
    )


@pytest.fixture
def new(studio: Path, on: date) -> New:
    """Makes sheets of the small portfolio in a folder ``marks`` beside it."""

    def make(grader: str = "ana", folder: str = "marks", **choices: object) -> NewSheets:
        chosen = SheetChoices(**choices)  # type: ignore[arg-type]
        return new_sheets(studio, grader, studio.parent / folder, on, chosen)

    return make


@pytest.fixture
def sources(studio: Path, on: date) -> SheetSources:
    """The small portfolio, to hold sheets against."""
    return SheetSources(on, (studio,))


@pytest.fixture
def fill() -> Fill:
    """Fills a sheet in as a grader does: a level for each criterion, and no conflict."""

    def fill_in(path: Path, level: int = 1, conflict: str = "none") -> None:
        text = path.read_text("utf-8")
        text = re.sub(r"^    level:.*$", f"    level: {level}", text, flags=re.MULTILINE)
        text = re.sub(r"^conflict:.*$", f"conflict: {conflict}", text, flags=re.MULTILINE)
        path.write_text(text, "utf-8")

    return fill_in
