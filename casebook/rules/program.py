"""Whether a program's own files fit together."""

from collections.abc import Iterator, Sequence

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece
from casebook.domain.program.colour import AA_TEXT, WHITE, contrast
from casebook.domain.program.program import ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.rules.completeness import part_hint
from casebook.rules.rubric import check_rubric


def check_program(main: Piece[ProgramFile], rubrics: Sequence[Piece[Rubric]]) -> Iterator[Finding]:
    """Find parts that case studies do not have, doubled ids and rubrics, and missing ones."""
    rules = main.record.case_study
    for key in ("required", "recommended"):
        for index, part in enumerate(getattr(rules, key)):
            if part_hint(part, rules) is None:
                place = main.places.of("case_study", key, index)
                yield _unknown_part(place, part)
    yield from _requirements(main)
    yield from _levels_named(main)
    yield from _accent(main)
    yield from _rubrics(main, rubrics)


def _unknown_part(place: Place, part: str) -> Finding:
    around, _, section = part.partition(".")
    if around == "program_sections" and section:
        return codes.UNKNOWN_PART.at(
            place,
            f"the program declares no section `{section}`",
            f"declare `{section}` under case_study.sections, with its title and what it asks",
        )
    return codes.UNKNOWN_PART.at(
        place,
        f"a case study has no part `{part}`",
        "name it by its way in the file, such as discussion.limitations",
    )


def _requirements(main: Piece[ProgramFile]) -> Iterator[Finding]:
    for number, level in enumerate(main.record.levels):
        for key, needs in (("requirements", level.requirements), ("admission", level.admission)):
            seen: set[str] = set()
            for index, requirement in enumerate(needs):
                if requirement.id in seen:
                    yield codes.ID_TWICE.at(
                        main.places.of("levels", number, key, index, "id"),
                        f"the requirement id `{requirement.id}` is already used in this level",
                        "give each requirement an id of its own",
                    )
                seen.add(requirement.id)


def _levels_named(main: Piece[ProgramFile]) -> Iterator[Finding]:
    """Find certificates asked for at levels that the program does not have."""
    known = {each.level for each in main.record.levels}
    for number, level in enumerate(main.record.levels):
        asked = (("requirements", level.requirements), ("admission", level.admission))
        for key, index, need in (
            (key, index, need) for key, needs in asked for index, need in enumerate(needs)
        ):
            held = getattr(need, "level_held", None)
            if held is not None and held not in known:
                yield codes.UNKNOWN_LEVEL.at(
                    main.places.of("levels", number, key, index, "level_held"),
                    f"the program has no level {held}",
                    f"known: {', '.join(str(each) for each in sorted(known))}",
                )


def _accent(main: Piece[ProgramFile]) -> Iterator[Finding]:
    found = contrast(main.record.look.accent, WHITE)
    if found < AA_TEXT:
        # Why cut off: 4.48 rounded to 4.5 would seem enough.
        shown = int(found * 100) / 100
        yield codes.PALE_ACCENT.at(
            main.places.of("look", "accent"),
            f"`{main.record.look.accent}` has a contrast of {shown:g} to white paper",
            f"take a darker shade, of at least {AA_TEXT:g}",
        )


def _rubrics(main: Piece[ProgramFile], rubrics: Sequence[Piece[Rubric]]) -> Iterator[Finding]:
    judged: dict[str, str] = {}
    for piece in rubrics:
        if piece.record.judges in judged:
            yield codes.RUBRIC_TWICE.at(
                piece.places.of("judges"),
                f"{judged[piece.record.judges]} judges {piece.record.judges} already",
                "one rubric for each kind of work",
            )
        judged.setdefault(piece.record.judges, piece.path)
        yield from check_rubric(piece)
        yield from _figures(main, piece)
    needs = {req.needs for level in main.record.levels for req in level.requirements}
    if main.record.protocol is not None and "observed-sessions" not in needs:
        yield codes.NO_SESSION.at(
            main.places.of_key("protocol"),
            "no requirement asks for an observed session",
            "the protocol is held against the steps of case studies alone; add a requirement that "
            "needs observed-sessions if one is to be graded",
        )
    for need, work in (("case-studies", "case-study"), ("observed-sessions", "observation")):
        if need in needs and work not in judged and len(rubrics) == len(main.record.rubrics):
            yield codes.NO_RUBRIC.at(
                main.places.of_key("rubrics"),
                f"no rubric judges {work}, which the program asks for",
                "without one there is no result",
            )


def _figures(main: Piece[ProgramFile], piece: Piece[Rubric]) -> Iterator[Finding]:
    if piece.record.judges != "observation" or main.places.holds("protocol"):
        return
    for index, criterion in enumerate(piece.record.criteria):
        if criterion.from_protocol:
            yield codes.NO_PROTOCOL.at(
                piece.places.of("criteria", index, "from_protocol"),
                "the program has no protocol to take this from",
                "let it be marked by hand, or give the program a protocol",
            )
