"""Departures from the protocol are findings at their steps, each with its own remedy."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest

from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.program.protocol import Protocol, Window
from casebook.rules.protocol import check_ledger, check_session

Read: TypeAlias = Callable[[str, str], Piece[Any]]

PROTOCOL = Protocol(
    name="P", describes="D", window=Window(sure_seconds=30, limit_seconds=60), cycles_at_least=0
)


def found(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    listed = list(findings)
    assert all(each.hint for each in listed)
    return [(each.code, each.place.span.line) for each in listed]


def session(read: Read, *events: str, more: str = "") -> list[tuple[str, int]]:
    """Check a session; the first event stands on line 9, below ``events:``."""
    text = "events:\n" + "".join(f"  - {{{event}}}\n" for event in events) + more
    return found(check_session(read("observation", text), PROTOCOL, str.casefold))


TEST = 'at: "00:45", test: gmax, side: left, result: inhibited'
RELEASE = 'at: "00:52", until: "01:17", release: QL, side: left'
RETEST = 'at: "01:24", retest: gmax, side: left, result: fires'


@pytest.mark.parametrize(
    "events, expected",
    [
        ((TEST, RELEASE, RETEST), []),
        ((RELEASE,), [("CB501", 9)]),
        ((TEST, RELEASE.replace("01:17", "01:46"), RETEST.replace("01:24", "01:50")),
         [("CB502", 10)]),  # 1:46 is 61 s after 0:45
        ((TEST, RELEASE, RETEST, RETEST.replace("01:24", "01:30")), [("CB503", 12)]),
        ((TEST, RETEST), [("CB504", 10)]),
        ((TEST, RELEASE), [("CB505", 10)]),
        ((TEST, RELEASE, RETEST.replace("fires", "inhibited")), [("CB506", 11)]),

        ((TEST, 'at: "00:40", remark: x'), [("CB507", 10)]),
    ],
)  # fmt: skip
def test_each_departure_has_its_code_at_its_event(
    read: Read, events: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    """From a release without a failed test to events out of order."""
    assert session(read, *events) == expected


def test_an_event_after_the_end_contradicts_the_length(read: Read) -> None:
    """A release that ends at 1:17 cannot lie in a session of 1:16."""
    more = 'duration: "01:16"\n'
    assert session(read, TEST, RELEASE, more=more) == [("CB209", 10), ("CB505", 10)]
    assert session(read, TEST, more='duration: "00:45"\n') == []


@pytest.mark.parametrize(
    "events, expected",
    [
        ((TEST, RELEASE, RETEST), []),
        ((TEST, RELEASE), [("CB505", 10), ("CB508", 8)]),
        ((), [("CB508", 1)]),
    ],
)
def test_a_session_has_the_cycles_that_the_protocol_asks_for(
    read: Read, events: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    """Only cycles brought to a retest count; without events the top of the file is the place."""
    asked = PROTOCOL.model_copy(update={"cycles_at_least": 1})
    text = "events:\n" + "".join(f"  - {{{event}}}\n" for event in events) if events else ""
    assert found(check_session(read("observation", text), asked, str.casefold)) == expected


def test_broken_events_are_not_called_too_few(read: Read) -> None:
    """When the list could not be read, its cycles cannot be counted."""
    asked = PROTOCOL.model_copy(update={"cycles_at_least": 1})
    piece = read("observation", "events: [{at: soon, remark: x}]\n")
    assert found(check_session(piece, asked, str.casefold)) == []


def test_a_ledger_is_followed_session_by_session(read: Read) -> None:
    """A test of one session opens no window in the next."""
    text = """\
sessions:
  - day: 0
    steps:
      - {test: gmax, side: left, result: inhibited}
      - {release: QL, side: left, seconds: 25}
      - {activate: gmax, side: left}
      - {retest: gmax, side: left, result: fires}
      - {test: gmed, side: left, result: inhibited}
  - day: 7
    steps:
      - {release: TFL, side: left}
      - {release: QL, side: left}
      - {test: gmax, side: left, result: inhibited}
      - {release: QL, side: left, seconds: 61}
      - {retest: gmax, side: left, result: fires}
"""
    findings = check_ledger(read("case-study", text), PROTOCOL, str.casefold)
    assert found(findings) == [("CB501", 16), ("CB501", 17), ("CB502", 19)]
