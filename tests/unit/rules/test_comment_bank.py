"""Comments fit the rubric they are written for."""

from collections.abc import Callable
from typing import Any

from casebook.domain.portfolio import Piece
from casebook.domain.program.rubric import Rubric
from casebook.rules.comment_bank import check_comment_banks, check_comment_ids
from casebook.source.load import load
from tests.portfolios.rubrics import rubric_of

RUBRICS = {
    "case": rubric_of(
        {"id": "safety", "title": "Safety"},
        {"id": "cycles", "from_protocol": "closed_cycles",
         "levels": [{"level": 0, "label": "l", "describes": "d", "from_figure": 0},
                    {"level": 1, "label": "l", "describes": "d", "from_figure": 1}]},
        judges="observation",
    )
}  # fmt: skip

Found = Callable[..., list[tuple[str, int, str]]]


def bank(*comments: str, rubric: str = "case", path: str = "bank.yaml") -> Piece[Any]:
    """A bank whose first comment stands on line 5."""
    text = f"kind: comment-bank\nformat: 1\nrubric: {rubric}\ncomments:\n"
    written = comments or ("id: a, criterion: safety",)
    lines = "".join(f"  - {{{each}, says: Well.}}\n" for each in written)
    loaded = load(path, (text + lines).encode(), expect="comment-bank")
    assert loaded.findings == ()
    assert loaded.piece is not None
    return loaded.piece


def found(
    *banks: Piece[Any], rubrics: dict[str, Rubric] | None = None, whole: bool = True
) -> list[tuple[str, int, str]]:
    findings = check_comment_banks(banks, RUBRICS if rubrics is None else rubrics, whole=whole)
    return [(each.code, each.place.span.line, each.hint or "") for each in findings]


def test_comments_that_fit_draw_no_finding() -> None:
    assert found(bank("id: a, criterion: safety", "id: b, criterion: safety, level: 2")) == []


def test_an_unknown_rubric_is_told_unless_some_could_not_be_read() -> None:
    stray = bank(rubric="cases")
    assert found(stray) == [("CB808", 3, "did you mean `case`?")]
    assert found(stray, whole=False) == []


def test_a_second_bank_for_one_rubric_is_told() -> None:
    assert [each[:2] for each in found(bank(), bank(path="other.yaml"))] == [("CB907", 3)]


def test_unknown_criteria_levels_and_doubled_ids_are_told_at_their_places() -> None:
    faulty = bank(
        "id: a, criterion: safty", "id: a, criterion: safety, level: 3",
        "id: c, criterion: cycles",
    )  # fmt: skip
    assert [each[:2] for each in found(faulty)] == [
        ("CB301", 6), ("CB801", 5), ("CB802", 6), ("CB807", 7),
    ]  # fmt: skip
    hints = {code: hint for code, _, hint in found(faulty)}
    assert hints["CB801"] == "did you mean `safety`?"
    assert hints["CB802"].startswith("its levels: 0 label 0, 1 label 1, 2 label 2")


def test_a_bank_by_itself_is_checked_for_its_ids() -> None:
    (finding,) = check_comment_ids(bank("id: a, criterion: x", "id: a, criterion: y"))
    assert finding.code == "CB301"
