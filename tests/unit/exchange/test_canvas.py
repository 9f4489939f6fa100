"""Canvas's rubric CSV, with what its own template and real exports hold."""

from fractions import Fraction

from casebook.exchange.canvas import read_canvas, write_canvas
from casebook.exchange.foreign import ForeignLevel
from tests.portfolios.rubrics import rubric_of

HEAD = "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range"
RATING = ",Rating Name,Rating Description,Rating Points"


def csv(*rows: str, ratings: int = 2, head: str = HEAD) -> bytes:
    return "\n".join([head + RATING * ratings, *rows]).encode()


def faults(content: bytes) -> list[tuple[int, str]]:
    return [(each.place.span.line, each.message) for each in read_canvas("c.csv", content).findings]


def test_a_rubric_is_read_with_its_criteria_and_ratings() -> None:
    content = csv(
        "R,Safety,Was it safe?,false,good,No risk.,2,poor,A risk.,0", "R,Words,,TRUE,ok,,1"
    )
    (rubric,) = read_canvas("c.csv", content).rubrics
    safety, words = rubric.criteria
    assert (rubric.title, safety.title, safety.asks, safety.line) == (
        "R", "Safety", "Was it safe?", 2,
    )  # fmt: skip
    assert safety.levels == (
        ForeignLevel("good", "No risk.", Fraction(2)),
        ForeignLevel("poor", "A risk.", Fraction(0)),
    )
    assert not safety.covers_ranges
    assert words.covers_ranges
    assert len(words.levels) == 1


def test_several_rubrics_of_one_file_are_told_apart_by_name() -> None:
    """Canvas groups rows by the rubric's name, wherever they stand."""
    content = csv("A,1,,,x,,1", "B,2,,,x,,1", "A,3,,,x,,1", ratings=1)
    found = read_canvas("c.csv", content).rubrics
    assert [(each.title, [c.title for c in each.criteria]) for each in found] == [
        ("A", ["1", "3"]), ("B", ["2"]),
    ]  # fmt: skip


def test_numbered_headings_and_a_decimal_comma_are_taken() -> None:
    head = HEAD + ",Rating Name 1,Rating Description 1,Rating Points 1"
    (rubric,) = read_canvas("c.csv", csv('R,C,,false,x,y,"1,75"', ratings=0, head=head)).rubrics
    assert rubric.criteria[0].levels[0].points == Fraction("1.75")


def test_a_rating_without_a_name_is_called_by_its_points() -> None:
    (rubric,) = read_canvas("c.csv", csv("R,C,,,,only words,3", ratings=1)).rubrics
    assert rubric.criteria[0].levels[0].name == "3 points"


def test_columns_that_are_not_known_are_passed_over_and_told() -> None:
    (rubric,) = read_canvas("c.csv", csv("R,C,,,x,,1,9", head=HEAD, ratings=1)).rubrics
    assert rubric.remarks == ()
    content = (HEAD + ",Mastery Points" + RATING + "\nR,C,,,9,x,,1").encode()
    (rubric,) = read_canvas("c.csv", content).rubrics
    assert rubric.remarks == ("columns that casebook has no place for: mastery points",)


def test_every_row_at_fault_is_told_with_its_line() -> None:
    content = csv(",C,,,x,,1", "R,,,,x,,1", "R,C,,", "R,D,,,x,,abc,y,,-1", "R,E,,,x,,")
    assert [line for line, _ in faults(content)] == [2, 3, 4, 5, 5, 6]
    said = " ".join(message for _, message in faults(content))
    for words in (
        "which rubric it belongs to", "no name", "'C' has no ratings", "'abc' is no number",
        "'-1' is no number", "it has no points",
    ):  # fmt: skip
        assert words in said


def test_another_table_and_an_empty_one_are_refused() -> None:
    assert faults(b"a,b\n1,2\n") == [(1, "the first line is not the heading of a Canvas rubric")]
    assert faults(csv()) == [(1, "no criterion stands below the heading")]
    assert [line for line, _ in faults(b'a,"b')] == [1]


def test_ratings_are_written_from_the_highest_down_with_points_to_add_up() -> None:
    """Levels 0, 1, 2 of weight 1.5 beside 0, 1: units .75 and 1, both of two decimals already."""
    content = write_canvas(rubric_of({"weight": 1.5}, {"levels": [0, 1]})).decode()
    lines = content.split("\r\n")
    assert lines[0] == HEAD + RATING * 3
    assert lines[1] == (
        "Case,Criterion 1,Question 1?,false,label 2,Words 2.,1.5,label 1,Words 1.,0.75,"
        "label 0,Words 0.,0"
    )
    assert lines[2].endswith("label 1,Words 1.,1,label 0,Words 0.,0,,,")
