"""Whether a mark sheet says what it is about, and is about what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.canonical import brief
from casebook.domain.marking.graders import GradersFile
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.names import folded_name
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric, WorkKind
from casebook.rules.legibility import is_broken
from casebook.rules.spelling import did_you_mean


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a submission says that a mark sheet repeats.

    Attributes:
        digest: The submission's digest.
        candidate: Its candidate's name.
        level: The level it was handed in for.
        works: What kind each of its works is, by their ids.
    """

    digest: str
    candidate: str
    level: int
    works: dict[str, WorkKind]


def check_wording(piece: Piece[MarkSheet], rubric: Rubric) -> Iterator[Finding]:
    """Find a sheet that was marked by other words than the rubric has now."""
    marked_by = piece.record.rubric_digest
    if marked_by is not None and marked_by != rubric.digest:
        yield codes.OTHER_RUBRIC.at(
            piece.places.of("rubric_digest"),
            f"the rubric `{rubric.id}` is worded otherwise ({brief(rubric.digest)}) than the one "
            f"this sheet was made by ({brief(marked_by)})",
            "take the program as it was then: --program FILE; or make a new sheet with "
            "`casebook mark new` and judge by the new words",
        )


def check_rules(piece: Piece[MarkSheet], program: Program) -> Iterator[Finding]:
    """Find a sheet that was made for other rules than the program has now.

    Why not where its rubric is worded otherwise: that is told by itself.
    """
    made_for = piece.record.program_digest
    rubric = program.rubric(piece.record.rubric)
    if rubric is not None and any(check_wording(piece, rubric)):
        return
    if made_for is not None and made_for != program.digest_in_sheets:
        yield codes.OTHER_RULES.at(
            piece.places.of("program_digest"),
            f"the rules of `{program.rules.id}` are others ({brief(program.digest)}) than those "
            f"this sheet was made for ({brief(made_for)})",
            "take the program as it was then: --program FILE; or, if the marks stand under the "
            f"new rules, write `program_digest: {program.digest_in_sheets}`",
        )


def check_finished(
    piece: Piece[MarkSheet], submission: str | None = None, rubric: Rubric | None = None
) -> Iterator[Finding]:
    """Find what a sheet still has to say, beside its marks, before it can be sealed.

    Args:
        piece: The sheet.
        submission: The digest of its submission, where that is known.
        rubric: The rubric it was made by, where that is known.
    """
    sheet = piece.record
    if sheet.conflict is None and not is_broken(piece, ("conflict",)):
        yield codes.UNDECLARED.at(
            piece.places.of_key("conflict"),
            "the sheet does not say what stands between grader and candidate",
            "write `conflict: none`; or candidate, taught, treated or close",
        )
    if sheet.submission is None and not is_broken(piece, ("submission",)):
        yield codes.UNTIED.at(
            piece.places.of_key("submission"),
            "the sheet does not say which submission it is about",
            _to_write("submission", submission),
        )
    if sheet.rubric_digest is None and not is_broken(piece, ("rubric_digest",)):
        yield codes.UNTIED.at(
            piece.places.of_key("rubric_digest"),
            "the sheet does not say by which words of the rubric it was made",
            _to_write("rubric_digest", rubric.digest if rubric else None),
        )
    if sheet.grader.id is None and not is_broken(piece, ("grader", "id")):
        yield codes.UNTIED.at(
            piece.places.of_key("grader"),
            "the sheet does not say the grader's id",
            "add `id` below `grader`, as it is in the list of graders",
        )


def _to_write(key: str, digest: str | None) -> str:
    if digest is None:
        return f"copy `{key}` from a sheet that `casebook mark new` makes"
    return f"write `{key}: {digest}`"


def check_submission(
    piece: Piece[MarkSheet], handed_in: HandedIn, rubric: Rubric | None
) -> Iterator[Finding]:
    """Find where a sheet and the submission it is held against contradict each other."""
    sheet, places = piece.record, piece.places
    if sheet.submission is not None and sheet.submission != handed_in.digest:
        yield codes.OTHER_SUBMISSION.at(
            places.of("submission"),
            f"the sheet is about the submission {brief(sheet.submission)}, and this one is "
            f"{brief(handed_in.digest)}",
            "name the submission that was marked; if it was changed since, the marks are not of it",
        )
        return
    kind = handed_in.works.get(sheet.work)
    if kind is None:
        yield codes.OTHER_SUBMISSION.at(
            places.of("work"),
            f"the submission has no work `{sheet.work}`",
            did_you_mean(sheet.work, handed_in.works),
        )
    elif rubric is not None and rubric.judges != kind:
        yield codes.NOT_COHERENT.at(
            places.of("rubric"),
            f"`{sheet.work}` is a work of kind {kind}, and this rubric judges {rubric.judges}",
            "correct `work` or `rubric`",
        )
    if sheet.level != handed_in.level:
        yield codes.NOT_COHERENT.at(
            places.of("level"),
            f"the work was handed in for level {handed_in.level}",
            f"write `level: {handed_in.level}`",
        )
    if sheet.candidate is not None and sheet.candidate != handed_in.candidate:
        yield codes.OTHER_SUBMISSION.at(
            places.of("candidate"),
            "the submission is another candidate's",
            "correct `candidate`, or leave it out",
        )


def check_listed(piece: Piece[MarkSheet], graders: GradersFile) -> Iterator[Finding]:
    """Find a grader whom the office's list does not have, or has under another name."""
    grader = piece.record.grader
    if grader.id is None:
        return
    listed = graders.grader(grader.id)
    if listed is None:
        names = {each.id: each.name for each in graders.graders}
        yield codes.UNKNOWN_GRADER.at(
            piece.places.of("grader", "id"),
            f"the list of graders has no `{grader.id}`",
            did_you_mean(grader.id, names, names),
        )
    elif folded_name(listed.name) != folded_name(grader.name):
        yield codes.UNKNOWN_GRADER.at(
            piece.places.of("grader", "name"),
            f"in the list of graders `{grader.id}` is {listed.name}",
            "correct the id or the name; each grader has their own",
        )


def check_graders(piece: Piece[GradersFile]) -> Iterator[Finding]:
    """Find one person listed twice: their two ids would count as two graders."""
    names: list[str] = [folded_name(each.name) for each in piece.record.graders]
    yield from _named_twice(piece, names)


def _named_twice(piece: Piece[GradersFile], names: Sequence[str]) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name in names[:index]:
            first = piece.record.graders[names.index(name)].id
            yield codes.ID_TWICE.at(
                piece.places.of("graders", index, "name"),
                f"`{first}` has this name already",
                "list each person once; tell two people of one name apart by an initial",
            )
