"""Every flaw of the flawed samples is found, at its place and with its code, and nothing else is.

What is expected stands in ``expected/``, one file for each folder of ``samples/flawed``.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casebook.diagnostics.codes import all_codes

HERE = Path(__file__).parent
FLAWED = HERE.parents[1] / "samples" / "flawed"
FOLDERS = sorted(path.name for path in FLAWED.iterdir() if path.is_dir())

FEWEST_CODES = 35

Check = Callable[..., list[dict[str, Any]]]


def paths_in(folder: Path) -> Iterator[str]:
    """What to check in a folder: the portfolio that it is, or each thing in it."""
    if (folder / "portfolio.yaml").is_file():
        yield "."
    else:
        yield from sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=FOLDERS)
def flawed(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, check: Check
) -> tuple[Path, list[dict[str, Any]]]:
    """A flawed sample, and everything that a check run inside its folder finds."""
    folder = FLAWED / request.param
    monkeypatch.chdir(folder)
    return folder, check(*paths_in(folder))


def test_the_findings_are_exactly_the_expected_ones(
    flawed: tuple[Path, list[dict[str, Any]]], match_expected: Callable[[str, list[str]], None]
) -> None:
    folder, findings = flawed
    assert findings
    lines = [
        f"{each['path']}:{each['line']}:{each['column']} {each['code']} {each['severity']}"
        for each in findings
    ]
    match_expected(folder.name, lines)


def test_each_finding_points_into_its_file_and_says_what_helps(
    flawed: tuple[Path, list[dict[str, Any]]],
) -> None:
    folder, findings = flawed
    assert findings
    for each in findings:
        lines = (folder / each["path"]).read_bytes().decode("utf-8", "replace").split("\n")
        assert 1 <= each["line"] <= len(lines), each
        assert 1 <= each["column"] <= len(lines[each["line"] - 1]) + 1, each
        assert each["message"].strip(), each
        assert each["hint"], each


def test_each_flawed_sample_is_expected_and_explained() -> None:
    """No folder goes unread, and nothing is expected of a folder that is not there."""
    readme = (FLAWED / "README.md").read_text("utf-8")
    explained = re.findall(r"^## `([\w-]+)/`", readme, re.MULTILINE)
    assert FOLDERS
    assert sorted(path.stem for path in (HERE / "expected").glob("*.txt")) == FOLDERS
    assert sorted(explained) == FOLDERS


def test_the_flawed_samples_show_many_kinds_of_findings() -> None:
    assert len(expected_codes()) >= FEWEST_CODES


def test_every_kind_of_finding_is_shown_by_a_sample_or_made_by_a_test() -> None:
    """A test makes what git or an editor would not keep, such as a file in another encoding."""
    tests = "".join(path.read_text("utf-8") for path in HERE.glob("test_*.py"))
    made = set(re.findall(r"CB\d{3}", tests))
    assert {code.id for code in all_codes()} <= expected_codes() | made


def expected_codes() -> set[str]:
    """The codes of all expected findings."""
    texts = [path.read_text("utf-8") for path in (HERE / "expected").glob("*.txt")]
    return {code for text in texts for code in re.findall(r" (CB\d{3}) ", text)}
