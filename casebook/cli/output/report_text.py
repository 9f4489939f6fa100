"""Summaries of graders and of results: as text on a terminal, as values, as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from casebook.cli.output.lines import RESULT_LOOKS, counted, item, wrapped
from casebook.cli.terminal import clean, dress
from casebook.diagnostics.writers import report_values
from casebook.evaluation.grader_record import GraderRecord
from casebook.exchange.tables import Cell, Column, Table
from casebook.workflow.reporting.graders import GraderSummary
from casebook.workflow.reporting.office import OfficeSummary, Overview

_NAME: Final = 22
"""Columns for the name of a figure."""

_RULES: Final[Mapping[str, str]] = {
    "graders": "all who were asked have marked",
    "second-marking": "drawn to be marked by one grader more",
    "within-tolerance": "the marks agree",
    "beyond-tolerance": "totals too far apart",
    "criterion-tolerance": "levels of a criterion too far apart",
    "near-pass-mark": "total near the pass mark",
    "must-pass-agreed": "a must-pass criterion found failed, and settled",
    "must-pass-dispute": "a must-pass criterion in dispute",
    "further-grader": "a further grader marked, or is asked",
    "discussion": "graders have to talk",
    "most-graders": "no further grader may be asked",
}
"""What each rule of moderation stands for, in a few words."""

_GRADER_COLUMNS: Final = (
    Column("grader"), Column("name"), Column("works", "number"), Column("submissions", "number"),
    Column("works opened", "number"), Column("mean level", "percent"),
    Column("mean total", "percent"), Column("totals", "number"), Column("compared", "number"),
    Column("mean below agreed", "number"), Column("mean distance", "number"),
    Column("must-pass failures", "number"), Column("overruled", "number"),
    Column("sealed works", "number"), Column("changed works", "number"),
    Column("changes", "number"), Column("first", "date"), Column("last", "date"),
    Column("caution"),
)  # fmt: skip


def graders_text(summary: GraderSummary) -> str:
    """Each grader in figures, and how to read them."""
    blocks = ["\n".join(_grader(each)) for each in summary.graders]
    if any(each.compared for each in summary.graders):
        explained = (
            "Below what was agreed: how many percentage points a grader's totals lie below the "
            "agreed ones, over works that several graders marked; above zero is stricter. The "
            "agreed total is made of the grader's own marks too, so that differences look smaller "
            "than they are; `casebook agreement` gives each grader's severity, with the same sign "
            "and its interval."
        )
        blocks.append("\n".join(wrapped(explained, "dim")))
    return "\n\n".join(blocks)


def graders_values(summary: GraderSummary) -> dict[str, Any]:
    """The same for programs."""
    return {
        "graders": [{**asdict(each), "cautions": each.cautions} for each in summary.graders],
        "left_out": [{"path": each.path, "why": each.why} for each in summary.left_out],
        **report_values(summary.checked.report),
    }


def graders_table(summary: GraderSummary) -> Table:
    """The same for a spreadsheet, a row for each grader."""
    return Table("Graders", _GRADER_COLUMNS, tuple(map(_grader_row, summary.graders)))


def office_text(overview: Overview) -> str:
    """How many passed and failed, and which rules of moderation had something to say."""
    return "\n".join(_overview(overview))


def office_values(summary: OfficeSummary) -> dict[str, Any]:
    """The same for programs, with the rows of both tables."""
    return {
        "overview": _overview_values(summary.overview),
        "submissions": _rows(summary.submissions),
        "works": _rows(summary.works),
        **report_values(summary.checked.report),
    }


def _grader(record: GraderRecord) -> Iterator[str]:
    grader = "" if record.grader == record.name else f"  {dress(record.grader, 'dim')}"
    yield f"{dress(record.name, 'place')}{grader}"
    marked = f"{record.works}, in {counted(record.submissions, 'submission')}"
    if record.first:
        span = record.first if record.first == record.last else f"{record.first} to {record.last}"
        marked += f", {span}"
    yield _figure("works marked", marked)
    if record.opened < record.works:
        closed = record.works - record.opened
        yield _figure("still closed", f"{closed}: sealed, and no result here is made of them")
    if record.mean_level is not None:
        yield _figure("mean level", f"{record.mean_level:.1f} % of its scale")
    if record.mean_percent is not None:
        yield _figure(
            "mean total", f"{record.mean_percent:.1f} % ({counted(record.totals, 'work')})"
        )
    if record.mean_below_agreed is not None and record.mean_distance is not None:
        compared = counted(record.compared, "work")
        yield _figure(
            "below what was agreed",
            f"{record.mean_below_agreed:+.1f} on average, {record.mean_distance:.1f} either way "
            f"({compared})",
        )
    if record.failures:
        overruled = f", {record.overruled} of them not agreed" if record.overruled else ""
        yield _figure("must-pass failures", f"{record.failures}{overruled}")
    if record.changes:
        works = counted(record.changed_works, "work")
        yield _figure("changed once sealed", f"{counted(record.changes, 'change')} on {works}")
    for caution in record.cautions:
        yield from item(caution, "dim")


def _grader_row(record: GraderRecord) -> tuple[Cell, ...]:
    return (
        record.grader,
        record.name,
        record.works,
        record.submissions,
        record.opened,
        record.mean_level,
        record.mean_percent,
        record.totals,
        record.compared,
        record.mean_below_agreed,
        record.mean_distance,
        record.failures,
        record.overruled,
        record.sealed_works,
        record.changed_works,
        record.changes,
        date.fromisoformat(record.first) if record.first else None,
        date.fromisoformat(record.last) if record.last else None,
        "; ".join(record.cautions) or None,
    )


def _overview(overview: Overview) -> Iterator[str]:
    submissions, works = sum(overview.submissions.values()), sum(overview.works.values())
    graders = counted(overview.graders, "grader")
    yield dress(
        f"{counted(submissions, 'submission')}, {counted(works, 'work')}, {graders}", "place"
    )
    for result, look in RESULT_LOOKS.items():
        if overview.submissions[result]:  # type: ignore[index]  # the looks name the results
            yield f"  {dress(f'{result:<{_NAME}}', look)}{overview.submissions[result]}"  # type: ignore[index]
    yield _figure("works", ", ".join(f"{count} {each}" for each, count in overview.works.items()))
    if overview.in_doubt:
        doubted = counted(overview.in_doubt, "result")
        yield _figure("in doubt", f"{doubted}, not counted here: a later one is not signed")
    if overview.replaced:
        yield _figure("replaced", f"{counted(overview.replaced, 'result')}, not counted here")
    if overview.last_appeal:
        yield _figure("last day for appeals", overview.last_appeal.isoformat())
    if overview.rules:
        yield dress("What moderation found, and in how many works", "place")
        most = max(len(str(count)) for count in overview.rules.values())
        for rule, count in overview.rules.items():
            yield _figure(rule, f"{count:>{most}}  {_RULES[rule]}")


def _overview_values(overview: Overview) -> dict[str, Any]:
    values = asdict(overview)
    values["last_appeal"] = overview.last_appeal.isoformat() if overview.last_appeal else None
    return values


def _rows(table: Table) -> list[dict[str, Any]]:
    names = [
        column.name.replace(" ", "_").replace("-", "_").replace("'", "") for column in table.columns
    ]
    return [
        {
            name: cell.isoformat() if isinstance(cell, date) else cell
            for name, cell in zip(names, row, strict=True)
        }
        for row in table.rows
    ]


def _figure(name: str, words: str) -> str:
    return f"  {name:<{_NAME}}{clean(words)}"
