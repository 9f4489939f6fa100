"""How a cut is to be found: the method, and what a certifying body settles before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from casebook.bundle.signing.signers import SignerPolicy
from casebook.errors import UsageError

Method: TypeAlias = Literal[
    "borderline-regression", "borderline-group", "contrasting-groups", "angoff", "modified-angoff"
]
METHODS: Final[tuple[Method, ...]] = get_args(Method)

BY_JUDGES: Final = frozenset({"angoff", "modified-angoff"})
"""Methods that ask judges instead of looking at marks."""

_FITTING: Final[Mapping[str, tuple[Method, ...]]] = {
    "borderline": ("borderline-regression", "borderline-group", "contrasting-groups"),
    "positions": ("borderline-regression",),
    "failing": ("contrasting-groups",),
    "passing": ("contrasting-groups",),
}
"""The methods that a choice has a meaning for."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a certifying body settles before it reads a cut off its marks.

    Attributes:
        borderline: The rating that means just good enough; the one called so when left out.
        positions: Rating id -> position, in place of the rubric's own.
        failing: The ratings that mean clearly failing; those below borderline when left out.
        passing: The ratings that mean clearly passing; those above borderline when left out.
        program_path: The program to go by, instead of the one that is named or shipped.
        rubric_id: The rubric to take, where there are several.
        signers: Whose signatures count; only marks that their graders signed are taken then.
    """

    borderline: str | None = None
    positions: Mapping[str, float] = field(default_factory=dict)
    failing: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    program_path: Path | None = None
    rubric_id: str | None = None
    signers: SignerPolicy | None = None


def refuse_idle_choices(method: Method, choices: Choices) -> None:
    """Refuse a choice that the method does not look at: somebody believes it does.

    Raises:
        UsageError: There is one.
    """
    for name, methods in _FITTING.items():
        if getattr(choices, name) and method not in methods:
            raise UsageError(
                f"--{name.removesuffix('s')} changes nothing with the method {method}",
                hint=f"leave it out, or use it with {' or '.join(methods)}",
            )
