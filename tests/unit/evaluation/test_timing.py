"""An observed session held against its protocol: cycles, faults and figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from casebook.domain.outcome.results import ProtocolResult
from casebook.domain.program.protocol import Protocol, Window
from casebook.domain.record import clock
from casebook.domain.work.actions import actions_of_ledger
from casebook.domain.work.cycles import FaultKind, Timing, follow
from casebook.domain.work.observation import Observation
from casebook.domain.work.steps import Step
from casebook.evaluation.timing import figures, time_session

PROTOCOL = Protocol(
    name="Test, release, retest",
    describes="In words.",
    window=Window(sure_seconds=30, limit_seconds=60),
)
STEPS = TypeAdapter(list[Step])

WORKED_EXAMPLE = (
    {"at": "00:45", "test": "gluteus maximus", "side": "left", "result": "inhibited"},
    {"at": "00:52", "until": "01:17", "release": "quadratus lumborum", "side": "left"},
    {"at": "01:24", "retest": "gluteus maximus", "side": "left", "result": "fires"},
)
LONG_SESSION: tuple[dict[str, Any], ...] = (
    {"at": "00:00", "remark": "Greets the client and asks for consent."},
    *WORKED_EXAMPLE,
    {"at": "01:40", "activate": "gluteus maximus", "side": "left"},
    {"at": "02:00", "test": "psoas", "side": "left", "result": "inhibited"},
    {"at": "02:05", "until": "02:20", "release": "iliacus", "side": "left"},
    {"at": "02:30", "retest": "psoas", "side": "left", "result": "inhibited"},
    {"at": "02:40", "until": "03:40", "release": "tensor fasciae latae", "side": "left"},
    {"at": "03:50", "retest": "psoas", "side": "left", "result": "fires"},
    {"at": "05:00", "test": "gluteus medius", "side": "right", "result": "inhibited"},
    {"at": "05:05", "until": "05:30", "release": "quadratus lumborum", "side": "right"},
    {"at": "06:00", "exercise": "bridge"},
)


def observation(events: Sequence[Mapping[str, Any]]) -> Observation:
    return Observation.model_validate(
        {
            "kind": "observation",
            "format": "1",
            "id": "observed-session",
            "date": "2026-03-02",
            "mode": "in person",
            "examiner": {"name": "E. Examiner"},
            "client": {"pseudonym": "Client D"},
            "events": list(events),
        }
    )


def timed(events: Sequence[Mapping[str, Any]], protocol: Protocol = PROTOCOL) -> ProtocolResult:
    return time_session(observation(events), protocol)


def faults_of(result: ProtocolResult) -> list[tuple[FaultKind, int]]:
    return [(fault.kind, fault.event) for fault in result.faults]


def test_the_worked_example_takes_32_seconds_and_is_retested_after_39() -> None:
    """Failed at 0:45, released 0:52 to 1:17, retested at 1:24: inside, and not surely."""
    result = timed(WORKED_EXAMPLE)
    (cycle,) = result.cycles
    assert (result.name, result.sure_s, result.limit_s) == ("Test, release, retest", 30, 60)
    assert result.faults == ()
    assert (cycle.number, cycle.muscle, cycle.side) == (1, "gluteus maximus", "left")
    assert cycle.releases == ("quadratus lumborum (left)",)
    assert cycle.tested_at_s == 45
    assert cycle.work_s == 32  # 1:17 - 0:45 = 77 - 45
    assert cycle.timing is Timing.INSIDE  # 30 < 32 <= 60
    assert cycle.retest_at_s == 84
    assert cycle.to_retest_s == 39  # 1:24 - 0:45 = 84 - 45
    assert cycle.restored is True
    assert cycle.test_event == 0


@pytest.mark.parametrize(
    "work_s, timing",
    [
        (30, Timing.SURELY_INSIDE),
        (31, Timing.INSIDE),
        (60, Timing.INSIDE),
        (61, Timing.LATE),
    ],
)
def test_both_limits_of_the_window_belong_to_it(work_s: int, timing: Timing) -> None:
    """30 s is still surely inside and 60 s still inside; a second more is not."""
    result = timed(
        [
            {"at": "10:00", "test": "psoas", "result": "inhibited"},
            {"at": "10:05", "until": clock(600 + work_s), "release": "iliacus"},
            {"at": "12:00", "retest": "psoas", "result": "fires"},
        ]
    )
    assert [cycle.timing for cycle in result.cycles] == [timing]
    late = [(FaultKind.RELEASE_LATE, 1)] if timing is Timing.LATE else []
    assert faults_of(result) == late


def test_the_limits_come_from_the_program() -> None:
    """The same 32 s of work are surely inside, inside or late, as the program's window says."""
    found = []
    for sure_s, limit_s in ((32, 60), (31, 32), (10, 31)):
        window = Window(sure_seconds=sure_s, limit_seconds=limit_s)
        result = timed(WORKED_EXAMPLE, PROTOCOL.model_copy(update={"window": window}))
        assert (result.sure_s, result.limit_s) == (sure_s, limit_s)
        found.append(result.cycles[0].timing)
    assert found == [Timing.SURELY_INSIDE, Timing.INSIDE, Timing.LATE]


