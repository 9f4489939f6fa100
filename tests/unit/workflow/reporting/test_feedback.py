"""Feedback reports as files: one of each kind for each result, and none before it is complete."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import IssuedResult
from casebook.errors import UsageError
from casebook.render import together
from casebook.render.document import Document
from casebook.workflow.reporting.feedback import make_feedback
from tests.portfolios.results import MakeResult, written


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The documents that PDFs were made of; the PDFs cost nothing."""
    documents: list[Document] = []

    def fake(asked: Mapping[str, Document], *_: object) -> dict[str, bytes]:
        documents.extend(asked.values())
        return {name: hashlib.sha256(each.body.encode()).digest() for name, each in asked.items()}

    monkeypatch.setattr(together, "made_confined", fake)
    return documents


def test_a_report_stands_beside_its_result_as_pdf_and_html(
    tmp_path: Path, result: MakeResult
) -> None:
    path = written(tmp_path / "s01.result.json", result({"ames": (2, 2)}))
    found = make_feedback([path])
    assert [each.name for each in found.written] == ["s01.feedback.pdf", "s01.feedback.html"]
    assert all(each.parent == tmp_path for each in found.written)
    assert "You have passed" in found.written[1].read_text("utf-8")


def test_two_results_of_one_name_are_told_apart_by_their_digests(
    tmp_path: Path, result: MakeResult
) -> None:
    results = [result({"ames": (2, 2)}), result({"ames": (2, 1)})]
    for folder, each in zip("ab", results, strict=True):
        written(tmp_path / folder / "x.result.json", each)
    found = make_feedback([tmp_path], output=tmp_path / "out", forms=("html",))
    assert {each.name for each in found.written} == {
        f"x-{brief(each.digest)}.feedback.html" for each in results
    }


def test_nothing_is_released_while_a_mark_is_wanted(tmp_path: Path, result: MakeResult) -> None:
    whole = result({"ames": (2, 2)})
    need = {"what": "mark", "graders": ("brandt",), "says": "Brandt marks it"}
    values = whole.model_dump()
    values["works"][0]["needs"] = [need]
    path = written(tmp_path / "s01.result.json", IssuedResult.model_validate(values))
    found = make_feedback([path])
    assert found.written == ()
    assert found.withheld == (str(path),)
    assert list(tmp_path.iterdir()) == [path]


def test_the_look_is_the_results_or_the_programs_or_as_asked_for(
    tmp_path: Path, result: MakeResult, repository: Path, made: list[Document]
) -> None:
    whole = result({"ames": (2, 2)}, program="nkt", look={"theme": "clinic", "accent": "#123456"})
    path = written(tmp_path / "s01.result.json", whole)
    make_feedback([path], forms=("pdf",))
    found = make_feedback([path], forms=("pdf",), program_path=Path("nkt"), force=True)
    make_feedback([path], forms=("pdf",), theme="large", force=True)
    assert [each.look.theme for each in made] == ["clinic", "journal", "large"]
    assert made[0].look.accent == made[2].look.accent == "#123456"
    # The result was made by other rules than those that ship now.
    assert found.other_rules == (str(path),)


def test_another_program_lends_no_look(tmp_path: Path, result: MakeResult) -> None:
    path = written(tmp_path / "s01.result.json", result({"ames": (2, 2)}))
    with pytest.raises(UsageError, match="a result of the program walks, not of nkt"):
        make_feedback([path], program_path=Path("nkt"))


def test_the_same_result_gives_the_same_bytes(tmp_path: Path, result: MakeResult) -> None:
    path = written(tmp_path / "s01.result.json", result({"ames": (2, 2), "brandt": (1, 2)}))
    first = [each.read_bytes() for each in make_feedback([path], output=tmp_path / "a").written]
    second = [each.read_bytes() for each in make_feedback([path], output=tmp_path / "b").written]
    assert first == second


def test_a_faulty_file_hides_no_other(tmp_path: Path, result: MakeResult) -> None:
    written(tmp_path / "good.result.json", result({"ames": (2, 2)}))
    (tmp_path / "bad.result.json").write_text('{"kind": "result", "format": 1}')
    found = make_feedback([tmp_path], forms=("html",))
    assert [each.name for each in found.written] == ["good.feedback.html"]
    assert not found.checked.report.acceptable


def test_without_a_result_there_is_advice(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        make_feedback([tmp_path])
