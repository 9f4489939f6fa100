"""What all works of a submission come to."""

from casebook.domain.outcome.results import Eligibility, RequirementResult
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.evaluation.moderation import judge_overall, moderate_work
from casebook.language import speaking
from tests.portfolios.panels import panel, rubric


def eligibility(*, met: bool = True) -> Eligibility:
    requirement = RequirementResult(
        id="course", says="Finish the course.", strength="hard", met=met, why="15 of 20 hours"
    )
    advice = RequirementResult(id="soon", says="Be quick.", strength="soft", met=False, why="late")
    return Eligibility(
        program="Own", level=1, level_name="One", on="2026-07-01", eligible=met,
        requirements=(requirement, advice),
    )  # fmt: skip


GOOD = moderate_work(panel({"a": (4, 4)}))
POOR = moderate_work(panel({"a": (1, 2)}))
UNSAFE = moderate_work(panel({"a": (0, 4)}, None, rubric(2, must_pass={0: 1})))
OPEN = moderate_work(panel({"a": (1, None)}))


def test_everything_passed_and_met_is_a_pass() -> None:
    """Soft requirements are advice."""
    result, reasons = judge_overall([GOOD, GOOD], eligibility())
    assert result == "pass"
    assert reasons[0] == "'A case report' is passed with 100.0 %"
    assert reasons[-1] == "every requirement of the level is met"


def test_one_failed_work_fails_it() -> None:
    """By its total (3 of 8 are 37.5 %), or by what nothing makes up for."""
    result, reasons = judge_overall([GOOD, POOR, UNSAFE], eligibility())
    assert result == "fail"
    assert reasons[1:3] == (
        "'A case report' is failed with 37.5 %; passing begins at 50 %",
        "'A case report' is failed on 'C0', which nothing makes up for",
    )


def test_a_hard_requirement_that_is_not_met_fails_it() -> None:
    """Good marks are no course."""
    result, reasons = judge_overall([GOOD], eligibility(met=False))
    assert result == "fail"
    assert reasons[-1] == "a requirement is not met: Finish the course. 15 of 20 hours"


def test_it_is_incomplete_while_anything_is_wanted() -> None:
    """Even where another work has failed."""
    result, reasons = judge_overall([POOR, OPEN], eligibility())
    assert (result, reasons) == ("incomplete", OPEN.reasons)


def test_reasons_are_told_in_the_language_spoken() -> None:
    """The sentences of the rules and of the result are casebook's own words."""
    policy = MarkingPolicy(graders=2)
    with speaking("de"):
        work = moderate_work(panel({"a": (4, 4), "b": (4, 4)}, policy))
        _, reasons = judge_overall([work], eligibility())
    english = moderate_work(panel({"a": (4, 4), "b": (4, 4)}, policy))
    assert all(one.says != other.says for one, other in zip(work.rules, english.rules, strict=True))
    assert "erfüllt" in reasons[-1]
