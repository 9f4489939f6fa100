"""Whether a case study has the parts its program asks for.

A part is named by its way in the file: ``discussion.limitations``. The item numbers are CARE's
(jmedicalcasereports, 1752-1947-7-223, table 1).
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding
from casebook.diagnostics.place import Loc
from casebook.domain.meanings import meaning_of
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program.program import CaseStudyRules
from casebook.domain.record import MISSING_TEXT, Record
from casebook.domain.work.case_study import CaseStudy
from casebook.rules.legibility import is_broken, is_legible, is_written, value_at
from casebook.rules.prose import words_of_prose
from casebook.rules.spelling import as_value

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
    if count < rules.words_at_least and is_legible(piece):
        yield codes.TOO_SHORT.at(
            place,
            f"the case study has {count:,} words; at least {rules.words_at_least:,} are asked for",
            "write more running text; single lines, and notes to steps, do not count",
        )
    if count > rules.words_at_most:
        yield codes.TOO_WORDY.at(
            place,
            f"the case study has {count:,} words; at most {rules.words_at_most:,} are taken",
            "shorten the longest part",
        )


def part_hint(part: str, rules: CaseStudyRules) -> str | None:
    """What belongs in a part, in the words of the record or of the program's own section.

    None when a case study has no such part.
    """
    own = next((s for s in rules.sections if f"program_sections.{s.id}" == part), None)
    if own is not None:
        return f"{own.title}: {' '.join(own.asks.split())}"
    *around, last = part.split(".")
    owner: type[Record] | None = CaseStudy
    for name in around:
        owner = _record_of(owner, name) if owner else None
    return meaning_of(owner, last) if owner else None


def check_shared_practitioner(
    main: Piece[PortfolioFile], cases: Sequence[Piece[CaseStudy]], rules: CaseStudyRules
) -> Iterator[Finding]:
    """Find what the portfolio's practitioner description lacks, once for all case studies."""
    if not all(case.places.holds("practitioner") for case in cases):
        wanted = [each for each in _wanted(rules) if each[1].split(".")[0] == "practitioner"]
        yield from _missing(main, wanted, rules)


def _parts(piece: Piece[CaseStudy], rules: CaseStudyRules) -> Iterator[Finding]:
    # Why: the portfolio's description may stand for the practitioner, and the rules about consent
    # have more to say when there is none.
    elsewhere = {
        name for name in ("practitioner", "consent") if getattr(piece.record, name) is None
    }
    wanted = [each for each in _wanted(rules) if each[1].split(".")[0] not in elsewhere]
    yield from _missing(piece, wanted, rules)


def _wanted(rules: CaseStudyRules) -> list[tuple[Code, str]]:
    required = [(codes.MISSING_SECTION, part) for part in rules.required]
    return [*required, *((codes.ADVISED_SECTION, part) for part in rules.recommended)]


def _missing(
    piece: Piece[CaseStudy] | Piece[PortfolioFile],
    wanted: Sequence[tuple[Code, str]],
    rules: CaseStudyRules,
) -> Iterator[Finding]:
    parts = {part for _, part in wanted}
    for code, part in wanted:
        hint = part_hint(part, rules)
        if hint is None:
            continue  # Nobody can write it; that is a fault of the program, and found there.
        for way in _lacking(piece.record, tuple(part.split("."))):
            names = [str(name) for name in way if isinstance(name, str)]
            around = {".".join(names[:cut]) for cut in range(1, len(names))}
            if is_broken(piece, way) or any(
                other in parts and next(_lacking(piece.record, tuple(other.split("."))), None)
                for other in around
            ):
                continue  # It, or the part around it, has a finding of its own.
            item = CARE_ITEMS.get(names[0])
            care = f" (CARE item {item})" if item else ""
            verb = "asks for" if code is codes.MISSING_SECTION else "advises"
            yield code.at(
                piece.places.of_key(*way),
                f"`{part}` is missing{_item(way)}; the program {verb} it{care}",
                f"what belongs there: {hint.rstrip('.')}",
            )


def _lacking(value: Any, way: Loc, at: Loc = ()) -> Iterator[Loc]:  # noqa: ANN401 - any field
    """The ways on which a part is missing; a part of a list must be in each of its items."""
    if isinstance(value, list | tuple) and value and way:
        for index, item in enumerate(value):
            yield from _lacking(item, way, (*at, index))
    elif way:
        yield from _lacking(value_at(value, way[:1]), way[1:], (*at, way[0]))
    elif not is_written(value):
        yield at


def _item(way: Loc) -> str:
    found = [(way[at - 1], part) for at, part in enumerate(way) if isinstance(part, int)]
    return "".join(f" in item {number + 1} of `{name}`" for name, number in found)


def _title_and_keywords(piece: Piece[CaseStudy], rules: CaseStudyRules) -> Iterator[Finding]:
    case, places = piece.record, piece.places
    said = rules.title_says if case.title != MISSING_TEXT else None
    if said and said.casefold() not in case.title.casefold():
        example = as_value(f"{case.title}: a {said}")
        yield codes.TITLE_WORDS.at(
            places.of("title"),
            f"the title does not say '{said}'",
            f"for instance, with quotes because of its colon: {example}",
        )
    count = len(case.keywords)
    told = "keywords" in rules.required and not places.holds("keywords")
    if rules.keywords_at_least <= count <= rules.keywords_at_most or told:
        return
    if not is_broken(piece, ("keywords",)):
        yield codes.KEYWORD_COUNT.at(
            places.of_key("keywords"),
            f"there {'is' if count == 1 else 'are'} {count or 'no'} "
            f"keyword{'s' * (count != 1)} (CARE item 2)",
            f"write {rules.keywords_at_least} to {rules.keywords_at_most} words that somebody "
            "would search for",
        )


def _record_of(owner: type[Record], name: str) -> type[Record] | None:
    field = owner.model_fields.get(name)
    kinds = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Record)), None)
