"""The case in a minute."""

from casebook.domain.case_study import CaseStudy
from casebook.domain.measures import measures_by_id
from casebook.render.views.outcomes import measure_courses
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
            "NPRS 7 → 2, 5 better; large change is 3.5",
            "PSFS 3.3 → 6, 2.7 better; large change is 2.7",
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
