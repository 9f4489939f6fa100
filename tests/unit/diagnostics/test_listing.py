"""Of too many findings of one kind the first are listed, and the rest is counted."""

from collections.abc import Iterator

import pytest

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.listing import listed
from casebook.diagnostics.place import Place, Span


def crowd(count: int, path: str = "a.yaml") -> Iterator[Finding]:
    for line in range(1, count + 1):
        yield codes.IDENTIFIER.at(Place(path, Span(line, 1, line, 2)), f"fact {line}", "mend it")


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_few_stay_as_they_are(count: int) -> None:
    """One above the limit is shown too: to say "one more" takes as much room."""
    assert list(listed(crowd(count), 3)) == list(crowd(count))


def test_the_rest_is_one_finding_where_the_first_of_it_stands() -> None:
    """10 - 3 = 7, the first of them on line 4."""
    *shown, rest = listed(crowd(10), 3)
    assert shown == list(crowd(3))
    assert (rest.code, rest.severity, rest.place.span.line) == ("CB606", "warning", 4)
    assert rest.message == "7 more of this kind in this file are not listed; the first: fact 4"
    assert rest.hint == "mend it"


def test_each_code_and_each_file_has_its_own_count() -> None:
    """A crowd of one kind leaves others as they are."""
    other = codes.NO_CONSENT.at(Place("a.yaml"), "none")
    findings = list(listed([*crowd(9), other, *crowd(2, "b.yaml")], 3))
    assert other in findings
    assert [each.place.path for each in findings].count("b.yaml") == 2
    assert [each.code for each in findings if each.place.path == "a.yaml"].count("CB606") == 4
