"""What the chart of a session's cycles draws."""

from typing import Any

from casebook.domain.program.protocol import Protocol
from casebook.domain.work.observation import Observation
from casebook.evaluation.timing import time_session
from casebook.render.views.cycles import protocol_part, session_timeline

PROTOCOL = Protocol.model_validate(
    {"name": "p", "describes": "p", "window": {"sure_seconds": 30, "limit_seconds": 60}}
)


def observation(*events: dict[str, Any]) -> Observation:
    return Observation.model_validate(
        {
            "kind": "observation", "format": "1", "id": "o", "date": "2026-06-20",
            "mode": "in person", "examiner": {"name": "R"}, "client": {"pseudonym": "B"},
            "events": list(events), "marks": [],
        }
    )  # fmt: skip


def test_a_strip_has_the_work_of_its_own_cycle_with_its_times() -> None:
    """A structure whose name begins another's is not taken for it, and sides are in words."""
    session = observation(
        {"at": "00:10", "test": "gluteus maximus", "result": "inhibited"},
        {"at": "00:15", "until": "00:25", "release": "psoas", "side": "both"},
        {"at": "00:30", "retest": "gluteus maximus", "result": "fires"},
        {"at": "01:10", "test": "gluteus medius", "side": "left", "result": "inhibited"},
        {"at": "01:15", "until": "01:40", "release": "psoas major", "side": "left"},
        {"at": "02:20", "retest": "gluteus medius", "side": "left", "result": "inhibited"},
    )
    found = session_timeline(session, time_session(session, PROTOCOL))
    assert found is not None
    assert (found.sure_s, found.limit_s, found.length_s) == (30, 60, 140)
    first, second = found.strips[0], found.strips[1]
    assert [each.name for each in first.releases] == ["psoas, both sides"]
    assert [(each.start_s, each.end_s) for each in second.releases] == [(75, 100)]
    assert (second.side, second.verdict) == ("left", "still inhibited")
    # The retest comes 70 s after the failed test, at 1:10.
    assert second.retest is not None
    assert found.is_late(second, second.retest.at_s)


def test_without_a_cycle_there_is_no_chart() -> None:
    session = observation({"at": "00:10", "test": "gluteus maximus", "result": "fires"})
    result = time_session(session, PROTOCOL)
    assert session_timeline(session, result) is None
    assert protocol_part(session, result).chart == ""
