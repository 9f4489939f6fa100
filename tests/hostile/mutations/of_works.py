"""Unsigned submissions whose works are nonsense, while inventory and manifests agree with them.

Anybody can make one, and a grader's verification reads all of it: every step has to come to an
end, whatever the files say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord, describe_file
from casebook.domain.handed_in import Role
from casebook.source.portfolio import open_portfolio
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import grade
from casebook.workflow.payload import record_of, source_files
from tests.hostile.mutations.of_zips import changed
from tests.hostile.mutations.sample import ON, sealed

STUDIO: Final = Path(__file__).parents[2] / "portfolios" / "studio"

_SCALAR: Final = re.compile(rb"(?<=: )[^\n{\[]+|(?<=[:,\[] )[^,\n}\]{\[]+")
_KEY: Final = re.compile(rb"[a-z_-]+(?=:)")
_ODD: Final = (
    *(b"", b"~", b"yes", b"0", b"-1", b"1e309", b".nan", b"-.inf", b"0x10", b"012", b"1_000"),
    *(b"9" * 400, b"0000-00-00", b"9999-12-31", b"0001-01-01", b"2026-02-30", b"99:99", b"-0:01"),
    *(b"24:00:00", b"[]", b"{}", b"[[[[]]]]", b"{a: {b: {c: 1}}}", b"*a", b"&a x", b"!!python/x"),
    *(b"|\n  x\n", b'"\\u0000"', b'"\\ud800"', b"'", b'"', b"\xff", b"\0", b"\xe2\x80\xae", b"%d"),
    *(b"../../etc/passwd", b"attachments/../x", b"con", b"a" * 70_000, "\u0301".encode() * 500),
    *("\U0001f9d8".encode(), b"<script>", b"{{ x }}", b"left", b"inhibited", b"60", b"10"),
)


@dataclass(frozen=True)
class Works:
    """The files of a sound submission with what they are to it, and its record."""

    files: Mapping[str, tuple[Role, bytes]]
    record: SubmissionRecord


def works() -> Works:
    """Those of the smallest acceptable portfolio, without its pages."""
    graded = grade(examine_portfolio(open_portfolio(STUDIO), ON))
    assert graded is not None
    files = source_files(graded)
    return Works(files, record_of(graded, files))


def with_nonsense(chance: Random, original: Works) -> bytes:
    """A submission one to three of whose files say other things than a candidate would."""
    files = dict(original.files)
    for _ in range(chance.choice((1, 1, 2, 3))):
        name = chance.choice([each for each in files if not each.endswith((".png", ".pdf"))])
        role, content = files[name]
        files[name] = (role, _bent(chance, content))
    if chance.random() < 0.1:
        del files[chance.choice(list(files))]
    described = tuple(describe_file(name, *each) for name, each in files.items())
    record = original.record.model_copy(
        update={"files": tuple(sorted(described, key=lambda each: each.path))}
    )
    payload = {name: content for name, (_, content) in files.items()}
    return sealed({**payload, RECORD_NAME: record.to_json()}, record, None)


def _bent(chance: Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.choice(("scalar", "scalar", "scalar", "key", "line", "bytes"))
    if how == "scalar":
        return _replaced(chance, _SCALAR, content, chance.choice(_ODD))
    if how == "key":
        keys = _KEY.findall(content) or [b"x"]
        return _replaced(chance, _KEY, content, chance.choice((*keys, b"x", b"<<", b"? ", b"")))
    if how == "bytes":
        return changed(chance, content)
    line = lines[at]
    lines[at : at + 1] = chance.choice(
        (
            [],
            [line, line],
            [lines[other], line],
            [b"  " + line],
            [line.lstrip()],
            [line.replace(b"- ", b"", 1)],
            [b"- " + line],
            [line] * 300,
            [b"# " + line],
            [b"---\n", line],
            [b"\t" + line],
        )
    )
    return b"".join(lines)


def _replaced(chance: Random, what: re.Pattern[bytes], content: bytes, new: bytes) -> bytes:
    found = list(what.finditer(content))
    if not found:
        return new
    place = chance.choice(found)
    return content[: place.start()] + new + content[place.end() :]
