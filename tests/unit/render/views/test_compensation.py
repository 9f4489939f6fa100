"""The compensation map of a case study and of an observed session."""

from typing import Any

from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.render.views.compensation import case_pairs, map_of, map_pictures, session_pairs
from casebook.workflow.programs import show_program

STEPS = [
    {"test": "gluteus maximus", "side": "left", "result": "inhibited"},
    {"release": "QL", "side": "both"},
    {"retest": "gluteus maximus", "side": "left", "result": "fires"},
]


def case(**parts: object) -> CaseStudy:
    values = {
        "kind": "case-study", "format": "1", "id": "a", "title": "A case report",
        "client": {"pseudonym": "Client A"},
    }  # fmt: skip
    return CaseStudy.model_validate(values | parts)


def session(events: list[dict[str, Any]]) -> Observation:
    return Observation.model_validate(
        {
            "kind": "observation", "format": "1", "id": "o", "date": "2026-06-20",
            "mode": "in person", "examiner": {"name": "R"}, "client": {"pseudonym": "B"},
            "events": events, "marks": [],
        }
    )  # fmt: skip


def test_a_case_is_drawn_by_its_days_with_sides_in_words() -> None:
    steps = [*STEPS, *({**step} for step in STEPS)]
    twice = case(sessions=[{"day": 0, "steps": STEPS}, {"day": 9, "steps": steps}])
    found = map_of(case_pairs(twice, None), "day")
    assert found is not None
    assert found.moments == "day"
    assert [each.words for each in found.facilitated] == ["QL, both sides"]
    assert [trial.moment for trial in found.links[0].trials] == [0, 9]


def test_synonyms_are_one_structure() -> None:
    other = [STEPS[0], {"release": "quadratus lumborum", "side": "both"}, STEPS[2]]
    both = case(sessions=[{"day": 0, "steps": STEPS}, {"day": 9, "steps": other}])
    found = map_of(case_pairs(both, None), "day")
    assert found is not None
    assert len(found.facilitated) == 1


def test_a_case_without_patterns_and_work_has_no_map() -> None:
    assert map_of(case_pairs(case(), None), "day") is None
    assert map_pictures(None) == ()


def test_an_observed_session_is_drawn_by_its_cycles() -> None:
    times = ("00:10", "00:15", "00:40")
    events = [{"at": at, **step} for at, step in zip(times, STEPS, strict=True)]
    events[1]["until"] = "00:35"
    found = map_of(session_pairs(session(events), show_program("nkt")), "cycle")
    assert found is not None
    assert found.moments == "cycle"
    (drawn,) = map_pictures(found)
    assert "after its release the muscle fires (cycle 1)" in drawn
    assert session_pairs(session([]), show_program("nkt")) == ()
