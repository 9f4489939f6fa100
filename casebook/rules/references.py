"""Whether what one part of a case study refers to is there: citations, sections, days, ids."""

from collections.abc import Iterable, Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Span
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import CaseStudyRules
from casebook.domain.record import MISSING_TEXT
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.rules.legibility import is_broken, is_legible
from casebook.rules.prose import CITATION, texts
from casebook.rules.spelling import did_you_mean


def check_citations(piece: Piece[CaseStudy]) -> Iterator[Finding]:
    """Find citations of works that are not listed, and works listed twice or never cited."""
    listed: dict[str, int] = {}
    for index, reference in enumerate(piece.record.references):
        if reference.id in listed:
            yield codes.REFERENCE_TWICE.at(
                piece.places.of("references", index, "id"),
                f"the reference id `{reference.id}` is already used",
                "give each work an id of its own",
            )
        listed.setdefault(reference.id, index)
    cited = set()
    unreadable = is_broken(piece, ("references",))
    for way, text in texts(piece.record):
        for found in CITATION.finditer(text):
            cited.add(found[1])
            if found[1] not in listed and not unreadable:
                yield codes.DANGLING_CITATION.at(
                    piece.places.of(*way),
                    f"[@{found[1]}] cites a work that `references` does not hold",
                    did_you_mean(found[1], listed) if listed else "add it under `references`",
                )
    if not is_legible(piece):
        return  # What could not be read may cite them.
    for reference_id, index in listed.items():
        if reference_id not in cited:
            yield codes.UNUSED_REFERENCE.at(
                piece.places.of("references", index, "id"),
                f"`{reference_id}` is never cited",
                f"cite it where it is used: [@{reference_id}]",
            )


def check_program_sections(piece: Piece[CaseStudy], rules: CaseStudyRules) -> Iterator[Finding]:
    """Find sections under ``program_sections`` that the program does not have."""
    known = [section.id for section in rules.sections]
    for section_id in piece.record.program_sections:
        if section_id not in known:
            yield codes.UNKNOWN_SECTION.at(
                piece.places.of_key("program_sections", section_id),
                f"the program has no section `{section_id}`",
                did_you_mean(section_id, known) if known else "the program has none of its own",
            )


def check_days(piece: Piece[CaseStudy]) -> Iterator[Finding]:
    """Find sessions that do not begin on day 0 or do not follow each other."""
    before: int | None = None
    for index, session in enumerate(piece.record.sessions):
        place = piece.places.of("sessions", index, "day")
        if before is None and session.day != 0:
            yield codes.DAYS_OUT_OF_ORDER.at(
                place, f"the first session is on day {session.day}", "days count from it: day 0"
            )
        elif before is not None and session.day <= before:
            yield codes.DAYS_OUT_OF_ORDER.at(
                place,
                f"day {session.day} does not come after day {before}",
                "put the sessions in order, one for each day",
            )
        before = session.day


def check_ids(pieces: Iterable[Piece[CaseStudy] | Piece[Observation]]) -> Iterator[Finding]:
    """Find an id that two works share, and a title that two case studies share."""
    titles: dict[str, Piece[CaseStudy]] = {}
    first: dict[str, Piece[CaseStudy] | Piece[Observation]] = {}
    for piece in pieces:
        other = first.setdefault(piece.record.id, piece)
        if other is not piece:
            line: Span = other.places.of("id").span
            yield codes.ID_TWICE.at(
                piece.places.of("id"),
                f"the id `{piece.record.id}` is already used in {other.path}, line {line.line}",
                "give each work an id of its own",
            )
        if not isinstance(piece.record, CaseStudy) or piece.record.title == MISSING_TEXT:
            continue
        case = Piece(piece.path, piece.record, piece.places)
        namesake = titles.setdefault(" ".join(case.record.title.casefold().split()), case)
        if namesake is not case:
            yield codes.TITLE_TWICE.at(
                case.places.of("title"),
                f"the title is already used in {namesake.path}, line "
                f"{namesake.places.of('title').span.line}",
                "give each case a title of its own; was the file copied?",
            )
