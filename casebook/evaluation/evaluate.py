"""The evaluator: an observation or a mark sheet to its evaluation."""

from casebook.domain.cycles import Naming
from casebook.domain.marks import MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.program import Program
from casebook.domain.results import Evaluation, Outcome, ProtocolResult
from casebook.domain.rubric import Rubric
from casebook.evaluation.scoring import decide, percent_of, score_criteria
from casebook.evaluation.timing import time_session


def evaluate_observation(
    observation: Observation, program: Program, rubric: Rubric, naming: Naming = str.casefold
) -> Evaluation:
    """Hold an observed session against the program's protocol and its rubric."""
    protocol = program.protocol and time_session(observation, program.protocol, naming)
    figures = protocol.figures if protocol else None
    outcomes = score_criteria(rubric, observation.marks, figures)
    return _evaluation(observation.id, program, rubric, outcomes, protocol, observation)


def evaluate_mark_sheet(sheet: MarkSheet, program: Program, rubric: Rubric) -> Evaluation:
    """Hold a grader's marks of a case study against the rubric."""
    outcomes = score_criteria(rubric, sheet.marks, None)
    return _evaluation(sheet.work, program, rubric, outcomes, None, sheet)


def _evaluation(
    work: str,
    program: Program,
    rubric: Rubric,
    outcomes: tuple[Outcome, ...],
    protocol: ProtocolResult | None,
    source: Observation | MarkSheet,
) -> Evaluation:
    result, reasons = decide(outcomes, rubric)
    rating = next((each for each in rubric.global_ratings if each.id == source.global_rating), None)
    grader = source.examiner if isinstance(source, Observation) else source.grader
    return Evaluation(
        work=work,
        judges=rubric.judges,
        program=program.rules.id,
        program_version=program.rules.version,
        program_digest=program.digest,
        rubric=rubric.id,
        grader=grader.name,
        result=result,
        percent=None if result == "incomplete" else percent_of(outcomes),
        pass_percent=rubric.pass_percent,
        sem_percent=rubric.sem_percent,
        global_rating=rating.label if rating else None,
        criteria=outcomes,
        protocol=protocol,
        reasons=reasons,
        comments=source.comments,
    )
