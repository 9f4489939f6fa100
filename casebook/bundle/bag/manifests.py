"""A bag's manifests: what they list, held against the files that are there."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from casebook.bundle.bag.contents import CHECKSUMS, PAYLOAD, BagFiles, payload_names, tag_names
from casebook.bundle.bag.names import decode, decode_line_ends, is_unsafe, one_spelling
from casebook.bundle.bag.problem import BagFault, BagFileRefused, BagProblem
from casebook.bundle.bag.rules import BagRules
from casebook.bundle.bag.tag_files import is_text, lines_of, without_mark

MANIFEST: Final = re.compile(r"(tag)?manifest-([^/]+)\.txt")

STRONG: Final = frozenset(["sha256", "sha512"])
"""Checksums that vouch for a submission: anyone can make two files with one md5 or sha1."""
_SUBMISSIONS: Final = frozenset(["md5", "sha1", "sha256", "sha512"])

_LINE: Final = re.compile(r"([0-9A-Fa-f]+)[ \t]+(.+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest: a name as it is on the disk, and its checksum in small letters."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One manifest as read.

    Attributes:
        name: Its own name.
        algorithm: Python's name for its checksum.
        of_tags: Whether it lists tag files, and not the payload.
        entries: Its lines that could be read.
        problems: What is wrong with the others.
    """

    name: str
    algorithm: str
    of_tags: bool
    entries: tuple[Entry, ...]
    problems: tuple[BagProblem, ...] = field(default=(), repr=False)


def read_manifests(
    files: BagFiles, rules: BagRules
) -> tuple[tuple[Manifest, ...], tuple[BagProblem, ...]]:
    """Read every manifest of a bag; problems are those of manifests that cannot be read at all."""
    manifests, problems = [], []
    spellings = {one_spelling(name): name for name in files.names}
    for name in sorted(files.names):
        match = MANIFEST.fullmatch(name)
        if match is None:
            continue
        algorithm = _algorithm(match[2], rules)
        if algorithm is None:
            what: BagFault = "malformed" if rules.strict else "checksum"
            detail = f"{match[2]!r} is no checksum casebook knows"
            problems.append(BagProblem(what, name, detail))
            continue
        try:
            lines = lines_of(files.read(name), rules.encoding)
        except BagFileRefused as refused:
            problems.append(refused.problem)
            continue
        reading = _Reading(files, rules, name, spellings)
        entries = tuple(reading.entries(lines))
        manifests.append(
            Manifest(name, algorithm, bool(match[1]), entries, tuple(reading.problems))
        )
    return tuple(manifests), tuple(problems)


def check_manifests(
    files: BagFiles,
    rules: BagRules,
    manifests: Sequence[Manifest],
    *,
    loose: Collection[str] = (),
) -> Iterator[BagProblem]:
    """Hold every manifest against the files: each is read once for all of its checksums.

    Args:
        files: The files.
        rules: What the manifests are held to.
        manifests: The manifests as read.
        loose: Tag files that tag manifests need not list.
    """
    digests, refused = _digests(files, manifests)
    yield from refused
    for manifest in manifests:
        yield from manifest.problems
        yield from _check_entries(files, manifest, digests)
        yield from _repeated(manifest, rules)
    yield from _unlisted(files, rules, manifests, frozenset(loose))
    yield from _unvouched(rules, manifests)


class _Reading:
    """Reads the lines of one manifest."""

    def __init__(
        self, files: BagFiles, rules: BagRules, manifest: str, spellings: Mapping[str, str]
    ) -> None:
        self.problems: list[BagProblem] = []
        self._there, self._rules, self._manifest = files.names, rules, manifest
        self._spellings = spellings

    def entries(self, lines: list[str]) -> Iterator[Entry]:
        if not self._rules.strict:
            lines, marked = without_mark(lines)
            if marked:
                self._warn("style", self._manifest, "it begins with a byte order mark")
        for number, line in enumerate(lines, start=1):
            match = _LINE.fullmatch(line)
            if match is None or not is_text(line):
                detail = f"line {number} is no checksum and name"
                self.problems.append(BagProblem("malformed", self._manifest, detail))
                continue
            yield Entry(self._meant(match[2]), match[1].lower())

    def _meant(self, written: str) -> str:
        """The name of the file that a line means."""
        if self._rules.strict:
            return decode(written)
        name = written
        if name.startswith("*") and name not in self._there:
            name = name.removeprefix("*")
            self._warn("style", name, f"{self._manifest} marks it with an asterisk, as md5sum does")
        if name.startswith("./"):
            name = re.sub(r"^(\./+)+", "", name)
            self._warn("style", name, f"{self._manifest} lists it with ./ before its name")
        return self._there_as(self._decoded(name))

    def _decoded(self, name: str) -> str:
        if not self._rules.is_final:
            return name if name in self._there else decode_line_ends(name)
        decoded = decode(name)
        if "%" in re.sub("%(25|0[Aa]|0[Dd])", "", name):
            self._warn("style", decoded, f"{self._manifest} writes its percent sign bare")
        if decoded not in self._there and name in self._there:
            return name  # a writer that encodes line ends, and forgets the percent sign
        return decoded

    def _there_as(self, name: str) -> str:
        """The file's own name, where it is written with other codes for the same letters."""
        if name in self._there:
            return name
        own = self._spellings.get(one_spelling(name))
        if own is None:
            return name
        self._warn("clash", own, f"{self._manifest} writes its letters with other codes")
        return own

    def _warn(self, what: BagFault, name: str, detail: str) -> None:
        self.problems.append(BagProblem(what, name, detail, warning=True))


