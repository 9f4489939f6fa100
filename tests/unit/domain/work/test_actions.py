"""Of everything in a session, the protocol sees tests, releases and retests with their times."""

from pydantic import TypeAdapter

from casebook.domain.work.actions import actions_of_events, actions_of_ledger
from casebook.domain.work.observation import Event, event_kind
from casebook.domain.work.steps import Step, step_kind

EVENTS = TypeAdapter(list[Event])
STEPS = TypeAdapter(list[Step])


def test_events_keep_their_positions_and_times() -> None:
    """Remarks and activations are left out, and the others keep their place in the list."""
    events = EVENTS.validate_python(
        [
            {"at": "00:00", "remark": "Welcomes the client."},
            {"at": "00:45", "test": "gmax", "side": "left", "result": "inhibited"},
            {"at": "00:52", "until": "01:17", "release": "QL", "side": "left"},
            {"at": "01:20", "seconds": "10", "release": "QL", "side": "left"},
            {"at": "01:24", "until": "01:26", "retest": "gmax", "side": "left", "result": "fires"},
            {"at": "01:30", "activate": "gmax"},
            {"at": "01:40", "exercise": "bridge"},
        ]
    )
    found = [(a.index, a.begins_s, a.ends_s, a.lasts_s) for a in actions_of_events(events)]
    # 0:45 = 45 s; 0:52 to 1:17 = 52 to 77 s; 1:20 and 10 s more = 80 to 90 s; 1:24 to 1:26
    assert found == [(1, 45, 45, 0), (2, 52, 77, 25), (3, 80, 90, 10), (4, 84, 86, 2)]


def test_a_ledger_knows_durations_alone() -> None:
    """Steps of a case study have no times, and a release may have its seconds."""
    steps = STEPS.validate_python(
        [
            {"test": "gmax", "result": "inhibited"},
            {"activate": "gmax", "seconds": "60"},
            {"release": "QL", "seconds": "25"},
            {"release": "psoas"},
            {"retest": "gmax", "result": "fires"},
        ]
    )
    found = [(a.index, a.begins_s, a.ends_s, a.lasts_s) for a in actions_of_ledger(steps)]
    assert found == [
        (0, None, None, None), (2, None, None, 25), (3, None, None, None), (4, None, None, None),
    ]  # fmt: skip


def test_a_step_is_named_by_its_key() -> None:
    """The first of the telling keys decides, for data and for records; others have no kind."""
    assert step_kind({"release": "QL", "note": "x"}) == "release-step"
    assert step_kind({"remark": "x"}) is None
    assert step_kind("release") is None
    assert event_kind({"remark": "x", "at": "00:00"}) == "remark-event"
    (event,) = EVENTS.validate_python([{"at": "00:00", "exercise": "bridge"}])
    assert event_kind(event) == "exercise-event"
    (again,) = EVENTS.validate_python([event])
    assert again == event
