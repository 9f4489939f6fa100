"""Pages are set in the vendored typefaces and in none of the machine's."""

import io
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from casebook.render.paper_typefaces import add_faces, paper_faces, without_system_fonts
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


def test_each_typeface_has_a_rule_with_an_address_of_its_own() -> None:
    assert paper_faces(*TYPEFACES).count("casebook-font:") == len(TYPEFACES)
    assert paper_faces(TYPEFACES[0]).count("casebook-font:") == 1


def test_typefaces_are_used_where_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint's own way would leave a folder of copies behind when it is killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with without_system_fonts():
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
    add_faces(fonts)
    styles = CSS(string="p{font-family:'Casebook Serif'}")
    pdf = HTML(string="<p>word").write_pdf(stylesheets=[styles], font_config=fonts)
    fonts_used: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    (used,) = fonts_used["/Font"].values()
    assert "Casebook-Serif" in used["/BaseFont"]
    assert list(tmp_path.iterdir()) == []
