"""One submission of the set, and what a verifier must say of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Step = Literal[
    "container",
    "bag",
    "record",
    "inventory",
    "recipient",
    "signature",
    "program",
    "sources",
    "check",
    "results",
    "documents",
]

STEPS: Final[tuple[Step, ...]] = (
    "container",
    "bag",
    "record",
    "inventory",
    "recipient",
    "signature",
    "program",
    "sources",
    "check",
    "results",
    "documents",
)
"""The steps of a verification, in their order."""


@dataclass(frozen=True, slots=True)
class Case:
    """A submission with its verdict.

    Attributes:
        file: Its name in the set's folder, ending included.
        content: Its bytes.
        why: One sentence: what is particular about it.
        step: The first step that must not hold; None when it must be accepted.
        arguments: What a verifier is told besides the file; paths are relative to the set's
            folder.
        alone: Whether every other step that can be taken must hold.
    """

    file: str
    content: bytes
    why: str
    step: Step | None = None
    arguments: tuple[str, ...] = ()
    alone: bool = True

    @property
    def reach(self) -> Step:
        """The last step that a verifier must know to judge it."""
        named = [self.step] if self.step else []
        if "--documents" in self.arguments:
            named.append("documents")
        elif "--signers" in self.arguments:
            named.append("signature")
        return max(named or ["container"], key=STEPS.index)

    def values(self) -> dict[str, object]:
        """The case as ``expected.json`` holds it."""
        return {
            "file": self.file,
            "arguments": list(self.arguments),
            "verdict": "refuse" if self.step else "accept",
            "step": self.step,
            "alone": self.alone,
            "reach": self.reach,
            "why": self.why,
        }


def refuse_repeated(cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases, once it is sure that no two share a file's name.

    Raises:
        ValueError: Two do.
    """
    found: dict[str, Case] = {}
    for each in cases:
        if each.file in found:
            raise ValueError(f"two cases are named {each.file}")
        found[each.file] = each
    return tuple(found.values())
