"""A rubric of another program becomes one of casebook's, and nothing changes in silence."""

from fractions import Fraction
from typing import Any

import pytest

from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.exchange.adoption import Adopted, Wishes, adopt
from casebook.exchange.foreign import ForeignCriterion, ForeignLevel, ForeignReading, ForeignRubric
from casebook.limits import LINE_CHARACTERS, TEXT_CHARACTERS


def criterion(*points: float, title: str = "Safety", **more: Any) -> ForeignCriterion:  # noqa: ANN401 - fields
    levels = tuple(
        ForeignLevel(f"name {each:g}", f"Words {each:g}.", Fraction(str(each))) for each in points
    )
    return ForeignCriterion(title, "Safe?", levels, line=7, **more)


def adopted(*criteria: ForeignCriterion, wishes: Wishes | None = None, **more: Any) -> Adopted:  # noqa: ANN401 - fields
    foreign = ForeignRubric("R", criteria, **more)
    return adopt(foreign, wishes or Wishes(judges="case-study", pass_percent=60), "f.csv", "stem")


def made(*criteria: ForeignCriterion, **more: Any) -> Rubric:  # noqa: ANN401 - fields
    rubric = adopted(*criteria, **more).rubric
    assert rubric is not None
    return rubric


def test_levels_rise_whatever_their_order_was() -> None:
    (first,) = made(criterion(2, 0, 1)).criteria
    assert [(step.level, step.label) for step in first.levels] == [
        (0, "name 0"), (1, "name 1"), (2, "name 2"),
    ]  # fmt: skip


def test_nothing_is_said_where_nothing_changes() -> None:
    assert adopted(criterion(0, 1, 2), criterion(0, 2, 1, title="B")).changes == ()


def test_the_rubric_is_named_by_its_title_or_its_file() -> None:
    assert (made(criterion(0, 1)).id, made(criterion(0, 1)).title) == ("r", "R")
    untitled = adopt(ForeignRubric(None, (criterion(0, 1),)), Wishes("own", "observation", 5),
                     "f.csv", "My rubric")  # fmt: skip
    assert untitled.rubric is not None
    assert (untitled.rubric.title, untitled.rubric.id, untitled.rubric.judges) == (
        "My rubric", "own", "observation",
    )  # fmt: skip


def test_without_a_pass_mark_there_is_no_rubric() -> None:
    with pytest.raises(UsageError, match="where passing begins") as caught:
        adopted(criterion(0, 1), wishes=Wishes())
    assert "--pass-percent" in str(caught.value.hint)


def test_what_it_judges_is_assumed_aloud() -> None:
    found = adopted(criterion(0, 1), wishes=Wishes(pass_percent=0))
    assert found.rubric is not None
    assert found.rubric.pass_percent == 0
    assert found.changes == ("it is taken to judge case-study; --judges says otherwise",)


def test_ids_are_made_of_titles_and_never_twice() -> None:
    titles = ("Large Tone", "Größe & Ton", "large  tone", "Große Ton", "LARGE tone!")
    ids = [each.id for each in made(*(criterion(0, 1, title=each) for each in titles)).criteria]
    assert ids == ["large-tone", "grosse-ton", "large-tone-2", "grosse-ton-2", "large-tone-3"]


def test_levels_of_equal_points_become_one() -> None:
    found = adopted(criterion(0, 1, 1))
    assert found.rubric is not None
    top = found.rubric.criteria[0].levels[1]
    assert (top.label, top.describes) == ("name 1 / name 1", "Words 1.\n\nWords 1.")
    assert found.changes == ("'Safety': levels of equal points became one",)


def test_a_single_level_gets_one_below_it() -> None:
    found = adopted(criterion(5))
    assert found.rubric is not None
    assert [step.label for step in found.rubric.criteria[0].levels] == ["Not reached", "name 5"]
    assert "a level 0, Not reached, was added" in found.changes[0]


def test_a_criterion_worth_nothing_is_left_out() -> None:
    found = adopted(criterion(0), criterion(0, 1, title="B"))
    assert found.rubric is not None
    assert [each.title for each in found.rubric.criteria] == ["B"]
    assert found.changes == ("'Safety' is left out: it is worth no points",)
    (finding,) = adopted(criterion(0)).findings
    assert "more than 0 points" in finding.message


def test_ranges_that_levels_stood_for_are_told() -> None:
    assert (
        "all points down to the next one" in adopted(criterion(0, 1, covers_ranges=True)).changes[0]
    )


def test_weights_follow_from_the_points_and_are_told() -> None:
    found = adopted(criterion(0, 25), criterion(0, 15, title="B"))
    assert found.rubric is not None
    assert [each.weight for each in found.rubric.criteria] == [5, 3]
    assert "25, 15 points became 5, 3" in found.changes[0]


def test_weights_of_the_file_go_before_its_points() -> None:
    rubric = made(criterion(0, 5, weight=2.0), criterion(0, 50, title="B", weight=1.0))
    assert [each.weight for each in rubric.criteria] == [2, 1]


