"""Says a validation error in plain words: which code, what is wrong, what would be right."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

from pydantic_core import ErrorDetails

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code
from casebook.source.reader import quoted

Phrase: TypeAlias = tuple[Code, str, str | None]

_NUMBER_AND_TAIL: Final = re.compile(r"([-+]?\d{1,9}(?:\.\d{1,9})?)\s*([^\d\s.,:].{0,20})")
_ANY_TAIL: Final = re.compile(r"/\s*\d+|(?:out )?of \d+|points?|x|times")
"""What is written behind any figure and changes nothing in it: a scale, a count."""

_TAILS: Final = {
    "second": re.compile(r"s|secs?|seconds?"),
    "minute": re.compile(r"min|mins|minutes?"),
    "hour": re.compile(r"h|hrs?|hours?"),
    "day": re.compile(r"d|days?"),
    "month": re.compile(r"months?"),
    "year": re.compile(r"y|yrs?|years?(?: old)?"),
    "degree": re.compile(r"°|deg|degrees?"),
    "percent": re.compile(r"%|percent"),
}
"""A unit that a field's description names, and how people write it behind the figure."""

_DATE: Final = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}|\d{1,2}\.\d{1,2}\.?")
_DECIMAL_COMMA: Final = re.compile(r"[-+]?\d+,\d+")
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+")

_SHOWN: Final = 100
"""More of a text is compared with nothing."""


def phrase(error: ErrorDetails, about: str | None) -> Phrase:
    """Say what is wrong with a value.

    Args:
        error: One error of a pydantic validation.
        about: What belongs there, in the words of the field's description.
    """
    kind, context = error["type"], error.get("ctx") or {}
    hint = what_belongs(about)
    if kind in _OWN:
        code, remedy = _OWN[kind]
        return code, error["msg"], remedy or hint
    for start, say in _PHRASES:
        if kind.startswith(start):
            return say(error, context, hint)
    return codes.WRONG_TYPE, "this is not what belongs here", hint


def what_belongs(about: str | None) -> str:
    """A remedy out of a field's description."""
    return f"what belongs there: {about.rstrip('.')}" if about else "write what belongs there"


def _choice(error: ErrorDetails, context: dict[str, Any], _: str) -> Phrase:
    listed = str(context.get("expected") or context.get("expected_tags"))
    choices = re.findall(r"'([^']*)'", listed) or [listed]
    given = context.get("tag", error["input"])
    said = quoted(given) if isinstance(given, str) else "this"
    meant = str(given)[:_SHOWN].casefold()
    close = get_close_matches(meant, choices, n=1)
    close = close or [each for each in choices if meant and each.startswith(meant)][:1]
    hint = f"did you mean `{close[0]}`?" if close else "write one of them"
    return codes.NOT_A_CHOICE, f"{said} is none of: {', '.join(choices)}", hint


def _number(error: ErrorDetails, _: dict[str, Any], hint: str) -> Phrase:
    whole = error["type"].startswith("int")
    what = "a whole number" if whole else "a number"
    given = error["input"].strip() if isinstance(error["input"], str) else ""
    if "days" in _words(hint) and _DATE.fullmatch(given):
        return (
            codes.WRONG_TYPE,
            f"{what} of days belongs here, and no date",
            "count the days from the first session: 0, 7, 14",
        )
    if whole and _THOUSANDS.fullmatch(given):
        return codes.WRONG_TYPE, f"{what} has no comma", f"write {given.replace(',', '')}"
    if not whole and _DECIMAL_COMMA.fullmatch(given):
        return (
            codes.WRONG_TYPE,
            f"{what} belongs here, with a point and no comma",
            f"write {given.replace(',', '.')}",
        )
    found = _NUMBER_AND_TAIL.fullmatch(given)
    if found and _changes_nothing(found[2], hint):
        return codes.WRONG_TYPE, f"{what} alone belongs here", f"leave out the rest: {found[1]}"
    return codes.WRONG_TYPE, f"{what} belongs here", hint


def _changes_nothing(tail: str, hint: str) -> bool:
    """Whether the figure before ``tail`` is in the unit that the field wants."""
    tail = tail.strip().rstrip(".").casefold()
    units = [_TAILS[word] for word in _words(hint) if word in _TAILS]
    return any(pattern.fullmatch(tail) for pattern in (_ANY_TAIL, *units))


def _words(hint: str) -> set[str]:
    """The words of a description, those in the plural as in the singular too."""
    words = set(re.findall(r"[a-z]+", hint.casefold()))
    return words | {word.removesuffix("s") for word in words}


def _limit(_: ErrorDetails, context: dict[str, Any], hint: str) -> Phrase:
    key, words = next((key, words) for key, words in _LIMITS.items() if key in context)
    limit = context[key]
    if isinstance(limit, str):  # so pydantic gives a date
        return codes.OUT_OF_RANGE, f"the day must be {words} {limit}", "is the year right?"
    text = f"{limit:g}" if isinstance(limit, float) else f"{limit:,}"
    return codes.OUT_OF_RANGE, f"the number must be {words} {text}", hint


def _long(_: ErrorDetails, context: dict[str, Any], __: str) -> Phrase:
    unit = "items" if "actual_length" in context else "characters"
    return codes.TOO_LONG, f"longer than the {context['max_length']:,} {unit} taken", "shorten it"


