"""Figures as one table for a terminal, as JSON, and as a table of Markdown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.figures import Figure, Skipped, Target

_HEADS = ("", "figure", "unit", "ratio", "by CPU", "to", "target")


def text_table(rows: Iterable[Figure | Skipped]) -> str:
    """A table for a terminal, a subject after the other."""
    lines: list[Sequence[str]] = [_HEADS]
    notes: list[str] = []
    for row in rows:
        if isinstance(row, Skipped):
            notes.append(f"{row.subject}: {row.name} was not measured: {row.why}")
            continue
        lines.append(_columns(row))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    table = "\n".join(_line(line, widths) for line in lines)
    return "\n".join((table, *notes))


def markdown_table(rows: Iterable[Figure]) -> str:
    """A table of one subject for a page of documentation."""
    lines = ["| | figure | unit | ratio | by CPU | to | target |", "|---|--:|---|--:|--:|---|---|"]
    for row in rows:
        name, *rest = _columns(row)
        _, _, bare = name.partition(": ")
        lines.append(f"| {' | '.join((bare, *rest))} |")
    return "\n".join(lines)


def to_json(rows: Iterable[Figure | Skipped], machine: dict[str, str]) -> str:
    """All figures with what they were measured on."""
    values = [asdict(row) for row in rows]
    return json.dumps({"machine": machine, "figures": values}, indent=2) + "\n"


def from_json(text: str) -> tuple[dict[str, str], list[Figure]]:
    """The machine and the figures of an earlier run."""
    values = json.loads(text)
    return values["machine"], [_figure(each) for each in values["figures"] if "value" in each]


def _figure(values: dict[str, Any]) -> Figure:
    target = values.pop("target")
    return Figure(**values, target=Target(**target) if target else None)


def _columns(row: Figure) -> tuple[str, ...]:
    met = "" if row.target is None or row.ratio is None else _judged(row.target, row.ratio)
    name = f"{row.subject}: {row.name}{f' ({row.note})' if row.note else ''}"
    return (
        name,
        _number(row.value),
        row.unit,
        _times(row.ratio),
        _times(row.cpu_ratio),
        row.reference,
        met,
    )


def _judged(target: Target, ratio: float) -> str:
    return f"{target} {'✓' if target.is_met(ratio) else '✗'}"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{_number(ratio)} ×"


def _number(value: float) -> str:
    """Three digits that count."""
    for places, below in ((4, 0.1), (3, 1), (2, 10), (1, 100)):
        if abs(value) < below:
            return f"{value:.{places}f}"
    return f"{value:,.0f}"


def _line(columns: Sequence[str], widths: Sequence[int]) -> str:
    left = {0, 2, 5, 6}
    return "  ".join(
        each.ljust(width) if number in left else each.rjust(width)
        for number, (each, width) in enumerate(zip(columns, widths, strict=True))
    ).rstrip()
