"""Says of each candidate whose results are given where they stand and whether they may go on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.bundle.signing.signers import SignerPolicy
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
            shipped or lies near them.
        signers: Whose signatures count; all have to be signed then.

    Raises:
        UsageError: A file is something else, the program is not known, or has no such level.
    """
    read = read_lines(paths, signers)
    lineage = read.lineage
    left_out = [fault for line in lineage.lines for fault in line.faults]
    named = show_program(str(program_path)) if program_path else None
    unknown: UsageError | None = None
    candidates: list[Advancement] = []
    for (program_id, _), lines in _by_candidate(lineage.lines).items():
        try:
            program = program_of_results(program_id, named, Path(lines[0].newest.path))
        except UsageError as error:
            unknown = error
            left_out += [f"{each.newest.path}: {error.advised}" for each in lines]
            continue
        _refuse_level(aim.level, program)
        candidates.append(advance(lines, program, aim.on, aim.level, aim.class_on))
    candidates.sort(key=lambda each: (each.candidate.casefold(), each.program))
    if not candidates and not read.checked.report.findings:
        raise unknown or UsageError(
            left_out[0] if left_out else "there is no result among the files",
            hint="name results as `casebook moderate` writes them",
        )
    gaps = (*(gap for line in lineage.lines for gap in line.gaps), *lineage.faults_of_strays)
    return Advancing(tuple(candidates), tuple(left_out), gaps, read.checked)


def _by_candidate(
    lines: Iterable[ResultLine],
) -> Mapping[tuple[str, str], tuple[ResultLine, ...]]:
    """Lines that can be trusted, by program and candidate; a result knows people by name alone."""
    found: dict[tuple[str, str], list[ResultLine]] = defaultdict(list)
    for line in lines:
        if not line.faults:
            newest = line.newest.record
            found[newest.program, folded_name(newest.candidate)].append(line)
    return {key: tuple(each) for key, each in found.items()}


def _refuse_level(level: int | None, program: Program) -> None:
    if level is not None and program.level(level) is None:
        known = ", ".join(str(each.level) for each in program.rules.levels)
        raise UsageError(
            f"the program {program.rules.id} has no level {level}", hint=f"it has: {known}"
        )
