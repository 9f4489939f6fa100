"""Where a value stands in a file."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeAlias

Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and list positions from the file's top."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


FILE_START = Span(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text in a file."""

    path: str
    span: Span = FILE_START


@dataclass(frozen=True, slots=True)
class Places:
    """Where each value of one file stands.

    ``values`` and ``keys`` map a value's way to its own span and to its key's span; ``blanks``
    are the ways whose value is nothing: left empty, null, or a list or mapping without items.
    ``lines`` is the file's text.
    """

    path: str
    values: Mapping[Loc, Span] = field(default_factory=dict)
    keys: Mapping[Loc, Span] = field(default_factory=dict)
    blanks: AbstractSet[Loc] = frozenset()
    lines: Sequence[str] = field(default=(), repr=False, compare=False)
    _holders: AbstractSet[Loc] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Why at once: to look through all keys for each mapping takes minutes.
        holders = frozenset(way[:-1] for way in self.keys if self.holds(*way))
        object.__setattr__(self, "_holders", holders)

    def of(self, *loc: str | int) -> Place:
        """The place of the value at ``loc``, or of the nearest value around it.

        A mapping or a list is pointed at by its key, since its own text may be pages long.
        """
        way = tuple(loc)
        while way:
            span = self.values.get(way)
            if span is not None:
                key = self.keys.get(way)
                return Place(self.path, key if key and span.line != span.end_line else span)
            way = way[:-1]
        return Place(self.path, self._top())

    def of_key(self, *loc: str | int) -> Place:
        """The place of the key at ``loc``, or of the value when it has no key."""
        span = self.keys.get(tuple(loc))
        return Place(self.path, span) if span else self.of(*loc)

    def of_character(self, character: str, *loc: str | int) -> Place:
        """The place of a character in the value at ``loc``; the value's where it is escaped."""
        span = self.values.get(tuple(loc))
        if span is not None:
            begin = span.column - 1
            for number, line in enumerate(self.lines[span.line - 1 : span.end_line], span.line):
                at = line.find(character, begin)
                if at >= 0:
                    return Place(self.path, Span(number, at + 1, number, at + 2))
                begin = 0
        return self.of(*loc)

    def holds(self, *loc: str | int) -> bool:
        """Whether anything is written at ``loc``, be it right or wrong."""
        way = tuple(loc)
        return way in self.values and way not in self.blanks

    def holds_below(self, *loc: str | int) -> bool:
        """Whether anything is written behind one of the keys of the mapping at ``loc``."""
        return tuple(loc) in self._holders

    def _top(self) -> Span:
        return next(iter(self.keys.values()), FILE_START)
