"""Brings rubrics in from other programs and takes them out to them."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from casebook.diagnostics.finding import Finding, Report
from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.exchange.adoption import Wishes, adopt
from casebook.exchange.canvas import is_canvas, read_canvas, write_canvas
from casebook.exchange.carried import losses
from casebook.exchange.case import is_case, read_case, write_case
from casebook.exchange.delimited import decoded, headings, read_rows
from casebook.exchange.foreign import FORMATS, ForeignReading, RubricFormat
from casebook.exchange.moodle import is_moodle, read_moodle, write_moodle
from casebook.exchange.rubric_file import rubric_yaml
from casebook.files import read_bytes, write_file
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.mistaken_files import mistaken_file
from casebook.source.portfolio import portfolio_around
from casebook.workflow.examination import Checked
from casebook.workflow.originals import keep_originals

_READERS: Final[Mapping[RubricFormat, Callable[[str, bytes], ForeignReading]]] = {
    "canvas": read_canvas,
    "moodle": read_moodle,
    "case": read_case,
}
_YAML: Final = (".yaml", ".yml")
_SUFFIXES: Final[Mapping[RubricFormat, str]] = {"canvas": ".csv", "moodle": ".csv", "case": ".json"}
_WORKBOOK: Final = b"PK\x03\x04"
_ID: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_ID_CHARACTERS: Final = 64


@dataclass(frozen=True, slots=True)
class Imported:
    """A rubric that was read, and in sentences what changed on the way.

    ``rubric`` is None where the findings in ``checked`` say what keeps it from being one.
    """

    rubric: Rubric | None
    changes: tuple[str, ...] = ()
    checked: Checked = field(default_factory=lambda: Checked(Report.of((), 0)))


def import_rubric(
    path: Path, wishes: Wishes, source: RubricFormat | None = None, name: str | None = None
) -> Imported:
    """Read a rubric that another program wrote.

    Args:
        path: Its file.
        wishes: What the user says of it.
        source: The format; told by the content when left out.
        name: The title of the rubric that is meant, where the file holds several.

    Raises:
        UsageError: The file is no such file, it is not clear which rubric is meant, or nothing
            says where passing begins.
    """
    if wishes.id is not None and not (
        _ID.fullmatch(wishes.id) and len(wishes.id) <= _ID_CHARACTERS
    ):
        raise UsageError(
            f"{wishes.id!r} is no id",
            hint="an id is made of small letters, digits and hyphens, such as case-study",
        )
    content = read_bytes(path, LARGEST_READ_BYTES)
    shown = os.path.normpath(path)
    mistaken = mistaken_file(content)
    if mistaken is not None and not content.startswith(_WORKBOOK):
        raise UsageError(
            f"{path} is {mistaken.called}, and no rubric",
            hint="export it as CSV from Canvas or Moodle, or as CASE JSON",
        )
    kind = source or _format_of(shown, content)
    reading = (
        ForeignReading(findings=(kind,))
        if isinstance(kind, Finding)
        else _READERS[kind](shown, content)
    )
    findings = reading.findings
    # Why a name helps: a fault in one rubric of a package says nothing about the others.
    if reading.rubrics and (name or not findings):
        adopted = adopt(reading.only(name), wishes, shown, path.stem)
        if adopted.rubric is not None:
            return Imported(adopted.rubric, adopted.changes)
        findings = adopted.findings
    sources = {} if is_case(content) else {shown: decoded(content).encode()}
    return Imported(None, checked=Checked(Report.of(findings, 1), sources))


def write_imported(imported: Imported, target: Path, path: Path, *, force: bool = False) -> None:
    """Write an imported rubric as a file of casebook's.

    Args:
        imported: What was read; it has a rubric.
        target: The file to write.
        path: The file it was read from, whose name the new file's head tells.
        force: Replace a file that is there already.

    Raises:
        UsageError: The target is no YAML file, or something stands there that is to be kept.
    """
    if target.suffix.lower() not in _YAML:
        raise UsageError(
            f"{target}: a rubric is a YAML file", hint=f"name it {target.with_suffix('.yaml')}"
        )
    _keep(target, path)
    assert imported.rubric is not None  # noqa: S101 - the caller has looked
    origin = (
        f"Made by casebook out of {path.name}. "
        "Look through it before anybody is judged by it: pass_percent, what each criterion asks, "
        "and whether failing one of them is to fail the work (must_pass)."
    )
    about = [origin, *(f"On the way: {each}." for each in imported.changes)]
    write_file(target, rubric_yaml(imported.rubric, about), force=force)


def export_rubric(
    rubric: Rubric, to: RubricFormat, target: Path, on: date, *, force: bool = False
) -> tuple[str, ...]:
    """Write a rubric for another program; returns in sentences what that program does not get.

    Args:
        rubric: What is written.
        to: The format.
        target: The file to write.
        on: The day that CASE is told as that of the last change.
        force: Replace a file that casebook did not make.

    Raises:
        UsageError: The target has the wrong ending, or something stands there that is to be kept.
    """
    suffix = _SUFFIXES[to]
    if target.suffix.lower() != suffix:
        raise UsageError(
            f"{target}: {FORMATS[to]} ends in {suffix}",
            hint=f"name it {target.with_suffix(suffix)}" if target.stem.strip(".") else None,
        )
    _keep(target, target)
    content = {
        "canvas": lambda: write_canvas(rubric),
        "moodle": lambda: write_moodle(rubric),
        "case": lambda: write_case(rubric, on),
    }[to]()
    write_file(target, content, force=force)
    return losses(rubric, to)


def _keep(target: Path, path: Path) -> None:
    keep_originals([target], portfolio_around(path) or path.parent)
    if target.exists() and path != target and target.samefile(path):
        raise UsageError(f"{target} is the file to be read", hint="name another file to write")


def _format_of(shown: str, content: bytes) -> RubricFormat | Finding:
    """The format that a file is in, by its heading; a finding where it is no table at all.

    Raises:
        UsageError: It is none of those known.
    """
    if content.startswith(_WORKBOOK):
        raise UsageError(
            f"{shown} is a workbook or another archive, not a table of text",
            hint="save its sheet as CSV, and import that",
        )
    if is_case(content):
        return "case"
    rows = read_rows(shown, decoded(content))
    if isinstance(rows, Finding):
        return rows
    names = headings(rows[0])
    if is_canvas(names):
        return "canvas"
    if is_moodle(names):
        return "moodle"
    raise UsageError(
        f"{shown} is in none of the formats that can be read",
        hint=f"these are {', '.join(FORMATS.values())}; --from names one",
    )
