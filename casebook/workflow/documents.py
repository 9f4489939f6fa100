"""The documents of a portfolio: one for each work, and the packet with its sources inside."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from casebook.bundle.inventory import RECORD_NAME
from casebook.diagnostics import codes
from casebook.domain.handed_in import Role
from casebook.domain.program.look import Theme
from casebook.language import speaking
from casebook.limits import PICTURES_BYTES
from casebook.render.document import Document, Enclosure, Relationship, RenderStopped
from casebook.render.together import Presses, documents_pdf
from casebook.render.views.packet import packet_document, work_documents
from casebook.source.attachments import works_of
from casebook.source.pictures import PictureRefused, drawing_once, redrawn
from casebook.workflow.grading import PACKET, GradedPortfolio, file_names
from casebook.workflow.payload import PORTFOLIO_PART, Files, Sources, files_in, record_of
from casebook.workflow.progress import Progress, quietly

_MEANINGS: Final[Mapping[Role, tuple[Relationship, str]]] = {
    "source": ("Source", "Written by the candidate or an examiner; the pages are made of it"),
    "attachment": ("Supplement", "A consent form or a picture that the work names"),
    "program": ("Source", "The program's rules, as they were used"),
    "evaluation": ("Data", "What the evaluator made of the work"),
}

_NO_CONSENT: Final = frozenset(
    each.id
    for each in (
        codes.NO_CONSENT,
        codes.CONSENT_EXPIRED,
        codes.CONSENT_WITHDRAWN,
        codes.CONSENT_NARROW,
        codes.CONSENT_LATER,
    )
)

_KINDS: Final = {
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
}
"""Media types by ending (IANA); everything else is merely bytes."""


@drawing_once()
def documents_of(graded: GradedPortfolio, sources: Sources) -> dict[str, Document]:
    """Each work's document and the packet, by their names, in the portfolio's language.

    Args:
        graded: The portfolio.
        sources: Its files, as ``source_files`` gives them.

    Raises:
        CasebookError: An attachment is no picture where one is shown.
    """
    contents = {name: content for name, (_, content) in sources.items()}
    _refuse_too_many_pictures(graded, files_in(PORTFOLIO_PART, contents))
    with speaking(graded.portfolio.main.record.language):
        documents = _documents(graded, files_in(PORTFOLIO_PART, contents))
    if not may_carry_sources(graded):
        return documents
    packet = replace(documents[PACKET], enclosures=_enclosures(graded, sources))
    return {**documents, PACKET: packet}


def may_carry_sources(graded: GradedPortfolio) -> bool:
    """Whether the check found every client's consent: nothing without it goes into a packet."""
    return not any(each.code in _NO_CONSENT for each in graded.examined.report.findings)


def document_files(
    documents: Mapping[str, Document],
    progress: Progress = quietly,
    presses: Presses | None = None,
) -> Files:
    """Documents as PDFs, by their names in their part of a submission.

    Args:
        documents: What is to be made.
        progress: Told the name of each PDF.
        presses: What makes them; processes for this once when left out.

    Raises:
        CasebookError: A document cannot be made.
    """
    begun: list[str] = []

    def tell(name: str) -> None:
        progress(f"rendering {name}.pdf", len(begun), len(documents))
        begun.append(name)

    pages = documents_pdf(documents, tell, presses)
    return {f"{name}.pdf": content for name, content in pages.items()}


def in_theme(document: Document, theme: Theme | None) -> Document:
    """The document in another theme than the program's, where one is named."""
    if theme is None:
        return document
    return replace(document, look=document.look.model_copy(update={"theme": theme}))


def _refuse_too_many_pictures(graded: GradedPortfolio, files: Mapping[str, bytes]) -> None:
    """Stop before pages are written that hold more pictures than they may.

    Why beside the limit on their files: a small file can be a large picture, shown many times.

    Raises:
        RenderStopped: They do.
    """
    sizes: dict[str, int] = {}
    shown_bytes = 0
    for piece in graded.portfolio.cases:
        for figure in piece.record.figures:
            if figure.file not in sizes:
                sizes[figure.file] = _drawn_bytes(files.get(figure.file, b""))
            shown_bytes += sizes[figure.file]
    if shown_bytes > PICTURES_BYTES:
        raise RenderStopped(
            f"the figures on all pages have more than {PICTURES_BYTES:,} bytes, each counted as "
            "often as it is shown",
            hint="save the pictures smaller, or show fewer",
        )


def _drawn_bytes(content: bytes) -> int:
    try:
        return len(redrawn(content).content)
    except PictureRefused:
        return 0


def _enclosures(graded: GradedPortfolio, sources: Sources) -> tuple[Enclosure, ...]:
    """A submission without documents: what makes a packet a source of itself."""
    record = Enclosure(
        name=RECORD_NAME,
        content=record_of(graded, sources).to_json(),
        kind="application/json",
        relationship="Data",
        description="What is enclosed, with the digest of each file",
    )
    return (
        record,
        *(
            Enclosure(name, content, _kind(name), *_MEANINGS[role])
            for name, (role, content) in sources.items()
        ),
    )


def _kind(name: str) -> str:
    _, _, ending = name.lower().rpartition(".")
    return _KINDS.get(ending, "application/octet-stream")


def _documents(graded: GradedPortfolio, pictures: Mapping[str, bytes]) -> dict[str, Document]:
    portfolio, on = graded.portfolio, graded.on
    by_work = {each.work: each for each in graded.evaluations}
    works = work_documents(portfolio, by_work, made_on=on, attachments=pictures)
    names = file_names([piece.record.id for piece in works_of(portfolio)])
    packet = packet_document(portfolio, graded.eligibility, works, made_on=on)
    return {**dict(zip(names, works, strict=True)), PACKET: packet}
