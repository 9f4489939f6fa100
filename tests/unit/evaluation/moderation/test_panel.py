"""The graders of one piece of work: who they are, who may still be asked, what they gave."""

import pytest

from casebook.domain.program.marking_policy import MarkingPolicy
from tests.portfolios.panels import panel


def test_graders_stand_in_alphabetical_order() -> None:
    """However their marks came."""
    assert panel({"cem": (1,), "ana": (2,), "bo": (3,)}).graders == ("ana", "bo", "cem")


def test_of_what_a_panel_is_not_told_nothing_is_taken_as_known() -> None:
    """No list, no draw, nobody first or last, and nothing to remark."""
    told = panel({"a": (1,)})
    assert (told.spare, told.drawn, told.drawn_twice) == (None, False, False)
    assert (told.first, told.latest, told.names, told.remarks) == ((), None, {}, ())


@pytest.mark.parametrize(
    "asked, most, marked, further, limit, full",
    [
        (2, 3, 1, 0, 3, False),
        (2, 3, 2, 0, 3, False),
        (2, 3, 3, 1, 3, True),
        # More are asked at first than the policy's most: those who are asked may mark.
        (4, 3, 3, 0, 4, False),
        (4, 3, 4, 0, 4, True),
        # Nobody's marks are set aside because they came unasked.
        (1, 1, 3, 2, 1, True),
    ],
)
def test_how_many_are_further_graders_and_whether_more_may_be_asked(
    asked: int, most: int, marked: int, further: int, limit: int, *, full: bool
) -> None:
    """Of so many asked at first, so many allowed and so many who have marked."""
    policy = MarkingPolicy(graders=asked, most_graders=most)
    judged = panel({f"g{number}": (1,) for number in range(marked)}, policy)
    assert (judged.further, judged.limit, judged.is_full) == (further, limit, full)


def test_the_panel_before_a_further_grader_has_the_first_marks_alone() -> None:
    """With everything else as it is now."""
    policy = MarkingPolicy(graders=2)
    judged = panel({"a": (1,), "b": (2,), "c": (3,)}, policy, first=("a", "c"), latest="b")
    assert judged.before_further_graders() == panel(
        {"a": (1,), "c": (3,)}, policy, first=("a", "c"), latest="b"
    )


@pytest.mark.parametrize("first", [(), ("a",), ("a", "b", "c")])
def test_it_is_not_known_where_the_first_are_not_those_who_were_asked(
    first: tuple[str, ...],
) -> None:
    """Of two who were asked none, one or three are known as the first."""
    judged = panel({"a": (1,), "b": (2,), "c": (3,)}, MarkingPolicy(graders=2), first=first)
    assert judged.before_further_graders() is None


def test_without_a_further_grader_there_is_nothing_before() -> None:
    """Two were asked and two have marked."""
    judged = panel({"a": (1,), "b": (2,)}, MarkingPolicy(graders=2), first=("a", "b"))
    assert judged.before_further_graders() is None


def test_levels_are_those_of_whoever_has_marked_a_criterion() -> None:
    """B has left c1 unmarked."""
    judged = panel({"a": (1, 2), "b": (3, None)})
    assert judged.levels("c0") == {"a": 1, "b": 3}
    assert judged.levels("c1") == {"a": 2}
    assert judged.complete_levels("c0", ["b", "a"]) == [3, 1]
    assert judged.percent("a") == 37.5


def test_a_grader_is_called_by_the_offices_name_where_there_is_one() -> None:
    """Else by the id."""
    judged = panel({"a": (1,)}, names={"a": "a Ana"})
    assert (judged.called("a"), judged.called("b")) == ("a Ana", "b")
