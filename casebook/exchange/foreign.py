"""A rubric as another program's file gives it, before it is one of casebook's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, Literal

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Span
from casebook.errors import UsageError

RubricFormat = Literal["canvas", "moodle", "case"]

FORMATS: Final[Mapping[RubricFormat, str]] = {
    "canvas": "Canvas rubric CSV",
    "moodle": "Moodle-style CSV",
    "case": "1EdTech CASE JSON",
}
"""The formats that rubrics are read and written in, and what they are called."""


@dataclass(frozen=True, slots=True)
class ForeignLevel:
    """One step of a criterion: its name, what it describes and the points it is worth.

    Attributes:
        figure: The ``from_figure`` that casebook wrote into the file, if it did.
    """

    name: str
    describes: str
    points: Fraction
    figure: Any = None


@dataclass(frozen=True, slots=True)
class ForeignCriterion:
    """A criterion, its levels in the order of the file.

    Attributes:
        weight: Its share of the whole, where the file says one; else points are added up.
        covers_ranges: Whether a level stands for all points down to the next lower one.
        ours: What casebook itself wrote into the file beside the format's own fields.
    """

    title: str
    asks: str
    levels: tuple[ForeignLevel, ...]
    line: int = 1
    weight: float | None = None
    covers_ranges: bool = False
    ours: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignRubric:
    """A rubric by its title; ``remarks`` say what of the file was not taken."""

    title: str | None
    criteria: tuple[ForeignCriterion, ...]
    line: int = 1
    remarks: tuple[str, ...] = ()
    ours: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignReading:
    """What one file gave: its rubrics, and the findings that keep it from having more."""

    rubrics: tuple[ForeignRubric, ...] = ()
    findings: tuple[Finding, ...] = ()

    def only(self, name: str | None) -> ForeignRubric:
        """The rubric meant: the only one of the file, or the one with this title.

        Raises:
            UsageError: There are several and none is named, or none has the name.
        """
        titles = ", ".join(repr(each.title or "") for each in self.rubrics)
        if name is None:
            if len(self.rubrics) > 1:
                raise UsageError(
                    f"the file holds {len(self.rubrics)} rubrics: {titles}",
                    hint="name the one that is meant with --rubric",
                )
            return self.rubrics[0]
        wanted = " ".join(name.split()).casefold()
        for each in self.rubrics:
            if (each.title or "").casefold() == wanted:
                return each
        raise UsageError(f"the file holds no rubric {name!r}", hint=f"it holds: {titles}")


def fault(path: str, line: int, message: str, hint: str) -> Finding:
    """A finding about one line of another program's file."""
    return codes.FOREIGN_RUBRIC.at(Place(path, Span(line, 1, line, 1)), message, hint)
