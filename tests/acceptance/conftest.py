"""What the acceptance tests share: the command line, run as its users run it."""

import difflib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from click.testing import CliRunner, Result

from casebook.cli import main
from casebook.resources import sample_dir
from casebook.workflow.submit import submit

Run: TypeAlias = Callable[..., Result]
Check: TypeAlias = Callable[..., list[dict[str, Any]]]
Found: TypeAlias = Callable[[], list[tuple[str, int, int, str]]]

TODAY = date(2026, 7, 1)
"""The day that the samples are written for."""

LATE_WORK = ("observation.yaml", 137, 5, "CB502")
"""The one thing that is found in the sample portfolio, and meant to be."""

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function of a command's words, which runs it in this process.

    A traceback, or the line that stands for one, fails the test at once.
    """
    monkeypatch.delenv("CASEBOOK_TRACEBACK", raising=False)

    def call(*words: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        for sign in ("Traceback", "a fault of casebook itself"):
            assert sign not in result.output, result.output
        assert result.exit_code in {0, 1, 2, 3}
        return result

    return call


@pytest.fixture
def check(run: Run) -> Check:
    """A function of paths: the findings of ``casebook check``, whose exit code must fit them."""

    def findings(*paths: str | Path) -> list[dict[str, Any]]:
        result = run("check", *paths, "--format", "json", "--date", TODAY.isoformat())
        report = json.loads(result.stdout)
        errors = sum(each["severity"] == "error" for each in report["findings"])
        assert report["summary"]["errors"] == errors
        assert result.exit_code == (1 if errors else 0), result.output
        assert result.stderr == ""
        found: list[dict[str, Any]] = report["findings"]
        return found

    return findings


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound portfolio to spoil; the current folder is inside it."""
    folder = tmp_path / "mine"
    shutil.copytree(sample_dir("nkt-level-1"), folder, ignore=shutil.ignore_patterns("build"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def found(check: Check) -> Found:
    """A function: path, line, column and code of what was spoilt in ``portfolio``."""

    def places() -> list[tuple[str, int, int, str]]:
        every = [(each["path"], each["line"], each["column"], each["code"]) for each in check(".")]
        assert LATE_WORK in every
        return [place for place in every if place != LATE_WORK]

    return places


@pytest.fixture
def small(tmp_path: Path, run: Run) -> Path:
    """A copy of the sample that is rendered fastest."""
    run("new", tmp_path / "mine", "--sample", "reflexology")
    return tmp_path / "mine"


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound submission of that sample."""
    path = tmp_path_factory.mktemp("sent") / "submission.zip"
    assert submit(sample_dir("reflexology"), TODAY, output=path).path == path
    return path


@pytest.fixture
def match_expected(request: pytest.FixtureRequest) -> Callable[[str, list[str]], None]:
    """A function of a name and lines, which must be those of ``expected/<name>.txt``.

    With ``--renew-references`` it writes them there instead; read the difference before a commit.
    """
    renew = bool(request.config.getoption("--renew-references"))

    def match(name: str, lines: list[str]) -> None:
        path = EXPECTED / f"{name}.txt"
        if renew:
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
            return
        expected = path.read_text(encoding="utf-8").splitlines()
        if lines != expected:
            difference = difflib.unified_diff(expected, lines, "expected", "found", lineterm="")
            pytest.fail("\n".join([f"{name} has other findings", *difference]), pytrace=False)

    return match
