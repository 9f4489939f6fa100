"""Sealed marks hold until a single sign of them is changed, and then say so."""

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from casebook.domain.canonical import canonical_json, values_of
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, about, chain_faults, change, seal

FIRST, SECOND, THIRD = (f"2026-07-0{day}T10:00:00Z" for day in (1, 2, 3))
REASON = "Misread the table; corrected after a second look."
ABOUT_ELSE = "^the sheet is about another work, rubric or grader than the sealed marks$"
TOO_DEEP = "^a mark sheet is not nested so deeply$"
TOO_EARLY = "^a change cannot be entered before the entry it follows$"


def sheet(level: int = 2, **values: object) -> MarkSheet:
    return MarkSheet.model_validate(
        {
            "kind": "mark-sheet", "format": 1, "program": "nkt", "level": 1,
            "submission": "a" * 64, "work": "heel", "grader": {"name": "Ana Ruiz", "id": "ana"},
            "conflict": "none", "rubric": "case", "rubric_digest": "b" * 64,
            "marks": [{"criterion": "clear", "level": level, "note": "Seen."}],
        } | values
    )  # fmt: skip


def chain() -> SealedMarks:
    """Three entries: level 2, then 3, then 1."""
    sealed = change(seal(sheet(2), FIRST), sheet(3), SECOND, REASON)
    return change(sealed, sheet(1), THIRD, "Again.")


def edited(sealed: SealedMarks, entry: int, **values: object) -> SealedMarks:
    """The chain with one entry's values put in place of what was sealed."""
    entries = list(sealed.entries)
    entries[entry] = entries[entry].model_copy(update=values)
    return sealed.model_copy(update={"entries": tuple(entries)})


def test_a_seal_is_about_submission_work_rubric_and_grader() -> None:
    sealed = seal(sheet(), FIRST)
    assert about(sealed) == ("a" * 64, "heel", "case", "b" * 64, "ana")
    assert sealed.sheet() == sheet()
    assert chain_faults(sealed) == ()


def test_a_digest_can_be_counted_without_casebook() -> None:
    """SHA-256 over compact JSON, keys in order, of what an entry holds and what it is about.

    A chain that was sealed years ago still has to hold, so neither these keys nor the writing of
    a sheet may change.
    """
    marks = '[{"criterion":"clear","level":2,"note":"Seen."}]'
    written = (
        '{"conflict":"none","format":1,"grader":{"id":"ana","name":"Ana Ruiz"},'
        f'"kind":"mark-sheet","level":1,"marks":{marks},"program":"nkt","rubric":"case",'
        f'"rubric_digest":"{"b" * 64}","submission":"{"a" * 64}","work":"heel"}}'
    )
    closed = base64.b64encode(written.encode()).decode()
    about_it = f'["{"a" * 64}","heel","case","{"b" * 64}","ana"]'

    def by_hand(number: int, moment: str, reason: str, previous: str) -> str:
        text = (
            f'{{"about":{about_it},"closed":"{closed}","moment":"{moment}","number":{number},'
            f'"previous":{previous},"reason":{reason}}}'
        )
        return hashlib.sha256(text.encode()).hexdigest()

    first = by_hand(1, FIRST, "null", "null")
    second = by_hand(2, SECOND, '"Again."', f'"{first}"')
    sealed = change(seal(sheet(), FIRST), sheet(), SECOND, "Again.")
    assert [entry.digest for entry in sealed.entries] == [first, second]
    assert sealed.seal == second


@pytest.mark.parametrize("key", ["submission", "rubric_digest"])
def test_a_sheet_that_does_not_say_what_it_is_about_is_not_sealed(key: str) -> None:
    words = "^a sheet is sealed with its submission, its rubric and its grader$"
    with pytest.raises(ValueError, match=words):
        seal(sheet().model_copy(update={key: None}), FIRST)
    with pytest.raises(ValueError, match=words):
        seal(sheet(grader={"name": "Ana Ruiz"}), FIRST)


