"""Counts what ``casebook bag verify`` says of the Library of Congress's conformance suite.

    python -m tests.conformance.bagit_suite ../shared/suites/bagit-conformance-suite

Source:
    https://github.com/LibraryOfCongress/bagit-conformance-suite (public domain).
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.workflow.bags import verify_bag

CATEGORIES = {
    "valid": "accepted",
    "warning": "rejected, or accepted with a warning",
    "invalid": "rejected",
    "linux-only": "rejected",
    "windows-only": "rejected",
}
"""The suite's categories, and what is right to say of their bags on any system."""


@dataclass(frozen=True)
class Verdict:
    """What was said of one bag of the suite."""

    folder: Path
    category: str
    accepted: bool
    warned: bool

    @property
    def right(self) -> bool:
        """Whether it is what the suite expects."""
        if self.category == "warning":
            return self.warned or not self.accepted
        return self.accepted is (self.category == "valid")


def judge(suite: Path) -> list[Verdict]:
    """Verify every bag of the suite."""
    verdicts = []
    for folder in sorted(suite.glob("v*/*/*")):
        if folder.is_dir():
            verified = verify_bag(folder)
            accepted, warned = verified.ok is True, bool(verified.report.warnings)
            verdicts.append(Verdict(folder, folder.parent.name, accepted, warned))
    return verdicts


def table(verdicts: Iterable[Verdict]) -> str:
    """The score by category, as Markdown."""
    listed = list(verdicts)
    rows = ["| category | bags | right is | right |", "| --- | ---: | --- | ---: |"]
    for category, right in CATEGORIES.items():
        own = [each for each in listed if each.category == category]
        rows.append(f"| {category} | {len(own)} | {right} | {sum(each.right for each in own)} |")
    rows.append(f"| all | {len(listed)} | | {sum(each.right for each in listed)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table(judge(Path(sys.argv[1]))) + "\n")
