"""From a validation error to its place in the file, and to the words of its field."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics.place import Loc
from casebook.domain.program.program import ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.domain.record import Record
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.domain.work.steps import ReleaseStep, TestStep
from casebook.source.load import KINDS
from casebook.source.locate import describe, homes_of, records_at, way_in_file
from casebook.source.reader import read_text

PLACES = read_text(
    "case.yaml",
    b"client: {age: x}\nsessions:\n  - day: 0\n    measures: {nprs: 7}\n    steps:\n"
    b"      - {test: QL, result: up}\n",
).places


@pytest.mark.parametrize(
    "loc, way",
    [
        (("client", "age"), ("client", "age")),
        (("client", "pseudonym"), ("client",)),
        (("sessions", 0, "steps", 0, "test-step", "result"), ("sessions", 0, "steps", 0, "result")),
        (("sessions", 0, "steps", 0, "test-step", "side"), ("sessions", 0, "steps", 0)),
        (("sessions", 0, "measures", "nprs", "[key]"), ("sessions", 0, "measures", "nprs")),
        (("title",), ()),
    ],
)
def test_a_way_goes_as_deep_as_the_file(loc: Loc, way: Loc) -> None:
    """Names of union members and marks of keys are passed over; missing keys end the way."""
    assert way_in_file(PLACES, loc) == way


PARTS = st.lists(
    st.one_of(
        st.sampled_from(["client", "age", "sessions", "steps", "test-step", "[key]", "nothing"]),
        st.integers(-1, 2),
    ),
    max_size=6,
).map(tuple)


@given(PARTS)
def test_any_way_is_walked_without_an_error(loc: Loc) -> None:
    """Whatever an error's location, a way comes of it that the file has."""
    way = way_in_file(PLACES, loc)
    assert way == () or way in PLACES.values
    for model in KINDS.values():
        assert isinstance(records_at(model, loc), tuple)
        if loc:
            assert describe(model, loc) is None or describe(model, loc)
        assert isinstance(homes_of(model, str(loc)), tuple)


def test_the_name_of_a_union_member_narrows_the_records() -> None:
    """Before the member's name all of them can stand there, behind it that one alone."""
    anyone = records_at(CaseStudy, ("sessions", 0, "steps", 0))
    assert {TestStep, ReleaseStep} < set(anyone)
    assert records_at(CaseStudy, ("sessions", 0, "steps", 0, "test-step")) == (TestStep,)
    (homework,) = records_at(Observation, ("events", 3, "exercise-event"))
    assert homework.__name__ == "HomeworkEvent"
    (course,) = records_at(ProgramFile, ("levels", 0, "requirements", 2, "course"))
    assert course.__name__ == "CourseRequirement"


def test_what_belongs_in_a_place_is_its_fields_description() -> None:
    """A field is described by itself, and what has no field by the nearest one around it."""
    assert describe(CaseStudy, ("client", "pseudonym")) == (
        "A name that is not the client's own, such as Client A."
    )
    assert describe(CaseStudy, ("keywords", 2)) == "Two to five words someone would search for."
    assert (describe(CaseStudy, ("sessions", 0, "measures", "Ä", "[key]")) or "").startswith(
        "Outcome measures taken before"
    )
    assert describe(CaseStudy, ("nothing",)) is None


def test_a_misplaced_key_has_homes() -> None:
    """The parts that know a key are named from the top of the file; the top itself is none."""
    assert homes_of(CaseStudy, "age") == ("`client`",)
    assert homes_of(CaseStudy, "complaint") == ("`presentation`",)
    assert homes_of(Rubric, "from_figure") == ("`criteria.levels`",)
    assert homes_of(CaseStudy, "title") == ()


def all_records(model: type[Record]) -> set[type[Record]]:
    found = {model}
    for name in model.model_fields:
        for record in records_at(model, (name,)):
            found |= all_records(record)
    return found


RECORDS = set.union(*(all_records(model) for model in KINDS.values()))


def tags(schema: Any) -> set[str]:  # noqa: ANN401 - a core schema holds anything
    """The names of union members anywhere in a core schema."""
    if isinstance(schema, dict):
        own = set(schema["choices"]) if schema.get("type") == "tagged-union" else set()
        return own.union(*(tags(each) for key, each in schema.items() if key != "metadata"))
    return set().union(*map(tags, schema)) if isinstance(schema, list | tuple) else set()


def test_no_union_member_is_called_like_a_field_of_a_member() -> None:
    """Else a way into the file could not be told from the name of a member."""
    assert len(RECORDS) > 40
    names = set.union(*(tags(model.__pydantic_core_schema__) for model in KINDS.values()))
    assert {"test-step", "release-event", "course"} < names
    unions = [
        members
        for owner in RECORDS
        for field in owner.model_fields
        if len(members := records_at(owner, (field,))) > 1
    ]
    assert len(unions) == 5
    for member in (each for union in unions for each in union):
        assert not names & set(member.model_fields)


def test_every_field_of_every_record_is_described() -> None:
    """Without a description a missing key could not be explained."""
    for record in RECORDS:
        for name in record.model_fields:
            assert describe(record, (name,)), f"{record.__name__}.{name}"


def test_the_keys_that_tell_steps_apart_are_required_in_one_step_each() -> None:
    """No two steps or events share the key that names them."""
    for union in (
        records_at(CaseStudy, ("sessions", "steps")),
        records_at(Observation, ("events",)),
    ):
        assert len(union) > 3
        required = [
            {name for name, field in record.model_fields.items() if field.is_required()}
            - {"at", "result"}
            for record in union
        ]
        assert all(len(each) == 1 for each in required)
        assert not any(one & other for one, other in combinations(required, 2))
