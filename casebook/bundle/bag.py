"""BagIt 1.0 over files in memory: make a bag, and say everything that is wrong with one.

A bag is a mapping from a name, relative to the bag's own folder and with ``/`` between folders,
to the file's bytes. The payload stands under ``data/``; all else are tag files.

Source:
    RFC 8493, The BagIt File Packaging Format (V1.0).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from casebook import __version__
from casebook.errors import UsageError

DECLARATION: Final = "bagit.txt"
INFORMATION: Final = "bag-info.txt"
PAYLOAD: Final = "data/"
SOFTWARE_AGENT: Final = f"casebook {__version__}"

BagFault = Literal[
    "version", "malformed", "unsafe", "duplicate", "missing", "changed", "extra", "oxum"
]

_DECLARED: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
# Section 2.4. The older two are checked where a bag has them, but vouch for nothing: anyone can
# make two files with one md5 or sha1.
_ALGORITHMS: Final = ("md5", "sha1", "sha256", "sha512")
_STRONG: Final = frozenset(["sha256", "sha512"])
_MANIFEST: Final = re.compile(r"(tag)?manifest-([^/]+)\.txt")
_MANIFEST_LINE: Final = re.compile(r"([0-9A-Fa-f]+)[ \t]+(.+)")
_OXUM: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_ENCODED: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_RESERVED: Final = frozenset(["payload-oxum", "bag-software-agent"])


@dataclass(frozen=True, slots=True)
class BagProblem:
    """One way in which a bag is not complete or not valid.

    Attributes:
        what: The kind of fault. ``version``: not BagIt 1.0 in UTF-8; ``malformed``: a tag file
            that cannot be read; ``unsafe``: a name that could lead out of the bag; ``duplicate``:
            one name listed twice; ``missing``: listed or required, but absent; ``changed``: other
            bytes than listed; ``extra``: present but not listed; ``oxum``: other totals.
        name: The file it is about.
        detail: The fact, in words.
    """

    what: BagFault
    name: str
    detail: str


def make_bag(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """All files of a bag, the payload's among them under ``data/``.

    Args:
        payload: Name without ``data/`` -> content.
        info: Lines of ``bag-info.txt`` in order, ``Bagging-Date`` among them: casebook reads no
            clock here, so that the same input gives the same bytes. Line breaks become spaces.

    Raises:
        UsageError: The date is absent, a label is reserved or no label, or a name is unsafe.
    """
    files = {PAYLOAD + name: content for name, content in payload.items()}
    if unsafe := sorted(name for name in files if _is_unsafe(name)):
        raise UsageError(f"{unsafe[0]!r} cannot be the name of a file in a bag")
    files[DECLARATION] = _DECLARED.encode()
    files[INFORMATION] = _write_info(info, payload).encode("utf-8", "replace")
    files["manifest-sha512.txt"] = _write_manifest(files, inside=True)
    files["tagmanifest-sha512.txt"] = _write_manifest(files, inside=False)
    return files


def payload_of(bag: Mapping[str, bytes]) -> dict[str, bytes]:
    """The payload of a bag, its names without ``data/``."""
    return {
        name.removeprefix(PAYLOAD): content
        for name, content in bag.items()
        if name.startswith(PAYLOAD)
    }


def check_bag(
    bag: Mapping[str, bytes], *, loose: frozenset[str] = frozenset()
) -> tuple[BagProblem, ...]:
    """Every fault of a bag; none of them hides another, and none means complete and valid.

    Stricter than RFC 8493 in two points: payload and tag files each need a manifest by sha-256 or
    sha-512, and no tag file may stand outside the tag manifests.

    Args:
        bag: Every file of the bag.
        loose: Tag files that may stand outside, such as a signature over a tag manifest.
    """
    problems = [
        *(
            BagProblem("unsafe", name, "the name could lead out of the bag")
            for name in bag
            if _is_unsafe(name)
        ),
        *_check_declaration(bag),
        *_check_info(bag),
        *_check_manifests(bag, {name for name in bag if name.startswith(PAYLOAD)}, tags=False),
        *_check_manifests(bag, _tag_files(bag) - loose, tags=True),
    ]
    return tuple(sorted(problems, key=lambda problem: (problem.name, problem.what, problem.detail)))


def _write_info(info: Mapping[str, str], payload: Mapping[str, bytes]) -> str:
    if "Bagging-Date" not in info:
        raise UsageError("a bag needs its Bagging-Date")
    lines = []
    for label, value in info.items():
        if label.lower() in _RESERVED or not re.fullmatch(r"[!-9;-~]+", label):
            raise UsageError(f"{label!r} cannot be a label of {INFORMATION}")
        lines.append(f"{label}: {' '.join(value.split())}")
    size = sum(map(len, payload.values()))
    lines += [f"Payload-Oxum: {size}.{len(payload)}", f"Bag-Software-Agent: {SOFTWARE_AGENT}"]
    return "\n".join(lines) + "\n"


def _write_manifest(files: Mapping[str, bytes], *, inside: bool) -> bytes:
    return "".join(
        f"{hashlib.sha512(content).hexdigest()}  {_encode(name)}\n"
        for name, content in sorted(files.items())
        if name.startswith(PAYLOAD) == inside
    ).encode()


def _encode(name: str) -> str:
    """Percent-encode what would break a manifest's lines, and nothing else (section 2.1.3)."""
    return "".join(_ENCODED.get(mark, mark) for mark in name)


