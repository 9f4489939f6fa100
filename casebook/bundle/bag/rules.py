"""By which rules a bag is read: those of its version, or those of a submission."""

from dataclasses import dataclass
from typing import Final

VERSIONS: Final = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
"""Every version of BagIt that was published."""

_INFORMATION_RENAMED: Final = "0.96"


@dataclass(frozen=True, slots=True)
class BagRules:
    """What a bag is held to.

    Attributes:
        version: The version of BagIt.
        encoding: How tag files are written, by Python's name for it.
        strict: Whether it is a submission, where nothing is left to taste: payload and tag files
            each need a manifest by sha-256 or sha-512, every tag file is listed, and nothing is
            tolerated with a warning.
    """

    version: str
    encoding: str
    strict: bool = False

    @property
    def is_final(self) -> bool:
        """Whether RFC 8493 itself holds, and not one of the drafts before it.

        It asks that every payload manifest lists every file, that no name is listed twice, and
        that percent signs in names are encoded.
        """
        return self.version == VERSIONS[-1]

    @property
    def information(self) -> str:
        """The name of the file with what is said about the bag."""
        return "bag-info.txt" if self.version >= _INFORMATION_RENAMED else "package-info.txt"


SUBMISSION: Final = BagRules(VERSIONS[-1], "utf-8", strict=True)
"""The rules for a submission's bag."""
