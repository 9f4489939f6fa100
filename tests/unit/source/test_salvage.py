"""What is left of broken data is a record that can be checked further, or nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.program.program import ProgramFile
from casebook.domain.record import MISSING_TEXT
from casebook.domain.work.case_study import CaseStudy
from casebook.source.load import KINDS
from casebook.source.reader import read_text
from casebook.source.salvage import salvage

HEAD = "kind: case-study\nformat: 1\nid: a\n"


def case(text: str) -> CaseStudy | None:
    reading = read_text("case.yaml", (HEAD + text).encode())
    assert reading.data is not None
    return salvage(CaseStudy, reading.data, reading.places)


def left_of(text: str) -> CaseStudy:
    found = case(text)
    assert found is not None
    return found


def test_a_wrong_value_is_left_out_and_the_rest_stays() -> None:
    """One bad age takes nothing else along."""
    found = left_of("title: T\nclient: {pseudonym: A, age: old, occupation: driver}\n")
    assert found.client.age is None
    assert found.client.occupation == "driver"


def test_an_unknown_key_is_left_out() -> None:
    """What nothing knows goes alone."""
    assert left_of("title: T\nclient: {pseudonym: A}\nnonsense: {a: [b]}\n").title == "T"


def test_a_missing_text_has_a_stand_in() -> None:
    """Without title and pseudonym the rest can still be checked, and nobody mistakes the mark."""
    found = left_of("client: {age: 46}\n")
    assert (found.title, found.client.pseudonym) == (MISSING_TEXT, MISSING_TEXT)
    assert found.client.age == 46


def test_a_missing_name_of_a_file_has_no_stand_in() -> None:
    """A consent without its form goes, or the form would be looked for under a name of nothing."""
    found = left_of(
        "title: T\nclient: {pseudonym: A}\nconsent: {scope: [record], signed: 2026-03-02}\n"
    )
    assert found.consent is None


def test_a_fault_in_a_list_takes_the_whole_list() -> None:
    """Items behind a missing one would stand in the wrong place, so all of them go."""
    found = left_of(
        "title: T\nclient: {pseudonym: A}\nreferences:\n  - {id: a, text: x}\n  - {id: b}\n"
    )
    assert found.references == []


def test_a_fault_deep_in_a_list_takes_the_nearest_list() -> None:
    """A step without a result takes its session's steps and leaves the sessions."""
    found = left_of(
        "title: T\nclient: {pseudonym: A}\nsessions:\n"
        "  - {day: 0, steps: [{test: QL, result: fires}]}\n"
        "  - {day: 7, steps: [{test: QL}]}\n"
    )
    assert [len(session.steps) for session in found.sessions] == [1, 0]


def test_a_contradiction_takes_the_part_that_it_lies_in() -> None:
    """A consent that expired before it was signed goes as a whole."""
    found = left_of(
        "title: T\nclient: {pseudonym: A}\n"
        "consent: {scope: [record], signed: 2026-03-02, form: a.pdf, expires: 2026-03-01}\n"
    )
    assert found.consent is None


@pytest.mark.parametrize("text", ["title: T\nclient: no keys\n", "title: T\n"])
def test_without_a_part_that_every_record_needs_nothing_is_left(text: str) -> None:
    """A case study without a client is none."""
    assert case(text) is None


def test_a_fault_that_comes_back_for_ever_leaves_nothing() -> None:
    """A program without levels cannot be had, whatever else is taken out of it."""
    reading = read_text("a.yaml", b"kind: program\nformat: 1\nlevels: [{level: 1}]\n")
    assert reading.data is not None
    assert salvage(ProgramFile, reading.data, reading.places) is None


def test_the_data_itself_is_not_touched() -> None:
    """Salvage works on a copy."""
    reading = read_text("case.yaml", (HEAD + "title: T\nclient: {age: old}\n").encode())
    assert reading.data is not None
    salvage(CaseStudy, reading.data, reading.places)
    assert reading.data["client"] == {"age": "old"}


KEYS = st.sampled_from(
    ["id", "title", "client", "age", "sessions", "steps", "test", "release", "at", "events",
     "needs", "course", "levels", "requirements", "criteria", "level", "marks", "x", "until"]
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(["", "x", "0", "7", "left", "fires", "2026-03-02", "00:45", "course"]),
    lambda values: st.one_of(
        st.lists(values, max_size=3), st.dictionaries(KEYS, values, max_size=4)
    ),
    max_leaves=12,
)


def written(value: Any) -> str:  # noqa: ANN401 - any shape of data
    """Data as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return f'"{value}"'


@given(st.sampled_from(sorted(KINDS)), st.dictionaries(KEYS, VALUES, max_size=6))
def test_salvage_never_raises_and_what_is_left_is_a_record(kind: str, data: dict[str, Any]) -> None:
    """Of any data either a record of the kind is left, or None."""
    text = f"kind: {kind}\nformat: 1\n" + "".join(
        f"{key}: {written(each)}\n" for key, each in data.items()
    )
    reading = read_text("a.yaml", text.encode())
    assert reading.data is not None
    found = salvage(KINDS[kind], reading.data, reading.places)
    assert found is None or isinstance(found, KINDS[kind])
