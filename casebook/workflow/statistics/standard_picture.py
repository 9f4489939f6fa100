"""Draws a borderline regression as an SVG file."""

from pathlib import Path
from typing import Final

from casebook import __version__
from casebook.charts.regression import RatingMark, RegressionChart, regression_chart
from casebook.charts.svg import standalone
from casebook.errors import UsageError
from casebook.evaluation.standard_setting.borderline_regression import BorderlineRegression
from casebook.files import write_file
from casebook.workflow.originals import keep_originals
from casebook.workflow.statistics.standard import StandardSetting
from casebook.workflow.statistics.standard_choices import Method

_BAND_STEPS: Final = 48
"""Enough for a curve to look smooth at printed size."""


def check_picture(target: Path, method: Method) -> None:
    """Refuse a picture that could not be drawn, before anything is computed.

    Raises:
        UsageError: The target is no ``.svg``, or the method draws no line.
    """
    if method != "borderline-regression":
        raise UsageError(
            f"the method {method} has no picture",
            hint="--picture goes with --method borderline-regression",
        )
    if target.suffix.lower() != ".svg":
        named = target.with_suffix(".svg") if target.stem.strip(".") else "regression.svg"
        raise UsageError(f"{target}: the picture is an SVG", hint=f"name it {named}")


def write_picture(setting: StandardSetting, target: Path, *, force: bool = False) -> bool:
    """Draw the points, the line with its 95 % band, and the cut.

    Returns:
        Whether there was anything to draw: nothing is, of a method that refused.

    Raises:
        UsageError: Something stands there that is to be kept.
    """
    outcome = setting.outcome
    if not isinstance(outcome, BorderlineRegression):
        return False
    drawn = standalone(regression_chart(_chart(setting, outcome)), f"casebook {__version__}")
    keep_originals([target], target.parent)
    write_file(target, drawn.encode("utf-8"), force=force)
    return True


def _chart(setting: StandardSetting, line: BorderlineRegression) -> RegressionChart:
    position = {each.step.id: each.step.position for each in setting.ratings}
    low, high = min(line.range[0], line.borderline), max(line.range[1], line.borderline)
    at = [low + (high - low) * step / _BAND_STEPS for step in range(_BAND_STEPS + 1)]
    band = [(each, line.at(each)) for each in at]
    return RegressionChart(
        points=tuple((position[str(each.rating)], each.percent) for each in setting.sheets),
        ratings=tuple(
            RatingMark(each.step.position, each.step.label, each.part == "borderline")
            for each in setting.ratings
        ),
        line=tuple((each, estimate.value) for each, estimate in band),
        band=tuple((each, estimate.low, estimate.high) for each, estimate in band),
        cut=line.cut.value,
        interval=(line.cut.low, line.cut.high),
        pass_percent=setting.rubric.pass_percent if setting.rubric else None,
        r_squared=line.r_squared,
    )
