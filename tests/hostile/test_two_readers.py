"""casebook's reader of zips, and one written from its specification alone, are of one mind."""

from typing import Final

import pytest

from casebook.bundle.archive import ArchiveRefused, parse_archive
from conformance.second_verifier.container import read_container
from conformance.second_verifier.refusal import Refused
from tests.hostile.hostile_zips import HOSTILE
from tests.hostile.mutations.campaign import MUTATIONS, mutant
from tests.hostile.mutations.sample import sample

SEED: Final = 7


def read_by_casebook(content: bytes) -> tuple[object, ...] | None:
    """Top folder, files and day; None when it is refused."""
    try:
        return tuple(parse_archive(content))
    except ArchiveRefused:
        return None


def read_by_the_other(content: bytes) -> tuple[object, ...] | None:
    try:
        read = read_container(content)
    except Refused:
        return None
    return read.top, read.files, read.day


@pytest.mark.parametrize("fault", HOSTILE)
def test_both_refuse_a_hostile_zip(fault: str) -> None:
    build, _ = HOSTILE[fault]
    content = build()
    assert read_by_casebook(content) is None
    assert read_by_the_other(content) is None


def test_both_read_the_same_of_a_mutant_or_refuse_it() -> None:
    """Twenty mutants of each kind; some are read, as only signatures tell them from the sound."""
    original = sample()
    refused = 0
    for number in range(20 * len(MUTATIONS)):
        kind, content = mutant(SEED, number, original)
        read = read_by_casebook(content)
        assert read == read_by_the_other(content), (number, kind)
        refused += read is None
    assert 200 < refused < 500
