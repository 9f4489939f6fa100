"""What a verification comes to: steps in their order, each of which holds, fails or stays open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casebook.bundle.inventory import SubmissionRecord
from casebook.diagnostics.finding import Report
from casebook.source.folder import MemoryFolder
from casebook.workflow.grading import GradedPortfolio

_SHOWN: Final = 3

TITLES: Final[Mapping[str, str]] = {
    "container": "the file is one sound archive",
    "bag": "every file is there, unchanged, and nothing was added",
    "record": "the submission says what it is",
    "inventory": "the files are those that the submission lists",
    "recipient": "whoever made it sealed it to you",
    "signature": "it is signed, and nothing was changed after that",
    "program": "the rules are ones you have",
    "sources": "the candidate's files can be read, and are the candidate's",
    "check": "the portfolio is acceptable on the day it was submitted",
    "results": "scoring again gives the results enclosed",
    "documents": "rendering again gives the PDFs enclosed",
}
"""What each step says when it holds, in the order of the steps."""

ON_OCCASION: Final = frozenset({"recipient", "signature", "documents"})
"""Steps that are taken only where there is something to hold, or somebody asks for them."""

PACKET_TITLES: Final[Mapping[str, str]] = {
    **{step: title for step, title in TITLES.items() if step != "bag"},
    "container": "the file is a PDF with its sources inside",
    "documents": "rendering the sources again gives this packet",
}
"""The same for a packet, which is a PDF and no bag."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was verified; ``ok`` is None when it could not be decided."""

    id: str
    title: str
    ok: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The steps in order, with the record and the portfolio where they could be read."""

    steps: tuple[Step, ...]
    record: SubmissionRecord | None = None
    findings: Report | None = None
    """What a check of the portfolio finds."""
    portfolio: MemoryFolder | None = None
    graded: GradedPortfolio | None = None
    """The portfolio with what follows from it, where enough of it could be read."""

    @property
    def ok(self) -> bool:
        """Whether every step holds."""
        return all(step.ok for step in self.steps)

    def fault_of(self, step_id: str) -> str | None:
        """What a step found wrong; None where it holds, is open, or was not taken."""
        found = (each for each in self.steps if each.id == step_id and each.ok is False)
        return next((each.detail for each in found), None)

    @property
    def of_packet(self) -> bool:
        """Whether it was a packet, whose pages are read as they stand, and not unpacked."""
        return all(step.id != "bag" for step in self.steps)

    @property
    def pages_compared(self) -> bool:
        """Whether the pages that came along were held against what the sources give."""
        return any(step.id == "documents" for step in self.steps)


class Steps:
    """The steps taken so far; a detail names the first few problems."""

    def __init__(self, titles: Mapping[str, str], asked: Collection[str] = ()) -> None:
        self._titles = titles
        self._asked = asked
        self._taken: dict[str, Step] = {}

    def note(self, step_id: str, problems: Sequence[object], held: str) -> None:
        """Note what was found: no problem, or some."""
        more = f"; and {len(problems) - _SHOWN} more" * (len(problems) > _SHOWN)
        said = "; ".join(str(problem) for problem in problems[:_SHOWN]) + more
        self._keep(step_id, said or held, ok=not problems)

    def leave_open(self, step_id: str, why: str) -> None:
        """Note that a step could not be decided."""
        self._keep(step_id, why, ok=None)

    def all(self) -> tuple[Step, ...]:
        """Every step in order, those that were not taken too."""
        for step_id in self._titles:
            due = step_id not in ON_OCCASION or step_id in self._asked
            if due and step_id not in self._taken:
                self.leave_open(step_id, "not looked at, since an earlier step failed")
        return tuple(self._taken[each] for each in self._titles if each in self._taken)

    def _keep(self, step_id: str, detail: str, *, ok: bool | None) -> None:
        self._taken[step_id] = Step(step_id, self._titles[step_id], ok, detail)
