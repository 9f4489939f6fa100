"""Names that are one slip of the pen away from a word, found without trying each of them."""

from collections.abc import Iterable, Iterator

from casebook.rules.privacy.name_spellings import one_slip_apart


class Slips:
    """Folded names, by what is left of them without one of their letters.

    Why: two words that a letter more, less, changed or exchanged makes one have such a rest in
    common, so that only names that share one with the word are compared with it.

    Args:
        names: Folded, as ``name_spellings.spellings`` gives them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_rest: dict[str, list[str]] = {}
        for name in names:
            for rest in _rests(name):
                self._by_rest.setdefault(rest, []).append(name)

    def __bool__(self) -> bool:
        return bool(self._by_rest)

    def is_near(self, word: str) -> bool:
        """Whether a folded word is one slip away from one of the names."""
        return any(
            one_slip_apart(word, name)
            for rest in _rests(word)
            for name in self._by_rest.get(rest, ())
        )


def _rests(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    yield from dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))