def test_weights_above_100_are_divided_and_told() -> None:
    found = adopted(criterion(0, 1, weight=250.0), criterion(0, 1, title="B", weight=50.0))
    assert found.rubric is not None
    assert [each.weight for each in found.rubric.criteria] == [100, 20]
    assert found.changes == ("all weights were divided by 2.5: none passes 100",)


def test_where_a_weight_is_missing_all_follow_from_the_points() -> None:
    found = adopted(criterion(0, 2, weight=9.0), criterion(0, 1, title="B"))
    assert found.rubric is not None
    assert [each.weight for each in found.rubric.criteria] == [2, 1]
    assert "not every criterion has a weight" in found.changes[0]


def test_points_that_do_not_fit_are_told_with_the_difference() -> None:
    found = adopted(criterion(0, 8, 12, 16, 25))
    (said,) = found.changes
    assert said == (
        "'Safety': 0, 8, 12, 16, 25 points became levels 0, 6, 9, 12, 19: levels are whole "
        "numbers up to 20, so shares of the top differ by up to 0.84 percentage points"
    )


def test_criteria_whose_points_changed_alike_are_told_together() -> None:
    found = adopted(criterion(0, 5, 10), criterion(0, 5, 10, title="B"))
    assert found.changes == (
        "'Safety', 'B': 0, 5, 10 points became levels 0, 1, 2, with the same shares of the top",
    )


def test_missing_descriptions_repeat_what_there_is_and_are_told() -> None:
    bare = ForeignCriterion("Safety", " ", (ForeignLevel("no", "", Fraction(0)),
                                            ForeignLevel("yes", "null", Fraction(1))))  # fmt: skip
    found = adopted(bare)
    assert found.rubric is not None
    (first,) = found.rubric.criteria
    assert (first.asks, first.levels[1].describes) == ("Safety", "yes")
    assert [each.partition(" had")[0] for each in found.changes] == ["all criteria", "all levels"]


def test_titles_that_cannot_be_kept_are_cut_or_numbered_and_told() -> None:
    found = adopted(criterion(0, 1, title="x" * 400), criterion(0, 1, title="\x00"))
    assert found.rubric is not None
    long, unseen = (each.title for each in found.rubric.criteria)
    assert len(long) == LINE_CHARACTERS
    assert unseen == "Criterion 2"
    said = " ".join(found.changes)
    assert "1 titles or names were cut to 300 characters" in said
    assert "cannot be seen" in said


def test_html_is_kept_and_told() -> None:
    found = adopted(criterion(0, 1, title="<b>Safety</b> for 2 < 3"))
    assert "HTML" in found.changes[0]
    assert adopted(criterion(0, 1, title="2 < 3")).changes == ()


def test_what_no_rubric_holds_is_told_with_its_line() -> None:
    long = ForeignCriterion("S", "x" * (TEXT_CHARACTERS + 1), criterion(0, 1).levels, line=3)
    for found, words, line in (
        (adopted(criterion(*range(22))), "22 levels", 7),
        (adopted(*(criterion(0, 1) for _ in range(101))), "101 criteria", 1),
        (adopted(long), "20,001 characters", 3),
    ):
        (finding,) = found.findings
        assert found.rubric is None
        assert words in finding.message
        assert (finding.code, finding.place.span.line) == ("CB908", line)


def test_what_casebook_wrote_is_taken_back_and_wishes_go_before_it() -> None:
    ours = {"id": "own", "judges": "observation", "pass_percent": "75", "sem_percent": "4"}
    kept = made(criterion(0, 1, weight=1.0, ours={"id": "safe"}), wishes=Wishes(), ours=ours)
    assert (kept.id, kept.judges, kept.pass_percent, kept.sem_percent) == (
        "own", "observation", 75, 4,
    )  # fmt: skip
    assert kept.criteria[0].id == "safe"
    wished = made(criterion(0, 1), wishes=Wishes("b", "case-study", 50), ours=ours)
    assert (wished.id, wished.judges, wished.pass_percent) == ("b", "case-study", 50)


def test_what_casebook_wrote_is_left_out_where_it_fits_no_more() -> None:
    """Another program took the level away that must be passed."""
    must = {"must_pass": {"level": 3, "reason": "Risk."}}
    found = adopted(criterion(0, 1, ours=must))
    assert found.rubric is not None
    assert found.rubric.criteria[0].must_pass is None
    assert "does not fit any more" in found.changes[-1]


def test_the_one_rubric_meant_is_found_by_its_title() -> None:
    one, two = ForeignRubric("One", (criterion(0, 1),)), ForeignRubric("Two  b", ())
    assert ForeignReading((one,)).only(None) is one
    assert ForeignReading((one, two)).only(" one ") is one
    with pytest.raises(UsageError, match="2 rubrics: 'One', 'Two  b'"):
        ForeignReading((one, two)).only(None)
    with pytest.raises(UsageError, match="no rubric 'Three'"):
        ForeignReading((one, two)).only("Three")
