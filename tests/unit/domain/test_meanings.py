"""What the fields of records mean."""

import pytest

from casebook.domain import meanings
from casebook.domain.meanings import meaning_of
from casebook.domain.outcome.results import Eligibility, Evaluation
from casebook.domain.record import Record
from casebook.domain.work.observation import Observation, ReleaseEvent
from casebook.source.load import KINDS


class Kept(Record):
    """Has words below two of its fields."""

    one: int
    """The first,
    on two lines."""
    two: int
    three: int
    """The third."""

    def method(self) -> int:
        """Belongs to no field."""
        return self.two


class More(Kept):
    """Says one of them anew."""

    three: int = 3
    """Three by itself."""
    four: int = 4


@pytest.mark.parametrize(
    "record, field, meaning",
    [
        (Kept, "one", "The first, on two lines."),
        (Kept, "two", None),
        (Kept, "method", None),
        (Kept, "nowhere", None),
        (More, "one", "The first, on two lines."),
        (More, "three", "Three by itself."),
        (More, "four", None),
        (ReleaseEvent, "at", "When it began, as minutes and seconds into the session."),
    ],
)
def test_a_field_means_what_stands_below_it(
    record: type[Record], field: str, meaning: str | None
) -> None:
    assert meaning_of(record, field) == meaning


def test_without_its_source_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def getsource(_: object) -> str:
        raise OSError

    monkeypatch.setattr("inspect.getsource", getsource)
    assert meanings._meanings.__wrapped__(__name__) == {}


def test_every_kind_of_file_says_what_its_keys_mean() -> None:
    records: tuple[type[Record], ...] = (*KINDS.values(), Evaluation, Eligibility, Observation)
    for record in records:
        assert [name for name in record.model_fields if not meaning_of(record, name)] == []
