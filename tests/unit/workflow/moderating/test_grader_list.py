"""The list of graders is found near the submission, or by its name."""

from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.moderating.grader_list import grader_list
from tests.portfolios.office import GRADERS


@pytest.mark.parametrize("above", [0, 1, 2])
def test_it_lies_beside_the_submission_or_up_to_two_folders_up(tmp_path: Path, above: int) -> None:
    """The nearest one counts."""
    submission = tmp_path / "a" / "b" / "c" / "s01"
    submission.mkdir(parents=True)
    submission.parents[above].joinpath("graders.yaml").write_text(GRADERS, "utf-8")
    found = grader_list(submission)
    assert found is not None
    assert [each.id for each in found.graders] == ["ana", "bo", "cem", "dee"]


def test_further_up_and_inside_the_submission_nothing_counts(tmp_path: Path) -> None:
    """A candidate does not write the list."""
    submission = tmp_path / "a" / "b" / "c" / "s01"
    submission.mkdir(parents=True)
    for folder in (submission, tmp_path):
        (folder / "graders.yaml").write_text(GRADERS, "utf-8")
    assert grader_list(submission) is None


def test_a_list_that_was_named_has_to_be_there_and_sound(tmp_path: Path) -> None:
    """A missing one is wrong usage; a broken one is not half used."""
    with pytest.raises(UsageError, match="there is no file"):
        grader_list(tmp_path / "s01", tmp_path / "nobody.yaml")
    broken = tmp_path / "graders.yaml"
    broken.write_text(GRADERS.replace("id: bo", "id: ana"), "utf-8")
    with pytest.raises(UnacceptableWork, match="cannot be read as it is written"):
        grader_list(tmp_path / "s01")


def test_a_file_of_another_kind_is_told_as_that(tmp_path: Path) -> None:
    """A sound file in the wrong place has nothing that a check of it would find."""
    program = tmp_path / "program.yaml"
    program.write_text("kind: program\nformat: 1\n", "utf-8")
    with pytest.raises(UnacceptableWork, match="is a file of kind program, and no list of graders"):
        grader_list(tmp_path / "s01", program)
