"""Results and appeals agree with themselves."""

import json
from typing import Any

import pytest

from casebook.domain.portfolio import Piece
from casebook.rules.issued import check_appeal, check_result
from casebook.source.load import load

RUBRIC = {
    "kind": "rubric", "format": 1, "id": "case", "title": "Case", "judges": "case-study",
    "pass_percent": 50,
    "criteria": [{"id": "clear", "title": "Clear", "asks": "Clear?", "levels": [
        {"level": 0, "label": "no", "describes": "d"},
        {"level": 1, "label": "yes", "describes": "d"},
    ]}],
}  # fmt: skip


def read(values: dict[str, Any]) -> Piece[Any]:
    loaded = load("file.json", json.dumps(values, indent=1).encode())
    assert loaded.findings == ()
    assert loaded.piece is not None
    return loaded.piece


def read_issued(values: dict[str, Any]) -> Piece[Any]:
    """A result or an appeal with the digest that it has."""
    return read(values | {"own_digest": read(values).record.digest})


def result(**values: object) -> Piece[Any]:
    rubric = read(RUBRIC).record
    work = {
        "work": "heel", "judges": "case-study", "title": "Heel", "rubric": "case",
        "rubric_digest": rubric.digest, "result": "pass", "percent": 100.0, "pass_percent": 50.0,
        "criteria": [], "evaluations": {}, "counted": ["kim"], "rules": [], "reasons": [],
    }  # fmt: skip
    eligibility = {
        "program": "own", "level": 1, "level_name": "One", "on": "2026-07-01", "eligible": True,
        "requirements": [],
    }  # fmt: skip
    return read_issued({
        "kind": "result", "format": 1, "program": "own", "program_name": "Own",
        "program_version": "1", "program_digest": "d", "notice": "None.", "language": "en",
        "level": 1, "level_name": "One", "submission": "a" * 64, "candidate": "Jordan",
        "issued": "2026-07-01", "appeal_until": "2026-07-31", "result": "pass", "reasons": [],
        "works": [work], "rubrics": [RUBRIC], "eligibility": eligibility, "seals": [],
        **values,
    })  # fmt: skip


def test_a_result_that_holds_its_rubrics_as_worded_is_fine() -> None:
    assert list(check_result(result())) == []


@pytest.mark.parametrize(
    "values, words",
    [
        ({"rubrics": []}, "the result holds none of that id"),
        ({"rubrics": [RUBRIC | {"title": "Cases"}]}, "the result holds one worded"),
    ],
)
def test_a_rubric_that_was_taken_out_or_reworded_is_found(
    values: dict[str, object], words: str
) -> None:
    (finding,) = check_result(result(**values))
    assert finding.code == "CB815"
    assert words in finding.message


def test_an_appeal_cannot_have_ended_before_the_result() -> None:
    (finding,) = check_result(result(appeal_until="2026-06-30"))
    assert finding.code == "CB209"


def appeal(decided: str) -> Piece[Any]:
    return read_issued({
        "kind": "appeal", "format": 1, "result": "a" * 64, "candidate": "Jordan",
        "opened": "2026-07-10", "grounds": "The table was misread.",
        "decision": {"decided": decided, "outcome": "upheld", "reason": "So it was.", "by": "Lou"},
    })  # fmt: skip


def test_an_appeal_is_decided_after_it_is_opened() -> None:
    assert list(check_appeal(appeal("2026-07-10"))) == []
    (finding,) = check_appeal(appeal("2026-07-09"))
    assert finding.code == "CB209"


@pytest.mark.parametrize(
    "piece, check",
    [(result(), check_result), (appeal("2026-07-10"), check_appeal)],
    ids=["result", "appeal"],
)
def test_what_was_edited_or_says_no_digest_is_found(piece: Piece[Any], check: Any) -> None:  # noqa: ANN401
    own = piece.record.own_digest
    for changes in ({"candidate": "Jordan B"}, {"own_digest": None}, {"own_digest": "0" * 64}):
        edited = Piece(piece.path, piece.record.model_copy(update=changes), piece.places)
        (finding,) = check(edited)
        assert finding.code == "CB819"
    assert own == piece.record.digest
    assert list(check(piece)) == []
