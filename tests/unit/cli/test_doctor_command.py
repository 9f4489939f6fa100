"""``casebook doctor`` says in a line each what is here, and how to get what is not."""

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.cli import doctor_command
from casebook.machine import Remedy, System
from casebook.workflow.doctor import Check

Run: TypeAlias = Callable[..., Result]

HERE = Check("Python", "runs casebook", ok=True, needed=True, detail="3.11")
REMEDY = Remedy(System.FEDORA, "sudo dnf install pango")
LACK = Check("Pango", "sets text", ok=False, needed=True, detail="not found", remedies=(REMEDY,))
SLOW = Check(
    "HarfBuzz", "makes fonts small", ok=False, needed=False, detail="not found", remedies=(REMEDY,)
)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    return lambda *checks: monkeypatch.setattr(doctor_command, "examine", lambda: checks)


def test_a_machine_that_has_everything_ends_with_0(run: Run, found: Callable[..., None]) -> None:
    found(HERE)
    result = run("doctor")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ok    Python  3.11", "everything casebook needs is here",
    ]  # fmt: skip


def test_what_lacks_ends_with_3_and_one_line_is_told_once_for_all_it_installs(
    run: Run, found: Callable[..., None]
) -> None:
    found(HERE, LACK, SLOW)
    result = run("doctor")
    assert result.exit_code == 3
    assert result.stdout.splitlines()[1:] == [
        "LACK  Pango     not found; it sets text",
        "less  HarfBuzz  not found; it makes fonts small",
        "to install what is not here:",
        "        Fedora: sudo dnf install pango",
        "lacking: Pango",
    ]


def test_what_is_not_needed_ends_with_0(run: Run, found: Callable[..., None]) -> None:
    found(SLOW)
    assert run("doctor").exit_code == 0


def test_json_holds_every_check(run: Run, found: Callable[..., None]) -> None:
    found(LACK)
    result = run("doctor", "--format", "json")
    assert result.exit_code == 3
    (check,) = json.loads(result.stdout)
    assert (check["subject"], check["ok"]) == ("Pango", False)
    assert check["remedies"] == [{"system": "Fedora", "line": "sudo dnf install pango"}]


def test_this_machine_has_what_the_tests_need(run: Run) -> None:
    assert run("doctor").exit_code == 0
