"""Whether a case study has the parts its program asks for.

A part is named by its way in the file: ``discussion.limitations``. The item numbers are CARE's
(jmedicalcasereports, 1752-1947-7-223, table 1).
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding
from casebook.domain.case_study import CaseStudy
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program import CaseStudyRules
from casebook.domain.record import Record
from casebook.rules.prose import words_of_prose

CARE_ITEMS: Final = {
    "title": 1, "keywords": 2, "abstract": 3, "introduction": 4, "client": 5, "presentation": 5,
    "clinical_findings": 6, "sessions": 7, "assessment": 8, "patterns": 8, "intervention": 9,
    "follow_up": 10, "discussion": 11, "references": 11, "client_perspective": 12, "consent": 13,
}  # fmt: skip
"""The CARE item that each part of a case study answers."""


def check_completeness(piece: Piece[CaseStudy], rules: CaseStudyRules) -> Iterator[Finding]:
    """Find parts that are missing, and a title, keywords or length that the program refuses.

    A case study without a practitioner description uses the portfolio's, so that one is checked
    there: ``check_shared_practitioner``.
    """
    yield from _parts(piece, rules)
    yield from _title_and_keywords(piece, rules)
    count = words_of_prose(piece.record)
    place = piece.places.of_key("title")
    if count < rules.words_at_least and not _is_broken(piece):
        yield codes.TOO_SHORT.at(
            place,
            f"the case study has {count:,} words; at least {rules.words_at_least:,} are asked for",
            "notes in tables and steps do not count; the running text does",
        )
    if count > rules.words_at_most:
        yield codes.TOO_WORDY.at(
            place,
            f"the case study has {count:,} words; at most {rules.words_at_most:,} are taken",
            "shorten the longest part",
        )


def part_hint(part: str, rules: CaseStudyRules) -> str | None:
    """What belongs in a part, in the words of the record or of the program's own section."""
    own = next((s for s in rules.sections if f"program_sections.{s.id}" == part), None)
    if own is not None:
        return f"{own.title}: {' '.join(own.asks.split())}"
    *around, last = part.split(".")
    owner: type[Record] | None = CaseStudy
    for name in around:
        owner = _record_of(owner, name) if owner else None
    field = owner.model_fields.get(last) if owner else None
    return " ".join(field.description.split()) if field and field.description else None


def is_part(part: str, rules: CaseStudyRules) -> bool:
    """Whether a program's name for a part means anything in a case study."""
    if part.startswith("program_sections."):
        return any(f"program_sections.{section.id}" == part for section in rules.sections)
    return part_hint(part, rules) is not None


def check_shared_practitioner(
    main: Piece[PortfolioFile], cases: Sequence[Piece[CaseStudy]], rules: CaseStudyRules
) -> Iterator[Finding]:
    """Find what the portfolio's practitioner description lacks, once for all case studies."""
    if any(case.record.practitioner is None for case in cases):
        wanted = [part for part in _wanted(rules) if part[1].startswith("practitioner.")]
        yield from _missing(main, wanted, rules)


def _parts(piece: Piece[CaseStudy], rules: CaseStudyRules) -> Iterator[Finding]:
    own = piece.record.practitioner is not None
    wanted = [
        (code, part)
        for code, part in _wanted(rules)
        # Why not consent: the rules about it have more to say.
        if part != "consent" and (own or not part.startswith("practitioner"))
    ]
    yield from _missing(piece, wanted, rules)


def _wanted(rules: CaseStudyRules) -> list[tuple[Code, str]]:
    required = [(codes.MISSING_SECTION, part) for part in rules.required]
    return [*required, *((codes.ADVISED_SECTION, part) for part in rules.recommended)]


def _missing(
    piece: Piece[CaseStudy] | Piece[PortfolioFile],
    wanted: Sequence[tuple[Code, str]],
    rules: CaseStudyRules,
) -> Iterator[Finding]:
    for code, part in wanted:
        way = tuple(part.split("."))
        if _value(piece.record, way) or piece.places.holds(*way):
            continue
        around = way[:-1]
        if around and piece.places.holds(*around) and _value(piece.record, around) is None:
            continue  # The part around it is written, but broken: that has its own finding.
        item = CARE_ITEMS.get(way[0])
        care = f" (CARE item {item})" if item else ""
        verb = "asks for" if code is codes.MISSING_SECTION else "advises"
        yield code.at(
            piece.places.of_key(*way),
            f"`{part}` is missing; the program {verb} it{care}",
            part_hint(part, rules),
        )


def _title_and_keywords(piece: Piece[CaseStudy], rules: CaseStudyRules) -> Iterator[Finding]:
    case, places = piece.record, piece.places
    said = rules.title_says if places.holds("title") else None
    if said and said.casefold() not in case.title.casefold():
        yield codes.TITLE_WORDS.at(
            places.of("title"),
            f"the title does not say '{said}'",
            f"for instance: {case.title}: a {said}",
        )
    count = len(case.keywords)
    written = piece.places.holds("keywords")
    if written and not rules.keywords_at_least <= count <= rules.keywords_at_most:
        yield codes.KEYWORD_COUNT.at(
            places.of("keywords"),
            f"there are {count} keywords",
            f"{rules.keywords_at_least} to {rules.keywords_at_most} are asked for",
        )


def _is_broken(piece: Piece[CaseStudy]) -> bool:
    """Whether a part is written in the file but was no use: the words cannot be counted."""
    return any(
        piece.places.holds(name) and not getattr(piece.record, name)
        for name in type(piece.record).model_fields
    )


def _value(record: Any, way: tuple[str, ...]) -> Any:  # noqa: ANN401 - any field
    for name in way:
        record = record.get(name) if isinstance(record, dict) else getattr(record, name, None)
    return record


def _record_of(owner: type[Record], name: str) -> type[Record] | None:
    field = owner.model_fields.get(name)
    kinds = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Record)), None)
