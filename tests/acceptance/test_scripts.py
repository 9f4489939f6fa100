"""Words in many scripts are printed in casebook's own typefaces, or named by a check."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.acceptance.conftest import Check, Run
from tests.portfolios.writing import SCRIPTS

CASE = Path("cases/01-low-back.yaml")
WHOLE = ("english", "greek", "cyrillic", "chinese", "japanese", "korean")
"""Scripts whose letters stand one after the other, so that their phrases are found as written."""


@pytest.fixture
def case(portfolio: Path) -> Path:
    """A case study with every phrase of every script in its first text, and some in its title."""
    path = portfolio / CASE
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("introduction: >-\n  Low back"), text.index("\npresentation:")
    lines = [phrase.replace("\n", " ") for name in SCRIPTS for phrase in SCRIPTS[name]]
    written = "introduction: |\n" + "".join(f"  {line}\n\n" for line in lines)
    text = text[:begin] + written + text[end:]
    title = 'title: "Back, σπίτι, дом, בית, بيت, घर, 家, 집, 🏠: a case report"'
    path.write_text(
        text.replace('title: "Low back ache behind the wheel: a case report"', title),
        encoding="utf-8",
    )
    return path


def fonts_of(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """Each font that the pages name, with what it says of itself."""
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (descendant,) = font["/DescendantFonts"]
            yield descendant.get_object()


@pytest.mark.slow
def test_a_case_in_all_scripts_is_set_in_our_typefaces_alone(case: Path, run: Run) -> None:
    result = run("render", case, "-o", "out", "--date", "2026-07-01")
    assert result.exit_code in {0, 1}, result.output
    reader = PdfReader("out/low-back-01.pdf")
    names = {str(font["/BaseFont"]) for font in fonts_of(reader)}
    assert len(names) > 12
    assert all("+Casebook-" in name or "+emoji-" in name for name in names), names
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts_of(reader))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    phrases = [phrase for name in WHOLE for phrase in SCRIPTS[name]]
    assert phrases
    lost = [phrase for phrase in phrases if "".join(phrase.split()) not in text]
    assert not lost
    assert "[U+" not in text


@pytest.mark.slow
def test_a_check_looks_into_no_font(portfolio: Path) -> None:
    """It reads the list of what they hold, so neither WeasyPrint nor fontTools is loaded."""
    program = (
        "import sys; from casebook.cli import main\n"
        "try:\n"
        "    main(['check', '.', '--date', '2026-07-01'])\n"
        "finally:\n"
        "    print(sorted({'weasyprint', 'fontTools'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=portfolio, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_the_page_for_a_browser_carries_its_typefaces(case: Path, run: Run) -> None:
    """It asks for nothing outside itself and stays of a size that can be mailed."""
    run("render", case, "-o", "out", "--date", "2026-07-01")
    html = Path("out/low-back-01.html").read_text(encoding="utf-8")
    assert html.count('font-family:"Casebook World"') > 10
    assert len(html) < 2_000_000


@pytest.mark.slow
def test_what_no_typeface_has_is_named_and_printed_as_its_code(
    portfolio: Path, run: Run, check: Check
) -> None:
    path = portfolio / CASE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Low back ache behind", "Low \U00013080 back"), encoding="utf-8")
    (found,) = [each for each in check(".") if each["code"] == "CB115"]
    # title: "Low 𓂀: the quotation mark is character 8, and the sign the fifth behind it.
    assert (found["path"], found["line"], found["column"]) == (str(CASE), 6, 13)
    assert found["message"] == "no typeface here has U+13080 EGYPTIAN HIEROGLYPH D010"
    run("render", path, "-o", "out", "--date", "2026-07-01")
    pages = PdfReader("out/low-back-01.pdf").pages
    assert "Low [U+13080] back" in pages[0].extract_text()
    assert "Low [U+13080] back" in Path("out/low-back-01.html").read_text(encoding="utf-8")
