"""A Dask cluster of programs of their own, as an office starts it: a scheduler, and workers."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from casebook.batch.cluster import TlsFiles

REPOSITORY = Path(__file__).resolve().parent.parent

_SAID = re.compile(r"Scheduler at:\s+(\S+)")


@dataclass(slots=True)
class DaskCluster:
    """What was started.

    Attributes:
        address: Where its scheduler answers.
        scheduler: Its process.
        workers: Theirs, each with one thread and without a nanny that would start it again.
        logs: What all of them have written is in these files.
    """

    address: str
    scheduler: "subprocess.Popen[bytes]"
    folder: Path
    security: tuple[str, ...]
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start_worker(self) -> "subprocess.Popen[bytes]":
        name = f"worker-{len(self.workers)}"
        process = _started(
            self.folder, name, "worker", self.address, "--no-nanny", "--nthreads", "1",
            "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60",
            "--local-directory", str(self.folder), *self.security,
        )  # fmt: skip
        self.workers.append(process)
        return process

    @property
    def logs(self) -> str:
        return "".join(each.read_text() for each in sorted(self.folder.glob("*.log")))


@contextmanager
def dask_cluster(folder: Path, workers: int, tls: TlsFiles | None = None) -> Iterator[DaskCluster]:
    """A cluster on this machine, each of its processes ended by its id."""
    folder.mkdir()
    security: tuple[str, ...] = ()
    if tls is not None:
        security = (
            "--tls-ca-file", str(tls.authority), "--tls-cert", str(tls.certificate),
            "--tls-key", str(tls.key), "--protocol", "tls",
        )  # fmt: skip
    scheduler = _started(
        folder, "scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0",
        "--no-dashboard", "--no-show", *security,
    )  # fmt: skip
    cluster = DaskCluster("", scheduler, folder, security)
    try:
        cluster.address = _address_in(folder / "scheduler.log", scheduler)
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        for each in (*cluster.workers, scheduler):
            each.kill()
            each.wait()


def _started(folder: Path, name: str, *words: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip


def _address_in(log: Path, process: "subprocess.Popen[bytes]") -> str:
    while process.poll() is None:
        if found := _SAID.search(log.read_text()):
            return found[1]
    raise RuntimeError(log.read_text())
