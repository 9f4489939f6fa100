"""Agreement on a terminal: what is refused says why, once, and everything fits."""

import numpy as np
import pytest

from casebook.cli.output.agreement_text import agreement_text
from casebook.diagnostics.finding import Report
from casebook.evaluation.agreement.assess import assess_agreement
from casebook.evaluation.agreement.mark_table import mark_table
from casebook.evaluation.agreement.matrix import FloatArray
from casebook.evaluation.agreement.sheet_marks import Scale, SheetMarks
from casebook.workflow.examination import Checked
from casebook.workflow.statistics.agreement import AgreementReading, RubricAgreement
from casebook.workflow.statistics.compared_sheets import RubricUsed
from tests.unit.evaluation.agreement.published import some_marks

HOSTILE = "Kim \x1b[2J " + "x" * 300


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No colours, so that what is left of an escape is somebody else's."""
    monkeypatch.setenv("NO_COLOR", "1")


def shown(marks: FloatArray, *, works_each: int = 1, details: bool = True) -> str:
    """The text about a rubric with one criterion, all texts long and hostile."""
    sheets = [
        SheetMarks(
            f"s{work // works_each:03}", f"w{work:03}", f"{grader} {HOSTILE}",
            {HOSTILE: int(marks[work, grader])},
        )
        for work, grader in np.ndindex(marks.shape)
        if not np.isnan(marks[work, grader])
    ]  # fmt: skip
    found = assess_agreement(mark_table(sheets, [Scale(HOSTILE, HOSTILE, 1, 3)]))
    group = RubricAgreement(RubricUsed("own", HOSTILE, None), HOSTILE, len(sheets), None, found)
    reading = AgreementReading((group,), (), Checked(Report.of([], 0)))
    return agreement_text(reading, details=details)


@pytest.mark.parametrize("works", [1, 9, 12, 40])
@pytest.mark.parametrize("graders", [1, 2, 4])
@pytest.mark.parametrize("missing", [0.0, 0.4])
@pytest.mark.parametrize("works_each", [1, 2])
def test_any_table_fits_and_paints_nothing(
    works: int, graders: int, missing: float, works_each: int
) -> None:
    text = shown(some_marks(1, works, graders, missing=missing), works_each=works_each)
    assert "\x1b" not in text
    assert "nan" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_too_few_works_refuse_each_family_once() -> None:
    text = " ".join(shown(some_marks(1, works=9, graders=2), details=False).split())
    assert "Phi of one grader's mark, Standard error of one mark, refused: 10 works" in text
    assert text.count("Intraclass correlation, refused: 10 works marked by every grader") == 1
    assert "figure 95 % interval" not in text


def test_graders_in_sets_have_no_severity() -> None:
    marks = np.full((40, 4), np.nan)
    marks[:20, :2] = some_marks(1, works=20, graders=2)
    marks[20:, 2:] = some_marks(2, works=20, graders=2)
    text = shown(marks, details=False)
    assert "Severity, in percentage points\n  refused: the graders fall into 2 sets" in text


def test_few_submissions_have_figures_and_no_intervals() -> None:
    """Five submissions of four works each."""
    text = shown(some_marks(3, works=20, graders=3), works_each=4)
    said = " ".join(text.split())
    assert "none 20" in said
    assert "no interval: 10 submissions are needed" in said
    assert "without an interval: conclude nothing from it" in said
    assert "at worst" not in said.partition("How many works")[0]


def test_severity_in_levels_has_two_decimals() -> None:
    text = shown(some_marks(3, works=20, graders=3))
    in_levels = text.partition("Severity, in levels")[2].splitlines()
    assert in_levels[1].split()[-5].startswith(("+0.", "-0.", "+1."))
    assert len(in_levels[1].split()[-5].partition(".")[2]) == 2
