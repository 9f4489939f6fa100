"""The protocol's part of a session report: cycles with their timings, and what departed."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.timeline import timelines
from casebook.charts.timeline_strips import Release, Retest, SessionTimeline, Strip
from casebook.domain.outcome.results import CycleResult, ProtocolResult
from casebook.domain.work.cycles import Timing
from casebook.domain.work.observation import Event, Observation, ReleaseEvent
from casebook.language import _
from casebook.language.forms import enumeration
from casebook.language.terms import finding
from casebook.language.terms import side as side_words
from casebook.language.terms import timing as timing_words
from casebook.render.views.wording import capitalised, lasting, on_side, stopwatch


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle's line of the table."""

    number: str
    tested: str
    failed_at: str
    released: str
    work: str
    timing: str
    late: bool
    retested: str
    outcome: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A departure from the protocol, with its moment in the session."""

    moment: str
    words: str


@dataclass(frozen=True, slots=True)
class ProtocolPart:
    """What the report says of the protocol."""

    name: str
    window: str
    chart: Markup
    cycles: tuple[CycleRow, ...]
    faults: tuple[FaultLine, ...]


def protocol_part(observation: Observation | None, result: ProtocolResult) -> ProtocolPart:
    """The cycles as chart and table, and the faults in the order of the session.

    Without the observation there is no chart: a result does not know when each release began.
    """
    return ProtocolPart(
        name=result.name,
        window=(
            _(
                "Work that ends within {sure} s of the failed test is surely inside its window, "
                "within {limit} s inside, and later than that late."
            ).format(sure=result.sure_s, limit=result.limit_s)
        ),
        chart=_chart(observation, result) if observation else Markup(),
        cycles=tuple(_row(cycle) for cycle in result.cycles),
        faults=tuple(
            FaultLine(stopwatch(fault.at_s), f"{capitalised(fault.fact)}.")
            for fault in result.faults
        ),
    )


def session_length_s(observation: Observation) -> int:
    """The session's length in seconds: as recorded, else up to the end of its last event."""
    if observation.duration is not None:
        return observation.duration
    return max((event.ends_s for event in observation.events), default=0)


def _row(cycle: CycleResult) -> CycleRow:
    return CycleRow(
        number=str(cycle.number),
        tested=on_side(cycle.muscle, cycle.side),
        failed_at=stopwatch(cycle.tested_at_s),
        released=enumeration(cycle.releases) or _("nothing"),
        work=lasting(cycle.work_s),
        timing=timing_words(cycle.timing.value),
        late=cycle.timing is Timing.LATE,
        retested=lasting(cycle.to_retest_s),
        outcome=_outcome(cycle),
    )


def _outcome(cycle: CycleResult) -> str:
    if cycle.restored is None:
        return _("not retested")
    return finding("fires") if cycle.restored else _("still inhibited")


def session_timeline(observation: Observation, result: ProtocolResult) -> SessionTimeline | None:
    """What the chart of a session draws; None where no cycle has a time."""
    strips = tuple(
        Strip(
            cycle=cycle.number,
            muscle=cycle.muscle,
            side=side_words(cycle.side) if cycle.side else "",
            opened_s=cycle.tested_at_s,
            releases=_releases(cycle, observation.events),
            retest=(
                Retest(cycle.retest_at_s, fires=bool(cycle.restored))
                if cycle.retest_at_s is not None
                else None
            ),
            verdict=_outcome(cycle),
        )
        for cycle in result.cycles
        if cycle.tested_at_s is not None
    )
    if not strips:
        return None
    return SessionTimeline(session_length_s(observation), result.sure_s, result.limit_s, strips)


def _chart(observation: Observation, result: ProtocolResult) -> Markup:
    session = session_timeline(observation, result)
    drawn = timelines(session) if session else ()
    return Markup("".join(drawn))  # noqa: S704 - charts escape every word they are given


def _releases(cycle: CycleResult, events: Sequence[Event]) -> tuple[Release, ...]:
    """The releases that the evaluation counts for a cycle, found again among the events.

    A result names the structures, with the side in brackets; the events know the times.
    """
    named, count = cycle.releases, len(cycle.releases)
    found = [
        Release(on_side(event.release, event.side), event.at, event.ends_s)
        for event in events[cycle.test_event + 1 :]
        if isinstance(event, ReleaseEvent)
        and any(each == event.release or each.startswith(f"{event.release} (") for each in named)
    ]
    if cycle.retest_at_s is None:
        return tuple(found[:count])
    # Why the last ones: earlier releases may have been claimed by another muscle's retest.
    before = [each for each in found if each.start_s <= cycle.retest_at_s]
    return tuple(before[-count:]) if count else ()
