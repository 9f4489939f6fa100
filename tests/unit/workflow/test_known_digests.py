"""A digest that somebody wrote down is found again by its beginning."""

import pytest

from casebook.errors import UsageError
from casebook.workflow.known_digests import known_digests, not_among

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize("written", [DIGEST, DIGEST[:12], f" {DIGEST[:20].upper()} "])
def test_a_whole_digest_and_its_beginning_are_found(written: str) -> None:
    assert not_among(known_digests([written]), {DIGEST}) == ()


def test_what_no_digest_begins_with_is_told() -> None:
    (known, other) = known_digests([DIGEST[:12], "f" * 12])
    assert not_among([known, other], {DIGEST}) == (other,)


@pytest.mark.parametrize("written", ["", "0123456789a", DIGEST + "0", "not a digest"])
def test_what_is_no_digest_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no digest"):
        known_digests([written])
