"""A path, or a URL of a store."""

from pathlib import Path

import pytest

from casebook.batch.places import StoreAddress, place_meant
from casebook.errors import UsageError


def test_what_has_no_scheme_is_a_path() -> None:
    assert place_meant("a/b.zip") == Path("a/b.zip")
    assert place_meant("s3:b") == Path("s3:b")
    assert place_meant("./s3:/b") == Path("s3:/b")


def test_a_url_names_a_bucket_and_an_object() -> None:
    """Its name is taken as it is: stores know no escapes."""
    place = place_meant("s3://office/2026/a%20b.zip")
    assert place == StoreAddress("office", "2026/a%20b.zip")
    assert str(place) == "s3://office/2026/a%20b.zip"
    assert isinstance(place, StoreAddress)
    assert (place.name, place.is_folder) == ("a%20b.zip", False)


@pytest.mark.parametrize(
    "url,name", [("s3://office/", "office"), ("s3://office", "office"), ("s3://office/a/b/", "b")]
)
def test_a_slash_at_the_end_means_all_below(url: str, name: str) -> None:
    place = place_meant(url)
    assert isinstance(place, StoreAddress)
    assert (place.is_folder, place.name) == (True, name)


@pytest.mark.parametrize("folder", ["s3://office/out", "s3://office/out/"])
def test_what_lies_below_a_place_has_its_name_before_it(folder: str) -> None:
    place = place_meant(folder)
    assert isinstance(place, StoreAddress)
    assert str(place.below("a.zip")) == "s3://office/out/a.zip"
    assert str(StoreAddress("office", "").below("a.zip")) == "s3://office/a.zip"


@pytest.mark.parametrize(
    "written", ["", "a\0b", "x" * 5000, "https://office/a.zip", "s3:///a", "s3:/a/b", "S3://a/b"]
)
def test_what_is_neither_is_refused(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        place_meant(written)
    assert caught.value.hint
