"""No document of the samples changes in its words, outline, tags or enclosed files unnoticed."""

import pytest

from tests.references.conftest import FOLDER, Match
from tests.references.description import description
from tests.references.samples import DOCUMENTS, PAPERS, Paper, Shelf

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_document_is_as_its_reference_says(
    paper: Paper, shelf: Shelf, match_reference: Match
) -> None:
    match_reference(f"{paper.name}.txt", description(shelf.pdf(paper)))


def test_every_document_of_the_samples_has_a_reference(shelf: Shelf) -> None:
    made = {sample: tuple(documents) for sample, documents in shelf.documents.items()}
    assert {sample: sorted(names) for sample, names in made.items()} == {
        sample: sorted(names) for sample, names in DOCUMENTS.items()
    }


def test_every_reference_belongs_to_a_document() -> None:
    """What is left of a document that was renamed would be compared with nothing."""
    texts = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.txt")}
    assert texts == {f"{paper.name}.txt" for paper in PAPERS}
