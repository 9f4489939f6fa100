"""Results of two candidates and three graders."""

from typing import Any

import pytest

from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import RuleFired
from casebook.domain.program.rubric import Rubric
from tests.portfolios.results import MakeResult, evaluated, issued, moderated, rubric_of


@pytest.fixture
def rubric() -> Rubric:
    levels = [
        {"level": level, "label": label, "describes": f"What is {label}."}
        for level, label in enumerate(("poor", "fair", "good"))
    ]
    criteria = [
        {"id": "safety", "title": "Safety", "asks": "Safe?", "levels": levels,
         "must_pass": {"level": 1, "reason": "Harm."}},
        {"id": "why", "title": "Why", "asks": "Why?", "levels": levels},
    ]  # fmt: skip
    values = {"id": "case", "judges": "case-study", "pass_percent": 62.5, "criteria": criteria}
    return rubric_of(values)


@pytest.fixture
def result(rubric: Rubric) -> MakeResult:
    """Makes a result of one case; each grader's levels of safety and of why."""

    def make(
        levels: dict[str, tuple[int, int]],
        **values: Any,  # noqa: ANN401 - whatever a result may hold
    ) -> IssuedResult:
        evaluations = {
            grader: evaluated(
                rubric,
                [{"criterion": "safety", "level": safety}, {"criterion": "why", "level": why}],
                grader=grader.title(),
            )
            for grader, (safety, why) in levels.items()
        }
        rules = [RuleFired(rule="within-tolerance", says="their totals agree")]
        return issued([moderated(rubric, evaluations, rules=rules)], [rubric], **values)

    return make
