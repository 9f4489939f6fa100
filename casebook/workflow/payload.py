"""What a submission holds: sources, program, attachments, results and documents, by their parts."""

import json
from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Final, TypeAlias

from casebook.bundle.inventory import Role
from casebook.render.together import documents_pdf
from casebook.source.attachments import read_attachments
from casebook.workflow.grading import ELIGIBILITY, GradedPortfolio, file_names
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.render import documents_of

PORTFOLIO_PART: Final = "portfolio"
DOCUMENTS_PART: Final = "documents"
EVALUATION_PART: Final = "evaluation"
PROGRAM_PART: Final = "program"

PARTS: Final = (PORTFOLIO_PART, DOCUMENTS_PART, EVALUATION_PART, PROGRAM_PART)
"""The folders of a submission's payload."""

SUBMISSION_FILE: Final = "submission.zip"
"""The name of a submission in its portfolio's build folder."""

Files: TypeAlias = dict[str, bytes]
"""Contents of files by their names."""


def submission_files(
    graded: GradedPortfolio, progress: Progress = quietly, second: Executor | None = None
) -> dict[str, tuple[Role, bytes]]:
    """Every file of a submission but its record, by its name in the payload.

    Raises:
        CasebookError: An attachment cannot be read, or a document cannot be made.
    """
    parts: tuple[tuple[str, Role, Mapping[str, bytes]], ...] = (
        (PORTFOLIO_PART, "source", graded.examined.reading.contents),
        (PORTFOLIO_PART, "attachment", _attachment_files(graded)),
        (PROGRAM_PART, "program", _shipped_program_files(graded)),
        (EVALUATION_PART, "evaluation", evaluation_files(graded)),
        (DOCUMENTS_PART, "document", document_files(graded, progress, second)),
    )
    files = {
        f"{part}/{name}": (role, content)
        for part, role, contents in parts
        for name, content in contents.items()
    }
    for name in graded.portfolio.program_files:
        _, content = files[f"{PORTFOLIO_PART}/{name}"]
        files[f"{PORTFOLIO_PART}/{name}"] = ("program", content)
    return files


def evaluation_files(graded: GradedPortfolio) -> Files:
    """The results as files, by their names in their part."""
    names = file_names([each.work for each in graded.evaluations])
    records = dict(zip(names, graded.evaluations, strict=True))
    return {
        f"{name}.json": _json(record.model_dump(mode="json", exclude_none=True))
        for name, record in {**records, ELIGIBILITY: graded.eligibility}.items()
    }


def document_files(
    graded: GradedPortfolio, progress: Progress = quietly, second: Executor | None = None
) -> Files:
    """The PDFs, by their names in their part.

    Raises:
        CasebookError: A picture cannot be read, or a document cannot be made.
    """
    documents = documents_of(graded, _attachment_files(graded))
    begun: list[str] = []

    def tell(name: str) -> None:
        progress(f"rendering {name}.pdf", len(begun), len(documents))
        begun.append(name)

    pages = documents_pdf(documents, second, tell)
    return {f"{name}.pdf": content for name, content in pages.items()}


def files_in(part: str, payload: Mapping[str, bytes]) -> Files:
    """The files of one part of a payload, by their names in it."""
    start = f"{part}/"
    return {
        name.removeprefix(start): content
        for name, content in payload.items()
        if name.startswith(start)
    }


def _attachment_files(graded: GradedPortfolio) -> Files:
    return read_attachments(graded.attachments, graded.examined.folder)


def _shipped_program_files(graded: GradedPortfolio) -> Mapping[str, bytes]:
    """The rules of a program that ships with casebook; another program is among the sources."""
    reading = graded.examined.reading.program
    return {} if reading is None or graded.portfolio.program_files else reading.files


def _json(values: object) -> bytes:
    text = json.dumps(values, sort_keys=True, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()
