"""A case study has every part its program asks for, or a finding that says what belongs there."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import CaseStudyRules
from casebook.rules.completeness import (
    CARE_ITEMS,
    check_completeness,
    check_shared_practitioner,
    part_hint,
)

Read: TypeAlias = Callable[[str, str], Piece[Any]]


def rules(**values: Any) -> CaseStudyRules:  # noqa: ANN401 - any rule
    return CaseStudyRules.model_validate({"required": []} | values)


def check(read: Read, text: str, **values: Any) -> list[Finding]:  # noqa: ANN401 - any rule
    return list(check_completeness(read("case-study", text), rules(**values)))


def codes_of(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(each.code, each.place.span.line) for each in findings]


# The text of a test begins on line 6, below the five lines of the first keys.


def test_a_missing_part_is_said_with_its_item_and_what_belongs_there(read: Read) -> None:
    """The place is the part around it, or the top of the file."""
    text = "discussion:\n  strengths: Three measures.\n"
    first, second = check(read, text, required=["discussion.limitations", "introduction"])
    assert (first.code, first.place.span.line) == ("CB401", 6)
    assert first.message == (
        "`discussion.limitations` is missing; the program asks for it (CARE item 11)"
    )
    assert first.hint == "what belongs there: What speaks against them"
    assert (second.code, second.place.span.line) == ("CB401", 1)


def test_a_part_that_nobody_can_write_is_not_asked_for(read: Read) -> None:
    """A section that the program names and does not have is a fault of the program alone."""
    assert check(read, "", required=["program_sections.safety", "session"]) == []


def test_an_advised_part_is_a_warning(read: Read) -> None:
    """What the program only recommends is missed with another code."""
    (finding,) = check(read, "", recommended=["follow_up.adherence"])
    assert (finding.code, finding.severity) == ("CB402", "warning")
    assert "advises" in finding.message


@pytest.mark.parametrize("blank", ["", "~", "''", "[]"])
def test_what_holds_nothing_is_missing(read: Read, blank: str) -> None:
    """An empty key, null, empty quotes and an empty list are all nothing written."""
    (finding,) = check(read, f"patterns: {blank}\n", required=["patterns"])
    assert (finding.code, finding.place.span.line) == ("CB401", 6)


@pytest.mark.parametrize("part", ["follow_up.adherence", "abstract.case"])
def test_keys_left_empty_in_a_part_are_missing(read: Read, part: str) -> None:
    """A part of empty keys, as a new portfolio has it, is asked for key by key."""
    name, _, key = part.partition(".")
    (finding,) = check(read, f"{name}:\n  other:\n  {key}:\n", required=[part])
    assert (finding.code, finding.place.span.line) == ("CB401", 8)


@pytest.mark.parametrize(
    "text, part",
    [
        ("introduction: Words.\n", "introduction"),
        ("sessions: [{day: 0}]\n", "sessions"),
        ("references: [{id: a, text: b}]\n", "references"),
        ("patterns: [{inhibited: {structure: a}, facilitated: {structure: b}}]\n", "patterns"),
        ("follow_up: {last_contact_day: 0}\n", "follow_up.last_contact_day"),
        ("program_sections: {safety: Asked.}\n", "program_sections.safety"),
        ("sessions: [{day: 0, report: x}, {day: 7, report: y}]\n", "sessions.report"),
        ("client: {pseudonym: A, age: 0}\n", "client.age"),
    ],
)
def test_what_is_written_is_not_missing(read: Read, text: str, part: str) -> None:
    """Texts, lists, numbers that are zero, the program's own sections, and parts of each item."""
    assert check(read, text, required=[part]) == []


def test_a_part_of_a_list_is_asked_of_each_item(read: Read) -> None:
    """The second session lacks its report, and that is where the finding stands."""
    text = "sessions:\n  - {day: 0, report: x}\n  - {day: 7}\n"
    (finding,) = check(read, text, required=["sessions", "sessions.report"])
    assert (finding.code, finding.place.span.line) == ("CB401", 8)
    assert "`sessions.report` is missing in item 2 of `sessions`" in finding.message


def test_a_missing_list_is_said_once(read: Read) -> None:
    """Without sessions it is not said that they have no report either, unless that is all asked."""
    found = check(read, "", required=["sessions", "sessions.report"])
    assert [each.message.split()[0] for each in found] == ["`sessions`"]
    found = check(read, "", required=["sessions.report"])
    assert [each.message.split()[0] for each in found] == ["`sessions.report`"]


@pytest.mark.parametrize(
    "text, part",
    [
        ("introduction: [not, a, text]\n", "introduction"),
        ("sessions: many\n", "sessions"),
        ("discussion: long\n", "discussion.limitations"),
        ("client: {pseudonym: A, age: old}\n", "client.age"),
        ("sessions: [{day: soon, report: x}]\n", "sessions.report"),
    ],
)
def test_what_is_written_but_broken_is_not_called_missing(read: Read, text: str, part: str) -> None:
    """A value that could not be read has a finding of its own, and one is enough."""
    assert check(read, text, required=[part]) == []


def test_consent_is_left_to_its_own_rules(read: Read) -> None:
    """A missing consent is not found here, but a part of one that is there is."""
    assert check(read, "", required=["consent", "consent.note"]) == []
    text = "consent: {scope: [record], signed: 2026-03-02, form: a.pdf}\n"
    (finding,) = check(read, text, required=["consent", "consent.note"])
    assert "`consent.note`" in finding.message


# --- the practitioner ------------------------------------------------------------------------

