"""Previews what another wording of a rubric would make of issued results; it writes nothing.

A finished result stays what it is. What is told here is for whoever decides whether a rubric is
to change, and for whom that would matter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.signing.signers import SignerPolicy
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.results import ResultName
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.evaluation.lineage import Filed, ResultLine
from casebook.evaluation.rescoring import (
    Rescored,
    Unreproduced,
    rescore,
    unmoved,
    wording_of,
    works_judged,
)
from casebook.rules.spelling import did_you_mean
from casebook.workflow.examination import Checked, LeftOut
from casebook.workflow.programs import program_of_results, show_program
from casebook.workflow.results.files import RESULT_SUFFIX
from casebook.workflow.results.lines import read_lines
from casebook.workflow.rubrics.finding import RubricComparison, diff_rubrics

_THEN: Final = (
    "name the program as it was then: --program FILE; a submission holds a copy of its own"
)


@dataclass(frozen=True, slots=True)
class RescoredFile:
    """A result that stays as it is, and what the new wording would make of it.

    Attributes:
        filed: The result and where it stands.
        rescored: The preview.
        other_rules: Whether the program's files were others than now when it was issued.
    """

    filed: Filed[IssuedResult]
    rescored: Rescored
    other_rules: bool = False


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What a rubric would change, and for whom.

    Attributes:
        new: The rubric.
        wordings: Each wording that results were issued by beside the new one, and how many were.
        results: Every result that could be looked at: those with another result first, then those
            with other totals, then the unchanged ones; by candidate.
        left_out: Results that could not.
        replaced: How many results were followed by another one, which counts instead.
        unconcerned: How many have no work that this rubric judges.
        checked: Findings about files that could not be read.
    """

    new: Rubric
    wordings: tuple[tuple[RubricComparison, int], ...]
    results: tuple[RescoredFile, ...]
    left_out: tuple[LeftOut, ...]
    replaced: int
    unconcerned: int
    checked: Checked

    @property
    def changed(self) -> tuple[RescoredFile, ...]:
        """Those of which anything would be otherwise."""
        return tuple(each for each in self.results if each.rescored.changes)

    @property
    def verdicts(self) -> dict[tuple[ResultName, ResultName], int]:
        """Result before and after -> how many would go that way; the unchanged are not counted."""
        found = Counter(
            (each.rescored.before.result, each.rescored.after)
            for each in self.results
            if each.rescored.changes_result
        )
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    @property
    def changes_nothing(self) -> bool:
        """Whether every file could be looked at and every result would stay as it is."""
        return not (self.changed or self.left_out) and self.checked.report.acceptable


