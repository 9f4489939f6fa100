"""What somebody can do who did not pass: hand in what, by when, or appeal."""

from collections.abc import Iterator, Mapping
from datetime import date

from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import RequirementResult
from casebook.domain.program.program import CertificationLevel
from casebook.domain.program.requirements import DeadlineRequirement


def steps_after(result: IssuedResult, level: CertificationLevel, on: date) -> Iterator[str]:
    """What can be done after a result that is no pass, most pressing first.

    Args:
        result: The result, with the time limits that were found for it.
        level: Its level as the program at hand has it: what follows when a limit is over.
        on: The day it is asked.
    """
    if result.result == "incomplete":
        yield "have the missing marks made; `casebook moderate` says whose"
        return
    after = {
        each.id: each.consequence
        for each in level.requirements
        if isinstance(each, DeadlineRequirement)
    }
    limits = sorted(
        (each for each in result.eligibility.requirements if each.until),
        key=lambda each: str(each.until),
    )
    over = [each for each in limits if str(each.until) < on.isoformat()]
    lapsed = [each for each in over if each.strength == "hard"]
    for limit in lapsed:
        yield f"{_consequence(limit, after)} The last day was {limit.until}."
    yield from _shortfalls(result, lapsed=bool(lapsed))
    for limit in limits:
        if limit not in over:
            ahead = f"by {limit.until}: {_sentence(limit.says)}"
            yield f"{ahead} After that: {_consequence(limit, after)}"
        elif limit.strength == "soft" and not lapsed:
            yield f"{limit.until} is over: {_consequence(limit, after)}"
    yield from _appeal(result, on)


def _shortfalls(result: IssuedResult, *, lapsed: bool) -> Iterator[str]:
    """What did not pass, and which requirement was not met."""
    for work in result.works:
        if work.result != "pass":
            what = f"`{work.work}` fell short" if lapsed else f"hand in `{work.work}` again"
            yield f"{what}: {_shortfall(work)}"
    for need in result.eligibility.requirements:
        if need.strength == "hard" and not need.met and not need.until:
            clauses = (need.says, need.why, need.next_step)
            yield " ".join(_sentence(each) for each in clauses if each)


def _shortfall(work: ModeratedWork) -> str:
    """Why a work did not pass."""
    short = []
    if work.cut_percent is not None and work.cut_percent < work.pass_percent:
        short.append(f"{work.cut_percent:g} % of the {work.pass_percent:g} % needed")
    if missed := [each.title for each in work.criteria if each.reached is False]:
        short.append(f"what must be passed was not: {', '.join(missed)}")
    return "; ".join(short) or "it did not pass"


def _consequence(limit: RequirementResult, after: Mapping[str, str]) -> str:
    """What follows once a limit is over, by the program at hand; else what the result said."""
    return _sentence(after.get(limit.id) or limit.next_step or "ask the certifying body")


def _sentence(text: str) -> str:
    """A clause as a sentence of its own."""
    said = f"{text[:1].upper()}{text[1:]}"
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def _appeal(result: IssuedResult, on: date) -> Iterator[str]:
    if result.follows is not None:
        yield f"the appeal was {result.follows.outcome} on {result.issued}"
    if result.appeal_until is None:
        return
    if on <= result.appeal_until:
        yield f"or appeal, by {result.appeal_until}"
    else:
        yield f"the time for an appeal ended on {result.appeal_until}"
