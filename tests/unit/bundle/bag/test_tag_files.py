"""Tag files as text: lines, the declaration, and what is said about the bag."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.bag.contents import MemoryFiles
from casebook.bundle.bag.problem import BagFileRefused, BagProblem
from casebook.bundle.bag.rules import SUBMISSION, BagRules
from casebook.bundle.bag.tag_files import (
    DECLARED,
    check_declaration,
    check_information,
    is_text,
    lines_of,
    read_declaration,
    without_mark,
)

FINAL = BagRules("1.0", "utf-8")
DRAFT = BagRules("0.97", "utf-8")


def told(problems: Iterator[BagProblem] | tuple[BagProblem, ...]) -> list[tuple[str, str]]:
    return [(each.what, each.detail) for each in problems]


@pytest.mark.parametrize(
    "content, lines",
    [
        (b"", []),
        (b"\n", [""]),
        (b"a", ["a"]),
        (b"a\n", ["a"]),
        (b"a\n\n", ["a", ""]),
        (b"a\nb\rc\r\nd", ["a", "b", "c", "d"]),
        (b"\na", ["", "a"]),
        # Signs at which Python breaks lines, and a name need not: VT, FF, FS, NEL, U+2028.
        ("a\x0bb\x0cc\x1cd\x85e\u2028f".encode(), ["a\x0bb\x0cc\x1cd\x85e\u2028f"]),
    ],
)
def test_lines_end_at_the_three_line_ends_alone(content: bytes, lines: list[str]) -> None:
    assert lines_of(content) == lines


@given(st.lists(st.text(st.characters(blacklist_characters="\r\n", codec="utf-8"))))
def test_lines_come_out_as_they_were_written(lines: list[str]) -> None:
    for end in ("\n", "\r", "\r\n"):
        content = "".join(line + end for line in lines).encode()
        assert lines_of(content) == lines


@pytest.mark.parametrize(
    "content, encoding",
    [
        (b"caf\xe9", "utf-8"),
        (b"a\0b", "utf-8"),
        (b"\xff", "ascii"),
        (b"a\0b", "iso8859-1"),
        (b"a\0b\0c", "utf-16-le"),  # half a character at the end
        (b"\0\xd8a\0", "utf-16-le"),  # the first half of a pair alone
    ],
)
def test_a_byte_that_is_no_text_marks_its_line(content: bytes, encoding: str) -> None:
    (line,) = lines_of(content, encoding)
    assert not is_text(line)


def test_a_text_with_signs_of_any_script_is_text() -> None:
    """Among them the sign that stands for others that could not be read, where it was written."""
    text = "é 李 \u2028 \ufffd \U0001f600"
    assert lines_of(text.encode()) == [text]
    assert is_text(text)


def test_a_byte_order_mark_is_taken_off_the_first_line_once() -> None:
    assert without_mark(["\ufeffa", "\ufeffb"]) == (["a", "\ufeffb"], True)
    assert without_mark(["\ufeff\ufeffa"]) == (["\ufeffa"], True)
    assert without_mark(["a"]) == (["a"], False)
    assert without_mark([]) == ([], False)


def declaration(content: bytes) -> MemoryFiles:
    return MemoryFiles({"bagit.txt": content})


@pytest.mark.parametrize("content", [DECLARED, DECLARED.replace("\n", "\r\n"), DECLARED.strip()])
def test_a_submission_declares_what_casebook_writes(content: str) -> None:
    assert told(check_declaration(declaration(content.encode()))) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        DECLARED.lower().encode(),
        DECLARED.replace(": ", ":").encode(),
        DECLARED.encode() + b"More: yes\n",
        b"\xef\xbb\xbf" + DECLARED.encode(),
        "".join(reversed(DECLARED.splitlines(keepends=True))).encode(),
    ],
)
def test_a_submission_that_declares_something_else_is_told(content: bytes) -> None:
    ((what, detail),) = told(check_declaration(declaration(content)))
    assert what == "version"
    assert detail.startswith("not BagIt 1.0 in UTF-8: ")
    assert detail.isascii()


def test_a_submission_without_a_declaration_is_told() -> None:
    assert told(check_declaration(MemoryFiles({"data/bagit.txt": b""}))) == [
        ("missing", "a bag must declare its version")
    ]


def test_of_another_declaration_the_beginning_is_shown() -> None:
    ((_, detail),) = told(check_declaration(declaration(b"\x1b" * 5_000)))
    assert detail == f"not BagIt 1.0 in UTF-8: {chr(0x1B) * 80!r}"


def test_without_a_declaration_the_bag_is_read_as_of_the_last_version() -> None:
    rules, problems = read_declaration(MemoryFiles({}))
    assert rules == FINAL
    assert told(problems) == [("missing", "a bag must declare its version")]


def test_a_declaration_that_cannot_be_read_is_told_by_itself() -> None:
    refused = BagProblem("unreadable", "bagit.txt", "the system refuses it")

    class Refusing(MemoryFiles):
        def read(self, name: str) -> bytes:
            raise BagFileRefused(refused)

    assert read_declaration(Refusing({"bagit.txt": b""})) == (FINAL, (refused,))


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
@pytest.mark.parametrize("encoding, known", [("UTF-8", "utf-8"), ("ISO-8859-1", "iso8859-1")])
def test_version_and_encoding_are_those_declared(version: str, encoding: str, known: str) -> None:
    content = f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"
    rules, problems = read_declaration(declaration(content.encode()))
    assert (rules.version, rules.encoding, rules.strict) == (version, known, False)
    assert problems == ()


FIRST, SECOND = DECLARED.splitlines()


@pytest.mark.parametrize(
    "content, problems",
    [
        ("", [("malformed", "line 1 is ''"), ("malformed", "line 2 is ''")]),
        (FIRST, [("malformed", "line 2 is ''")]),
        (f"\n{SECOND}", [("malformed", "line 1 is ''")]),
        (f"{SECOND}\n{FIRST}", [("malformed", "line 1 is"), ("malformed", "line 2 is")]),
        (f" {FIRST}\n{SECOND}", [("malformed", "line 1 is ' BagIt")]),
        (f"{FIRST} \n{SECOND}", [("malformed", "line 1 is")]),
        (f"BagIt-Version:1.0\n{SECOND}", [("malformed", "line 1 is")]),
        (f"BagIt-Version: 1\n{SECOND}", [("malformed", "line 1 is")]),
        (f"BagIt-Version: 1.00\n{SECOND}", [("version", "no version of BagIt is called '1.00'")]),
        (f"BagIt-Version: 0.92\n{SECOND}", [("version", "no version of BagIt is called '0.92'")]),
        (f"{FIRST}\nTag-File-Character-Encoding: ", [("malformed", "line 2 is")]),
        (f"{FIRST}\nTag-File-Character-Encoding: utf 8", [("malformed", "line 2 is")]),
        (
            f"{FIRST}\nTag-File-Character-Encoding: klingon",
            [("encoding", "no encoding of text is called 'klingon'")],
        ),
        (f"{DECLARED}More: yes", [("malformed", "it has more than two lines")]),
        (f"{DECLARED}\nMore: yes", [("malformed", "it has more than two lines")]),
        (f"\ufeff{DECLARED}", [("malformed", "it begins with a byte order mark")]),
    ],
)
def test_each_fault_of_a_declaration_is_told(content: str, problems: list[tuple[str, str]]) -> None:
    _, found = read_declaration(declaration(content.encode()))
    assert [each.what for each in found] == [what for what, _ in problems]
    for each, (_, detail) in zip(found, problems, strict=True):
        assert each.detail.startswith(detail)
        assert each.name == "bagit.txt"


@pytest.mark.parametrize(
    "name",
    ["base64", "rot13", "zlib", "idna", "punycode", "unicode_escape", "raw_unicode_escape",
     "utf-7", "undefined", "\x2e\x2e/x"],
)  # fmt: skip
def test_what_python_calls_a_codec_need_not_be_an_encoding_of_text(name: str) -> None:
    content = f"{FIRST}\nTag-File-Character-Encoding: {name}\n"
    rules, (problem,) = read_declaration(declaration(content.encode()))
    assert rules.encoding == "utf-8"
    assert problem.what == "encoding"


def said(rules: BagRules, content: bytes, name: str = "bag-info.txt") -> list[tuple[str, str]]:
    """The problems of what is said about a bag of two files with five bytes."""
    files = {name: content, "data/a": b"abc", "data/b": b"de", "manifest-md5.txt": b"none"}
    return told(check_information(MemoryFiles(files), rules))


SOUND = b"Note: one\n  goes on: here\n\tand here\nPayload-Oxum: 5.2\nEmpty:\n"


@pytest.mark.parametrize("rules", [SUBMISSION, FINAL, DRAFT])
def test_lines_with_a_label_and_lines_that_go_on_are_taken(rules: BagRules) -> None:
    assert said(rules, SOUND) == []
    assert said(rules, b"") == []


@pytest.mark.parametrize(
    "content, line",
    [
        (b"Note\n", 1),
        (b": one\n", 1),
        (b" Note: one\n", 1),  # nothing stands before it that could go on
        (b"A: 1\n\nB: 2\n", 2),
        (b"A: 1\nB : 2\n", 2),
        (b"A: caf\xe9\n", 1),
        (b"A: 1\n caf\xe9\n", 2),
        (b"A: 1\n \0\n", 2),
        (b"A: 1\nB\0: 2\n", 2),
    ],
)
def test_a_line_that_is_neither_is_told_by_its_number(content: bytes, line: int) -> None:
    assert said(FINAL, content) == [("malformed", f"line {line} is no 'label: value'")]


def test_the_drafts_allow_blanks_before_a_colon_and_not_before_a_label() -> None:
    assert said(DRAFT, b"A: 1\nB \t: 2\n") == []
    assert said(DRAFT, b"Payload-Oxum : 5.3\n")[0][0] == "oxum"
    assert said(DRAFT, b" A: 1\n")[0][0] == "malformed"


def test_a_byte_order_mark_is_a_fault_of_a_submission_alone() -> None:
    marked = b"\xef\xbb\xbf" + SOUND
    assert said(SUBMISSION, marked) == [("malformed", "it begins with a byte order mark")]
    assert said(FINAL, marked) == []


@pytest.mark.parametrize("label", ["Payload-Oxum", "payload-oxum", "PAYLOAD-OXUM"])
def test_totals_are_held_against_the_payload_however_the_label_is_written(label: str) -> None:
    """Two files of 3 + 2 bytes; tag files do not count."""
    assert said(FINAL, f"{label}:  5.2 \n".encode()) == []
    for wrong in (
        "5.3",
        "6.2",
        "2.5",
        "52",
        "5.2.",
        "-5.2",
        "5,2",
        "0x5.2",
        "٥.٢",
        "9" * 19 + ".2",
    ):
        ((what, detail),) = said(FINAL, f"{label}: {wrong}\n".encode())
        assert what == "oxum"
        assert wrong in detail
    assert said(FINAL, f"{label}: 6.2\n".encode()) == [
        ("oxum", "Payload-Oxum says 6.2, the payload is 5.2")
    ]


def test_totals_that_stand_twice_are_told_and_each_is_looked_at() -> None:
    assert said(FINAL, b"Payload-Oxum: 5.2\nPayload-Oxum: 6.2\n") == [
        ("oxum", "Payload-Oxum stands there 2 times"),
        ("oxum", "Payload-Oxum says 6.2, the payload is 5.2"),
    ]


def test_before_version_096_the_file_has_another_name() -> None:
    old = BagRules("0.95", "utf-8")
    assert said(old, b"nonsense", "bag-info.txt") == []
    assert said(old, b"nonsense", "package-info.txt")[0][0] == "malformed"
    assert said(BagRules("0.96", "utf-8"), b"nonsense")[0][0] == "malformed"
