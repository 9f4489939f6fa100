"""The options by which a batch is told what to work on, with whom, and where results go."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebook.cli.options import PATH
from casebook.cli.terminal import clean, tell
from casebook.errors import UsageError

if TYPE_CHECKING:
    from casebook.batch.answers import Workers
    from casebook.batch.cluster import TlsFiles
    from casebook.batch.input_list import Input
    from casebook.batch.result_lines import ResultLines
    from casebook.batch.stores import StoreAccess
    from casebook.workflow.batching.jobs import Job

_MOST_WORKERS = 1_024


def cores() -> int:
    """The cores that this process may use: on a shared machine fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What all batches can be told.

    Attributes:
        written: Inputs on the command line.
        list_path: A list of more.
        count: How many workers.
        cluster: The address of a cluster, instead of this machine alone.
        tls: The three files that prove to it who is asking: authority, certificate and key.
        results: The file for the results.
        resume: Whether to continue it.
        endpoint: The address of an object store.
        region: Its region.
        form: "json" or "text".
    """

    written: tuple[str, ...]
    list_path: Path | None
    count: int
    cluster: str | None
    tls: tuple[Path | None, Path | None, Path | None]
    results: Path | None
    resume: bool
    endpoint: str | None
    region: str | None
    form: str

    @property
    def access(self) -> "StoreAccess":
        """How object stores are reached."""
        from casebook.batch.stores import StoreAccess

        return StoreAccess(self.endpoint, self.region)

    def for_workers(self, path: Path | None) -> Path | None:
        """A path as workers find it: on a cluster they stand in other folders."""
        return path.absolute() if path is not None and self.cluster else path

    def inputs(self, job: "Job") -> "tuple[Input, ...]":
        """Every input once, those of the command line first.

        Raises:
            UsageError: There is none, or the list cannot be read.
        """
        from casebook.batch.input_list import Input, inputs_in, told_again, without_duplicates
        from casebook.workflow.batching.inputs import inputs_named

        found: list[Input] = list(inputs_named(self.written, job, self.access))
        if self.list_path is not None:
            found += inputs_in(_content_of(self.list_path), _title_of(self.list_path))
        if not found:
            raise UsageError(
                "there is nothing to work on", hint="name inputs, or a list of them: --from FILE"
            )
        if not job.reads_submissions and any(each.digest for each in found):
            raise UsageError(
                "the list has digests, and only submissions have one",
                hint="write paths alone, or use `casebook batch verify`",
            )
        inputs, again = without_duplicates(found)
        if again:
            tell(clean(told_again(again)))
        return inputs

    def workers(self) -> "AbstractContextManager[Workers]":
        """Those who do the work.

        Raises:
            UsageError: Options do not go together.
        """
        if self.cluster is None:
            if any(self.tls):
                raise UsageError("--tls-… is for a cluster", hint="name it: --cluster tls://…")
            from casebook.batch.pool import pool_workers

            return pool_workers(self.count)
        from casebook.batch.cluster import cluster_workers

        if self.cluster.startswith("tcp://"):
            tell("careful: tcp:// is not encrypted; whoever can listen reads names and results")
        return cluster_workers(self.cluster, self.count, self._tls_files())

    @contextmanager
    def lines(self, job: str) -> "Iterator[ResultLines | None]":
        """The file for the results; None where they go to stdout.

        Raises:
            UsageError: The file cannot be begun or continued.
        """
        if self.results is None:
            if self.resume:
                raise UsageError("nothing says what to resume", hint="name it: --results FILE")
            yield None
            return
        from casebook.batch.result_lines import result_lines

        with result_lines(self.results, job, resume=self.resume) as lines:
            yield lines

    def _tls_files(self) -> "TlsFiles | None":
        from casebook.batch.cluster import TlsFiles

        authority, certificate, key = self.tls
        if authority is not None and certificate is not None and key is not None:
            return TlsFiles(authority, certificate, key)
        if any(self.tls):
            raise UsageError(
                "to prove who is asking takes three files",
                hint="name all: --tls-ca, --tls-cert and --tls-key",
            )
        return None


def _content_of(path: Path) -> bytes:
    from casebook.batch.input_list import LIST_BYTES
    from casebook.files import read_bytes

    if str(path) == "-":
        return sys.stdin.buffer.read()
    return read_bytes(path, LIST_BYTES)


def _title_of(path: Path) -> str:
    return "standard input" if str(path) == "-" else str(path)


def batch_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the inputs and options of all batches, as one ``batch``."""

    @functools.wraps(command)
    def with_batch(
        *,
        inputs: tuple[str, ...],
        list_path: Path | None,
        jobs: int | None,
        cluster: str | None,
        tls_ca: Path | None,
        tls_cert: Path | None,
        tls_key: Path | None,
        results: Path | None,
        resume: bool,
        endpoint: str | None,
        region: str | None,
        form: str,
        **others: Any,  # noqa: ANN401 - a command's own
    ) -> Any:  # noqa: ANN401 - the same
        batch = BatchOptions(
            inputs, list_path, jobs or cores(), cluster, (tls_ca, tls_cert, tls_key),
            results, resume, endpoint, region, form,
        )  # fmt: skip
        return command(batch=batch, **others)

    for option in reversed(_OPTIONS):
        with_batch = option(with_batch)
    return with_batch


_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.argument("inputs", nargs=-1),
    click.option(
        "--from", "list_path", type=PATH, default=None,
        help="A list of inputs, one a line, or as sha256sum prints them; - for standard input.",
    ),
    click.option(
        "-j", "--jobs", type=click.IntRange(1, _MOST_WORKERS), default=None,
        show_default="the cores of this machine",
        help="How many are worked on at once; with --cluster local, how many workers it has.",
    ),
    click.option(
        "--results", type=PATH, default=None,
        help="A file for the results, instead of standard output.",
    ),
    click.option(
        "--resume", is_flag=True,
        help="Continue the file of --results: do what is missing there, failed, or has changed.",
    ),
    click.option(
        "--cluster", metavar="ADDRESS", default=None,
        help="Work on a Dask cluster: tls://host:port, tcp://host:port, or local to try it.",
    ),
    click.option(
        "--tls-ca", type=PATH, default=None, help="For tls://, the authority's certificate (PEM)."
    ),
    click.option(
        "--tls-cert", type=PATH, default=None, help="For tls://, your own certificate (PEM)."
    ),
    click.option("--tls-key", type=PATH, default=None, help="For tls://, its key (PEM)."),
    click.option(
        "--endpoint", metavar="URL", default=None,
        help="The object store's address, where it is not Amazon's; else AWS_ENDPOINT_URL.",
    ),
    click.option("--region", default=None, help="The object store's region; else AWS_REGION."),
    click.option(
        "--format", "form", type=click.Choice(["json", "text"]), default="json",
        show_default=True, help="JSON Lines for programs, or a short line each for people.",
    ),
)  # fmt: skip
