"""A listed name is reported at its line and column, and an author of a reference only noted."""

import pytest

from casebook.rules.privacy import leaks
from casebook.rules.privacy.leaks import counted_by_file, names_in_name, names_in_text
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.published import citations_in

NAMES = ListedNames(("Jane Hartigan",))


def test_a_name_is_reported_where_it_stands() -> None:
    text = "kind: case-study\n# seen with Hartigan\nintroduction: >-\n  Then jane\n  came.\n"
    found = [
        (each.code, each.place.span.line, each.place.span.column, each.place.span.end_column)
        for each in names_in_text("a.yaml", text, NAMES)
    ]
    # "# seen with " has 12 characters, "  Then " has 7.
    assert found == [("CB608", 2, 13, 21), ("CB608", 4, 8, 12)]


def test_a_name_over_the_end_of_a_line_is_one_name() -> None:
    (finding,) = names_in_text("a.txt", "by Jane\nHartigan.", NAMES)
    assert finding.message == "'Jane Hartigan' stands in your private list"


def test_the_author_of_a_published_work_is_only_noted() -> None:
    text = (
        "introduction: As [@hartigan2014] found.\nreferences:\n  - id: hartigan2014\n"
        "    text: Hartigan J. 2014.\n\n# more\nfigures: [{alt: Hartigan}]\n"
    )
    found = [(each.code, each.place.span.line) for each in names_in_text("a.yaml", text, NAMES)]
    assert found == [("CB610", 1), ("CB610", 3), ("CB610", 4), ("CB608", 7)]


def test_a_slip_is_noted_as_one() -> None:
    (finding,) = names_in_text("a.txt", "Hartigen came.", NAMES)
    assert (finding.code, finding.severity) == ("CB610", "note")
    assert "one letter away" in finding.message


def test_the_name_of_a_file_is_searched() -> None:
    (finding,) = names_in_name("attachments/hartigan.png", NAMES)
    assert (finding.code, finding.severity) == ("CB608", "error")
    assert list(names_in_name("attachments/posture.png", NAMES)) == []


def test_an_everyday_word_in_the_name_of_a_file_is_noted_at_the_most() -> None:
    """In "landmark" is Mark, and "grace" may be a word; neither stops a submission."""
    names = ListedNames(("Mark", "Grace", "Hartigan"), ("hartigan method",))
    (finding,) = names_in_name("attachments/grace-1.png", names)
    assert (finding.code, finding.severity) == ("CB610", "note")
    (inside,) = names_in_name("attachments/landmark.png", names)
    assert inside.severity == "note"
    assert list(names_in_name("attachments/hartigan-method.pdf", names)) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_however_lines_end_the_same_is_found_at_the_same_places(end: str) -> None:
    text = (
        "introduction: Then Jane came\x0b.\nreferences:\n  - id: a\n    text: Hartigan J. 2014.\n"
        "\n  - id: b\n    text: Hartigan K.\nnote: by Jane\n    Hartigan\n"
    ).replace("\n", end)
    found = [
        (each.code, each.place.span.line, each.place.span.column, each.place.span.end_line)
        for each in names_in_text("a.yaml", text, NAMES)
    ]
    # "introduction: Then " has 19 characters, "    text: " 10, "note: by " 9.
    assert found == [
        ("CB608", 1, 20, 1), ("CB610", 4, 11, 4), ("CB610", 7, 11, 7), ("CB608", 8, 10, 9),
    ]  # fmt: skip


def test_a_comment_among_the_references_names_no_author() -> None:
    text = "references:\n  - id: a\n  # Hartigan is Client A\n# so is Jane\n"
    assert [each.code for each in names_in_text("a.yaml", text, NAMES)] == ["CB608", "CB608"]


def test_what_is_only_like_a_name_is_counted_in_one_line_for_each_file() -> None:
    text = "Hartigen.\nHartigan.\n[@hartigan2014]\n"
    found = [*names_in_text("a.yaml", text, NAMES), *names_in_text("b.yaml", "Hartigen", NAMES)]
    counted = [*counted_by_file(found)]
    assert [(each.code, each.place.path, each.place.span.line) for each in counted] == [
        ("CB608", "a.yaml", 2), ("CB610", "a.yaml", 1), ("CB610", "b.yaml", 1),
    ]  # fmt: skip
    assert counted[1].message.endswith("or stand in references: lines 1, 3")
    assert "one letter away" in counted[2].message


class Offset(int):
    """A place in a text that counts how often it is compared with another."""

    compared = 0

    def __le__(self, other: int) -> bool:
        Offset.compared += 1
        return super().__le__(other)

    def __gt__(self, other: int) -> bool:
        Offset.compared += 1
        return super().__gt__(other)


def test_a_name_is_not_held_against_every_citation(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,024 citations are halved about ten times for each of 2,048 names."""

    def counted(text: str) -> tuple[tuple[int, int], ...]:
        return tuple((Offset(start), end) for start, end in citations_in(text))

    monkeypatch.setattr(leaks, "citations_in", counted)
    findings = list(names_in_text("a.txt", "[@hartigan2014] Hartigan " * 1_024, NAMES))
    assert [each.code for each in findings[:4]] == ["CB610", "CB608", "CB610", "CB608"]
    assert len(findings) == 2_048
    assert 0 < Offset.compared <= 2_048 * 12
