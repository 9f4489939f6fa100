"""What checking asks of a bag's files: their names, sizes, bytes and checksums."""

import hashlib

import pytest

from casebook.bundle.bag.contents import CHECKSUMS, MemoryFiles, payload_names, tag_names

BAG = MemoryFiles({
    "bagit.txt": b"", "bag-info.txt": b"", "manifest-md5.txt": b"", "tagmanifest-md5.txt": b"",
    "tagmanifest-sha512.txt.sig": b"", "notes/tagmanifest-md5.txt": b"", "data/a": b"abc",
    "data/tagmanifest-md5.txt": b"", "database": b"",
})  # fmt: skip


def test_the_payload_is_what_stands_in_its_folder() -> None:
    assert payload_names(BAG) == {"data/a", "data/tagmanifest-md5.txt"}


def test_tag_manifests_answer_for_every_other_tag_file() -> None:
    """Only at the top is one a tag manifest, and its signature is none."""
    assert tag_names(BAG) == {
        "bagit.txt", "bag-info.txt", "manifest-md5.txt", "tagmanifest-sha512.txt.sig",
        "notes/tagmanifest-md5.txt", "database",
    }  # fmt: skip


@pytest.mark.parametrize(
    "written, digest",
    [
        # Of "abc", as printed in RFC 1321 (A.5), FIPS 180-2 (A.1, B.1) and FIPS 202's examples.
        ("md5", "900150983cd24fb0d6963f7d28e17f72"),
        ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("sha3256", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
    ],
)
def test_checksums_are_those_that_their_names_in_manifests_mean(written: str, digest: str) -> None:
    algorithm = CHECKSUMS[written]
    assert BAG.digests("data/a", [algorithm]) == {algorithm: digest}


def test_every_name_of_a_checksum_is_small_letters_and_digits_and_has_a_length() -> None:
    assert len(CHECKSUMS) >= 12
    for written, algorithm in CHECKSUMS.items():
        assert written.isalnum()
        assert written == written.lower()
        assert hashlib.new(algorithm).digest_size >= 16
    assert CHECKSUMS["blake2b512"] == CHECKSUMS["blake2b"] == "blake2b"
    assert CHECKSUMS["blake2s256"] == CHECKSUMS["blake2s"] == "blake2s"


def test_several_checksums_are_given_together() -> None:
    assert set(BAG.digests("data/a", ["md5", "sha512"])) == {"md5", "sha512"}
    assert BAG.size("data/a") == 3
    assert BAG.read("data/a") == b"abc"
