"""A rubric written for another program and read again keeps all that the format carries."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.domain.program.rubric import Criterion, Rubric
from casebook.exchange.adoption import Wishes, adopt
from casebook.exchange.canvas import read_canvas, write_canvas
from casebook.exchange.carried import losses
from casebook.exchange.case import read_case, write_case
from casebook.exchange.foreign import FORMATS, ForeignReading, RubricFormat
from casebook.exchange.moodle import read_moodle, told_apart, write_moodle
from casebook.exchange.points import added_points
from casebook.exchange.rubric_file import rubric_yaml
from casebook.source.load import load
from casebook.workflow.programs import show_program
from tests.portfolios.rubrics import rubric_of, rubrics

DAY = date(2026, 7, 1)
WISHES = Wishes(pass_percent=60)


def adopted(reading: ForeignReading, wishes: Wishes = WISHES) -> Rubric:
    assert reading.findings == ()
    made = adopt(reading.only(None), wishes, "file", "file")
    assert made.findings == ()
    assert made.rubric is not None
    return made.rubric


def shares(criterion: Criterion) -> list[float]:
    return [step.level / criterion.top for step in criterion.levels]


def weights(rubric: Rubric) -> list[float]:
    total = sum(each.weight for each in rubric.criteria)
    return [each.weight / total for each in rubric.criteria]


def same_scales(before: Rubric, after: Rubric) -> None:
    """Shares of the top and of the whole are kept, exactly where points are."""
    within = 1e-9 if added_points(before).exact else 5e-3
    for one, other in zip(before.criteria, after.criteria, strict=True):
        assert shares(other) == pytest.approx(shares(one), abs=max(within, 1e-9))
    assert weights(after) == pytest.approx(weights(before), abs=within)


@given(rubrics())
def test_canvas_keeps_titles_questions_levels_and_shares(rubric: Rubric) -> None:
    after = adopted(read_canvas("r.csv", write_canvas(rubric)))
    assert after.title == rubric.title
    for one, other in zip(rubric.criteria, after.criteria, strict=True):
        assert (other.title, other.asks) == (one.title, one.asks)
        assert [(s.label, s.describes) for s in other.levels] == [
            (s.label, s.describes) for s in one.levels
        ]
    same_scales(rubric, after)


@given(rubrics())
def test_moodle_keeps_titles_levels_and_shares(rubric: Rubric) -> None:
    after = adopted(read_moodle("r.csv", write_moodle(rubric)))
    assert [each.title for each in after.criteria] == list(told_apart(rubric))
    for one, other in zip(rubric.criteria, after.criteria, strict=True):
        assert [(s.label, s.describes) for s in other.levels] == [
            (s.label, s.describes) for s in one.levels
        ]
    same_scales(rubric, after)


@given(rubrics())
def test_case_keeps_everything(rubric: Rubric) -> None:
    after = adopted(read_case("r.json", write_case(rubric, DAY)), Wishes())
    assert after == rubric


@given(rubrics())
@settings(deadline=None)
def test_a_rubrics_file_is_read_as_the_rubric_it_was_written_of(rubric: Rubric) -> None:
    loaded = load("rubric.yaml", rubric_yaml(rubric, ["From there.", "On the way: nothing."]))
    assert loaded.findings == ()
    assert loaded.piece is not None
    assert loaded.piece.record == rubric
    assert loaded.piece.record.digest == rubric.digest


@pytest.mark.parametrize("name", ["case-study", "session"])
def test_the_shipped_rubrics_keep_their_levels_through_canvas(name: str) -> None:
    """Levels 0 to 3 are the smallest whole numbers already, so mark sheets keep their meaning."""
    rubric = show_program("nkt").rubric(name)
    assert rubric is not None
    after = adopted(read_canvas("r.csv", write_canvas(rubric)))
    assert [[s.level for s in each.levels] for each in after.criteria] == [
        [s.level for s in each.levels] for each in rubric.criteria
    ]
    assert [each.weight for each in after.criteria] == [each.weight for each in rubric.criteria]


@given(rubrics(), st.sampled_from(sorted(FORMATS)))
def test_whatever_a_format_leaves_behind_is_said(rubric: Rubric, to: RubricFormat) -> None:
    said = " ".join(losses(rubric, to))
    assert f"pass_percent ({rubric.pass_percent:g})" in said
    for criterion in rubric.criteria:
        assert criterion.must_pass is None or f"'{criterion.title}'" in said
        assert criterion.from_protocol is None or "from_protocol of" in said
    assert (rubric.sem_percent is not None) == ("sem_percent" in said)
    assert bool(rubric.global_ratings) == ("global ratings" in said)


def test_a_formula_in_a_text_is_warned_of_and_left_as_it_is() -> None:
    rubric = rubric_of({"title": "=SUM(A1)"})
    assert any("spreadsheet would run" in each for each in losses(rubric, "canvas"))
    assert b",=SUM(A1)," in write_canvas(rubric)
    assert not any("spreadsheet" in each for each in losses(rubric_of({}), "canvas"))


def test_the_same_rubric_gives_the_same_bytes() -> None:
    rubric = rubric_of({}, {})
    assert write_case(rubric, DAY) == write_case(rubric_of({}, {}), DAY)
    assert write_case(rubric_of({}, title="Other"), DAY) != write_case(rubric_of({}), DAY)
