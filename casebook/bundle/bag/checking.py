"""Says everything that is wrong with a bag, of a submission or of anybody else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casebook.bundle.bag.contents import BagFiles, MemoryFiles, payload_names
from casebook.bundle.bag.fetch import check_fetch
from casebook.bundle.bag.manifests import Manifest, check_manifests, read_manifests
from casebook.bundle.bag.names import is_unsafe, name_warnings
from casebook.bundle.bag.problem import BagFileRefused, BagProblem
from casebook.bundle.bag.rules import SUBMISSION, BagRules
from casebook.bundle.bag.tag_files import check_declaration, check_information, read_declaration


@dataclass(frozen=True, slots=True)
class BagReport:
    """What can be said of a bag.

    Attributes:
        rules: The version and encoding it declares; of BagIt 1.0 where it declares none.
        algorithms: By which checksums its payload is vouched for.
        payload_files: How many files the payload has.
        payload_bytes: And how many bytes.
        errors: Why it is not complete or not valid, by name; empty when it is both.
        warnings: What is not as good as it could be.
    """

    rules: BagRules
    algorithms: tuple[str, ...]
    payload_files: int
    payload_bytes: int
    errors: tuple[BagProblem, ...]
    warnings: tuple[BagProblem, ...]


def check_bag(
    bag: Mapping[str, bytes], *, loose: frozenset[str] = frozenset()
) -> tuple[BagProblem, ...]:
    """Every fault of a submission's bag; none hides another, and none means complete and valid.

    Stricter than RFC 8493: payload and tag files each need a manifest by sha-256 or sha-512, no tag
    file may stand outside the tag manifests, and nothing is tolerated with a warning.

    Args:
        bag: Every file of the bag.
        loose: Tag files that may stand outside, such as a signature over a tag manifest.
    """
    files = MemoryFiles(bag)
    manifests, unread = read_manifests(files, SUBMISSION)
    return _in_order(
        [
            *_unsafe_names(files),
            *check_declaration(files),
            *check_information(files, SUBMISSION),
            *unread,
            *check_manifests(files, SUBMISSION, manifests, loose=loose),
        ]
    )


def examine_bag(files: BagFiles, told: Iterable[BagProblem] = ()) -> BagReport:
    """Check a bag of anybody by the version of BagIt that it declares.

    Args:
        files: Its files.
        told: What came to light when they were listed.
    """
    rules, misdeclared = read_declaration(files)
    manifests, unread = read_manifests(files, rules)
    listed = {entry.name for manifest in manifests for entry in manifest.entries}
    problems = _in_order(
        [
            *told,
            *_unsafe_names(files),
            *misdeclared,
            *_readable(check_information(files, rules)),
            *unread,
            *check_manifests(files, rules, manifests),
            *_readable(check_fetch(files, rules, manifests)),
            *name_warnings(files.names | listed),
        ]
    )
    payload = payload_names(files)
    return BagReport(
        rules=rules,
        algorithms=_algorithms(manifests),
        payload_files=len(payload),
        payload_bytes=sum(map(files.size, payload)),
        errors=tuple(each for each in problems if not each.warning),
        warnings=tuple(each for each in problems if each.warning),
    )


def _unsafe_names(files: BagFiles) -> Iterator[BagProblem]:
    for name in files.names:
        if is_unsafe(name):
            yield BagProblem("unsafe", name, "the name could lead out of the bag")


def _readable(problems: Iterator[BagProblem]) -> Iterator[BagProblem]:
    """Problems of a tag file, the last of which may be that it cannot be read."""
    try:
        yield from problems
    except BagFileRefused as refused:
        yield refused.problem


def _algorithms(manifests: Iterable[Manifest]) -> tuple[str, ...]:
    return tuple(sorted({each.algorithm for each in manifests if not each.of_tags}))


def _in_order(problems: Iterable[BagProblem]) -> tuple[BagProblem, ...]:
    once = dict.fromkeys(problems)
    return tuple(sorted(once, key=lambda problem: (problem.name, problem.what, problem.detail)))
