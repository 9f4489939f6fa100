"""Whether a candidate may go on to the next level: each requirement with why, what next, and when.

Every rule is the program's: what opens a class, how long a certificate holds, how long before a
class it should be there. A result is never judged anew.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from casebook.domain.outcome.advancement import Advancement, LevelStanding, NextLevel
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.results import RequirementResult
from casebook.domain.program.program import CertificationLevel, Program
from casebook.domain.program.requirements import (
    AdmissionRequirement,
    PreviousLevelRequirement,
    TimeBeforeClassRequirement,
)
from casebook.evaluation.certificates import (
    Certificate,
    certificate_at,
    certificates,
    holds,
    standing_at,
)
from casebook.evaluation.eligibility import months_later
from casebook.evaluation.lineage import ResultLine


def advance(
    lines: Sequence[ResultLine],
    program: Program,
    on: date,
    level: int | None = None,
    class_on: date | None = None,
) -> Advancement:
    """Say where a candidate stands and whether the next level is open.

    Args:
        lines: One candidate's results in this program; at least one line.
        program: The rules to go by.
        on: The day to judge for.
        level: The level to go on from; the highest with a result when left out.
        class_on: The day of the class that is in view.
    """
    ours = [line for line in lines if program.level(_of(line).level)]
    levels = sorted(program.rules.levels, key=lambda each: each.level)
    shown = {_of(line).level for line in ours}
    seen_from = level if level is not None else max(shown, default=levels[0].level)
    held = certificates(ours, program)
    standings = {
        each.level: standing_at(
            each, [line for line in ours if _of(line).level == each.level], held, on
        )
        for each in levels
    }
    above = next((each for each in levels if each.level > seen_from), None)
    return Advancement(
        candidate=_of(lines[0]).candidate,
        program=program.rules.id,
        program_name=program.rules.name,
        program_version=program.rules.version,
        on=on.isoformat(),
        class_on=class_on.isoformat() if class_on else None,
        level=seen_from,
        standings=tuple(standings[each] for each in sorted(shown | {seen_from})),
        may_now=tuple(_privileges(levels, held, on)),
        next_level=_next_level(above, levels, held, standings, on, class_on) if above else None,
        notes=(*_past_class(on, class_on), *_notes(lines, program)),
    )


def latest_before(class_on: date, months: int) -> date:
    """The last day from which so many months have passed by the day of a class."""
    day = months_later(class_on, -months)
    # Why: 31 March and a month is 30 April, though a month before 30 April is 30 March.
    while months_later(day + timedelta(days=1), months) <= class_on:
        day += timedelta(days=1)
    return day


def _of(line: ResultLine) -> IssuedResult:
    return line.newest.record


def _privileges(
    levels: Sequence[CertificationLevel], held: Sequence[Certificate], on: date
) -> Iterator[str]:
    """What certificates in force on a day allow: at their own level and at those below."""
    current = {
        each.level for each in levels if (got := certificate_at(each, held, on)) and holds(got, on)
    }
    for each in levels:
        if any(number >= each.level for number in current):
            yield from (privilege.says for privilege in each.privileges)


def _next_level(  # noqa: PLR0913, PLR0917 - what a verdict rests on
    above: CertificationLevel,
    levels: Sequence[CertificationLevel],
    held: Sequence[Certificate],
    standings: dict[int, LevelStanding],
    on: date,
    class_on: date | None,
) -> NextLevel:
    by_number = {each.level: each for each in levels}
    results = tuple(
        _judge(need, by_number.get(need.level_held), held, standings, on, class_on)
        for need in above.opened_by
    )
    waiting = [each.earliest for each in results if each.strength == "hard" and not each.met]
    earliest = max(filter(None, waiting)) if waiting and all(waiting) else None
    return NextLevel(
        level=above.level,
        level_name=above.name,
        open=not waiting,
        requirements=results,
        earliest=earliest if waiting else on.isoformat(),
    )


def _judge(  # noqa: PLR0913, PLR0917 - what a verdict rests on
    need: AdmissionRequirement,
    level: CertificationLevel | None,
    held: Sequence[Certificate],
    standings: dict[int, LevelStanding],
    on: date,
    class_on: date | None,
) -> RequirementResult:
    found = certificate_at(level, held, on) if level else None
    if level is None or found is None:
        standing = standings.get(need.level_held)
        later = [each for each in held if each.level == need.level_held]
        return _missing(need, standing, later, class_on)
    if isinstance(need, PreviousLevelRequirement):
        return _certificate(need, level, found, on, class_on)
    return _time_before(need, level, found, class_on)


def _missing(
    need: AdmissionRequirement,
    standing: LevelStanding | None,
    later: Sequence[Certificate],
    class_on: date | None,
) -> RequirementResult:
    """No certificate yet: why not, and what comes first."""
    name = standing.level_name if standing else f"level {need.level_held}"
    if isinstance(need, TimeBeforeClassRequirement):
        months = need.months_before_class
        by = f"be certified by {latest_before(class_on, months)}" if class_on else None
        return _result(
            need,
            met=False,
            why=f"it counts from the certificate at {name}, which is not there yet",
            next_step=by,
            earliest=months_later(later[0].since, months) if later else None,
        )
    why = standing.why if standing else f"the program has no {name}"
    return _result(
        need,
        met=False,
        why=f"not certified at {name}: {why}",
        next_step="wait until then" if later else f"get certified at {name} first",
        earliest=later[0].since if later else None,
    )


def _certificate(
    need: PreviousLevelRequirement,
    level: CertificationLevel,
    found: Certificate,
    on: date,
    class_on: date | None,
) -> RequirementResult:
    day = class_on or on
    lasts = f", until {found.until}" if found.until else ""
    if found.since > day:
        return _result(
            need,
            met=False,
            why=f"certified at {level.name} on {found.since}, after the class on {day}",
            next_step="choose a later class",
            earliest=found.since,
        )
    if holds(found, day):
        return _result(need, met=True, why=f"certified at {level.name} on {found.since}{lasts}")
    assert level.validity is not None  # noqa: S101 - without one no certificate ends
    afterwards = level.validity.afterwards
    if holds(found, on):
        why = f"the certificate at {level.name} ends on {found.until}, before the class on {day}"
        step = f"choose a class by {found.until}, or: {afterwards}"
    else:
        why = f"the certificate at {level.name} ended on {found.until}"
        step = afterwards
    return _result(need, met=False, why=why, next_step=step)


def _time_before(
    need: TimeBeforeClassRequirement,
    level: CertificationLevel,
    found: Certificate,
    class_on: date | None,
) -> RequirementResult:
    first = months_later(found.since, need.months_before_class)
    certified = f"certified at {level.name} on {found.since}"
    if class_on is None:
        why = f"{certified}, which suits a class on {first} or later"
        return _result(need, met=True, why=why)
    if first <= class_on:
        return _result(need, met=True, why=f"{certified}; the class is on {class_on}")
    by = latest_before(class_on, need.months_before_class)
    return _result(
        need,
        met=False,
        why=f"{certified}; for the class on {class_on} it would have been {by}",
        next_step="ask for a later class, if that is possible",
        earliest=first,
    )


def _result(
    need: AdmissionRequirement,
    *,
    met: bool,
    why: str,
    next_step: str | None = None,
    earliest: date | None = None,
) -> RequirementResult:
    return RequirementResult(
        id=need.id,
        says=need.says,
        strength=need.strength,
        met=met,
        why=why,
        next_step=next_step,
        earliest=earliest.isoformat() if earliest else None,
    )


def _other_rules(lines: Sequence[ResultLine], program: Program) -> Iterator[str]:
    """By which version of the rules results were made, where it is not the one at hand."""
    rules = program.rules
    made_by: dict[str, list[str]] = {}
    for line in lines:
        newest, path = _of(line), line.newest.path
        if program.level(newest.level) is None:
            yield f"{path} is about level {newest.level}, which {rules.id} does not have"
        elif newest.program_version != rules.version:
            made_by.setdefault(newest.program_version, []).append(path)
    for version, paths in sorted(made_by.items()):
        yield (
            f"version {rules.version} of the rules says how long a certificate holds and what it "
            f"opens; what was passed by version {version} stays passed ({', '.join(paths)})"
        )


def _past_class(on: date, class_on: date | None) -> Iterator[str]:
    if class_on is not None and class_on < on:
        yield f"the class on {class_on} lies before {on}, the day this is judged for"


def _notes(lines: Sequence[ResultLine], program: Program) -> Iterator[str]:
    """What has to be known beside the verdict."""
    at = Counter(_of(line).level for line in lines)
    yield from _other_rules(lines, program)
    for line in lines:
        for appeal in line.undecided:
            yield f"{appeal.path}: an appeal of {appeal.record.opened} is not decided yet"
        if len(line.results) > 1:
            first = ", ".join(each.path for each in line.results[:-1])
            yield f"{line.newest.path} counts; it came after {first}"
    for number, count in sorted(at.items()):
        if count > 1:
            yield (
                f"{count} submissions at level {number} stand under this name; if they are of two "
                "people, give each one's results by themselves"
            )
