"""Rubrics are brought in and taken out, and nobody's file is written over."""

from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.exchange.adoption import Wishes
from casebook.exchange.foreign import RubricFormat
from casebook.workflow.rubrics.exchange import export_rubric, import_rubric, write_imported
from casebook.workflow.rubrics.finding import find_rubric
from tests.portfolios.rubrics import rubric_of

DAY = date(2026, 7, 1)
WISHES = Wishes("case", "case-study", 60)
RUBRIC = rubric_of({}, {"weight": 2})
SUFFIXES: dict[RubricFormat, str] = {"canvas": ".csv", "moodle": ".csv", "case": ".json"}


@pytest.fixture
def moodle(tmp_path: Path) -> Path:
    file = tmp_path / "from-moodle.csv"
    file.write_text(
        "criterion,level,level_description,score\nC,poor,A risk.,0\nC,good,No risk.,1\n",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize("to", SUFFIXES)
def test_the_format_is_told_by_the_content(tmp_path: Path, to: RubricFormat) -> None:
    file = tmp_path / f"rubric{SUFFIXES[to]}"
    export_rubric(RUBRIC, to, file, DAY)
    imported = import_rubric(file, WISHES)
    assert imported.rubric is not None
    assert [each.title for each in imported.rubric.criteria] == ["Criterion 1", "Criterion 2"]
    assert import_rubric(file, WISHES, to).rubric == imported.rubric


def test_what_is_written_is_read_as_the_same_rubric(tmp_path: Path, moodle: Path) -> None:
    imported = import_rubric(moodle, WISHES)
    target = tmp_path / "rubric.yaml"
    write_imported(imported, target, moodle)
    found = find_rubric(str(target))
    assert found.rubric == imported.rubric
    assert found.checked.report.findings == ()
    head = target.read_text("utf-8").partition("kind:")[0]
    assert head.startswith("# Made by casebook out of from-moodle.csv.")
    assert "# On the way: all criteria had no description" in head


@pytest.mark.parametrize(
    "content, words",
    [(b"a,b\n1,2\n", "none of the formats"), (b"PK\x03\x04...", "is a workbook"),
     (b"\x00\x01\x02", "none of the formats"), (b"%PDF-1.7", "is a PDF, and no rubric"),
     (b"age-encryption.org/v1\n", "is a sealed submission, and no rubric")],
)  # fmt: skip
def test_a_file_of_no_known_format_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        import_rubric(file, WISHES)


@pytest.mark.parametrize("content", [b"", b'criterion,"score', b"{"])
def test_a_file_that_cannot_be_read_gives_findings(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    imported = import_rubric(file, WISHES)
    assert imported.rubric is None
    assert [each.code for each in imported.checked.report.findings] == ["CB908"]


def test_a_rubric_with_faults_hides_no_other_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "package.json"
    full = '{"title": "B", "CFRubricCriteria": [{"CFRubricCriterionLevels": [{"score": 1}]}]}'
    file.write_text(
        f'{{"CFRubrics": [{{"title": "A", "CFRubricCriteria": []}}, {full}]}}', encoding="utf-8"
    )
    assert import_rubric(file, WISHES).rubric is None
    assert import_rubric(file, WISHES, name="b").rubric is not None


@pytest.mark.parametrize("wrong", ["Case Study", "", "x" * 65, "über"])
def test_an_id_that_no_file_takes_is_refused(moodle: Path, wrong: str) -> None:
    with pytest.raises(UsageError, match="is no id"):
        import_rubric(moodle, Wishes(wrong, None, 60))


def test_targets_have_the_ending_of_their_format(tmp_path: Path, moodle: Path) -> None:
    with pytest.raises(UsageError, match="is a YAML file"):
        write_imported(import_rubric(moodle, WISHES), tmp_path / "rubric.csv", moodle)
    for to in SUFFIXES:
        with pytest.raises(UsageError, match="ends in"):
            export_rubric(RUBRIC, to, tmp_path / "rubric.txt", DAY)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["from-moodle.csv"]


def test_nothing_of_somebody_elses_is_written_over_unasked(tmp_path: Path, moodle: Path) -> None:
    target = tmp_path / "rubric.yaml"
    target.write_text("mine", encoding="utf-8")
    imported = import_rubric(moodle, WISHES)
    with pytest.raises(UsageError, match="did not make it"):
        write_imported(imported, target, moodle)
    write_imported(imported, target, moodle, force=True)
    with pytest.raises(UsageError, match="did not make it"):
        export_rubric(RUBRIC, "canvas", moodle, DAY)


def test_casebooks_own_json_is_made_anew(tmp_path: Path) -> None:
    target = tmp_path / "rubric.json"
    export_rubric(RUBRIC, "case", target, DAY)
    export_rubric(rubric_of({}), "case", target, DAY)
    assert b"Criterion 2" not in target.read_bytes()


def test_a_portfolios_own_file_is_never_written_over(tmp_path: Path, moodle: Path) -> None:
    (tmp_path / "portfolio.yaml").write_text("kind: portfolio\n", encoding="utf-8")
    with pytest.raises(UsageError, match="portfolio's own files"):
        write_imported(
            import_rubric(moodle, WISHES), tmp_path / "portfolio.yaml", moodle, force=True
        )
