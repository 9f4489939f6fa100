"""An unknown name gets the nearest known one offered, or all of them."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules import spelling
from casebook.rules.spelling import as_value, did_you_mean, few_suggestions, may_suggest


@pytest.mark.parametrize(
    "written, hint",
    [
        ("safty", "did you mean `safety`?"),
        ("SAFETY", "did you mean `safety`?"),
        ("voice", "known: cycles, safety"),
    ],
)
def test_the_nearest_name_is_offered(written: str, hint: str) -> None:
    """Capital letters do not count; without a near one the names are listed in order."""
    assert did_you_mean(written, ["safety", "cycles"]) == hint


def test_of_nothing_known_nothing_is_offered() -> None:
    """Where there are no names at all, the remedy is to remove it."""
    assert did_you_mean("safety", []) == "there are none of this kind; remove it"


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=5))
def test_any_name_gets_an_answer(written: str, known: list[str]) -> None:
    """The offer never raises and is never empty."""
    assert did_you_mean(written, known)


def test_a_name_is_found_by_one_of_its_words_and_by_its_title() -> None:
    """People write the word they remember, or what the page calls it."""
    known = ["title-and-abstract", "limits"]
    assert did_you_mean("titel", known) == "did you mean `title-and-abstract`?"
    assert did_you_mean("Honest limitations", known, {"limits": "Honest limitations"}) == (
        "did you mean `limits`?"
    )
    assert did_you_mean("Good", ["good", "pass"]) == "did you mean `good`?"


@pytest.mark.parametrize(
    "text, written",
    [
        ("soleus", "soleus"),
        ("gastrocnemius, medial head", '"gastrocnemius, medial head"'),
        ("Heel: a case report", '"Heel: a case report"'),
        ('Heel "on the stairs": a', "'Heel \"on the stairs\": a'"),
        ('It\'s "odd"', "'It''s \"odd\"'"),
        ("", '""'),
    ],
)
def test_a_proposed_text_can_be_typed_as_it_is_shown(text: str, written: str) -> None:
    """In brackets too it is read as the same text again."""
    assert as_value(text) == written
    assert yaml.safe_load(f"[{written}]") == [text]


def test_the_nearest_name_is_looked_for_a_limited_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Inside, also of an inner block; a file can hold a hundred thousand unknown names."""
    monkeypatch.setattr(spelling, "SUGGESTIONS", 2)
    with few_suggestions():
        assert did_you_mean("safty", ["safety"]) == "did you mean `safety`?"
        with few_suggestions():
            assert may_suggest()
        assert did_you_mean("safty", ["safety"]) == spelling._AS_LISTED
        assert not may_suggest()
    assert did_you_mean("safty", ["safety"]) == "did you mean `safety`?"
