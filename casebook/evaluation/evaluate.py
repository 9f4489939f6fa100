"""The evaluator: an observation or a mark sheet to its evaluation."""

from casebook.domain.cycles import Naming
from casebook.domain.marks import MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.program import Program
from casebook.domain.results import Evaluation, ProtocolResult
from casebook.domain.rubric import Rubric
from casebook.evaluation.scoring import decide, percent_of, score_criteria
from casebook.evaluation.timing import time_session


def evaluate_observation(
    observation: Observation, program: Program, rubric: Rubric, naming: Naming = str.casefold
) -> Evaluation:
    """Hold an observed session against the program's protocol and its rubric."""
    protocol = (
        time_session(observation, program.protocol, naming)
        if program.protocol is not None
        else None
    )
    return _evaluation(observation, program, rubric, protocol)


def evaluate_mark_sheet(sheet: MarkSheet, program: Program, rubric: Rubric) -> Evaluation:
    """Hold a grader's marks of a case study against the rubric."""
    return _evaluation(sheet, program, rubric, None)


def _evaluation(
    source: Observation | MarkSheet,
    program: Program,
    rubric: Rubric,
    protocol: ProtocolResult | None,
) -> Evaluation:
    outcomes = score_criteria(rubric, source.marks, protocol.figures if protocol else None)
    result, reasons = decide(outcomes, rubric)
    rating = next((each for each in rubric.global_ratings if each.id == source.global_rating), None)
    grader = source.examiner if isinstance(source, Observation) else source.grader
    return Evaluation(
        work=source.id if isinstance(source, Observation) else source.work,
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
