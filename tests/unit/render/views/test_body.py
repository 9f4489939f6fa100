"""The body chart's marks are the structures of the compensation map."""

from casebook.domain.work.case_study import CaseStudy
from casebook.render.views.body import body_of, body_pictures
from casebook.render.views.compensation import case_pairs


def case(**parts: object) -> CaseStudy:
    values = {
        "kind": "case-study", "format": "1", "id": "a", "title": "A case report",
        "client": {"pseudonym": "Client A"},
    }  # fmt: skip
    return CaseStudy.model_validate(values | parts)


def test_each_structure_is_marked_once_with_its_role_and_its_place() -> None:
    steps = [
        {"test": "gluteus maximus", "side": "left", "result": "inhibited"},
        {"release": "QL", "side": "left"},
        {"retest": "gluteus maximus", "side": "left", "result": "inhibited"},
        {"release": "my own knot", "side": "right"},
        {"retest": "gluteus maximus", "side": "left", "result": "fires"},
    ]
    twice = case(sessions=[{"day": 0, "steps": steps}, {"day": 9, "steps": steps}])
    found = body_of(case_pairs(twice, None))
    assert found is not None
    assert [(mark.structure, mark.side, mark.role) for mark in found.marks] == [
        ("gluteus maximus", "left", "inhibited"),
        ("QL", "left", "facilitated"),
        ("my own knot", "right", "facilitated"),
    ]
    # Nobody knows where the knot lies.
    assert [mark.position is None for mark in found.marks] == [False, False, True]


def test_a_case_without_patterns_and_work_has_no_body_chart() -> None:
    assert body_of(case_pairs(case(), None)) is None


def test_very_many_structures_are_drawn_a_page_at_a_time() -> None:
    """40 patterns name 40 muscles and one structure: 41 marks, where a page takes 40."""
    patterns = [
        {"inhibited": {"structure": f"muscle {number}"}, "facilitated": {"structure": "scar"}}
        for number in range(40)
    ]
    drawn = body_pictures(body_of(case_pairs(case(patterns=patterns), None)))
    assert len(drawn) == 2
    assert "muscle 39" in drawn[1]
    assert "muscle 39" not in drawn[0]
    assert body_pictures(None) == ()
