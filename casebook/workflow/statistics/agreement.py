"""How far graders agree: sheets to statistics, one set for each rubric."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.bundle.signing.signers import SignerPolicy
from casebook.domain.names import folded_name
from casebook.errors import MachineError, UsageError
from casebook.workflow.examination import Checked, LeftOut
from casebook.workflow.programs import program_reading
from casebook.workflow.score import sound_program
from casebook.workflow.statistics.compared_sheets import (
    ComparedSheet,
    RubricUsed,
    read_compared_sheets,
)

if TYPE_CHECKING:
    from casebook.evaluation.agreement.report import Agreement
    from casebook.evaluation.agreement.sheet_marks import Scale, SheetMarks


@dataclass(frozen=True, slots=True)
class RubricAgreement:
    """The agreement on everything that was marked by one rubric.

    Attributes:
        used: The rubric.
        title: What it is called.
        sheets: How many sheets there are.
        totals: How totals were made, as a sentence, where not by the rubric's own weights.
        agreement: The figures.
    """

    used: RubricUsed
    title: str
    sheets: int
    totals: str | None
    agreement: "Agreement"


@dataclass(frozen=True, slots=True)
class AgreementReading:
    """One agreement for each rubric, and what did not count.

    Attributes:
        groups: In the order of their programs and rubrics.
        left_out: Sheets that did not count.
        checked: What is wrong with them, and with single marks.
    """

    groups: tuple[RubricAgreement, ...]
    left_out: tuple[LeftOut, ...]
    checked: Checked

    @property
    def is_whole(self) -> bool:
        """Whether everything that was given counted, and anything could be compared."""
        compared = any(group.agreement.has_pairs for group in self.groups)
        return compared and not self.left_out and self.checked.report.acceptable


def measure_agreement(
    paths: Sequence[Path],
    program_path: Path | None = None,
    signers: SignerPolicy | None = None,
) -> AgreementReading:
    """Read graders' mark sheets and say how far they agree.

    Args:
        paths: Mark sheets, sealed marks, and folders that are searched for them.
        program_path: The program to go by, instead of the one that each sheet names.
        signers: Whose signatures count; only marks that their graders signed are taken then.

    Raises:
        UsageError: A path is not there or is no mark sheet, or there is none at all.
        MachineError: The extra ``stats`` is not installed.
    """
    _need_statistics()
    named = sound_program(program_reading(str(program_path))) if program_path else None
    reading = read_compared_sheets(paths, named, signers)
    if not reading.sheets and not reading.left_out:
        raise UsageError(
            f"there is no mark sheet in {', '.join(map(str, paths))}",
            hint="name graders' mark sheets, or a folder that holds them",
        )
    by_rubric: dict[RubricUsed, list[ComparedSheet]] = {}
    for sheet in reading.sheets:
        by_rubric.setdefault(sheet.used, []).append(sheet)
    groups = sorted(
        by_rubric.items(), key=lambda each: (each[0].program, each[0].rubric, each[0].digest or "")
    )
    return AgreementReading(
        tuple(_of_rubric(used, sheets) for used, sheets in groups),
        reading.left_out,
        reading.checked,
    )


def _of_rubric(used: RubricUsed, sheets: Sequence[ComparedSheet]) -> RubricAgreement:
    from casebook.evaluation.agreement.assess import assess_agreement
    from casebook.evaluation.agreement.mark_table import mark_table

    rubric = sheets[0].rubric
    totals = None
    if rubric is None:
        totals = (
            "the rubric is not at hand as it was used, so in the total every criterion counts the "
            "same, and its highest level is the highest that was given"
        )
    table = mark_table(_with_one_spelling(sheets), _scales(sheets))
    return RubricAgreement(
        used,
        rubric.title if rubric else used.rubric,
        len(sheets),
        totals,
        assess_agreement(table),
    )


def _with_one_spelling(sheets: Sequence[ComparedSheet]) -> "list[SheetMarks]":
    """The marks, with graders who differ in capitals alone taken for one."""
    names: dict[str, str] = {}
    for sheet in sheets:
        grader = sheet.marks.grader
        folded = folded_name(grader)
        names[folded] = min(grader, names.get(folded, grader))
    return [replace(each.marks, grader=names[folded_name(each.marks.grader)]) for each in sheets]


def _scales(sheets: Sequence[ComparedSheet]) -> "list[Scale]":
    """The criteria that are marked by hand, or those that were marked where no rubric tells."""
    from casebook.evaluation.agreement.sheet_marks import Scale

    rubric = sheets[0].rubric
    if rubric is not None:
        return [
            Scale(each.id, each.title, each.weight, each.top)
            for each in rubric.criteria
            if not each.from_protocol
        ]
    tops: dict[str, int] = {}
    for sheet in sheets:
        for criterion, level in sheet.marks.levels.items():
            tops[criterion] = max(level, tops.get(criterion, 1))
    return [Scale(criterion, criterion, 1, top) for criterion, top in sorted(tops.items())]


def _need_statistics() -> None:
    if not all(map(find_spec, ("numpy", "scipy"))):
        raise MachineError(
            "NumPy or SciPy is missing, and agreement is computed with them",
            hint='pip install "casebook[stats]"',
        )
