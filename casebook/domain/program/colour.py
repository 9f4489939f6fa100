"""Colours in figures: contrast, and mixing. A colour is # and six hexadecimal digits (sRGB)."""

from typing import Final

WHITE: Final = "#ffffff"

AA_TEXT: Final = 4.5
"""The least contrast of text of normal size (WCAG 2.2, success criterion 1.4.3)."""

_LINEAR_BELOW: Final = 0.04045
_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """The colour laid over a ground so that ``share`` of it is seen, 0 to 1."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def readable_on(ground: str, colour: str, least: float = AA_TEXT) -> str:
    """The colour, as little lightened as it takes to be read on a dark ground."""
    shares = (100 - step for step in range(0, 101, 2))
    tints = (mixed(colour, WHITE, share / 100) for share in shares)
    return next((tint for tint in tints if contrast(tint, ground) >= least), WHITE)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    return sum(
        weight * _linear(channel / 255)
        for weight, channel in zip(_WEIGHTS, _channels(colour), strict=True)
    )


def _linear(value: float) -> float:
    return value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4
