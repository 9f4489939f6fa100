"""A small part of the campaign: killed or refused anywhere, a command leaves the old or the new."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.durability.scenes import SCENES

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot copy a process")
@pytest.mark.parametrize("name", [scene.name for scene in SCENES])
def test_a_run_that_is_killed_or_refused_leaves_the_old_or_the_new(
    name: str, tmp_path: Path
) -> None:
    """In a process of its own: nothing but the command is in it when it is copied."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.durability.campaign", name, "--kills", "20",
         "--failures", "30", "--every", "50", "--place", tmp_path],
        cwd=REPOSITORY, env=inherited, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"\n{name} " in done.stdout
