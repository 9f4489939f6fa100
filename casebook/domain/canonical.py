"""Records as bytes that do not depend on how they were written, and the digests of those bytes."""

import hashlib
import json
from typing import Any, Final

from casebook.domain.record import Record

SHOWN: Final = 12
"""How many signs of a digest are shown where people compare by eye."""


def canonical_json(values: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    """JSON with keys in order, without spaces, in UTF-8: equal values, equal bytes.

    Args:
        values: Mappings, lists, texts, finite numbers, truth values and None.
    """
    return json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def values_of(record: Record) -> dict[str, Any]:
    """A record's values as JSON has them, without those that are what they are by default.

    Why without: a key that a later version of a format adds must not change the digest of
    what was written before.
    """
    return record.model_dump(mode="json", exclude_defaults=True)


def digest_of(record: Record) -> str:
    """SHA-256 over a record's canonical JSON, in hexadecimal.

    Comments, spaces and the order of keys in a file make no difference to it; every word does.
    """
    return hashlib.sha256(canonical_json(values_of(record))).hexdigest()


def brief(digest: str) -> str:
    """The first signs of a digest, for people."""
    return digest[:SHOWN]
