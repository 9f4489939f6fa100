"""Results and appeals that follow each other, made by hand for tests of appeals and advancing."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from casebook.domain.outcome.issued import Appeal, Decision, Follows, IssuedResult
from casebook.domain.outcome.results import RequirementResult
from casebook.evaluation.lineage import Filed, ResultLine, filed, trace
from casebook.workflow.results.files import write_new
from tests.portfolios.results import eligible, evaluated, issued, moderated, rubric_of

RUBRIC: Final = rubric_of(
    {
        "id": "session",
        "judges": "case-study",
        "pass_percent": 50,
        "criteria": [
            {
                "id": "safety",
                "title": "Safety",
                "asks": "Was it safe?",
                "must_pass": {"level": 1, "reason": "Nothing makes up for harm."},
                "levels": [
                    {"level": each, "label": f"Step {each}", "describes": "Seen."}
                    for each in range(3)
                ],
            }
        ],
    }
)

FIRST: Final = date(2026, 7, 1)
"""The day of a result where a test does not care."""


def result(
    level: int = 1,
    on: date = FIRST,
    mark: int = 2,
    submission: str = "5b",
    deadlines: tuple[RequirementResult, ...] = (),
    **values: Any,  # noqa: ANN401 - whatever a result may hold
) -> IssuedResult:
    """A result of the program nkt for one case study: passed with a mark of 1 or 2 of 2.

    Its seal tells the mark, so that another mark is another seal.
    """
    evaluation = evaluated(RUBRIC, [_mark(mark)], grader="Kim Doe", work="low-back")
    made = issued(
        [moderated(RUBRIC, {"kim": evaluation})],
        [RUBRIC],
        eligibility=eligible(*deadlines),
        **{
            "program": "nkt",
            "level": level,
            "level_name": f"Level {('One', 'Two', 'Three')[level - 1]}",
            "issued": on,
            "appeal_until": None,
            "submission": submission * 32,
            "seals": [{"work": "low-back", "grader": "kim", "seal": f"{mark:02d}" * 32}],
        }
        | values,
    )
    return IssuedResult.model_validate(made.model_dump())


def _mark(level: int) -> dict[str, Any]:
    return {"criterion": "safety", "level": level, "note": "Seen.", "place": "day 7"}


def limit(requirement: str, until: str, strength: str = "hard") -> RequirementResult:
    """A time limit that was kept when the result was made."""
    return RequirementResult.model_validate(
        {
            "id": requirement, "says": f"Be in time for {requirement}.", "strength": strength,
            "met": True, "why": f"the last day is {until}", "until": until,
        }
    )  # fmt: skip


def appeal(against: IssuedResult, on: date, grounds: str = "My session was safe.") -> Appeal:
    """An open appeal."""
    return Appeal(
        kind="appeal",
        format=1,
        result=against.digest,
        candidate=against.candidate,
        opened=on,
        grounds=grounds,
    )


def decided(opened: Appeal, on: date, outcome: str = "dismissed") -> Appeal:
    """The same appeal with a decision."""
    decision = Decision.model_validate(
        {"decided": on, "outcome": outcome, "reason": "We looked again.", "by": "Lou Lee"}
    )
    return opened.model_copy(update={"decision": decision})


def outcome_of(
    ruling: Appeal, against: IssuedResult, new: IssuedResult | None = None
) -> IssuedResult:
    """The result that a decided appeal ends with."""
    decision = ruling.decision
    assert decision is not None
    follows = Follows(
        result=against.digest,
        appeal=ruling.digest,
        outcome=decision.outcome,
        reason=decision.reason,
    )
    update = {"issued": decision.decided, "appeal_until": None, "follows": follows}
    return (new or against).model_copy(update=update)


def named(**records: IssuedResult) -> tuple[Filed[IssuedResult], ...]:
    """Results with the names of their files."""
    return tuple(filed(f"{name}.result.json", record) for name, record in records.items())


def appeals_named(**records: Appeal) -> tuple[Filed[Appeal], ...]:
    """Appeals with the names of their files."""
    return tuple(filed(f"{name}.appeal.json", record) for name, record in records.items())


def lines(**records: IssuedResult) -> tuple[ResultLine, ...]:
    """The lines of some results."""
    return trace(named(**records)).lines


def written(folder: Path, **records: IssuedResult | Appeal) -> dict[str, Path]:
    """The files of results and appeals, by their short names."""
    paths = {}
    for name, record in records.items():
        suffix = "result" if isinstance(record, IssuedResult) else "appeal"
        paths[name] = folder / f"{name}.{suffix}.json"
        write_new(paths[name], record)
    return paths
