"""A program is found by its id, its file or its folder, and used only when it is whole."""

from pathlib import Path

import pytest

from casebook.errors import CasebookError, UsageError
from casebook.workflow.programs import (
    list_programs,
    own_program_file,
    program_of_results,
    program_path,
    program_reading,
    show_program,
)


def test_every_shipped_program_is_listed() -> None:
    assert "nkt" in [program.rules.id for program in list_programs()]


def test_a_program_is_shown_by_its_id_its_file_or_its_folder(studio: Path) -> None:
    assert show_program("nkt").rules.id == "nkt"
    for path in (studio / "program", studio / "program" / "program.yaml"):
        assert show_program(str(path)).rules.id == "studio"


def test_an_unknown_id_is_asked_back() -> None:
    with pytest.raises(UsageError, match="no program `nktt`") as refusal:
        show_program("nktt")
    assert "did you mean `nkt`?" in str(refusal.value.hint)


def test_a_program_with_faults_is_not_shown_by_half(studio: Path) -> None:
    path = studio / "program" / "program.yaml"
    path.write_text(path.read_text("utf-8") + "colour: red\n", "utf-8")
    with pytest.raises(UsageError, match=r"has faults: .*`colour`") as refusal:
        show_program(str(path))
    assert f"casebook program check {path}" in str(refusal.value.hint)
    assert program_reading(str(path)).program is not None


def test_what_ships_goes_before_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nkt").mkdir()
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    assert own_program_file("nkt") is None
    assert show_program("nkt").rules.id == "nkt"
    assert own_program_file("./nkt") == Path("nkt/program.yaml")
    assert own_program_file("mine") == Path("mine/program.yaml")
    assert own_program_file("other") is None


def test_a_file_without_an_ending_is_a_file_where_it_is_one(
    studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (studio / "program" / "program.yaml").rename(studio / "program" / "rules")
    monkeypatch.chdir(studio / "program")
    assert show_program("rules").rules.id == "studio"


def test_the_path_of_a_program_leads_to_its_file(studio: Path) -> None:
    assert program_path("nkt").parts[-2:] == ("nkt", "program.yaml")
    assert program_path(str(studio / "program")) == studio / "program" / "program.yaml"
    assert program_path("nowhere/x.yaml") == Path("nowhere/x.yaml")
    with pytest.raises(UsageError):
        program_path("nktt")


def test_a_file_that_is_not_there_is_no_program() -> None:
    with pytest.raises(CasebookError, match="no file"):
        show_program("nowhere/program.yaml")


def test_the_program_of_results_lies_in_their_folder_or_up_to_two_above(studio: Path) -> None:
    """By itself or in a folder `program`; another program there is passed over."""
    near = (studio / "program" / "x", studio / "x", studio / "results" / "2026" / "x")
    for path in near:
        assert program_of_results("studio", None, path).rules.id == "studio"
        with pytest.raises(UsageError, match="other neither ships with casebook nor lies near"):
            program_of_results("other", None, path)
    with pytest.raises(UsageError, match="nor lies near the results"):
        program_of_results("studio", None, studio / "a" / "b" / "c" / "x")


def test_a_program_with_faults_near_results_is_said_to_have_them(studio: Path) -> None:
    path = studio / "program" / "program.yaml"
    path.write_text(path.read_text("utf-8") + "colour: red\n", "utf-8")
    with pytest.raises(UsageError, match=r"program.yaml has faults: .*`colour`"):
        program_of_results("studio", None, studio / "results" / "a.result.json")
