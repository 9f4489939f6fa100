"""How a candidate stands at one level by issued results: since when, until when, what next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casebook.domain.outcome.advancement import LevelStanding
from casebook.domain.program.program import CertificationLevel, Program
from casebook.evaluation.eligibility import months_later
from casebook.evaluation.lineage import ResultLine
from casebook.evaluation.second_try import steps_after


@dataclass(frozen=True, slots=True)
class Certificate:
    """A passed level.

    Attributes:
        level: Its number.
        since: The day of the result that first said so.
        until: The last day it holds by itself; None where the program sets no end.
        digest: The digest of the result that counts.
    """

    level: int
    since: date
    until: date | None
    digest: str


def certificates(lines: Iterable[ResultLine], program: Program) -> tuple[Certificate, ...]:
    """A certificate for each line that ends with a pass, earliest first."""
    found = []
    for line in lines:
        newest = line.newest.record
        level = program.level(newest.level)
        if newest.result != "pass" or level is None:
            continue
        since = _passed_since(line)
        until = months_later(since, level.validity.months) if level.validity else None
        found.append(Certificate(newest.level, since, until, line.newest.digest))
    return tuple(sorted(found, key=lambda each: (each.since, each.level, each.digest)))


def certificate_at(
    level: CertificationLevel, held: Iterable[Certificate], on: date
) -> Certificate | None:
    """The certificate at a level that lasts longest of those issued by a day, ended or not.

    Where the program lets a higher level start the time anew, the end is that of the highest.
    """
    issued = [each for each in held if each.since <= on]
    own = [each for each in issued if each.level == level.level]
    if not own:
        return None
    # Why the newest lasts longest: all at one level hold for equally many months.
    newest = max(own, key=lambda each: each.since)
    if level.validity is None or not level.validity.restarts_at_higher_level:
        return newest
    ends = [each.until for each in issued if each.level >= level.level]
    return replace(newest, until=None if None in ends else max(filter(None, ends)))


def holds(certificate: Certificate, on: date) -> bool:
    """Whether a certificate is in force on a day; its last day counts."""
    return certificate.since <= on and (certificate.until is None or on <= certificate.until)


def standing_at(
    level: CertificationLevel,
    lines: Sequence[ResultLine],
    held: Sequence[Certificate],
    on: date,
) -> LevelStanding:
    """How a candidate stands at a level on a day.

    Args:
        level: The level, as the program at hand has it.
        lines: The candidate's lines at this level.
        held: The candidate's certificates at all levels.
        on: The day.
    """
    found = certificate_at(level, held, on)
    if found is not None:
        return _certified(level, found, lines, on)
    later = [each for each in held if each.level == level.level]
    if later:
        first = later[0]
        return _standing(
            level, "not-yet", f"the pass is dated {first.since}, which is after {on}",
            ("wait until then, or correct the date",), first.digest,
        )  # fmt: skip
    if not lines:
        return _standing(
            level, "no-result", f"there is no result for {level.name} here",
            (f"hand in the work for {level.name}, or name its result too",),
        )  # fmt: skip
    line = max(lines, key=lambda each: (each.newest.record.issued, each.newest.path))
    return _not_passed(level, line, on)


def _passed_since(line: ResultLine) -> date:
    """The day of the pass that no other result came between: a confirmation starts nothing anew."""
    since = line.newest.record.issued
    for each in reversed(line.results):
        if each.record.result != "pass":
            break
        since = min(since, each.record.issued)
    return since


def _certified(
    level: CertificationLevel, found: Certificate, lines: Sequence[ResultLine], on: date
) -> LevelStanding:
    in_force = holds(found, on)
    later = [
        each.newest.record
        for each in lines
        if each.newest.record.result != "pass" and found.since < each.newest.record.issued <= on
    ]
    steps = [] if in_force or level.validity is None else [level.validity.afterwards]
    for each in later:
        steps += steps_after(each, level, on)
    why = f"passed on {found.since}"
    if found.until is None:
        why += "; the program sets no end"
    elif not in_force:
        why += f"; it ended on {found.until}"
    if later:
        why += f"; work handed in later did not pass on {later[-1].issued}"
    return LevelStanding(
        level=level.level,
        level_name=level.name,
        state="certified" if in_force else "expired",
        why=why,
        result=found.digest,
        since=found.since.isoformat(),
        until=found.until.isoformat() if found.until else None,
        next_steps=tuple(steps),
    )


def _not_passed(level: CertificationLevel, line: ResultLine, on: date) -> LevelStanding:
    result = line.newest.record
    if result.issued > on:
        return _standing(
            level, "not-yet", f"the result is dated {result.issued}, which is after {on}",
            ("wait until then, or correct the date",), line.newest.digest,
        )  # fmt: skip
    word = "is not complete" if result.result == "incomplete" else "is a fail"
    return _standing(
        level, "not-passed", f"the result of {result.issued} {word}",
        tuple(steps_after(result, level, on)), line.newest.digest,
    )  # fmt: skip


def _standing(
    level: CertificationLevel,
    state: str,
    why: str,
    next_steps: tuple[str, ...],
    digest: str | None = None,
) -> LevelStanding:
    return LevelStanding.model_validate(
        {
            "level": level.level,
            "level_name": level.name,
            "state": state,
            "why": why,
            "next_steps": next_steps,
            "result": digest,
        }
    )
