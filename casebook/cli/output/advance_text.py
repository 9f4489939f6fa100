"""Who may go on, as text on a terminal."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.output.lines import wrapped
from casebook.cli.terminal import clean, dress
from casebook.domain.canonical import brief
from casebook.domain.outcome.advancement import Advancement, LevelStanding, NextLevel
from casebook.domain.outcome.results import RequirementResult
from casebook.workflow.advance import Advancing

_STATES: Final = {
    "certified": ("CERTIFIED", "good"),
    "expired": ("EXPIRED", "error"),
    "not-passed": ("NOT PASSED", "error"),
    "not-yet": ("NOT YET", "warning"),
    "no-result": ("NO RESULT", "warning"),
}
_STEP: Final = "-> "
_BELOW: Final = " " * len("    open  ")


def advancing_text(advancing: Advancing) -> str:
    """One block for each candidate: certificates, the next level, and what has to be known."""
    blocks = ("\n".join(_block(each)) for each in advancing.candidates)
    return "\n\n".join(blocks)


def _block(found: Advancement) -> Iterator[str]:
    rules = f"{found.program_name}, version {found.program_version}; on {found.on}"
    yield dress(found.candidate, "place")
    yield from wrapped(rules)
    for standing in found.standings:
        yield from _standing(standing)
    for privilege in found.may_now:
        yield from wrapped(f"may now: {privilege}", indent="  ")
    yield from _next(found)
    for note in found.notes:
        yield from wrapped(f"note: {note}", indent="  ")


def _standing(standing: LevelStanding) -> Iterator[str]:
    word, look = _STATES[standing.state]
    lasts = f" until {standing.until}" if standing.until and standing.state == "certified" else ""
    result = f"  {dress(f'result {brief(standing.result)}', 'dim')}" if standing.result else ""
    yield f"  {clean(standing.level_name)}: {dress(word + lasts, look)}{result}"
    yield from wrapped(standing.why, indent="    ")
    for step in standing.next_steps:
        yield from _advised(step, indent="    ")


def _next(found: Advancement) -> Iterator[str]:
    following = found.next_level
    if following is None:
        name = next(each.level_name for each in found.standings if each.level == found.level)
        yield from wrapped(f"{name} is the last level of this program.", indent="  ")
        return
    yield from _opening(following)
    for need in following.requirements:
        yield from _requirement(need)
    if not following.requirements:
        yield "    the program says nothing about who may enter it"


def _opening(following: NextLevel) -> Iterator[str]:
    word, look = ("OPEN", "good") if following.open else ("NOT OPEN", "error")
    when = ""
    if not following.open and following.earliest:
        when = f"; earliest {following.earliest}"
    yield f"  Next, {clean(following.level_name)}: {dress(word, look)}{when}"


def _requirement(need: RequirementResult) -> Iterator[str]:
    if need.met:
        sign = dress("met ", "good")
    else:
        sign = dress("open", "error") if need.strength == "hard" else dress("warn", "warning")
    first, *more = wrapped(need.says, indent=_BELOW)
    yield f"    {sign}  {first.removeprefix(_BELOW)}"
    yield from more
    yield from wrapped(need.why, "dim", indent=_BELOW)
    if need.next_step:
        earliest = f"; earliest date: {need.earliest}" if need.earliest else ""
        yield from _advised(f"{need.next_step}{earliest}", indent=_BELOW)


def _advised(text: str, indent: str) -> Iterator[str]:
    below = f"{indent}{' ' * len(_STEP)}"
    first, *more = wrapped(text, indent=below)
    yield f"{indent}{dress(_STEP, 'hint')}{first.removeprefix(below)}"
    yield from more
