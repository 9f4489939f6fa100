"""Pairs of a facilitated structure and an inhibited muscle come out of the record of the work."""

from collections.abc import Sequence
from typing import Any

from casebook.domain.program.protocol import Protocol
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.compensation import Pair, pairs_of_case, pairs_of_observation
from casebook.domain.work.observation import Observation
from casebook.source.anatomy import structure_naming

GLUTE = {"side": "left"}
FAILED = {"test": "gluteus maximus", "result": "inhibited", **GLUTE}
FIRES = {"retest": "gluteus maximus", "result": "fires", **GLUTE}
STAYS = {"retest": "gluteus maximus", "result": "inhibited", **GLUTE}


def released(structure: str, side: str | None = "left") -> dict[str, Any]:
    return {"release": structure, "side": side}


def case(*sessions: tuple[int, list[dict[str, Any]]], patterns: Sequence[object] = ()) -> CaseStudy:
    return CaseStudy.model_validate(
        {
            "kind": "case-study",
            "format": "1",
            "id": "a",
            "title": "A case report",
            "client": {"pseudonym": "Client A"},
            "sessions": [{"day": day, "steps": steps} for day, steps in sessions],
            "patterns": list(patterns),
        }
    )


def told(pairs: tuple[Pair, ...]) -> list[tuple[str, str, list[tuple[int, bool | None]]]]:
    return [
        (
            pair.facilitated.structure,
            pair.inhibited.structure,
            [(trial.moment, trial.fires) for trial in pair.trials],
        )
        for pair in pairs
    ]


def test_a_pair_gathers_what_each_day_found() -> None:
    """The second release of day 7 is held against the retest that failed before it."""
    found = pairs_of_case(
        case(
            (0, [FAILED, released("quadratus lumborum"), FIRES]),
            (7, [FAILED, released("quadratus lumborum"), STAYS, released("psoas major"), FIRES]),
        )
    )
    assert told(found) == [
        ("quadratus lumborum", "gluteus maximus", [(0, True), (7, False)]),
        ("psoas major", "gluteus maximus", [(7, True)]),
    ]
    assert [pair.restored for pair in found] == [True, True]


def test_work_without_a_retest_has_no_finding() -> None:
    (pair,) = pairs_of_case(case((0, [FAILED, released("psoas major")])))
    assert [trial.fires for trial in pair.trials] == [None]
    assert not pair.restored


def test_sides_make_pairs_of_their_own() -> None:
    found = pairs_of_case(
        case(
            (0, [FAILED, released("psoas major", "left"), FIRES]),
            (7, [FAILED, released("psoas major", "right"), FIRES]),
        )
    )
    assert [pair.facilitated.side for pair in found] == ["left", "right"]


def test_two_names_of_one_structure_are_one_as_it_was_first_written() -> None:
    both = case(
        (0, [FAILED, released("QL"), FIRES]), (7, [FAILED, released("quadratus lumborum"), FIRES])
    )
    assert len(pairs_of_case(both)) == 2
    (pair,) = pairs_of_case(both, naming=structure_naming())
    assert pair.facilitated.structure == "QL"


def test_a_pattern_that_was_never_worked_on_is_a_pair_without_trials() -> None:
    stated = {
        "inhibited": {"structure": "gluteus maximus", "side": "left"},
        "facilitated": {"structure": "hamstrings", "side": "left"},
    }
    found = pairs_of_case(case((0, [FAILED, released("psoas major"), FIRES]), patterns=[stated]))
    assert told(found)[1] == ("hamstrings", "gluteus maximus", [])


def test_a_pattern_that_was_worked_on_is_no_pair_of_its_own_even_where_it_names_no_side() -> None:
    for side in ("left", None):
        stated = {
            "inhibited": {"structure": "gluteus maximus", "side": side},
            "facilitated": {"structure": "psoas major", "side": side},
        }
        steps = [FAILED, released("psoas major"), FIRES]
        assert len(pairs_of_case(case((0, steps), patterns=[stated]))) == 1
    other = {
        "inhibited": {"structure": "gluteus maximus", "side": "right"},
        "facilitated": {"structure": "psoas major", "side": "left"},
    }
    steps = [FAILED, released("psoas major"), FIRES]
    assert len(pairs_of_case(case((0, steps), patterns=[other]))) == 2


def test_what_was_only_tested_makes_no_pair() -> None:
    assert pairs_of_case(case((0, [FAILED]))) == ()


def test_an_observed_session_tells_its_cycles_by_their_numbers() -> None:
    events = [
        {"at": "00:10", **FAILED},
        {"at": "00:15", "until": "00:35", **released("psoas major")},
        {"at": "00:40", **STAYS},
        {"at": "00:45", "until": "01:05", **released("hamstrings")},
        {"at": "01:10", **FIRES},
    ]
    observation = Observation.model_validate(
        {
            "kind": "observation", "format": "1", "id": "o", "date": "2026-06-20",
            "mode": "in person", "examiner": {"name": "R"}, "client": {"pseudonym": "B"},
            "events": events, "marks": [],
        }
    )  # fmt: skip
    protocol = Protocol.model_validate(
        {"name": "p", "describes": "p", "window": {"sure_seconds": 30, "limit_seconds": 60}}
    )
    assert told(pairs_of_observation(observation, protocol)) == [
        ("psoas major", "gluteus maximus", [(1, False)]),
        ("hamstrings", "gluteus maximus", [(2, True)]),
    ]
