"""Comments are found beside keys and texts, and what only looks like one is none."""

from casebook.source.comments import comments_of
from casebook.source.reader import read_text

TEXT = """\
# head
a: one # behind a value
b: "two # inside quotes"   # outside
c: >-
  three # inside a text
  four
d:       # behind a key
  - {e: five}   # in a list
f: six#seven
"""


def test_every_comment_has_its_place() -> None:
    reading = read_text("x.yaml", TEXT.encode())
    assert reading.data is not None
    found = [(span.line, span.column, text) for span, text in comments_of(reading.places)]
    assert found == [
        (1, 2, " head"),
        (2, 9, " behind a value"),
        (3, 29, " outside"),
        (7, 11, " behind a key"),
        (8, 18, " in a list"),
    ]
