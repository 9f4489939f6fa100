"""An evaluation as text on a terminal."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.terminal import dress
from casebook.domain.record import clock
from casebook.domain.results import CycleResult, Evaluation, Outcome, ProtocolResult, Scored

_LOOKS: Final = {"pass": "good", "fail": "error", "incomplete": "warning"}


def evaluation_text(evaluation: Evaluation) -> str:
    """The result with its reasons, the protocol's cycles, and each criterion."""
    return "\n".join(_lines(evaluation))


def _lines(evaluation: Evaluation) -> Iterator[str]:
    percent = "" if evaluation.percent is None else f"  {evaluation.percent:.1f} %"
    result = dress(evaluation.result.upper(), _LOOKS[evaluation.result])
    yield f"{dress(evaluation.work, 'place')}  {result}{percent}"
    yield from (f"  {reason}" for reason in evaluation.reasons)
    if evaluation.sem_percent is not None:
        yield f"  standard error of measurement: {evaluation.sem_percent:g} points"
    if evaluation.protocol is not None:
        yield from _protocol(evaluation.protocol)
    yield ""
    yield dress("Criteria", "place") + f"  marked by {evaluation.grader}"
    widest = max(len(outcome.title) for outcome in evaluation.criteria)
    yield from (_criterion(outcome, widest) for outcome in evaluation.criteria)
    if evaluation.global_rating is not None:
        yield f"  {'Global rating'.ljust(widest)}  {evaluation.global_rating}"


def _protocol(protocol: ProtocolResult) -> Iterator[str]:
    yield ""
    yield (
        dress("Cycles", "place")
        + f"  work finished by {protocol.sure_s} s is surely inside, by {protocol.limit_s} s inside"
    )
    widest = max((len(_muscle(cycle)) for cycle in protocol.cycles), default=0)
    yield from (_cycle(cycle, widest) for cycle in protocol.cycles)
    if not protocol.cycles:
        yield "  none: no failed test was followed by work"
    for fault in protocol.faults:
        at = clock(fault.at_s) if fault.at_s is not None else "?"
        yield f"  {dress('fault', 'warning')} {at}  {fault.fact}"


def _cycle(cycle: CycleResult, widest: int) -> str:
    at = clock(cycle.tested_at_s) if cycle.tested_at_s is not None else "  ?  "
    work = "   ? s" if cycle.work_s is None else f"{cycle.work_s:4d} s"
    timing = cycle.timing.value.ljust(13)
    look = "warning" if cycle.timing.value == "late" else "dim"
    ended = {True: "fires", False: "still inhibited", None: "not retested"}[cycle.restored]
    after = "" if cycle.to_retest_s is None else f" at {cycle.to_retest_s} s"
    releases = ", ".join(cycle.releases)
    return (
        f"  {cycle.number}. {at}  {_muscle(cycle).ljust(widest)}  {work}  {dress(timing, look)} "
        f" {ended}{after}  {dress(releases, 'dim')}"
    )


def _muscle(cycle: CycleResult) -> str:
    return f"{cycle.muscle} ({cycle.side})" if cycle.side else cycle.muscle


def _criterion(outcome: Outcome, widest: int) -> str:
    title = outcome.title.ljust(widest)
    must = "  must pass" if outcome.must_pass else ""
    if not isinstance(outcome, Scored):
        return f"  {title}  {dress('no mark', 'warning')}{must}"
    look = "dim" if outcome.reached else "error"
    points = f"{outcome.level}/{outcome.top}"
    origin = "  from the protocol" if outcome.from_protocol else ""
    return f"  {title}  {points}  x{outcome.weight:g}  {outcome.label}{dress(must, look)}{origin}"
