"""A value's place is found by its way, and the nearest place stands in for one that is missing."""

from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics.place import FILE_START, Loc, Place, Places, Span

# kind: case-study          line 1
# client: {age: 46}         line 2
# notes: |                  lines 3 to 5
#   one
#   two
# later:                    line 6
PLACES = Places(
    "case.yaml",
    values={
        ("kind",): Span(1, 7, 1, 17),
        ("client", "age"): Span(2, 15, 2, 17),
        ("client",): Span(2, 9, 2, 18),
        ("notes",): Span(3, 8, 5, 6),
        ("later",): Span(6, 7, 6, 7),
        (): Span(1, 1, 7, 1),
    },
    keys={
        ("kind",): Span(1, 1, 1, 5),
        ("client",): Span(2, 1, 2, 7),
        ("client", "age"): Span(2, 10, 2, 13),
        ("notes",): Span(3, 1, 3, 6),
        ("later",): Span(6, 1, 6, 6),
    },
    blanks=frozenset({("later",)}),
)


def test_a_value_on_one_line_is_pointed_at_itself() -> None:
    """The place of a short value is its own text, and its key's place is its key."""
    assert PLACES.of("client", "age") == Place("case.yaml", Span(2, 15, 2, 17))
    assert PLACES.of_key("client", "age") == Place("case.yaml", Span(2, 10, 2, 13))


def test_a_value_of_many_lines_is_pointed_at_by_its_key() -> None:
    """A text over several lines is too long for a caret, so its key stands for it."""
    assert PLACES.of("notes") == Place("case.yaml", Span(3, 1, 3, 6))


def test_a_missing_value_is_pointed_at_by_what_lies_around_it() -> None:
    """Of what is not written, the nearest part around it is the place, or else the first key."""
    assert PLACES.of("client", "gender") == PLACES.of("client")
    assert PLACES.of_key("client", "gender") == PLACES.of("client")
    assert PLACES.of("nothing", "below") == PLACES.of_key("kind")
    assert PLACES.of() == PLACES.of_key("kind")


def test_without_any_key_the_start_of_the_file_is_the_place() -> None:
    """An empty table of places still gives a place: line 1, column 1."""
    assert Places("a.yaml").of("kind") == Place("a.yaml", FILE_START)


LINES = Places(
    "case.yaml",
    values={("a",): Span(1, 4, 1, 12), ("b",): Span(2, 4, 4, 6)},
    keys={("a",): Span(1, 1, 1, 2), ("b",): Span(2, 1, 2, 2)},
    # Columns:  1234567890
    lines=["a: one two", "b: |", "  four", "  two", "c: w"],
)


def test_a_character_is_found_inside_its_value() -> None:
    """In a text over several lines too, and never before the value or behind it."""
    assert LINES.of_character("w", "a") == Place("case.yaml", Span(1, 9, 1, 10))
    assert LINES.of_character("w", "b") == Place("case.yaml", Span(4, 4, 4, 5))
    assert LINES.of_character("a", "a") == LINES.of("a")


def test_a_character_that_is_not_written_as_such_is_placed_with_its_value() -> None:
    assert LINES.of_character("é", "b") == LINES.of("b")
    assert LINES.of_character("x", "missing") == LINES.of("missing")


def test_a_blank_is_not_held() -> None:
    """A key left empty counts as not written, and so does a way that does not exist."""
    assert PLACES.holds("client")
    assert not PLACES.holds("later")
    assert not PLACES.holds("client", "gender")


WAYS = st.lists(st.one_of(st.integers(0, 3), st.sampled_from(["client", "age", "notes", "x"])))


@given(WAYS.map(tuple))
def test_any_way_has_a_place(way: Loc) -> None:
    """Asking for a place never raises, whatever the way."""
    assert PLACES.of(*way).path == "case.yaml"
    assert PLACES.of_key(*way).span.line >= 1
