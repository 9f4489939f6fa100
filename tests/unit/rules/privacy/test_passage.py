"""A stretch of a text is found in its file, however the text is folded, quoted and indented."""

from collections.abc import Iterator
from typing import Any

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


class Counted(list[Any]):
    """A list that counts how often something of it is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - as a list's
        self.looks += 1
        return super().__getitem__(at)

    def __iter__(self) -> Iterator[Any]:
        self.looks += len(self)
        return super().__iter__()


def test_a_place_is_found_without_looking_at_every_word() -> None:
    """Of 4,096 words, 12 halvings for each end and the two ends themselves."""
    text = " ".join(["x.de"] * 4_096)
    reading = read_text("x.yaml", f"a: {text}\n".encode())
    passages = Passages(reading.places, ("a",), text)
    words = Counted(passages._ends)
    passages._ends = words
    # The 3,001st word begins behind 3,000 words and blanks of five characters, and "a: ".
    place = passages.place(15_000, 15_004)
    assert (place.span.column, place.span.end_column) == (15_004, 15_008)
    assert 0 < words.looks <= 2 * 13 + 2
