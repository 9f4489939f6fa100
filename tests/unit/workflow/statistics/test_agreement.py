"""Sheets to statistics, one set for each rubric."""

import importlib.util
import random
from pathlib import Path

import pytest

from casebook.errors import MachineError, UsageError
from casebook.evaluation.agreement.figures import Estimate
from casebook.workflow.statistics import agreement
from casebook.workflow.statistics.agreement import AgreementReading, measure_agreement
from tests.portfolios.rated import write_school, write_sheet


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Twelve works, each marked by Ann, Bo and Cy; Bo is two steps stricter."""
    write_school(tmp_path)
    rng = random.Random(3)
    for work in range(12):
        quality = rng.randint(5, 15)
        for grader, severity in (("Ann", 0), ("Bo", 2), ("Cy", 0)):
            write_sheet(
                tmp_path / f"{work}-{grader}.yaml", quality - severity + rng.randint(-1, 1), None,
                work=f"case-{work}", grader=grader,
            )  # fmt: skip
    return tmp_path


def only(reading: AgreementReading) -> agreement.RubricAgreement:
    (group,) = reading.groups
    return group


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_sheets_of_one_rubric_are_compared(desk: Path) -> None:
    reading = measure_agreement([desk])
    group = only(reading)
    assert reading.is_whole
    assert (group.title, group.used.program, group.sheets, group.totals) == (
        "Written case", "school", 36, None,
    )  # fmt: skip
    found = group.agreement
    assert (found.works, found.submissions, found.sheets) == (12, 12, 36)
    assert found.graders == ("Ann", "Bo", "Cy")
    assert [measure.id for measure in found.measures] == ["result", "total", "safe", "quality"]
    # Two steps of twenty, half of the total: 5 points. Bo lies 2/3 of it below the three's mean.
    assert isinstance(found.total.severity, tuple)
    bo = found.total.severity[1]
    assert bo.grader == "Bo"
    assert isinstance(bo.figure, Estimate)
    assert bo.figure.value == pytest.approx(10 / 3, abs=1.5)


def test_each_rubric_has_its_own_figures(desk: Path) -> None:
    """Another rubric of the program, and the same one as it was worded before."""
    write_sheet(desk / "other.yaml", 4, None, grader="Di")
    replace(desk / "other.yaml", "rubric: case", "rubric: another")
    write_sheet(desk / "old.yaml", 4, None, grader="Di", more=f"rubric_digest: {'a' * 64}")
    groups = measure_agreement([desk]).groups
    assert [(group.used.rubric, group.sheets, bool(group.totals)) for group in groups] == [
        ("another", 1, True), ("case", 1, True), ("case", 36, False),
    ]  # fmt: skip
    assert [group.title for group in groups] == ["another", "case", "Written case"]


def test_without_the_rubric_every_criterion_counts_the_same(desk: Path) -> None:
    """Tops are the highest levels given: 1 and the best quality; there is no pass or fail."""
    for path in desk.glob("*-*.yaml"):
        replace(path, "program: program.yaml", "program: lost.yaml")
    group = only(measure_agreement([desk]))
    assert "not at hand" in str(group.totals)
    assert group.agreement.result is None
    assert [measure.id for measure in group.agreement.criteria] == ["quality", "safe"]
    named = only(measure_agreement([desk], desk / "program.yaml"))
    assert named.totals is None
    assert named.agreement.result is not None


def test_graders_who_differ_in_capitals_alone_are_one(desk: Path) -> None:
    for path in desk.glob("1*-Ann.yaml"):
        replace(path, "{name: Ann}", "{name: ANN}")
    assert only(measure_agreement([desk])).agreement.graders == ("ANN", "Bo", "Cy")


def test_sheets_without_a_mark_are_no_trouble(desk: Path) -> None:
    """Neither with a rubric nor without."""
    empty = write_sheet(desk / "empty.yaml", None, None, grader="Di")
    replace(empty, "  - {criterion: safe, level: 1, note: Seen., place: Here.}", "  []")
    assert only(measure_agreement([desk])).agreement.graders == ("Ann", "Bo", "Cy", "Di")
    alone = desk / "alone"
    alone.mkdir()
    replace(empty, "program: program.yaml", "program: lost.yaml")
    empty.rename(alone / "empty.yaml")
    found = measure_agreement([alone])
    assert not found.is_whole
    assert not only(found).agreement.has_pairs


def test_what_did_not_count_is_no_whole_reading(desk: Path) -> None:
    write_sheet(desk / "level.yaml", 4, None, safe=9, grader="Di")
    assert not measure_agreement([desk]).is_whole
    (desk / "level.yaml").unlink()
    (desk / "broken.yaml").write_text("kind: mark-sheet\nmarks: [", "utf-8")
    reading = measure_agreement([desk])
    assert [Path(each.path).name for each in reading.left_out] == ["broken.yaml"]
    assert only(reading).sheets == 36


def test_a_folder_without_a_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no mark sheet in"):
        measure_agreement([tmp_path])


def test_sheets_that_all_are_broken_leave_no_group(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("kind: mark-sheet\nmarks: [", "utf-8")
    reading = measure_agreement([tmp_path])
    assert (reading.groups, reading.is_whole) == ((), False)


@pytest.mark.parametrize("missing", ["numpy", "scipy"])
def test_without_the_extra_one_line_says_how_to_get_it(
    desk: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        agreement, "find_spec", lambda name: None if name == missing else find(name)
    )
    with pytest.raises(MachineError, match="is missing") as refused:
        measure_agreement([desk])
    assert refused.value.hint == 'pip install "casebook[stats]"'
