import pytest

from casebook.bundle.signing.patterns import matches


@pytest.mark.parametrize(
    "text,patterns,expected",
    [
        ("ana", "ana", True),
        ("ana", "ann", False),
        ("ana", "ana-ruiz", False),
        ("ana-ruiz", "ana", False),
        ("ana", "*", True),
        ("ana", "a*", True),
        ("ana", "*a*a*", True),
        ("ana", "*n", False),
        ("ana", "a?a", True),
        ("ana", "a??a", False),
        ("ana", "bo,ana", True),
        ("ana", "ana,!ana", False),
        ("ana", "!ana,*", False),
        ("bo", "!ana,*", True),
        ("bo", "!ana", False),
        ("ana", "", False),
        ("ana", ",ana", True),
        ("Ana", "ana", False),
        ("a*", "a\\*", False),
        ("a[b]", "a[b]", True),
    ],
)
def test_a_list_takes_a_name_that_fits_and_that_nothing_excludes(
    text: str, patterns: str, expected: bool
) -> None:
    """As ssh_config(5) has it; no other sign than ``*`` and ``?`` stands for others."""
    assert matches(text, patterns) is expected


def test_many_asterisks_are_no_work() -> None:
    """A regular expression would try this for years, and the test would not end."""
    assert not matches("a" * 500, "*a" * 200 + "b")
