"""A new portfolio asks for what its program asks for, in the words of the records."""

from pathlib import Path
from typing import Any

import pytest

from casebook.domain.program.program import Program
from casebook.workflow.programs import show_program
from casebook.workflow.skeleton import (
    SkeletonPart,
    case_study_values,
    cases_asked_for,
    letter,
    observation_values,
    portfolio_values,
)


def level_one(program: Program) -> Any:  # noqa: ANN401
    level = program.level(1)
    assert level is not None
    return level


@pytest.fixture
def nkt() -> Program:
    return show_program("nkt")


@pytest.fixture
def guild(repository: Path) -> Program:
    return show_program(str(repository / "samples" / "reflexology" / "program"))


def test_sections_stand_in_the_order_of_the_record(nkt: Program) -> None:
    """Not in the order in which the program happens to list them."""
    sections = case_study_values(nkt, level_one(nkt), 1)["sections"]
    assert [section.key for section in sections] == [
        "abstract", "introduction", "presentation", "clinical_findings", "assessment", "patterns",
        "intervention", "sessions", "follow_up", "discussion", "client_perspective", "references",
    ]  # fmt: skip


def test_a_part_carries_its_hint_its_weight_and_its_form(nkt: Program) -> None:
    sections = case_study_values(nkt, level_one(nkt), 1)["sections"]
    parts = {section.key: section.parts for section in sections}
    assert parts["intervention"][:2] == (
        SkeletonPart("name", "What the intervention is called.", required=False, form="line"),
        SkeletonPart("why", "The reasoning behind it.", required=False, form="text"),
    )
    (patterns,) = (section.itself for section in sections if section.key == "patterns")
    assert (patterns.required, patterns.form) == (True, "other")


def test_a_program_can_ask_for_sections_of_its_own(guild: Program) -> None:
    values = case_study_values(guild, level_one(guild), 2)
    own = next(section for section in values["sections"] if section.key == "program_sections")
    assert [part.key for part in own.parts] == [
        "safety-check", "foot-reading", "reflexes-worked", "client-feedback", "reflection",
    ]  # fmt: skip
    assert [part.required for part in own.parts] == [True, True, True, True, False]
    assert {part.form for part in own.parts} == {"text"}


def test_sessions_are_there_even_when_a_program_does_not_ask_for_them(nkt: Program) -> None:
    """As many as the level wants of each case, and one at least."""
    rules = nkt.rules.case_study.model_copy(update={"required": ("consent",), "recommended": ()})
    bare = nkt.model_copy(update={"rules": nkt.rules.model_copy(update={"case_study": rules})})
    values = case_study_values(bare, level_one(bare), 1)
    assert [section.key for section in values["sections"]] == ["sessions"]
    assert (values["sessions"], values["cites"]) == (1, False)


def test_a_case_has_as_many_sessions_as_the_level_asks_of_it(guild: Program) -> None:
    assert case_study_values(guild, level_one(guild), 1)["sessions"] == 3


def test_measures_are_the_programs_own_or_else_the_common_ones(
    nkt: Program, guild: Program
) -> None:
    def ids(program: Program) -> list[str]:
        return [each.id for each in case_study_values(program, level_one(program), 1)["measures"]]

    assert ids(nkt) == ["nprs", "psfs"]
    assert ids(guild) == ["wellbeing"]


def test_a_level_without_case_studies_still_has_a_client_to_observe(nkt: Program) -> None:
    """Three cases take the letters A to C, so the observed client is D; without them it is A."""
    level = level_one(nkt)
    assert observation_values(nkt, level)["letter"] == "D"
    few = level.model_copy(update={"requirements": level.requirements[:1]})
    assert cases_asked_for(few) is None
    assert observation_values(nkt, few)["letter"] == "A"
    assert case_study_values(nkt, few, 1)["sessions"] == 1


def test_the_portfolios_file_asks_for_what_the_level_needs(nkt: Program, guild: Program) -> None:
    first = portfolio_values(nkt, level_one(nkt), "nkt")
    assert first["certificate"] is None
    assert first["has_observation"]
    second = nkt.level(2)
    assert second is not None
    assert portfolio_values(nkt, second, "nkt")["certificate"].level_held == 1
    assert not portfolio_values(guild, level_one(guild), "x")["has_observation"]


def test_pseudonyms_go_on_after_z() -> None:
    assert [letter(number) for number in (1, 2, 26, 27, 53)] == ["A", "B", "Z", "A1", "A2"]


def test_a_part_that_is_no_text_is_not_asked_for_as_one(nkt: Program) -> None:
    """Diagnoses are a list, the last contact a number of days, and ``x.y.z`` no part at all."""
    rules = nkt.rules.case_study.model_copy(
        update={
            "required": ("presentation.diagnoses", "follow_up.last_contact_day"),
            "recommended": (),
        }
    )
    program = nkt.model_copy(update={"rules": nkt.rules.model_copy(update={"case_study": rules})})
    sections = case_study_values(program, level_one(program), 1)["sections"]
    forms = {part.key: part.form for section in sections for part in section.parts}
    assert forms == {"diagnoses": "other", "last_contact_day": "other"}
