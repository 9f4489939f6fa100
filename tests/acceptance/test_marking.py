"""A grader's way from a submission to sealed marks, and what keeps a sheet from being sealed."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebook.cli import main
from casebook.resources import sample_dir

Run = Callable[..., Result]

DAY = ("--date", "2026-07-01")
SUBMISSION = sample_dir("nkt-level-1")
QUOTED = "By four o’clock I drive with a fist behind my back."

GRADERS = """\
kind: graders
format: 1
graders:
  - {id: ellis, name: Morgan Ellis}
  - {id: okoro, name: Chidi Okoro, declares: [{candidate: Jordan Avery, relation: taught}]}
"""


@pytest.fixture
def graders(tmp_path: Path) -> Path:
    path = tmp_path / "graders.yaml"
    path.write_text(GRADERS, "utf-8")
    return path


@pytest.fixture(scope="module")
def new_sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sheets as `mark new` makes them, and what lies beside them."""
    folder = tmp_path_factory.mktemp("marking")
    (folder / "graders.yaml").write_text(GRADERS, "utf-8")
    words = ["mark", "new", SUBMISSION, "--grader", "ellis", "-o", folder / "marks", *DAY]
    words += ["--graders", folder / "graders.yaml"]
    assert CliRunner().invoke(main, [str(word) for word in words]).exit_code == 0
    return folder / "marks"


@pytest.fixture
def sheet(tmp_path: Path, new_sheets: Path) -> Path:
    """One of three sheets, filled in as a grader does it, who never saw YAML before."""
    shutil.copytree(new_sheets, tmp_path / "marks")
    path = tmp_path / "marks" / "low-back-01.ellis.yaml"
    text = re.sub(r"^    level:$", "    level: 2", path.read_text("utf-8"), flags=re.MULTILINE)
    text = text.replace("conflict:\n", "conflict: none\n")
    text = text.replace("    place: >-\n", f"    place: >-\n      {QUOTED}\n", 1)
    text = text.replace("    note: >-\n", '    note: >-\n      Told: "well", I think.\n', 1)
    path.write_text(text.replace("global_rating:\n", "global_rating: good\n"), "utf-8")
    return path


@pytest.fixture
def against(graders: Path) -> tuple[str | Path, ...]:
    return ("--submission", SUBMISSION, "--graders", graders, *DAY)


def test_from_a_submission_to_a_seal_that_holds(
    sheet: Path, run: Run, against: tuple[str | Path, ...]
) -> None:
    checked = run("mark", "check", sheet, "--final", *against)
    assert (checked.exit_code, checked.stdout) == (0, "1 file checked: nothing to report\n")
    # The two other sheets of the folder are not begun.
    sealed = run("mark", "seal", sheet.parent, *against, "--format", "json")
    assert sealed.exit_code == 1
    states = {each["sheet"]: each["state"] for each in json.loads(sealed.stdout)["sheets"]}
    assert sorted(states.values()) == ["refused", "refused", "sealed"]
    (path,) = sheet.parent.glob("*.sealed.json")
    assert run("mark", "history", path).exit_code == 0
    shown = run("mark", "show", path, "--own", path).stdout
    assert QUOTED in shown
    assert 'Told: "well", I think.' in shown


@pytest.mark.parametrize(
    "right, wrong, code",
    [
        ("      By four", "      At five", "CB811"),
        ("  name: Morgan Ellis", "  name: Jordan Avery", "CB812"),
        ("  id: ellis\n  name: Morgan Ellis", "  id: okoro\n  name: Chidi Okoro", "CB812"),
        ("conflict: none", "conflict:", "CB813"),
        ("work: low-back-01", "work: low-back-02", "CB814"),
        ("rubric_digest: ", "# rubric_digest: ", "CB817"),
        ("program_digest: ", f"program_digest: {'0' * 64} # ", "CB821"),
        ("  id: ellis", "  id: ellison", "CB818"),
    ],
)
def test_a_sheet_that_is_not_right_is_found_out(  # noqa: PLR0917 - fixtures and a table
    sheet: Path, run: Run, against: tuple[str | Path, ...], right: str, wrong: str, code: str
) -> None:
    text = sheet.read_text("utf-8")
    assert right in text
    sheet.write_text(text.replace(right, wrong, 1), "utf-8")
    result = run("mark", "check", sheet, "--final", *against, "--format", "json")
    codes = {each["code"] for each in json.loads(result.stdout)["findings"]}
    assert code in codes
    assert result.exit_code == (0 if code == "CB811" else 1)
