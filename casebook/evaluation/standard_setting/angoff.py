"""Angoff: the total that judges expect of a candidate who is just good enough.

Modified: the judges see each other's estimates, discuss them, and judge again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean, stdev
from typing import Final

from casebook.domain.marking.judgement import Judgement
from casebook.evaluation.standard_setting.estimate import Estimate, Refusal, mean_estimate

LEAST_JUDGES: Final = 3
"""casebook's own choice: two judges' difference says next to nothing about a third."""

ADVISED_JUDGES: Final = 10
"""casebook's own choice. In the simulations of Shulruf and others 2016 (s12909-016-0656-7) panels
of about 15 with mixed expertise were the most precise, and those of 5 the least."""


@dataclass(frozen=True, slots=True)
class JudgeCut:
    """One judge's own cut: the weighted percentage of all items."""

    judge: str
    percent: float


@dataclass(frozen=True, slots=True)
class ItemSpread:
    """How far judges lie apart on one item, in percent of its top.

    Attributes:
        mean: Over the judges.
        sd: Their standard deviation, with n - 1.
        low: The lowest estimate.
        high: The highest one.
    """

    item: str
    mean: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of judging came to.

    Attributes:
        number: As the judges' table has it.
        cut: The mean of the judges' own cuts, in percent.
        sd: The standard deviation of their cuts, with n - 1.
        judges: Each judge's own cut, in the order of the table.
        items: Each item's spread, the greatest disagreement first.
    """

    number: int
    cut: Estimate
    sd: float
    judges: tuple[JudgeCut, ...]
    items: tuple[ItemSpread, ...]


@dataclass(frozen=True, slots=True)
class AngoffPanel:
    """All rounds of a panel; the last one is the proposal.

    Attributes:
        rounds: In order, one at least.
        change: From the last round but one to the last, the mean over the judges of both, in
            percentage points; None after one round.
        cautions: Reasons to trust the cut less, as sentences.
    """

    rounds: tuple[Round, ...]
    change: Estimate | None
    cautions: tuple[str, ...]

    @property
    def final(self) -> Round:
        """The round that the proposal comes from."""
        return self.rounds[-1]


def judge_standard(judgements: Sequence[Judgement]) -> AngoffPanel | Refusal:
    """Average what judges expect, round by round.

    Args:
        judgements: In each round every judge estimates every item once.

    Returns:
        A judge's cut is 100 * sum(weight * expected / top) / sum(weight); with the tops as weights
        this is the sum of the expected points, as a percentage of all points. The panel's cut is
        the mean over the judges, SE = SD / sqrt(judges).

    Raises:
        MachineError: SciPy is missing.

    Source:
        Angoff 1971, Scales, norms, and equivalent scores, in Thorndike, Educational Measurement.
    """
    numbers = sorted({each.round for each in judgements})
    by_round = {n: [each for each in judgements if each.round == n] for n in numbers}
    for number, given in by_round.items():
        judges = len({each.judge for each in given})
        if judges < LEAST_JUDGES:
            count = "one judge" if judges == 1 else f"{judges} judges"
            return Refusal(
                f"round {number} has {count}; the method takes {LEAST_JUDGES} or more, and "
                f"{ADVISED_JUDGES} or more are advised"
            )
    if not by_round:
        return Refusal("the table holds no estimate")
    rounds = tuple(_round(number, given) for number, given in by_round.items())
    change = _change(rounds[-2].judges, rounds[-1].judges) if len(rounds) > 1 else None
    if isinstance(change, Refusal):
        return change
    return AngoffPanel(rounds, change, tuple(_cautions(rounds)))


def _round(number: int, given: Sequence[Judgement]) -> Round:
    judges = tuple(
        JudgeCut(judge, _percent(each for each in given if each.judge == judge))
        for judge in dict.fromkeys(each.judge for each in given)
    )
    shares: dict[str, list[float]] = {}
    for each in given:
        shares.setdefault(each.item, []).append(100 * each.share)
    cuts = [each.percent for each in judges]
    return Round(number, mean_estimate(cuts), stdev(cuts), judges, _spreads(shares))


def _percent(own: Iterable[Judgement]) -> float:
    items = list(own)
    weights = fsum(each.weight for each in items)
    return 100 * fsum(each.weight * each.share for each in items) / weights


def _spreads(shares: Mapping[str, Sequence[float]]) -> tuple[ItemSpread, ...]:
    spreads = (
        ItemSpread(item, fmean(given), stdev(given), min(given), max(given))
        for item, given in shares.items()
    )
    return tuple(sorted(spreads, key=lambda spread: (-spread.sd, spread.item)))


def _change(earlier: Sequence[JudgeCut], later: Sequence[JudgeCut]) -> Estimate | Refusal:
    before = {each.judge: each.percent for each in earlier}
    moved = [each.percent - before[each.judge] for each in later if each.judge in before]
    if len(moved) < LEAST_JUDGES:
        return Refusal(
            f"{len(moved)} of the judges took part in both rounds; to compare them takes "
            f"{LEAST_JUDGES} or more"
        )
    return mean_estimate(moved)


def _cautions(rounds: Sequence[Round]) -> Iterator[str]:
    final = rounds[-1]
    if len(final.judges) < ADVISED_JUDGES:
        yield f"{len(final.judges)} judges; {ADVISED_JUDGES} or more are advised"
    if len(rounds) > 1:
        yield (
            "after a discussion the judges are no longer independent: the standard error of the "
            "last round says how far they agree, not how far another panel would"
        )
        names = [{each.judge for each in one.judges} for one in rounds]
        if names[-1] != names[-2]:
            yield "not all judges took part in both rounds; the change is of those who did"
