"""A real server that speaks S3, on this machine alone: moto's, in a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

import obstore
from obstore.store import S3Store

from casebook.batch.places import StoreAddress
from casebook.batch.stores import StoreAccess

STARTING_S = 60


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A server with one bucket of the test's own."""

    endpoint: str
    bucket: str

    @property
    def access(self) -> StoreAccess:
        return StoreAccess(self.endpoint, "us-east-1", patience_s=10)

    def at(self, key: str) -> StoreAddress:
        return StoreAddress(self.bucket, key)

    def url(self, key: str) -> str:
        return str(self.at(key))

    def put(self, key: str, content: bytes) -> None:
        obstore.put(self._store, key, content)

    def get(self, key: str) -> bytes:
        return bytes(obstore.get(self._store, key).bytes())

    def names(self) -> list[str]:
        return [each["path"] for some in obstore.list(self._store) for each in some]

    @property
    def _store(self) -> S3Store:
        return S3Store(
            self.bucket,
            config={
                "endpoint": self.endpoint, "region": "us-east-1",
                "access_key_id": "tester", "secret_access_key": "secret",
            },
            client_options={"allow_http": True},
        )  # fmt: skip

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Whoever asks is asked who they are, and is nobody that the server knows."""
        _post(f"{self.endpoint}/moto-api/reset-auth", b"0")
        try:
            yield
        finally:
            _post(f"{self.endpoint}/moto-api/reset-auth", b"inf")


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a server, ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def new_bucket(endpoint: str) -> ObjectStore:
    """A bucket that nobody else uses."""
    store = ObjectStore(endpoint, f"bucket-{uuid4().hex}")
    _send("PUT", f"{endpoint}/{store.bucket}")
    return store


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTING_S
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def _post(url: str, data: bytes) -> None:
    _send("POST", url, data)


def _send(method: str, url: str, data: bytes = b"") -> None:
    headers = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        answer.read()
