"""The case in a minute."""

from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.measures import measures_by_id
from casebook.render.views.readings import measure_courses, motion_courses
from casebook.render.views.summary import summary


def lines(case: CaseStudy) -> dict[str, tuple[str, ...]]:
    courses = measure_courses(case.sessions, measures_by_id())
    return {fact.name: fact.lines for fact in summary(case, courses)}


def test_the_summary_tells_who_what_and_what_changed(case: CaseStudy) -> None:
    assert lines(case) == {
        "Client": ("Client A, 46 years, man, delivery driver",),
        "Complaint": ("A dull ache. It grew over the day.",),
        "Pattern": (
            "gluteus maximus, left, inhibited; its work is done by quadratus lumborum, both sides",
        ),
        "Sessions": ("2 sessions within 21 days",),
        # 7 - 2 = 5, above 3.5; 6 - 3.3 = 2.7, just the large change.
        "Measures": (
            "NPRS 7 → 2, 5 better: more than the important change (3.5, large)",
            "PSFS 3.3 → 6, 2.7 better: as much as the important change (2.7, large)",
        ),
        "Adverse events": ("A sore flank (mild, day 0)",),
    }


def test_what_was_not_told_has_no_line() -> None:
    bare = CaseStudy.model_validate(
        {
            "kind": "case-study", "format": 1, "id": "bare", "title": "Bare",
            "client": {"pseudonym": "Client B"},
            "sessions": [{"day": 0, "measures": {"nprs": 4}}],
        }
    )  # fmt: skip
    assert lines(bare) == {
        "Client": ("Client B",),
        "Sessions": ("1 session",),
        "Measures": ("NPRS 4, measured once",),
    }


def test_of_many_patterns_four_are_shown_and_the_rest_counted(case: CaseStudy) -> None:
    many = case.model_copy(update={"patterns": case.patterns * 6})
    assert len(lines(many)["Pattern"]) == 5
    assert lines(many)["Pattern"][-1] == "and 2 more"


def test_a_map_beneath_says_the_pattern_in_its_stead(case: CaseStudy) -> None:
    names = {fact.name for fact in summary(case, (), drawn=True)}
    assert "Client" in names
    assert "Pattern" not in names


def test_ranges_of_motion_are_told_with_what_their_change_is_evidence_of() -> None:
    """From 100 to 112 degrees is 12 more, less than the 20 that two examiners differ by."""
    read = CaseStudy.model_validate(
        {
            "kind": "case-study", "format": 1, "id": "arm", "title": "Arm",
            "client": {"pseudonym": "Client B"},
            "sessions": [
                {"day": day, "rom": [
                    {"joint": "shoulder", "plane": "flexion", "side": "left", "degrees": degrees}
                ]}
                for day, degrees in ((0, 100), (9, 112))
            ],
        }
    )  # fmt: skip
    facts = summary(read, (), motion_courses(read.sessions))
    (line,) = next(fact.lines for fact in facts if fact.name == "Range of motion")
    assert line.startswith("Shoulder flexion, left 100° → 112°, 12° more: within the error of ")
