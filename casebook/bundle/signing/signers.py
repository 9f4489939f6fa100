"""Whom to believe: policies that judge a key, apart from how a signature is verified.

A signature says which key made it. Whose key that is, and whether its word counts for a thing,
only somebody who knows the people can say; they say it in a file of allowed signers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, Self

from casebook.bundle.signing.allowed import AllowedSigner, read_lines
from casebook.bundle.signing.keys import PublicKey


@dataclass(frozen=True, slots=True)
class Judged:
    """What a policy says of a key.

    Attributes:
        trusted: Whether its signature counts.
        who: The names it speaks for, as patterns; empty where nobody said.
        why: The reason, as a clause.
    """

    trusted: bool
    who: tuple[str, ...]
    why: str

    @property
    def name(self) -> str:
        """The names in one line."""
        return ", ".join(self.who)


class SignerPolicy(Protocol):
    """Whose signatures count."""

    def judge(self, key: PublicKey, namespace: str) -> Judged:
        """Judge a key whose signature fits.

        Args:
            key: The key.
            namespace: What was signed.
        """
        ...

    def demanding(self, who: str) -> "SignerPolicy":
        """The same policy, where the signature has to be this person's."""
        ...


@dataclass(frozen=True, slots=True)
class AnyKey:
    """Takes any key: a signature only has to fit, and whose it is stays unknown."""

    def judge(self, key: PublicKey, namespace: str) -> Judged:
        """Take it."""
        del namespace
        return Judged(
            trusted=True,
            who=(),
            why=f"signed by the key {key.fingerprint}; whose that is was not asked",
        )

    def demanding(self, who: str) -> Self:
        """The same: nothing is known of anybody."""
        del who
        return self


@dataclass(frozen=True, slots=True)
class AllowedSigners:
    """Takes the keys in a file of allowed signers, at a moment.

    Attributes:
        lines: The file's lines.
        moment: The moment that keys have to count at.
        who: Whose signature it has to be; None for anybody's in the file.
    """

    lines: tuple[AllowedSigner, ...]
    moment: datetime
    who: str | None = None

    @classmethod
    def read(cls, content: bytes, moment: datetime, who: str | None = None) -> Self:
        """The policy in a file.

        Args:
            content: The file.
            moment: The moment that keys have to count at, with its time zone.
            who: Whose signature it has to be.

        Raises:
            SignersRefused: A line cannot be understood.
        """
        return cls(read_lines(content), moment, who)

    def demanding(self, who: str) -> "AllowedSigners":
        """The same file, where the signature has to be this person's."""
        return replace(self, who=who)

    def judge(self, key: PublicKey, namespace: str) -> Judged:
        """Say whether the file lets this key sign such a thing now."""
        lines = [each for each in self.lines if each.key == key]
        if not lines:
            return Judged(
                trusted=False, who=(), why=f"the key {key.fingerprint} is not among the signers"
            )
        meant = [each for each in lines if self.who is None or each.is_for(self.who)]
        if not meant:
            names = _names(lines)
            said = f"the key is not that of {self.who!r}, but of {', '.join(names)}"
            return Judged(trusted=False, who=names, why=said)
        objections = [each.objection(namespace, self.moment) for each in meant]
        taken = [each for each, fault in zip(meant, objections, strict=True) if fault is None]
        if not taken:
            return Judged(trusted=False, who=_names(meant), why=str(objections[0]))
        names = _names(taken) if self.who is None else (self.who,)
        return Judged(trusted=True, who=names, why=f"signed by {', '.join(names)}")

    def names_of(self, key: PublicKey) -> tuple[str, ...]:
        """Whose key it is at the moment, whatever it may be used for."""
        return _names([each for each in self.lines if each.key == key and self._counts(each)])

    def unused(self) -> Iterator[AllowedSigner]:
        """Lines whose keys sign nothing here: of another kind, or an authority's."""
        return (each for each in self.lines if each.key is None)

    def _counts(self, line: AllowedSigner) -> bool:
        return replace(line, namespaces=None).objection("", self.moment) is None


def _names(lines: Sequence[AllowedSigner]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.names for each in lines))
