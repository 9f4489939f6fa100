"""What follows from a portfolio, and how its files are called."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.files import name_fault
from casebook.source.folder import DiskFolder
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import file_names, grade


def test_a_graded_portfolio_holds_what_everything_else_is_made_of(studio: Path, on: date) -> None:
    graded = grade(examine_portfolio(DiskFolder(studio), on))
    assert graded is not None
    assert graded.on == on
    assert graded.eligibility.eligible
    assert [each.result for each in graded.evaluations] == ["pass"]
    assert [each.path for each in graded.attachments] == [
        "attachments/consent-a.pdf", "attachments/foot.png", "attachments/consent-b.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize("old,new", [("level: 1", "level: 2"), ("kind: portfolio", "kind: rubric")])
def test_what_cannot_be_judged_is_not_graded(studio: Path, on: date, old: str, new: str) -> None:
    own = studio / "portfolio.yaml"
    own.write_text(own.read_text("utf-8").replace(old, new), "utf-8")
    assert grade(examine_portfolio(DiskFolder(studio), on)) is None


def test_a_work_gives_its_files_its_own_name() -> None:
    assert file_names(["low-back-01", "neck_2.b"]) == ["low-back-01", "neck_2.b"]


def test_no_work_takes_the_name_of_another_file() -> None:
    """Neither casebook's own names, nor a device's on Windows, nor another work's."""
    assert file_names(["packet", "eligibility", "con", "a", "a", "packet-work"]) == [
        "packet-work", "eligibility-work", "con-work", "a", "a-work", "packet-work-work",
    ]  # fmt: skip


IDS = st.sampled_from(["packet", "packet-work", "eligibility", "con", "nul", "a", "a-work"])


@given(st.lists(IDS, max_size=8))
def test_names_of_files_are_all_different_and_can_be_used(work_ids: list[str]) -> None:
    names = file_names(work_ids)
    assert len({*names, "packet", "eligibility"}) == len(work_ids) + 2
    assert [name for name in names if name_fault(f"{name}.pdf")] == []
