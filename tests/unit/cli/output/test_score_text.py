"""An evaluation can be shown whatever of it is not known."""

import click

from casebook.cli.output.score_text import evaluation_text
from casebook.diagnostics.place import Places
from casebook.domain.outcome.results import CycleResult, Evaluation, ProtocolResult, Unscored
from casebook.domain.work.cycles import Timing
from casebook.workflow.score import ScoredWork


def shown(**changes: object) -> list[str]:
    values = {
        "work": "observed",
        "judges": "observation",
        "program": "own",
        "program_version": "1",
        "program_digest": "d",
        "rubric": "session",
        "rubric_digest": "cd" * 32,
        "grader": "Robin",
        "result": "incomplete",
        "pass_percent": 60,
        "criteria": (Unscored(criterion="a", title="Safety", top=2, weight=1.5, why="no mark"),),
        "reasons": ("no mark for: Safety",),
    }
    evaluation = Evaluation.model_validate(values | changes)
    text = evaluation_text(ScoredWork(evaluation, "o.yaml", Places("o.yaml")))
    return click.unstyle(text).splitlines()


def cycle(timing: Timing, **changes: object) -> CycleResult:
    values = {
        "number": 1, "muscle": "psoas", "side": None, "tested_at_s": None, "releases": ("jaw",),
        "work_s": None, "timing": timing, "retest_at_s": None, "to_retest_s": None,
        "restored": None, "test_event": 0,
    }  # fmt: skip
    return CycleResult.model_validate(values | changes)


def protocol(*cycles: CycleResult) -> ProtocolResult:
    return ProtocolResult(name="p", sure_s=30, limit_s=60, cycles=cycles, faults=(), figures={})


def test_what_was_not_marked_is_no_zero() -> None:
    assert shown()[-1] == "  Safety  –/2 x1.5  no mark"


def test_times_that_were_not_recorded_are_left_open() -> None:
    lines = shown(protocol=protocol(cycle(Timing.UNKNOWN)))
    line = next(each for each in lines if "psoas" in each)
    assert line.split() == ["1.", "?", "psoas", "?", "s", Timing.UNKNOWN.value, "not", "retested"]


def test_late_work_and_a_muscle_that_stays_inhibited_are_shown() -> None:
    late = cycle(Timing.LATE, side="left", tested_at_s=65, work_s=77, to_retest_s=86,
                 restored=False)  # fmt: skip
    line = next(each for each in shown(protocol=protocol(late)) if "psoas" in each)
    assert line == "  1. 01:05  psoas (left)    77 s  late           still inhibited at 86 s"


def test_the_error_of_measurement_stands_beside_the_score() -> None:
    assert "  standard error of measurement: 4.5 points" in shown(sem_percent=4.5)


def test_a_must_pass_criterion_without_a_mark_says_that_it_is_one() -> None:
    must = Unscored(criterion="a", title="Safety", top=2, weight=1, must_pass=True, why="no mark")
    assert shown(criteria=(must,))[-1] == "  Safety  –/2 x1    no mark  must pass"
