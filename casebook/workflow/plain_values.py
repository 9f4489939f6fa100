"""What came of the main jobs as plain values, as JSON writes them: for one file, or in a batch.

Why types alone are imported: to write down a score, nobody has to load what renders.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casebook.diagnostics.writers import report_values

if TYPE_CHECKING:
    from casebook.workflow.render import Rendering
    from casebook.workflow.score import ScoredWork, Scoring
    from casebook.workflow.submit import Submitted
    from casebook.workflow.verification import VerificationReport


def scoring_values(scoring: "Scoring") -> dict[str, Any]:
    """One evaluation as it is; of several or none, the result of all and why."""
    if len(scoring.works) == 1 and not scoring.unscored:
        return _work_values(scoring.works[0])
    reasons = [f"{each.work}: {each.result}" for each in scoring.evaluations]
    return {
        "result": scoring.result,
        "reasons": [*reasons, *scoring.unscored],
        "works": [_work_values(work) for work in scoring.works],
    }


def rendering_values(rendering: "Rendering") -> dict[str, Any]:
    """The files that were made, and what was found."""
    written = [str(made) for made in rendering.written]
    return {"written": written, **report_values(rendering.checked.report)}


def submitted_values(done: "Submitted") -> dict[str, Any]:
    """Whether there is a submission, where, whose, and what was found."""
    return {
        "submitted": done.path is not None,
        "path": str(done.path) if done.path else None,
        "signer": done.signer,
        "sealed_to": done.sealed_to,
        "results": {each.work: each.result for each in done.evaluations},
        **report_values(done.checked.report),
    }


def verification_values(report: "VerificationReport") -> dict[str, Any]:
    """The verdict and the numbered steps."""
    return {
        "ok": report.ok,
        "steps": [
            {"number": number, **asdict(step)} for number, step in enumerate(report.steps, start=1)
        ],
    }


def _work_values(work: "ScoredWork") -> dict[str, Any]:
    """An evaluation, each fault of its protocol with its place; what is not known is left out."""
    values = work.evaluation.model_dump(mode="json", exclude_none=True)
    for fault in values.get("protocol", {}).get("faults", ()):
        place = work.place_of_event(fault["event"])
        fault |= {"path": place.path, "line": place.span.line, "column": place.span.column}
    return values