def test_a_long_session_with_every_figure() -> None:
    """Four cycles, one of them late and one never retested."""
    result = timed(LONG_SESSION)
    # glut. max. 77 - 45 = 32; psoas 140 - 120 = 20, then from its failed retest 220 - 150 = 70;
    # glut. med. 330 - 300 = 30
    assert [(c.number, c.test_event, c.work_s, c.timing, c.restored) for c in result.cycles] == [
        (1, 1, 32, Timing.INSIDE, True),
        (2, 5, 20, Timing.SURELY_INSIDE, False),
        (3, 7, 70, Timing.LATE, True),
        (4, 10, 30, Timing.SURELY_INSIDE, None),
    ]
    assert faults_of(result) == [(FaultKind.RELEASE_LATE, 8), (FaultKind.NOT_RETESTED, 11)]
    assert result.figures == {
        "closed_cycles": 3,  # all but the last
        "restored_muscles": 2,  # glut. max., and psoas at its last retest
        "faults": 2,
        "inside_window_pct": 75,  # 3 of 4
        "surely_inside_pct": 50,  # 2 of 4
        "retested_pct": 75,  # 3 of 4
    }


def test_a_fault_names_its_event_and_that_events_time() -> None:
    """Positions count all events, also those that the protocol does not look at."""
    late, loose = timed(LONG_SESSION).faults
    assert (late.event, late.at_s) == (8, 160)  # the release that began at 2:40
    assert late.fact == (
        "work for psoas (left) ended 70 s after its failed test at 02:30; "
        "the window closes after 60 s"
    )
    assert (loose.event, loose.at_s) == (11, 305)  # the release that began at 5:05
    assert loose.fact == "gluteus medius (right) was worked for and never retested"


def test_a_retest_on_the_other_side_closes_nothing() -> None:
    """Left and right are two muscles: the left one was never retested, the right never tested."""
    other = {**WORKED_EXAMPLE[2], "side": "right"}
    result = timed([*WORKED_EXAMPLE[:2], other])
    assert faults_of(result) == [(FaultKind.NOT_RETESTED, 1), (FaultKind.RETEST_WITHOUT_TEST, 2)]
    assert (result.figures["closed_cycles"], result.figures["restored_muscles"]) == (0, 0)


def test_a_session_without_work_has_no_shares() -> None:
    """Of no cycle there is no percentage: neither 0 nor 100."""
    result = timed([{"at": "00:45", "test": "psoas", "result": "inhibited"}])
    assert result.cycles == ()
    assert result.figures == {"closed_cycles": 0, "restored_muscles": 0, "faults": 0}


def test_a_muscle_under_two_names_is_restored_once() -> None:
    """With the program's names, "psoas" and "Psoas major" are one muscle with one last retest."""
    events = [
        {"at": "00:00", "test": "psoas", "result": "inhibited"},
        {"at": "00:05", "until": "00:20", "release": "iliacus"},
        {"at": "00:25", "retest": "psoas", "result": "fires"},
        {"at": "01:00", "test": "Psoas major", "result": "inhibited"},
        {"at": "01:05", "until": "01:20", "release": "iliacus"},
        {"at": "01:25", "retest": "Psoas major", "result": "fires"},
    ]
    assert timed(events).figures["restored_muscles"] == 2
    named = time_session(observation(events), PROTOCOL, lambda name: name.casefold()[:5])
    assert named.figures["restored_muscles"] == 1
    assert named.figures["closed_cycles"] == 2


