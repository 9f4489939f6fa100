"""An evaluation as text on a terminal."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.output.lines import RESULT_LOOKS, wrapped
from casebook.cli.terminal import clean, dress
from casebook.domain.outcome.results import (
    CycleResult,
    Evaluation,
    FaultResult,
    Outcome,
    ProtocolResult,
    Scored,
)
from casebook.domain.record import clock
from casebook.workflow.score import ScoredWork

_BELOW: Final = " " * len("  fault  ")
_TIMING_CHARACTERS: Final = len("surely inside")


def evaluation_text(work: ScoredWork) -> str:
    """The result with its reasons, the protocol's cycles and faults, and each criterion."""
    return "\n".join(_lines(work))


def _lines(work: ScoredWork) -> Iterator[str]:
    evaluation = work.evaluation
    yield from _result(evaluation)
    if evaluation.protocol is not None:
        yield ""
        yield from _cycles(evaluation.protocol)
        for fault in evaluation.protocol.faults:
            yield from _fault(fault, work)
    yield ""
    yield from _criteria(evaluation)


def _result(evaluation: Evaluation) -> Iterator[str]:
    percent = f"  {evaluation.shown_percent} %" if evaluation.shown_percent else ""
    result = dress(evaluation.result.upper(), RESULT_LOOKS[evaluation.result])
    yield f"{dress(evaluation.work, 'place')}  {result}{percent}"
    yield from (f"  {clean(reason)}" for reason in evaluation.reasons)
    if evaluation.sem_percent is not None:
        yield f"  standard error of measurement: {evaluation.sem_percent:g} points"


def _cycles(protocol: ProtocolResult) -> Iterator[str]:
    within = (
        f"work finished by {protocol.sure_s} s is surely inside, by {protocol.limit_s} s inside"
    )
    yield f"{dress('Cycles', 'place')}  {dress(within, 'dim')}"
    widest = max((len(_muscle(cycle)) for cycle in protocol.cycles), default=0)
    for cycle in protocol.cycles:
        yield _cycle(cycle, widest)
        released = ", ".join(cycle.releases)
        yield f"            {dress(f'released: {released}', 'dim')}"
    if not protocol.cycles:
        yield "  none: no failed test was followed by work"


def _cycle(cycle: CycleResult, widest: int) -> str:
    at = "  ?  " if cycle.tested_at_s is None else clock(cycle.tested_at_s)
    work = "   ? s" if cycle.work_s is None else f"{cycle.work_s:4d} s"
    timing = cycle.timing.value.ljust(_TIMING_CHARACTERS)
    look = "warning" if cycle.timing.value == "late" else "dim"
    ended = {True: "fires", False: "still inhibited", None: "not retested"}[cycle.restored]
    after = "" if cycle.to_retest_s is None else f" at {cycle.to_retest_s} s"
    return (
        f"  {cycle.number}. {at}  {_muscle(cycle).ljust(widest)}  {work}  {dress(timing, look)}"
        f"  {ended}{after}"
    )


def _muscle(cycle: CycleResult) -> str:
    return clean(f"{cycle.muscle} ({cycle.side})" if cycle.side else cycle.muscle)


def _fault(fault: FaultResult, work: ScoredWork) -> Iterator[str]:
    place = work.place_of_event(fault.event)
    where = f"{place.path}:{place.span.line}:{place.span.column}"
    first, *more = wrapped(fault.fact, indent=_BELOW)
    yield f"  {dress('fault', 'warning')}  {first.removeprefix(_BELOW)}"
    yield from more
    yield f"{_BELOW}{dress(where, 'dim')}"


def _criteria(evaluation: Evaluation) -> Iterator[str]:
    yield f"{dress('Criteria', 'place')}  {dress(f'marked by {evaluation.grader}', 'dim')}"
    titles = [clean(outcome.title) for outcome in evaluation.criteria]
    said = [_said(outcome) for outcome in evaluation.criteria]
    widest, longest = max(map(len, titles)), max(map(len, said))
    for outcome, title, words in zip(evaluation.criteria, titles, said, strict=True):
        notes = "".join(_notes(outcome))
        yield f"  {title.ljust(widest)}  {_points(outcome)}  {words.ljust(longest)}{notes}".rstrip()
    if evaluation.global_rating is not None:
        yield f"  {'Global rating'.ljust(widest)}  {clean(evaluation.global_rating)}"


def _points(outcome: Outcome) -> str:
    level = outcome.level if isinstance(outcome, Scored) else "–"
    return f"{level}/{outcome.top} x{f'{outcome.weight:g}'.ljust(3)}"


def _said(outcome: Outcome) -> str:
    return clean(outcome.label) if isinstance(outcome, Scored) else "no mark"


def _notes(outcome: Outcome) -> Iterator[str]:
    if outcome.must_pass:
        failed = isinstance(outcome, Scored) and not outcome.reached
        yield dress("  must pass", "error" if failed else "dim")
    if isinstance(outcome, Scored) and outcome.from_protocol:
        yield dress("  from the protocol", "dim")
