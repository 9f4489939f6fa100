"""What a style has where no rule says anything of it, found at once.

Of four fifths of what WeasyPrint asks a style for, no rule of ours speaks: the value is what it is
at the beginning, or the parent's. WeasyPrint goes through all that might have been said first.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

_OF_THEIR_OWN: Final = frozenset({"display", "float", "page", "position"})
"""What more decides on than rules and the parent."""
_LINES: Final = "text_decoration_"
"""The lines below and through a text, which a child does not inherit but is drawn with."""


def find_unset_at_once() -> None:
    """Let WeasyPrint do so from now on."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    usual = {
        key: value
        for key, value in INITIAL_VALUES.items()
        if key not in _OF_THEIR_OWN and not key.startswith(_LINES)
    }
    # Why by direction: what stands on the left is said of the start of a line, or of its end.
    twins = {
        key: tuple(name(block="ttb", inline=each) for each in ("ltr", "rtl"))
        for key, name in PHYSICAL_FUNCTIONS.items()
    }
    ComputedStyle.__missing__ = with_unset_known(
        ComputedStyle.__missing__,
        {
            key: (value, twins.get(key, ()))
            for key, value in usual.items()
            if key not in INHERITED and key not in INITIAL_NOT_COMPUTED
        },
        INHERITED & usual.keys() - twins.keys(),
    )


def with_unset_known(
    work_out: Callable[[Any, str], Any],
    initial: Mapping[str, tuple[object, tuple[str, ...]]],
    inherited: Collection[str],
) -> Callable[[Any, str], Any]:
    """The same function, which works out a value of a style and keeps it there.

    Args:
        work_out: The function.
        initial: Values at the beginning, each with other names under which it may be said.
        inherited: What is the parent's where nothing is said.
    """

    def find(style: Any, key: str) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
        said = style.cascaded
        if key not in said:
            if key in initial:
                value, twins = initial[key]
                if not any(each in said for each in twins):
                    style[key] = value
                    return value
            elif key in inherited and style.parent_style is not None:
                style[key] = value = style.parent_style[key]
                return value
        return work_out(style, key)

    return find