def test_case_does_not_tell_muscles_apart() -> None:
    """Without any list of names, only capitals are looked past."""
    result = timed([*WORKED_EXAMPLE[:2], {**WORKED_EXAMPLE[2], "retest": "Gluteus Maximus"}])
    assert result.faults == ()


def test_a_muscle_lost_again_counts_as_not_restored() -> None:
    """What counts is the last retest, and that one fails."""
    result = timed(
        [
            *WORKED_EXAMPLE,
            {"at": "02:00", "test": "gluteus maximus", "side": "left", "result": "inhibited"},
            {"at": "02:05", "until": "02:20", "release": "psoas", "side": "left"},
            {"at": "02:25", "retest": "gluteus maximus", "side": "left", "result": "inhibited"},
        ]
    )
    assert faults_of(result) == [(FaultKind.NOT_RESTORED, 5)]
    assert result.figures["closed_cycles"] == 2
    assert result.figures["restored_muscles"] == 0


def test_work_of_unknown_time_is_not_counted_as_inside() -> None:
    """A ledger has no times: its cycle is retested, and no more is known of its window."""
    steps = STEPS.validate_python(
        [
            {"test": "psoas", "result": "inhibited"},
            {"release": "iliacus", "seconds": "25"},
            {"retest": "psoas", "result": "fires"},
        ]
    )
    cycles, faults = follow(actions_of_ledger(steps), PROTOCOL)
    assert [cycle.timing for cycle in cycles] == [Timing.UNKNOWN]
    assert figures(cycles, faults) == {
        "closed_cycles": 1,
        "restored_muscles": 1,
        "faults": 0,
        "inside_window_pct": 0,
        "surely_inside_pct": 0,
        "retested_pct": 100,
    }


# --- laws ------------------------------------------------------------------------------------

RESULTS = st.sampled_from(["inhibited", "fires"])
MUSCLES = st.sampled_from(["psoas", "gluteus maximus", "gluteus medius"])
EVENTS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"test": MUSCLES, "result": RESULTS}),
        st.fixed_dictionaries({"retest": MUSCLES, "result": RESULTS}),
        st.fixed_dictionaries(
            {"release": st.sampled_from(["QL", "TFL"]), "seconds": st.integers(0, 90)}
        ),
        st.just({"remark": "Explains."}),
    ).flatmap(
        lambda event: st.fixed_dictionaries(
            {"at": st.integers(0, 1800), **{key: st.just(value) for key, value in event.items()}}
        )
    ),
    max_size=12,
)


@given(EVENTS)
def test_any_session_has_figures_in_their_ranges(events: list[dict[str, Any]]) -> None:
    """Whatever was recorded: shares lie between 0 and 100, and surely inside is also inside."""
    result = timed(events)
    found = result.figures
    assert found["restored_muscles"] <= found["closed_cycles"] <= len(result.cycles)
    assert found["faults"] == len(result.faults)
    assert ("inside_window_pct" in found) == bool(result.cycles)
    if result.cycles:
        assert 0 <= found["surely_inside_pct"] <= found["inside_window_pct"] <= 100
        assert found["retested_pct"] == 100 * found["closed_cycles"] / len(result.cycles)
    assert [cycle.number for cycle in result.cycles] == list(range(1, len(result.cycles) + 1))
    assert all(fault.at_s == events[fault.event]["at"] for fault in result.faults)


@given(EVENTS, st.integers(0, 12))
def test_a_remark_changes_nothing(events: list[dict[str, Any]], position: int) -> None:
    """The protocol sees tests, releases and retests: a remark between them moves positions only."""
    position = min(position, len(events))
    remark = {"at": 0, "remark": "Asks how it feels."}
    before, after = timed(events), timed([*events[:position], remark, *events[position:]])
    assert after.figures == before.figures
    assert [fault.fact for fault in after.faults] == [fault.fact for fault in before.faults]
    assert [cycle.model_dump(exclude={"test_event"}) for cycle in after.cycles] == [
        cycle.model_dump(exclude={"test_event"}) for cycle in before.cycles
    ]
