"""An event knows when it ended, and cannot end before it began."""

import pytest
from pydantic import TypeAdapter, ValidationError

from casebook.domain.work.observation import Event, Observation

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


@pytest.mark.parametrize(
    "more, ends_s",
    [
        ({"remark": "x"}, 52),
        ({"remark": "x", "until": "01:17"}, 77),
        ({"release": "QL", "until": "01:17"}, 77),
        ({"release": "QL", "seconds": "25"}, 77),  # 52 + 25
        ({"release": "QL", "until": "01:17", "seconds": "99"}, 77),  # the clock decides
        ({"activate": "gmax", "seconds": "25"}, 52),
    ],
)
def test_an_event_ends_when_it_is_known_to(more: dict[str, str], ends_s: int) -> None:
    """An end decides, a release's duration stands in for it, and else the end is the start."""
    assert EVENT.validate_python({"at": "00:52"} | more).ends_s == ends_s


def test_an_end_before_the_start_is_refused() -> None:
    """Ending in the second it began is possible, earlier is not."""
    assert EVENT.validate_python({"at": "00:52", "until": "00:52", "remark": "x"}).ends_s == 52
    with pytest.raises(ValidationError, match="ends before it begins"):
        EVENT.validate_python({"at": "00:52", "until": "00:51", "remark": "x"})


def test_a_release_needs_its_end() -> None:
    """Without an end nobody can say whether the work was inside the window."""
    with pytest.raises(ValidationError, match="a release needs its end"):
        EVENT.validate_python({"at": "00:52", "release": "QL"})


@pytest.mark.parametrize(
    "more, kind",
    [
        ({"test": "gmax", "result": "fires"}, "TestEvent"),
        ({"release": "QL", "seconds": "25"}, "ReleaseEvent"),
        ({"retest": "gmax", "result": "fires"}, "RetestEvent"),
        ({"activate": "gmax"}, "ActivationEvent"),
        ({"activate": "gmax", "exercise": "bridge"}, "ActivationEvent"),
        ({"exercise": "bridge", "dose": "2 x 10 daily"}, "HomeworkEvent"),
        ({"remark": "x"}, "RemarkEvent"),
    ],
)
def test_an_event_is_known_by_its_key(more: dict[str, str], kind: str) -> None:
    """An exercise with a muscle to activate is an activation, alone it is homework."""
    assert type(EVENT.validate_python({"at": "00:52"} | more)).__name__ == kind


@pytest.mark.parametrize("written", [{"at": "00:52"}, {"at": "00:52", "tset": "x"}, "x", None, []])
def test_an_event_without_its_key_is_refused(written: object) -> None:
    """What names no kind is told all of them."""
    with pytest.raises(ValidationError, match="an event names one of: test, release, retest"):
        EVENT.validate_python(written)


@pytest.mark.parametrize(
    "written",
    [
        {"at": "00:52", "test": "gmax", "result": "fires", "retest": "gmax"},
        {"at": "00:52", "remark": "x", "seconds": "25"},
        {"at": "00:52", "test": "gmax", "result": "weak"},
        {"at": "00:52", "test": "gmax", "result": "fires", "grade": "6"},
        {"at": "00:52", "test": "gmax", "result": "fires", "grade": "4+"},
        {"at": "00:52", "test": "gmax", "result": "fires", "side": "middle"},
        {"at": "00:52", "test": "gmax"},
        {"test": "gmax", "result": "fires"},
        {"at": "00:52", "release": "QL", "seconds": "-1"},
    ],
)
def test_an_event_holds_what_belongs_to_its_kind(written: dict[str, str]) -> None:
    """A second kind, a foreign key, a result or grade off the scale and a missing time."""
    with pytest.raises(ValidationError):
        EVENT.validate_python(written)


def test_an_observation_can_be_stored_and_read_again() -> None:
    """Times written as minutes and seconds come back from JSON as the same seconds."""
    session = Observation.model_validate(
        {
            "kind": "observation", "format": "1", "id": "observed", "date": "2026-03-02",
            "mode": "video", "examiner": {"name": "E"}, "client": {"pseudonym": "Client D"},
            "duration": "31:20",
            "events": [{"at": "00:52", "until": "01:17", "release": "QL", "side": "left"}],
            "marks": [{"criterion": "safety", "level": "0", "at": "12:10"}],
        }
    )  # fmt: skip
    assert session.duration == 1880  # 31 * 60 + 20
    assert session.marks[0].at == 730  # 12 * 60 + 10
    assert Observation.model_validate_json(session.model_dump_json()) == session