def rescore_results(
    paths: Sequence[Path],
    new: Rubric,
    program_path: Path | None = None,
    signers: SignerPolicy | None = None,
) -> Rescoring:
    """Hold the marks in issued results against another wording of their rubric.

    Args:
        paths: Results, and folders that hold some. Of a line of results the newest counts; for a
            single file it is looked for in the file's folder too.
        new: The wording to try.
        program_path: The program whose marking policy made the results, instead of the one that
            they name, which is shipped or lies near them.
        signers: Whose signatures count; all results have to be signed then.

    Raises:
        UsageError: No result was judged by a rubric of this id, or it judges other work now.
    """
    read = read_lines(paths, signers)
    lineage = read.lineage
    sound = [line for line in lineage.lines if not line.faults]
    newest = [line.newest for line in sound]
    concerned = [each for each in newest if works_judged(each.record, new.id)]
    known = {each.id: each.title for line in lineage.lines for each in line.newest.record.rubrics}
    if new.id not in known and read.checked.report.acceptable:
        _refuse_unknown(new.id, known)
    _refuse_other_work(new, concerned)
    worded = {each.digest: wording_of(each.record, new.id) for each in concerned}
    trial = _Trial(
        new,
        {old.digest: diff_rubrics(old, new) for old in worded.values() if old is not None},
        _programs({each.record.program: Path(each.path) for each in concerned}, program_path),
    )
    found = [trial.of(each, worded[each.digest]) for each in concerned]
    results = sorted((each for each in found if isinstance(each, RescoredFile)), key=_order)
    left_out = [each for each in found if isinstance(each, LeftOut)]
    left_out += (each for line in lineage.lines for each in _faulty(line, new.id))
    return Rescoring(
        new=new,
        wordings=tuple(trial.counted(results)),
        results=tuple(results),
        left_out=tuple(sorted(left_out, key=lambda each: (each.path, each.why))),
        replaced=sum(len(line.results) + len(line.taken_up) - 1 for line in sound),
        unconcerned=len(newest) - len(concerned),
        checked=read.checked,
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """One wording to be held against many results.

    Attributes:
        new: The wording.
        comparisons: Digest of an old wording -> what differs.
        programs: Program's id -> its rules, or why there are none.
    """

    new: Rubric
    comparisons: Mapping[str, RubricComparison]
    programs: Mapping[str, Program | UsageError]

    def of(self, filed: Filed[IssuedResult], old: Rubric | None) -> RescoredFile | LeftOut:
        """What the new wording makes of one result."""
        result = filed.record
        if old is None:
            return LeftOut(
                filed.path,
                f"it does not hold the rubric {self.new.id} as its works were judged by it",
                "a result is never edited; take the file as it was issued",
            )
        if not self.comparisons[old.digest].changes_results:
            return RescoredFile(filed, unmoved(result, self.new.id))
        program = self.programs[result.program]
        if isinstance(program, UsageError):
            return LeftOut(filed.path, str(program), program.hint)
        rescored = rescore(result, old, self.new, program.rules.marking)
        if isinstance(rescored, Unreproduced):
            return LeftOut(filed.path, _unlike(result, program, rescored), _THEN)
        return RescoredFile(filed, rescored, result.program_digest != program.digest)

    def counted(self, results: Iterable[RescoredFile]) -> Iterator[tuple[RubricComparison, int]]:
        """Each wording that results were issued by, the most frequent first."""
        used = Counter(
            works_judged(each.filed.record, self.new.id)[0].rubric_digest for each in results
        )
        for digest, count in sorted(used.items(), key=lambda each: (-each[1], each[0])):
            yield self.comparisons[digest], count


def _programs(
    needed: Mapping[str, Path], named_path: Path | None
) -> Mapping[str, Program | UsageError]:
    """The rules to go by for each program, of which one result's file is given."""
    named = show_program(str(named_path)) if named_path else None
    return {each: _program(each, named, result) for each, result in needed.items()}


def _program(program_id: str, named: Program | None, result: Path) -> Program | UsageError:
    """The rules to go by, or why there are none."""
    try:
        return program_of_results(program_id, named, result)
    except UsageError as error:
        return error


def _unlike(result: IssuedResult, program: Program, again: Unreproduced) -> str:
    """Why a result was made by another policy than the one at hand."""
    rules = f"{program.rules.id}, version {program.rules.version}"
    comes_to = again.result if again.result != result.result else "other totals"
    return (
        f"by the marking policy of {rules}, and the rubric it was issued by, its marks come to "
        f"{comes_to}; it was issued as {result.result} under version {result.program_version}"
    )


def _refuse_unknown(rubric_id: str, known: Mapping[str, str]) -> None:
    raise UsageError(
        f"no result among these files was judged by a rubric {rubric_id!r}",
        hint=did_you_mean(rubric_id, known, known)
        if known
        else f"name results as `casebook moderate` writes them: NAME{RESULT_SUFFIX}",
    )


def _refuse_other_work(new: Rubric, concerned: Iterable[Filed[IssuedResult]]) -> None:
    for each in concerned:
        for work in works_judged(each.record, new.id):
            if work.judges != new.judges:
                raise UsageError(
                    f"the rubric {new.id} judges work of kind {new.judges}; in {each.path} it "
                    f"judges work of kind {work.judges}",
                    hint="a rubric for other work is another rubric: give it an id of its own",
                )


def _faulty(line: ResultLine, rubric_id: str) -> Iterator[LeftOut]:
    if any(works_judged(each.record, rubric_id) for each in line.results):
        yield from (LeftOut(line.newest.path, fault) for fault in line.faults)


def _order(each: RescoredFile) -> tuple[bool, bool, str, str, str]:
    result, rescored = each.filed.record, each.rescored
    issued = result.issued.isoformat()
    return (
        not rescored.changes_result,
        not rescored.changes,
        result.candidate.casefold(),
        issued,
        each.filed.digest,
    )
