"""No page of the sample packet changes its looks unnoticed."""

from pathlib import Path

import pytest

from tests.references.conftest import FOLDER
from tests.references.page_pictures import changes, page_pictures, pictures_in, renew
from tests.references.samples import PICTURED, Shelf
from tests.references.text_difference import RENEWING

LARGEST_BYTES = 1_000_000
"""All pictures together, since each renewal stays in the repository for good."""


@pytest.mark.slow
def test_every_page_looks_as_its_picture(shelf: Shelf, renewing: bool, tmp_path: Path) -> None:
    """When renewed, a page that still looks the same keeps its picture."""
    folder = FOLDER / PICTURED.name
    found = list(page_pictures(shelf.pdf(PICTURED)))
    assert found
    if renewing:
        renew(folder, found)
    told = changes(pictures_in(folder), found, tmp_path)
    if told:
        pytest.fail("\n".join([PICTURED.name, *told, RENEWING]), pytrace=False)


def test_the_pictures_are_small_and_of_one_document() -> None:
    pictures = list(FOLDER.rglob("*.png"))
    assert {path.parent for path in pictures} == {FOLDER / PICTURED.name}
    assert 0 < sum(path.stat().st_size for path in pictures) <= LARGEST_BYTES
