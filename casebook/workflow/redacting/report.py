"""What was left out of a copy for publication, for the one who reads it before publishing.

It repeats nothing of what was taken out: only where it stood, and what kind of thing it was.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casebook import __version__
from casebook.diagnostics.place import Place
from casebook.rules.privacy.listed_names import ListedNames
from casebook.workflow.redacting.permission import Withheld
from casebook.workflow.redacting.redacted_case import RedactedCase

REPORT_TEXT = "LEFT-OUT.txt"
REPORT_VALUES = "left-out.json"

_HEAD = """\
What casebook left out of this copy, and why

This is a draft. A person has to read every text and look at every picture before anybody else
sees them: casebook knows the forms of dates and numbers and the names you listed, and no more.
What it took out is marked by brackets, such as [name]. A rare occupation, an unusual accident or
a place that everybody knows can tell who somebody is without any of them.

Do not publish this file and left-out.json; they are for you.
"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Everything that a copy for publication does not hold.

    Attributes:
        on: The day whose consents count.
        withheld: Files of which nothing is in it.
        cases: The cases that are in it.
        parts: What else of the portfolio is never in it.
    """

    on: date
    withheld: tuple[Withheld, ...]
    cases: Sequence[RedactedCase]
    names: ListedNames
    parts: tuple[str, ...] = (
        "who you are and how to reach you",
        "signed consent forms",
        "observed sessions and the examiners' marks",
        "comments in the files",
        "names of files",
    )

    def text(self) -> bytes:
        """The report for people."""
        return "\n".join([_HEAD, *self._lines()]).encode() + b"\n"

    def values(self) -> bytes:
        """The report for programs."""
        values = {
            "casebook": __version__,
            "kind": "left-out",
            "on": self.on.isoformat(),
            "withheld": [{"file": self._safe(e.path), "why": e.why} for e in self.withheld],
            "never": list(self.parts),
            "cases": [
                {
                    "id": case.name,
                    "from": self._safe(case.piece.path),
                    "taken_out": [
                        {**_values_of(each.place), "why": each.why} for each in case.taken
                    ],
                    "look_again": [_values_of(each) for each in case.doubts],
                }
                for case in self.cases
            ],
        }
        return f"{json.dumps(values, indent=1, ensure_ascii=False)}\n".encode()

    def _lines(self) -> Iterator[str]:
        yield f"Judged for {self.on}, by each client's consent."
        yield ""
        yield "Never in such a copy:"
        yield from (f"  - {each}" for each in self.parts)
        if self.withheld:
            yield ""
            yield "Not published at all:"
            yield from (f"  - {self._safe(each.path)}: {each.why}" for each in self.withheld)
        for case in self.cases:
            yield ""
            yield f"Taken out of {case.name}, by line of {self._safe(case.piece.path)}:"
            for each in case.taken:
                yield f"  - {_where(each.place)}: {each.why}"
            if not case.taken:
                yield "  - nothing was found; that does not mean that nothing is there"
            for place in case.doubts:
                yield f"  - {_where(place)}: may be a listed name, and was kept; look again"

    def _safe(self, path: str) -> str:
        """A path without the names that must not be read."""
        for found in reversed(self.names.within_name(path)):
            path = f"{path[: found.start]}[name]{path[found.end :]}"
        return path


def _where(place: Place) -> str:
    return f"line {place.span.line}, column {place.span.column}"


def _values_of(place: Place) -> dict[str, int]:
    return {"line": place.span.line, "column": place.span.column}
