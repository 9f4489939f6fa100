"""The record of section 4, read strictly, and the inventory in it."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from conformance.second_verifier.names import name_fault
from conformance.second_verifier.refusal import need, refuse

RECORD_BYTES: Final = 4_000_000
RECORD_DEPTH: Final = 16
RECORD: Final = "submission.json"
PARTS: Final = ("portfolio", "program", "evaluation", "documents")

IDENTIFIER: Final = r"(?=.{1,64}\Z)[a-z0-9]+([._-][a-z0-9]+)*"
LINE: Final = r"(?!\s)[^\r\n]{1,300}(?<!\s)"
DIGEST: Final = r"[0-9a-f]{128}"
Shape = Callable[[Any], bool]


def text(pattern: str) -> Shape:
    """Texts that a pattern takes whole."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def integer(least: int, most: int | None = None) -> Shape:
    """Whole numbers in a range."""
    return lambda value: type(value) is int and value >= least and (most is None or value <= most)


def listing(shape: Shape) -> Shape:
    """Lists of one shape."""
    return lambda value: isinstance(value, list) and len(value) <= 4_000 and all(map(shape, value))


def mapping(shapes: Mapping[str, Shape], optional: Sequence[str] = ()) -> Shape:
    """Objects with these keys and no others."""
    return lambda value: (
        isinstance(value, dict)
        and set(shapes) - set(optional) <= set(value) <= set(shapes)
        and all(shapes[key](each) for key, each in value.items())
    )


def is_result_list(value: object) -> bool:
    """Results by the ids of works."""
    return (
        isinstance(value, dict)
        and len(value) <= 500
        and all(text(IDENTIFIER)(key) and text(LINE)(each) for key, each in value.items())
    )


def is_day(value: object) -> bool:
    """A day of the calendar, written year-month-day."""
    if not isinstance(value, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return 1980 <= int(value[:4]) <= 2107


def is_path(value: object) -> bool:
    """A name in the payload."""
    return (
        isinstance(value, str)
        and 1 <= len(value) <= 240
        and value == value.strip()
        and not name_fault(value)
    )


def is_carried(path: str, role: str) -> bool:
    """Whether a file of this name may have this role (section 4)."""
    *folders, last = path.lower().split("/")
    hidden = any(part.startswith(".") for part in (*folders, last))
    return not hidden and "build" not in folders and last.endswith(ENDINGS[role])


PICTURES: Final = (".png", ".jpg", ".jpeg")
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "source": (".yaml", ".yml", ".json"),
    "attachment": (".pdf", *PICTURES),
    "program": (".yaml", ".yml", *PICTURES),
    "evaluation": (".json",),
    "document": (".pdf",),
}
FILE: Final = mapping(
    {
        "path": is_path,
        "role": text("source|attachment|program|evaluation|document"),
        "bytes": integer(0),
        "sha512": text(DIGEST),
    }
)
KEYS: Final[Mapping[str, Shape]] = {
    "kind": text("submission"),
    "format": integer(1, 2),
    "program": mapping({"id": text(IDENTIFIER), "version": text(LINE), "digest": text(DIGEST)}),
    "level": integer(1, 20),
    "candidate": text(LINE),
    "made_on": is_day,
    "casebook": text(LINE),
    "weasyprint": lambda value: value is None or text(LINE)(value),
    "signer": text(r"SHA256:[A-Za-z0-9+/]{43}"),
    "sealed_to": text(r"age1[02-9ac-hj-np-z]{58}"),
    "results": is_result_list,
    "files": listing(FILE),
}


def read_record(content: bytes | None) -> dict[str, Any]:
    """Read ``submission.json`` strictly."""
    if content is None:
        refuse("there is none")
    need(len(content) <= RECORD_BYTES, "too large")
    depth = 0
    for mark in re.finditer(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', content, re.DOTALL):
        depth += (mark[0] in b"[{") - (mark[0] in b"]}")
        need(depth <= RECORD_DEPTH, "nested too deeply")
    try:
        record: dict[str, Any] = json.loads(
            content.decode(), object_pairs_hook=once, parse_constant=refuse
        )
        json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        refuse("no JSON in UTF-8")
    need(isinstance(record, dict), "no object")
    version = record.get("format")
    optional = ("signer", "sealed_to")
    known = {key: shape for key, shape in KEYS.items() if version != 1 or key not in optional}
    for key in {*known, *record}:
        shape = known.get(key, lambda _: False)
        there = key in record or key in optional
        need(there and (key not in record or shape(record[key])), f"{key[:80]!r}")
    paths = [each["path"] for each in record["files"]]
    need(len(set(paths)) == len(paths), "two files of one path")
    need(RECORD not in paths, "it lists itself")
    need(paths == sorted(paths), "its files are not in order")
    for each in record["files"]:
        need(is_carried(each["path"], each["role"]), f"{each['path']!r} is not handed in")
    again = json.dumps(record, sort_keys=True, indent=2, ensure_ascii=False)
    need(f"{again}\n".encode() == content, "written in another way")
    return record


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object none of whose keys stands twice."""
    need(len(dict(pairs)) == len(pairs), "a key is there twice")
    return dict(pairs)


def check_inventory(record: Mapping[str, Any], payload: Mapping[str, bytes]) -> None:
    """Hold the files listed against those that are there."""
    listed = {each["path"]: (each["bytes"], each["sha512"]) for each in record["files"]}
    there = {
        name: (len(content), hashlib.sha512(content).hexdigest())
        for name, content in payload.items()
        if name != RECORD
    }
    for name in {*listed, *there}:
        need(listed.get(name) == there.get(name), f"{name!r}: listed otherwise")
        need(name.partition("/")[0] in PARTS and "/" in name, f"{name!r}: elsewhere")
