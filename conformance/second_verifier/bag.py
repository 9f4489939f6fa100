"""The bag of section 3."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from conformance.second_verifier.refusal import need, refuse

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8"
MANIFEST: Final = "manifest-sha512.txt"
TAG_MANIFEST: Final = "tagmanifest-sha512.txt"
SIGNATURE: Final = "tagmanifest-sha512.txt.sig"
NEEDED: Final = frozenset(["bagit.txt", MANIFEST, TAG_MANIFEST])
ALLOWED: Final = frozenset(["bag-info.txt", SIGNATURE])


def check_bag(files: Mapping[str, bytes]) -> None:
    """Hold the files to BagIt 1.0, and to what a submission adds to it."""
    payload = {name for name in files if name.startswith("data/")}
    tags = set(files) - payload
    need(NEEDED <= tags <= NEEDED | ALLOWED, "a tag file too few, or too many")
    declared = files["bagit.txt"].replace(b"\r\n", b"\n").rstrip(b"\n")
    need(declared == DECLARATION, "bagit.txt")
    check_information(files.get("bag-info.txt", b""), [len(files[name]) for name in payload])
    check_manifest(MANIFEST, files, payload)
    check_manifest(TAG_MANIFEST, files, tags - {TAG_MANIFEST, SIGNATURE})


def check_information(content: bytes, sizes: Sequence[int]) -> None:
    """Hold ``bag-info.txt`` to its form, and its totals to the payload."""
    totals = []
    for number, line in enumerate(lines_of(content)):
        if number and line.startswith((" ", "\t")):
            continue
        label, colon, value = line.partition(":")
        need(bool(colon and label) and label == label.strip(), "bag-info.txt")
        if label.lower() == "payload-oxum":
            totals.append(value.strip())
    need(totals in ([], [f"{sum(sizes)}.{len(sizes)}"]), "the Payload-Oxum")


def check_manifest(name: str, files: Mapping[str, bytes], expected: set[str]) -> None:
    """Hold a manifest against the files: each is listed once, and fits."""
    listed: Counter[str] = Counter()
    for line in lines_of(files[name]):
        match = re.fullmatch(r"([0-9A-Fa-f]+)[ \t]+(.+)", line)
        if match is None:
            refuse(f"{name!r}: a line is no checksum and name")
        each = re.sub("%(25|0[Aa]|0[Dd])", lambda code: chr(int(code[1], 16)), match[2])
        need(each in expected, f"{name!r} lists {each[:80]!r}")
        digest = hashlib.sha512(files[each]).hexdigest()
        need(digest == match[1].lower(), f"{each!r} is not as {name!r} lists it")
        listed[each] += 1
    need(listed == Counter(expected), f"{name!r} does not list every file once")


def lines_of(content: bytes) -> list[str]:
    """The lines of a tag file."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        refuse("a tag file is no UTF-8")
    need(not text.startswith("\ufeff") and "\0" not in text, "a mark, or NUL")
    return re.split(r"\r\n|\r|\n", re.sub(r"(\r\n|\r|\n)\Z", "", text)) if text else []
