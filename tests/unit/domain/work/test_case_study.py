"""A case study takes what people copy into it where its meaning is plain."""

import pytest
from pydantic import ValidationError

from casebook.domain.work.case_study import Reference


@pytest.mark.parametrize("before", ["", "https://doi.org/", "http://dx.doi.org/", "doi:", "DOI: "])
def test_a_doi_is_taken_with_its_address_and_kept_without(before: str) -> None:
    """Publishers show it as a link."""
    reference = Reference(id="a", text="b", doi=f"{before}10.1000/182")
    assert reference.doi == "10.1000/182"


@pytest.mark.parametrize("written", ["doi.org/10.1000/182", "https://example.org/10.1000/182", "1"])
def test_other_links_are_no_doi(written: str) -> None:
    """Only the resolver's own address is taken off."""
    with pytest.raises(ValidationError):
        Reference(id="a", text="b", doi=written)
