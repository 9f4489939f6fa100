"""A new folder holds files that can be read, checked and filled in."""

import re
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import CasebookError, UsageError
from casebook.source.load import load
from casebook.workflow.check import check_paths
from casebook.workflow.new import new_portfolio, new_sample
from casebook.workflow.programs import show_program

SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def yaml_files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.yaml"))


def schema_of(path: Path) -> Path:
    found = SCHEMA_LINE.match(path.read_text("utf-8"))
    assert found, path
    return (path.parent / found[1]).resolve()


def test_a_folder_is_made_with_a_file_for_each_thing_asked_for(tmp_path: Path) -> None:
    made = new_portfolio(tmp_path / "mine", "nkt", 1)
    assert [name for name in made if not name.startswith(".casebook/")] == [
        "START-HERE.txt", "attachments/.keep", "cases/case-1.yaml", "cases/case-2.yaml",
        "cases/case-3.yaml", "observation.yaml", "portfolio.yaml",
    ]  # fmt: skip
    assert all((tmp_path / "mine" / name).is_file() for name in made)


@pytest.mark.parametrize("program,level", [("nkt", 1), ("nkt", 2), ("nkt", 3), ("guild", 1)])
def test_every_new_file_can_be_read_and_leads_to_its_schema(
    program: str, level: int, tmp_path: Path, repository: Path
) -> None:
    """What is found is that something is missing, and never that something is wrong."""
    root = tmp_path / "mine"
    guild = repository / "samples" / "reflexology" / "program"
    new_portfolio(root, str(guild) if program == "guild" else program, level)
    for path in yaml_files(root):
        loaded = load(path.name, path.read_bytes())
        assert {each.code for each in loaded.findings} <= {"CB201"}, path
        assert schema_of(path) == root / ".casebook" / "schemas" / f"{loaded.kind}.schema.json"
        assert schema_of(path).is_file()
    found = {each.code for each in check_paths([root], date(2026, 7, 1)).report.findings}
    assert found <= {
        "CB201",
        "CB401",
        "CB402",
        "CB404",
        "CB405",
        "CB508",
        "CB601",
        "CB701",
        "CB804",
    }


def test_no_line_of_a_new_file_is_longer_than_a_screen_is_wide(tmp_path: Path) -> None:
    new_portfolio(tmp_path / "mine", "nkt", 2)
    for path in (*yaml_files(tmp_path), tmp_path / "mine" / "START-HERE.txt"):
        assert [line for line in path.read_text("utf-8").splitlines() if len(line) > 100] == []


def test_examples_become_data_when_their_sign_is_taken_away(tmp_path: Path) -> None:
    """Each commented example, without its #, is what belongs there."""
    new_portfolio(tmp_path / "mine", "nkt", 1)
    example = re.compile(r"^( *)#( {2,}(?:- [{a-z]|[a-z]+: )|adherence)", re.MULTILINE)
    for name in ("cases/case-1.yaml", "observation.yaml"):
        path = tmp_path / "mine" / name
        text = path.read_text("utf-8").replace("\ndate:", "\ndate: 2026-06-20")
        before = {each.message for each in load(name, text.encode()).findings}
        shown, count = example.subn(r"\1\2", text)
        assert count >= 5
        loaded = load(name, shown.encode())
        assert {each.message for each in loaded.findings} <= before
        assert loaded.piece is not None
        record = loaded.piece.record
        if name == "observation.yaml":
            assert len(record.events) == 6
        else:
            assert len(record.patterns) == len(record.references) == len(record.figures) == 1
            assert len(record.sessions[0].steps) == 4
            assert len(record.sessions[0].homework) == 1


def test_the_example_of_adherence_becomes_data_too(tmp_path: Path, repository: Path) -> None:
    new_portfolio(tmp_path / "mine", str(repository / "samples" / "reflexology" / "program"), 1)
    text = (tmp_path / "mine" / "cases" / "case-1.yaml").read_text("utf-8")
    assert text.count("#adherence") == 2
    text = text.replace("#adherence", "adherence").replace("- day: ", "- day: 7")
    loaded = load("case.yaml", text.encode())
    assert loaded.piece is not None
    assert loaded.piece.record.sessions[2].adherence.days_done == 5


def test_a_certificate_is_asked_for_where_a_level_wants_one(tmp_path: Path) -> None:
    new_portfolio(tmp_path / "one", "nkt", 1)
    new_portfolio(tmp_path / "two", "nkt", 2)
    assert "certificates:" not in (tmp_path / "one" / "portfolio.yaml").read_text("utf-8")
    assert "Hold a certificate at Level One." in (tmp_path / "two" / "portfolio.yaml").read_text(
        "utf-8"
    )


