"""How values read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from casebook.language import speaking
from casebook.render.views import wording


@pytest.mark.parametrize(
    "value, unit, shown",
    [(7, "", "7"), (2.50, "mm", "2.5 mm"), (-3, "", "−3"), (38, "%", "38 %"), (-0.001, "", "0")],
)
def test_an_amount_has_no_idle_zeros_and_a_true_minus(value: float, unit: str, shown: str) -> None:
    assert wording.amount(value, unit) == shown


def test_a_structure_reads_with_its_side() -> None:
    assert wording.on_side("psoas", None) == "psoas"
    assert wording.on_side("psoas", "left") == "psoas, left"
    assert wording.on_side("psoas", "both") == "psoas, both sides"


def test_counts_agree_with_their_noun() -> None:
    assert wording.sessions(1) == "1 session"
    assert wording.sessions(2) == "2 sessions"
    assert (wording.days(0), wording.days(1)) == ("0 days", "1 day")
    assert (wording.years(1), wording.years(46)) == ("1 year", "46 years")
    assert (wording.cycles(1), wording.cycles(6)) == ("1 cycle", "6 cycles")


def test_what_fills_a_message_is_escaped_unless_it_is_markup() -> None:
    filled = wording.filled("{left} & {right}", left="<i>", right=Markup("<b>"))
    assert filled == "&lt;i&gt; &amp; <b>"


def test_words_in_another_language_than_the_page_say_so() -> None:
    assert wording.in_language("en", "Safety & more") == "Safety & more"
    with speaking("de"):
        assert wording.in_language("en", "A & b") == '<span lang="en">A &amp; b</span>'
        assert wording.in_language("de", "Sicherheit") == "Sicherheit"
        assert wording.in_language("en", "") == ""


@pytest.mark.parametrize(
    "seconds, shown", [(None, "–"), (0, "0:00"), (84, "1:24"), (1880, "31:20")]
)
def test_a_moment_reads_as_on_a_stopwatch(seconds: int | None, shown: str) -> None:
    assert wording.stopwatch(seconds) == shown


def test_a_span_that_was_not_recorded_is_a_dash() -> None:
    assert wording.lasting(None) == "–"
    assert wording.lasting(42) == "42 s"


def test_dates_within_a_sentence_are_written_out_and_other_digits_stay() -> None:
    assert wording.with_long_dates("From 2026-02-15 to 2026-06-30.") == (
        "From 15 February 2026 to 30 June 2026."
    )
    # There is no thirteenth month; the second stands inside a longer number.
    for words in ("order 2026-13-40", "form 12026-02-155", "a-2026-02-15"):
        assert wording.with_long_dates(words) == words


def test_a_short_text_stays_whole() -> None:
    assert wording.shortened("one two", 7) == "one two"


def test_a_long_text_is_cut_between_words() -> None:
    assert wording.shortened("one two three", 9) == "one two…"


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_cut_text_is_never_longer_than_asked(words: str, most: int) -> None:
    assert len(wording.shortened(words, most)) <= most
    assert len(wording.first_sentences(words, most)) <= most


def test_as_many_whole_sentences_are_kept_as_fit() -> None:
    assert wording.first_sentences("One. Two. Three.", 12) == "One. Two."
    assert wording.first_sentences("One. Two.", 12) == "One. Two."
    assert wording.first_sentences("one two three", 9) == "one two…"


def test_words_become_part_of_a_sentence_without_their_full_stop() -> None:
    assert wording.unstopped("It hurt. ") == "It hurt"
