"""One grader's marks on many works, beside what was agreed: a few figures, and when there are none.

Source:
    The figures are plain counts and means. Whether a grader is severe, with an interval, is what
    ``casebook.evaluation.agreement.severity`` says.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

FEWEST_COMPARED: Final = 5
"""Below so many works no mean of differences is given: one work moves it by a fifth or more."""

FEW: Final = 20
"""Below so many works its figures come with a word of caution."""


@dataclass(frozen=True, slots=True)
class JudgedWork:
    """What files know of one grader's marks on one piece of work.

    Attributes:
        grader: The grader's id; the name where there is none.
        name: The grader's name.
        submission: What tells one candidate's works from another's.
        work: The work's id.
        shares: Of each criterion with a level, the level's share of its scale, 0 to 1.
        percent: The grader's own total; None while it is incomplete or sealed.
        agreed_percent: What was agreed; None without a result.
        graders: How many graders marked the work, as far as is known.
        failures: The must-pass criteria that this grader failed.
        overruled: Those of them that were passed in the agreed result.
        changes: Changes after sealing; None where nothing tells of sealing.
        sealed: The day of sealing, year-month-day.
        changed: The day of the last change after it.
        issued: The day of the result.
    """

    grader: str
    name: str
    submission: str
    work: str
    shares: tuple[float, ...] = ()
    percent: float | None = None
    agreed_percent: float | None = None
    graders: int = 1
    failures: int = 0
    overruled: int = 0
    changes: int | None = None
    sealed: str | None = None
    changed: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class GraderRecord:
    """One grader in figures; None stands where there is nothing, or too little, to say.

    Attributes:
        grader: The grader's id.
        name: The grader's name.
        works: How many works the grader has marked.
        submissions: Of how many candidates.
        opened: How many of the works have levels that may be looked at.
        mean_level: The mean of all levels, each as a percentage of its criterion's scale.
        mean_percent: The mean of the grader's totals.
        totals: How many totals that is made of.
        compared: Works with other graders and an agreed result.
        mean_below_agreed: Over those, the agreed total less the grader's own, in points: above
            zero is strict, as in ``casebook.evaluation.agreement.severity``.
        mean_distance: The same without signs.
        failures: Must-pass criteria that the grader failed.
        overruled: Those of them that were passed in the agreed result.
        changed_works: Sealed works that were changed afterwards.
        changes: How often, all told.
        sealed_works: How many works are known to be sealed.
        first: The first day of sealing, or of results where no sealing is known.
        last: The last such day.
    """

    grader: str
    name: str
    works: int
    submissions: int
    opened: int
    mean_level: float | None
    mean_percent: float | None
    totals: int
    compared: int
    mean_below_agreed: float | None
    mean_distance: float | None
    failures: int
    overruled: int
    changed_works: int
    changes: int
    sealed_works: int
    first: str | None
    last: str | None

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a reader of the figures has to know, in a sentence each."""
        said = []
        if self.compared < FEWEST_COMPARED:
            said.append(
                f"works to compare: {self.compared}; a mean of differences needs {FEWEST_COMPARED}"
            )
        elif self.compared < FEW:
            said.append(f"works to compare: {self.compared}; a single one still weighs much")
        return tuple(said)


def grader_records(works: Iterable[JudgedWork]) -> tuple[GraderRecord, ...]:
    """Sum up each grader's works, by name; the order they come in makes no difference."""
    by_grader: dict[str, list[JudgedWork]] = defaultdict(list)
    for each in works:
        by_grader[each.grader].append(each)
    records = (_record(grader, found) for grader, found in by_grader.items())
    return tuple(sorted(records, key=lambda each: (each.name.casefold(), each.grader)))


def _record(grader: str, works: Sequence[JudgedWork]) -> GraderRecord:
    shares = [share for each in works for share in each.shares]
    totals = [each.percent for each in works if each.percent is not None]
    differences = [
        each.agreed_percent - each.percent
        for each in works
        if each.percent is not None and each.agreed_percent is not None and each.graders > 1
    ]
    enough = len(differences) >= FEWEST_COMPARED
    sealed = [each for each in works if each.changes is not None]
    days = [day for each in works for day in (each.sealed, each.changed) if day]
    days = days or [each.issued for each in works if each.issued]
    return GraderRecord(
        grader=grader,
        name=min(each.name for each in works),
        works=len(works),
        submissions=len({each.submission for each in works}),
        opened=sum(bool(each.shares) for each in works),
        mean_level=100 * fmean(shares) if shares else None,
        mean_percent=fmean(totals) if totals else None,
        totals=len(totals),
        compared=len(differences),
        mean_below_agreed=fmean(differences) if enough else None,
        mean_distance=fmean(map(abs, differences)) if enough else None,
        failures=sum(each.failures for each in works),
        overruled=sum(each.overruled for each in works),
        changed_works=sum(bool(each.changes) for each in works),
        changes=sum(each.changes or 0 for each in works),
        sealed_works=len(sealed),
        first=min(days, default=None),
        last=max(days, default=None),
    )
