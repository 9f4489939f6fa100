"""Proposes where passing should begin, from marks with a global rating or from a panel of judges.

Nothing is written: a certifying body decides, and writes ``pass_percent`` into its rubric.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from casebook.diagnostics.finding import Report
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.evaluation.standard_setting.angoff import AngoffPanel, judge_standard
from casebook.evaluation.standard_setting.contrasting_groups import ContrastingGroups
from casebook.evaluation.standard_setting.estimate import Refusal
from casebook.evaluation.standard_setting.proposal import (
    Consequence,
    MarkedWork,
    consequences,
    proposed_percent,
)
from casebook.workflow.examination import Checked, LeftOut
from casebook.workflow.statistics.judges import is_table, panel_rubric, read_panel
from casebook.workflow.statistics.scored_sheets import (
    ScoredSheet,
    SheetReading,
    read_scored_sheets,
)
from casebook.workflow.statistics.standard_choices import (
    BY_JUDGES,
    Choices,
    Method,
    refuse_idle_choices,
)
from casebook.workflow.statistics.standard_ratings import RatedOutcome, RatingCount, cut_by_ratings

Outcome: TypeAlias = RatedOutcome | AngoffPanel

_COMPANY: Final = 5
"""From so many sheets on, sealed ones among them are shown in means and counts."""


@dataclass(frozen=True, slots=True)
class StandardSetting:
    """A proposal, or why there is none, with what it rests on.

    Attributes:
        method: How the cut was found.
        outcome: What the method gave.
        rubric: Whose pass mark it is about; None for a judges' table by itself.
        program: The rubric's program.
        sheets: The sheets that count.
        ratings: How often each rating was given, lowest first; empty for a panel of judges.
        left_out: Files that do not count, and why.
        effects: Who would pass at the present pass mark, and at the proposed one.
        checked: What is wrong with the files.
    """

    method: Method
    outcome: Outcome
    rubric: Rubric | None
    program: Program | None
    sheets: tuple[ScoredSheet, ...]
    ratings: tuple[RatingCount, ...]
    left_out: tuple[LeftOut, ...]
    effects: tuple[Consequence, ...]
    checked: Checked

    @property
    def proposal(self) -> float | None:
        """The pass mark proposed, to one decimal; None where the method refuses."""
        return _proposal(self.outcome)


def set_standard(paths: Sequence[Path], method: Method, choices: Choices) -> StandardSetting:
    """Propose a pass mark.

    Args:
        paths: Mark sheets, observed sessions and folders of them; for the methods of Angoff one
            judges' table, and sheets to try the proposal on.
        method: How to find the cut.
        choices: What was settled beforehand.

    Raises:
        UsageError: The files do not fit the method or each other, or a name is not known.
        MachineError: The method needs SciPy, and it is missing.
    """
    refuse_idle_choices(method, choices)
    tables = [path for path in paths if is_table(path)]
    sheets = [path for path in paths if not is_table(path)]
    if method in BY_JUDGES:
        return _by_judges(tables, sheets, method, choices)
    if tables:
        raise UsageError(
            f"{tables[0]}: a judges' table has no marks",
            hint="use --method angoff or --method modified-angoff",
        )
    return _by_ratings(sheets, method, choices)


def _by_ratings(paths: Sequence[Path], method: Method, choices: Choices) -> StandardSetting:
    reading = _read(paths, choices)
    rubric, sheets = reading.rubric, reading.sheets
    left_out, ratings = reading.left_out, tuple[RatingCount, ...]()
    outcome: Outcome
    if rubric is None:
        of = f" of the rubric '{choices.rubric_id}'" if choices.rubric_id else ""
        outcome = Refusal(f"there is no sheet{of} that could be scored")
    else:
        unrated = [each for each in sheets if each.rating is None]
        left_out += tuple(LeftOut(each.path, "it has no global rating") for each in unrated)
        sheets = tuple(each for each in sheets if each.rating is not None)
        if _are_closed(sheets):
            outcome = Refusal(f"sealed marks are looked into among {_COMPANY} sheets or more")
        else:
            outcome, ratings = cut_by_ratings(sheets, rubric, method, choices)
    return StandardSetting(
        method=method,
        outcome=outcome,
        rubric=rubric,
        program=reading.program,
        sheets=sheets,
        ratings=ratings,
        left_out=tuple(sorted(left_out, key=lambda each: each.path)),
        effects=_effects(outcome, rubric, sheets),
        checked=reading.checked,
    )


def _by_judges(
    tables: Sequence[Path], paths: Sequence[Path], method: Method, choices: Choices
) -> StandardSetting:
    if len(tables) != 1:
        raise UsageError(
            f"the method takes one judges' table; named are: {len(tables) or 'none'}",
            hint="name one CSV file with the columns round, judge, item, expected",
        )
    if choices.signers is not None and not paths:
        raise UsageError(
            "a judges' table is not signed, and nothing else is named",
            hint="leave out --signers, or name sealed marks to try the proposal on",
        )
    reading = _read(paths, choices)
    program, rubric = reading.program, reading.rubric
    if rubric is None and (named := panel_rubric(choices.program_path, choices.rubric_id)):
        program, rubric = named
    panel = read_panel(tables[0], rubric)
    outcome: Outcome = Refusal("the judges' table has faults, which come first")
    if panel.judgements:
        _refuse_other_rounds({each.round for each in panel.judgements}, method)
        outcome = judge_standard(panel.judgements)
    return StandardSetting(
        method=method,
        outcome=outcome,
        rubric=rubric,
        program=program,
        sheets=reading.sheets,
        ratings=(),
        left_out=reading.left_out,
        effects=_effects(outcome, rubric, reading.sheets),
        checked=_together(reading.checked, panel.checked),
    )


def _read(paths: Sequence[Path], choices: Choices) -> SheetReading:
    return read_scored_sheets(paths, choices.program_path, choices.rubric_id, choices.signers)


def _refuse_other_rounds(rounds: Collection[int], method: Method) -> None:
    if method == "angoff" and len(rounds) > 1:
        raise UsageError(
            f"the table has {len(rounds)} rounds, and Angoff's own method has one",
            hint="use --method modified-angoff, or give the first round alone",
        )
    if method == "modified-angoff" and len(rounds) == 1:
        raise UsageError(
            "the table has one round, and the modified method compares two",
            hint="use --method angoff, or add the round after the discussion",
        )


def _together(one: Checked, other: Checked) -> Checked:
    findings = (*one.report.findings, *other.report.findings)
    report = Report.of(findings, one.report.files + other.report.files)
    return Checked(report, {**one.sources, **other.sources})


def _proposal(outcome: Outcome) -> float | None:
    match outcome:
        case Refusal():
            return None
        case ContrastingGroups():
            return proposed_percent(outcome.logistic.cut)
        case AngoffPanel():
            return proposed_percent(outcome.final.cut.value)
        case _:
            return proposed_percent(outcome.cut.value)


def _are_closed(sheets: Sequence[ScoredSheet]) -> bool:
    """Whether there are so few sheets that what is sealed could be read out of their figures."""
    return len(sheets) < _COMPANY and any(each.sealed for each in sheets)


def _effects(
    outcome: Outcome, rubric: Rubric | None, sheets: Sequence[ScoredSheet]
) -> tuple[Consequence, ...]:
    proposal = _proposal(outcome)
    if proposal is None or rubric is None or not sheets or _are_closed(sheets):
        return ()
    works = [MarkedWork(each.percent, each.safe) for each in sheets]
    return consequences(works, (rubric.pass_percent, proposal))
