"""A case study as a grader reads it who is not to know whose it is."""

from datetime import date

from casebook.domain.case_study import CaseStudy
from casebook.language import speaking
from casebook.render.pdf import document_pdf
from casebook.render.views.case_study import case_study_document
from casebook.rules.prose import texts
from casebook.workflow.payload import PORTFOLIO_PART, files_in
from casebook.workflow.received import Received


def reading_copy(received: Received, case: CaseStudy, on: date) -> bytes:
    """A PDF of a case study without its candidate's name, and with nothing enclosed."""
    main = received.portfolio.main.record
    contents = {name: content for name, (_, content) in received.sources.items()}
    with speaking(main.language):
        document = case_study_document(
            case,
            made_on=on,
            program=received.program,
            practitioner=main.practitioner,
            attachments=files_in(PORTFOLIO_PART, contents),
        )
    return document_pdf(document)


def names_the_candidate(received: Received, case: CaseStudy) -> bool:
    """Whether words of the copy name the candidate: the copy is not changed, only watched."""
    described = case.practitioner or received.portfolio.main.record.practitioner
    written = [text for record in (case, described) for _, text in texts(record)]
    names = [each for each in received.candidate.casefold().split() if len(each) > 1]
    words = {word for text in written for word in _words(text)}
    return bool(names) and words.issuperset(names)


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()[]\"'“”’") for word in text.casefold().split()]
