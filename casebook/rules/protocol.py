"""Whether the protocol was kept, in a case study's ledger and in an observed session."""

from collections.abc import Iterator
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding
from casebook.domain.portfolio import Piece
from casebook.domain.program.protocol import Protocol
from casebook.domain.record import clock
from casebook.domain.work.actions import actions_of_events, actions_of_ledger
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.cycles import FaultKind, Naming, follow
from casebook.domain.work.observation import Observation, ReleaseEvent, RetestEvent
from casebook.rules.legibility import is_broken

_FAULTS: Final[dict[FaultKind, tuple[Code, str]]] = {
    FaultKind.RELEASE_WITHOUT_TEST: (
        codes.RELEASE_WITHOUT_TEST, "record the failed test that this work answers, before it"
    ),
    FaultKind.RELEASE_LATE: (
        codes.RELEASE_LATE,
        "record the new failed test that opened another window, if there was one",
    ),
    FaultKind.RETEST_WITHOUT_TEST: (
        codes.RETEST_WITHOUT_TEST, "record the failed test, or correct muscle and side"
    ),
    FaultKind.RETEST_WITHOUT_RELEASE: (
        codes.RETEST_WITHOUT_RELEASE, "record what was released, or call it a test"
    ),
    FaultKind.NOT_RETESTED: (codes.NOT_RETESTED, "record the retest and what it showed"),
    FaultKind.NOT_RESTORED: (codes.NOT_RESTORED, "say in the notes why it was left there"),
}  # fmt: skip


def check_ledger(piece: Piece[CaseStudy], protocol: Protocol, naming: Naming) -> Iterator[Finding]:
    """Find departures from the protocol in a case study's sessions."""
    for index, session in enumerate(piece.record.sessions):
        _, faults = follow(actions_of_ledger(session.steps), protocol, naming)
        for fault in faults:
            code, remedy = _FAULTS[fault.kind]
            place = piece.places.of("sessions", index, "steps", fault.index)
            yield code.at(place, fault.fact, remedy)


def check_session(
    piece: Piece[Observation], protocol: Protocol, naming: Naming
) -> Iterator[Finding]:
    """Find departures from the protocol in an observed session."""
    events = piece.record.events
    yield from _order(piece)
    cycles, faults = follow(actions_of_events(events), protocol, naming)
    for fault in faults:
        code, remedy = _FAULTS[fault.kind]
        yield code.at(piece.places.of("events", fault.index), fault.fact, remedy)
    closed = sum(cycle.retest_index is not None for cycle in cycles)
    if closed < protocol.cycles_at_least and not is_broken(piece, ("events",)):
        yield codes.TOO_FEW_CYCLES.at(
            piece.places.of_key("events"),
            f"the session has {closed} closed cycle{'s' * (closed != 1)}; "
            f"the protocol asks for {protocol.cycles_at_least}",
            "a cycle is a failed test, work, and a retest of the same muscle",
        )


def _order(piece: Piece[Observation]) -> Iterator[Finding]:
    latest = 0
    busy: ReleaseEvent | None = None
    for index, event in enumerate(piece.record.events):
        place = piece.places.of("events", index, "at")
        if event.at < latest:
            yield codes.EVENTS_OUT_OF_ORDER.at(
                place,
                f"{clock(event.at)} comes after an event at {clock(latest)}",
                "correct the time, or move the event up",
            )
        latest = max(latest, event.at)
        over = piece.record.duration is not None and event.ends_s > piece.record.duration
        if over and piece.record.duration is not None:
            yield codes.NOT_COHERENT.at(
                place,
                f"the event ends at {clock(event.ends_s)}, after the session's end at "
                f"{clock(piece.record.duration)}",
                "correct the time, or `duration`",
            )
        if isinstance(event, ReleaseEvent) and (busy is None or event.ends_s > busy.ends_s):
            busy = event
        if isinstance(event, RetestEvent) and busy and event.at < busy.ends_s:
            end = "until" if busy.until is not None else "seconds"
            yield codes.NOT_COHERENT.at(
                place,
                f"the retest at {clock(event.at)} begins before the release at {clock(busy.at)} "
                f"ends at {clock(busy.ends_s)}",
                f"correct one of the two times; is `{end}` of the release a slip?",
            )
