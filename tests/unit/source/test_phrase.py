"""Every error that a record can raise is said in words of ours, never in those of pydantic."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest
from pydantic_core import ErrorDetails, PydanticKnownError

from casebook.diagnostics import codes
from casebook.source.load import KINDS
from casebook.source.phrase import phrase, what_belongs

# What validation of each kind of schema can complain of, apart from its limits.
RAISES: Final[dict[str, tuple[str, ...]]] = {
    "str": ("string_type",),
    "int": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "float": ("float_type", "float_parsing", "finite_number"),
    "bool": ("bool_type", "bool_parsing"),
    "date": ("date_type", "date_parsing", "date_from_datetime_parsing"),
    "literal": ("literal_error",),
    "enum": ("enum",),
    "list": ("list_type",),
    "tuple": ("tuple_type",),
    "dict": ("dict_type",),
    "model": ("model_type", "model_attributes_type"),
    "tagged-union": ("union_tag_invalid",),
    "model-fields": (),
    "model-field": (),
    "nullable": (),
    "default": (),
    "definitions": (),
    "definition-ref": (),
    "function-before": (),
    "function-after": (),
    "none": (),
    "any": (),
}
LIMITS: Final = {
    "gt": "greater_than",
    "ge": "greater_than_equal",
    "lt": "less_than",
    "le": "less_than_equal",
    "pattern": "string_pattern_mismatch",
}


def schemas(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a schema holds anything
    """Every part of a core schema that validates something."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for key, each in value.items():
            if key not in {"metadata", "serialization", "expected", "config", "function"}:
                yield from schemas(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from schemas(each)


def possible_errors() -> dict[str, dict[str, Any]]:
    """The name of each error that a file can lead to, with a context such as it has."""
    found: dict[str, dict[str, Any]] = {}
    for model in KINDS.values():
        for schema in schemas(model.__pydantic_core_schema__):
            assert schema["type"] in RAISES, f"what can {schema['type']} complain of?"
            found |= {name: {} for name in RAISES[schema["type"]]}
            found |= {
                error: {limit: schema[limit]}
                for limit, error in LIMITS.items()
                if limit in schema and schema["type"] != "date"
            }
            for limit, error in (("max_length", "too_long"), ("min_length", "too_short")):
                if limit in schema:
                    is_text = schema["type"] == "str"
                    name = f"string_{error}" if is_text else error
                    counts = {} if is_text else {"field_type": "List", "actual_length": 1}
                    found[name] = {limit: schema[limit], **counts}
    return found


CONTEXTS: Final[dict[str, dict[str, Any]]] = {
    "literal_error": {"expected": "'left' or 'right'"},
    "enum": {"expected": "'late' or 'inside'"},
    "union_tag_invalid": {"discriminator": "'needs'", "tag": "x", "expected_tags": "'a', 'b'"},
    "model_type": {"class_name": "Client"},
    "model_attributes_type": {},
    "date_parsing": {"error": "input is too short"},
    "date_from_datetime_parsing": {"error": "input is too short"},
}
ERRORS: Final = possible_errors()


def error(kind: str, given: object = "x", **context: object) -> ErrorDetails:
    details = {"type": kind, "loc": ("key",), "msg": "as pydantic says it", "input": given}
    return cast("ErrorDetails", details | ({"ctx": context} if context else {}))


def test_the_search_for_errors_finds_them() -> None:
    """The records can raise errors of every kind of value and limit."""
    assert len(ERRORS) > 20
    assert {"string_pattern_mismatch", "too_short", "union_tag_invalid", "date_type"} <= set(ERRORS)


@pytest.mark.parametrize("kind", sorted(ERRORS))
def test_every_error_of_validation_has_words_of_ours(kind: str) -> None:
    """No record leads to a message of pydantic, or to the words for what was never thought of."""
    context = CONTEXTS.get(kind, {}) | ERRORS[kind]
    theirs = PydanticKnownError(kind, context or None).message()  # type: ignore[arg-type]
    code, message, hint = phrase(error(kind, **context), "The key used in marks.")
    assert message != theirs
    assert "pydantic" not in message
    assert message not in {"this is not what belongs here", "this is not written as it should be"}
    assert hint
    assert not hint.endswith(".")
    assert code in codes.all_codes()


def test_every_error_of_our_own_has_a_remedy(repository: Path) -> None:
    """Each error that a record raises itself keeps its message and gets a remedy."""
    raised = set()
    for path in (repository / "casebook" / "domain").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'PydanticCustomError\(\s*"([a-z_]+)"', text))
    assert len(raised) > 8
    for kind in raised:
        _, message, hint = phrase(error(kind), None)
        assert message == "as pydantic says it"
        assert hint, kind


def test_an_error_never_thought_of_is_said_without_the_words_of_pydantic() -> None:
    """A type that no record of today raises gives a plain sentence."""
    code, message, hint = phrase(error("json_invalid"), "A list of days.")
    assert (code, message) == (codes.WRONG_TYPE, "this is not what belongs here")
    assert hint == "what belongs there: A list of days"


