"""What the YAML parser complains of, said to someone who never heard of YAML."""

from typing import Final

# A part of the complaint, what it means, what helps, and whether the place to show is where the
# broken thing began.
_COMPLAINTS: Final = (
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        'put the whole text in quotes: title: "Low back: a case report"',
        False,
    ),
    (
        "could not find expected ':'",
        "a line is neither `key: value` nor part of a text",
        "write `key: value`, or indent the line under the text it belongs to",
        True,
    ),
    (
        "unexpected end of stream",
        "a quotation mark is opened here and never closed",
        "close it with the same mark",
        True,
    ),
    (
        "did not find expected ',' or",
        "a list or a brace is opened here and not closed",
        "close it with ] or }, with commas between the items",
        True,
    ),
    (
        "did not find expected key",
        "the indent or the quotes do not fit the lines above",
        "line the key up with its neighbours; double a quotation mark inside quotes ('')",
        False,
    ),
    (
        "did not find expected '-'",
        "the indent does not fit the list above",
        "begin each item with `- ` in one column",
        False,
    ),
    (
        "cannot start any token",
        "a text cannot begin with this character",
        "put the text in quotes",
        False,
    ),
    (
        "unknown escape character",
        "a backslash means something special in double quotes",
        "use single quotes instead",
        False,
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        "begin the list on a line of its own, or put the text in quotes",
        False,
    ),
)


def in_plain_words(problem: str) -> tuple[str, str, bool]:
    """Return what is wrong, what helps, and whether to point where the broken thing began."""
    for complaint, message, hint, at_start in _COMPLAINTS:
        if complaint in problem:
            return message, hint, at_start
    return f"YAML cannot read this: {problem}", "compare with `casebook new --sample`", False
