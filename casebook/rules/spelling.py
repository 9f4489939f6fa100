"""What somebody may have meant who wrote a name that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Offer the nearest known name, or all of them when none is near."""
    names = sorted(known)
    close = get_close_matches(written.casefold(), names, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known: {', '.join(names)}" if names else "there are none of this kind; remove it"
