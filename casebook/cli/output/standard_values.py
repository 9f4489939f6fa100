"""A proposed pass mark as plain values for JSON; what is not known is left out."""

from dataclasses import asdict
from typing import Any

from casebook.evaluation.standard_setting.angoff import AngoffPanel, Round
from casebook.evaluation.standard_setting.borderline_group import BorderlineGroup
from casebook.evaluation.standard_setting.borderline_regression import BorderlineRegression
from casebook.evaluation.standard_setting.contrasting_groups import ContrastingGroups
from casebook.evaluation.standard_setting.estimate import CONFIDENCE, Estimate, Refusal
from casebook.workflow.statistics.standard import Outcome, StandardSetting


def standard_values(setting: StandardSetting) -> dict[str, Any]:
    """The proposal, what it rests on, what it would do, and what was left out."""
    rubric, program = setting.rubric, setting.program
    values: dict[str, Any] = {"method": setting.method}
    if program is not None and rubric is not None:
        values |= {
            "program": program.rules.id,
            "program_version": program.rules.version,
            "rubric": rubric.id,
            "pass_percent": rubric.pass_percent,
        }
    if isinstance(setting.outcome, Refusal):
        values |= {"refused": setting.outcome.why}
    else:
        values |= {"proposed_pass_percent": setting.proposal, **_outcome(setting.outcome)}
    if setting.ratings:
        values["ratings"] = [
            {**asdict(each.step), "sheets": each.sheets, "mean": each.mean, "part": each.part}
            for each in setting.ratings
        ]
    return values | {
        "sheets": len(setting.sheets),
        "graders": len({each.grader for each in setting.sheets}),
        "effects": [asdict(each) for each in setting.effects],
        "left_out": [asdict(each) for each in setting.left_out],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    own: dict[str, Any]
    match outcome:
        case Refusal():
            return {}
        case BorderlineRegression():
            own = {
                "slope": outcome.slope,
                "intercept": outcome.intercept,
                "r_squared": outcome.r_squared,
                "residual_sd": outcome.residual_sd,
                "borderline_position": outcome.borderline,
            }
            cut = _estimate(outcome.cut)
        case BorderlineGroup():
            own = {"median": outcome.median, "sd": outcome.sd, "group": outcome.sheets}
            cut = _estimate(outcome.cut)
        case ContrastingGroups():
            own = {
                "failing": asdict(outcome.failing),
                "passing": asdict(outcome.passing),
                "logistic": asdict(outcome.logistic),
                "midpoint": asdict(outcome.midpoint),
                "gap": list(outcome.gap) if outcome.gap else None,
            }
            cut = _estimate(outcome.estimate) if outcome.estimate else {}
            cut["value"] = outcome.logistic.cut
        case AngoffPanel():
            own = {
                "rounds": [_round(each) for each in outcome.rounds],
                "change": _estimate(outcome.change) if outcome.change else None,
            }
            cut = _estimate(outcome.final.cut)
    return {
        "cut": cut,
        **{key: value for key, value in own.items() if value is not None},
        "cautions": list(outcome.cautions),
    }


def _round(one: Round) -> dict[str, Any]:
    return {
        "round": one.number,
        "cut": _estimate(one.cut),
        "sd": one.sd,
        "judges": [asdict(each) for each in one.judges],
        "items": [asdict(each) for each in one.items],
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    values = asdict(estimate) | {"confidence": CONFIDENCE}
    return {key: value for key, value in values.items() if value is not None}
