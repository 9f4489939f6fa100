"""``casebook open`` says where it put a portfolio, and what does not hold of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.cli import open_command
from casebook.workflow.open import Opened
from casebook.workflow.verification import Step, VerificationReport

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def sent(run: Run, studio: Path) -> Path:
    assert run("submit", studio, "-o", "sent.zip").exit_code == 0
    return Path("sent.zip")


def test_what_holds_is_opened_without_a_word(run: Run, sent: Path, studio: Path) -> None:
    result = run("open", sent, "opened", "--program", studio / "program")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "opened  9 files\n"
    assert Path("opened/portfolio.yaml").is_file()


def test_what_does_not_hold_is_said_and_opened_all_the_same(run: Run, sent: Path) -> None:
    result = run("open", sent, "opened")
    assert (result.exit_code, result.stdout) == (1, "opened  9 files\n")
    assert "5. open  the rules are ones you have" in result.stderr


def test_json_holds_the_steps_and_the_files(run: Run, sent: Path) -> None:
    result = run("open", sent, "opened", "--format", "json")
    values = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert (values["ok"], values["folder"]) == (False, "opened")
    assert "cases/heel.yaml" in values["files"]
    assert len(values["steps"]) == 8


def test_what_is_not_as_it_was_sent_stays_shut(run: Run, sent: Path) -> None:
    content = sent.read_bytes()
    sent.write_bytes(content.replace(b"Stairs hurt more", b"Stairs hurt less"))
    result = run("open", sent, "opened")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("casebook: sent.zip is not opened: ")
    assert not Path("opened").exists()


def test_a_packets_pages_are_said_not_to_be_compared(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> Opened:
        steps = (Step("container", "the file is a PDF", ok=True, detail=""),)
        return Opened(VerificationReport(steps), ("portfolio.yaml",), Path("opened"))

    monkeypatch.setattr(open_command, "open_submission", opened)
    result = run("open", "the packet.pdf", "opened")
    assert (result.exit_code, result.stdout) == (0, "opened  1 files\n")
    assert result.stderr == (
        "the packet's pages were not compared with these files: "
        "casebook verify 'the packet.pdf' --documents does that\n"
    )
