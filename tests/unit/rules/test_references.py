"""What one part of a work refers to is there: citations, sections of the program, days, ids."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest

from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import CaseStudyRules
from casebook.rules.references import (
    check_citations,
    check_days,
    check_ids,
    check_program_sections,
)

Read: TypeAlias = Callable[[str, str], Piece[Any]]

REFERENCES = "references:\n  - {id: smith2014, text: a}\n  - {id: lee2020, text: b}\n"


def found(findings: Iterable[Finding]) -> list[tuple[str, int, str | None]]:
    return [(each.code, each.place.span.line, each.hint) for each in findings]


def test_cited_works_are_listed_and_listed_works_cited(read: Read) -> None:
    """Citations in any text count, in notes to steps too."""
    text = (
        "introduction: As in [@smith2014].\n"
        "sessions: [{day: 0, steps: [{release: QL, note: 'see [@lee2020]'}]}]\n" + REFERENCES
    )
    assert found(check_citations(read("case-study", text))) == []


def test_a_citation_of_nothing_gets_the_nearest_work_offered(read: Read) -> None:
    """A slip of the pen is a dangling citation at its text, and the work stays uncited."""
    text = "introduction: As in [@smth2014], [@lee2020].\n" + REFERENCES
    assert found(check_citations(read("case-study", text))) == [
        ("CB305", 6, "did you mean `smith2014`?"),
        ("CB306", 8, "cite it where it is used: [@smith2014]"),
    ]


def test_without_references_a_citation_asks_for_them(read: Read) -> None:
    """The remedy is to add the list."""
    (finding,) = check_citations(read("case-study", "introduction: As in [@smith2014].\n"))
    assert finding.hint == "add it under `references`"


def test_a_reference_id_means_one_work(read: Read) -> None:
    """The second of two equal ids is the fault."""
    text = "introduction: '[@a]'\nreferences:\n  - {id: a, text: x}\n  - {id: a, text: y}\n"
    assert [(code, line) for code, line, _ in found(check_citations(read("case-study", text)))] == [
        ("CB310", 9)
    ]


def test_broken_references_are_not_held_against_the_citations(read: Read) -> None:
    """When the list could not be read, nobody knows what it holds."""
    text = "introduction: As in [@smith2014].\nreferences: [{id: smith2014}]\n"
    assert found(check_citations(read("case-study", text))) == []


def test_a_broken_text_may_have_cited_what_nothing_else_cites(read: Read) -> None:
    """While a text could not be read, no reference is called unused."""
    text = "introduction: [As in, '[@smith2014] [@lee2020]']\n" + REFERENCES
    assert found(check_citations(read("case-study", text))) == []


RULES = CaseStudyRules.model_validate(
    {"required": [], "sections": [{"id": "safety", "title": "S", "asks": "A"}]}
)


@pytest.mark.parametrize(
    "rules, hint",
    [
        (RULES, "did you mean `safety`?"),
        (CaseStudyRules(required=()), "the program has none of its own"),
    ],
)
def test_a_section_of_the_program_is_one_it_has(
    read: Read, rules: CaseStudyRules, hint: str
) -> None:
    """An unknown section is pointed at by its key."""
    piece = read("case-study", "program_sections:\n  safty: Asked.\n")
    assert found(check_program_sections(piece, rules)) == [("CB313", 7, hint)]


def test_known_sections_are_no_fault(read: Read) -> None:
    """What the program has may be written."""
    piece = read("case-study", "program_sections: {safety: Asked.}\n")
    assert found(check_program_sections(piece, RULES)) == []


@pytest.mark.parametrize(
    "days, lines",
    [
        ((0, 7, 16), []),
        ((), []),
        ((1, 7), [7]),  # the first session is day 0
        ((0, 7, 7), [9]),
        ((0, 16, 7, 9), [9]),  # 9 comes after 7
    ],
)
def test_sessions_follow_each_other_from_day_0(
    read: Read, days: tuple[int, ...], lines: list[int]
) -> None:
    """Each later session is on a later day."""
    text = "sessions:\n" + "".join(f"  - day: {day}\n" for day in days) if days else ""
    findings = found(check_days(read("case-study", text)))
    assert [(code, line) for code, line, _ in findings] == [("CB314", line) for line in lines]


def test_ids_are_used_once_across_cases_and_observations(read: Read) -> None:
    """The second use is the fault, and it says where the first one is."""
    case = read("case-study", "id: one\ntitle: One\n")
    other = read("case-study", "id: two\ntitle: Two\n")
    observation = read("observation", "id: one\n")
    assert list(check_ids([case, other])) == []
    (finding,) = check_ids([case, other, observation])
    assert (finding.code, finding.place.path) == ("CB301", "observation.yaml")
    assert "case-study.yaml, line 4" in finding.message


def test_a_title_that_two_cases_share_is_warned_of(read: Read) -> None:
    """Case and spaces make no other title; a title that is missing is shared by nobody."""
    case = read("case-study", "id: one\ntitle: A heel\n")
    copy = read("case-study", "id: two\ntitle: 'A  Heel'\n")
    (finding,) = check_ids([case, copy])
    assert (finding.code, finding.severity) == ("CB316", "warning")
    assert "case-study.yaml, line 5" in finding.message
    untitled = [read("case-study", f"id: {name}\ntitle:\n") for name in ("three", "four")]
    assert list(check_ids(untitled)) == []
