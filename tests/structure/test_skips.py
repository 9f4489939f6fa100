"""The rule on skipping: under CI a test that looks at nothing fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_skipped(): pytest.skip("no printer")

@pytest.mark.may_skip(reason="only some machines print")
def test_allowed(): pytest.skip("no printer")

@pytest.mark.xfail(reason="known")
def test_expected(): assert False
"""


@pytest.fixture
def summary(tmp_path: Path, repository: Path, request: pytest.FixtureRequest) -> str:
    """The last lines of a small run of the three tests above, with CI set as the test asks."""
    conftest = (repository / "tests" / "conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "test_three.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "test_whole.py").write_text('import pytest\npytest.importorskip("no_such")\n')
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    may_skip\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "--continue-on-collection-errors",
        ],
        cwd=tmp_path,
        env=environment | request.param,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("summary", [{}], indirect=True)
def test_outside_ci_a_skipped_test_is_skipped(summary: str) -> None:
    # Skipped: test_skipped, test_allowed, test_whole.py.
    assert "3 skipped, 1 xfailed" in summary


@pytest.mark.slow
@pytest.mark.parametrize("summary", [{"CI": "true"}], indirect=True)
def test_under_ci_a_skipped_test_fails_with_its_reason(summary: str) -> None:
    """Of the three skipped only the one that may be is; the expected failure stays expected."""
    assert "1 failed, 1 skipped, 1 xfailed, 1 error" in summary
    assert "no printer" in summary
    assert "no_such" in summary
