"""A text that cannot be read ends in one finding, and hides nothing of the other files.

The texts are made here because git, editors or people would not keep them as they are. What a
text editor can hold is in ``samples/flawed``.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

DAY = ("--date", "2026-07-01")
CASE = "cases/01-low-back.yaml"

Check = Callable[..., list[dict[str, Any]]]
Found = Callable[[], list[tuple[str, int, int, str]]]
Run = Callable[..., Result]


def case_file(body: bytes) -> bytes:
    """A case study of three lines, followed by ``body``, which begins on line 4."""
    return b"kind: case-study\nformat: 1\nid: back-01\n" + body


def nested(depth: int) -> bytes:
    """A mapping in a mapping, each on a line of its own and one space further in."""
    return b"".join(b" " * level + b"a:\n" for level in range(depth))


UNREADABLE_TEXTS = {
    # "title: Caf" is 10 characters, so the byte 0xe9 of Latin-1 stands in column 11.
    "in Latin-1": (case_file(b"title: Caf\xe9 au lait\n"), (4, 11, "CB102")),
    "in Latin-1 behind an umlaut": (case_file("title: Ü".encode() + b"\xdc\n"), (4, 9, "CB102")),
    "in UTF-16": (case_file(b"title: a\n").decode().encode("utf-16"), (1, 1, "CB102")),
    "a picture under another name": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", (1, 1, "CB102")),
    "with a NUL in it": (case_file(b"title: a\x00b\n"), (4, 9, "CB112")),
    "with a line break of a word processor": (case_file(b"title: a\x0bb\n"), (4, 9, "CB112")),
    "with a line separator": (case_file("title: a\u2028b\n".encode()), (4, 9, "CB112")),
    "indented with tabs": (case_file(b"client:\n\tage: 4\n"), (5, 1, "CB106")),
    "empty": (b"", (1, 1, "CB104")),
    "of blank lines": (b"\n\n   \n", (1, 1, "CB104")),
    "of comments alone": (b"# nothing yet\n", (1, 1, "CB104")),
    # At most 40 levels below the file itself: the 41st bracket is one too many, in column 7 + 41,
    # and the mapping 41 levels below the first begins on line 42.
    "nested 5,000 deep in brackets": (case_file(b"steps: " + b"[" * 5_000), (4, 48, "CB110")),
    "nested 1,000 deep in lines": (nested(1_000), (42, 42, "CB110")),
    # At most 100,000 values. The file, its first three values and the list are five; item n is
    # value 5 + n on line 4 + n, and 5 + 99,996 is the first above the limit.
    "of very many values": (case_file(b"keywords:\n" + b"- a\n" * 99_996), (100_000, 3, "CB110")),
    "of references that grow": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", (1, 4, "CB108"),
    ),
    "with a tag that would run": (
        case_file(b"title: !!python/object/apply:os.system [ls]\n"), (4, 8, "CB108"),
    ),
    "with a key that is a list": (case_file(b"[a, b]: c\n"), (4, 1, "CB105")),
    "broken off in the middle": (case_file(b'title: "A back that\n'), (4, 8, "CB105")),
}  # fmt: skip
"""What a case study's file holds, and where what is found."""


EACH_TEXT = pytest.mark.parametrize(
    "content, expected",
    [
        pytest.param(
            *values, id=name, marks=[pytest.mark.slow] if name == "of very many values" else []
        )
        for name, values in UNREADABLE_TEXTS.items()
    ],
)


@EACH_TEXT
def test_a_text_that_cannot_be_read_is_one_finding_and_hides_nothing_else(
    content: bytes, expected: tuple[int, int, str], portfolio: Path, found: Found
) -> None:
    (portfolio / "cases" / "04-new.yaml").write_bytes(content)
    assert found() == [("cases/04-new.yaml", *expected)]


@EACH_TEXT
def test_no_command_takes_a_text_that_cannot_be_read_or_leaves_anything_behind(
    content: bytes, expected: tuple[int, int, str], portfolio: Path, run: Run
) -> None:
    spoilt = portfolio / CASE
    spoilt.write_bytes(content)
    before = sorted(portfolio.rglob("*"))
    for words in (
        ("check", CASE), ("score", CASE), ("render", CASE), ("render", "."), ("submit", "."),
        ("program", "check", CASE),
    ):  # fmt: skip
        result = run(*words)
        assert result.exit_code in {1, 2}, words
        assert result.output.strip(), words
    assert sorted(portfolio.rglob("*")) == before
    assert spoilt.read_bytes() == content


def test_ten_megabytes_of_text_are_refused_by_their_size(
    portfolio: Path, found: Found, run: Run
) -> None:
    big = portfolio / "cases" / "04-new.yaml"
    big.write_bytes(case_file(b"introduction: >-\n" + b"  all of it\n" * 850_000))
    assert big.stat().st_size > 10_000_000
    assert found() == [("cases/04-new.yaml", 1, 1, "CB103")]
    alone = run("check", "cases/04-new.yaml")
    assert alone.exit_code == 1
    assert "CB103" in alone.stdout