def test_a_change_leaves_every_entry_before_it_as_it_was() -> None:
    before = seal(sheet(2), FIRST)
    after = change(before, sheet(3), SECOND, REASON)
    assert after.entries[:1] == before.entries
    assert after.entries[1].previous == before.seal
    assert (after.entries[1].reason, after.entries[1].number) == (REASON, 2)
    assert [after.sheet(number).marks[0].level for number in (1, 2)] == [2, 3]
    assert after.sheet() == sheet(3)
    assert chain_faults(chain()) == ()


@pytest.mark.parametrize(
    "values",
    [
        {"submission": "c" * 64},
        {"work": "neck"},
        {"rubric": "session"},
        {"rubric_digest": "c" * 64},
        {"grader": {"name": "Bo Lind", "id": "bo"}},
    ],
)
def test_a_sheet_about_something_else_is_not_added(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=ABOUT_ELSE):
        change(seal(sheet(), FIRST), sheet(**values), SECOND, REASON)


def test_a_change_is_not_entered_before_the_entry_it_follows() -> None:
    """The same second is possible; the second before is not."""
    sealed = seal(sheet(), SECOND)
    with pytest.raises(ValueError, match=TOO_EARLY):
        change(sealed, sheet(3), FIRST, REASON)
    assert chain_faults(change(sealed, sheet(3), SECOND, REASON)) == ()


@pytest.mark.parametrize("reason", ["Again. ", "\n  Again.", "Again.\r\n", "\u00a0Again."])
def test_a_reason_with_spaces_around_it_leaves_a_chain_that_holds(reason: str) -> None:
    """What is digested is what is written, whatever was typed around it."""
    sealed = change(seal(sheet(), FIRST), sheet(3), SECOND, reason)
    assert chain_faults(sealed) == ()
    assert chain_faults(SealedMarks.model_validate_json(sealed.model_dump_json())) == ()


def test_a_changed_envelope_is_not_as_it_was_sealed() -> None:
    closed = base64.b64encode(canonical_json(values_of(sheet(0)))).decode()
    assert chain_faults(edited(chain(), 1, closed=closed)) == ("entry 2 is not as it was sealed",)


def test_entries_in_another_order_are_found() -> None:
    first, second, third = chain().entries
    swapped = chain().model_copy(update={"entries": (first, third, second)})
    faults = chain_faults(swapped)
    assert "entry 2 is numbered 3: an entry is missing or was moved" in faults
    assert "entry 3 is dated before the entry it follows" in faults


def test_an_entry_that_was_cut_out_is_found() -> None:
    first, _, third = chain().entries
    faults = chain_faults(chain().model_copy(update={"entries": (first, third)}))
    assert faults == (
        "entry 2 is numbered 3: an entry is missing or was moved",
        "entry 2 does not follow the entry before it",
    )


def test_a_chain_without_its_beginning_is_found() -> None:
    faults = chain_faults(chain().model_copy(update={"entries": chain().entries[1:]}))
    assert "entry 1 does not follow the entry before it" in faults
    assert "entry 1 gives a reason for no change" in faults


def test_a_chain_without_its_end_holds_so_its_seal_must_be_known() -> None:
    """Whoever wrote down the newest seal finds that it is gone; the chain itself cannot tell."""
    cut = chain().model_copy(update={"entries": chain().entries[:2]})
    assert chain_faults(cut) == ()
    assert chain().seal not in {entry.digest for entry in cut.entries}


def test_an_entry_without_its_reason_is_found() -> None:
    assert "entry 2 gives no reason" in chain_faults(edited(chain(), 1, reason=None))


WRITTEN = canonical_json(values_of(sheet()))
PADDED = base64.b64encode(WRITTEN + b" " * (2 - len(WRITTEN) % 3)).decode()
"""A sheet's envelope that ends in one sign of padding."""


