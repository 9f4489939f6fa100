"""An eligibility, said as findings: why, what next, and the earliest date."""

from collections.abc import Iterator, Mapping
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc
from casebook.domain.outcome.results import Eligibility
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program.requirements import DeadlineRequirement, Requirement
from casebook.rules.legibility import is_broken

_PLACES: Final[Mapping[str, Loc]] = {
    "course": ("course",),
    "practice": ("practice",),
    "case-studies": ("level",),
    "observed-sessions": ("level",),
    "certificate": ("certificates",),
    "deadline": ("course", "finished"),
}
"""Where in a portfolio's file a requirement of each kind can be met."""


def check_eligibility(
    main: Piece[PortfolioFile], eligibility: Eligibility, requirements: Mapping[str, Requirement]
) -> Iterator[Finding]:
    """Find the requirements that are not met; soft ones are warnings."""
    asks_course = any(each.needs == "course" for each in requirements.values())
    outdone = _outdone(eligibility, requirements)
    for result in eligibility.requirements:
        need = requirements[result.id].needs
        from_course = need in {"practice", "deadline"}
        if result.met or (from_course and asks_course and main.record.course is None):
            continue  # Without a course, that it is missing says it all.
        if result.id in outdone:
            continue
        way = _PLACES[need]
        needed = {str(way[0]), *(["course"] if from_course else [])}
        if any(is_broken(main, (key,)) for key in needed):
            continue  # Written but broken: that has its own finding.
        code = codes.NOT_YET_ELIGIBLE if result.strength == "hard" else codes.SOFT_REQUIREMENT
        step = result.next_step
        if step and need == "deadline" and main.record.course is not None:
            step = f"the program says: {step.rstrip('.')}"
        advice = [step, result.earliest and f"earliest date: {result.earliest}"]
        yield code.at(
            main.places.of(*way) if main.places.holds(*way) else main.places.of_key(*way),
            f"{result.says.rstrip('.')}: {result.why}",
            "; ".join(each for each in advice if each) or None,
        )


def _outdone(eligibility: Eligibility, requirements: Mapping[str, Requirement]) -> set[str]:
    """The advised deadlines that are past and have a later one past them: that one says more."""
    past = [
        (need.months_after_course, result)
        for result in eligibility.requirements
        if not result.met and isinstance(need := requirements[result.id], DeadlineRequirement)
    ]
    latest = max((months for months, _ in past), default=0)
    return {result.id for months, result in past if months < latest and result.strength == "soft"}
