"""Takes names and identifiers out of a text, and leaves marks where they stood."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casebook.language import N_, _
from casebook.rules.identifier_shapes.shape import IdentifierKind
from casebook.rules.identifier_shapes.written_dates import read_date
from casebook.rules.privacy.identifiers import Identifier, all_identifiers
from casebook.rules.privacy.listed_names import ListedNames, NameFound
from casebook.rules.privacy.published import citations_in, cites_only
from casebook.rules.privacy.safe_harbor import RULES

_NAME: Final = N_("[name]")
_MARKS: Final[Mapping[IdentifierKind, str]] = {
    "url": N_("[web address]"),
    "e-mail": N_("[e-mail address]"),
    "ip-address": N_("[network address]"),
    "phone": N_("[telephone number]"),
    "fax": N_("[fax number]"),
    "age": N_("[90 or older]"),
    "address": N_("[address]"),
    "postcode": N_("[postcode]"),
    "position": N_("[place]"),
    "name": _NAME,
}
"""What stands for a kind; a number of any register is "[number]"."""

_ROUNDS: Final = 4
"""How often a text is gone over: what is taken out may bring its neighbours together."""

_MAKES_A_LINK: Final = ("(", "[", ":")
"""What, behind a bracket, CommonMark takes for a link."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out: where it stood in the text, and its Safe Harbor kind."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """How texts are redacted.

    Attributes:
        names: The names that must not stand.
        regions: Countries whose telephone numbers are looked for first.
        first_day: The date of Day 0, so that dates become days; None leaves the year.
        works: Ids of the references: a citation of them stays as it is.
    """

    names: ListedNames
    regions: Sequence[str] = ()
    first_day: date | None = None
    works: Collection[str] = ()

    def redact(self, text: str) -> tuple[str, tuple[Removed, ...]]:
        """A text without what was found in it, and what that was, in its order."""
        all_removed: list[Removed] = []
        for _round in range(_ROUNDS):
            found = self._found(text)
            if not found:
                break
            # Why only the first round: afterwards places no longer are those of the file.
            all_removed += [removed for removed, _ in found] if not all_removed else []
            text = _without(text, found)
        return text, tuple(all_removed)

    def doubts(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where a listed name may stand, and stays: as a likeness, or in a citation."""
        cited = self._cited(text)
        return tuple(
            (each.start, each.end)
            for each in self.names.within(text)
            if not each.sure or any(cited[span] and _touches(each, span) for span in cited)
        )

    def _cited(self, text: str) -> Mapping[tuple[int, int], bool]:
        """Each citation, and whether it is of works that are listed."""
        return {
            (start, end): cites_only(text[start:end], self.works)
            for start, end in citations_in(text)
        }

    def _found(self, text: str) -> list[tuple[Removed, str]]:
        """What is to be taken out, and the mark that stands for it, without overlaps."""
        found = [
            (Removed(each.start, each.end, each.rule.id), self._mark(each, text))
            for each in all_identifiers(text, self.regions)
        ]
        name = _(_NAME)
        found += [
            (Removed(each.start, each.end, RULES["A"].id), name)
            for each in self.names.within(text)
            if each.sure
        ]
        found = list(_past_citations(found, self._cited(text)))
        kept: list[tuple[Removed, str]] = []
        for removed, mark in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
            if kept and removed.start < kept[-1][0].end:
                before, earlier = kept[-1]
                end = max(before.end, removed.end)
                kept[-1] = (Removed(before.start, end, before.rule), earlier)
            else:
                kept.append((removed, mark))
        return kept

    def _mark(self, found: Identifier, text: str) -> str:
        if found.kind != "date":
            mark = _MARKS.get("fax" if found.rule.letter == "E" else found.kind)
            return _(mark) if mark else _("[number]")
        written = read_date(text[found.start : found.end])
        if written.day is not None and self.first_day is not None:
            return _("[Day {number}]").format(number=(written.day - self.first_day).days)
        if written.year is not None:
            return _("[date in {year}]").format(year=written.year)
        return _("[date]")


def _past_citations(
    found: Iterable[tuple[Removed, str]], cited: Mapping[tuple[int, int], bool]
) -> Iterator[tuple[Removed, str]]:
    """Leave citations of listed works alone, and take out another one as a whole.

    Why as a whole: with a mark for its key it would cite a work of that name.
    """
    for removed, mark in found:
        span = next((each for each in cited if _touches(removed, each)), None)
        if span is None:
            yield removed, mark
        elif not cited[span]:
            start, end = min(removed.start, span[0]), max(removed.end, span[1])
            yield Removed(start, end, removed.rule), mark


def _touches(found: Removed | NameFound, span: tuple[int, int]) -> bool:
    return found.start < span[1] and span[0] < found.end


def _without(text: str, found: Sequence[tuple[Removed, str]]) -> str:
    parts = []
    at = 0
    for removed, mark in found:
        behind = text[removed.end : removed.end + 1]
        parts += [text[at : removed.start], "\\" * (behind in _MAKES_A_LINK and bool(behind)), mark]
        at = removed.end
    return "".join((*parts, text[at:]))
