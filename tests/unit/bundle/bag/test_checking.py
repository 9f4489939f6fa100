"""A submission's bag is held to more than the standard asks, and no fault hides another."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.bag import BagProblem, check_bag, make_bag, payload_of

INFO = {"Bagging-Date": "2026-03-02", "External-Description": "Level 1\nof NKT"}
PAYLOAD = {"submission.json": b"{}", "cases/a.yaml": b"kind: case-study\n"}

Bag = dict[str, bytes]

# Any name a bag may hold: no empty, "." or ".." part, nothing that means a place elsewhere.
part = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="/\\\0"), min_size=1
).filter(lambda text: text not in (".", ".."))
name = st.lists(part, min_size=1, max_size=3).map("/".join)
payloads = st.dictionaries(name, st.binary(max_size=40), max_size=6)


def sealed(bag: Bag) -> Bag:
    """The bag with a fresh tag manifest, so that a change to a tag file is no fault by itself."""
    tags = {
        name: content
        for name, content in bag.items()
        if not name.startswith(("data/", "tagmanifest-"))
    }
    lines = [
        f"{hashlib.sha512(content).hexdigest()}  {name}\n" for name, content in sorted(tags.items())
    ]
    return {**bag, "tagmanifest-sha512.txt": "".join(lines).encode()}


def edited(name: str, old: bytes, new: bytes) -> Callable[[Bag], Bag]:
    def edit(bag: Bag) -> Bag:
        assert old in bag[name]
        return sealed({**bag, name: bag[name].replace(old, new, 1)})

    return edit


def with_file(name: str, content: bytes) -> Callable[[Bag], Bag]:
    return lambda bag: {**bag, name: content}


def without(name: str) -> Callable[[Bag], Bag]:
    return lambda bag: {key: content for key, content in bag.items() if key != name}


def listing(line: str) -> Callable[[Bag], Bag]:
    """The payload manifest with one more line, sealed."""
    return lambda bag: sealed(
        {**bag, "manifest-sha512.txt": bag["manifest-sha512.txt"] + line.encode()}
    )


@given(payloads)
def test_a_bag_written_and_read_again_is_equal_and_without_fault(payload: Bag) -> None:
    bag = make_bag(payload, INFO)
    assert check_bag(bag) == ()
    assert payload_of(bag) == payload


def test_a_percent_sign_that_encodes_nothing_is_read_as_itself() -> None:
    bag = make_bag({"100%41": b"x"}, INFO)
    plain = sealed({**bag, "manifest-sha512.txt": bag["manifest-sha512.txt"].replace(b"%25", b"%")})
    assert check_bag(plain) == ()


def test_upper_case_digests_crlf_and_tabs_are_as_good() -> None:
    bag = make_bag({"a.txt": b"abc"}, INFO)
    digest, name = bag["manifest-sha512.txt"].decode().split()
    bag["manifest-sha512.txt"] = f"{digest.upper()}\t{name}\r\n".encode()
    bag["bagit.txt"] = bag["bagit.txt"].replace(b"\n", b"\r\n")
    bag["bag-info.txt"] += b"Note: one\n  and its second line\n"
    assert check_bag(sealed(bag)) == ()


def test_a_bag_without_information_and_by_sha256_is_as_good() -> None:
    files = {"bagit.txt": make_bag({}, INFO)["bagit.txt"], "data/a": b"abc"}
    files["manifest-sha256.txt"] = f"{hashlib.sha256(b'abc').hexdigest()}  data/a\n".encode()
    assert check_bag(sealed(files)) == ()


def test_a_signature_may_stand_outside_the_tag_manifest_when_named() -> None:
    bag = {**make_bag(PAYLOAD, INFO), "signature.txt": b"signed"}
    assert [problem.what for problem in check_bag(bag)] == ["extra"]
    assert check_bag(bag, loose=frozenset(["signature.txt"])) == ()


DIGEST = "0" * 128
FAULTS: dict[str, tuple[Callable[[Bag], Bag], str, str]] = {
    "no declaration": (lambda bag: sealed(without("bagit.txt")(bag)), "missing", "bagit.txt"),
    "another version": (edited("bagit.txt", b"1.0", b"1.1"), "version", "bagit.txt"),
    "another encoding": (edited("bagit.txt", b"UTF-8", b"UTF-16"), "version", "bagit.txt"),
    "space before a colon": (edited("bagit.txt", b":", b" :"), "version", "bagit.txt"),
    "byte order mark": (
        edited("bagit.txt", b"BagIt", b"\xef\xbb\xbfBagIt"),
        "version",
        "bagit.txt",
    ),
    "information without a colon": (
        edited("bag-info.txt", b"Payload", b"Note\nPayload"),
        "malformed",
        "bag-info.txt",
    ),
    "information in Latin-1": (
        edited("bag-info.txt", b"Level", b"Niv\xe9"),
        "malformed",
        "bag-info.txt",
    ),
    # The payload has 2 + 17 bytes in two files.
    "too many bytes": (edited("bag-info.txt", b"19.2", b"20.2"), "oxum", "bag-info.txt"),
    "too many files": (edited("bag-info.txt", b"19.2", b"19.3"), "oxum", "bag-info.txt"),
    "totals in words": (edited("bag-info.txt", b"19.2", b"many"), "oxum", "bag-info.txt"),
    "endless totals": (edited("bag-info.txt", b"19.2", b"9" * 5000), "oxum", "bag-info.txt"),
    "totals twice": (
        edited("bag-info.txt", b"Payload-Oxum: 19.2", b"Payload-Oxum: 19.2\nPayload-Oxum: 19.2"),
        "oxum",
        "bag-info.txt",
    ),
    "same size, other bytes": (
        with_file("data/submission.json", b"[]"),
        "changed",
        "data/submission.json",
    ),
    "changed tag file": (
        with_file("bag-info.txt", b"Bagging-Date: 2020-01-01\n"),
        "changed",
        "bag-info.txt",
    ),
    "listed, not there": (listing(f"{DIGEST}  data/gone\n"), "missing", "data/gone"),
    "unlisted tag file": (with_file("notes.html", b""), "extra", "notes.html"),
    "line without a name": (listing(f"{DIGEST}\n"), "malformed", "manifest-sha512.txt"),
    "empty line": (listing("\n"), "malformed", "manifest-sha512.txt"),
    "name of an absolute path": (listing(f"{DIGEST}  /etc/passwd\n"), "unsafe", "/etc/passwd"),
    "name that climbs": (listing(f"{DIGEST}  data/../../x\n"), "unsafe", "data/../../x"),
    "name of a home": (listing(f"{DIGEST}  ~root/x\n"), "unsafe", "~root/x"),
    "name on a drive": (listing(f"{DIGEST}  C:x\n"), "unsafe", "C:x"),
    "tag file in the payload manifest": (listing(f"{DIGEST}  bagit.txt\n"), "unsafe", "bagit.txt"),
    "no payload manifest": (
        lambda bag: sealed(without("manifest-sha512.txt")(bag)),
        "missing",
        "manifest-sha512.txt",
    ),
    "no tag manifest": (
        without("tagmanifest-sha512.txt"),
        "missing",
        "tagmanifest-sha512.txt",
    ),
    "unknown checksum": (
        lambda bag: sealed(with_file("manifest-crc32.txt", b"")(bag)),
        "malformed",
        "manifest-crc32.txt",
    ),
    "second manifest that lists less": (
        lambda bag: sealed(
            with_file(
                "manifest-md5.txt",
                f"{hashlib.md5(b'{}').hexdigest()}  data/submission.json\n".encode(),
            )(bag)
        ),
        "extra",
        "data/cases/a.yaml",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_alone(fault: str) -> None:
    spoil, what, name = FAULTS[fault]
    problems = check_bag(spoil(make_bag(PAYLOAD, INFO)))
    assert [(problem.what, problem.name) for problem in problems] == [(what, name)]
    assert problems[0].detail


def test_a_name_listed_twice_is_a_fault_even_with_one_checksum() -> None:
    bag = make_bag(PAYLOAD, INFO)
    bag["manifest-sha512.txt"] += bag["manifest-sha512.txt"].splitlines(keepends=True)[0]
    assert [(problem.what, problem.name) for problem in check_bag(sealed(bag))] == [
        ("duplicate", "data/cases/a.yaml")
    ]


def test_weak_checksums_alone_vouch_for_nothing() -> None:
    bag = without("manifest-sha512.txt")(make_bag({"a": b"abc"}, INFO))
    bag["manifest-md5.txt"] = f"{hashlib.md5(b'abc').hexdigest()}  data/a\n".encode()
    assert [(problem.what, problem.name) for problem in check_bag(sealed(bag))] == [
        ("missing", "manifest-sha512.txt")
    ]


def test_an_unlisted_file_breaks_the_totals_too() -> None:
    problems = check_bag({**make_bag(PAYLOAD, INFO), "data/more": b""})
    assert [(problem.what, problem.name) for problem in problems] == [
        ("oxum", "bag-info.txt"),
        ("extra", "data/more"),
    ]


def test_no_fault_hides_another() -> None:
    bag = make_bag(PAYLOAD, INFO)
    spoiled = edited("bagit.txt", b"1.0", b"9.9")(listing("nonsense\n")(bag))
    spoiled["data/cases/a.yaml"] = b""
    spoiled["data/../x"] = b""
    del spoiled["data/submission.json"]
    assert {(problem.what, problem.name) for problem in check_bag(spoiled)} == {
        ("version", "bagit.txt"),
        ("oxum", "bag-info.txt"),
        ("malformed", "manifest-sha512.txt"),
        ("changed", "data/cases/a.yaml"),
        ("missing", "data/submission.json"),
        ("unsafe", "data/../x"),
        ("extra", "data/../x"),
    }


@given(st.dictionaries(st.sampled_from(sorted(make_bag(PAYLOAD, INFO))), st.binary(max_size=80)))
def test_any_bytes_in_any_file_are_answered_with_problems_only(files: Bag) -> None:
    problems = check_bag(files)
    assert problems
    assert all(isinstance(problem, BagProblem) for problem in problems)
