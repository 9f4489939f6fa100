"""The documents of the sample portfolios, each set when it is first asked for and then kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from casebook.domain.program.look import Theme
from casebook.render.document import Document
from casebook.render.press import document_pdf
from casebook.resources import sample_dir
from casebook.source.portfolio import open_portfolio
from casebook.workflow.documents import documents_of
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import grade
from casebook.workflow.payload import source_files

ON: Final = date(2026, 7, 1)
"""The day that the samples are written for."""


@dataclass(frozen=True, slots=True, order=True)
class Paper:
    """One PDF that has a reference.

    Attributes:
        sample: The portfolio's folder under ``samples``.
        document: The name under which ``casebook render`` writes it.
        theme: Instead of the program's own.
    """

    sample: str
    document: str
    theme: Theme | None = None

    @property
    def name(self) -> str:
        """Where its references stand under this folder, without an ending."""
        return f"{self.sample}/{self.document}" + (f"-{self.theme}" if self.theme else "")


DOCUMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "nkt-level-1": ("low-back-01", "neck-02", "shoulder-03", "observed-session", "packet"),
    "reflexology": (
        "cold-feet-01", "desk-shoulders-01", "exam-term-01", "kitchen-feet-01", "night-shifts-01",
        "packet",
    ),
}  # fmt: skip
"""Every document of each sample, as the tests count on them."""

PAPERS: Final = (
    *(Paper(sample, document) for sample, names in DOCUMENTS.items() for document in names),
    Paper("nkt-level-1", "low-back-01", "clinic"),
    Paper("nkt-level-1", "low-back-01", "large"),
)

PICTURED: Final = Paper("nkt-level-1", "packet")
"""The one whose pages have pictures."""


@dataclass
class Shelf:
    """The documents as files in a folder."""

    folder: Path
    _made: dict[Paper, Path] = field(default_factory=dict)

    @cached_property
    def documents(self) -> Mapping[str, Mapping[str, Document]]:
        """Each sample's documents by their names, before they are set."""
        return {sample: _documents(sample) for sample in DOCUMENTS}

    def pdf(self, paper: Paper) -> Path:
        """The PDF of a document; its pages are not set a second time."""
        if paper not in self._made:
            document = self.documents[paper.sample][paper.document]
            if paper.theme:
                look = document.look.model_copy(update={"theme": paper.theme})
                document = replace(document, look=look)
            path = self.folder / f"{paper.name.replace('/', '-')}.pdf"
            path.write_bytes(document_pdf(document))
            self._made[paper] = path
        return self._made[paper]


def _documents(sample: str) -> Mapping[str, Document]:
    graded = grade(examine_portfolio(open_portfolio(sample_dir(sample)), ON))
    assert graded is not None
    return documents_of(graded, source_files(graded))
