"""Lists of inputs, as people, find and sha256sum write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.batch.input_list import Input, inputs_in, told_again, without_duplicates
from casebook.errors import UsageError

A, B = "a" * 64, "B" * 64


def test_each_line_is_an_input() -> None:
    """Empty lines are passed over, and spaces belong to names."""
    found = inputs_in(b"one.zip\n\r\n two words.zip\r\ns3://office/a.zip", "list")
    assert [each.written for each in found] == ["one.zip", " two words.zip", "s3://office/a.zip"]
    assert {each.digest for each in found} == {None}


def test_lines_of_sha256sum_say_what_each_input_should_hold() -> None:
    """Binary or text, with its escapes for strange names."""
    found = inputs_in(f"{A}  a.zip\n{B} *b.zip\n\\{A}  a\\nb\\\\c.zip\n".encode(), "list")
    assert found == (
        Input("a.zip", A), Input("b.zip", B.lower()), Input("a\nb\\c.zip", A),
    )  # fmt: skip


@pytest.mark.parametrize(
    "content,line",
    [(b"a\n\xff\xfe\n", 2), (b"a\n\nb\0c\n", 3), (b"https://elsewhere/a.zip\n", 1)],
)
def test_a_bad_line_is_named(content: bytes, line: int) -> None:
    with pytest.raises(UsageError, match=f"^list:{line}: ") as caught:
        inputs_in(content, "list")
    assert caught.value.hint


def test_a_hundred_thousand_lines_are_read() -> None:
    content = "".join(f"submissions/{number}.zip\n" for number in range(100_000)).encode()
    found = inputs_in(content, "list")
    assert (len(found), found[-1].written) == (100_000, "submissions/99999.zip")


@given(st.lists(st.text(st.characters(exclude_characters="\0\n\r:\\", codec="utf-8"), min_size=1)))
def test_what_is_written_is_read_again(names: list[str]) -> None:
    meant = [each for each in names if each.strip()]
    found = inputs_in("\n".join(f"{A}  {each}" for each in meant).encode(), "list")
    assert found == tuple(Input(each, A) for each in meant)


def test_an_input_that_is_named_twice_is_taken_once() -> None:
    """Where one of the lines has a digest, that counts."""
    found, again = without_duplicates([Input("a"), Input("b"), Input("a", A), Input("a")])
    assert found == (Input("a", A), Input("b"))
    assert again == ("a",)


def test_one_input_cannot_have_two_digests() -> None:
    with pytest.raises(UsageError, match="two digests"):
        without_duplicates([Input("a", A), Input("a", B)])


def test_what_is_named_twice_is_told() -> None:
    assert told_again(("a",)) == "1 input is named more than once, and worked on once: a"
    many = told_again(tuple("abcde"))
    assert many == "5 inputs are named more than once, and worked on once: a, b, c and 2 more"
