"""Results that real moderation made of marks, as an office issues them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from casebook.domain.outcome.issued import DrawRecord, IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import Eligibility, Evaluation, ProtocolResult
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.moderation import Panel, judge_overall, moderate_work
from tests.portfolios.results import eligible, evaluated, issued, protocol_of

Levels: TypeAlias = Mapping[str, int]
"""Criterion's id -> level."""


def protocol_with(figures: Mapping[str, float] | None) -> ProtocolResult | None:
    """A session's check that gave some figures."""
    if figures is None:
        return None
    return protocol_of(1).model_copy(update={"figures": dict(figures)})


def moderated_work(
    policy: MarkingPolicy,
    rubric: Rubric,
    marks: Mapping[str, Levels],
    *,
    work: str = "case-1",
    figures: Mapping[str, float] | None = None,
    latest: str | None = None,
    asked: int | None = None,
) -> ModeratedWork:
    """What graders' levels come to by a policy.

    Args:
        policy: The rules.
        rubric: What is judged.
        marks: Grader's id -> levels.
        work: The work's id.
        figures: What the protocol's check of a session gave.
        latest: Who marked last.
        asked: How many are asked at first; as the policy says where left out.
    """
    evaluations: dict[str, Evaluation] = {
        grader: evaluated(
            rubric,
            [{"criterion": each, "level": level} for each, level in levels.items()],
            grader=f"Grader {grader}",
            work=work,
            protocol=protocol_with(figures),
        )
        for grader, levels in marks.items()
    }
    usual = policy.graders if rubric.judges == "case-study" else policy.session_graders
    return moderate_work(
        Panel(
            work=work,
            title="A case report",
            rubric=rubric,
            policy=policy,
            asked=asked or usual,
            marked=frozenset(evaluations),
            evaluations=evaluations,
            latest=latest,
        )
    )


def issued_from(
    rubrics: Mapping[Rubric, tuple[ModeratedWork, ...]],
    *,
    eligibility: Eligibility | None = None,
    draw: DrawRecord | None = None,
    **values: Any,  # noqa: ANN401 - whatever a result may hold
) -> IssuedResult:
    """The result of moderated works, by rubric."""
    works = [each for group in rubrics.values() for each in group]
    standing = eligibility or eligible()
    result, reasons = judge_overall(works, standing)
    made: dict[str, Any] = {"result": result, "reasons": reasons, "draw": draw}
    return issued(works, list(rubrics), eligibility=standing, **{**made, **values})
