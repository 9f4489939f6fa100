"""How a step says that it does not hold."""

from typing import NoReturn


class Refused(Exception):
    """A step does not hold; says why."""


def refuse(why: str) -> NoReturn:
    """Refuse the step that is being taken."""
    raise Refused(why)


def need(holds: bool, why: str) -> None:  # noqa: FBT001 - it reads as a sentence
    """Refuse unless something holds."""
    if not holds:
        refuse(why)
