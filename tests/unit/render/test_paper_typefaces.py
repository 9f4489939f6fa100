"""Pages are set in the vendored typefaces and in none of the machine's."""

import os
import warnings

import pytest

from casebook.render.paper_typefaces import paper_faces, without_system_fonts
from casebook.render.typefaces import TYPEFACES


@pytest.mark.parametrize("before", [None, "/somewhere/fonts.conf"])
def test_the_environment_is_as_before_afterwards(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before is not None:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with without_system_fonts():
        assert os.environ["FONTCONFIG_FILE"].endswith("fonts.conf")
        assert os.environ["FONTCONFIG_FILE"] != before
    assert os.environ.get("FONTCONFIG_FILE") == before


def test_it_is_restored_after_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with pytest.raises(OSError, match="no library"), without_system_fonts():
        raise OSError("no library")
    assert "FONTCONFIG_FILE" not in os.environ


def test_only_the_warning_of_no_fonts_is_silent() -> None:
    with without_system_fonts():
        warnings.warn("No fonts configured in FontConfig. Expect ugly output.", stacklevel=1)
        with pytest.raises(UserWarning, match="something else"):
            warnings.warn("something else", stacklevel=1)


def test_without_a_name_the_main_typefaces_are_meant() -> None:
    assert paper_faces().count("casebook-font:") == len(TYPEFACES)
    assert paper_faces(TYPEFACES[0]).count("casebook-font:") == 1
