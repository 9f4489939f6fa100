"""Who may go on, as text on a terminal."""

import textwrap
from collections.abc import Iterator
from typing import Final

from casebook.cli.terminal import clean, dress
from casebook.domain.advancement import Advancement, LevelStanding, NextLevel
from casebook.domain.canonical import brief
from casebook.domain.results import RequirementResult
from casebook.workflow.advance import Advancing

_STATES: Final = {
    "certified": ("CERTIFIED", "good"),
    "expired": ("EXPIRED", "error"),
    "not-passed": ("NOT PASSED", "error"),
    "not-yet": ("NOT YET", "warning"),
    "no-result": ("NO RESULT", "warning"),
}
_WIDTH: Final = 100
_STEP: Final = "-> "


def advancing_text(advancing: Advancing, width: int | None) -> str:
    """One block for each candidate: certificates, the next level, and what has to be known."""
    room = min(width or _WIDTH, _WIDTH)
    blocks = ("\n".join(_block(each, room)) for each in advancing.candidates)
    return "\n\n".join(blocks)


def _block(found: Advancement, room: int) -> Iterator[str]:
    rules = f"{found.program_name}, version {found.program_version}; on {found.on}"
    yield dress(found.candidate, "place")
    yield from _wrapped(rules, room, "")
    for standing in found.standings:
        yield from _standing(standing, room)
    for privilege in found.may_now:
        yield from _wrapped(f"may now: {privilege}", room, "  ")
    yield from _next(found, room)
    for note in found.notes:
        yield from _wrapped(f"note: {note}", room, "  ")


def _standing(standing: LevelStanding, room: int) -> Iterator[str]:
    word, look = _STATES[standing.state]
    lasts = f" until {standing.until}" if standing.until and standing.state == "certified" else ""
    result = f"  {dress(f'result {brief(standing.result)}', 'dim')}" if standing.result else ""
    yield f"  {clean(standing.level_name)}: {dress(word + lasts, look)}{result}"
    yield from _wrapped(standing.why, room, "    ")
    for step in standing.next_steps:
        yield from _advised(step, room, "    ")


def _next(found: Advancement, room: int) -> Iterator[str]:
    following = found.next_level
    if following is None:
        name = next(each.level_name for each in found.standings if each.level == found.level)
        yield from _wrapped(f"{name} is the last level of this program.", room, "  ")
        return
    yield from _opening(following)
    for need in following.requirements:
        yield from _requirement(need, room)
    if not following.requirements:
        yield "    the program says nothing about who may enter it"


def _opening(following: NextLevel) -> Iterator[str]:
    word, look = ("OPEN", "good") if following.open else ("NOT OPEN", "error")
    when = ""
    if not following.open and following.earliest:
        when = f"; earliest {following.earliest}"
    yield f"  Next, {clean(following.level_name)}: {dress(word, look)}{when}"


def _requirement(need: RequirementResult, room: int) -> Iterator[str]:
    if need.met:
        sign = dress("met ", "good")
    else:
        sign = dress("open", "error") if need.strength == "hard" else dress("warn", "warning")
    first, *more = _wrapped(need.says, room - len("    open  "), "")
    yield f"    {sign}  {first}"
    yield from (f"          {line}" for line in more)
    yield from (dress(line, "dim") for line in _wrapped(need.why, room, "          "))
    if need.next_step:
        earliest = f"; earliest date: {need.earliest}" if need.earliest else ""
        yield from _advised(f"{need.next_step}{earliest}", room, "          ")


def _advised(text: str, room: int, indent: str) -> Iterator[str]:
    lines = _wrapped(text, room - len(indent) - len(_STEP), "")
    for number, line in enumerate(lines):
        yield f"{indent}{dress(_STEP if number == 0 else ' ' * len(_STEP), 'hint')}{line}"


def _wrapped(text: str, room: int, indent: str) -> list[str]:
    return textwrap.wrap(
        clean(" ".join(text.split())),
        room,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
