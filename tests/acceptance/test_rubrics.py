"""An office exchanges its rubrics with a learning platform, and compares what comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

PASS_MARKS = {"case-study": "70", "session": "75"}


@pytest.mark.parametrize("to, name", [("canvas", "r.csv"), ("moodle", "r.csv"), ("case", "r.json")])
@pytest.mark.parametrize("rubric", list(PASS_MARKS))
def test_a_rubric_comes_back_as_a_file_that_check_accepts(
    tmp_path: Path, run: Run, to: str, name: str, rubric: str
) -> None:
    sent, back = tmp_path / name, tmp_path / "back.yaml"
    assert run("rubric", "export", f"nkt:{rubric}", "--to", to, "-o", sent).exit_code == 0
    taken = run("rubric", "import", sent, "--pass-percent", PASS_MARKS[rubric], "-o", back)
    assert taken.exit_code == 0
    checked = run("check", back)
    assert checked.exit_code == 0
    assert "nothing to report" in checked.stdout
    compared = run("rubric", "diff", f"nkt:{rubric}", back)
    assert compared.exit_code == (0 if to == "case" else 1)


def test_a_file_that_canvas_did_not_write_is_told_line_by_line(tmp_path: Path, run: Run) -> None:
    """CB908 stands at each line at fault, and nothing is written."""
    source = tmp_path / "canvas.csv"
    source.write_text(
        "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,"
        "Rating Name,Rating Description,Rating Points\n"
        "Case,Safety,Safe?,false,good,No risk.,two\n"
        ",Words,,false,good,Plain.,2\n",
        encoding="utf-8",
    )
    result = run("rubric", "import", source, "--pass-percent", "60", "-o", tmp_path / "r.yaml")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert [line.split(": ")[0].rpartition("canvas.csv")[2] for line in
            result.stderr.splitlines()[:2]] == [":2:1", ":3:1"]  # fmt: skip
    assert result.stderr.count("CB908") == 2
    assert not (tmp_path / "r.yaml").exists()
