"""What a change comes to, in words: how much, which way, and what it is evidence of."""

from casebook.domain.work.change import Change, ChangeKind
from casebook.domain.work.measures import ImportantChange, MeasurementError
from casebook.language import _
from casebook.render.views.wording import amount, degrees

DEGREES = "°"


def change_words(change: Change, unit: str = "") -> str:
    """How much and which way: "4 better", "22° more", "no change"."""
    if change.kind is ChangeKind.NONE:
        return _("no change")
    words = {
        "better": _("{amount} better"),
        "worse": _("{amount} worse"),
        "more": _("{amount} more"),
        "less": _("{amount} less"),
    }[change.direction]
    return words.format(amount=figure(change.amount, unit))


def verdict_words(change: Change, unit: str = "", *, borrowed: bool = False) -> str:
    """The change with its verdict: "1 better: below the important change (1.5, small)".

    Args:
        change: The verdict with its figures.
        unit: The measure's unit.
        borrowed: Whether the error of measurement was found for another joint, the shoulder.
    """
    words = change_words(change, unit)
    said = _verdict(change, unit, borrowed=borrowed)
    return _("{change}: {verdict}").format(change=words, verdict=said) if said else words


def figure(value: float, unit: str) -> str:
    """A value with its unit; degrees stand close."""
    return degrees(value) if unit == DEGREES else amount(value, unit)


def error_words(error: MeasurementError, unit: str) -> str:
    """The error of measurement as a figure, or as the span that its source gives."""
    if error.up_to is None:
        return figure(error.amount, unit)
    return _("{lowest} to {highest}").format(
        lowest=figure(error.amount, unit), highest=figure(error.up_to, unit)
    )


def _verdict(change: Change, unit: str, *, borrowed: bool) -> str:
    error, important = change.error, change.important
    if important is not None:
        return _of_importance(change, important, unit)
    if error is not None and change.amount:
        return _of_error(change, error, unit, borrowed=borrowed)
    if change.kind is ChangeKind.UNJUDGED and change.direction != "worse":
        return _("no figure published here to judge it by")
    return ""


def _of_error(change: Change, error: MeasurementError, unit: str, *, borrowed: bool) -> str:
    if change.kind is ChangeKind.WITHIN_ERROR:
        words = _("within the error of measurement ({error}), so no evidence of change")
        figures = figure(error.amount, unit)
    elif change.kind is ChangeKind.NEAR_ERROR:
        words = _("change and error of measurement ({error}) cannot be told apart")
        figures = error_words(error, unit)
    else:
        words = _("more than the error of measurement ({error})")
        figures = figure(error.up_to or error.amount, unit)
    if borrowed:
        figures = _("{figure}, found for the shoulder").format(figure=figures)
    return words.format(error=figures)


def _of_importance(change: Change, important: ImportantChange, unit: str) -> str:
    figures = figure(important.amount, unit)
    if important.label != "important":
        figures = _("{figure}, {size}").format(figure=figures, size=_(important.label))
    if change.kind is ChangeKind.BELOW_IMPORTANT:
        words = _("below the important change ({figure})")
    elif change.amount > important.amount:
        words = _("more than the important change ({figure})")
    else:
        words = _("as much as the important change ({figure})")
    return words.format(figure=figures)
