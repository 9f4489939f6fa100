"""How long work tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Called before each part of long work."""

    def __call__(self, doing: str, done: int, total: int, /) -> None:
        """Tell what is being done now.

        Args:
            doing: What, in a few words: "rendering packet.pdf".
            done: How many parts are finished.
            total: How many there are; 0 while that is not known yet.
        """


def quietly(_doing: str, _done: int, _total: int, /) -> None:
    """Tell nobody."""