def _digests(
    files: BagFiles, manifests: Sequence[Manifest]
) -> tuple[dict[str, Mapping[str, str]], list[BagProblem]]:
    wanted: dict[str, set[str]] = {}
    for manifest in manifests:
        for entry in manifest.entries:
            if entry.name in files.names and _belongs(entry.name, manifest):
                wanted.setdefault(entry.name, set()).add(manifest.algorithm)
    digests: dict[str, Mapping[str, str]] = {}
    problems = []
    for name in sorted(wanted):
        try:
            digests[name] = files.digests(name, wanted[name])
        except BagFileRefused as refused:
            problems.append(refused.problem)
    return digests, problems


def _belongs(name: str, manifest: Manifest) -> bool:
    return not is_unsafe(name) and name.startswith(PAYLOAD) != manifest.of_tags


def _check_entries(
    files: BagFiles, manifest: Manifest, digests: Mapping[str, Mapping[str, str]]
) -> Iterator[BagProblem]:
    for entry in manifest.entries:
        if not _belongs(entry.name, manifest):
            yield BagProblem("unsafe", entry.name, f"{manifest.name} lists a name from elsewhere")
        elif entry.name not in files.names:
            yield BagProblem("missing", entry.name, f"{manifest.name} lists it")
        elif entry.name in digests and digests[entry.name][manifest.algorithm] != entry.digest:
            detail = f"its bytes are not those that {manifest.name} lists"
            yield BagProblem("changed", entry.name, detail)


def _repeated(manifest: Manifest, rules: BagRules) -> Iterator[BagProblem]:
    """Names that stand there twice; before RFC 8493 that was no fault with one checksum."""
    digests: dict[str, list[str]] = {}
    for entry in manifest.entries:
        digests.setdefault(entry.name, []).append(entry.digest)
    for name, listed in digests.items():
        if len(listed) > 1:
            detail = f"{manifest.name} lists it {len(listed)} times"
            harmless = not rules.is_final and len(set(listed)) == 1
            yield BagProblem("duplicate", name, detail, warning=harmless)


def _unlisted(
    files: BagFiles, rules: BagRules, manifests: Sequence[Manifest], loose: frozenset[str]
) -> Iterator[BagProblem]:
    """Files that are there, and that a manifest should list and does not."""
    payload = payload_names(files)
    if not rules.is_final:
        of_payload = [each for each in manifests if not each.of_tags]
        listed = {entry.name for each in of_payload for entry in each.entries}
        for name in sorted(payload - listed):
            yield BagProblem("extra", name, "no manifest lists it")
        return
    tags = tag_names(files) - loose
    if not rules.strict:
        tags = frozenset(each.name for each in manifests if not each.of_tags)
    for manifest in manifests:
        expected = tags if manifest.of_tags else payload
        for name in sorted(expected.difference(entry.name for entry in manifest.entries)):
            yield BagProblem("extra", name, f"{manifest.name} does not list it")


def _unvouched(rules: BagRules, manifests: Sequence[Manifest]) -> Iterator[BagProblem]:
    """A payload needs a manifest; a submission needs strong ones, of its tag files too."""
    good = [each for each in manifests if not rules.strict or each.algorithm in STRONG]
    for of_tags in (False, True) if rules.strict else (False,):
        if not any(each.of_tags is of_tags for each in good):
            name = f"{'tag' * of_tags}manifest-sha512.txt"
            yield BagProblem("missing", name, "nothing vouches for these files")


def _algorithm(written: str, rules: BagRules) -> str | None:
    """Python's name for the checksum in a manifest's name."""
    if rules.strict:
        return written if written in _SUBMISSIONS else None
    return CHECKSUMS.get(re.sub("[^a-z0-9]", "", written.lower()))
