"""What a submission holds: sources, program, attachments, results and documents, by their parts."""

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Final, TypeAlias

from casebook import __version__
from casebook.bundle.inventory import ProgramUsed, SubmissionRecord, describe_file
from casebook.diagnostics import codes
from casebook.domain.canonical import canonical_json
from casebook.domain.handed_in import Role
from casebook.files import safe_name
from casebook.source.attachments import read_attachments
from casebook.workflow.grading import ELIGIBILITY, GradedPortfolio, file_names

PORTFOLIO_PART: Final = "portfolio"
DOCUMENTS_PART: Final = "documents"
EVALUATION_PART: Final = "evaluation"
PROGRAM_PART: Final = "program"

PARTS: Final = (PORTFOLIO_PART, DOCUMENTS_PART, EVALUATION_PART, PROGRAM_PART)
"""The folders of a submission's payload."""

SUBMISSION_FILE: Final = "submission.zip"
"""The name of a submission in its portfolio's build folder."""

SEALED_ENDING: Final = ".age"
"""How the name of a sealed file ends."""

_NOT_THERE: Final = frozenset(
    each.id
    for each in (
        codes.MISSING_ATTACHMENT, codes.OUTSIDE_FOLDER, codes.UNREADABLE, codes.PRIVATE_FILE,
        codes.PRIVATE_KEY, codes.UNWANTED_KIND,
    )
)  # fmt: skip

Files: TypeAlias = dict[str, bytes]
"""Contents of files by their names."""

Sources: TypeAlias = Mapping[str, tuple[Role, bytes]]
"""What a payload's files are to it, and their contents, by their names in it."""


def source_files(graded: GradedPortfolio) -> Sources:
    """Everything that the documents are made of, and what scoring gave, by name in the payload.

    Raises:
        CasebookError: An attachment cannot be read.
    """
    parts: tuple[tuple[str, Role, Mapping[str, bytes]], ...] = (
        (PORTFOLIO_PART, "source", graded.examined.reading.contents),
        (PORTFOLIO_PART, "attachment", _attachment_files(graded)),
        (PROGRAM_PART, "program", _shipped_program_files(graded)),
        (EVALUATION_PART, "evaluation", evaluation_files(graded)),
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


def submission_digest(sources: Sources) -> str:
    """SHA-256 over the names and bytes of what the candidate handed in: works and attachments.

    Why not over the submission's own bytes: a submission made again with a newer casebook, its
    packet, and the folder it was made of are one submission to a grader.
    """
    handed_in = [
        [name, hashlib.sha256(content).hexdigest()]
        for name, (role, content) in sorted(sources.items())
        if role in {"source", "attachment"}
    ]
    return hashlib.sha256(canonical_json(handed_in)).hexdigest()


def record_of(
    graded: GradedPortfolio,
    files: Mapping[str, tuple[Role, bytes]],
    *,
    signer: str | None = None,
    sealed_to: str | None = None,
) -> SubmissionRecord:
    """The record of a submission that holds these files.

    Args:
        graded: The portfolio, and what follows from it.
        files: Name in the payload -> what it is there, and its content.
        signer: The fingerprint of the key that is going to sign it.
        sealed_to: The recipient that it is going to be sealed to.
    """
    main, program = graded.portfolio.main.record, graded.portfolio.program
    return SubmissionRecord(
        program=ProgramUsed(
            id=program.rules.id, version=program.rules.version, digest=program.digest
        ),
        level=main.level,
        candidate=main.candidate.name,
        made_on=graded.on,
        casebook=__version__,
        weasyprint=version("weasyprint"),
        signer=signer,
        sealed_to=sealed_to,
        results={each.work: each.result for each in graded.evaluations},
        files=tuple(describe_file(name, role, content) for name, (role, content) in files.items()),
    )


def folder_of(record: SubmissionRecord) -> str:
    """The name of the one folder that a submission with this record unpacks to."""
    return safe_name(f"{record.program.id}-level-{record.level}-{record.candidate}")


def evaluation_files(graded: GradedPortfolio) -> Files:
    """The results as files, by their names in their part."""
    names = file_names([each.work for each in graded.evaluations])
    records = dict(zip(names, graded.evaluations, strict=True))
    return {
        f"{name}.json": _json(record.model_dump(mode="json", exclude_none=True))
        for name, record in {**records, ELIGIBILITY: graded.eligibility}.items()
    }


def files_in(part: str, payload: Mapping[str, bytes]) -> Files:
    """The files of one part of a payload, by their names in it."""
    start = f"{part}/"
    return {
        name.removeprefix(start): content
        for name, content in payload.items()
        if name.startswith(start)
    }


def _attachment_files(graded: GradedPortfolio) -> Files:
    """The files that works name, by the paths that name them.

    What the check has found to be missing is left out: a draft can be rendered without it.

    Raises:
        CasebookError: One of them cannot be read.
    """
    reported = {each.place for each in graded.examined.report.findings if each.code in _NOT_THERE}
    there = [each for each in graded.attachments if each.place not in reported]
    return read_attachments(there, graded.examined.folder)


def _shipped_program_files(graded: GradedPortfolio) -> Mapping[str, bytes]:
    """The rules of a program that ships with casebook; another program is among the sources."""
    reading = graded.examined.reading.program
    return {} if reading is None or graded.portfolio.program_files else reading.files


def _json(values: object) -> bytes:
    text = json.dumps(values, sort_keys=True, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()
