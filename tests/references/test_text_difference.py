"""What is told of a text that is no longer as its reference."""

import pytest

from tests.references.conftest import compare
from tests.references.text_difference import RENEWING, first_difference

TEXT = "== Bookmarks\n1 One, page 1\n1 Two, page 2\n\n== Text of page 1\n" + "\n".join(
    f"line {number}" for number in range(1, 31)
)


def test_the_first_difference_is_shown_and_the_others_are_counted() -> None:
    """Line 5 of the page's text is line 5 + 5 of the whole; lines 20 and 25 are too far off."""
    changed = TEXT.replace("line 5\n", "line five\n").replace("line 20\n", "")
    changed = changed.replace("line 25\n", "")
    assert first_difference(TEXT, changed).splitlines() == [
        "first at line 10, in 'Text of page 1'",
        *(
            " line 2",
            " line 3",
            " line 4",
            "-line 5",
            "+line five",
            " line 6",
            " line 7",
            " line 8",
        ),
        "and 2 more lines further on",
    ]


@pytest.mark.parametrize("found", [f"{TEXT}\n", f"{TEXT}\nmore", TEXT[:-8], "", f"\n{TEXT}"])
def test_what_was_added_or_lost_at_an_end_is_shown(found: str) -> None:
    told = first_difference(TEXT, found).splitlines()
    assert any(each[:1] in {"+", "-"} for each in told[1:])


@pytest.mark.parametrize(
    "name, said",
    [
        ("nkt-level-1/packet.txt", "packet.txt has changed, first at line 2, in 'Properties'"),
        ("no-such.txt", "there is no reference no-such.txt"),
    ],
)
def test_a_failure_says_what_changed_and_how_to_renew(name: str, said: str) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        compare(name, "== Properties\nTitle: another\n")
    assert said in str(failed.value)
    assert str(failed.value).endswith(RENEWING)