def _short(_: ErrorDetails, context: dict[str, Any], hint: str) -> Phrase:
    fewest = context["min_length"]
    if "actual_length" in context and fewest > 1:
        return codes.OUT_OF_RANGE, f"at least {fewest} items belong here", hint
    return codes.MISSING_KEY, "nothing is written here", hint


def _pattern(error: ErrorDetails, context: dict[str, Any], hint: str) -> Phrase:
    for start, message, remedy in _PATTERNS:
        if str(context["pattern"]).startswith(start):
            likely = _as_id(error["input"]) if start == _ID_PATTERN else ""
            return codes.WRONG_TYPE, message, f"for example {likely}" if likely else remedy
    return codes.WRONG_TYPE, "this is not written as it should be", hint


def _as_id(written: object) -> str:
    """The id that is nearest to what was written; nothing where no letter of it fits."""
    text = str(written)[:_SHOWN].casefold()
    return "-".join(re.findall("[a-z0-9]+", text)) if text.isascii() else ""


def _plain(message: str, remedy: str | None = None) -> Callable[..., Phrase]:
    def say(_: ErrorDetails, __: dict[str, Any], hint: str) -> Phrase:
        return codes.WRONG_TYPE, message, remedy or hint

    return say


_LIMITS: Final = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}

_ID_PATTERN: Final = "^[a-z0-9]+"

_PATTERNS: Final = (
    (
        r"^[^\r\n]*$",
        "one line of text belongs here, without line breaks",
        "write it on one line, or begin it with >- to have the lines joined",
    ),
    (
        _ID_PATTERN,
        "an id is made of small letters and digits, with hyphens between",
        "for example low-back-01",
    ),
    (r"^10\.", "this is no DOI", "for example 10.1000/182"),
    (
        "^[0-9a-f]{64}$",
        "a digest is 64 small letters and digits",
        "let casebook write it: `casebook mark new`, `mark seal` and `moderate` do",
    ),
    ("^[A-Za-z0-9+/=]*$", "this is no sealed envelope", "ask for the file as it was sealed"),
    (r"^\d{4}-\d{2}-\d{2}T", "this is no moment in UTC", "for example 2026-07-01T10:30:00Z"),
    ("^https?://", "this is no link", "it begins with http:// or https:// and has no spaces"),
)
"""How a pattern begins, what its failure means, and the remedy."""

_A_LIST: Final = _plain("a list belongs here", "write [one, two], or one `- ` line for each")
_KEYS: Final = _plain(
    "keys with values belong here", "write them on the lines below, indented: key: value"
)

_PHRASES: Final[tuple[tuple[str, Callable[..., Phrase]], ...]] = (
    ("literal_error", _choice),
    ("enum", _choice),
    ("union_tag_invalid", _choice),
    ("int_", _number),
    ("float_", _number),
    ("finite_number", _number),
    ("bool_", _plain("yes or no belongs here", "write yes or no")),
    ("date_", _plain("there is no such day", "a date is written year-month-day: 2026-03-02")),
    ("greater_than", _limit),
    ("less_than", _limit),
    ("string_too_long", _long),
    ("too_long", _long),
    ("string_too_short", _short),
    ("too_short", _short),
    ("string_pattern", _pattern),
    ("string_type", _plain("a text belongs here", "put quotes around a text that has a colon")),
    ("list_type", _A_LIST),
    ("tuple_type", _A_LIST),
    ("dict_type", _KEYS),
    ("model_type", _KEYS),
    ("model_attributes_type", _KEYS),
)
"""How the name of a pydantic error begins, and what says it."""

_OWN: Final[dict[str, tuple[Code, str | None]]] = {
    "step_kind": (
        codes.MISSING_KEY, "such as: - {test: gluteus maximus, side: left, result: inhibited}"
    ),
    "event_kind": (
        codes.MISSING_KEY, 'such as: - {at: "00:45", test: gluteus maximus, result: inhibited}'
    ),
    "release_end": (codes.MISSING_KEY, 'such as until: "01:17", or seconds: 25'),
    "iso_date": (codes.WRONG_TYPE, None),
    "clock": (codes.WRONG_TYPE, 'put it in quotes: "07:45"'),
    "time_order": (codes.NOT_COHERENT, "correct one of the two times"),
    "date_order": (codes.NOT_COHERENT, "correct one of the two dates"),
    "empty_range": (codes.NOT_COHERENT, "correct one of the two"),
    "window_order": (codes.NOT_COHERENT, "the sure part is the first part of the window"),
    "level_order": (codes.NOT_COHERENT, "put the levels in order, the lowest first"),
    "level_twice": (codes.NOT_COHERENT, "give each level a number of its own"),
    "error_span": (codes.NOT_COHERENT, "give the smaller figure as amount, the larger as up_to"),
    "must_pass_level": (codes.NOT_COHERENT, "name the lowest level that passes"),
    "moment": (codes.OUT_OF_RANGE, "ask for the file as it was sealed"),
    "grader_twice": (codes.NOT_COHERENT, "give each grader an id of their own"),
    "figure_missing": (codes.NOT_COHERENT, "say from which figure each level is reached"),
    "figure_unused": (codes.NOT_COHERENT, "remove it, or add `from_protocol`"),
    "figure_order": (codes.NOT_COHERENT, "put the figures in the order of the levels"),
}  # fmt: skip
"""The errors that our own records raise: their messages are ours, the remedy stands here."""
