"""The sections of a case study."""

from casebook.domain.program.program import ProgramSection
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.practitioner import Practitioner
from casebook.render.prose import Citations, prose
from casebook.render.views import care
from casebook.render.views.parts import Part

CITATIONS = Citations(("smith2014", "web"), "x-")
BARE = {
    "kind": "case-study", "format": 1, "id": "bare", "title": "Bare",
    "client": {"pseudonym": "Client B"},
}  # fmt: skip


def test_sections_stand_in_the_order_of_care_and_are_numbered_through(case: CaseStudy) -> None:
    found = care.sections(case, CITATIONS, practitioner=None, own=())
    assert [section.title for section in found] == [
        "Introduction", "Client information", "Clinical findings", "Timeline", "Assessment",
        "Intervention", "Session by session", "Follow-up and outcomes", "Discussion",
        "Zones treated", "Client's perspective", "Consent", "Practitioner", "References", "Figures",
    ]  # fmt: skip
    numbers = [section.number for section in found]
    assert numbers == [*range(1, 12), None, None, None, None]


def test_what_was_not_written_leaves_no_heading_and_no_gap_in_the_numbers() -> None:
    bare = CaseStudy.model_validate({**BARE, "client_perspective": "Fine."})
    found = care.sections(bare, CITATIONS, practitioner=None, own=())
    assert [(section.number, section.title) for section in found] == [
        (1, "Client information"), (2, "Client's perspective"),
    ]  # fmt: skip


def test_the_portfolio_describes_a_practitioner_whom_the_case_does_not() -> None:
    bare = CaseStudy.model_validate(BARE)
    shared = Practitioner(experience="Seven years.")
    found = care.sections(bare, CITATIONS, practitioner=shared, own=())
    assert found[-1].title == "Practitioner"
    assert "Seven years." in found[-1].parts[0].html


def test_a_programs_own_section_has_the_programs_title(case: CaseStudy) -> None:
    own = (ProgramSection(id="zones-treated", title="Zones of the feet", asks="Which?"),)
    titles = [s.title for s in care.sections(case, CITATIONS, practitioner=None, own=own)]
    assert "Zones of the feet" in titles


def test_consent_is_told_without_a_date(case: CaseStudy) -> None:
    found = care.sections(case, CITATIONS, practitioner=None, own=())
    consent = next(section for section in found if section.title == "Consent").parts[0].html
    assert "recording the case and showing it to the certifying body" in consent
    assert "No photograph, please." in consent
    assert "2026" not in consent


def test_a_diagnosis_is_told_with_who_made_it(case: CaseStudy) -> None:
    found = care.sections(case, CITATIONS, practitioner=None, own=())
    client = next(section for section in found if section.title == "Client information")
    assert "Non-specific pain, made by physician (last year)." in client.parts[-1].html


def test_adverse_events_are_gathered_where_nothing_else_was_said_of_them(case: CaseStudy) -> None:
    found = care.sections(case, CITATIONS, practitioner=None, own=())
    outcome = next(section for section in found if section.title == "Follow-up and outcomes")
    assert outcome.parts[-1].html == (
        "<p>Day 0: A sore flank (mild, passed). Told him to wait.</p>"
    )


def test_every_anchor_begins_with_the_cases_prefix(case: CaseStudy) -> None:
    found = care.sections(case, CITATIONS, practitioner=None, own=())
    assert found
    assert all(section.anchor.startswith("x-") for section in found)


def test_a_label_stands_inside_the_first_paragraph_of_its_text() -> None:
    assert Part("Why", prose("One.\n\nTwo.")).block == (
        '<div class="part"><p><span class="part-label hanging">Why</span>One.</p>\n'
        "<p>Two.</p>\n</div>"
    )


def test_a_label_before_a_list_has_a_line_of_its_own() -> None:
    block = Part("Why", prose("- one")).block
    assert '<p class="part-alone">' in block
    assert block.index("Why") < block.index("<ul>")


def test_a_text_without_a_label_stands_by_itself() -> None:
    assert Part("", prose("One.")).block == '<div class="text"><p>One.</p>\n</div>'
