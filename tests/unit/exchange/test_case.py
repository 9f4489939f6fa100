"""1EdTech CASE JSON: casebook's own, Moodle's spelling of it, and packages."""

import json
import uuid
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casebook.domain.program.rubric import Rubric
from casebook.exchange.case import is_case, read_case, write_case
from casebook.exchange.foreign import ForeignRubric
from tests.portfolios.rubrics import rubric_of

DAY = date(2026, 7, 1)

CRITERION_FIELDS = {
    "identifier", "uri", "category", "description", "weight", "position", "rubricId",
    "lastChangeDateTime", "CFRubricCriterionLevels", "extensions",
}  # fmt: skip
"""Information model 1.1, 7.1.27, but for CFItemURI."""


def level(quality: str, score: float, **more: object) -> dict[str, Any]:
    return {"quality": quality, "description": f"{quality}.", "score": score, **more}


def criterion(*levels: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"category": "Safety", "description": "Safe?", "CFRubricCriterionLevels": levels, **more}


def read(values: object) -> ForeignRubric:
    reading = read_case("r.json", json.dumps(values).encode())
    assert reading.findings == ()
    (rubric,) = reading.rubrics
    return rubric


def written(rubric: Rubric) -> Any:  # noqa: ANN401 - JSON
    return json.loads(write_case(rubric, DAY))


def faults(content: bytes) -> list[str]:
    return [each.message for each in read_case("r.json", content).findings]


def test_each_part_has_the_fields_of_the_information_model() -> None:
    values = written(rubric_of({"weight": 1.5}))
    assert values["title"] == "Case"
    assert values["lastChangeDateTime"] == "2026-07-01T00:00:00+00:00"
    (first,) = values["CFRubricCriteria"]
    assert set(first) == CRITERION_FIELDS
    assert (first["category"], first["weight"], first["position"]) == ("Criterion 1", 1.5, 1)
    assert first["rubricId"] == values["identifier"]
    assert [(each["quality"], each["score"], each["position"])
            for each in first["CFRubricCriterionLevels"]] == [
        ("label 0", 0, 1), ("label 1", 1, 2), ("label 2", 2, 3),
    ]  # fmt: skip
    assert {each["rubricCriterionId"] for each in first["CFRubricCriterionLevels"]} == {
        first["identifier"]
    }


def test_identifiers_are_uuids_that_follow_from_what_the_rubric_says() -> None:
    def identifiers(values: object) -> list[str]:
        if isinstance(values, dict):
            own = [values["identifier"]] if "identifier" in values else []
            return [*own, *(found for each in values.values() for found in identifiers(each))]
        return [f for each in values for f in identifiers(each)] if isinstance(values, list) else []

    first, second = identifiers(written(rubric_of({}, {}))), identifiers(written(rubric_of({}, {})))
    assert first == second
    assert len(first) == 1 + 2 + 6
    assert len(set(first)) == len(first)
    assert {uuid.UUID(each).version for each in first} == {5}
    assert not set(first) & set(identifiers(written(rubric_of({}, {}, title="Other"))))


