"""A panel's table and its rubric."""

from pathlib import Path

import pytest

from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.workflow.statistics.judges import is_table, panel_rubric, read_panel
from tests.portfolios.rated import write_school


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write_school(tmp_path / "school")


@pytest.fixture
def rubric(program: Path) -> Rubric:
    found = panel_rubric(program, "case")
    assert found is not None
    return found[1]


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["judge,item,expected", *lines, ""]), "utf-8")
    return path


def test_items_count_by_the_rubric_s_weights_and_tops(tmp_path: Path, rubric: Rubric) -> None:
    panel = read_panel(table(tmp_path / "j.csv", "A,safe,1", "A,quality,5"), rubric)
    assert [(each.top, each.weight, each.share) for each in panel.judgements] == [
        (1, 1, 1), (20, 1, 0.25),
    ]  # fmt: skip


def test_without_a_rubric_items_count_by_their_tops(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("judge,item,expected,top\nA,x,1,4\n", "utf-8")
    (one,) = read_panel(path, None).judgements
    assert (one.top, one.weight) == (4, 4)


def test_a_table_with_faults_gives_no_estimates(tmp_path: Path, rubric: Rubric) -> None:
    """A row that cannot be read is told by itself, and not as an estimate that is missing."""
    path = table(tmp_path / "j.csv", "A,safe,one", "A,quality,5")
    panel = read_panel(path, rubric)
    assert panel.judgements == ()
    assert [each.code for each in panel.checked.report.findings] == ["CB203"]
    panel = read_panel(table(path, "A,safe,1"), rubric)
    assert [each.code for each in panel.checked.report.findings] == ["CB850"]
    assert list(panel.checked.sources) == [str(path)]


@pytest.mark.parametrize(
    "name, expected", [("a.csv", True), ("A.CSV", True), ("a.tsv", True), ("a.yaml", False)]
)
def test_a_table_is_known_by_its_name(name: str, expected: bool) -> None:
    assert is_table(Path(name)) is expected


def test_the_rubric_is_named_with_its_program(program: Path) -> None:
    assert panel_rubric(None, None) is None
    for given, said in (
        ((None, "case"), "nothing says whose rubric"),
        ((program, None), "no rubric of the program school is named"),
        ((program, "cases"), "has no rubric `cases`"),
    ):
        with pytest.raises(UsageError, match=said):
            panel_rubric(*given)
