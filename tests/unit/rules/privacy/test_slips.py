"""A word is compared with the few names that may be one slip away, and with no others."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.privacy import slips
from casebook.rules.privacy.name_spellings import one_slip_apart
from casebook.rules.privacy.slips import Slips

WORDS = st.text("abc", min_size=1, max_size=6)


@given(st.lists(WORDS, max_size=6), WORDS)
def test_it_finds_what_comparing_with_each_name_finds(names: list[str], word: str) -> None:
    """A letter more, less, changed, or exchanged with its neighbour."""
    assert Slips(names).is_near(word) == any(one_slip_apart(word, name) for name in names)


def test_names_that_have_nothing_in_common_with_a_word_are_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 625 names of four letters, a word four letters away from each of them meets none."""
    tried: list[str] = []

    def counted(word: str, name: str) -> bool:
        tried.append(name)
        return one_slip_apart(word, name)

    monkeypatch.setattr(slips, "one_slip_apart", counted)
    names = Slips("".join(letters) for letters in product("abcde", repeat=4))
    assert not names.is_near("wxyz")
    assert tried == []
    assert names.is_near("abcdx")
    assert 0 < len(tried) <= 20


def test_without_names_nothing_is_near() -> None:
    assert not Slips(())
    assert not Slips(()).is_near("Miller")
