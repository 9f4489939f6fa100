"""What identifies is replaced by a mark, the rest of a text stays, and nothing is left to find."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.privacy.identifiers import all_identifiers
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.redaction import Redaction
from tests.unit.rules.privacy.test_identifiers import CLEAN

NAMES = ListedNames(("Jane Hartigan", "Rose Miller"), ("rose hip",))
PLAIN = Redaction(NAMES)


@pytest.mark.parametrize(
    "text, redacted",
    [
        ("Jane Hartigan's knee.", "[name] knee."),
        ("Mrs Hartigan said", "[name] said"),
        ("call 020 7946 0958 now", "call [telephone number] now"),
        ("fax 020 7946 0958", "fax [fax number]"),
        ("jane@example.com, www.example.org", "[e-mail address], [web address]"),
        ("a 92-year-old woman", "a [90 or older] woman"),
        ("on 12 March 2026.", "on [date in 2026]."),
        ("on 12 March.", "on [date]."),
        ("NHS number 943 476 5919", "NHS number [number]"),
        ("at 14 Elm Street", "at [address]"),
        ("rose hip oil rose by 2", "rose hip oil rose by 2"),
    ],
)
def test_a_mark_stands_where_it_stood(text: str, redacted: str) -> None:
    assert PLAIN.redact(text)[0] == redacted


def test_dates_become_days_when_the_first_day_is_known() -> None:
    """From 4 to 12 March are 8 days."""
    days = Redaction(NAMES, first_day=date(2026, 3, 4))
    assert days.redact("on 12 March 2026, in May 2026")[0] == "on [Day 8], in [date in 2026]"


def test_what_was_taken_out_is_told_by_place_and_rule_alone() -> None:
    _, removed = PLAIN.redact("then Jane called")
    assert [(each.start, each.end, each.rule) for each in removed] == [(5, 9, "HIPAA-A")]


@pytest.mark.parametrize("text", ["as [@hartigan2014] found", "[@a2020; @hartigan2014]"])
def test_a_citation_of_a_listed_work_stays_and_is_doubted(text: str) -> None:
    """With a mark for its key it would cite nothing; an author is no client."""
    cases = Redaction(NAMES, works={"hartigan2014", "a2020"})
    at = text.index("hartigan")
    assert cases.redact(text) == (text, ())
    assert cases.doubts(text) == ((at, at + 8),)


def test_a_citation_of_no_listed_work_goes_as_a_whole_where_a_name_is_in_it() -> None:
    assert PLAIN.redact("as [@hartigan2014] found")[0] == "as [name] found"
    assert PLAIN.redact("as [@a2020] found")[0] == "as [@a2020] found"
    assert PLAIN.doubts("as [@hartigan2014] found") == ()


@pytest.mark.parametrize("text", ["Jane(2) came", "Jane: came", "Jane[@a2020] came"])
def test_a_mark_never_becomes_a_link(text: str) -> None:
    """CommonMark takes [name](2) and [name]: for links."""
    assert PLAIN.redact(text)[0] == "\\[name]" + text.removeprefix("Jane")


@pytest.mark.parametrize("line", CLEAN.splitlines())
def test_clinical_prose_stays_as_it_is(line: str) -> None:
    assert PLAIN.redact(line) == (line, ())


@given(
    st.lists(
        st.sampled_from(
            ["Jane", "Hartigan", "Mrs", "12", "March", "2026", "/", ".", "020 7946 0958", " ", "("]
        ),
        max_size=30,
    )
)
def test_nothing_is_left_to_find(pieces: list[str]) -> None:
    redacted, _ = PLAIN.redact("".join(pieces))
    assert [redacted[each.start : each.end] for each in all_identifiers(redacted)] == []
    assert [each for each in NAMES.within(redacted) if each.sure] == []
