"""The list of those who may grade."""

from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from casebook.domain.marking.graders import GradersFile

ANA = {"id": "ana", "name": "Ana Ruiz"}
BO = {"id": "bo", "name": "Bo Lind"}


def graders(*listed: Mapping[str, object]) -> GradersFile:
    return GradersFile.model_validate({"kind": "graders", "format": "1", "graders": listed})


def test_a_grader_is_found_by_id_and_an_unknown_one_is_nobody() -> None:
    found = graders(ANA, BO).grader("bo")
    assert found is not None
    assert found.name == "Bo Lind"
    assert graders(ANA).grader("bo") is None


def test_a_grader_marks_both_kinds_of_work_and_is_there_unless_the_list_says_otherwise() -> None:
    (listed,) = graders(ANA).graders
    assert (listed.grades, listed.away, listed.declares) == (
        ("case-study", "observation"), False, (),
    )  # fmt: skip


def test_an_id_belongs_to_one_grader() -> None:
    with pytest.raises(ValidationError, match="two graders have one id"):
        graders(ANA, BO | {"id": "ana"})


def test_a_list_names_somebody() -> None:
    with pytest.raises(ValidationError):
        graders()


@pytest.mark.parametrize("relation", ["none", "friend", ""])
def test_a_declaration_says_one_of_four_relations(relation: str) -> None:
    declares = [{"candidate": "Jordan Avery", "relation": relation}]
    with pytest.raises(ValidationError):
        graders(ANA | {"declares": declares})
