"""Findings of which there are too many to be read: the first are listed, the rest are counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from casebook.diagnostics.finding import Finding
from casebook.limits import FINDINGS_A_FILE

_Kind: TypeAlias = tuple[str, str]
"""A file's path, and a code."""


def listed(findings: Iterable[Finding], most: int = FINDINGS_A_FILE) -> Iterator[Finding]:
    """The findings, but of one code in one file at most so many, and then how many more."""
    listing = Listing(most)
    yield from (each for each in findings if listing.takes(each))
    yield from listing.left_out()


@dataclass(slots=True)
class Listing:
    """What was listed so far of each code in each file, and what was not.

    Attributes:
        most: So many are listed.
    """

    most: int = FINDINGS_A_FILE
    _met: Counter[_Kind] = field(default_factory=Counter)
    _firsts: dict[_Kind, Finding] = field(default_factory=dict)

    def takes(self, finding: Finding) -> bool:
        """Whether this one is listed; if not, it is counted."""
        kind = finding.place.path, finding.code
        self._met[kind] += 1
        if self._met[kind] <= self.most:
            return True
        self._firsts.setdefault(kind, finding)
        return False

    def left_out(self) -> Iterator[Finding]:
        """What is said in place of those that were not listed, where the first of them stands."""
        for kind, first in self._firsts.items():
            number = self._met[kind] - self.most
            said = f"{number:,} more of this kind in this file are not listed; the first: "
            yield first if number == 1 else replace(first, message=f"{said}{first.message}")
