import json
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.inventory import (
    ProgramUsed,
    RecordRefused,
    SubmissionRecord,
    compare,
    describe_file,
)
from casebook.limits import RECORD_BYTES, RECORD_DEPTH

FILES = {"portfolio.yaml": b"kind: portfolio\n", "documents/packet.pdf": b"%PDF-1.7"}
RECORD = SubmissionRecord(
    program=ProgramUsed(id="nkt", version="2026.1", digest="a" * 128),
    level=1,
    candidate="Zoë Ångström",
    made_on=date(2026, 3, 2),
    casebook="0.1.0",
    weasyprint="70.0",
    results={"low-back-01": "pass", "observation": "incomplete"},
    files=(
        describe_file("portfolio.yaml", "source", FILES["portfolio.yaml"]),
        describe_file("documents/packet.pdf", "document", FILES["documents/packet.pdf"]),
    ),
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


SIGNER = f"SHA256:{'a' * 43}"
RECIPIENT = f"age1{'q' * 58}"


def changed(**values: Any) -> bytes:  # noqa: ANN401
    return canonical({**json.loads(RECORD.to_json()), **values})


def canonical(values: object) -> bytes:
    text = json.dumps(values, sort_keys=True, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()


def listing(**values: Any) -> bytes:  # noqa: ANN401
    entry = json.loads(RECORD.to_json())["files"][0]
    return changed(files=[{**entry, **values}])


def test_a_record_written_and_read_again_is_equal() -> None:
    assert SubmissionRecord.parse(RECORD.to_json()) == RECORD


def test_what_is_signed_and_sealed_says_so() -> None:
    """A record without them has no such keys."""
    both = RECORD.model_copy(update={"signer": SIGNER, "sealed_to": RECIPIENT})
    assert SubmissionRecord.parse(both.to_json()) == both
    assert json.loads(both.to_json())["format"] == 2
    assert not {"signer", "sealed_to"} & set(json.loads(RECORD.to_json()))


def test_a_record_of_the_first_format_is_read_and_written_as_it_was() -> None:
    """Submissions of last year are verified next year."""
    first = changed(format=1)
    assert json.loads(SubmissionRecord.parse(first).to_json()) == json.loads(first)


def test_a_record_may_leave_open_what_made_its_documents() -> None:
    """Whoever bundles without WeasyPrint has no version of it to tell."""
    assert SubmissionRecord.parse(changed(weasyprint=None)).weasyprint is None


def test_the_text_has_keys_in_order_and_ends_its_last_line() -> None:
    text = RECORD.to_json().decode()
    assert text.startswith('{\n  "candidate": "Zoë Ångström",\n  "casebook": "0.1.0",\n')
    assert text.endswith("}\n")
    values = json.loads(text)
    assert list(values) == sorted(values)
    assert [entry["path"] for entry in values["files"]] == sorted(FILES)


def test_the_order_in_which_files_were_listed_does_not_change_a_byte() -> None:
    turned = SubmissionRecord.model_validate({**dict(RECORD), "files": RECORD.files[::-1]})
    assert turned.to_json() == RECORD.to_json()


@pytest.mark.parametrize(
    "written",
    [
        changed(candidate=" Zoë Ångström"),
        changed(format=True),
        changed(format=2.0),
        changed(files=json.loads(RECORD.to_json())["files"][::-1]),
        json.dumps(json.loads(RECORD.to_json())).encode(),
        RECORD.to_json() + b"\n",
    ],
)
def test_a_record_has_one_spelling(written: bytes) -> None:
    """What would be read as another text than it is written as is refused."""
    with pytest.raises(RecordRefused):
        SubmissionRecord.parse(written)


def test_a_digest_is_the_published_one() -> None:
    # SHA-512 of "abc" as printed in FIPS 180-2, appendix C.1.
    assert describe_file("a.yaml", "source", b"abc").sha512.startswith(
        "ddaf35a193617abacc417349ae204131"
    )


def test_files_as_listed_are_no_problem_and_the_record_is_not_its_own_business() -> None:
    assert compare(RECORD, FILES) == ()
    assert compare(RECORD, {**FILES, "submission.json": RECORD.to_json()}) == ()


def test_every_difference_is_found() -> None:
    files = {"portfolio.yaml": b"kind: portfolia\n", "more.txt": b""}
    problems = compare(RECORD, files)
    assert [(problem.what, problem.name) for problem in problems] == [
        ("missing", "documents/packet.pdf"),
        ("extra", "more.txt"),
        ("changed", "portfolio.yaml"),
    ]


def test_another_size_is_said_in_figures() -> None:
    (problem,) = compare(RECORD, {**FILES, "portfolio.yaml": b"short"})
    assert problem.detail == "it has 5 bytes, submission.json lists 16"


ANSWERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no JSON"),
    "not UTF-8": (lambda: RECORD.to_json().decode().encode("latin-1"), "no JSON"),
    "byte order mark": (lambda: b"\xef\xbb\xbf" + RECORD.to_json(), "no JSON"),
    "two values": (lambda: RECORD.to_json() * 2, "no JSON"),
    "a list": (lambda: b"[]", "one JSON object"),
    "too large": (lambda: b" " * (RECORD_BYTES + 1), "larger than"),
    "too deep": (lambda: changed(more=deep(RECORD_DEPTH)), "nested deeper"),
    "very deep": (lambda: b"[" * 100_000, "nested deeper"),
    "a key twice": (
        lambda: b'{"kind": "submission", "kind": "submission"}',
        "'kind' is there twice",
    ),
    "a key twice inside": (lambda: b'{"a": [{"b": 1, "b": 1}]}', "'b' is there twice"),
    "NaN": (lambda: changed(level=float("nan")), "NaN is no JSON number"),
    "infinity": (lambda: changed(level=float("-inf")), "-Infinity is no JSON number"),
    "a number beyond all": (lambda: b'{"a": ' + b"9" * 5000 + b"}", "no JSON"),
    "half a character": (
        lambda: changed(candidate="x").replace(b'"x"', b'"\\ud800"'),
        "Invalid JSON",
    ),
    "another kind": (lambda: changed(kind="portfolio"), "kind is not 'submission'"),
    "a newer format": (lambda: changed(format=3), "newer format 3"),
    "a signer in format 1": (lambda: changed(format=1, signer=SIGNER), "format 1 has no signer"),
    "a recipient in format 1": (
        lambda: changed(format=1, sealed_to=RECIPIENT),
        "format 1 has no sealed_to",
    ),
    "nobody as signer in format 1": (
        lambda: changed(format=1, signer=None),
        "format 1 has no signer",
    ),
    "a signer by another digest": (lambda: changed(signer=f"MD5:{'a' * 43}"), "'signer'"),
    "a fingerprint with padding": (lambda: changed(signer=f"{SIGNER}="), "'signer'"),
    "a recipient in capitals": (lambda: changed(sealed_to=RECIPIENT.upper()), "'sealed_to'"),
    "two recipients": (lambda: changed(sealed_to=[RECIPIENT] * 2), "'sealed_to'"),
    "an unknown key": (lambda: changed(note="x"), "'note'"),
    "a missing key": (lambda: b'{"kind": "submission", "format": 1}', "'candidate'"),
    "a level as text": (lambda: changed(level="1"), "'level'"),
    "a level as truth": (lambda: changed(level=True), "'level'"),
    "a day before zips": (lambda: changed(made_on="1979-12-31"), "no day before 1980"),
    "a day after zips": (lambda: changed(made_on="2108-01-01"), "or after 2107"),
    "a date in seconds": (lambda: changed(made_on=12), "'made_on'"),
    "two lines of name": (lambda: changed(candidate="a\nb"), "'candidate'"),
    "an unknown role": (lambda: listing(role="virus"), "'files.0.role'"),
    "a size below zero": (lambda: listing(bytes=-1), "'files.0.bytes'"),
    "a short digest": (lambda: listing(sha512="ab"), "'files.0.sha512'"),
    "a path that climbs": (lambda: listing(path="../x"), "'files.0.path'"),
    "its own path": (
        lambda: listing(path="submission.json", role="evaluation"),
        "cannot list itself",
    ),
    "a program for a form": (
        lambda: listing(path="portfolio/yaml.py", role="attachment"),
        "no file of a kind",
    ),
    "a hidden folder": (
        lambda: listing(path="portfolio/.git/form.pdf", role="attachment"),
        "is hidden",
    ),
    "a path twice": (
        lambda: changed(files=json.loads(RECORD.to_json())["files"][:1] * 2),
        "two entries have one path",
    ),
}


def deep(levels: int) -> list[Any]:
    return [deep(levels - 1)] if levels else []


@pytest.mark.parametrize("fault", ANSWERS)
def test_each_fault_is_refused_for_its_own_reason(fault: str) -> None:
    make, words = ANSWERS[fault]
    with pytest.raises(RecordRefused) as refusal:
        SubmissionRecord.parse(make())
    assert words in str(refusal.value)
    assert refusal.value.hint


def test_brackets_inside_text_are_not_depth() -> None:
    name = '[{"' * 50
    assert SubmissionRecord.parse(changed(candidate=name)).candidate == name


def test_what_was_written_does_not_appear_in_the_refusal() -> None:
    with pytest.raises(RecordRefused) as refusal:
        SubmissionRecord.parse(changed(level="secret"))
    assert "secret" not in str(refusal.value)


def test_a_refusal_survives_being_pickled() -> None:
    with pytest.raises(RecordRefused) as refusal:
        SubmissionRecord.parse(b"[]")
    again = pickle.loads(pickle.dumps(refusal.value))
    assert (type(again), str(again), again.hint) == (
        RecordRefused,
        str(refusal.value),
        refusal.value.hint,
    )


@given(st.sampled_from(sorted(json.loads(RECORD.to_json()))), json_values)
def test_any_value_under_any_key_is_read_or_refused(key: str, value: object) -> None:
    try:
        record = SubmissionRecord.parse(changed(**{key: value}))
    except RecordRefused:
        return
    assert SubmissionRecord.parse(record.to_json()) == record


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_without_another_error(content: bytes) -> None:
    with pytest.raises(RecordRefused):
        SubmissionRecord.parse(content)
