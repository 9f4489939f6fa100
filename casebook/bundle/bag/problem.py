"""What can be wrong with a bag."""

from dataclasses import dataclass
from typing import Literal

BagFault = Literal[
    "version", "malformed", "unsafe", "duplicate", "missing", "changed", "extra", "oxum",
    "encoding", "checksum", "irregular", "unreadable", "too-large",
    "clash", "unportable", "system-file", "style",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class BagProblem:
    """One way in which a bag is not complete, not valid, or not as good as it could be.

    Attributes:
        what: The kind of fault; kinds keep their meaning.

            Of the bag: ``version``: no version of BagIt that is known; ``encoding``: tag files in
            letters that are not known; ``malformed``: a tag file that cannot be read; ``checksum``:
            a manifest by an algorithm that is not known; ``oxum``: other totals.

            Of a file: ``missing``: listed or required, but absent; ``changed``: other bytes than
            listed; ``extra``: present but not listed; ``duplicate``: one name listed twice;
            ``unsafe``: a name that could lead out of the bag, or from elsewhere; ``irregular``: a
            link or a device; ``unreadable``: the system refuses it; ``too-large``: more than is
            taken.

            Only ever a warning: ``clash``: two names that some disks take for one; ``unportable``:
            a name that some systems cannot store; ``system-file``: left behind by a file browser;
            ``style``: written as other tools do it.
        name: The file it is about.
        detail: The fact, in words.
        warning: Whether the bag is valid all the same.
    """

    what: BagFault
    name: str
    detail: str
    warning: bool = False


class BagFileRefused(Exception):
    """Carries why one file of a bag could not be read."""

    def __init__(self, problem: BagProblem) -> None:
        super().__init__(problem.detail)
        self.problem = problem
