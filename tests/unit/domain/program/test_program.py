"""A program finds its levels and rubrics, and refuses what contradicts itself."""

from typing import Any

import pytest
from pydantic import ValidationError

from casebook.domain.program.program import Program, ProgramFile
from casebook.domain.program.protocol import Protocol, Window
from casebook.domain.program.rubric import Rubric

LEVEL = {
    "level": 1, "name": "One",
    "requirements": [{"id": "c", "says": "Go.", "needs": "course", "course_hours": 15}],
}  # fmt: skip
FILE: dict[str, Any] = {
    "kind": "program", "format": 1, "id": "own", "name": "Own", "version": "1", "owner": "Us",
    "notice": "None.", "levels": [LEVEL, LEVEL | {"level": 2}],
    "case_study": {"required": []}, "certificate": {"title": "T", "statement": "S"},
}  # fmt: skip
RUBRIC = Rubric.model_validate(
    {
        "kind": "rubric", "format": 1, "id": "session", "title": "S", "judges": "observation",
        "pass_percent": 75,
        "criteria": [
            {
                "id": "a", "title": "A", "asks": "Well?",
                "levels": [
                    {"level": level, "label": "l", "describes": "d"} for level in (0, 1)
                ],
            }
        ],
    }
)  # fmt: skip


def test_levels_and_rubrics_are_found() -> None:
    """By number, by kind of work and by id; what is not there is None."""
    rules = ProgramFile.model_validate(FILE)
    program = Program(rules=rules, rubrics=(RUBRIC,), digest="d")
    assert program.level(2) is rules.levels[1]
    assert program.level(3) is None
    assert program.rubric_for("observation") is RUBRIC
    assert program.rubric_for("case-study") is None
    assert program.rubric("session") is RUBRIC
    assert program.rubric("other") is None
    assert program.protocol is None


def test_two_levels_of_one_number_are_refused() -> None:
    """A level must mean one thing."""
    with pytest.raises(ValidationError, match="two levels have one number"):
        ProgramFile.model_validate(FILE | {"levels": [LEVEL, LEVEL]})


def test_the_sure_part_of_a_window_lies_inside_it() -> None:
    """Sure up to the limit is possible, beyond it is not."""
    assert Window(sure_seconds=60, limit_seconds=60).sure_seconds == 60
    with pytest.raises(ValidationError, match="sure_seconds is above"):
        Window(sure_seconds=61, limit_seconds=60)


@pytest.mark.parametrize(
    "asked",
    [
        {"needs": "course", "course_hours": "15"},
        {"needs": "practice", "months_of_practice": "1"},
        {"needs": "case-studies", "count": "3"},
        {"needs": "observed-sessions", "count": "1"},
        {"needs": "certificate", "level_held": "1"},
        {"needs": "deadline", "months_after_course": "12", "consequence": "Repeat the course."},
    ],
)
def test_every_requirement_is_hard_unless_it_says_otherwise(asked: dict[str, str]) -> None:
    """All six kinds are read by what they need; a key of another kind is refused."""
    requirement = {"id": "r", "says": "Do it."} | asked
    rules = ProgramFile.model_validate(FILE | {"levels": [LEVEL | {"requirements": [requirement]}]})
    (found,) = rules.levels[0].requirements
    assert (found.needs, found.strength) == (asked["needs"], "hard")
    for wrong in ({"needs": "luck"}, {"strength": "firm"}, {"days": "3"}, {"id": None}):
        with pytest.raises(ValidationError):
            ProgramFile.model_validate(
                FILE | {"levels": [LEVEL | {"requirements": [requirement | wrong]}]}
            )


def test_a_level_asks_for_something() -> None:
    """A level without a requirement, and a program without a level, certify nothing."""
    for levels in ([], [LEVEL | {"requirements": []}]):
        with pytest.raises(ValidationError):
            ProgramFile.model_validate(FILE | {"levels": levels})


def test_what_a_program_leaves_out_is_the_mildest() -> None:
    """One grader, no protocol, no rubric, no limits to a case study, consent for the certifier."""
    rules = ProgramFile.model_validate(FILE)
    assert (rules.marking.graders, rules.marking.blind, rules.protocol) == (1, False, None)
    assert (rules.rubrics, rules.measures) == ((), ())
    assert (rules.case_study.words_at_least, rules.case_study.words_at_most) == (0, 50_000)
    assert rules.consent_scopes == ("record", "certifier")
    protocol = Protocol(name="P", describes="D", window=Window(sure_seconds=30, limit_seconds=60))
    assert protocol.failed_retest_opens_window
    assert protocol.cycles_at_least == 1
