"""Writes the figures of several runs into docs/performance.md, and draws its picture.

    python -m benchmarks.page RUN.json…

Of each figure the middle of all runs is taken. A part of the page that a subject's figures belong
to stands between ``<!-- figures: SUBJECT -->`` and ``<!-- end of figures -->``.
"""

import re
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.plot import plot
from benchmarks.table import from_json, markdown_table

_DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
_PAGE: Final = _DOCS / "performance.md"
_PICTURE: Final = _DOCS / "images" / "performance.svg"
_PART: Final = re.compile(
    r"(?P<begin><!-- figures: (?P<subject>\w+) -->\n)(?:.*?\n)??(?P<end><!-- end of figures -->)",
    re.DOTALL,
)


def main(paths: Sequence[str]) -> None:
    """Read the runs, write the page and the picture."""
    runs = [from_json(Path(path).read_text("utf-8")) for path in paths]
    machine, _ = runs[-1]
    rows = middle([figures for _, figures in runs])
    text = _PAGE.read_text("utf-8")
    _PAGE.write_text(filled(text, rows, _measured_on(machine, len(runs))), "utf-8")
    _PICTURE.write_text(plot(rows), "utf-8")


def middle(runs: Sequence[Sequence[Figure]]) -> list[Figure]:
    """Every figure of the last run with the middle values of all runs that have it."""
    by_name: dict[tuple[str, str], list[Figure]] = {}
    for each in (figure for run in runs for figure in run):
        by_name.setdefault((each.subject, each.name), []).append(each)
    return [
        replace(
            found[-1],
            value=statistics.median(each.value for each in found),
            ratio=_middle(each.ratio for each in found),
            cpu_ratio=_middle(each.cpu_ratio for each in found),
        )
        for found in by_name.values()
    ]


def filled(page: str, rows: Iterable[Figure], machine: str) -> str:
    """The page with each part's table anew.

    Raises:
        SystemExit: The page has no such part.
    """
    figures = list(rows)

    def part(found: re.Match[str]) -> str:
        subject = found["subject"]
        own = [each for each in figures if each.subject == subject]
        told = machine if subject == "machine" else markdown_table(own) if own else ""
        # What was not measured this time stays as it was.
        return f"{found['begin']}{told}\n{found['end']}" if told else found[0]

    text, count = _PART.subn(part, page)
    if not count:
        raise SystemExit("the page has no place for figures")
    return text


def _middle(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return statistics.median(known) if known else None


def _measured_on(machine: dict[str, str], runs: int) -> str:
    day = datetime.now(UTC).date()
    several = "one run" if runs == 1 else f"the middle of {runs} runs"
    return (
        f"Measured on {day.day} {day:%B %Y}, {machine['system']} with {machine['processors']} "
        f"processors, Python {machine['python']}, WeasyPrint {machine['weasyprint']}: "
        f"{several} with {machine['rounds']} rounds each, in which batches were done once."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
