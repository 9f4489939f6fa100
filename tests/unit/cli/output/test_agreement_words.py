"""Sentences about agreement claim no more than their intervals allow."""

from collections.abc import Mapping

import pytest

from casebook.cli.output.agreement_words import sentences, verdict
from casebook.evaluation.agreement.figures import Estimate, Figure, Interval, Refused
from casebook.evaluation.agreement.report import Agreement, GraderSeverity, Measure

NONE = Refused("too few works")


def figure(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, 40, Interval(low, high, "bootstrap"))


@pytest.mark.parametrize(
    "low, high, word",
    [
        (0.80, 0.95, "good"), (0.67, 0.99, "fair"), (0.70, 0.78, "fair"),
        (0.10, 0.66, "poor"), (0.50, 0.90, "open"), (0.66, 0.67, "open"),
    ],
)  # fmt: skip
def test_a_verdict_follows_the_limits_and_not_the_value(low: float, high: float, word: str) -> None:
    assert verdict(figure(0.9, low, high)) == word


def test_what_has_no_limits_has_no_verdict() -> None:
    assert verdict(NONE) == verdict(Estimate(0.9, 40, NONE)) == ""


def measure(
    name: str, figures: Mapping[str, Figure], severity: tuple[GraderSeverity, ...] | None = None
) -> Measure:
    return Measure(name, name, "percent", 40, 80, 1, figures, None, severity)


def said(
    share: Figure | None, phi: Figure, sem: Figure, *severity: tuple[float, float]
) -> list[str]:
    graders = tuple(
        GraderSeverity(str(number), figure((low + high) / 2, low, high))
        for number, (low, high) in enumerate(severity)
    )
    total = measure("total", {"phi": phi, "sem": sem}, graders)
    result = None if share is None else measure("result", {"percent-agreement": share})
    return list(sentences(Agreement(40, 40, 80, ("0",), result, total, (), None, 1, 1)))


def test_each_sentence_gives_its_figure_and_its_limits() -> None:
    assert said(figure(0.8, 0.7, 0.9), figure(0.85, 0.81, 0.9), figure(5, 4, 6), (1, 2)) == [
        "Two graders of one work agree whether it passes in 80 of 100 works (70 to 90).",
        "One grader's total is reliable enough to decide by: phi is 0.85 (0.81 to 0.90).",
        (
            "The standard error of one grader's total is 5.0 percentage points (4.0 to 6.0): "
            "about two totals in three lie within it of the mean of many graders."
        ),
        (
            "Of 1 grader, 1 is stricter or milder than the others beyond what chance explains; by "
            "chance alone it would be hardly one."
        ),
    ]


@pytest.mark.parametrize(
    "low, high, words",
    [
        (0.7, 0.78, "is fit for tentative conclusions"),
        (0.1, 0.5, "is too unreliable to decide by"),
        (0.5, 0.9, "These marks cannot tell whether"),
    ],
)
def test_phi_is_put_into_words_by_its_limits(low: float, high: float, words: str) -> None:
    (sentence, *_) = said(None, figure(0.6, low, high), NONE)
    assert words in sentence


def test_what_is_refused_says_why() -> None:
    assert said(NONE, NONE, NONE) == [
        "How often two graders agree on pass or fail cannot be told: too few works.",
        "How far one grader's total can be trusted cannot be told: too few works.",
    ]


def test_without_limits_nothing_is_concluded() -> None:
    sentences_said = said(Estimate(1, 40, NONE), Estimate(0.9, 40, NONE), Estimate(3, 40, NONE))
    assert sentences_said[0].endswith("in 100 of 100 works.")
    assert "without an interval: conclude nothing" in sentences_said[1]
    assert "3.0 percentage points: about" in sentences_said[2]


def test_some_graders_stand_out_by_chance() -> None:
    """One of twenty does, with intervals of 95 %; of forty, two."""
    apart = [(-3.0, -1.0), (1.0, 3.0)]
    (sentence,) = said(None, NONE, NONE, *apart, *[(-1.0, 1.0)] * 38)[1:]
    assert sentence.startswith("Of 40 graders, 2 are stricter")
    assert sentence.endswith("by chance alone it would be about 2.")
    (sentence,) = said(None, NONE, NONE, *[(-1.0, 1.0)] * 3)[1:]
    assert sentence.startswith("Of 3 graders, none are")
