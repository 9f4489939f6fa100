"""Every client has agreed, in time, to what the case is used for, and has not taken it back."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece
from casebook.domain.work.consent import Scope
from casebook.rules.consent import check_consent

Read: TypeAlias = Callable[[str, str], Piece[Any]]

TODAY = date(2026, 7, 1)
SCOPE: tuple[Scope, ...] = ("record", "certifier")


def check(
    read: Read, consent: str, kind: str = "case-study", on: date = TODAY
) -> list[tuple[str, int]]:
    text = f"consent: {{{consent}}}\n" if consent else ""
    findings = list(check_consent(read(kind, text), SCOPE, on))
    assert all(each.hint for each in findings)
    return [(each.code, each.place.span.column) for each in findings]


GOOD = "scope: [record, certifier], signed: 2026-03-02, form: a.pdf"


@pytest.mark.parametrize(
    "consent, expected",
    [
        (GOOD, []),
        ("", [("CB601", 1)]),
        # consent: {scope: [record]... the list begins in column 18
        ("scope: [record], signed: 2026-03-02, form: a.pdf", [("CB604", 18)]),
        (GOOD + ", expires: 2026-06-30", [("CB602", 81)]),
        (GOOD + ", expires: 2026-07-01", []),
        (GOOD + ", withdrawn: 2026-07-01", [("CB603", 83)]),
        (GOOD + ", withdrawn: 2026-07-02", []),
        (GOOD.replace("2026-03-02", "2026-07-02"), [("CB605", 47)]),
        (GOOD.replace("2026-03-02", "2026-07-01"), []),
        ("signed: never", []),  # broken: that has its own finding
    ],
)
def test_consent_is_there_covers_the_use_and_holds(
    read: Read, consent: str, expected: list[tuple[str, int]]
) -> None:
    """Missing, too narrow, ended, withdrawn or signed too late, each at its own value."""
    assert check(read, consent) == expected


def test_several_things_can_be_wrong_with_one_consent(read: Read) -> None:
    """Too narrow and withdrawn are two findings."""
    found = check(read, "scope: [publish], signed: 2026-03-02, form: a, withdrawn: 2026-04-01")
    assert [code for code, _ in found] == ["CB604", "CB603"]


def test_an_observed_client_agrees_before_the_session(read: Read) -> None:
    """The session was on 20 June 2026: signed on that day is in time, a day later is not."""
    assert check(read, GOOD.replace("2026-03-02", "2026-06-20"), "observation") == []
    late = check(read, GOOD.replace("2026-03-02", "2026-06-21"), "observation")
    assert [code for code, _ in late] == ["CB605"]


def test_who_has_not_agreed_is_named_by_the_pseudonym(read: Read) -> None:
    """The finding speaks of Client D."""
    (finding,) = check_consent(read("observation", ""), SCOPE, TODAY)
    assert "Client D" in finding.message
