"""Equal values are equal bytes, whoever wrote them and however."""

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.domain.canonical import brief, canonical_json, digest_of, values_of
from casebook.domain.marking.marks import Mark
from casebook.domain.portfolio import Course

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_keys_are_in_order_without_spaces_and_letters_stay_letters() -> None:
    assert canonical_json({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()


@settings(max_examples=30)
@given(st.dictionaries(st.text(), VALUES))
def test_the_order_of_keys_makes_no_difference(values: dict[str, object]) -> None:
    assert canonical_json(dict(reversed(values.items()))) == canonical_json(values)


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"a": float("nan")})


def test_a_value_that_is_as_by_default_is_left_out() -> None:
    """A key that a later version adds must not change the digest of older files."""
    assert values_of(Mark(criterion="limits", level=2, reuse=[])) == {
        "criterion": "limits", "level": 2,
    }  # fmt: skip


def test_dates_and_lists_are_written_as_json_has_them() -> None:
    finished = Course(finished=date(2026, 1, 10), hours=15, instructor="Ana Lima")
    assert values_of(finished)["finished"] == "2026-01-10"
    assert values_of(Mark(criterion="limits", reuse=["a"]))["reuse"] == ["a"]


def test_a_digest_is_sha_256_over_the_canonical_values() -> None:
    mark = Mark(criterion="limits", level=2)
    expected = hashlib.sha256(b'{"criterion":"limits","level":2}').hexdigest()
    assert digest_of(mark) == expected
    assert brief(expected) == expected[:12]


def test_every_word_makes_a_difference() -> None:
    one, other = (Mark(criterion="limits", note=note) for note in ("Seen.", "Seen"))
    assert digest_of(one) != digest_of(other)
