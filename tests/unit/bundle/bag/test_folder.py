"""Bags of others, read from a folder by the rules of their version."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import bagit  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import limits
from casebook.bundle.bag import BagReport, FolderFiles, examine_bag, make_bag
from casebook.bundle.bag.problem import BagFileRefused
from casebook.workflow.bags import verify_bag

INFO = {"Bagging-Date": "2026-03-02"}
HELLO = hashlib.sha256(b"hello\n").hexdigest()

Files = dict[str, bytes | str]


def declared(version: str, encoding: str = "UTF-8") -> str:
    return f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"


def bag(version: str = "1.0", **changes: bytes | str) -> Files:
    """A sound bag of one file; keywords name other files, with ``__`` for / and ``_`` for a dot."""
    files: Files = {
        "bagit.txt": declared(version),
        "data/hello.txt": "hello\n",
        "manifest-sha256.txt": f"{HELLO}  data/hello.txt\n",
    }
    return {**files, **changes}


def laid(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def examined(folder: Path) -> BagReport:
    files = FolderFiles(folder)
    return examine_bag(files, files.problems)


def told(report: BagReport) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The errors and the warnings, each by kind and name."""
    return (
        [(each.what, each.name) for each in report.errors],
        [(each.what, each.name) for each in report.warnings],
    )


SOUND: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
def test_a_sound_bag_of_each_version_is_valid(tmp_path: Path, version: str) -> None:
    report = examined(laid(tmp_path, bag(version)))
    assert told(report) == SOUND
    assert (report.rules.version, report.algorithms) == (version, ("sha256",))
    assert (report.payload_files, report.payload_bytes) == (1, 6)


ALGORITHMS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_usual_checksum_is_known_and_told_from_a_wrong_one(
    tmp_path: Path, algorithm: str
) -> None:
    digest = hashlib.new(algorithm, b"hello\n").hexdigest()
    files = bag()
    del files["manifest-sha256.txt"]
    manifest = f"manifest-{algorithm.replace('_', '')}.txt"
    files[manifest] = f"{digest}  data/hello.txt\n"
    assert told(examined(laid(tmp_path, files))) == SOUND
    laid(tmp_path, {"data/hello.txt": "hallo\n"})
    assert told(examined(tmp_path)) == ([("changed", "data/hello.txt")], [])


def with_line(name: str, line: str) -> Callable[[Files], Files]:
    def add(files: Files) -> Files:
        before = files.get(name, "")
        assert isinstance(before, str)
        return {**files, name: f"{before}{line}\n"}

    return add


def with_file(name: str, content: bytes | str) -> Callable[[Files], Files]:
    return lambda files: {**files, name: content}


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {key: content for key, content in files.items() if key != name}


MANIFEST, MD5 = "manifest-sha256.txt", hashlib.md5(b"hello\n").hexdigest()
NOWHERE = "0" * 64

