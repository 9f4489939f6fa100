"""A submission is received as a portfolio's folder, a zip or a packet, and as nothing else."""

from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.received import receive

ON = date(2026, 7, 1)


def test_a_folder_is_received_with_its_digest(studio: Path) -> None:
    """The same files have the same digest, wherever they lie."""
    received = receive(studio, ON)
    moved = studio.rename(studio.parent / "Büro 2")
    assert receive(moved, ON).digest == received.digest
    assert received.candidate == "Kim Larsen"


@pytest.mark.parametrize("name", ["graders.yaml", "a.YML", "s01.result.json"])
def test_a_file_named_by_mistake_is_no_submission(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("kind: graders\n", "utf-8")
    with pytest.raises(UsageError, match="is no submission") as refusal:
        receive(path, ON)
    assert "submission.zip" in str(refusal.value.hint)


def test_works_of_one_id_are_not_graded(studio: Path) -> None:
    """One sheet would count for each of them."""
    case = studio / "cases" / "heel.yaml"
    (studio / "cases" / "again.yaml").write_bytes(case.read_bytes())
    with pytest.raises(UnacceptableWork, match="2 works have the id `heel`"):
        receive(studio, ON)
