"""A panel's estimates held against the rubric, or against themselves."""

import pytest

from casebook.domain.marking.judgement import JudgementRow
from casebook.domain.program.rubric import Rubric
from casebook.rules.judgements import check_judgements, tops_of
from casebook.source.judgement_table import read_judgements
from casebook.source.load import load
from tests.portfolios.rated import RUBRIC


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Its criteria are safe, with a top of 1, and quality, with a top of 20."""
    piece = load("case.yaml", RUBRIC.encode()).piece
    assert piece is not None
    assert isinstance(piece.record, Rubric)
    return piece.record


def rows(*lines: str, head: str = "round,judge,item,expected") -> tuple[JudgementRow, ...]:
    reading = read_judgements("judges.csv", "\n".join([head, *lines]).encode())
    assert reading.findings == ()
    return reading.rows


def told(given: tuple[JudgementRow, ...], rubric: Rubric | None) -> list[tuple[str, int, int]]:
    return [
        (each.code, each.place.span.line, each.place.span.column)
        for each in check_judgements(given, rubric)
    ]


WHOLE = ("1,A,safe,0.9", "1,A,quality,12", "1,B,safe,1", "1,B,quality,20")


def test_a_whole_table_has_nothing_to_tell(rubric: Rubric) -> None:
    assert told(rows(*WHOLE), rubric) == []
    assert told(rows("1,A,x,0.5", "1,A,y,1", "1,B,x,0", "1,B,y,1"), None) == []


def test_tops_come_from_the_rubric_the_table_or_are_one(rubric: Rubric) -> None:
    assert tops_of(rows(*WHOLE), rubric) == {"safe": 1, "quality": 20}
    assert tops_of(rows("1,A,x,1"), None) == {"x": 1}
    assert tops_of(rows("A,x,1,4", head="judge,item,expected,top"), None) == {"x": 4}


@pytest.mark.parametrize(
    "line, finding",
    [
        ("1,B,qualty,20", ("CB801", 5, 5)),
        ("1,B,quality,21", ("CB204", 5, 13)),
        ("1,B,safe,1", ("CB803", 5, 5)),
    ],
)
def test_an_estimate_without_a_place_is_told(
    rubric: Rubric, line: str, finding: tuple[str, int, int]
) -> None:
    assert finding in told(rows(*WHOLE[:3], line), rubric)


def test_a_judge_who_left_an_item_out_is_named_once_a_round(rubric: Rubric) -> None:
    """Nobody estimated quality in round 2, and B nothing but safe in round 1."""
    given = rows(*WHOLE[:3], "2,A,safe,1", "2,B,safe,1")
    assert told(given, rubric) == [("CB850", 4, 3), ("CB850", 5, 3), ("CB850", 6, 3)]
    first = next(iter(check_judgements(given, rubric)))
    assert first.message == "`B` has no estimate in round 1 for `quality`"


def test_many_missing_items_are_cut_short() -> None:
    given = rows("1,A,x,1", *(f"1,B,y{at},1" for at in range(5)))
    (of_a, of_b) = check_judgements(given, None)
    assert of_a.message.endswith("`y0`, `y1`, `y2` and 2 more")
    assert of_b.message.endswith("for `x`")


def test_points_without_a_top_are_told_once() -> None:
    """Nothing says whether 1.5 is much."""
    given = rows("1,A,x,0.5", "1,A,y,1.5", "1,B,x,1.5", "1,B,y,1.5")
    assert told(given, None) == [("CB204", 3, 7)]


def test_tops_that_differ_contradict_each_other(rubric: Rubric) -> None:
    head = "judge,item,expected,top"
    assert told(rows("A,x,1,3", "B,x,1,4", head=head), None) == [("CB209", 3, 7)]
    given = rows("A,safe,1,1", "A,quality,1,3", head=head)
    assert told(given, rubric) == [("CB209", 3, 13)]
    assert told(rows("A,x,4,3", "B,x,1,3", head=head), None) == [("CB204", 2, 5)]
