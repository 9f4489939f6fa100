"""A listed name is reported at its line and column, and an author of a reference only noted."""

from casebook.rules.privacy.leaks import names_in_name, names_in_text
from casebook.rules.privacy.listed_names import ListedNames

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
    assert finding.code == "CB612"
    assert list(names_in_name("attachments/posture.png", NAMES)) == []
