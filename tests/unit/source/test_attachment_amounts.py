"""Attachments have a limit together, and pictures one for as often as they are shown."""

from collections.abc import Sequence

import pytest

from casebook.diagnostics.place import Place
from casebook.source import attachment_amounts
from casebook.source.attachment_amounts import check_amounts
from casebook.source.attachments import Attachment
from casebook.source.folder import MemoryFolder

FOLDER = MemoryFolder("here", {"a": b"x" * 60, "b": b"x" * 50, "c": b"x" * 30})


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment_amounts, "ATTACHMENTS_BYTES", 100)
    monkeypatch.setattr(attachment_amounts, "PICTURES_BYTES", 80)


def told(names: Sequence[str], *, pictures: bool) -> list[str]:
    named = [Attachment(name, Place(name), picture=pictures) for name in names]
    findings = list(check_amounts(named, FOLDER))
    assert all(each.code == "CB123" and each.hint for each in findings)
    return [each.place.path for each in findings]


def test_a_form_counts_once_however_often_it_is_named() -> None:
    """60 and 30 are 90 of 100, and stay 90."""
    assert told(["a", "c", "a", "a", "c"], pictures=False) == []


def test_the_first_that_is_too_much_is_told_and_no_other() -> None:
    """60 and 50 are 110 of 100."""
    assert told(["a", "b", "c"], pictures=False) == ["b"]


def test_a_picture_counts_as_often_as_it_is_shown() -> None:
    """Three times 30 are 90 of 80, though its file has 30."""
    assert told(["c", "c"], pictures=True) == []
    assert told(["c", "c", "c"], pictures=True) == ["c"]


def test_what_cannot_be_read_counts_nothing() -> None:
    """Another rule says that it is missing, or outside."""
    assert told(["missing", "../outside", "a"], pictures=False) == []
