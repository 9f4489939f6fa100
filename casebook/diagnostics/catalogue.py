"""Writes ``docs/findings.md``: ``python -m casebook.diagnostics.catalogue > docs/findings.md``."""

import sys
from itertools import groupby
from typing import Final

from casebook.diagnostics.codes import all_codes
from casebook.diagnostics.finding import Code

_CHAPTERS: Final = {
    "1": "Reading a file",
    "2": "What a file is made of",
    "3": "What it refers to",
    "4": "Completeness",
    "5": "Protocol",
    "6": "Consent and privacy",
    "7": "Eligibility",
    "8": "Marks and results",
    "9": "Programs",
}

_HEAD: Final = """\
# Findings

Every finding of casebook has a code that never changes its meaning. A finding reads

    path:line:column: CODE what is wrong; what to do about it

**error**: the work is not acceptable as it stands. **warning**: look at it, then decide.

This page is made from `casebook/diagnostics/codes.py`; a test fails when it is out of date.
"""

_TABLE_HEAD: Final = "| code | | what | about |\n| --- | --- | --- | --- |"


def catalogue() -> str:
    """The page: every code in its chapter."""
    parts = [_HEAD]
    for chapter, codes in groupby(all_codes(), key=lambda code: code.id[2]):
        parts.append(f"## {_CHAPTERS[chapter]}\n\n{_TABLE_HEAD}")
        parts.extend(_row(code) for code in codes)
        parts.append("")
    return "\n".join(parts)


def _row(code: Code) -> str:
    about = code.about.replace("|", "\\|")
    return f"| {code.id} | {code.severity} | {code.title} | {about} |"


if __name__ == "__main__":
    sys.stdout.write(catalogue())
