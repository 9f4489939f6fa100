"""A table of marks to every figure it allows, each with an interval or a reason."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.evaluation.agreement.alpha import krippendorff_alpha
from casebook.evaluation.agreement.assess import assess_agreement
from casebook.evaluation.agreement.catalogue import KINDS
from casebook.evaluation.agreement.figures import Estimate, Figure, Interval, Refused
from casebook.evaluation.agreement.fleiss import fleiss_kappa
from casebook.evaluation.agreement.intraclass import icc, icc_interval
from casebook.evaluation.agreement.kappa import cohen_kappa, kappa_interval
from casebook.evaluation.agreement.mark_table import mark_table
from casebook.evaluation.agreement.matrix import FloatArray
from casebook.evaluation.agreement.minimums import MINIMUMS
from casebook.evaluation.agreement.percent import percent_agreement, wilson_interval
from casebook.evaluation.agreement.report import Agreement, CandidateStudy, Decision
from casebook.evaluation.agreement.severity import severities
from casebook.evaluation.agreement.sheet_marks import Scale, SheetMarks
from tests.unit.evaluation.agreement.published import some_marks

SCALES = [Scale("a", "A", 1, 3), Scale("b", "B", 2, 3)]


def sheets_of(
    *criteria: FloatArray, works_each: int = 1, pass_points: int | None = 4
) -> list[SheetMarks]:
    """Sheets of works by graders; several works may be one submission."""
    sheets = []
    for work, grader in np.ndindex(criteria[0].shape):
        levels = {
            name: int(marks[work, grader])
            for name, marks in zip("ab", criteria, strict=False)
            if not math.isnan(marks[work, grader])
        }
        done = len(levels) == len(criteria) and pass_points is not None
        if levels:
            sheets.append(
                SheetMarks(
                    f"s{work // works_each:03}", f"w{work:03}", f"Grader {grader}", levels,
                    sum(levels.values()) >= (pass_points or 0) if done else None,
                )
            )  # fmt: skip
    return sheets


def assessed(*criteria: FloatArray, works_each: int = 1) -> Agreement:
    table = mark_table(sheets_of(*criteria, works_each=works_each), SCALES[: len(criteria)])
    return assess_agreement(table)


def estimate(figure: Figure) -> Estimate:
    assert isinstance(figure, Estimate), figure
    return figure


def interval(figure: Figure) -> Interval:
    found = estimate(figure).interval
    assert isinstance(found, Interval), found
    return found


def why(figure: object) -> str:
    assert isinstance(figure, Refused), figure
    return figure.why


def test_every_figure_of_a_full_table_is_what_its_module_makes() -> None:
    marks = some_marks(1, works=40, graders=3)
    found = assessed(marks, some_marks(2, works=40, graders=3))
    (measure, _) = found.criteria
    assert {kind.id for kind in KINDS["levels"]} == set(measure.figures)
    values = {name: estimate(figure).value for name, figure in measure.figures.items()}
    assert values["percent-agreement"] == pytest.approx(percent_agreement(marks))
    assert values["fleiss-kappa"] == pytest.approx(fleiss_kappa(marks))
    assert values["alpha-ordinal"] == pytest.approx(krippendorff_alpha(marks, "ordinal"))
    assert values["icc-2-k"] == pytest.approx(icc(marks, "2-k"))
    assert values["phi"] == pytest.approx(icc(marks, "2-1"))
    kappas = [cohen_kappa(marks[:, pair]) for pair in ([0, 1], [0, 2], [1, 2])]
    assert values["cohen-kappa"] == pytest.approx(np.mean(kappas))
    assert (measure.pairs, measure.works, measure.marks) == (3, 40, 120)
    for figure in measure.figures.values():
        limits = interval(figure)
        assert limits.low < estimate(figure).value < limits.high
    assert interval(measure.figures["phi"]) == Interval(
        *icc_interval(measure_marks(marks), "2-1"), "mcgraw-wong"
    )


def test_agreement_says_what_it_is_made_of() -> None:
    """Twelve works in six submissions by three graders, one of whom left out four of them."""
    marks = some_marks(1, works=12, graders=3)
    marks[:4, 1] = math.nan
    found = assessed(marks, marks, works_each=2)
    assert (found.works, found.submissions, found.sheets) == (12, 6, 32)
    assert found.graders == ("Grader 0", "Grader 1", "Grader 2")
    assert (found.seed, found.resamples) == (20_261_001, 2_000)
    assert [(each.id, each.title, each.unit) for each in found.measures] == [
        ("result", "Pass or fail", "pass or fail"), ("total", "Total", "percent"),
        ("a", "A", "levels"), ("b", "B", "levels"),
    ]  # fmt: skip
    # A total has no kappas, so no pairs of graders stand behind one.
    assert [each.pairs for each in found.measures] == [1, 0, 1, 1]


def measure_marks(marks: FloatArray) -> FloatArray:
    return mark_table(sheets_of(marks), SCALES[:1]).of("a")


def test_two_graders_get_the_published_intervals() -> None:
    """32 works are twice the square of four levels."""
    marks = some_marks(3, works=32, graders=2)
    figures = assessed(marks).criteria[0].figures
    assert interval(figures["percent-agreement"]) == Interval(
        *wilson_interval(percent_agreement(marks), 32), "wilson"
    )
    assert interval(figures["weighted-kappa-linear"]) == Interval(
        *kappa_interval(measure_marks(marks), "linear"), "fleiss-cohen-everitt"
    )
    assert interval(figures["icc-2-1"]) == Interval(
        *icc_interval(measure_marks(marks), "2-1"), "mcgraw-wong"
    )
    assert assessed(marks).criteria[0].pairs == 1


def test_two_pairs_of_three_graders_are_resampled_however_many_works_they_share() -> None:
    """The first marked everything, the others one half each: 32 works are enough for one pair."""
    marks = some_marks(3, works=64, graders=3)
    marks[:32, 1] = marks[32:, 2] = math.nan
    measure = assessed(marks).criteria[0]
    assert measure.pairs == 2
    assert interval(measure.figures["cohen-kappa"]).method == "bootstrap"


def test_a_formula_without_an_interval_says_why() -> None:
    """Two graders who agree on all of 32 works with four levels."""
    marks = np.column_stack([np.arange(32.0) % 4] * 2)
    figures = assessed(marks).criteria[0].figures
    assert estimate(figures["cohen-kappa"]).value == 1
    assert why(estimate(figures["cohen-kappa"]).interval) == (
        "the two graders never differ, so nothing says how far they might"
    )
    assert why(estimate(figures["icc-1-1"]).interval) == (
        "the graders never differ, so nothing says how far they might"
    )


def test_too_few_works_for_kappas_error_are_resampled() -> None:
    figures = assessed(some_marks(3, works=31, graders=2)).criteria[0].figures
    assert interval(figures["cohen-kappa"]).method == "bootstrap"


def test_several_works_of_a_submission_are_no_independent_works() -> None:
    """Formulas take independent works for granted; each interval is resampled then."""
    figures = assessed(some_marks(3, works=60, graders=2), works_each=3).criteria[0].figures
    assert {interval(figure).method for figure in figures.values()} == {"bootstrap"}


def test_missing_marks_leave_what_can_be_said() -> None:
    marks = some_marks(5, works=40, graders=4, missing=0.6)
    measure = assessed(marks).criteria[0]
    assert "10 works marked by every grader are needed" in why(measure.figures["icc-1-1"])
    assert interval(measure.figures["phi"]).method == "bootstrap"
    assert isinstance(measure.decision, Decision)


def test_the_result_is_compared_as_pass_or_fail() -> None:
    found = assessed(some_marks(1, works=30), some_marks(2, works=30))
    assert found.result is not None
    assert list(found.result.figures) == [kind.id for kind in KINDS["pass or fail"]]
    assert (found.result.decision, found.result.severity) == (None, None)
    table = mark_table(sheets_of(some_marks(1), pass_points=None), SCALES[:1])
    assert assess_agreement(table).result is None


def test_severity_is_told_of_every_grader_by_name() -> None:
    marks = some_marks(6, works=20, graders=3)
    marks[4:, 2] = math.nan
    found = assessed(marks).total.severity
    assert isinstance(found, tuple)
    assert [each.grader for each in found] == ["Grader 0", "Grader 1", "Grader 2"]
    points = severities(marks * 100 / 3).points
    assert estimate(found[0].figure).value == pytest.approx(points[0])
    assert estimate(found[0].figure).works == 20
    reach = severities(marks * 100 / 3).reach
    limits = interval(found[0].figure)
    assert limits.method == "t"
    assert (limits.low, limits.high) == pytest.approx((points[0] - reach[0], points[0] + reach[0]))
    assert why(found[2].figure) == (
        "5 works that another grader marked too are needed, because one odd work would make a "
        "grader severe; there are 4"
    )


def test_five_shared_works_are_enough_for_a_severity() -> None:
    marks = some_marks(6, works=20, graders=3)
    marks[5:, 2] = math.nan
    found = assessed(marks).total.severity
    assert isinstance(found, tuple)
    assert estimate(found[2].figure).works == 5


def test_a_grader_who_shares_no_work_is_named_and_not_judged() -> None:
    marks = np.full((21, 3), math.nan)
    marks[:20, :2] = some_marks(6, works=20, graders=2)
    marks[20, 2] = 1
    found = assessed(marks).total.severity
    assert isinstance(found, tuple)
    assert why(found[2].figure).endswith("there is none")


def test_several_works_of_candidates_are_studied_where_there_are_enough() -> None:
    """Of 2 works each: 9 candidates are too few, 10 are not; with one work there is no question."""
    marks = some_marks(6, works=20, graders=3)
    study = assessed(marks, works_each=2).candidates
    assert isinstance(study, CandidateStudy)
    assert study.submissions == 10
    assert why(assessed(marks[:18], works_each=2).candidates).endswith("there are 9")
    assert assessed(marks).candidates is None
    same = np.full((20, 2), 2.0)
    assert "do not" in why(assessed(same, works_each=2).candidates)


def test_graders_in_two_sets_cannot_be_compared() -> None:
    marks = np.full((40, 4), math.nan)
    marks[:20, :2] = some_marks(1, works=20, graders=2)
    marks[20:, 2:] = some_marks(2, works=20, graders=2)
    assert "2 sets that share no work" in why(assessed(marks).total.severity)


def test_graders_who_differ_by_severity_alone_leave_nothing_to_judge_it_by() -> None:
    marks = np.column_stack([np.arange(20.0) % 3, np.arange(20.0) % 3 + 1])
    severity = assessed(marks).criteria[0].severity
    assert isinstance(severity, tuple)
    assert why(estimate(severity[0].figure).interval) == (
        "the graders differ in severity alone, so nothing says how sure that is"
    )


@pytest.mark.parametrize(
    "family", sorted(set(MINIMUMS) - {"severity", "candidates", "kappa", "icc"})
)
def test_below_the_stated_number_a_figure_is_refused(family: str) -> None:
    least = MINIMUMS[family].works
    for works, refused in ((least - 1, True), (least, False)):
        figures = assessed(some_marks(4, works=works, graders=4)).criteria[0].figures
        for kind in KINDS["levels"]:
            if kind.family == family:
                assert isinstance(figures[kind.id], Refused) == refused
                if refused:
                    assert why(figures[kind.id]).endswith(f"there are {works}")


def test_kappa_counts_the_works_that_a_pair_shares() -> None:
    marks = some_marks(4, works=19, graders=2)
    marks[9:, 1] = math.nan
    marks = np.column_stack([marks, some_marks(5, works=19, graders=1)])
    measure = assessed(marks).criteria[0]
    assert measure.pairs == 1  # Graders 0 and 2 share 19 works, 1 shares 9 with each.
    assert estimate(measure.figures["cohen-kappa"]).works == 19
    marks[10:, 0] = math.nan
    assert assessed(marks).criteria[0].pairs == 1  # Ten are enough.
    marks[9:, 0] = math.nan
    measure = assessed(marks).criteria[0]
    assert why(measure.figures["cohen-kappa"]).endswith("there are 9")
    assert measure.pairs == 0


ALONE = np.repeat([[1, math.nan], [math.nan, 2]], 10, axis=0)
"""20 works, half of them marked by each of two graders."""


@pytest.mark.parametrize(
    "marks, reason",
    [
        (
            np.full((20, 3), 2.0),
            "all marks are the same (2), and marks that never differ show nothing beyond chance",
        ),
        (
            some_marks(1, works=20, graders=1),
            "fewer than two graders marked this; agreement takes two",
        ),
        (ALONE, "no work has the marks of two graders, so there is nothing to compare"),
    ],
    ids=["all the same", "one grader", "no shared work"],
)
def test_degenerate_marks_get_a_sentence(marks: FloatArray, reason: str) -> None:
    found = assessed(marks)
    measure = found.criteria[0]
    for name, figure in measure.figures.items():
        if name != "percent-agreement" or "same" not in reason:
            assert why(figure) == reason
    assert why(measure.decision) == reason
    assert why(measure.severity) == reason
    assert measure.pairs == 0
    assert found.result is not None
    assert (found.result.decision, found.result.severity) == (None, None)


def test_full_agreement_on_one_level_is_still_a_percentage() -> None:
    share = assessed(np.full((20, 2), 2.0)).criteria[0].figures["percent-agreement"]
    assert estimate(share).value == 1
    assert interval(share).low == pytest.approx(wilson_interval(1, 20)[0])


def test_a_pair_that_gave_one_level_has_no_kappa_though_others_differ() -> None:
    """Grader 1 shares too few works to count."""
    marks = np.full((20, 3), 2.0)
    marks[:, 1] = math.nan
    marks[:5, 1] = 0
    measure = assessed(marks).criteria[0]
    assert "one and the same level" in why(measure.figures["cohen-kappa"])
    assert measure.pairs == 1


def test_works_that_do_not_differ_have_no_correlation() -> None:
    """The graders differ, and always in the same way."""
    measure = assessed(np.tile([1.0, 2.0], (20, 1))).criteria[0]
    assert "the works do not differ" in why(measure.figures["icc-2-1"])
    assert estimate(measure.figures["phi"]).value == 0
    assert isinstance(measure.decision, Decision)
    assert [need.graders for need in measure.decision.needs] == [None, None, None]


def test_graders_of_a_single_work_each_tell_no_variances() -> None:
    """Twelve works by 24 graders: severity and chance are one and the same."""
    marks = np.full((12, 24), math.nan)
    for work in range(12):
        marks[work, 2 * work : 2 * work + 2] = work % 3, (work + 1) % 4
    measure = assessed(marks).criteria[0]
    for figure in (measure.figures["phi"], measure.figures["sem"], measure.decision):
        assert "do not tell apart" in why(figure)
    assert isinstance(measure.figures["fleiss-kappa"], Estimate)


def numbers_in(found: Agreement, names: Sequence[str]) -> list[object]:
    """All that is said, with graders in a given order."""
    said: list[object] = [found.works, found.submissions, found.sheets, found.candidates]
    for measure in found.measures:
        said += [measure.figures, measure.decision, measure.pairs]
        if isinstance(measure.severity, tuple):
            by_name = {each.grader: each.figure for each in measure.severity}
            said.append([by_name.get(name) for name in names])
        else:
            said.append(measure.severity)
    return said


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_renaming_graders_and_reordering_sheets_changes_no_statistic(
    seed: int, data: st.DataObject
) -> None:
    """Not in the last digit, and no limit of a resampled interval either."""
    shape = {"works": 24, "graders": 4, "levels": 4, "missing": 0.15}
    sheets = sheets_of(some_marks(seed, **shape), some_marks(seed + 1, **shape), works_each=2)  # type: ignore[arg-type]
    names = [f"Grader {number}" for number in range(4)]
    others = data.draw(st.permutations(["Zoe", "Grader 0", "Ann", "grader 9"]))
    renamed = dict(zip(names, others, strict=True))
    again = data.draw(st.permutations([replace(s, grader=renamed[s.grader]) for s in sheets]))
    before = numbers_in(assess_agreement(mark_table(sheets, SCALES)), names)
    after = numbers_in(assess_agreement(mark_table(again, SCALES)), others)
    assert before == after


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    shape=st.tuples(st.integers(1, 24), st.integers(1, 5), st.integers(1, 5)),
    missing=st.sampled_from([0.0, 0.3, 0.7, 0.95]),
    works_each=st.sampled_from([1, 2]),
)
def test_no_table_gives_a_warning_or_what_is_no_number(
    seed: int, shape: tuple[int, int, int], missing: float, works_each: int
) -> None:
    """Warnings are errors in all tests; a figure is finite, its interval around it or refused."""
    marks = some_marks(seed, *shape, missing)
    if np.isnan(marks).all():
        return
    for measure in assessed(marks, works_each=works_each).measures:
        for figure in measure.figures.values():
            if isinstance(figure, Estimate):
                assert math.isfinite(figure.value)
                if isinstance(figure.interval, Interval):
                    assert math.isfinite(figure.interval.low)
                    assert figure.interval.low <= figure.interval.high
            else:
                assert figure.why
