"""Object stores that speak S3, asked through obstore: reading, listing, and writing what is new.

Who may ask is told by the environment, as with all programs for such stores: ``AWS_ACCESS_KEY_ID``
and its neighbours. Nothing of that is passed from one machine to another.

Needs obstore, the extra ``cluster``.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from casebook.batch.places import StoreAddress
from casebook.errors import MachineError, UsageError

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

PATIENCE_S: Final = 60
"""What one request may take; the largest submission in that time is 4 MB a second."""

_CONNECTING_S: Final = 10
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class StoreAccess:
    """How a store is reached, beside what the environment says.

    Attributes:
        endpoint: The address of the store, where it is not Amazon's.
        region: The store's region.
        patience_s: The seconds that one request may take.
    """

    endpoint: str | None = None
    region: str | None = None
    patience_s: float = PATIENCE_S


@dataclass(frozen=True, slots=True)
class Stored:
    """What a store tells of an object without giving it.

    Attributes:
        address: Where it lies.
        size_bytes: How long it is.
        mark: Changes whenever the object does (its ETag).
    """

    address: StoreAddress
    size_bytes: int
    mark: str


def look_at(address: StoreAddress, access: StoreAccess) -> Stored:
    """What a store tells of an object.

    Raises:
        UsageError: There is none.
        MachineError: The store refuses, or does not answer.
    """
    store = _store(address.bucket, access)
    import obstore

    with _refusals_of(address):
        found = obstore.head(store, address.key)
    return Stored(address, found["size"], found["e_tag"] or str(found["last_modified"]))


def fetch(address: StoreAddress, access: StoreAccess, limit_bytes: int) -> tuple[bytes, str]:
    """The content of an object, and the mark that changes with it.

    Raises:
        UsageError: There is none, or it is larger than the limit.
        MachineError: The store refuses, or does not answer.
    """
    store = _store(address.bucket, access)
    import obstore

    with _refusals_of(address):
        found = obstore.get(store, address.key)
        if found.meta["size"] > limit_bytes:
            raise UsageError(
                f"{address} is larger than {limit_bytes / 1_000_000:g} MB",
                hint="nothing that casebook makes is that large",
            )
        mark = found.meta["e_tag"] or str(found.meta["last_modified"])
        return bytes(found.bytes()), mark


def listed_below(address: StoreAddress, access: StoreAccess) -> Iterator[Stored]:
    """Every object whose name begins with that of a folder, in the order of their names.

    Raises:
        MachineError: The store refuses, or does not answer.
    """
    store = _store(address.bucket, access)
    import obstore

    with _refusals_of(address):
        for some in obstore.list(store, address.key or None):
            for each in some:
                mark = each["e_tag"] or str(each["last_modified"])
                yield Stored(StoreAddress(address.bucket, each["path"]), each["size"], mark)


def put(address: StoreAddress, content: bytes, access: StoreAccess, *, force: bool = False) -> None:
    """Write an object where none is; the same content there already is as good as written.

    Of two writers at one moment the store lets one write. Nobody ever sees half an object.

    Args:
        address: Where it is to lie.
        content: Its whole content.
        access: How the store is reached.
        force: Whether to replace what lies there.

    Raises:
        UsageError: Another content lies there.
        MachineError: The store refuses, or does not answer.
    """
    store = _store(address.bucket, access)
    import obstore
    from obstore.exceptions import AlreadyExistsError

    with _refusals_of(address):
        try:
            # Why in one piece: only then does the store itself see to it that nothing is there.
            obstore.put(
                store, address.key, content,
                mode="overwrite" if force else "create", use_multipart=False,
            )  # fmt: skip
        except AlreadyExistsError:
            if not _holds(address, content, access):
                raise UsageError(
                    f"{address} is already there, with another content",
                    hint="name another place, or add --force to replace it",
                ) from None


def _holds(address: StoreAddress, content: bytes, access: StoreAccess) -> bool:
    """Whether an object has just this content."""
    same_size = look_at(address, access).size_bytes == len(content)
    return same_size and fetch(address, access, len(content))[0] == content


@lru_cache(maxsize=16)
def _store(bucket: str, access: StoreAccess) -> "S3Store":
    """A connection to a bucket, kept for the next request.

    Raises:
        MachineError: obstore is not installed.
        UsageError: What the environment or the options say of the store makes no sense.
    """
    try:
        from obstore.exceptions import BaseError
        from obstore.store import S3Store
    except ImportError:
        raise MachineError(
            "object stores need obstore", hint='pip install "casebook[cluster]"'
        ) from None
    own: S3Config = {}
    if access.endpoint is not None:
        own["endpoint"] = access.endpoint
    if access.region is not None:
        own["region"] = access.region
    try:
        return S3Store(
            bucket,
            config=own,
            client_options={
                "timeout": timedelta(seconds=access.patience_s),
                "connect_timeout": timedelta(seconds=min(_CONNECTING_S, access.patience_s)),
                "allow_http": _plainly_reached(access),
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=access.patience_s)},
        )
    except (BaseError, ValueError) as error:
        raise UsageError(
            f"the object store cannot be used: {_first_line(error)}",
            hint="look at --endpoint, --region and the AWS_… variables",
        ) from None


def _plainly_reached(access: StoreAccess) -> bool:
    """Whether a store is asked without encryption: on this machine, or where somebody wants it so.

    Raises:
        UsageError: It would be, elsewhere, and nobody said so.
    """
    said = (access.endpoint, *map(os.environ.get, _ENDPOINTS))
    address = urlsplit(next((each for each in said if each), ""))
    if address.scheme != "http":
        return False
    wanted = os.environ.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true", "yes"}
    if address.hostname not in _HERE and not wanted:
        # Why refused: what travels is what clients told.
        raise UsageError(
            f"the object store at {address.hostname} is not asked without encryption",
            hint="write https://; in a network of your own, set AWS_ALLOW_HTTP=true",
        )
    return True


@contextmanager
def _refusals_of(address: StoreAddress) -> Iterator[None]:
    """Say what a store refuses in plain words.

    Why without the store's own: it repeats requests, with what they hold.
    """
    from obstore import exceptions

    try:
        yield
    except FileNotFoundError as error:
        if "NoSuchBucket" in str(error):
            message = f"there is no bucket {address.bucket!r}"
        else:
            message = f"there is no object {address}"
        raise UsageError(message, hint="check the spelling, and --endpoint") from None
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError, PermissionError):
        raise MachineError(
            f"the object store refuses {address}: permission is denied",
            hint="check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they may do",
        ) from None
    except (exceptions.InvalidPathError, ValueError):
        raise UsageError(f"{address} is no name of an object", hint="check the spelling") from None
    except (exceptions.BaseError, OSError) as error:
        raise _silent(address, str(error)) from None


def _silent(address: StoreAddress, said: str) -> MachineError:
    """Why a store gave no answer that could be used."""
    if "169.254.169.254" in said or "credential" in said.lower():
        return MachineError(
            f"the object store cannot be asked for {address}: nothing says who is asking",
            hint="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        )
    return MachineError(
        f"the object store does not answer when asked for {address}",
        hint="check --endpoint and the network, then repeat the command with --resume",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