PARTS = ["practitioner.scope", "practitioner.training"]


def test_a_case_without_a_practitioner_is_not_asked_for_one(read: Read) -> None:
    """The portfolio's description stands for it."""
    assert check(read, "", required=PARTS) == []


def test_a_description_of_the_cases_own_is_checked_there(read: Read) -> None:
    """A case study's own description replaces the portfolio's, so it has to be whole."""
    (finding,) = check(read, "practitioner: {scope: Adults.}\n", required=PARTS)
    assert "`practitioner.training`" in finding.message


def test_the_shared_description_is_checked_once_for_all_cases(read: Read) -> None:
    """Three cases use it, and what it lacks is one finding in the portfolio's file."""
    main = read("portfolio", "practitioner:\n  scope: Adults.\n")
    cases = [read("case-study", "")] * 3
    (finding,) = check_shared_practitioner(main, cases, rules(required=PARTS))
    assert (finding.code, finding.place.path, finding.place.span.line) == (
        "CB401", "portfolio.yaml", 6,
    )  # fmt: skip


def test_a_portfolio_may_be_asked_for_a_description_as_a_whole(read: Read) -> None:
    """``practitioner`` alone is a part like any other."""
    main = read("portfolio", "")
    (finding,) = check_shared_practitioner(
        main, [read("case-study", "")], rules(required=["practitioner"])
    )
    assert "`practitioner` is missing" in finding.message


def test_nobody_needs_a_shared_description_that_no_case_uses(read: Read) -> None:
    """When every case study has one of its own, be it broken, the portfolio needs none."""
    own = read("case-study", "practitioner: {scope: x, training: y}\n")
    broken = read("case-study", "practitioner: me\n")
    main = read("portfolio", "")
    assert list(check_shared_practitioner(main, [own, broken], rules(required=PARTS))) == []


# --- title, keywords, length -----------------------------------------------------------------


def test_a_title_says_what_kind_of_text_it_is(read: Read) -> None:
    """The words are asked for in any case of letters; the remedy is the title with them."""
    assert check(read, "title: Back, a Case Report\n", title_says="case report") == []
    (finding,) = check(read, "title: Back ache\n", title_says="case report")
    assert finding.code == "CB403"
    assert finding.hint is not None
    assert '"Back ache: a case report"' in finding.hint


def test_a_missing_title_is_not_held_against_its_words(read: Read) -> None:
    """The mark that stands for a missing title is not judged."""
    assert check(read, "title:\n", title_says="case report") == []


@pytest.mark.parametrize("written, count", [("[a]", "is 1 keyword"), ("[a, b, c, d]", "are 4")])
def test_keywords_are_counted(read: Read, written: str, count: str) -> None:
    """Of two to three keywords, one is too few and four are too many."""
    limits = {"keywords_at_least": 2, "keywords_at_most": 3}
    assert check(read, "keywords: [a, b]\n", **limits) == []
    (finding,) = check(read, f"keywords: {written}\n", **limits)
    assert (finding.code, finding.place.span.line) == ("CB404", 6)
    assert count in finding.message


def test_missing_keywords_are_said_once(read: Read) -> None:
    """Not written at all: as a missing part where they are required, by their number elsewhere."""
    limits = {"keywords_at_least": 2, "keywords_at_most": 3}
    assert codes_of(check(read, "", **limits)) == [("CB404", 1)]
    assert codes_of(check(read, "", required=["keywords"], **limits)) == [("CB401", 1)]
    assert check(read, "keywords: back\n", required=["keywords"], **limits) == []


def test_words_are_counted_in_running_text(read: Read) -> None:
    """Five words are too few for six and too many for four, and right for five."""
    text = "introduction: One two three, four five.\n"
    assert codes_of(check(read, text, words_at_least=6)) == [("CB405", 4)]
    assert codes_of(check(read, text, words_at_most=4)) == [("CB406", 4)]
    assert check(read, text, words_at_least=5, words_at_most=5) == []


@pytest.mark.parametrize(
    "broken",
    ["clinical_findings: [a]\n", "discussion: {strengths: [a]}\n", "introducton: Many words.\n"],
)
def test_a_text_that_cannot_be_read_is_not_called_too_short(read: Read, broken: str) -> None:
    """While a part is broken or under a wrong key, its words cannot be counted."""
    assert check(read, broken, words_at_least=100) == []


# --- parts and their hints -------------------------------------------------------------------


def test_the_programs_own_sections_are_parts() -> None:
    """They are named below ``program_sections`` and explained in the program's words."""
    own = rules(sections=[{"id": "safety", "title": "Safety", "asks": "What was\n  asked?"}])
    assert part_hint("program_sections.safety", own)
    assert part_hint("program_sections.other", own) is None
    assert part_hint("program_sections.safety", own) == "Safety: What was asked?"


@pytest.mark.parametrize(
    "part, known",
    [
        ("discussion.limitations", True),
        ("sessions", True),
        ("sessions.homework.dose", True),
        ("discussion.limits", False),
        ("discusion", False),
        ("title.words", False),
        ("sessions.steps.release", False),
    ],
)
def test_a_part_is_a_way_in_a_case_study(part: str, known: bool) -> None:
    """What a case study has no place for is no part of it."""
    assert (part_hint(part, rules()) is not None) is known


def test_every_item_of_care_is_answered_by_some_part() -> None:
    """The thirteen items of CARE are all there, by parts that a case study has."""
    assert set(CARE_ITEMS.values()) == set(range(1, 14))
    assert all(part_hint(part, rules()) for part in CARE_ITEMS)
