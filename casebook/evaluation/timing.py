"""An observed session held against its protocol."""

from collections.abc import Sequence

from casebook.domain.outcome.results import CycleResult, FaultResult, ProtocolResult
from casebook.domain.program.protocol import Protocol
from casebook.domain.work.actions import actions_of_events
from casebook.domain.work.cycles import Cycle, Fault, Naming, Timing, follow
from casebook.domain.work.observation import Observation


def time_session(
    observation: Observation, protocol: Protocol, naming: Naming = str.casefold
) -> ProtocolResult:
    """Follow a session's events and say what each cycle took, and what departed from the protocol.

    Times are seconds; ``event`` and ``test_event`` are positions in the list of events, from 0.
    """
    cycles, faults = follow(actions_of_events(observation.events), protocol, naming)
    return ProtocolResult(
        name=protocol.name,
        sure_s=protocol.window.sure_seconds,
        limit_s=protocol.window.limit_seconds,
        cycles=tuple(_cycle(number, cycle) for number, cycle in enumerate(cycles, start=1)),
        faults=tuple(
            FaultResult(
                kind=fault.kind,
                event=fault.index,
                at_s=observation.events[fault.index].at,
                fact=fault.fact,
            )
            for fault in faults
        ),
        figures=figures(cycles, faults, naming),
    )


def figures(
    cycles: Sequence[Cycle], faults: Sequence[Fault], naming: Naming = str.casefold
) -> dict[str, float]:
    """The figures that a rubric's criteria may be taken from, by name.

    Shares are percentages of the session's cycles; without a cycle there is nothing to take a
    share of, and they are absent.
    """
    closed = [cycle for cycle in cycles if cycle.retest_index is not None]
    last = {(naming(cycle.muscle), cycle.side): cycle for cycle in cycles}
    counted = {
        "closed_cycles": float(len(closed)),
        "restored_muscles": float(sum(cycle.restored is True for cycle in last.values())),
        "faults": float(len(faults)),
    }
    if not cycles:
        return counted
    surely = sum(cycle.timing is Timing.SURELY_INSIDE for cycle in cycles)
    inside = surely + sum(cycle.timing is Timing.INSIDE for cycle in cycles)
    return counted | {
        "inside_window_pct": 100 * inside / len(cycles),
        "surely_inside_pct": 100 * surely / len(cycles),
        "retested_pct": 100 * len(closed) / len(cycles),
    }


def _cycle(number: int, cycle: Cycle) -> CycleResult:
    return CycleResult(
        number=number,
        muscle=cycle.muscle,
        side=cycle.side,
        tested_at_s=cycle.opened_s,
        releases=tuple(cycle.releases),
        work_s=cycle.work_s,
        timing=cycle.timing,
        retest_at_s=cycle.retest_s,
        to_retest_s=cycle.to_retest_s,
        restored=cycle.restored,
        test_event=cycle.test_index,
    )
