"""Manifests are read by their version and held against the files, each of which is read once."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace

import pytest

from casebook.bundle.bag.contents import MemoryFiles
from casebook.bundle.bag.manifests import Entry, Manifest, check_manifests, read_manifests
from casebook.bundle.bag.problem import BagFileRefused, BagProblem
from casebook.bundle.bag.rules import SUBMISSION, BagRules

FINAL, DRAFT = BagRules("1.0", "utf-8"), BagRules("0.97", "utf-8")
# Of "abc", as printed in RFC 1321, A.5.
ABC = "900150983cd24fb0d6963f7d28e17f72"
OTHER = "0" * 32

Files = dict[str, bytes]


def one(files: Files, rules: BagRules) -> Manifest:
    (manifest,), problems = read_manifests(MemoryFiles(files), rules)
    assert problems == ()
    return manifest


def meant(line: str, rules: BagRules, *there: str) -> tuple[str, list[tuple[str, str]]]:
    """The name that a line of a manifest means in a bag of some files, and what is warned of."""
    files = {**dict.fromkeys(there, b"abc"), "manifest-md5.txt": f"{ABC}  {line}\n".encode()}
    manifest = one(files, rules)
    (entry,) = manifest.entries
    assert all(each.warning for each in manifest.problems)
    return entry.name, [(each.what, each.name) for each in manifest.problems]


@pytest.mark.parametrize(
    "name, algorithm, of_tags",
    [
        ("manifest-md5.txt", "md5", False),
        ("tagmanifest-md5.txt", "md5", True),
        ("manifest-SHA-256.txt", "sha256", False),
        ("manifest-sha3-512.txt", "sha3_512", False),
        ("tagmanifest-blake2b512.txt", "blake2b", True),
    ],
)
def test_a_manifest_is_known_by_its_name(name: str, algorithm: str, of_tags: bool) -> None:
    manifest = one({name: b""}, FINAL)
    assert (manifest.name, manifest.algorithm, manifest.of_tags) == (name, algorithm, of_tags)


@pytest.mark.parametrize(
    "name", ["manifest.txt", "manifest-.txt", "data/manifest-md5.txt", "amanifest-md5.txt",
             "manifest-md5.txt.sig", "manifest-md5", "Manifest-md5.txt"]
)  # fmt: skip
def test_another_name_is_none_of_a_manifest(name: str) -> None:
    assert read_manifests(MemoryFiles({name: b""}), FINAL) == ((), ())


@pytest.mark.parametrize("rules, what", [(FINAL, "checksum"), (SUBMISSION, "malformed")])
def test_a_manifest_by_an_unknown_checksum_is_told_and_not_read(rules: BagRules, what: str) -> None:
    manifests, (problem,) = read_manifests(MemoryFiles({"manifest-crc32.txt": b""}), rules)
    assert manifests == ()
    assert (problem.what, problem.name) == (what, "manifest-crc32.txt")
    assert problem.detail == "'crc32' is no checksum casebook knows"


@pytest.mark.parametrize("written", ["SHA512", "sha-512", "sha3512", "sha384", "blake2b"])
def test_a_submission_writes_one_of_four_checksums_in_one_way(written: str) -> None:
    manifests, problems = read_manifests(MemoryFiles({f"manifest-{written}.txt": b""}), SUBMISSION)
    assert (manifests, len(problems)) == ((), 1)
    assert len(read_manifests(MemoryFiles({f"manifest-{written}.txt": b""}), FINAL)[0]) == 1


def test_a_manifest_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    refused = BagProblem("unreadable", "manifest-md5.txt", "the system refuses it")

    class Refusing(MemoryFiles):
        def read(self, name: str) -> bytes:
            if name == refused.name:
                raise BagFileRefused(refused)
            return super().read(name)

    files = Refusing({"manifest-md5.txt": b"", "manifest-sha1.txt": b""})
    manifests, problems = read_manifests(files, FINAL)
    assert [each.name for each in manifests] == ["manifest-sha1.txt"]
    assert problems == (refused,)


def test_a_line_is_a_checksum_blanks_and_a_name() -> None:
    content = f"{ABC.upper()} data/a\n{ABC}\t \tdata/b c\nno data\n\n{ABC}\n{ABC}data/d\n"
    manifest = one({"manifest-md5.txt": content.encode() + b"00  data/\xff\n"}, FINAL)
    assert manifest.entries == (Entry("data/a", ABC), Entry("data/b c", ABC))
    assert [(each.what, each.detail) for each in manifest.problems] == [
        ("malformed", f"line {number} is no checksum and name") for number in (3, 4, 5, 6, 7)
    ]
    assert not any(each.warning for each in manifest.problems)


@pytest.mark.parametrize(
    "line, rules, there, name, warnings",
    [
        # An asterisk, unless the file has one itself.
        ("*data/a", DRAFT, ["data/a"], "data/a", [("style", "data/a")]),
        ("*data/a", DRAFT, ["*data/a"], "*data/a", []),
        ("*data/a", SUBMISSION, ["data/a"], "*data/a", []),
        # A dot and a slash, as often as they stand there.
        ("./data/a", FINAL, ["data/a"], "data/a", [("style", "data/a")]),
        ("././/data/a", FINAL, ["data/a"], "data/a", [("style", "data/a")]),
        ("*./data/a", FINAL, ["data/a"], "data/a", [("style", "./data/a"), ("style", "data/a")]),
        ("./data/a", SUBMISSION, ["data/a"], "./data/a", []),
        # Percent signs: 1.0 encodes them, the drafts know line ends alone.
        ("data/50%25", FINAL, ["data/50%"], "data/50%", []),
        ("data/50%25", SUBMISSION, ["data/50%"], "data/50%", []),
        ("data/50%25", DRAFT, ["data/50%25"], "data/50%25", []),
        ("data/50%", FINAL, ["data/50%"], "data/50%", [("style", "data/50%")]),
        ("data/a%0Ab", DRAFT, ["data/a\nb"], "data/a\nb", []),
        ("data/a%0Ab", DRAFT, ["data/a%0Ab"], "data/a%0Ab", []),
        ("data/50%25", FINAL, ["data/50%25"], "data/50%25", []),
        ("data/50%25", FINAL, ["data/50%", "data/50%25"], "data/50%", []),
        ("data/50%25", SUBMISSION, ["data/50%25"], "data/50%", []),
        ("data/50%25", DRAFT, ["data/50%", "data/50%25"], "data/50%25", []),
        ("data/%7Ex", DRAFT, ["data/%7Ex"], "data/%7Ex", []),
        # Other codes for the same letters.
        ("data/n\u0303", FINAL, ["data/\xf1"], "data/\xf1", [("clash", "data/\xf1")]),
        ("data/n\u0303", FINAL, ["data/\xf1", "data/n\u0303"], "data/n\u0303", []),
        ("data/n\u0303", SUBMISSION, ["data/\xf1"], "data/n\u0303", []),
        ("data/gone", FINAL, ["data/a"], "data/gone", []),
    ],
)
def test_a_line_means_a_file_by_the_rules_of_its_version(
    line: str, rules: BagRules, there: list[str], name: str, warnings: list[tuple[str, str]]
) -> None:
    assert meant(line, rules, *there) == (name, warnings)


def test_a_byte_order_mark_is_a_warning_and_in_a_submission_a_fault() -> None:
    files = {"manifest-md5.txt": f"\ufeff{ABC}  data/a\n".encode()}
    tolerant = one(files, FINAL)
    assert tolerant.entries == (Entry("data/a", ABC),)
    assert [(each.what, each.name) for each in tolerant.problems] == [("style", "manifest-md5.txt")]
    strict = one(files, SUBMISSION)
    assert strict.entries == ()
    assert [each.what for each in strict.problems] == ["malformed"]


def listing(algorithm: str, *names: str, of_tags: bool = False, digest: str = ABC) -> Manifest:
    name = f"{'tag' * of_tags}manifest-{algorithm}.txt"
    return Manifest(name, algorithm, of_tags, tuple(Entry(each, digest) for each in names))


def checked(
    files: Files, rules: BagRules, *manifests: Manifest, loose: Collection[str] = ()
) -> list[tuple[str, str]]:
    problems = check_manifests(MemoryFiles(files), rules, manifests, loose=loose)
    return [(each.what, each.name) for each in problems]


def test_each_file_is_read_once_for_all_of_its_checksums() -> None:
    """And none that a manifest lists from elsewhere, or that no manifest lists."""
    asked: list[tuple[str, frozenset[str]]] = []

    class Watched(MemoryFiles):
        def digests(self, name: str, algorithms: Collection[str]) -> Mapping[str, str]:
            asked.append((name, frozenset(algorithms)))
            return super().digests(name, algorithms)

    files = Watched(dict.fromkeys(["bagit.txt", "data/a", "data/b", "data/c", "/d"], b"abc"))
    manifests = [listing("md5", "data/a", "data/b", "bagit.txt", "/d"), listing("sha1", "data/a")]
    list(check_manifests(files, FINAL, manifests))
    assert asked == [("data/a", frozenset({"md5", "sha1"})), ("data/b", frozenset({"md5"}))]


def test_what_came_to_light_when_a_manifest_was_read_is_told_with_the_rest() -> None:
    problem = BagProblem("malformed", "manifest-md5.txt", "line 2 is no checksum and name")
    manifest = replace(listing("md5", "data/a"), problems=(problem,))
    assert list(check_manifests(MemoryFiles({"data/a": b"abc"}), FINAL, [manifest])) == [problem]


def test_what_a_manifest_lists_is_there_with_its_bytes() -> None:
    files = {"data/a": b"abc"}
    assert checked(files, FINAL, listing("md5", "data/a")) == []
    assert checked(files, FINAL, listing("md5", "data/a", digest=OTHER)) == [("changed", "data/a")]
    assert checked(files, FINAL, listing("md5", "data/a", digest=ABC[:-1])) == [
        ("changed", "data/a")
    ]
    assert checked(files, FINAL, listing("md5", "data/a", "data/b")) == [("missing", "data/b")]


@pytest.mark.parametrize("name", ["bagit.txt", "../data/a", "/data/a", "data/../a"])
def test_a_payload_manifest_lists_the_payload_alone(name: str) -> None:
    files = {name: b"abc", "bagit.txt": b"abc"}
    assert ("unsafe", name) in checked(files, FINAL, listing("md5", name))


def test_a_tag_manifest_lists_tag_files_alone() -> None:
    files = {"data/a": b"abc"}
    of_tags = listing("md5", "data/a", of_tags=True)
    assert checked(files, FINAL, listing("md5", "data/a"), of_tags)[0] == ("unsafe", "data/a")


def test_a_file_that_cannot_be_read_is_told_so_and_not_as_changed() -> None:
    refused = BagProblem("unreadable", "data/a", "the system refuses it")

    class Refusing(MemoryFiles):
        def digests(self, name: str, algorithms: Collection[str]) -> Mapping[str, str]:
            raise BagFileRefused(refused)

    manifests = [listing("md5", "data/a", digest=OTHER)]
    assert list(check_manifests(Refusing({"data/a": b""}), FINAL, manifests)) == [refused]


@pytest.mark.parametrize(
    "rules, digests, warning",
    [
        (DRAFT, [ABC, ABC], True),
        (DRAFT, [ABC, OTHER], False),
        (FINAL, [ABC, ABC], False),
        (SUBMISSION, [ABC, ABC], False),
    ],
)
def test_a_name_twice_is_harmless_before_the_last_version_with_one_checksum(
    rules: BagRules, digests: list[str], warning: bool
) -> None:
    entries = tuple(Entry("data/a", each) for each in digests)
    manifest = Manifest("manifest-md5.txt", "md5", False, entries)
    problems = check_manifests(MemoryFiles({"data/a": b"abc"}), rules, [manifest])
    (twice,) = [each for each in problems if each.what == "duplicate"]
    assert (twice.name, twice.warning) == ("data/a", warning)
    assert twice.detail == "manifest-md5.txt lists it 2 times"


def test_in_the_last_version_every_manifest_lists_every_file_and_before_it_one() -> None:
    files = {"data/a": b"abc", "data/b": b"abc"}
    manifests = (listing("md5", "data/a", "data/b"), listing("sha1", "data/a", digest="0"))
    assert ("extra", "data/b") in checked(files, FINAL, *manifests)
    assert ("extra", "data/b") not in checked(files, DRAFT, *manifests)
    assert checked({**files, "data/c": b""}, DRAFT, manifests[0]) == [("extra", "data/c")]


def test_tag_manifests_vouch_for_no_payload() -> None:
    files = {"data/a": b"abc", "bagit.txt": b"abc"}
    of_tags = listing("md5", "bagit.txt", of_tags=True)
    missing = ("missing", "manifest-sha512.txt")
    assert checked(files, FINAL, of_tags) == [missing]
    assert checked(files, DRAFT, of_tags) == [("extra", "data/a"), missing]


def test_tag_manifests_list_manifests_and_those_of_a_submission_every_tag_file() -> None:
    """But for files that may stand outside, and themselves."""
    tags = dict.fromkeys(["bagit.txt", "manifest-md5.txt", "tagmanifest-md5.txt"], b"abc")
    files = {**tags, "data/a": b"abc"}
    of_payload, of_tags = listing("md5", "data/a"), listing("md5", "bagit.txt", of_tags=True)
    assert checked(files, FINAL, of_payload, of_tags) == [("extra", "manifest-md5.txt")]
    assert checked(files, DRAFT, of_payload, of_tags) == []
    whole = listing("md5", "manifest-md5.txt", of_tags=True)
    assert checked(files, FINAL, of_payload, whole) == []
    weak = [("missing", "manifest-sha512.txt"), ("missing", "tagmanifest-sha512.txt")]
    assert checked(files, SUBMISSION, of_payload, whole) == [("extra", "bagit.txt"), *weak]
    assert checked(files, SUBMISSION, of_payload, whole, loose=["bagit.txt"]) == weak


@pytest.mark.parametrize("algorithm, strong", [("sha256", True), ("sha512", True),
                                               ("sha1", False), ("md5", False)])  # fmt: skip
def test_a_submission_is_vouched_for_by_strong_checksums(algorithm: str, strong: bool) -> None:
    digest = hashlib.new(algorithm, b"abc").hexdigest()
    files = {"data/a": b"abc", "bagit.txt": b"abc"}
    both = (
        listing(algorithm, "data/a", digest=digest),
        listing(algorithm, "bagit.txt", of_tags=True, digest=digest),
    )
    missing = [("missing", "manifest-sha512.txt"), ("missing", "tagmanifest-sha512.txt")]
    assert checked(files, SUBMISSION, *both) == ([] if strong else missing)
    assert checked(files, FINAL, both[0]) == []
    if strong:
        assert checked(files, SUBMISSION, both[0]) == missing[1:]
