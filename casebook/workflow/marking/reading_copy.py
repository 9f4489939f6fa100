"""A case study as a grader reads it who is not to know whose it is."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

from casebook.domain.work.case_study import CaseStudy
from casebook.language import speaking
from casebook.render.document import Document
from casebook.render.together import documents_pdf
from casebook.render.views.case_study import case_study_document
from casebook.rules.prose import texts
from casebook.workflow.payload import PORTFOLIO_PART, files_in
from casebook.workflow.received import Received

_WORD: Final = re.compile(r"[^\W\d_]+")
_TELLING: Final = 3
"""From so many letters on a name by itself tells somebody."""


def reading_copies(received: Received, cases: Iterable[CaseStudy], on: date) -> dict[str, bytes]:
    """PDFs of case studies without their candidate's name, and with nothing enclosed, by id."""
    return documents_pdf({case.id: _copy(received, case, on) for case in cases})


def _copy(received: Received, case: CaseStudy, on: date) -> Document:
    main = received.portfolio.main.record
    contents = {name: content for name, (_, content) in received.sources.items()}
    with speaking(main.language):
        return case_study_document(
            case,
            made_on=on,
            program=received.program,
            practitioner=main.practitioner,
            attachments=files_in(PORTFOLIO_PART, contents),
        )


def names_the_candidate(received: Received, case: CaseStudy) -> bool:
    """Whether words of the copy name the candidate: the copy is not changed, only watched.

    By the whole name however it is written, by the last name with its capital, by the address or
    number they give as contact, or in the work's id, which names the grader's files. A first name
    by itself tells nobody.
    """
    main = received.portfolio.main.record
    described = case.practitioner or main.practitioner
    written = "\n".join(text for record in (case, described) for _, text in texts(record))
    names = [each for each in _words(received.candidate) if len(each) > 1]
    last = names[:1] if "," in received.candidate else names[-1:]
    words = _words(written)
    folded = {each.casefold() for each in words}
    contact = (main.candidate.contact or "").casefold()
    return bool(names) and (
        folded.issuperset(each.casefold() for each in names)
        or not set(words).isdisjoint(each for each in last if len(each) >= _TELLING)
        or not set(_words(case.id)).isdisjoint(each.casefold() for each in last)
        or (len(contact) >= _TELLING and contact in written.casefold())
    )


def _words(text: str) -> list[str]:
    """The words of a text without their accents: "O’Brien's" has O, Brien and s."""
    spread = unicodedata.normalize("NFKD", text)
    letters = "".join(each for each in spread if not unicodedata.combining(each))
    return _WORD.findall(letters)
