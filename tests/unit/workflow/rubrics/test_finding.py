"""Rubrics are found by their file or their program, compared, and listed with their comments."""

from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.exchange.rubric_file import rubric_yaml
from casebook.workflow.rubrics.finding import comments_on, diff_rubrics, find_rubric
from tests.portfolios.rubrics import rubric_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_bytes(rubric_yaml(rubric_of({"id": "safety"}), []))
    return file


def bank(folder: Path, **changes: str) -> Path:
    text = (
        "kind: comment-bank\nformat: 1\nrubric: case\n"
        "comments: [{id: a, criterion: safety, level: 1, says: Well.}]\n"
    )
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    file = folder / "bank.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_rubric_is_found_by_its_file(path: Path) -> None:
    found = find_rubric(str(path))
    assert found.rubric == rubric_of({"id": "safety"})
    assert found.checked.report.findings == ()


def test_a_rubric_is_found_by_its_program(repository: Path) -> None:
    """By the id of a shipped program, and by the file or folder of another."""
    guild = repository / "samples" / "reflexology" / "program"
    references = ("nkt:session", f"{guild}/program.yaml:documentation", f"{guild}:documentation")
    found = [find_rubric(each).rubric for each in references]
    assert [each and each.id for each in found] == ["session", "documentation", "documentation"]


@pytest.mark.parametrize(
    "reference, words, hint",
    [
        ("nkt:sesion", "has no rubric 'sesion'", "did you mean `session`?"),
        ("nktt:session", "no program `nktt`", "did you mean `nkt`?"),
        ("nothing.yaml", "there is no file", "program:rubric"),
    ],
)
def test_a_rubric_that_there_is_not_is_told(reference: str, words: str, hint: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        find_rubric(reference)
    assert hint in str(caught.value.hint)


def test_a_file_at_fault_gives_findings_and_no_rubric(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(text + text[text.index("  - id") :], encoding="utf-8")
    found = find_rubric(str(path))
    assert found.rubric is None
    assert [each.code for each in found.checked.report.findings] == ["CB301"]
    path.write_text("kind: program\nformat: 1\n", encoding="utf-8")
    assert [each.code for each in find_rubric(str(path)).checked.report.findings] == ["CB207"]


def test_a_comparison_says_whether_results_could_change() -> None:
    old = rubric_of({})
    assert not diff_rubrics(old, old).changes
    assert not diff_rubrics(old, rubric_of({"title": "New"})).changes_results
    assert diff_rubrics(old, rubric_of({}, pass_percent=61)).changes_results


def test_comments_come_from_the_program_or_from_a_bank_by_itself(path: Path) -> None:
    rubric, shipped = comments_on("nkt:case-study")
    assert rubric.id == "case-study"
    assert {each.criterion for each in shipped.comments} <= {each.id for each in rubric.criteria}
    assert len(shipped.comments) >= 15
    _, own = comments_on(str(path), bank(path.parent))
    assert [each.says for each in own.comments] == ["Well."]


def test_why_there_are_no_comments_is_told(path: Path) -> None:
    case = str(path)
    for reference, own, words in (
        (case, None, "does not say which comments"),
        ("nkt:session", None, "keeps no comments"),
        (case, {"case": "other"}, "not on 'case'"),
        (case, {"safety": "safty"}, "no criterion `safty`"),
        (case, {"says": "say"}, "has faults"),
    ):
        with pytest.raises(UsageError, match=words):
            comments_on(reference, bank(path.parent, **own) if own else None)
    path.write_text(path.read_text("utf-8").replace("weight: 1", "weight: none"), encoding="utf-8")
    with pytest.raises(UsageError, match="has faults"):
        comments_on(str(path), bank(path.parent))