@pytest.mark.parametrize(
    "given, message, hint",
    [
        ("lft", "`lft` is none of: left, right", "did you mean `left`?"),
        ("LEFT", "`LEFT` is none of: left, right", "did you mean `left`?"),
        ("R", "`R` is none of: left, right", "did you mean `right`?"),
        ("up", "`up` is none of: left, right", "write one of them"),
        (["left"], "this is none of: left, right", "did you mean `left`?"),
    ],
)
def test_a_choice_lists_what_there_is(given: object, message: str, hint: str) -> None:
    """A wrong choice is shown with the right ones, and the nearest is offered."""
    said = phrase(error("literal_error", given, expected="'left' or 'right'"), "Which side.")
    assert said == (codes.NOT_A_CHOICE, message, hint)


def test_a_long_wrong_choice_is_shown_short() -> None:
    """A page of text where a word belongs does not fill the screen."""
    said = phrase(error("literal_error", "word " * 5000, expected="'left' or 'right'"), None)
    assert len(said[1]) < 120


@pytest.mark.parametrize(
    "kind, given, message, hint",
    [
        ("float_parsing", "7.5/10", "a number alone belongs here", "leave out the rest: 7.5"),
        (
            "float_parsing",
            "7,5",
            "a number belongs here, with a point and no comma",
            "write 7.5",
        ),
        ("int_parsing", "often", "a whole number belongs here", "what belongs there: How many"),
        ("float_type", ["7"], "a number belongs here", "what belongs there: How many"),
    ],
)
def test_a_number_with_something_around_it_is_offered_bare(
    kind: str, given: object, message: str, hint: str
) -> None:
    """Units, scales and commas are what people write; the remedy is the number itself."""
    assert phrase(error(kind, given), "How many.") == (codes.WRONG_TYPE, message, hint)


@pytest.mark.parametrize(
    "kind, given, about, hint",
    [
        ("int_parsing", "60 min", "How long, in minutes.", "leave out the rest: 60"),
        ("int_parsing", "25 sec.", "How long, in seconds.", "leave out the rest: 25"),
        ("float_parsing", "15h", "Its length in hours.", "leave out the rest: 15"),
        ("int_parsing", "46 years old", "Age in years.", "leave out the rest: 46"),
        ("float_parsing", "100°", "The angle in degrees.", "leave out the rest: 100"),
        ("int_parsing", "1h", "How long, in minutes.", "what belongs there: How long, in minutes"),
        ("int_parsing", "0x2E", "Age in years.", "what belongs there: Age in years"),
        (
            "int_parsing",
            "2026-03-02",
            "Days since the first session.",
            "count the days from the first session: 0, 7, 14",
        ),
        ("int_parsing", "2026-03-02", "Age in years.", "what belongs there: Age in years"),
        ("int_parsing", "1,200", "The fewest words.", "write 1200"),
        ("int_parsing", "3,5", "The fewest words.", "what belongs there: The fewest words"),
        ("float_parsing", "-3,5", "How much.", "write -3.5"),
    ],
)
def test_a_figure_is_offered_bare_only_where_that_keeps_its_meaning(
    kind: str, given: str, about: str, hint: str
) -> None:
    """An hour is no minute, and the year of a date no number of days."""
    assert phrase(error(kind, given), about)[2] == hint


def test_limits_are_named() -> None:
    """A limit is shown as a number without needless digits, or as a day."""
    assert phrase(error("less_than_equal", le=10.0), "How much.")[1] == (
        "the number must be at most 10"
    )
    assert phrase(error("greater_than", gt=0), None)[1] == "the number must be above 0"
    assert phrase(error("less_than_equal", le="2199-12-31"), None) == (
        codes.OUT_OF_RANGE, "the day must be at most 2199-12-31", "is the year right?",
    )  # fmt: skip


def test_lengths_count_characters_of_texts_and_items_of_lists() -> None:
    """Too long a text and too long a list are told apart, and so are none and too few."""
    assert "300 characters" in phrase(error("string_too_long", max_length=300), None)[1]
    assert "5 items" in phrase(error("too_long", max_length=5, actual_length=6), None)[1]
    assert phrase(error("too_short", min_length=2, actual_length=1), "Steps.")[:2] == (
        codes.OUT_OF_RANGE, "at least 2 items belong here",
    )  # fmt: skip
    assert phrase(error("too_short", min_length=1, actual_length=0), None)[0] is codes.MISSING_KEY


def test_a_pattern_never_thought_of_is_said_plainly() -> None:
    """A pattern without words of its own gives a sentence and not the pattern."""
    _, message, hint = phrase(error("string_pattern_mismatch", pattern="^Q$"), "A letter.")
    assert (message, hint) == (
        "this is not written as it should be", "what belongs there: A letter",
    )  # fmt: skip


def test_a_remedy_is_made_of_a_description() -> None:
    """Without a description the remedy still says what to do."""
    assert what_belongs("The title.") == "what belongs there: The title"
    assert what_belongs(None) == "write what belongs there"


@pytest.mark.parametrize(
    "given, hint",
    [
        ("Low Back 1", "for example low-back-1"),
        ("NPRS", "for example nprs"),
        ("Rücken", "for example low-back-01"),
        ("!", "for example low-back-01"),
    ],
)
def test_an_id_is_proposed_out_of_what_was_written(given: str, hint: str) -> None:
    """Capitals and spaces are what people write; letters outside of ASCII are left to them."""
    said = phrase(error("string_pattern_mismatch", given, pattern="^[a-z0-9]+$"), None)
    assert said[2] == hint
