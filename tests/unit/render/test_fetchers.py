"""Pages are given what is handed out, and nothing from a disk or a network."""

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError, fetch

from casebook.render.fetchers import data_alone, handing_out


def test_what_is_written_into_the_page_is_given() -> None:
    with fetch(data_alone(), "data:text/plain;base64,YWI=") as found:
        assert found.read() == b"ab"


@pytest.mark.parametrize("scheme", ["file", "http", "ftp"])
def test_any_other_address_ends_the_rendering(tmp_path: Path, scheme: str) -> None:
    (tmp_path / "there.txt").write_text("secret")
    address = f"{scheme}://{tmp_path}/there.txt"
    with pytest.raises(FatalURLFetchingError), fetch(data_alone(), address):
        pass


def test_contents_are_handed_out_with_their_type_and_no_others() -> None:
    fetcher = handing_out({"ours:1": (b"ab", "application/yaml")}.__getitem__)
    with fetch(fetcher, "ours:1") as found:
        assert (found.read(), found.content_type) == (b"ab", "application/yaml")
    with pytest.raises(FatalURLFetchingError), fetch(fetcher, "ours:2"):
        pass