@pytest.mark.parametrize(
    "closed",
    [
        "", "!!", "e30=", base64.b64encode(b"[1]").decode(),
        # Base64 after its own end, which a lax reader passes over.
        PADDED + "AAAA",
        # JSON that no reader can follow to its bottom.
        base64.b64encode(b"[" * 100_000).decode(),
    ],
)  # fmt: skip
def test_an_envelope_that_holds_no_sheet_is_found(closed: str) -> None:
    assert PADDED.endswith("=")
    assert "entry 1 holds no mark sheet" not in chain_faults(edited(chain(), 0, closed=PADDED))
    assert "entry 1 holds no mark sheet" in chain_faults(edited(chain(), 0, closed=closed))


@pytest.mark.parametrize(
    "sealed_as, written",
    [
        ('"work":"heel"', '"work":"toe","work":"heel"'),
        ('"level":2', '"level":"2"'),
        ('"level":2', '"level":2.0'),
        ('"program":"nkt"', '"program": "nkt"'),
        ('"name":"Ana Ruiz"', '"name":" Ana Ruiz "'),
    ],
)
def test_a_sheet_that_two_readers_may_read_otherwise_is_found(sealed_as: str, written: str) -> None:
    """JSON with a key twice, say: one reader takes the first of them, another the last."""
    sealed = seal(sheet(2), FIRST)
    text = base64.b64decode(sealed.entries[0].closed).decode()
    assert sealed_as in text
    closed = base64.b64encode(text.replace(sealed_as, written).encode()).decode()
    faults = chain_faults(edited(sealed, 0, closed=closed))
    assert "entry 1 holds a sheet in another form than casebook seals" in faults


@pytest.mark.parametrize("moment", ["2026-02-30T10:00:00Z", "2026-99-99T10:00:00Z"])
def test_a_moment_of_a_day_that_no_calendar_has_is_refused(moment: str) -> None:
    with pytest.raises(ValidationError):
        seal(sheet(), moment)


def test_a_sheet_that_is_nested_without_end_is_told_as_such() -> None:
    closed = base64.b64encode(b"[" * 100_000).decode()
    with pytest.raises(ValueError, match=TOO_DEEP):
        edited(chain(), 2, closed=closed).sheet()


def test_a_file_that_leaves_out_what_is_not_there_holds() -> None:
    """As it is written: the first entry has no reason and follows nothing."""
    read = SealedMarks.model_validate(chain().model_dump(mode="json", exclude_none=True))
    assert read == chain()
    assert (read.entries[0].reason, read.entries[0].previous) == (None, None)


def test_a_sheet_in_a_foreign_envelope_is_found() -> None:
    """Even when the forger counts the digests anew, the sheet inside tells whose it is."""
    other = seal(sheet(grader={"name": "Bo Lind", "id": "bo"}), FIRST)
    closed = other.entries[0].closed
    assert "entry 1 holds a sheet about something else" in chain_faults(
        edited(chain(), 0, closed=closed)
    )


PLACES = [
    ("submission",), ("work",), ("rubric",), ("rubric_digest",), ("grader",),
    *(
        ("entries", entry, key)
        for entry in range(3)
        for key in ("number", "moment", "reason", "closed", "previous", "digest")
        if not (entry == 0 and key in {"reason", "previous"})
    ),
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PLACES), st.integers(min_value=0), st.characters(codec="utf-8"))
def test_any_single_sign_that_is_edited_is_found(
    place: tuple[str | int, ...], position: int, sign: str
) -> None:
    """In every value of the file: what is left is either no sealed marks, or does not hold."""
    values = json.loads(json.dumps(chain().model_dump(mode="json")))
    around: Any = values
    for key in place[:-1]:
        around = around[key]
    before = str(around[place[-1]])
    at = position % len(before)
    after = before[:at] + sign + before[at + 1 :]
    around[place[-1]] = after
    try:
        sealed = SealedMarks.model_validate(values)
    except ValidationError:
        return
    same = sealed == chain()
    # "03" and "3" are one number, and a text's edges have no spaces: then nothing was edited.
    assert chain_faults(sealed) != () or same
