"""Countries as users name them, for telephone numbers."""

from collections.abc import Iterable

from casebook.errors import UsageError


def regions_meant(written: Iterable[str]) -> tuple[str, ...]:
    """Countries by two letters (ISO 3166-1).

    Raises:
        UsageError: One is no country whose telephone numbers are known.
    """
    return tuple(map(_region, written))


def _region(written: str) -> str:
    from phonenumbers import SUPPORTED_REGIONS

    region = written.strip().upper()
    if region not in SUPPORTED_REGIONS:
        raise UsageError(
            f"{written!r} is no country by two letters", hint="such as --region IE for Ireland"
        )
    return region
