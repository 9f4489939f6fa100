"""Workers on other machines: a Dask cluster, as its client's own executor.

What the scheduler sees of a piece of work is the name of a function with a random number, and a
pickled item; workers log neither the item nor what was found.

Needs distributed, the extra ``cluster``.
"""

import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casebook.batch.answers import Workers
from casebook.errors import MachineError, UsageError

if TYPE_CHECKING:
    from distributed import Client, Security

LOCAL: Final = "local"
"""Instead of an address: a cluster of this machine, for the time of one command."""

WAIT_FOR_CLUSTER_S: Final = 15
"""What a scheduler may take to answer at first."""

WAIT_FOR_WORKERS_S: Final = 120
"""How long nobody may be there to work: clusters that grow by themselves need a while."""

_SCHEMES: Final = ("tcp://", "tls://")


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """What client, scheduler and workers show each other (PEM).

    Attributes:
        authority: The certificate of who signed the others.
        certificate: The client's own.
        key: What proves it.
    """

    authority: Path
    certificate: Path
    key: Path


@contextmanager
def cluster_workers(address: str, count: int, tls: TlsFiles | None = None) -> Iterator[Workers]:
    """The workers of a cluster, let go with the block; where an error leaves it, all is cancelled.

    Args:
        address: Its scheduler, as tcp://host:port or tls://host:port; or ``local``.
        count: How many workers a local one has.
        tls: What proves who is asking; needed for tls:// alone.

    Raises:
        UsageError: The address is none.
        MachineError: The cluster cannot be reached, or distributed is not installed.
    """
    _refuse_mistakes(address, tls)
    try:
        import distributed
    except ImportError:
        raise MachineError(
            "a cluster needs Dask's distributed", hint='pip install "casebook[cluster]"'
        ) from None
    # Why: its own words of lost connections would stand between ours.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        where: Any = stack.enter_context(_local_cluster(count)) if address == LOCAL else address
        client = stack.enter_context(_client(where, _security(tls)))
        # Why impure: a pure task is named for a digest of what it is about.
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        attendance = _Attendance(client)
        lost = (distributed.KilledWorker, distributed.client.FutureCancelledError)
        try:
            yield Workers(executor, f"the cluster at {address}", lost, attendance.look)
        except BaseException:
            executor.shutdown(wait=False)
            raise


def _refuse_mistakes(address: str, tls: TlsFiles | None) -> None:
    if address != LOCAL and not address.startswith(_SCHEMES):
        raise UsageError(
            f"{address!r} is no address of a cluster",
            hint="write tls://host:8786, tcp://host:8786, or local",
        )
    if address.startswith("tls://") and tls is None:
        raise UsageError(
            "nothing proves to the cluster who is asking",
            hint="name the files: --tls-ca, --tls-cert and --tls-key",
        )
    if tls is not None and not address.startswith("tls://"):
        raise UsageError(
            f"{address} is not encrypted, so it asks for no certificate",
            hint="write tls:// in the address, or leave --tls-… out",
        )
    for each in (tls.authority, tls.certificate, tls.key) if tls else ():
        if not each.is_file():
            raise UsageError(f"there is no file {str(each)!r}", hint="check the spelling")


def _security(tls: TlsFiles | None) -> "Security | None":
    from distributed import Security

    if tls is None:
        return None
    return Security(  # type: ignore[no-untyped-call]
        tls_ca_file=str(tls.authority),
        tls_client_cert=str(tls.certificate),
        tls_client_key=str(tls.key),
        require_encryption=True,
    )


@contextmanager
def _local_cluster(count: int) -> Iterator[Any]:
    """A cluster of processes on this machine, reached by nobody else."""
    import dask
    from distributed import LocalCluster

    settings = {
        # Why: who lost its worker is given to another once, here as elsewhere.
        "distributed.scheduler.allowed-failures": 0,
        # Why: a worker that ends takes nothing along but what it was doing.
        "distributed.scheduler.worker-saturation": 1.0,
    }
    with tempfile.TemporaryDirectory(prefix="casebook-") as scratch, dask.config.set(settings):
        cluster = LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=count,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
        )
        with cluster:
            yield cluster


@contextmanager
def _client(where: Any, security: "Security | None") -> "Iterator[Client]":  # noqa: ANN401 - an address or a cluster
    from distributed import Client

    try:
        client = Client(where, security=security, timeout=WAIT_FOR_CLUSTER_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        detail = str(error).strip().partition("\n")[0]
        raise MachineError(
            f"the cluster at {where} cannot be reached: {detail}",
            hint="check that its scheduler runs, its address, and the TLS files",
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=WAIT_FOR_CLUSTER_S)  # type: ignore[no-untyped-call]


class _Attendance:
    """Sees that there is somebody to wait for."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._alone_since: float | None = None

    def look(self) -> None:
        """Note who is there.

        Raises:
            MachineError: The scheduler is gone, or for a long time there has been no worker.
        """
        now = time.monotonic()
        if self._somebody_is_there():
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
        elif now - self._alone_since > WAIT_FOR_WORKERS_S:
            raise MachineError(
                f"the cluster has had no worker for {WAIT_FOR_WORKERS_S} seconds",
                hint="start some, then repeat the command with --resume",
            )

    def _somebody_is_there(self) -> bool:
        """Whether there is a worker.

        Raises:
            MachineError: There is nobody to ask.
        """
        gone = MachineError(
            "the cluster's scheduler is gone",
            hint="start it anew, then repeat the command with --resume",
        )
        if self._client.status in {"closing", "closed"}:
            raise gone
        try:
            return bool(self._client.scheduler_info(n_workers=1).get("workers"))
        except (OSError, RuntimeError, ValueError):
            raise gone from None
