"""The structures that a session tests and releases, and the names people give them.

A name is looked up as people type it: case, spaces, hyphens, points and accents
do not count, nor does the word "muscle" around a muscle's name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, Self, TypeAlias

StructureKind: TypeAlias = Literal[
    "muscle", "ligament", "fascia", "tendon", "scar", "joint", "organ", "nerve", "function"
]
"""What a structure is; "function" stands for what is tested as a whole, such as breathing."""

_WORD = re.compile(r"[^\W_]+")
_LEADING = frozenset({"m", "mm", "musculus", "musculi", "muscle", "muscles"})
_TRAILING = frozenset({"m", "mm", "muscle", "muscles"})
_SCAR_WORDS = frozenset({"scar", "scars"})

# Longer wordings are sentences, and no name of anything.
_LONGEST_FREE_NAME = 120
_LONGEST_MISSPELLING = 60
_CLOSE_ENOUGH = 0.6
# A body part alone ("hip") seldom means a scar on it.
_SCAR_LAST = 0.85
_FEWEST_LETTERS_TO_COMPLETE = 3
_FEWEST_LETTERS_TO_SPOT = 5


@dataclass(frozen=True, slots=True)
class Structure:
    """One thing that can be tested or released.

    Attributes:
        id: An Uberon identifier, or ``casebook:<slug>`` for the project's own entries.
        name: The name to show, unique within an anatomy.
        region: The part of the body, None where that is not known.
        part_of: The name of the larger structure; for a freely worded scar, the
            nearest scar that the anatomy knows.
        fma: The identifier in the Foundational Model of Anatomy, where Uberon gives one;
            two of them stand apart by a semicolon.
    """

    id: str
    name: str
    kind: StructureKind
    region: str | None = None
    part_of: str | None = None
    fma: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """All structures known, findable by any of their names. Build it with ``Anatomy.of``."""

    structures: tuple[Structure, ...]
    names: tuple[str, ...]
    _by_key: dict[str, Structure]
    _scar_qualifiers: tuple[tuple[str, Structure], ...]

    @classmethod
    def of(cls, structures: Iterable[Structure], synonyms: Iterable[tuple[str, str]]) -> Self:
        """Index the structures under their names, then under their synonyms.

        Where two claim one term, a name wins over a synonym and an earlier synonym
        over a later one. "X muscle" is also a claim on the muscle "X": Uberon files
        "sternohyoid muscle" under the sternothyroid, and nobody means that.

        Args:
            structures: Their names differ in more than case, spaces and points.
            synonyms: Pairs of a term and the name of the structure it stands for.

        Raises:
            KeyError: A synonym stands for a name that no structure has.
        """
        known = tuple(structures)
        by_name = {structure.name: structure for structure in known}
        by_key = {_key(words(structure.name)): structure for structure in known}
        for term, name in synonyms:
            spoken = words(term)
            structure = by_name[name]
            if _muscle(by_key, _bare(spoken)) in (None, structure):
                by_key.setdefault(_key(spoken), structure)
        by_key.pop("", None)
        return cls(
            structures=known,
            names=tuple(sorted(by_name, key=str.casefold)),
            _by_key=by_key,
            _scar_qualifiers=_scar_qualifiers(known),
        )

    def find(self, text: str) -> Structure | None:
        """Return the structure that the text names, or None.

        A scar may be worded freely ("old burn scar, left forearm"): the answer then
        keeps that wording as its name and points to the nearest known scar.
        """
        spoken = words(text)
        found = self._by_key.get(_key(spoken)) or _muscle(self._by_key, _bare(spoken))
        return found or self._free_scar(text, spoken)

    def suggest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return names close to a text that names nothing, the closest first.

        Closeness is the ratio of ``difflib`` over names and synonyms; the beginning
        of a longer name, and a known name inside a longer text, count as close too.
        """
        spoken = words(text[:_LONGEST_FREE_NAME])
        wanted = _key(_bare(spoken) or spoken)[:_LONGEST_MISSPELLING]
        closeness: dict[str, float] = {}
        for word in spoken:
            if structure := self._by_key.get(word):
                closeness[structure.name] = 0.8
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        for key, structure in self._by_key.items():
            score = _closeness(matcher, key, wanted)
            if structure.kind == "scar" and structure.part_of:
                score *= _SCAR_LAST
            if score > closeness.get(structure.name, 0.0):
                closeness[structure.name] = score
        ranked = sorted(closeness, key=lambda name: (-closeness[name], name.casefold()))
        return tuple(ranked[: max(limit, 0)])

    def _free_scar(self, text: str, spoken: tuple[str, ...]) -> Structure | None:
        name = " ".join(text.split())
        if len(name) > _LONGEST_FREE_NAME or _SCAR_WORDS.isdisjoint(spoken):
            return None
        padded = f" {' '.join(spoken)} "
        nearest = next((s for phrase, s in self._scar_qualifiers if phrase in padded), None)
        return Structure(
            id=f"casebook:{'-'.join(spoken)}",
            name=name,
            kind="scar",
            region=nearest.region if nearest else None,
            part_of=nearest.name if nearest else "scar",
        )


def words(text: str) -> tuple[str, ...]:
    """Split a name into what counts of it: letters and digits without case and accents."""
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return tuple(_WORD.findall(text))


def _key(spoken: tuple[str, ...]) -> str:
    # Why: one spelling for "muscle" and "muscles", so that "neck muscles" finds "neck muscle".
    if spoken and spoken[-1] == "muscles":
        spoken = (*spoken[:-1], "muscle")
    return "".join(spoken)


def _bare(spoken: tuple[str, ...]) -> tuple[str, ...]:
    start, end = 0, len(spoken)
    while start < end and spoken[start] in _LEADING:
        start += 1
    while end > start and spoken[end - 1] in _TRAILING:
        end -= 1
    return spoken[start:end]


def _muscle(by_key: dict[str, Structure], bare: tuple[str, ...]) -> Structure | None:
    """Find what "X muscle" means by X: the jaw muscles are not the jaw."""
    structure = by_key.get(_key(bare))
    return structure if structure is not None and structure.kind == "muscle" else None


def _scar_qualifiers(structures: tuple[Structure, ...]) -> tuple[tuple[str, Structure], ...]:
    """List what tells one scar from another (" knee replacement "), the longest first."""
    found = []
    for structure in structures:
        if structure.kind == "scar":
            qualifier = " ".join(word for word in words(structure.name) if word != "scar")
            if qualifier:
                found.append((f" {qualifier} ", structure))
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _closeness(matcher: SequenceMatcher[str], key: str, wanted: str) -> float:
    """Rate a known key against the wanted one, 0 (not worth offering) to 1 (the same)."""
    if len(wanted) >= _FEWEST_LETTERS_TO_COMPLETE and key.startswith(wanted):
        return 0.75 + 0.25 * len(wanted) / len(key)
    if len(key) >= _FEWEST_LETTERS_TO_SPOT and key in wanted:
        return 0.7 + 0.3 * len(key) / len(wanted)
    matcher.set_seq1(key)
    if (
        matcher.real_quick_ratio() < _CLOSE_ENOUGH
        or matcher.quick_ratio() < _CLOSE_ENOUGH
        or (ratio := matcher.ratio()) < _CLOSE_ENOUGH
    ):
        return 0.0
    return ratio