def test_a_byte_order_mark_changes_nothing(portfolio: Path, found: Found) -> None:
    for name in (CASE, "portfolio.yaml", "observation.yaml"):
        (portfolio / name).write_bytes(b"\xef\xbb\xbf" + (portfolio / name).read_bytes())
    assert found() == []


def test_windows_line_ends_change_neither_the_findings_nor_their_places(
    portfolio: Path, found: Found
) -> None:
    for path in portfolio.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert found() == []


def test_a_hundred_faults_are_listed_and_the_rest_counted(portfolio: Path, found: Found) -> None:
    """150 keys that nothing knows, of which 100 are named, and one finding for the others."""
    text = (portfolio / "portfolio.yaml").read_text("utf-8")
    extra = "".join(f"key-{number}: 1\n" for number in range(150))
    (portfolio / "portfolio.yaml").write_text(text + extra, encoding="utf-8")
    codes = [code for _, _, _, code in found()]
    assert codes.count("CB202") == 100
    assert codes.count("CB210") == 1


def test_a_program_that_is_not_shipped_is_named_with_the_nearest_that_is(
    portfolio: Path, check: Check
) -> None:
    text = (portfolio / "portfolio.yaml").read_text("utf-8")
    line = text.splitlines().index("program: nkt") + 1
    (portfolio / "portfolio.yaml").write_text(text.replace("program: nkt", "program: ntk"))
    [only] = [each for each in check(".") if each["severity"] != "note"]
    assert (only["line"], only["column"], only["code"]) == (line, 10, "CB311")
    assert "did you mean `nkt`?" in only["hint"]


def test_a_session_without_its_marks_is_not_submitted(portfolio: Path, run: Run) -> None:
    session = portfolio / "observation.yaml"
    text = session.read_text("utf-8")
    session.write_text(text.partition("\nmarks:\n")[0] + "\n", encoding="utf-8")
    assert run("check", ".", *DAY).exit_code == 0
    refused = run("submit", ".", *DAY)
    assert refused.exit_code == 1
    assert "CB809" in refused.stderr
    assert "nothing is submitted" in refused.stderr
    assert not (portfolio / "build").exists()


# Each text has its trick on line 4; "title: " takes seven columns.
TRICKS = {
    "a mark that turns letters round": ("title: He\u202eel", (4, 10, "CB117")),
    "an isolate that never ends": ("title: He\u2067el", (4, 10, "CB117")),
    "a trick in a comment": ("title: Heel  # \u202e", (4, 16, "CB117")),
    "a trick in a key": ("ti\u202etle: Heel", (4, 3, "CB117")),
    "a trick in an escape": ('title: "He\\u202eel"', (4, 8, "CB117")),
    "an escape sequence in an escape": ('title: "He\\e[2Jel"', (4, 8, "CB112")),
    # Ten marks on one letter are taken, so that the eleventh in column 8 + 11 is one too many.
    "marks piled up": ("title: e" + "\u0301" * 30, (4, 19, "CB118")),
    "a blank of no width": ("title: He\u200bel", (4, 10, "CB119")),
    "letters in tags": ("title: Heel\U000e0041\U000e0042", (4, 12, "CB120")),
    "a selector of nothing": ("title: He\ufe01el", (4, 10, "CB121")),
}


@pytest.mark.parametrize("text, expected", TRICKS.values(), ids=TRICKS)
def test_what_a_text_hides_is_found_at_its_place(
    text: str, expected: tuple[int, int, str], portfolio: Path, found: Found
) -> None:
    (portfolio / "cases" / "04-new.yaml").write_bytes(case_file(f"{text}\n".encode()))
    assert ("cases/04-new.yaml", *expected) in found()


def test_a_word_without_an_end_is_found(portfolio: Path, found: Found) -> None:
    own = portfolio / CASE
    lines = own.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("title: "))
    lines[at] = "title: A case report " + "e" * 201
    own.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert (CASE, at + 1, 8, "CB122") in found()


def test_writing_of_every_kind_is_left_alone(portfolio: Path, found: Found) -> None:
    """Joiners, points, isolates and emoji that their writing needs are no tricks."""
    needed = (
        "می\u200cخواهم", "क्\u200dष", "שָׁלוֹם", "\u2067שלום (3)\u2069", "ไทย\u200bไทย", "Viê\u0323t",
        "👩🏽\u200d⚕\ufe0f", "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    )  # fmt: skip
    own = portfolio / CASE
    before = found()
    text = own.read_text("utf-8")
    own.write_text(text + f"# {' '.join(needed)}\n", encoding="utf-8")
    assert found() == before