def test_a_program_without_protocol_and_session_asks_for_neither(
    tmp_path: Path, repository: Path
) -> None:
    new_portfolio(tmp_path / "mine", str(repository / "samples" / "reflexology" / "program"), 1)
    case = (tmp_path / "mine" / "cases" / "case-5.yaml").read_text("utf-8")
    assert "pseudonym: Client E" in case
    assert case.count("  - day:") == 3
    assert "steps:" not in case
    assert "[@its-id]" not in case
    start = (tmp_path / "mine" / "START-HERE.txt").read_text("utf-8")
    assert "observation.yaml" not in start
    assert "casebook score" not in start
    assert "program/" in start


@pytest.mark.parametrize("name", ["program", "program/program.yaml"])
def test_a_program_of_ones_own_is_copied_with_its_rubrics(
    name: str, studio: Path, tmp_path: Path
) -> None:
    made = new_portfolio(tmp_path / "mine", str(studio / name), 1)
    assert {each for each in made if each.startswith("program/")} == {
        "program/program.yaml", "program/rubrics/case.yaml", "program/rubrics/session.yaml",
    }  # fmt: skip
    portfolio = (tmp_path / "mine" / "portfolio.yaml").read_text("utf-8")
    assert "program: program/program.yaml\n" in portfolio


def test_a_program_file_of_another_name_keeps_it(studio: Path, tmp_path: Path) -> None:
    (studio / "program" / "program.yaml").rename(studio / "program" / "rules.yaml")
    new_portfolio(tmp_path / "mine", str(studio / "program" / "rules.yaml"), 1)
    portfolio = (tmp_path / "mine" / "portfolio.yaml").read_text("utf-8")
    assert "program: program/rules.yaml\n" in portfolio
    assert (tmp_path / "mine" / "program" / "rules.yaml").is_file()


def test_a_copied_program_is_still_the_same_program(tmp_path: Path, repository: Path) -> None:
    """Its line for editors leads to the new folder's schemas, at every depth."""
    guild = repository / "samples" / "reflexology" / "program"
    new_portfolio(tmp_path / "mine", str(guild), 1)
    copied = tmp_path / "mine" / "program"
    assert show_program(str(copied)).digest == show_program(str(guild)).digest
    schemas = tmp_path / "mine" / ".casebook" / "schemas"
    assert schema_of(copied / "program.yaml") == schemas / "program.schema.json"
    rubric = copied / "rubrics" / "documentation.yaml"
    assert schema_of(rubric) == schemas / "rubric.schema.json"


@pytest.mark.parametrize(
    "line",
    [
        "# yaml-language-server: $schema=https://example.org/program.schema.json",
        "# yaml-language-server: $schema=../own/other.json",
        "# a note about program.schema.json",
    ],
)
def test_a_first_line_that_leads_elsewhere_on_purpose_stays(
    line: str, studio: Path, tmp_path: Path
) -> None:
    program = studio / "program" / "program.yaml"
    program.write_text(f"{line}\n{program.read_text('utf-8')}", "utf-8")
    new_portfolio(tmp_path / "mine", str(program), 1)
    copied = (tmp_path / "mine" / "program" / "program.yaml").read_text("utf-8")
    assert copied.splitlines()[0] == line


def test_a_level_that_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no level 9") as refusal:
        new_portfolio(tmp_path / "mine", "nkt", 9)
    assert "1 (Level One), 2 (Level Two)" in str(refusal.value.hint)
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("program", ["nktt", "nowhere/program.yaml"])
def test_a_program_that_there_is_not_is_refused(program: str, tmp_path: Path) -> None:
    with pytest.raises(CasebookError):
        new_portfolio(tmp_path / "mine", program, 1)
    assert not (tmp_path / "mine").exists()


def test_a_folder_with_something_in_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        new_portfolio(tmp_path, "nkt", 1)
    with pytest.raises(UsageError, match="is not empty"):
        new_sample(tmp_path, "nkt-level-1")
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


@pytest.mark.parametrize("name", ["nkt-level-1", "reflexology"])
def test_a_sample_is_copied_whole_and_nothing_is_wrong_with_it(name: str, tmp_path: Path) -> None:
    made = new_sample(tmp_path / "mine", name)
    assert "portfolio.yaml" in made
    assert not any(each.startswith("build/") for each in made)
    assert check_paths([tmp_path / "mine"], date(2026, 7, 1)).report.acceptable
    paths = [path for path in yaml_files(tmp_path / "mine") if SCHEMA_LINE.match(path.read_text())]
    assert len(paths) > 4
    assert all(schema_of(path).is_file() for path in paths)


def test_a_misspelt_sample_is_asked_back(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sample named 'reflexologie'") as refusal:
        new_sample(tmp_path / "mine", "reflexologie")
    assert "did you mean reflexology?" in str(refusal.value.hint)
