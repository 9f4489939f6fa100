"""The table of marks depends on neither the order of sheets nor on graders' names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.evaluation.agreement.mark_table import mark_table
from casebook.evaluation.agreement.sheet_marks import Scale, SheetMarks

SCALES = [Scale("a", "A", 1, 3), Scale("b", "B", 2, 4)]


def sheet(
    work: str, grader: str, levels: dict[str, int], *, passed: bool | None = None
) -> SheetMarks:
    return SheetMarks(f"of {work}", work, grader, levels, passed)


def test_sheets_find_their_places() -> None:
    table = mark_table(
        [
            sheet("w2", "Kim", {"a": 3, "b": 2}, passed=True),
            sheet("w1", "Kim", {"a": 1}),
            sheet("w1", "Lee", {"b": 4}, passed=False),
        ],
        SCALES,
    )
    assert table.works == (("of w1", "w1"), ("of w2", "w2"))
    kim, lee = table.graders.index("Kim"), table.graders.index("Lee")
    assert table.of("a")[:, kim].tolist() == [1, 3]
    assert np.isnan(table.of("a")[:, lee]).all()
    assert table.of("b")[0, lee] == 4
    assert table.passes[1, kim] == 1
    assert table.passes[0, lee] == 0
    assert np.isnan(table.passes[0, kim])


def test_a_total_weighs_each_criterion_and_wants_all_of_them() -> None:
    """(1 * 3/3 + 2 * 2/4) / 3 = 2/3; with one missing there is none."""
    table = mark_table([sheet("w1", "Kim", {"a": 3, "b": 2}), sheet("w1", "Lee", {"a": 3})], SCALES)
    totals = table.totals()
    assert totals[0, table.graders.index("Kim")] == pytest.approx(200 / 3)
    assert np.isnan(totals[0, table.graders.index("Lee")])


def test_levels_of_unknown_criteria_are_left_out() -> None:
    table = mark_table([sheet("w1", "Kim", {"a": 1, "other": 9})], SCALES)
    assert np.nansum(table.marks) == 1


def test_without_a_criterion_there_are_no_totals() -> None:
    table = mark_table([sheet("w1", "Kim", {})], [])
    assert np.isnan(table.totals()).all()


def test_no_mark_is_not_taken_for_any_mark() -> None:
    """Two graders, each with one work: only what they marked tells whose column comes first."""
    for level in range(4):
        sheets = [("w1", "Kim"), ("w2", "Lee")], [("w1", "Lee"), ("w2", "Kim")]
        one, other = (
            mark_table([sheet(work, grader, {"a": level}) for work, grader in each], SCALES)
            for each in sheets
        )
        assert np.array_equal(one.marks, other.marks, equal_nan=True)


def test_works_of_one_submission_have_its_number() -> None:
    sheets = [SheetMarks(each, work, "Kim", {"a": 1}) for each, work in ("yb", "xa", "xb", "ya")]
    assert mark_table(sheets, SCALES).submissions.tolist() == [0, 0, 1, 1]


marks = st.dictionaries(st.sampled_from("ab"), st.integers(0, 3))
many = st.dictionaries(
    st.tuples(st.sampled_from("uvwx"), st.sampled_from(["Ann", "Bo", "Cy", "Di"])), marks,
    min_size=1,
)  # fmt: skip


@given(marked=many, data=st.data())
def test_renaming_graders_and_reordering_sheets_moves_no_mark(
    marked: dict[tuple[str, str], dict[str, int]], data: st.DataObject
) -> None:
    """Not only equal up to rounding: the very same numbers in the very same places."""
    names = ["Ann", "Bo", "Cy", "Di"]
    renamed = dict(zip(names, data.draw(st.permutations(names)), strict=True))
    sheets = [sheet(work, grader, levels) for (work, grader), levels in marked.items()]
    others = [sheet(work, renamed[grader], levels) for (work, grader), levels in marked.items()]
    one = mark_table(sheets, SCALES)
    other = mark_table(data.draw(st.permutations(others)), SCALES)
    assert other.works == one.works
    assert np.array_equal(other.marks, one.marks, equal_nan=True)
    assert np.array_equal(other.totals(), one.totals(), equal_nan=True)
