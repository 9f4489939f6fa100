"""Says a validation error in plain words: which code, what is wrong, what would be right."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

from pydantic_core import ErrorDetails

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code

Phrase: TypeAlias = tuple[Code, str, str | None]


def phrase(error: ErrorDetails, about: str | None) -> Phrase:
    """Say what is wrong with a value.

    Args:
        error: One error of a pydantic validation.
        about: What belongs there, in the words of the field's description.
    """
    kind, context = error["type"], error.get("ctx") or {}
    for start, say in _PHRASES:
        if kind.startswith(start):
            return say(error, context, about)
    return codes.NOT_COHERENT, error["msg"], about


def _choice(error: ErrorDetails, context: dict[str, Any], about: str | None) -> Phrase:
    listed = str(context.get("expected") or context.get("expected_tags") or "")
    choices = re.findall(r"'([^']*)'", listed) or [listed]
    given = context.get("tag") or error["input"]
    shown = f"`{given}`" if isinstance(given, str) and len(given) < 60 else "this"  # noqa: PLR2004
    close = get_close_matches(str(given), choices, n=1)
    hint = f"did you mean `{close[0]}`?" if close else about
    return codes.NOT_A_CHOICE, f"{shown} is none of: {', '.join(choices)}", hint


def _number(error: ErrorDetails, _: dict[str, Any], about: str | None) -> Phrase:
    whole = error["type"].startswith("int")
    what = "a whole number" if whole else "a number"
    if isinstance(error["input"], str) and "," in error["input"]:
        return codes.WRONG_TYPE, f"{what} belongs here, with a point and no comma", about
    return codes.WRONG_TYPE, f"{what} belongs here", about


def _plain(message: str, hint: str | None = None) -> Callable[..., Phrase]:
    def say(_: ErrorDetails, __: dict[str, Any], about: str | None) -> Phrase:
        return codes.WRONG_TYPE, message, hint or about

    return say


def _limit(error: ErrorDetails, context: dict[str, Any], about: str | None) -> Phrase:
    names = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}
    for key, words in names.items():
        if key in context:
            limit = context[key]
            text = f"{limit:g}" if isinstance(limit, float) else str(limit)
            return codes.OUT_OF_RANGE, f"the number must be {words} {text}", about
    return codes.OUT_OF_RANGE, error["msg"], about


def _long(_: ErrorDetails, context: dict[str, Any], about: str | None) -> Phrase:
    most = context["max_length"]
    unit = "items" if "actual_length" in context else "characters"
    return codes.TOO_LONG, f"longer than the {most:,} {unit} taken here", about


def _short(_: ErrorDetails, context: dict[str, Any], about: str | None) -> Phrase:
    if "actual_length" in context and context["min_length"] > 1:
        return codes.OUT_OF_RANGE, f"at least {context['min_length']} items belong here", about
    return codes.MISSING_KEY, "nothing is written here", about


def _pattern(_: ErrorDetails, context: dict[str, Any], about: str | None) -> Phrase:
    pattern = str(context["pattern"])
    if pattern == r"^[^\r\n]*$":
        return codes.WRONG_TYPE, "one line of text belongs here, without line breaks", about
    if pattern.startswith("^[a-z0-9]+"):
        return (
            codes.WRONG_TYPE,
            "an id is made of small letters and digits, with hyphens between",
            "for example low-back-01",
        )
    return codes.WRONG_TYPE, "this is not written as it should be", about


def _custom(code: Code) -> Callable[..., Phrase]:
    def say(error: ErrorDetails, _: dict[str, Any], about: str | None) -> Phrase:
        return code, error["msg"], about

    return say


_PHRASES: Final[tuple[tuple[str, Callable[..., Phrase]], ...]] = (
    ("literal_error", _choice),
    ("union_tag_invalid", _choice),
    ("union_tag_not_found", _custom(codes.MISSING_KEY)),
    ("step_kind", _custom(codes.MISSING_KEY)),
    ("event_kind", _custom(codes.MISSING_KEY)),
    ("release_end", _custom(codes.MISSING_KEY)),
    ("int_", _number),
    ("float_", _number),
    ("bool_", _plain("yes or no belongs here")),
    ("finite_number", _plain("a number belongs here, not infinity")),
    ("iso_date", _custom(codes.WRONG_TYPE)),
    ("clock", _custom(codes.WRONG_TYPE)),
    ("date_", _plain("there is no such day", "a date is written year-month-day: 2026-03-02")),
    ("greater_than", _limit),
    ("less_than", _limit),
    ("string_too_long", _long),
    ("too_long", _long),
    ("string_too_short", _short),
    ("too_short", _short),
    ("string_pattern", _pattern),
    ("string_type", _plain("a text belongs here", "a text with a colon inside wants quotes")),
    ("list_type", _plain("a list belongs here", "write [one, two], or one `- ` line for each")),
    ("tuple_type", _plain("a list belongs here", "write [one, two], or one `- ` line for each")),
    ("dict_type", _plain("keys with values belong here, indented under this key")),
    ("model_type", _plain("keys with values belong here, indented under this key")),
    ("model_attributes_type", _plain("keys with values belong here, indented under this key")),
)
