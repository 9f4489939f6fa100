"""What another wording of a rubric would change, as plain values and as a table."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from casebook.cli.output.rescore_text import moved_by, summary, wanted_for
from casebook.cli.output.rubric_text import comparison_values
from casebook.diagnostics.writers import report_values
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.evaluation.rescoring import RescoredWork
from casebook.exchange.tables import Cell, Column, Table
from casebook.workflow.rubrics.rescoring import RescoredFile, Rescoring

_COLUMNS: Final = (
    Column("candidate"), Column("program"), Column("level", "number"), Column("result"),
    Column("new result"), Column("work"), Column("work's result"), Column("work's new result"),
    Column("total", "percent"), Column("new total", "percent"), Column("pass mark", "percent"),
    Column("new pass mark", "percent"), Column("changes"), Column("moved by"), Column("wanted"),
    Column("rubric"), Column("rubric digest"), Column("new rubric digest"),
    Column("issued", "date"), Column("submission"), Column("result digest"), Column("file"),
)  # fmt: skip


def rescoring_values(rescoring: Rescoring, *, every: bool) -> dict[str, Any]:
    """The preview for programs; with ``every``, unchanged results too."""
    shown = rescoring.results if every else rescoring.changed
    turned = sum(rescoring.verdicts.values())
    return {
        "rubric": {"id": rescoring.new.id, "digest": rescoring.new.digest},
        "wordings": [
            {"results": count, **comparison_values(comparison)}
            for comparison, count in rescoring.wordings
        ],
        "overview": {
            "says": summary(rescoring),
            "results": len(rescoring.results),
            "changed_results": turned,
            "changed_totals_alone": len(rescoring.changed) - turned,
            "unchanged": len(rescoring.results) - len(rescoring.changed),
            "verdicts": [
                {"before": before, "after": after, "count": count}
                for (before, after), count in rescoring.verdicts.items()
            ],
            "left_out": len(rescoring.left_out),
            "replaced": rescoring.replaced,
            "not_judged_by_it": rescoring.unconcerned,
            "other_rules": sum(each.other_rules for each in rescoring.results),
        },
        "results": [_result_values(each) for each in shown],
        "left_out": [asdict(each) for each in rescoring.left_out],
        **report_values(rescoring.checked.report),
    }


def rescoring_table(rescoring: Rescoring, *, every: bool) -> Table:
    """The preview for a spreadsheet, a row for each work of a result that would change.

    Args:
        rescoring: The preview.
        every: Whether there are rows too for results that would stay as they are.
    """
    shown = rescoring.results if every else rescoring.changed
    digest = rescoring.new.digest
    return Table("Rescored", _COLUMNS, tuple(row for each in shown for row in _rows(each, digest)))


def _result_values(each: RescoredFile) -> dict[str, Any]:
    result, rescored = each.filed.record, each.rescored
    return {
        "path": each.filed.path,
        "digest": each.filed.digest,
        "candidate": result.candidate,
        "program": result.program,
        "level": result.level,
        "submission": result.submission,
        "issued": result.issued.isoformat(),
        "result": {"before": result.result, "after": rescored.after},
        "changes": rescored.changes,
        "other_rules": each.other_rules,
        "works": [_work_values(work) for work in rescored.works],
    }


def _work_values(work: RescoredWork) -> dict[str, Any]:
    return {
        "work": work.before.work,
        "rubric_digest": work.before.rubric_digest,
        "changes": work.changes,
        "before": _standing(work.before),
        "after": _standing(work.after),
        "moves": [asdict(each) for each in work.moves],
        "rules": [each.model_dump(mode="json") for each in work.newly_fired],
        "needs": [each.model_dump(mode="json") for each in work.after.needs],
    }


def _standing(work: ModeratedWork) -> dict[str, Any]:
    percent = {} if work.cut_percent is None else {"percent": work.cut_percent}
    return {
        "result": work.result,
        **percent,
        "pass_percent": work.pass_percent,
        "counted": list(work.counted),
        "levels": {each.criterion: each.level for each in work.criteria},
    }


def _rows(each: RescoredFile, digest: str) -> Iterator[tuple[Cell, ...]]:
    result, rescored = each.filed.record, each.rescored
    for work in rescored.works:
        before, after = work.before, work.after
        yield (
            result.candidate,
            result.program,
            result.level,
            result.result,
            rescored.after,
            before.work,
            before.result,
            after.result,
            # Why cut: rounded, a total below the pass mark could read as the pass mark.
            before.cut_percent,
            after.cut_percent,
            before.pass_percent,
            after.pass_percent,
            "yes" if work.changes else "no",
            "; ".join(moved_by(work)) or None,
            " ".join(wanted_for(work)) or None,
            before.rubric,
            before.rubric_digest,
            digest,
            result.issued,
            result.submission,
            each.filed.digest,
            each.filed.path,
        )
