"""The evaluator: an observation or a mark sheet to its evaluation."""

from casebook.domain.marking.marks import MarkSheet
from casebook.domain.outcome.results import Evaluation, ProtocolResult
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.cycles import Naming
from casebook.domain.work.observation import Observation
from casebook.evaluation.scoring import (
    decide,
    percent_of,
    score_criteria,
    with_reused_comments,
)
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


def evaluate_mark_sheet(
    sheet: MarkSheet, program: Program, rubric: Rubric, protocol: ProtocolResult | None = None
) -> Evaluation:
    """Hold a grader's marks against the rubric.

    Args:
        sheet: The marks.
        program: The program they were made by.
        rubric: The rubric they were made by.
        protocol: What the protocol's check of the session gave, for marks of a session.
    """
    return _evaluation(sheet, program, rubric, protocol)


def _evaluation(
    source: Observation | MarkSheet,
    program: Program,
    rubric: Rubric,
    protocol: ProtocolResult | None,
) -> Evaluation:
    marks = with_reused_comments(source.marks, program.comment_bank(rubric.id))
    outcomes = score_criteria(rubric, marks, protocol.figures if protocol else None)
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
        rubric_digest=rubric.digest,
        grader=grader.name,
        result=result,
        percent=percent_of(outcomes),
        pass_percent=rubric.pass_percent,
        sem_percent=rubric.sem_percent,
        global_rating=rating.label if rating else None,
        criteria=outcomes,
        protocol=protocol,
        reasons=reasons,
        comments=source.comments,
    )
