"""A look as CSS: the theme's few differences from the base, and the tints of the accent."""

from typing import Final

from casebook.charts.palette import tinted
from casebook.domain.program.colour import WHITE, mixed, readable_on
from casebook.domain.program.look import ACCENT, Look
from casebook.render.stylesheets import stylesheet

NIGHT: Final = "#161c23"
"""The paper of a page shown in the dark; ``screen.css`` has the same."""

_COMFORTABLE: Final = 7.0
"""Contrast of an accent by night: above AA, since thin lines are drawn with it too."""


def theme_css(look: Look) -> str:
    """What the look's theme does otherwise than the base."""
    return stylesheet((f"themes/{look.theme}",))


def accent_css(look: Look) -> str:
    """The look's accent and its tints, by day and by night; nothing for the usual one."""
    if look.accent == ACCENT:
        return ""
    by_night = readable_on(NIGHT, look.accent, _COMFORTABLE)
    day = _variables(look.accent, *tints(look.accent, WHITE))
    night = _variables(by_night, *tints(by_night, NIGHT))
    return f"{day}\n@media screen and (prefers-color-scheme: dark){{{night}}}"


def dressed(body: str, look: Look) -> str:
    """A page's body with its charts in the look's accent."""
    if look.accent == ACCENT:
        return body
    return tinted(body, look.accent, *tints(look.accent, WHITE))


def tints(accent: str, ground: str) -> tuple[str, str]:
    """The soft and the pale tint of an accent, for areas."""
    return mixed(accent, ground, 0.28), mixed(accent, ground, 0.115)


def _variables(accent: str, soft: str, pale: str) -> str:
    return f":root{{--accent:{accent};--accent-soft:{soft};--accent-pale:{pale}}}"
