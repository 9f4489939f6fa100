"""Makes a feedback report of each issued result, as PDF and HTML."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.signing.signers import SignerPolicy
from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.program.look import Look, Theme
from casebook.domain.program.program import Program
from casebook.errors import UsageError
from casebook.evaluation.lineage import Filed
from casebook.files import sweep_orphans, telling_what_stands, write_files
from casebook.language import speaking
from casebook.render.document import Document
from casebook.render.html import document_html
from casebook.render.together import documents_pdf
from casebook.render.views.feedback import feedback_document
from casebook.workflow.examination import Checked
from casebook.workflow.programs import show_program
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.render import Form
from casebook.workflow.results.files import RESULT_SUFFIX, read_result_files

FEEDBACK: Final = ".feedback"

_AT_ONCE: Final = 40
"""Reports whose pages are made before any of them is written; more would only take memory."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The reports that were made.

    Attributes:
        written: The files.
        withheld: Results without a report, because marks or a discussion are still wanted.
        other_rules: Results made by other rules than those of the program that lends its look.
        checked: What is wrong with files that could not be read.
    """

    written: tuple[Path, ...]
    withheld: tuple[str, ...]
    other_rules: tuple[str, ...]
    checked: Checked


def make_feedback(  # noqa: PLR0913 - each an option of the command
    paths: Sequence[Path],
    *,
    output: Path | None = None,
    forms: Sequence[Form] = ("pdf", "html"),
    program_path: Path | None = None,
    theme: Theme | None = None,
    force: bool = False,
    progress: Progress = quietly,
    signers: SignerPolicy | None = None,
) -> Feedback:
    """Make the feedback reports of results.

    Args:
        paths: Results, and folders that hold some.
        output: The folder for the reports; beside each result when left out.
        forms: pdf, html or both.
        program_path: The program whose logo and look the reports take.
        theme: Instead of the program's own.
        force: Whether to overwrite files that casebook did not make.
        progress: Told the name of each file before it is made.
        signers: Whose signatures count; all results have to be signed then.

    Raises:
        UsageError: There is no result, it is of another program, or a refused overwrite.
        MachineError: A missing library, or a disk that refuses.
    """
    found = read_result_files(paths, signers)
    if not found.results and found.checked.report.acceptable:
        raise UsageError(
            "there is no result among these files",
            hint="name results as `casebook moderate` writes them: NAME.result.json",
        )
    program = show_program(str(program_path)) if program_path else None
    if program is not None:
        _refuse_other_program(found.results, program)
    final = [each for each in found.results if not _open(each.record)]
    names = _names(final, output)
    written: list[Path] = []
    for folder in {path.parent for path in names.values()}:
        sweep_orphans(folder)
    with telling_what_stands(written):
        for first in range(0, len(final), _AT_ONCE):
            documents = {
                names[each.path]: _document(each.record, program, theme)
                for each in final[first : first + _AT_ONCE]
            }
            pdfs = _pdfs(documents, first, len(final), progress) if "pdf" in forms else {}
            for place, document in documents.items():
                pages = {place.with_name(f"{place.name}.pdf"): pdfs[place]} if pdfs else {}
                if "html" in forms:
                    html = document_html(document).encode("utf-8")
                    pages[place.with_name(f"{place.name}.html")] = html
                write_files(pages, force=force, written=written)
    return Feedback(
        written=tuple(written),
        withheld=tuple(each.path for each in found.results if _open(each.record)),
        other_rules=tuple(
            each.path
            for each in final
            if program is not None and each.record.program_digest != program.digest
        ),
        checked=found.checked,
    )


def _open(result: IssuedResult) -> bool:
    """Whether something is still wanted: nothing is released before."""
    return any(work.needs for work in result.works)


def _refuse_other_program(results: Sequence[Filed[IssuedResult]], program: Program) -> None:
    for each in results:
        if each.record.program != program.rules.id:
            raise UsageError(
                f"{each.path} is a result of the program {each.record.program}, not of "
                f"{program.rules.id}",
                hint="name the program that it was made by, or leave --program out",
            )


def _names(results: Sequence[Filed[IssuedResult]], output: Path | None) -> Mapping[str, Path]:
    """Where each result's report stands, without its ending.

    Two results of one name from two folders are told apart by their digests.
    """
    places = {}
    for each in results:
        path = Path(each.path)
        stem = path.name.removesuffix(RESULT_SUFFIX).removesuffix(".json")
        places[each.path] = (output or path.parent) / stem
    taken = Counter(str(place).casefold() for place in places.values())
    digests = {each.path: each.digest for each in results}
    return {
        path: place.with_name(
            f"{place.name}-{brief(digests[path])}{FEEDBACK}"
            if taken[str(place).casefold()] > 1
            else f"{place.name}{FEEDBACK}"
        )
        for path, place in places.items()
    }


def _document(result: IssuedResult, program: Program | None, theme: Theme | None) -> Document:
    look: Look = program.rules.look if program else result.look
    if theme is not None:
        look = look.model_copy(update={"theme": theme})
    with speaking(result.language):
        return feedback_document(result, look=look, logo=program.logo if program else None)


def _pdfs(
    documents: Mapping[Path, Document], first: int, total: int, progress: Progress
) -> dict[Path, bytes]:
    """Reports as PDF, by where they will stand without its ending."""
    places = {str(place): place for place in documents}
    begun: list[str] = []

    def tell(name: str) -> None:
        progress(f"writing {places[name].name}.pdf", first + len(begun), total)
        begun.append(name)

    made = documents_pdf({name: documents[place] for name, place in places.items()}, tell)
    return {places[name]: content for name, content in made.items()}
