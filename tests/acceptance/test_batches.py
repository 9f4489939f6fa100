"""Batches as programs of their own: killed workers, Ctrl-C, a killed run, and a cluster."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.dask_cluster import dask_cluster
from tests.interrupts import open_to_interrupts
from tests.tls_files import tls_files

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")]

WAITING_S = 120
COUNT = 6
DAY = ("--date", "2026-07-01")


@pytest.fixture
def office(tmp_path: Path, repository: Path) -> Path:
    """A folder with portfolios whose clients must not be known."""
    for number in range(COUNT):
        shutil.copytree(
            repository / "tests" / "portfolios" / "studio", tmp_path / "in" / f"zuleika-{number}"
        )
    return tmp_path


class Batch:
    """A run of ``casebook batch`` in a group of its own, as a terminal starts it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.results = folder / "results.jsonl"
        with open_to_interrupts():
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "casebook", "batch", *words,
                    "--results", str(self.results), "--jobs", "2",
                ],
                cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                text=True, start_new_session=True,
            )  # fmt: skip

    def wait_for_lines(self, count: int) -> None:
        until = time.monotonic() + WAITING_S
        while not self.results.exists() or len(self.lines) < count:
            assert self.process.poll() is None, self.process.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.02)

    @property
    def lines(self) -> list[dict[str, Any]]:
        whole = self.results.read_text().rpartition("\n")[0]
        return [json.loads(each) for each in whole.splitlines()]

    def below(self) -> list[psutil.Process]:
        """Every process that it has started, and what these have."""
        found: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return found

    def end(self) -> tuple[int, str]:
        said = self.process.communicate(timeout=WAITING_S)[1]
        return self.process.returncode, said


def submitting(office: Path, *words: str) -> Batch:
    return Batch(office, "submit", "in", "-o", "out", *DAY, *words)


def workers_of(batch: Batch) -> Iterator[psutil.Process]:
    return (each for each in batch.below() if "spawn_main" in " ".join(each.cmdline()))


def assert_all_ended(processes: list[psutil.Process]) -> None:
    assert processes, "there was nothing to end"
    _, alive = psutil.wait_procs(processes, WAITING_S)
    assert alive == []


def assert_nothing_half_written(office: Path) -> None:
    left = [each for each in office.rglob("*") if each.name.startswith(".casebook-")]
    assert left == []
    for each in (office / "out").glob("*.zip"):
        assert each.read_bytes()[-22:-18] == b"PK\5\6", "a zip ends with its directory"


def assert_whole(office: Path, lines: list[dict[str, Any]]) -> None:
    assert [(each["number"], each["input"], each["code"]) for each in lines] == [
        (number + 1, f"in/zuleika-{number}", 0) for number in range(COUNT)
    ]
    made = {each.name: each.read_bytes() for each in (office / "out").iterdir()}
    assert sorted(made) == [f"zuleika-{number}.zip" for number in range(COUNT)]
    assert len(set(made.values())) == 1, "the same portfolio gives the same bytes"


def test_a_killed_worker_costs_nothing_but_time(office: Path) -> None:
    batch = submitting(office)
    batch.wait_for_lines(1)
    next(workers_of(batch)).kill()
    code, said = batch.end()
    assert code == 0, said
    assert_whole(office, batch.lines)


def test_control_c_leaves_nothing_half_written_and_nobody_behind(office: Path) -> None:
    """The whole group gets the signal, as from a terminal; afterwards the rest is done."""
    batch = submitting(office)
    batch.wait_for_lines(1)
    processes = batch.below()
    os.killpg(batch.process.pid, signal.SIGINT)
    code, said = batch.end()
    assert code == 130, said
    assert f"of {COUNT} are done; the same command with --resume does the rest" in said
    assert "Traceback" not in said
    assert_all_ended(processes)
    assert_nothing_half_written(office)
    done = batch.lines
    assert 1 <= len(done) < COUNT
    again = submitting(office, "--resume")
    code, said = again.end()
    assert code == 0, said
    assert f"{len(done)} of them known from before" in said
    assert again.lines[: len(done)] == done
    assert_whole(office, again.lines)


def test_a_killed_run_leaves_nobody_behind_and_is_continued(office: Path) -> None:
    batch = submitting(office)
    batch.wait_for_lines(1)
    processes = batch.below()
    batch.process.kill()
    batch.end()
    assert_all_ended(processes)
    with batch.results.open("a") as results:
        results.write('{"number": 2, "inp')
    again = submitting(office, "--resume")
    code, said = again.end()
    assert code == 0, said
    assert_nothing_half_written(office)
    assert_whole(office, again.lines)


def test_a_cluster_gives_the_same_results_and_is_told_no_names(office: Path) -> None:
    """Over TLS. What scheduler and workers log holds neither a name nor what was found."""
    (office / "in" / "zuleika-1" / "portfolio.yaml").write_text(
        "kind: portfolio\nclient: Zuleika\n"
    )
    here = Batch(office, "check", "in", *DAY)
    assert here.end()[0] == 1
    expected = [each["result"]["summary"] for each in here.lines]
    here.results.unlink()
    tls = tls_files(office / "tls")
    with dask_cluster(office / "cluster", 2, tls) as cluster:
        shown = (
            "--tls-ca", str(tls.authority), "--tls-cert", str(tls.certificate),
            "--tls-key", str(tls.key),
        )  # fmt: skip
        there = Batch(office, "check", "in", *DAY, "--cluster", cluster.address, *shown)
        code, said = there.end()
        logs = cluster.logs
    assert code == 1, said
    assert [each["result"]["summary"] for each in there.lines] == expected
    assert "Scheduler at" in logs
    assert "zuleika" not in logs.lower()


def test_a_local_cluster_renders(office: Path) -> None:
    batch = submitting(office, "--cluster", "local")
    code, said = batch.end()
    assert code == 0, said
    assert_whole(office, batch.lines)
