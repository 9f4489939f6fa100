"""Issued results: one builder for those made by hand, and strategies for results of any shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from casebook.domain.marking.marks import Mark
from casebook.domain.outcome.issued import IssuedResult, SealUsed
from casebook.domain.outcome.moderation import AgreedCriterion, ModeratedWork, RuleFired
from casebook.domain.outcome.percentages import reaches
from casebook.domain.outcome.results import (
    CycleResult,
    Eligibility,
    Evaluation,
    FaultResult,
    ProtocolResult,
    RequirementResult,
    ResultName,
    Scored,
)
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.cycles import FaultKind, Timing
from casebook.evaluation.scoring import decide, percent_of, score_criteria
from casebook.language import Language
from casebook.workflow.results.files import record_bytes
from tests.portfolios.drawing import drawn
from tests.portfolios.pieces import Values
from tests.portfolios.writing import SCRIPTS, Phrases, lines, marked_up, paragraphs

MakeResult: TypeAlias = Callable[..., IssuedResult]

SUBMISSION: Final = "5b" * 32
ISSUED: Final = date(2026, 10, 12)


def rubric_of(values: Values) -> Rubric:
    """A rubric of values, with its header filled in."""
    return Rubric.model_validate({"kind": "rubric", "format": 1, "title": "A rubric", **values})


def evaluated(
    rubric: Rubric,
    marks: Sequence[Values],
    *,
    grader: str,
    work: str = "case-1",
    protocol: ProtocolResult | None = None,
    comments: str | None = None,
) -> Evaluation:
    """What one grader's marks come to."""
    read = [Mark.model_validate(each) for each in marks]
    outcomes = score_criteria(rubric, read, protocol.figures if protocol else None)
    result, reasons = decide(outcomes, rubric)
    return Evaluation(
        work=work,
        judges=rubric.judges,
        program="walks",
        program_version="3",
        program_digest="ab" * 64,
        rubric=rubric.id,
        rubric_digest=rubric.digest,
        grader=grader,
        result=result,
        percent=None if result == "incomplete" else percent_of(outcomes),
        pass_percent=rubric.pass_percent,
        sem_percent=rubric.sem_percent,
        criteria=outcomes,
        protocol=protocol,
        reasons=reasons,
        comments=comments,
    )


def moderated(
    rubric: Rubric,
    evaluations: Mapping[str, Evaluation],
    *,
    title: str = "A case report",
    rules: Sequence[RuleFired] = (),
) -> ModeratedWork:
    """A work whose agreed levels are the means of its graders'."""
    agreed = [_agreed(rubric, each.id, evaluations) for each in rubric.criteria]
    levels = [each.level for each in agreed]
    percent, result = None, "incomplete"
    if None not in levels:
        weights = sum(each.weight for each in agreed)
        points = sum(each.weight * (each.level or 0) / each.top for each in agreed)
        percent = min(100.0, 100 * points / weights)
        failed = any(each.reached is False for each in agreed)
        enough = reaches(percent, rubric.pass_percent)
        result = "pass" if enough and not failed else "fail"
    return ModeratedWork.model_validate(
        {
            "work": next(iter(evaluations.values())).work,
            "judges": rubric.judges,
            "title": title,
            "rubric": rubric.id,
            "rubric_digest": rubric.digest,
            "result": result,
            "percent": percent,
            "pass_percent": rubric.pass_percent,
            "sem_percent": rubric.sem_percent,
            "criteria": tuple(agreed),
            "evaluations": dict(evaluations),
            "counted": tuple(evaluations),
            "rules": tuple(rules),
            "reasons": next(iter(evaluations.values())).reasons,
        }
    )


def _agreed(
    rubric: Rubric, criterion_id: str, evaluations: Mapping[str, Evaluation]
) -> AgreedCriterion:
    criterion = rubric.criterion(criterion_id)
    assert criterion is not None
    levels: dict[str, int] = {}
    for grader, evaluation in evaluations.items():
        (outcome,) = (each for each in evaluation.criteria if each.criterion == criterion_id)
        if isinstance(outcome, Scored):
            levels[grader] = outcome.level
    complete = len(levels) == len(evaluations)
    level = sum(levels.values()) / len(levels) if complete else None
    must = criterion.must_pass
    return AgreedCriterion(
        criterion=criterion_id,
        title=criterion.title,
        levels=levels,
        level=level,
        top=criterion.top,
        weight=criterion.weight,
        must_pass=must is not None,
        reached=level >= must.level if must and level is not None else None,
    )


