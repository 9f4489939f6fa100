"""Results and appeals as the lines they form: which result came after which, and why.

A line holds all results for one submission, oldest first. A result that followed an appeal names
the digests of both; so a file that was changed, or is missing, shows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import Appeal, Follows, IssuedResult

RecordT = TypeVar("RecordT", IssuedResult, Appeal)


@dataclass(frozen=True, slots=True)
class Filed(Generic[RecordT]):
    """A result or an appeal, the file it stands in, and its digest."""

    path: str
    record: RecordT
    digest: str


def filed(path: str, record: RecordT) -> Filed[RecordT]:
    """A record with its digest, which takes a while for a long one and is asked for often."""
    return Filed(path, record, record.digest)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Results and appeals that are not signed as they have to be.

    They count for nothing. But a signature can be taken away, so that what they say they follow
    may be followed all the same.
    """

    results: tuple[Filed[IssuedResult], ...] = ()
    appeals: tuple[Filed[Appeal], ...] = ()

    @property
    def paths(self) -> Mapping[str, str]:
        """Digest -> file."""
        results = {each.digest: each.path for each in self.results}
        return results | {each.digest: each.path for each in self.appeals}


NONE_UNSIGNED: Final = Unsigned()
"""Everything is signed as it has to be."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """The results for one submission, and the appeals against them.

    Attributes:
        results: Oldest first.
        appeals: Oldest first; of an appeal as opened and as decided both stand here.
        taken_up: Results made for an appeal, which its outcome has taken up.
        gaps: What a result or an appeal refers to and is not here as it was: missing or changed.
        faults: What contradicts itself, and the doubts.
        doubts: What is not signed as it has to be, and may take the place of the newest result.
    """

    results: tuple[Filed[IssuedResult], ...]
    appeals: tuple[Filed[Appeal], ...] = ()
    taken_up: tuple[Filed[IssuedResult], ...] = ()
    gaps: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def newest(self) -> Filed[IssuedResult]:
        """The result that counts, where there are no faults."""
        return self.results[-1]

    @property
    def digests(self) -> set[str]:
        """The digests of all its files."""
        results = {each.digest for each in (*self.results, *self.taken_up)}
        return results | {each.digest for each in self.appeals}

    @property
    def undecided(self) -> tuple[Filed[Appeal], ...]:
        """Appeals that nothing here has decided."""
        decided = {each.record.as_opened.digest for each in self.appeals if each.record.decision}
        return tuple(
            each
            for each in self.appeals
            if each.record.decision is None and each.digest not in decided
        )


@dataclass(frozen=True, slots=True)
class Lineage:
    """All lines in some files.

    Attributes:
        lines: By the day of their first results, then by candidate.
        strays: Appeals that belong to no line: what they are against is not here as it was.
        unsigned: What counts for nothing, and is needed to say why something is missing.
    """

    lines: tuple[ResultLine, ...]
    strays: tuple[Filed[Appeal], ...] = ()
    unsigned: Unsigned = NONE_UNSIGNED

    @property
    def faults_of_strays(self) -> tuple[str, ...]:
        """What is wrong with appeals that belong to no line, in a sentence each."""
        paths = self.unsigned.paths
        return tuple(
            _gone(each.path, "is against the result", each.record.result, paths)
            for each in self.strays
        )


def trace(
    results: Iterable[Filed[IssuedResult]],
    appeals: Iterable[Filed[Appeal]] = (),
    unsigned: Unsigned = NONE_UNSIGNED,
) -> Lineage:
    """Put results and appeals into their lines; the order they come in makes no difference.

    Args:
        results: Those that are relied on.
        appeals: The same.
        unsigned: Others, which are in no line and may put one in doubt.
    """
    known = {each.digest: each for each in _by_path(results)}
    raised = {each.digest: each for each in _by_path(appeals)}
    groups: dict[str, list[Filed[IssuedResult]]] = defaultdict(list)
    for each in known.values():
        groups[each.record.submission].append(each)
    traced = _Traced(known, raised, unsigned)
    lines = [traced.line(group) for group in groups.values()]
    lines.sort(key=lambda line: (_issued(line.results[0]), line.results[0].record.candidate))
    return Lineage(tuple(lines), tuple(_strays(known, raised)), unsigned)


@dataclass(frozen=True, slots=True)
class _Traced:
    known: Mapping[str, Filed[IssuedResult]]
    raised: Mapping[str, Filed[Appeal]]
    unsigned: Unsigned

    def line(self, group: Sequence[Filed[IssuedResult]]) -> ResultLine:
        taken_up = _taken_up(group)
        results = _in_order(
            [each for each in group if each.digest not in {one.digest for one in taken_up}]
        )
        appeals = self._appeals(results)
        doubts = tuple(self._doubts(results))
        return ResultLine(
            results=results,
            appeals=appeals,
            taken_up=taken_up,
            gaps=(*self._gaps(results), *self._unanswered(results, appeals)),
            faults=(
                *_forks(results),
                *_rivals(appeals),
                *(fault for each in results for fault in self._faults_of_link(each)),
                *(fault for each in appeals for fault in self._faults_of_appeal(each)),
                *doubts,
            ),
            doubts=doubts,
        )

    def _doubts(self, results: Sequence[Filed[IssuedResult]]) -> Iterator[str]:
        """Results on the same submission that may come after the newest that is relied on."""
        unsigned = {each.digest: each for each in _by_path(self.unsigned.results)}
        vouched: set[str] = set()
        waiting = [link.result for each in results if (link := each.record.follows)]
        # Why passed over: whoever signed what follows a result has signed its digest too.
        while waiting:
            digest = waiting.pop()
            if digest in unsigned and digest not in vouched:
                vouched.add(digest)
                link = unsigned[digest].record.follows
                waiting += [link.result] if link else []
        upheld = _upheld(results)
        newest = results[-1]
        for each in sorted(unsigned.values(), key=lambda each: each.path):
            if (
                each.record.submission == newest.record.submission
                and each.digest not in {*vouched, *self.known}
                and not _is_taken_up(each, upheld)
            ):
                yield (
                    f"{each.path} is about the same submission as {newest.path}, and is not "
                    "signed as it has to be: which one counts cannot be said"
                )

    def _unanswered(
        self, results: Sequence[Filed[IssuedResult]], appeals: Iterable[Filed[Appeal]]
    ) -> Iterator[str]:
        # Why the unsigned too: of those it is told that they put the line in doubt.
        every = (*results, *self.unsigned.results)
        named = {each.record.follows.appeal for each in every if each.record.follows}
        for each in appeals:
            if each.record.decision and each.digest not in named:
                yield (
                    f"{each.path} was decided, and the result that came of it is missing, or one "
                    "of the two was changed"
                )

    def _appeals(self, results: Sequence[Filed[IssuedResult]]) -> tuple[Filed[Appeal], ...]:
        against = {each.digest for each in results}
        named = {each.record.follows.appeal for each in results if each.record.follows}
        found = [
            each
            for digest, each in self.raised.items()
            if each.record.result in against or digest in named
        ]
        return tuple(sorted(found, key=lambda each: (_day(each.record), each.path)))

    def _gaps(self, results: Sequence[Filed[IssuedResult]]) -> Iterator[str]:
        unsigned = self.unsigned.paths
        for each in results:
            follows = each.record.follows
            if follows is None:
                continue
            if follows.result not in self.known:
                yield _gone(each.path, "follows the result", follows.result, unsigned)
            if follows.appeal not in self.raised:
                yield _gone(each.path, "came of the appeal", follows.appeal, unsigned)

    def _faults_of_link(self, result: Filed[IssuedResult]) -> Iterator[str]:
        new, follows = result.record, result.record.follows
        if follows is None:
            return
        before = self.known.get(follows.result)
        if before is not None:
            yield from _faults_of_step(result, before)
        appeal = self.raised.get(follows.appeal)
        if appeal is None:
            return
        decision = appeal.record.decision
        if appeal.record.result != follows.result:
            yield f"{result.path} came of {appeal.path}, which is against another result"
        if decision is None:
            yield f"{result.path} came of {appeal.path}, which is not decided"
        elif (decision.outcome, decision.reason, decision.decided) != (
            follows.outcome, follows.reason, new.issued,
        ):  # fmt: skip
            yield f"{result.path} tells another decision, or another day of it, than {appeal.path}"

    def _faults_of_appeal(self, appeal: Filed[Appeal]) -> Iterator[str]:
        against = self.known.get(appeal.record.result)
        if against is None:
            return
        last = against.record.appeal_until
        if last is None:
            yield f"{appeal.path} is against {against.path}, which could not be appealed against"
        elif appeal.record.opened > last:
            yield f"{appeal.path} was opened on {appeal.record.opened}; the last day was {last}"
        if appeal.record.opened < against.record.issued:
            yield f"{appeal.path} was opened before {against.path} was issued"
        if appeal.record.candidate != against.record.candidate:
            yield f"{appeal.path} names another candidate than {against.path}"


def same_substance(one: IssuedResult, other: IssuedResult) -> bool:
    """Whether two results say the same but for their days and what they follow."""
    bare = {"issued": other.issued, "appeal_until": None, "follows": None}
    return one.model_copy(update=bare).digest == other.model_copy(update=bare).digest


def _taken_up(group: Sequence[Filed[IssuedResult]]) -> tuple[Filed[IssuedResult], ...]:
    """Results made for an appeal: the outcome that was issued says the same."""
    followed = {each.record.follows.result for each in group if each.record.follows}
    upheld = _upheld(group)
    return tuple(
        each for each in group if each.digest not in followed and _is_taken_up(each, upheld)
    )


def _upheld(group: Iterable[Filed[IssuedResult]]) -> Sequence[IssuedResult]:
    """Results that came of an appeal which was upheld."""
    return [
        each.record for each in group if (link := each.record.follows) and link.outcome == "upheld"
    ]


def _is_taken_up(result: Filed[IssuedResult], upheld: Iterable[IssuedResult]) -> bool:
    return result.record.follows is None and any(
        same_substance(result.record, outcome) for outcome in upheld
    )


def _in_order(results: Sequence[Filed[IssuedResult]]) -> tuple[Filed[IssuedResult], ...]:
    """Each after the one it follows; what nothing here comes before, by its day."""
    after: dict[str | None, list[Filed[IssuedResult]]] = defaultdict(list)
    here = {each.digest for each in results}
    for each in sorted(results, key=lambda each: (_issued(each), each.path)):
        link = each.record.follows
        after[link.result if link and link.result in here else None].append(each)
    ordered: list[Filed[IssuedResult]] = []
    waiting = list(after[None])
    while waiting:
        each = waiting.pop(0)
        ordered.append(each)
        waiting[:0] = after[each.digest]
    return tuple(ordered)


def _forks(results: Sequence[Filed[IssuedResult]]) -> Iterator[str]:
    first = [each.path for each in results if each.record.follows is None]
    if len(first) > 1:
        yield (
            f"{_listed(first)} are about one submission, and neither follows the other: which one "
            "counts cannot be said"
        )
    links = Counter(each.record.follows.result for each in results if each.record.follows)
    for digest in sorted(each for each, count in links.items() if count > 1):
        both = [each.path for each in results if _names(each.record.follows, digest)]
        yield f"{_listed(both)} follow the same result: which one counts cannot be said"


def _rivals(appeals: Sequence[Filed[Appeal]]) -> Iterator[str]:
    """Appeals against one result that are not one appeal, opened and decided."""
    against: dict[str, dict[str, str]] = defaultdict(dict)
    for each in appeals:
        against[each.record.result].setdefault(each.record.as_opened.digest, each.path)
    for paths in against.values():
        if len(paths) > 1:
            yield (
                f"{_listed(sorted(paths.values()))} are against the same result and differ: one of "
                "them was changed, or does not belong here"
            )


def _names(follows: Follows | None, digest: str) -> bool:
    return follows is not None and follows.result == digest


def _faults_of_step(result: Filed[IssuedResult], before: Filed[IssuedResult]) -> Iterator[str]:
    new, old = result.record, before.record
    about = [(each.submission, each.program, each.level, each.candidate) for each in (new, old)]
    if about[0] != about[1]:
        yield f"{result.path} follows {before.path}, which is about another submission"
    if new.issued < old.issued:
        yield f"{result.path} is dated before {before.path}, which it follows"
    dismissed = new.follows is not None and new.follows.outcome == "dismissed"
    if dismissed and not same_substance(new, old):
        yield f"{result.path} confirms {before.path}, and says something else"


def _strays(
    known: Mapping[str, Filed[IssuedResult]], raised: Mapping[str, Filed[Appeal]]
) -> Iterator[Filed[Appeal]]:
    named = {each.record.follows.appeal for each in known.values() if each.record.follows}
    for digest, each in raised.items():
        if each.record.result not in known and digest not in named:
            yield each


def _gone(path: str, refers: str, digest: str, unsigned: Mapping[str, str]) -> str:
    if digest in unsigned:
        return f"{path} {refers} {brief(digest)}; {unsigned[digest]} is not signed as it has to be"
    return f"{path} {refers} {brief(digest)}, which is missing or was changed"


def _listed(paths: Sequence[str]) -> str:
    return " and ".join(paths)


def _by_path(files: Iterable[Filed[RecordT]]) -> list[Filed[RecordT]]:
    # Why reversed: of two copies the first by name stays in a mapping that is filled in turn.
    return sorted(files, key=lambda each: each.path, reverse=True)


def _issued(result: Filed[IssuedResult]) -> str:
    return result.record.issued.isoformat()


def _day(appeal: Appeal) -> str:
    return (appeal.decision.decided if appeal.decision else appeal.opened).isoformat()
