"""Says of each candidate whose results are given where they stand and whether they may go on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.bundle.signing.signers import SignerPolicy
from casebook.domain.canonical import brief
from casebook.domain.names import folded_name
from casebook.domain.outcome.advancement import Advancement
from casebook.domain.program.program import Program
from casebook.errors import UsageError
from casebook.evaluation.advancing import advance
from casebook.evaluation.lineage import ResultLine
from casebook.workflow.examination import Checked
from casebook.workflow.programs import program_of_results, show_program
from casebook.workflow.results.lines import read_lines


@dataclass(frozen=True, slots=True)
class Advancing:
    """What the results in some files come to.

    Attributes:
        candidates: One for each candidate and program, by name.
        left_out: What does not count and why, in a sentence each.
        gaps: Earlier results and appeals that are not here; the newest result counts all the same.
        checked: Findings about files that could not be read.
    """

    candidates: tuple[Advancement, ...]
    left_out: tuple[str, ...]
    gaps: tuple[str, ...]
    checked: Checked

    @property
    def goes_on(self) -> bool:
        """Whether everybody may go on, and every file could be used and nothing is missing."""
        sound = not (self.left_out or self.gaps or self.checked.report.findings)
        return sound and all(each.goes_on for each in self.candidates)


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked about: the day, the level to go on from, and the class in view."""

    on: date
    level: int | None = None
    class_on: date | None = None


def advance_candidates(
    paths: Sequence[Path],
    aim: Aim,
    program_path: Path | None = None,
    signers: SignerPolicy | None = None,
) -> Advancing:
    """Judge everybody whose results lie in some files.

    Args:
        paths: Results and appeals, and folders of them; what follows a result and lies beside it
            counts too.
        aim: What is asked about.
        program_path: The program to go by, instead of the one that the results name, which is
            shipped or lies near them. Results that name its version have to be by its rules.
        signers: Whose signatures count; all have to be signed then.

    Raises:
        UsageError: A file is something else, the program is not known, or has no such level.
    """
    read = read_lines(paths, signers)
    lineage = read.lineage
    left_out = [fault for line in lineage.lines for fault in line.faults]
    named = show_program(str(program_path)) if program_path else None
    unknown: UsageError | None = None
    others: list[str] = []
    candidates: list[Advancement] = []
    for program_id, of_program in _by_program(lineage.lines).items():
        try:
            program = program_of_results(program_id, named, Path(of_program[0].newest.path))
        except UsageError as error:
            unknown = error
            left_out += [f"{each.newest.path}: {error.advised}" for each in of_program]
            continue
        _refuse_level(aim.level, program)
        odd = _by_other_rules(of_program, program)
        others += odd.values()
        lines = (each for each in of_program if each.newest.path not in odd)
        candidates += (
            advance(each, program, aim.on, aim.level, aim.class_on) for each in _by_candidate(lines)
        )
    candidates.sort(key=lambda each: (each.candidate.casefold(), each.program))
    if not (candidates or others or read.checked.report.findings):
        raise unknown or UsageError(
            left_out[0] if left_out else "there is no result among the files",
            hint="name results as `casebook moderate` writes them",
        )
    gaps = (*(gap for line in lineage.lines for gap in line.gaps), *lineage.faults_of_strays)
    return Advancing(tuple(candidates), (*left_out, *others), gaps, read.checked)


def _by_program(lines: Iterable[ResultLine]) -> Mapping[str, Sequence[ResultLine]]:
    """Lines that can be trusted, by program."""
    found: dict[str, list[ResultLine]] = defaultdict(list)
    for line in lines:
        if not line.faults:
            found[line.newest.record.program].append(line)
    return found


def _by_candidate(lines: Iterable[ResultLine]) -> Iterable[Sequence[ResultLine]]:
    """Lines of one program by candidate; a result knows people by name alone."""
    found: dict[str, list[ResultLine]] = defaultdict(list)
    for line in lines:
        found[folded_name(line.newest.record.candidate)].append(line)
    return found.values()


def _by_other_rules(lines: Sequence[ResultLine], program: Program) -> dict[str, str]:
    """Results by rules that pass for others, by their paths, with a sentence each.

    An earlier version's results count, since what was passed stays passed. But one version is one
    set of rules: the office's, where that version is at hand, else the one that all results of
    that version agree on.
    """
    rules, found = program.rules, {}
    made_by: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        newest = line.newest.record
        made_by[newest.program_version].add(newest.program_digest)
    for line in lines:
        path, newest = line.newest.path, line.newest.record
        version, digest = newest.program_version, newest.program_digest
        if version != rules.version and len(made_by[version]) > 1:
            various = ", ".join(sorted(map(brief, made_by[version])))
            found[path] = (
                f"{path}: version {version} of {rules.id} has different rules in the results that "
                f"name it ({various}); name those that you issued: --program FILE"
            )
        elif version == rules.version and digest != program.digest:
            found[path] = (
                f"{path}: it was made by other rules ({brief(digest)}) than version {version} of "
                f"{rules.id} at hand ({brief(program.digest)}); name the rules that you issued: "
                "--program FILE"
            )
    return found


def _refuse_level(level: int | None, program: Program) -> None:
    if level is not None and program.level(level) is None:
        known = ", ".join(str(each.level) for each in program.rules.levels)
        raise UsageError(
            f"the program {program.rules.id} has no level {level}", hint=f"it has: {known}"
        )
