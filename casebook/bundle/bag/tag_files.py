"""The tag files of a bag as text: lines, the declaration, and what is said about the bag."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from casebook.bundle.bag.contents import BagFiles, payload_names
from casebook.bundle.bag.problem import BagFileRefused, BagProblem
from casebook.bundle.bag.rules import VERSIONS, BagRules

DECLARATION: Final = "bagit.txt"
INFORMATION: Final = "bag-info.txt"
DECLARED: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_VERSION_LINE: Final = re.compile(r"BagIt-Version: ([0-9]+\.[0-9]+)")
_ENCODING_LINE: Final = re.compile(r"Tag-File-Character-Encoding: ([!-~]+)")
_OXUM: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")
_NOT_TEXT: Final = re.compile("[\udc80-\udcff\0]")
_MARK: Final = "\ufeff"
_SHOWN: Final = 80
_NO_LETTERS: Final = frozenset(
    ["idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"]
)
"""Codecs of Python that are no encoding of text files."""


def lines_of(content: bytes, encoding: str = "utf-8") -> list[str]:
    """The lines of a tag file, ended by LF, CR or CRLF; bytes that are no text stay marked.

    Why not ``splitlines``: it also breaks at characters that may stand in a name.
    """
    try:
        text = content.decode(encoding, "surrogateescape")
    except UnicodeError:  # UTF-16 has no way to mark half a character
        text = content.decode(encoding, "replace").replace("\ufffd", "\udcff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []


def is_text(line: str) -> bool:
    """Whether every byte of a line was text."""
    return _NOT_TEXT.search(line) is None


def without_mark(lines: list[str]) -> tuple[list[str], bool]:
    """Lines without the byte order mark of UTF-8, and whether there was one."""
    if lines and lines[0].startswith(_MARK):
        return [lines[0].removeprefix(_MARK), *lines[1:]], True
    return lines, False


def check_declaration(files: BagFiles) -> Iterator[BagProblem]:
    """Hold a submission's declaration to the one that casebook writes."""
    if DECLARATION not in files.names:
        yield BagProblem("missing", DECLARATION, "a bag must declare its version")
        return
    content = files.read(DECLARATION)
    if content.replace(b"\r\n", b"\n").rstrip(b"\n") != DECLARED.rstrip("\n").encode():
        yield BagProblem("version", DECLARATION, f"not BagIt 1.0 in UTF-8: {_shown(content)}")


def read_declaration(files: BagFiles) -> tuple[BagRules, tuple[BagProblem, ...]]:
    """The rules a bag declares, and what is wrong with its declaration (section 2.1.1).

    Where it cannot be read, the rules are those of BagIt 1.0 in UTF-8, so that the rest of the bag
    is looked at too.
    """
    version, encoding = VERSIONS[-1], "utf-8"
    if DECLARATION not in files.names:
        problem = BagProblem("missing", DECLARATION, "a bag must declare its version")
        return BagRules(version, encoding), (problem,)
    try:
        content = files.read(DECLARATION)
    except BagFileRefused as refused:
        return BagRules(version, encoding), (refused.problem,)
    problems = []
    if content.startswith(codecs.BOM_UTF8):
        detail = "it begins with a byte order mark, which it must not have"
        problems.append(BagProblem("malformed", DECLARATION, detail))
        content = content.removeprefix(codecs.BOM_UTF8)
    first, second, *more = [*lines_of(content), "", ""]
    if found := _VERSION_LINE.fullmatch(first):
        if found[1] in VERSIONS:
            version = found[1]
        else:
            detail = f"no version of BagIt is called {found[1][:_SHOWN]!r}"
            problems.append(BagProblem("version", DECLARATION, detail))
    else:
        problems.append(_misdeclared(1, first, "BagIt-Version: 1.0"))
    if found := _ENCODING_LINE.fullmatch(second):
        if known := _text_encoding(found[1]):
            encoding = known
        else:
            detail = f"no encoding of text is called {found[1][:_SHOWN]!r}"
            problems.append(BagProblem("encoding", DECLARATION, detail))
    else:
        problems.append(_misdeclared(2, second, "Tag-File-Character-Encoding: UTF-8"))
    if any(more):
        problems.append(BagProblem("malformed", DECLARATION, "it has more than two lines"))
    return BagRules(version, encoding), tuple(problems)


def check_information(files: BagFiles, rules: BagRules) -> Iterator[BagProblem]:
    """Read what is said about the bag, and hold its totals against the payload (section 2.2.2)."""
    name = rules.information
    oxums = []
    content = files.read(name) if name in files.names else b""
    lines, marked = without_mark(lines_of(content, rules.encoding))
    if marked and rules.strict:
        yield BagProblem("malformed", name, "it begins with a byte order mark")
    for number, line in enumerate(lines, start=1):
        label, colon, value = line.partition(":")
        if line.startswith((" ", "\t")) and number > 1 and is_text(line):
            continue  # a long value goes on (section 2.2.2)
        if not rules.is_final:
            label = label.rstrip()  # the drafts allowed blanks before the colon
        if not is_text(line) or not colon or not label or label != label.strip():
            yield BagProblem("malformed", name, f"line {number} is no 'label: value'")
        elif label.lower() == "payload-oxum":
            oxums.append(value.strip())
    if len(oxums) > 1:
        yield BagProblem("oxum", name, f"Payload-Oxum stands there {len(oxums)} times")
    yield from _check_totals(files, name, oxums)


def _check_totals(files: BagFiles, information: str, oxums: list[str]) -> Iterator[BagProblem]:
    payload = payload_names(files)
    size = sum(map(files.size, payload))
    for oxum in oxums:
        match = _OXUM.fullmatch(oxum)
        if match is None:
            yield BagProblem("oxum", information, f"{oxum[:_SHOWN]!r} is no Payload-Oxum")
        elif (int(match[1]), int(match[2])) != (size, len(payload)):
            detail = f"Payload-Oxum says {oxum}, the payload is {size}.{len(payload)}"
            yield BagProblem("oxum", information, detail)


def _text_encoding(name: str) -> str | None:
    """Python's name for an encoding of text; None where it knows none."""
    try:
        known = codecs.lookup(name).name
        " ".encode(known)
    except (LookupError, ValueError):  # not known, or no encoding of text
        return None
    return None if known.replace("_", "-") in _NO_LETTERS else known


def _misdeclared(number: int, line: str, expected: str) -> BagProblem:
    detail = f"line {number} is {_shown(line.encode(errors='replace'))}, not like {expected!r}"
    return BagProblem("malformed", DECLARATION, detail)


def _shown(content: bytes) -> str:
    return repr(content[:_SHOWN].decode("ascii", "backslashreplace"))
