"""Makes a submission's results and documents again, and names what comes out differently."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from casebook import __version__
from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord
from casebook.domain.program.look import THEMES, Theme
from casebook.render.together import Presses
from casebook.workflow.documents import document_files, documents_of, in_theme
from casebook.workflow.grading import GradedPortfolio
from casebook.workflow.payload import (
    DOCUMENTS_PART,
    EVALUATION_PART,
    evaluation_files,
    files_in,
    source_files,
)
from casebook.workflow.progress import Progress


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is missing, not asked for, or other than what is made of the sources again."""

    name: str
    detail: str
    changed: bool = True
    """Whether it is there and asked for, but other."""

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}"


def differing_results(
    record: SubmissionRecord, graded: GradedPortfolio, payload: Mapping[str, bytes]
) -> list[Difference]:
    """Score again, and compare with the results enclosed and with those in the record."""
    enclosed = files_in(EVALUATION_PART, payload)
    differences = _differences(EVALUATION_PART, evaluation_files(graded), enclosed)
    if {each.work: each.result for each in graded.evaluations} != record.results:
        differences.append(Difference(RECORD_NAME, "it gives other results"))
    return differences


def differing_documents(
    graded: GradedPortfolio,
    enclosed: Mapping[str, bytes],
    progress: Progress,
    *,
    alone: str | None = None,
    presses: Presses | None = None,
) -> list[Difference]:
    """Render again, and compare the PDFs byte by byte: of all documents, or of the one named.

    That one may be in any theme: the words are the same in all.

    Raises:
        CasebookError: A document cannot be made here.
    """
    documents = documents_of(graded, source_files(graded))
    if alone is not None:
        documents = {alone: documents[alone]}

    def compared(theme: Theme | None = None) -> list[Difference]:
        themed = {name: in_theme(each, theme) for name, each in documents.items()}
        made = document_files(themed, progress, presses)
        return _differences(DOCUMENTS_PART, made, enclosed)

    own = graded.portfolio.program.rules.look.theme
    others = [each for each in THEMES if alone is not None and each != own]
    differences = compared()
    if differences and any(not compared(theme) for theme in others):
        return []
    return differences


def other_versions(record: SubmissionRecord) -> str | None:
    """Say which versions made a submission, when those here are others; None when they agree.

    Why it matters: another version may place a letter differently, so that other bytes prove
    nothing.
    """
    here = version("weasyprint")
    if (record.casebook, record.weasyprint) == (__version__, here):
        return None
    return (
        f"made by casebook {record.casebook} and WeasyPrint {record.weasyprint or 'unknown'}, "
        f"here are {__version__} and {here}"
    )


def _differences(
    part: str, made: Mapping[str, bytes], enclosed: Mapping[str, bytes]
) -> list[Difference]:
    return [
        _difference(f"{part}/{name}", made.get(name), enclosed.get(name))
        for name in sorted({*made, *enclosed})
        if made.get(name) != enclosed.get(name)
    ]


def _difference(name: str, made: bytes | None, enclosed: bytes | None) -> Difference:
    if enclosed is None:
        return Difference(name, "it is missing", changed=False)
    if made is None:
        return Difference(name, "nothing in the sources leads to it", changed=False)
    return Difference(name, "not what the sources give")
