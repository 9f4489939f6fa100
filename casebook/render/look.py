"""A look as CSS: the theme's few differences from the base, and the tints of the accent."""

import re
from typing import Final

from casebook.charts.palette import tinted
from casebook.domain.program.colour import WHITE, mixed, readable_on
from casebook.domain.program.look import ACCENT, Look
from casebook.render.stylesheets import PAPER, PDF, SHARED, stylesheet

NIGHT: Final = "#161c23"
"""The paper of a page shown in the dark; ``screen.css`` has the same."""

_COMFORTABLE: Final = 7.0
"""Contrast of an accent by night: above AA, since thin lines are drawn with it too."""

_ROOT: Final = re.compile(r":root *{([^}]*)}")
_PROPERTY: Final = re.compile(r"(--[a-z-]+): *([^;]+)")
_VARIABLE: Final = re.compile(r"var\((--[a-z-]+)\)")


def theme_css(look: Look) -> str:
    """What the look's theme does otherwise than the base."""
    return stylesheet((f"themes/{look.theme}",))


def accent_css(look: Look) -> str:
    """The look's accent and its tints, by day and by night; nothing for the usual one."""
    if look.accent == ACCENT:
        return ""
    by_night = readable_on(NIGHT, look.accent, _COMFORTABLE)
    night = _variables(by_night, *tints(by_night, NIGHT))
    return f"{_by_day(look)}\n@media screen and (prefers-color-scheme: dark){{{night}}}"


def paper_css(look: Look) -> str:
    """All that paper is dressed with in a look, with its colours and typefaces put in place.

    Why not by custom properties, as on a screen: WeasyPrint looks each of them up anew for every
    element.
    """
    text = "\n".join((stylesheet((*SHARED, *PAPER, *PDF)), theme_css(look), _by_day(look)))
    values = {
        name: value for root in _ROOT.findall(text) for name, value in _PROPERTY.findall(root)
    }
    return _VARIABLE.sub(lambda found: values[found[1]], _ROOT.sub("", text))


def dressed(body: str, look: Look) -> str:
    """A page's body with its charts in the look's accent."""
    if look.accent == ACCENT:
        return body
    return tinted(body, look.accent, *tints(look.accent, WHITE))


def tints(accent: str, ground: str) -> tuple[str, str]:
    """The soft and the pale tint of an accent, for areas."""
    return mixed(accent, ground, 0.28), mixed(accent, ground, 0.115)


def _by_day(look: Look) -> str:
    return _variables(look.accent, *tints(look.accent, WHITE)) if look.accent != ACCENT else ""


def _variables(accent: str, soft: str, pale: str) -> str:
    return f":root{{--accent:{accent};--accent-soft:{soft};--accent-pale:{pale}}}"