def issued(
    works: Sequence[ModeratedWork],
    rubrics: Sequence[Rubric],
    *,
    eligibility: Eligibility | None = None,
    **values: Any,  # noqa: ANN401 - whatever a result may hold
) -> IssuedResult:
    """A result of these works; everything else is as usual where it is not given."""
    results = {work.result for work in works}
    standing = eligibility or eligible()
    result: ResultName = "pass" if standing.eligible and results == {"pass"} else "incomplete"
    if "fail" in results:
        result = "fail"
    seals = [
        SealUsed(work=work.work, grader=grader, seal="cd" * 32)
        for work in works
        for grader in work.evaluations
    ]
    usual = {
        "kind": "result", "format": 1, "program": "walks", "program_name": "School of Walks",
        "program_version": "3", "program_digest": "ab" * 64, "notice": "Somebody else's program.",
        "language": "en", "level": 1, "level_name": "Level One", "submission": SUBMISSION,
        "candidate": "Jo Példa", "issued": ISSUED, "appeal_until": date(2026, 11, 9),
        "result": result, "reasons": (), "works": tuple(works), "rubrics": tuple(rubrics),
        "eligibility": standing, "seals": tuple(seals),
    }  # fmt: skip
    return IssuedResult.model_validate({**usual, **values})


def written(path: Path, result: IssuedResult) -> Path:
    """Write a result to a file as `casebook moderate` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(record_bytes(result))
    return path


def eligible(*unmet: RequirementResult) -> Eligibility:
    """Every requirement met, but for those that are given."""
    met = RequirementResult(
        id="course", says="A course of 15 hours", strength="hard", met=True, why="15 hours"
    )
    return Eligibility(
        program="School of Walks",
        level=1,
        level_name="Level One",
        on="2026-10-12",
        eligible=not any(each.strength == "hard" for each in unmet),
        requirements=(met, *unmet),
    )


@dataclass(frozen=True, slots=True)
class ResultShape:
    """What a result is like.

    Attributes:
        phrases: What its texts are made of.
        case_studies: How many there are, beside one observed session.
        graders: How many mark each work.
        criteria: How many a rubric has.
        top: The highest level of each.
        levels: The levels that graders give; None is a mark that is missing.
        blind: Whether graders are unnamed.
        marked_up: Whether notes are full of markup.
        notes: Whether there are notes, comments and rules at all.
        sem: The standard error of measurement, where it is known.
        cycles: How many cycles the session had; None for a program without a protocol.
        languages: The program's language, and the pages'.
        follows: Whether it comes after an appeal.
    """

    phrases: Phrases = SCRIPTS["english"]
    case_studies: int = 1
    graders: int = 2
    criteria: int = 3
    top: int = 3
    levels: tuple[int | None, ...] = (1, 2, 3)
    blind: bool = False
    marked_up: bool = False
    notes: bool = True
    sem: float | None = 4.5
    cycles: int | None = 2
    languages: tuple[Language, Language] = ("en", "en")
    follows: bool = False
    # Why no hash: one shape made twice is the same, and this alone has none.
    more: Mapping[str, Any] = field(default_factory=dict, hash=False)


RESULT_SHAPES: Final[Mapping[str, ResultShape]] = {
    "usual": ResultShape(),
    "nothing but marks": ResultShape(notes=False, sem=None, cycles=None, case_studies=0),
    "everything missing": ResultShape(levels=(None,), notes=False, cycles=0),
    "some marks missing": ResultShape(levels=(None, 2), blind=True),
    "all at the top": ResultShape(levels=(3,), case_studies=3, blind=True),
    "all at the bottom": ResultShape(levels=(0,), case_studies=3),
    "one grader": ResultShape(graders=1, case_studies=2, cycles=None),
    "nine graders": ResultShape(graders=9, criteria=2, blind=True, case_studies=1),
    "long rubrics": ResultShape(criteria=40, graders=1, case_studies=0, notes=False),
    "many works": ResultShape(case_studies=30, criteria=2, graders=1),
    "markup": ResultShape(marked_up=True, follows=True),
    "after an appeal": ResultShape(follows=True, more={"appeal_until": None}),
    "in German from English": ResultShape(languages=("en", "de"), blind=True),
    "in French from Spanish": ResultShape(languages=("es", "fr"), follows=True),
    **{
        f"in {name}": ResultShape(SCRIPTS[name], criteria=4)
        for name in ("arabic", "hebrew", "chinese", "devanagari", "emoji", "unseen", "long words")
    },
}
"""A shape of every kind there is, by what it stands for."""


@cache
def result_example(shape: ResultShape) -> IssuedResult:
    """One result, which is the same in every run."""
    return drawn(results(shape))


@st.composite
def results(draw: st.DrawFn, shape: ResultShape) -> IssuedResult:
    """Results of case studies and one observed session."""
    rubrics = [draw(_rubrics(shape, judges)) for judges in ("case-study", "observation")]
    works = [
        draw(_works(shape, rubrics[0], f"case-{number + 1}"))
        for number in range(shape.case_studies)
    ]
    works.append(draw(_works(shape, rubrics[1], "observed")))
    unmet = draw(st.lists(_requirements(shape), max_size=2))
    values: Values = {"blind": shape.blind, **shape.more}
    values["program_language"], values["language"] = shape.languages
    values["candidate"] = draw(lines(shape.phrases))
    values["notice"] = draw(_texts(shape))
    if shape.notes:
        values["reasons"] = tuple(draw(st.lists(lines(shape.phrases), min_size=1, max_size=3)))
    if shape.follows:
        values["follows"] = {
            "result": "1f" * 32, "appeal": "2e" * 32, "reason": draw(_texts(shape)),
            "outcome": draw(st.sampled_from(("upheld", "dismissed"))),
        }  # fmt: skip
    return issued(works, rubrics, eligibility=eligible(*unmet), **values)


def _texts(shape: ResultShape) -> st.SearchStrategy[str]:
    return marked_up(shape.phrases) if shape.marked_up else paragraphs(shape.phrases)


@st.composite
def _rubrics(draw: st.DrawFn, shape: ResultShape, judges: str) -> Rubric:
    said = lines(shape.phrases)
    criteria: list[Values] = []
    for number in range(shape.criteria):
        levels = [
            {"level": level, "label": draw(said), "describes": draw(_texts(shape))}
            for level in range(shape.top + 1)
        ]
        each: Values = {
            "id": f"c{number}", "title": draw(said), "asks": draw(said), "levels": levels,
            "weight": draw(st.sampled_from((0.5, 1, 2))),
        }  # fmt: skip
        if number == 1:
            each["must_pass"] = {"level": 2, "reason": draw(_texts(shape))}
        if number == 0 and judges == "observation" and shape.cycles is not None:
            each["from_protocol"] = "closed_cycles"
            for count, level in enumerate(levels):
                level["from_figure"] = count
        criteria.append(each)
    values = {
        "id": f"{judges}-rubric", "judges": judges, "pass_percent": 65, "criteria": criteria,
        "sem_percent": shape.sem,
    }  # fmt: skip
    return rubric_of(values)


@st.composite
def _works(draw: st.DrawFn, shape: ResultShape, rubric: Rubric, work: str) -> ModeratedWork:
    said = lines(shape.phrases)
    protocol = None
    if rubric.judges == "observation" and shape.cycles is not None:
        protocol = protocol_of(shape.cycles)
    evaluations: dict[str, Evaluation] = {}
    for number in range(shape.graders):
        marks = [draw(_marks(shape, each.id)) for each in rubric.criteria if not each.from_protocol]
        evaluations[f"g{number}"] = evaluated(
            rubric,
            marks,
            grader=f"{draw(said)} {number}"[:300],
            work=work,
            protocol=protocol,
            comments=draw(_texts(shape)) if shape.notes else None,
        )
    rules = [
        RuleFired(rule="graders", says=f"{shape.graders} graders marked it"),
        RuleFired(rule="within-tolerance", says="their totals agree: 71 % and 74 %"),
    ]
    title = "Observed session" if rubric.judges == "observation" else draw(said)
    return moderated(rubric, evaluations, title=title, rules=rules if shape.notes else ())


@st.composite
def _marks(draw: st.DrawFn, shape: ResultShape, criterion: str) -> Values:
    mark: Values = {"criterion": criterion}
    if (level := draw(st.sampled_from(shape.levels))) is not None:
        mark["level"] = level
    if shape.notes and draw(st.booleans()):
        mark["note"] = draw(_texts(shape))
        mark["place"] = draw(lines(shape.phrases))
        mark["at"] = draw(st.sampled_from(("12:10", "00:00")))
    return mark


@st.composite
def _requirements(draw: st.DrawFn, shape: ResultShape) -> RequirementResult:
    return RequirementResult(
        id="more",
        says=draw(lines(shape.phrases)),
        strength=draw(st.sampled_from(("hard", "soft"))),
        met=False,
        why="it lasts until 2026-12-01",
        next_step=draw(st.sampled_from((None, "go on practising"))),
        earliest=draw(st.sampled_from((None, "2026-12-01"))),
    )


def protocol_of(cycles: int) -> ProtocolResult:
    """A session of closed cycles, the second of them late."""
    return ProtocolResult(
        name="Test, release, retest",
        sure_s=30,
        limit_s=60,
        cycles=tuple(
            CycleResult(
                number=number + 1,
                muscle="psoas major",
                side="right",
                tested_at_s=45 + 200 * number,
                releases=("jaw (right)",),
                work_s=76 if number == 1 else 32,
                timing=Timing.LATE if number == 1 else Timing.INSIDE,
                retest_at_s=140 + 200 * number,
                to_retest_s=95,
                restored=number != 0,
                test_event=number,
            )
            for number in range(cycles)
        ),
        faults=(
            (FaultResult(kind=FaultKind.RELEASE_LATE, event=1, at_s=245, fact="work came late"),)
            if cycles > 1
            else ()
        ),
        figures={"closed_cycles": float(cycles)},
    )