def test_what_case_has_no_field_for_stands_in_its_extensions() -> None:
    rubric = rubric_of({"must_pass": {"level": 1, "reason": "Risk."}})
    values = written(rubric)
    assert next(iter(values)) == "extensions"
    assert values["extensions"]["casebook"] == {
        "format": 1, "id": "case", "judges": "case-study", "pass_percent": 60.0,
    }  # fmt: skip
    assert values["CFRubricCriteria"][0]["extensions"]["casebook"]["must_pass"]["level"] == 1
    assert "extensions" not in values["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]


def test_a_rubric_of_another_program_is_read() -> None:
    rubric = read({
        "identifier": "x", "title": "R", "extra": 1,
        "CFRubricCriteria": [criterion(level("poor", 0), level("good", 2.5), weight=2)],
    })  # fmt: skip
    assert (rubric.title, rubric.ours) == ("R", {})
    (found,) = rubric.criteria
    assert (found.title, found.asks, found.weight) == ("Safety", "Safe?", 2.0)
    assert [(each.name, each.points) for each in found.levels] == [
        ("poor", Fraction(0)), ("good", Fraction("2.5")),
    ]  # fmt: skip
    assert "weight is read as" in " ".join(rubric.remarks)


def test_capitals_as_moodles_importer_wants_them_are_taken() -> None:
    rubric = read({
        "Title": "R",
        "CFRubricCriterion": [
            {"Description": "Safe?", "CFRubricCriterionLevels": [{"Description": "No", "score": 1}]}
        ],
    })  # fmt: skip
    (found,) = rubric.criteria
    assert (rubric.title, found.title, found.asks, found.weight) == ("R", "Safe?", "", None)
    assert found.levels[0].name == "No"


def test_positions_and_not_the_order_of_the_file_decide() -> None:
    first = criterion(level("b", 1, position=2), level("a", 0, position=1), position=1)
    rubric = read({"CFRubricCriteria": [
        {**criterion(level("c", 1)), "category": "Second", "position": 2}, first,
    ]})  # fmt: skip
    assert [each.title for each in rubric.criteria] == ["Safety", "Second"]
    assert [each.name for each in rubric.criteria[0].levels] == ["a", "b"]


def test_without_positions_the_order_of_the_file_stands() -> None:
    rubric = read({"CFRubricCriteria": [criterion(level("b", 1), level("a", 0, position=1))]})
    assert [each.name for each in rubric.criteria[0].levels] == ["b", "a"]


@pytest.mark.parametrize(
    "wrap",
    [lambda one: [one], lambda one: {"CFRubrics": [one]}, lambda one: {"CFRubric": one},
     lambda one: {"CFPackage": {"CFDefinitions": {"CFRubrics": [one]}}}],
)  # fmt: skip
def test_a_rubric_is_found_in_the_package_it_lies_in(wrap: Any) -> None:  # noqa: ANN401 - a shape
    assert read(wrap({"title": "R", "CFRubricCriteria": [criterion(level("a", 1))]})).title == "R"


def test_links_and_descriptions_that_are_not_kept_are_told() -> None:
    rubric = read({"description": "About.", "CFRubricCriteria": [
        criterion(level("a", 1), CFItemURI={"uri": "x"}),
    ]})  # fmt: skip
    said = " ".join(rubric.remarks)
    assert "About." in said
    assert "CFItemURI" in said


def test_a_rubric_at_fault_hides_none_of_the_others() -> None:
    reading = read_case("r.json", json.dumps({"CFRubrics": [
        {"title": "Empty", "CFRubricCriteria": []},
        {"title": "Full", "CFRubricCriteria": [criterion(level("a", 1))]},
    ]}).encode())  # fmt: skip
    assert [each.title for each in reading.rubrics] == ["Full"]
    assert [each.message for each in reading.findings] == ["the rubric 'Empty' has no criteria"]


@pytest.mark.parametrize(
    "content, words",
    [
        (b"{", "this is no JSON"),
        (b"\xff{", "not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b"{}", "no CFRubric"),
        (b'[1, {"CFRubrics": 3}]', "no CFRubric"),
        (b'{"CFRubricCriteria": [{}]}', "has no levels"),
        (b'{"CFRubricCriteria": [{"CFRubricCriterionLevels": [{"score": -1}]}]}', "has no score"),
        (b'{"CFRubricCriteria": [{"CFRubricCriterionLevels": [{"score": NaN}]}]}', "has no score"),
        (b'{"CFRubricCriteria": [{"CFRubricCriterionLevels": [{"score": 1e999}]}]}', "no score"),
    ],
)
def test_what_is_no_rubric_is_told_and_never_raises(content: bytes, words: str) -> None:
    assert words in " ".join(faults(content))


@pytest.mark.parametrize(
    "content, is_json",
    [(b" {", True), (b"\xef\xbb\xbf[", True), (b"criterion,", False), (b"", False)],
)
def test_json_is_told_from_tables_by_its_first_sign(content: bytes, is_json: bool) -> None:
    assert is_case(content) == is_json
