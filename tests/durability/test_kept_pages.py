"""Runs that are killed while they set and keep pages: whatever they left, the next are right."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.durability.trials import snapshot, temporaries

KILLS = 12
DAY = ("--date", "2026-07-01")


@pytest.mark.slow
def test_what_killed_runs_kept_is_whole_or_not_used(studio: Path, tmp_path: Path) -> None:
    """Killed at a dozen moments one after the other; the bytes are those of a run without it."""

    def begun(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "casebook", "submit", *words, *DAY])

    plain = tmp_path / "plain.zip"
    start = time.monotonic()
    assert begun(str(studio), "--no-cache", "-o", str(plain)).wait() == 0
    whole_s = time.monotonic() - start
    moments = random.Random(2026)
    kept = studio / "build" / ".pages"
    for _ in range(KILLS):
        running = begun(str(studio))
        time.sleep(moments.uniform(0.3, 1) * whole_s)
        running.kill()
        running.wait()
        if moments.random() < 1 / 4:
            shutil.rmtree(kept, ignore_errors=True)
    for _ in range(2):
        assert begun(str(studio)).wait() == 0
        assert (studio / "build" / "submission.zip").read_bytes() == plain.read_bytes()
        assert temporaries(snapshot(studio)) == []
    assert list(kept.iterdir())


@pytest.fixture
def studio(tmp_path: Path, repository: Path) -> Path:
    return shutil.copytree(repository / "tests" / "portfolios" / "studio", tmp_path / "studio")
