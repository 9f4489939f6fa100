"""``casebook chart`` writes one picture, or says which there are."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import Result

Run: TypeAlias = Callable[..., Result]


def test_the_picture_is_the_result(run: Run, studio: Path) -> None:
    result = run("chart", studio / "cases" / "heel.yaml", "--kind", "map")
    assert (result.exit_code, result.stderr) == (0, "")
    assert ET.fromstring(result.stdout_bytes.decode("utf-8"))[0].text == "Compensation map"


def test_a_file_that_was_written_is_named(run: Run, studio: Path) -> None:
    words = ("chart", studio / "observation.yaml", "--kind", "timeline", "-o", "session.svg")
    for _time in range(2):  # What casebook made it makes anew.
        result = run(*words)
        assert (result.exit_code, result.stdout) == (0, "session.svg\n")
    assert Path("session.svg").read_bytes().startswith(b"<!-- made by casebook ")


def test_somebody_elses_file_is_kept_until_it_is_forced(run: Run, studio: Path) -> None:
    Path("mine.svg").write_text("<svg/>", "utf-8")
    words = ("chart", studio / "cases" / "heel.yaml", "--kind", "outcomes", "-o", "mine.svg")
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert Path("mine.svg").read_text("utf-8") == "<svg/>"
    assert run(*words, "--force").exit_code == 0


def test_a_chart_that_does_not_fit_names_those_that_do(run: Run, studio: Path) -> None:
    result = run("chart", studio / "cases" / "heel.yaml", "--kind", "scores")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "casebook: studio/cases/heel.yaml: a case-study has no chart `scores`; "
        "it has: map, body, outcomes\n"
    )


def test_an_unknown_chart_is_wrong_usage(run: Run, studio: Path) -> None:
    result = run("chart", studio / "cases" / "heel.yaml", "--kind", "pie")
    assert result.exit_code == 2
    assert "'pie' is not one of" in result.stderr


def test_faults_come_first(run: Run, studio: Path) -> None:
    case = studio / "cases" / "heel.yaml"
    case.write_text(f"{case.read_text('utf-8')}\nhobby: rowing\n", "utf-8")
    result = run("chart", case, "--kind", "map")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "CB" in result.stderr
    assert result.stderr.endswith(
        "casebook: no chart is drawn: the faults of the file come first; mend them, then try "
        "again\n"
    )


def test_a_file_that_is_not_there_is_named(run: Run, studio: Path) -> None:
    result = run("chart", studio / "cases" / "toe.yaml", "--kind", "map")
    assert result.exit_code in {2, 3}
    assert "toe.yaml" in result.stderr