def _decode(written: str) -> str:
    return re.sub("%(25|0[Aa]|0[Dd])", lambda found: chr(int(found[1], 16)), written)


def _is_unsafe(name: str) -> bool:
    """Whether a name could mean a place outside the bag on any system (section 5.2)."""
    parts = name.split("/")
    return (
        not {"", ".", ".."}.isdisjoint(parts)
        or name.startswith("~")
        or "\\" in name
        or "\0" in name
        or re.match(r"[A-Za-z]:", name) is not None
    )


def _check_declaration(bag: Mapping[str, bytes]) -> Iterator[BagProblem]:
    if DECLARATION not in bag:
        yield BagProblem("missing", DECLARATION, "a bag must declare its version")
    elif bag[DECLARATION].replace(b"\r\n", b"\n").rstrip(b"\n") != _DECLARED.rstrip("\n").encode():
        found = bag[DECLARATION][:80].decode("ascii", "backslashreplace")
        yield BagProblem("version", DECLARATION, f"not BagIt 1.0 in UTF-8: {found!r}")


def _check_info(bag: Mapping[str, bytes]) -> Iterator[BagProblem]:
    oxums = []
    for number, line in enumerate(_lines(bag.get(INFORMATION, b"")), start=1):
        label, colon, value = line.partition(":")
        if line.startswith((" ", "\t")) and number > 1:
            continue  # a long value goes on (section 2.2.2)
        if _NOT_UTF8.search(line) or not colon or not label or label != label.strip():
            yield BagProblem("malformed", INFORMATION, f"line {number} is no 'label: value'")
        elif label.lower() == "payload-oxum":
            oxums.append(value.strip())
    if len(oxums) > 1:
        yield BagProblem("oxum", INFORMATION, f"Payload-Oxum stands there {len(oxums)} times")
    payload = payload_of(bag)
    size = sum(map(len, payload.values()))
    for oxum in oxums:
        match = _OXUM.fullmatch(oxum)
        if match is None:
            yield BagProblem("oxum", INFORMATION, f"{oxum[:80]!r} is no Payload-Oxum")
        elif (int(match[1]), int(match[2])) != (size, len(payload)):
            detail = f"Payload-Oxum says {oxum}, the payload is {size}.{len(payload)}"
            yield BagProblem("oxum", INFORMATION, detail)


def _tag_files(bag: Mapping[str, bytes]) -> set[str]:
    """The tag files that tag manifests answer for: all but the tag manifests themselves."""
    return {
        name
        for name in bag
        if not name.startswith(PAYLOAD)
        and not (name.startswith("tagmanifest-") and _MANIFEST.fullmatch(name))
    }


def _check_manifests(
    bag: Mapping[str, bytes], expected: set[str], *, tags: bool
) -> Iterator[BagProblem]:
    """Check every manifest of one kind; ``expected`` are the names each of them must list."""
    kind = "tagmanifest" if tags else "manifest"
    vouched = False
    for name in bag:
        match = _MANIFEST.fullmatch(name)
        if match is None or bool(match[1]) != tags:
            continue
        if match[2] not in _ALGORITHMS:
            yield BagProblem("malformed", name, f"{match[2]!r} is no checksum casebook knows")
            continue
        vouched = vouched or match[2] in _STRONG
        yield from _check_manifest(bag, name, match[2], expected)
    if not vouched:
        yield BagProblem("missing", f"{kind}-sha512.txt", "nothing vouches for these files")


def _check_manifest(
    bag: Mapping[str, bytes], manifest: str, algorithm: str, expected: set[str]
) -> Iterator[BagProblem]:
    payload = not manifest.startswith("tag")
    listed: list[str] = []
    for number, line in enumerate(_lines(bag[manifest]), start=1):
        match = _MANIFEST_LINE.fullmatch(line)
        if match is None or _NOT_UTF8.search(line):
            yield BagProblem("malformed", manifest, f"line {number} is no checksum and name")
            continue
        name = _decode(match[2])
        listed.append(name)
        if _is_unsafe(name) or name.startswith(PAYLOAD) != payload:
            yield BagProblem("unsafe", name, f"{manifest} lists a name from elsewhere")
        elif name not in bag:
            yield BagProblem("missing", name, f"{manifest} lists it")
        elif (
            hashlib.new(algorithm, bag[name], usedforsecurity=False).hexdigest() != match[1].lower()
        ):
            yield BagProblem("changed", name, f"its bytes are not those that {manifest} lists")
    yield from _repeated(manifest, listed)
    for name in sorted(expected.difference(listed)):
        yield BagProblem("extra", name, f"{manifest} does not list it")


def _repeated(manifest: str, listed: Iterable[str]) -> Iterator[BagProblem]:
    for name, times in Counter(listed).items():
        if times > 1:
            yield BagProblem("duplicate", name, f"{manifest} lists it {times} times")


def _lines(content: bytes) -> list[str]:
    """The lines of a tag file, ended by LF, CR or CRLF; bytes that are no UTF-8 stay marked.

    Why not ``splitlines``: it also breaks at characters that may stand in a name.
    """
    text = content.decode("utf-8", "surrogateescape")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []
