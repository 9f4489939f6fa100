"""``fetch.txt`` is read as text and never followed; what it lists is told."""

import hashlib

import pytest

from casebook.bundle.bag.contents import MemoryFiles
from casebook.bundle.bag.fetch import check_fetch
from casebook.bundle.bag.manifests import Entry, Manifest
from casebook.bundle.bag.problem import BagProblem
from casebook.bundle.bag.rules import BagRules

FINAL, DRAFT = BagRules("1.0", "utf-8"), BagRules("0.97", "utf-8")


def manifest(*names: str, algorithm: str = "md5", of_tags: bool = False) -> Manifest:
    digest = hashlib.md5(b"abc").hexdigest()
    return Manifest(
        f"manifest-{algorithm}.txt",
        algorithm,
        of_tags,
        tuple(Entry(name, digest) for name in names),
    )


LISTED = (manifest("data/a", "data/x"),)


def found(
    content: str | bytes, rules: BagRules = FINAL, manifests: tuple[Manifest, ...] = LISTED
) -> list[BagProblem]:
    """Problems of a list in a bag that has ``data/a``, of three bytes, and lacks ``data/x``."""
    coded = content if isinstance(content, bytes) else content.encode()
    return list(check_fetch(MemoryFiles({"fetch.txt": coded, "data/a": b"abc"}), rules, manifests))


def told(problems: list[BagProblem]) -> list[tuple[str, str, bool]]:
    return [(each.what, each.name, each.warning) for each in problems]


def test_a_bag_without_the_list_has_no_problem_with_it() -> None:
    assert list(check_fetch(MemoryFiles({"data/a": b""}), FINAL, ())) == []


@pytest.mark.parametrize("length", ["3", "003", "-"])
@pytest.mark.parametrize("blanks", [" ", "\t", "  \t "])
def test_a_file_that_was_fetched_is_no_problem(length: str, blanks: str) -> None:
    assert found(f"https://example.org/a{blanks}{length}{blanks}data/a\n") == []


def test_a_file_still_to_be_fetched_is_missing_and_its_address_is_said() -> None:
    (problem,) = found("https://example.org/x 3 data/x\n")
    assert told([problem]) == [("missing", "data/x", False)]
    assert problem.detail == "it is still to be fetched from https://example.org/x"


def test_of_a_long_address_the_beginning_is_said() -> None:
    """Eighty signs, of which its own first part has twenty."""
    (problem,) = found(f"https://example.org/{'x' * 500} 3 data/x\n")
    shown = f"https://example.org/{'x' * 60}"
    assert problem.detail == f"it is still to be fetched from {shown}"


@pytest.mark.parametrize(
    "line",
    [
        "", "https://example.org/a", "https://example.org/a 3", "https://example.org/a data/a",
        "https://example.org/a three data/a", "https://example.org/a -3 data/a",
        "https://example.org/a 3.0 data/a", f"https://example.org/a {'9' * 19} data/a",
        " https://example.org/a 3 data/a",
    ],
)  # fmt: skip
def test_a_line_of_another_form_is_told_by_its_number(line: str) -> None:
    (problem,) = found(f"https://example.org/a 3 data/a\n{line}\n")
    assert told([problem]) == [("malformed", "fetch.txt", False)]
    assert problem.detail == "line 2 is no address, length and name"


def test_a_line_that_is_no_text_is_told() -> None:
    assert told(found(b"https://example.org/\xff 3 data/a\n")) == [
        ("malformed", "fetch.txt", False)
    ]


@pytest.mark.parametrize(
    "address", ["http://h/a", "HTTPS://h/a", "ftp://h/a", "ftps://h/a", "sftp://h/a", "https://h"]
)
def test_addresses_of_other_computers_are_taken(address: str) -> None:
    assert found(f"{address} 3 data/a\n") == []


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "/etc/passwd", "a", "https:///a", "https://", "https://?a", "https://#a",
     "data:,abc", "javascript:alert(1)", "xhttps://h/a", "ssh://h/a", "\\\\h\\a"],
)  # fmt: skip
def test_an_address_of_another_kind_is_unsafe(address: str) -> None:
    (problem,) = found(f"{address} 3 data/a\n")
    assert told([problem]) == [("unsafe", "fetch.txt", False)]
    assert repr(address)[:-1] in problem.detail


@pytest.mark.parametrize(
    "name", ["bagit.txt", "../a", "data/../a", "/data/a", "data", "database/a", "~/a", "data\\a"]
)
def test_a_name_from_elsewhere_is_unsafe_and_not_looked_for(name: str) -> None:
    assert told(found(f"https://h/a 3 {name}\n")) == [("unsafe", name, False)]


def test_a_dot_and_a_slash_before_a_name_mean_nothing() -> None:
    assert found("https://h/a 3 ./data/a\n") == []


def test_names_are_decoded_as_their_version_has_it() -> None:
    line = "https://h/x 3 data/50%25\n"
    assert told(found(line, FINAL, (manifest("data/50%"),))) == [("missing", "data/50%", False)]
    assert told(found(line, DRAFT, (manifest("data/50%25"),))) == [("missing", "data/50%25", False)]
    line = "https://h/x 3 data/a%0Ab\n"
    for rules in (FINAL, DRAFT):
        assert told(found(line, rules, (manifest("data/a\nb"),))) == [
            ("missing", "data/a\nb", False)
        ]


def test_a_name_that_stands_there_twice_is_a_warning() -> None:
    line = "https://h/a 3 data/a\n"
    assert told(found(line * 2)) == [("duplicate", "data/a", True)]


def test_another_length_is_a_warning() -> None:
    (problem,) = found("https://h/a 4 data/a\n")
    assert told([problem]) == [("oxum", "data/a", True)]
    assert problem.detail == "it has 3 bytes, fetch.txt says 4"


def test_in_the_last_version_every_manifest_has_to_vouch_and_before_it_one() -> None:
    """What tag manifests list vouches for no payload."""
    line = "https://h/a 3 data/a\n"
    other = manifest("data/x", algorithm="sha256")
    of_tags = manifest("data/a", of_tags=True)
    extra = [("extra", "data/a", False)]
    assert told(found(line, FINAL, (*LISTED, other))) == extra
    assert found(line, DRAFT, (*LISTED, other)) == []
    for rules in (FINAL, DRAFT):
        assert told(found(line, rules, (other, of_tags))) == extra
        assert told(found(line, rules, ())) == extra


def test_the_list_is_read_in_the_encoding_declared_without_its_mark() -> None:
    line = "https://h/a 3 data/é\n"
    latin = BagRules("1.0", "iso8859-1")
    assert told(found(line.encode("latin-1"), latin, (manifest("data/é"),))) == [
        ("missing", "data/é", False)
    ]
    assert found(b"\xef\xbb\xbfhttps://h/a 3 data/a\n") == []
