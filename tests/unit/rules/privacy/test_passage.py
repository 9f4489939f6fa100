"""A stretch of a text is found in its file, however the text is folded, quoted and indented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.privacy.passage import Passages
from casebook.source.reader import read_text

FORMS = {
    "plain": "a: One two three four.\n",
    "double quotes": 'a: "One two three four."\n',
    "single quotes": "a: 'One two three four.'\n",
    "plain over lines": "a: One two\n  three four.\n",
    "folded": "a: >-\n  One two\n  three four.\n",
    "kept": "a: |  \n    One two\n    three four.\n",
    "quotes over lines": 'a: "One\n  two three\n  four."\n',
    "in a list": "{a: One two three four., b: two}\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_it_points_at_the_words_themselves(form: str) -> None:
    text = FORMS[form]
    reading = read_text("x.yaml", text.encode())
    assert reading.data is not None
    value = reading.data["a"]
    start = value.index("two")
    end = value.index("three") + len("three")
    span = Passages(reading.places, ("a",), value).place(start, end).span
    lines = text.split("\n")
    assert lines[span.line - 1][span.column - 1 :].startswith("two")
    assert lines[span.end_line - 1][: span.end_column - 1].endswith("three")


def test_the_second_of_two_equal_words_is_told_from_the_first() -> None:
    reading = read_text("x.yaml", b"a: May 5 and May 5\n")
    place = Passages(reading.places, ("a",), "May 5 and May 5").place(10, 15)
    assert (place.span.column, place.span.end_column) == (14, 19)


def test_a_text_with_escapes_is_pointed_at_as_a_whole() -> None:
    reading = read_text("x.yaml", b'a: "On\\n12 March"\n')
    assert reading.data == {"a": "On\n12 March"}
    place = Passages(reading.places, ("a",), "On\n12 March").place(3, 11)
    assert place == reading.places.of("a")


@given(st.text(alphabet="ab \n'\"#>|-:", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_no_text_makes_it_raise(text: str, one: int, other: int) -> None:
    reading = read_text("x.yaml", f"a: >-\n  {text}\n".encode())
    start, end = sorted((one, other))
    Passages(reading.places, ("a",), text).place(start, end)