ERRORS: dict[str, tuple[str, Callable[[Files], Files], list[tuple[str, str]]]] = {
    "no version that was published": (
        "1.0",
        with_file("bagit.txt", declared("0.98")),
        [("version", "bagit.txt")],
    ),
    "half a version": ("1.0", with_file("bagit.txt", declared("1")), [("malformed", "bagit.txt")]),
    "three lines": (
        "1.0",
        with_line("bagit.txt", "And-More: yes"),
        [("malformed", "bagit.txt")],
    ),
    "an encoding nobody knows": (
        "1.0",
        with_file("bagit.txt", declared("1.0", "Klingon-8")),
        [("encoding", "bagit.txt")],
    ),
    "an encoding of something else": (
        "1.0",
        with_file("bagit.txt", declared("1.0", "base64")),
        [("encoding", "bagit.txt")],
    ),
    "an encoding that Python alone has": (
        "1.0",
        with_file("bagit.txt", declared("1.0", "unicode_escape")),
        [("encoding", "bagit.txt")],
    ),
    "a checksum nobody knows": (
        "1.0",
        with_file("manifest-crc32.txt", "00000000  data/hello.txt\n"),
        [("checksum", "manifest-crc32.txt")],
    ),
    "no manifest": (
        "0.97",
        without(MANIFEST),
        [("extra", "data/hello.txt"), ("missing", "manifest-sha512.txt")],
    ),
    "a name twice in 1.0": (
        "1.0",
        with_line(MANIFEST, f"{HELLO}  data/hello.txt"),
        [("duplicate", "data/hello.txt")],
    ),
    "a name twice with two checksums": (
        "0.97",
        with_line(MANIFEST, f"{NOWHERE}  data/hello.txt"),
        [("changed", "data/hello.txt"), ("duplicate", "data/hello.txt")],
    ),
    "a second manifest that lists less, in 1.0": (
        "1.0",
        with_file("manifest-md5.txt", ""),
        [("extra", "data/hello.txt")],
    ),
    "a tag manifest that leaves the manifest out, in 1.0": (
        "1.0",
        with_file(
            "tagmanifest-md5.txt",
            f"{hashlib.md5(declared('1.0').encode()).hexdigest()}  bagit.txt\n",
        ),
        [("extra", MANIFEST)],
    ),
    "a byte that is no text": (
        "1.0",
        with_file(MANIFEST, f"{HELLO}  data/hello.txt\n".encode() + b"00  data/\xe9\n"),
        [("malformed", MANIFEST)],
    ),
    "half a character of UTF-16": (
        "0.97",
        lambda files: {
            **files,
            "bagit.txt": declared("0.97", "UTF-16"),
            MANIFEST: f"{HELLO}  data/hello.txt\n".encode("utf-16") + b"\x00",
        },
        [("malformed", MANIFEST)],
    ),
    "totals in package-info.txt": (
        "0.95",
        with_file("package-info.txt", "Payload-Oxum: 6.2\n"),
        [("oxum", "package-info.txt")],
    ),
    "blanks before a colon, in 1.0": (
        "1.0",
        with_file("bag-info.txt", "Note : x\n"),
        [("malformed", "bag-info.txt")],
    ),
    "a file still to be fetched": (
        "1.0",
        lambda files: with_line("fetch.txt", "https://example.org/x 6 data/x")(
            with_line(MANIFEST, f"{HELLO}  data/x")(files)
        ),
        [("missing", "data/x"), ("missing", "data/x")],
    ),
    "a fetched file that nothing vouches for": (
        "1.0",
        with_file("fetch.txt", "https://example.org/x - data/x\n"),
        [("extra", "data/x")],
    ),
    "an address on this computer": (
        "1.0",
        with_file("fetch.txt", "file:///etc/passwd - data/hello.txt\n"),
        [("unsafe", "fetch.txt")],
    ),
    "a tag file to fetch": (
        "1.0",
        with_file("fetch.txt", "https://example.org/x - bagit.txt\n"),
        [("unsafe", "bagit.txt")],
    ),
    "fetch lines of two words": (
        "1.0",
        with_file("fetch.txt", "https://example.org/x data/hello.txt\n"),
        [("malformed", "fetch.txt")],
    ),
    **{
        f"the name {name}": (
            "0.97",
            with_line(MANIFEST, f"{HELLO}  {name}"),
            [("unsafe", name)],
        )
        for name in (
            "data/../x", "/x", "~/x", "~root/x", "C:/x", "d:x", "\\\\server\\x", "data\\x",
            "%HomeDrive%/x", "data//x", "bagit.txt",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("fault", ERRORS)
def test_each_fault_is_found_alone(tmp_path: Path, fault: str) -> None:
    version, spoil, errors = ERRORS[fault]
    assert told(examined(laid(tmp_path, spoil(bag(version)))))[0] == errors


WARNINGS: dict[str, tuple[str, Callable[[Files], Files], list[tuple[str, str]]]] = {
    "an asterisk as of md5sum": (
        "1.0",
        with_file(MANIFEST, f"{HELLO} *data/hello.txt\n"),
        [("style", "data/hello.txt")],
    ),
    "a dot and a slash": (
        "1.0",
        with_file(MANIFEST, f"{HELLO}  ./data/hello.txt\n"),
        [("style", "data/hello.txt")],
    ),
    "a byte order mark in a manifest": (
        "1.0",
        with_file(MANIFEST, f"\ufeff{HELLO}  data/hello.txt\n"),
        [("style", MANIFEST)],
    ),
    "a name twice with one checksum, before 1.0": (
        "0.97",
        with_line(MANIFEST, f"{HELLO}  data/hello.txt"),
        [("duplicate", "data/hello.txt")],
    ),
    "what a file browser left": (
        "1.0",
        lambda files: with_line(MANIFEST, f"{HELLO}  data/Thumbs.db")(
            with_file("data/Thumbs.db", "hello\n")(files)
        ),
        [("system-file", "data/Thumbs.db")],
    ),
    "capitals alone apart": (
        "1.0",
        lambda files: with_line(MANIFEST, f"{HELLO}  data/Hello.txt")(
            with_file("data/Hello.txt", "hello\n")(files)
        ),
        [("clash", "data/hello.txt")],
    ),
    "a name Windows cannot store": (
        "1.0",
        lambda files: with_line(MANIFEST, f"{HELLO}  data/why?")(
            with_file("data/why?", "hello\n")(files)
        ),
        [("unportable", "data/why?")],
    ),
    "another length to fetch": (
        "1.0",
        with_file("fetch.txt", "https://example.org/x 7 data/hello.txt\n"),
        [("oxum", "data/hello.txt")],
    ),
    "letters in other codes": (
        "0.97",
        lambda files: with_line(MANIFEST, f"{HELLO}  data/n\u0303")(
            with_file("data/\u00f1", "hello\n")(files)
        ),
        [("clash", "data/\u00f1")],
    ),
}


@pytest.mark.parametrize("fault", WARNINGS)
def test_what_is_tolerated_is_told_as_a_warning(tmp_path: Path, fault: str) -> None:
    version, change, warnings = WARNINGS[fault]
    assert told(examined(laid(tmp_path, change(bag(version))))) == ([], warnings)


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16", "windows-1252", "utf-32"])
def test_tag_files_are_read_in_the_encoding_declared(tmp_path: Path, encoding: str) -> None:
    line = f"{HELLO}  data/Bändel.txt\n"
    files: Files = {
        "bagit.txt": declared("1.0", encoding),
        "data/Bändel.txt": "hello\n",
        MANIFEST: line.encode(encoding),
    }
    assert told(examined(laid(tmp_path, files))) == SOUND


# Which name a line of a manifest means, by version: 1.0 encodes three signs, the drafts two.
@pytest.mark.parametrize(
    "version, written, name, warned",
    [
        ("1.0", "data/50%25", "data/50%", False),
        ("1.0", "data/a%0Ab", "data/a\nb", False),
        ("1.0", "data/a%0db", "data/a\rb", False),
        ("1.0", "data/%7Ex", "data/%7Ex", True),
        ("0.97", "data/%7Ex", "data/%7Ex", False),
        ("0.97", "data/50%25", "data/50%25", False),
        ("0.97", "data/a%0Ab", "data/a\nb", False),
        ("0.97", "data/a%0Ab", "data/a%0Ab", False),
    ],
)
def test_names_are_decoded_as_their_version_has_it(
    tmp_path: Path, version: str, written: str, name: str, *, warned: bool
) -> None:
    files: Files = {
        "bagit.txt": declared(version),
        name: "hello\n",
        MANIFEST: f"{HELLO}  {written}\n",
    }
    errors, warnings = told(examined(laid(tmp_path, files)))
    assert errors == []
    assert (("style", name) in warnings) is warned


def test_a_link_inside_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hello\n")
    folder = laid(tmp_path / "bag", bag())
    for name, target in {"out": "../../secret", "in": "hello.txt", "none": "gone"}.items():
        (folder / "data" / name).symlink_to(target)
    (folder / "data" / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "data" / "pipe")
    laid(folder, with_line(MANIFEST, f"{HELLO}  data/out")(bag()))
    errors, _ = told(examined(folder))
    assert errors == [
        ("irregular", "data/folder"),
        ("irregular", "data/in"),
        ("irregular", "data/none"),
        ("irregular", "data/out"),
        ("missing", "data/out"),
        ("irregular", "data/pipe"),
    ]


def test_a_bag_may_itself_be_named_through_a_link(tmp_path: Path) -> None:
    laid(tmp_path / "bag", bag())
    (tmp_path / "link").symlink_to("bag")
    assert verify_bag(tmp_path / "link").ok is True


def test_a_file_that_became_a_link_after_the_listing_is_not_followed(tmp_path: Path) -> None:
    folder = laid(tmp_path / "bag", bag())
    files = FolderFiles(folder)
    (folder / "data" / "hello.txt").rename(tmp_path / "hello.txt")
    (folder / "data" / "hello.txt").symlink_to(tmp_path / "hello.txt")
    assert ("unreadable", "data/hello.txt") in told(examine_bag(files))[0]


def test_a_bag_without_a_payload_folder_is_not_complete(tmp_path: Path) -> None:
    report = examined(laid(tmp_path, {"bagit.txt": declared("1.0"), MANIFEST: ""}))
    assert told(report)[0] == [("missing", "data/")]


def test_a_tag_file_beyond_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BAG_TAG_FILE_BYTES", 60)
    laid(tmp_path, bag(**{"bag-info.txt": "Note: x\n" * 8}))
    errors, _ = told(examined(tmp_path))
    assert ("too-large", "bag-info.txt") in errors
    assert ("too-large", MANIFEST) in errors


def test_no_more_files_than_the_limit_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BAG_FILES", 2)
    assert ("too-large", "data/") in told(examined(laid(tmp_path, bag())))[0]


def test_an_unreadable_file_is_not_called_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid(tmp_path, bag())
    real = os.open

    def refusing(path: Path, *rest: int) -> int:
        if str(path).endswith("hello.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", refusing)
    verified = verify_bag(tmp_path)
    assert told(verified.report) == ([("unreadable", "data/hello.txt")], [])
    assert verified.ok is None


def test_how_far_it_is_is_told_inside_a_large_file_too(tmp_path: Path) -> None:
    """Such as one of many gigabytes, whose user would else see nothing move for an hour."""
    content = bytes(3 << 20)
    manifest = f"{hashlib.sha256(content).hexdigest()}  data/large\n"
    laid(tmp_path, {**bag(), "data/large": content})
    with (tmp_path / "manifest-sha256.txt").open("a") as opened:
        opened.write(manifest)
    seen: list[tuple[str, int, int]] = []
    assert verify_bag(tmp_path, lambda *each: seen.append(each)).ok is True
    large = [(done, total) for doing, done, total in seen if doing == "reading data/large"]
    (total,) = {total for _, _, total in seen}
    assert total == sum(each.stat().st_size for each in tmp_path.rglob("*") if each.is_file())
    first = large[0][0]
    assert [done - first for done, _ in large] == [0, 1 << 20, 2 << 20, 3 << 20]


def test_a_user_who_has_seen_enough_stops_it(tmp_path: Path) -> None:
    laid(tmp_path, bag())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify_bag(tmp_path, stop)


part = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="/\\"), min_size=1
).filter(lambda text: text not in (".", "..") and len(text.encode()) < 60)
payloads = st.dictionaries(part, st.binary(max_size=40), max_size=5)


@settings(max_examples=25)
@given(payload=payloads)
def test_a_bag_we_make_is_valid_to_us_and_to_bagit(
    tmp_path_factory: pytest.TempPathFactory, payload: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("ours")
    (folder / "data").mkdir()
    laid(folder, dict(make_bag(payload, INFO)))
    assert examined(folder).errors == ()
    # bagit decodes no percent sign, and strips blanks of all kinds from the ends of names.
    if all(name == name.strip() and "%" not in name for name in payload):
        assert bagit.Bag(str(folder)).is_valid()


@settings(max_examples=25)
@given(
    payload=payloads, checksums=st.sets(st.sampled_from(["md5", "sha256", "sha512"]), min_size=1)
)
def test_a_bag_that_bagit_makes_is_valid_here_until_a_byte_changes(
    tmp_path_factory: pytest.TempPathFactory, payload: dict[str, bytes], checksums: set[str]
) -> None:
    folder = laid(tmp_path_factory.mktemp("theirs"), {**payload, "own": b"x"})
    bagit.make_bag(str(folder), checksums=sorted(checksums))
    assert examined(folder).errors == ()
    (folder / "data" / "own").write_bytes(b"y")
    errors, _ = told(examined(folder))
    assert errors == [("changed", "data/own")] * len(checksums)


@given(
    changes=st.dictionaries(
        st.sampled_from([*bag(), "fetch.txt", "bag-info.txt"]), st.binary(max_size=60), min_size=1
    )
)
def test_any_bytes_in_any_file_are_answered_with_problems_only(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, bytes]
) -> None:
    sound = bag()
    report = examined(laid(tmp_path_factory.mktemp("any"), {**sound, **changes}))
    assert all(each.name and each.detail for each in (*report.errors, *report.warnings))
    assert report.errors or not set(changes) & set(sound)


class Asked:
    """One name that a folder lists, of which the system may tell nothing more."""

    def __init__(self, entry: os.DirEntry[str], secret: str) -> None:
        self._entry, self.name, self._told = entry, entry.name, entry.name != secret

    def is_dir(self, *, follow_symlinks: bool) -> bool:
        return self._entry.is_dir(follow_symlinks=follow_symlinks)

    def is_file(self, *, follow_symlinks: bool) -> bool:
        return self._entry.is_file(follow_symlinks=follow_symlinks)

    def stat(self, *, follow_symlinks: bool) -> os.stat_result:
        if not self._told:
            raise PermissionError(13, "Permission denied", self.name)
        return self._entry.stat(follow_symlinks=follow_symlinks)


@pytest.mark.parametrize("secret", ["hello.txt", "inner"])
def test_a_file_or_folder_of_which_nothing_is_told_is_a_problem_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    """So it is in a folder that may be listed and not entered."""
    laid(tmp_path, {**bag(), "data/inner/x": "x"})
    real = os.scandir

    @contextmanager
    def listed(path: Path) -> Iterator[list[Asked]]:
        with real(path) as entries:
            yield [Asked(each, secret) for each in entries]

    monkeypatch.setattr(os, "scandir", listed)
    files = FolderFiles(tmp_path)
    assert [(each.what, each.name, each.detail) for each in files.problems] == [
        ("unreadable", f"data/{secret}", "the system refuses it: Permission denied")
    ]


def test_a_folder_that_cannot_be_listed_is_a_problem_and_the_rest_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid(tmp_path, {**bag(), "data/inner/x": "x"})
    real = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "inner":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    files = FolderFiles(tmp_path)
    assert [(each.what, each.name) for each in files.problems] == [("unreadable", "data/inner/")]
    assert "data/hello.txt" in files.names


def test_a_folder_that_is_not_there_or_is_none_is_the_callers_to_tell(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("gone", "file"):
        with pytest.raises(OSError, match=name):
            FolderFiles(tmp_path / name)


def test_a_tag_file_that_grows_while_it_is_read_is_not_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size is that of the listing; what comes may be more."""
    monkeypatch.setattr(limits, "BAG_TAG_FILE_BYTES", 200)
    files = FolderFiles(laid(tmp_path, bag()))
    assert len(files.read("bagit.txt")) == len(declared("1.0"))
    (tmp_path / "bagit.txt").write_bytes(bytes(200))
    assert files.read("bagit.txt") == bytes(200)
    (tmp_path / "bagit.txt").write_bytes(bytes(201))
    with pytest.raises(BagFileRefused, match="it grows while it is read"):
        files.read("bagit.txt")


def test_a_file_that_became_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    files = FolderFiles(laid(tmp_path, bag()))
    (tmp_path / "bagit.txt").unlink()
    os.mkfifo(tmp_path / "bagit.txt")
    with pytest.raises(BagFileRefused, match="a link, a pipe or a device"):
        files.read("bagit.txt")


def test_the_checksums_of_a_file_larger_than_a_piece_are_those_of_all_of_it(
    tmp_path: Path,
) -> None:
    """Read in pieces of 1 << 20 bytes; the name is told before, and how long each piece was."""
    content = bytes(range(256)) * 4097
    assert len(content) > 1 << 20
    told: list[tuple[str, int]] = []
    folder = laid(tmp_path, {**bag(), "data/large": content})
    files = FolderFiles(folder, lambda *each: told.append(each))
    assert files.digests("data/large", ["md5", "sha512"]) == {
        "md5": hashlib.md5(content).hexdigest(),
        "sha512": hashlib.sha512(content).hexdigest(),
    }
    # 256 * 4097 bytes are 256 more than 1 << 20.
    assert told == [("data/large", 0), ("data/large", 1 << 20), ("data/large", 256)]
    assert files.size("data/large") == len(content)
