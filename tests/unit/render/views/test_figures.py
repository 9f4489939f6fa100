"""What the protocol's check found, in words."""

from typing import get_args

import pytest

from casebook.domain.outcome.results import CycleResult, Evaluation, ProtocolResult, Scored
from casebook.domain.program.rubric import ProtocolFigure, Rubric
from casebook.domain.work.cycles import Timing
from casebook.render.views.figures import figure_words
from casebook.render.views.scores import criterion_entries


@pytest.fixture
def protocol(evaluation: Evaluation) -> ProtocolResult:
    """Six cycles: five inside the window, three of these surely; four of six retested."""
    assert evaluation.protocol is not None
    one = evaluation.protocol.cycles[0]
    timings = (*[Timing.SURELY_INSIDE] * 3, *[Timing.INSIDE] * 2, Timing.LATE)
    cycles: tuple[CycleResult, ...] = tuple(
        one.model_copy(update={"number": number, "timing": timing})
        for number, timing in enumerate(timings, start=1)
    )
    return evaluation.protocol.model_copy(
        update={
            "cycles": cycles,
            "figures": {
                "closed_cycles": 4.0,
                "restored_muscles": 1.0,
                "inside_window_pct": 100 * 5 / 6,  # 83.33…
                "surely_inside_pct": 100 * 3 / 6,  # 50
                "retested_pct": 100 * 4 / 6,  # 66.66…
                "faults": 1.0,
            },
        }
    )


@pytest.mark.parametrize(
    "figure, words",
    [
        ("closed_cycles", "Brought to a retest: 4 of 6 cycles."),
        ("restored_muscles", "1 muscle fires at its last retest."),
        (
            "inside_window_pct",
            "The work ended inside the window of 60 s in 5 of 6 cycles (83.3 %).",
        ),
        (
            "surely_inside_pct",
            (
                "The work ended within 30 s of the failed test, surely inside the window, in 3 of "
                "6 cycles (50 %)."
            ),
        ),
        ("retested_pct", "A retest followed the work in 4 of 6 cycles (66.7 %)."),
        ("faults", "1 departure from the protocol."),
    ],
)
def test_a_share_names_the_cycles_it_stands_for(
    protocol: ProtocolResult, figure: ProtocolFigure, words: str
) -> None:
    assert figure_words(figure, protocol) == words


def test_every_figure_a_rubric_may_use_has_words(protocol: ProtocolResult) -> None:
    figures: tuple[ProtocolFigure, ...] = get_args(ProtocolFigure)
    assert figures
    assert all(figure_words(figure, protocol) for figure in figures)


def test_none_and_several_are_counted_as_people_count(protocol: ProtocolResult) -> None:
    counted = protocol.model_copy(update={"figures": {"faults": 0.0, "restored_muscles": 2.0}})
    assert figure_words("faults", counted) == "No departure from the protocol."
    assert figure_words("restored_muscles", counted) == "2 muscles fire at their last retest."


def test_a_figure_that_was_not_found_has_no_words(protocol: ProtocolResult) -> None:
    assert figure_words("faults", protocol.model_copy(update={"figures": {}})) == ""


def test_a_criterion_taken_from_the_protocol_says_its_figure_in_words(
    evaluation: Evaluation, protocol: ProtocolResult
) -> None:
    levels = [
        {"level": level, "label": label, "describes": "So many cycles.", "from_figure": bound}
        for level, label, bound in ((0, "few", None), (1, "most", 70))
    ]
    rubric = Rubric.model_validate(
        {
            "kind": "rubric",
            "format": 1,
            "id": "session",
            "title": "The observed session",
            "judges": "observation",
            "pass_percent": 70,
            "criteria": [
                {
                    "id": "timing",
                    "title": "Timing",
                    "asks": "Was the work in time?",
                    "weight": 1,
                    "from_protocol": "inside_window_pct",
                    "levels": levels,
                }
            ],
        }
    )
    outcome = Scored(
        criterion="timing", title="Timing", level=1, top=1, label="most", weight=1,
        from_protocol=True, note="inside window %: 83.33",
    )  # fmt: skip
    scored = evaluation.model_copy(update={"criteria": (outcome,), "protocol": protocol})
    (entry,) = criterion_entries(scored, rubric)
    assert "in 5 of 6 cycles (83.3 %)" in entry.note
    assert "taken from the protocol" in entry.facts
    without = scored.model_copy(update={"protocol": None})
    (bare,) = criterion_entries(without, rubric)
    assert "83.33" in bare.note
