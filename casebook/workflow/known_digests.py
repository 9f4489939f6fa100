"""Digests that somebody wrote down, and now looks for again."""

from collections.abc import Collection, Iterable
from typing import Final

from casebook.domain.canonical import SHOWN
from casebook.errors import UsageError

_WHOLE: Final = 64
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


def known_digests(written: Iterable[str]) -> tuple[str, ...]:
    """Digests as people write them down: whole or their beginnings, in small letters or capitals.

    Raises:
        UsageError: One is no digest, or too little of one.
    """
    return tuple(_read(each) for each in written)


def not_among(known: Iterable[str], digests: Collection[str]) -> tuple[str, ...]:
    """Those that none of some digests begins with."""
    return tuple(each for each in known if not any(found.startswith(each) for found in digests))


def _read(written: str) -> str:
    digest = written.strip().lower()
    if not SHOWN <= len(digest) <= _WHOLE or not _HEXADECIMAL.issuperset(digest):
        raise UsageError(
            f"{written!r} is no digest",
            hint=f"a digest has {_WHOLE} signs, 0 to 9 and a to f; its first {SHOWN} are enough",
        )
    return digest
