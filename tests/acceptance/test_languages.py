"""A portfolio's language rules its pages: labels, dates, decimals, hyphens, bookmarks."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyphen
import pytest
from click.testing import Result
from pypdf import PdfReader

from tests.acceptance.conftest import Check

STUDIO = Path(__file__).resolve().parents[1] / "portfolios" / "studio"
LONG_WORD = "Lendenwirbelsäulenbeschwerden"
Run = Callable[..., Result]


@pytest.fixture
def studio(tmp_path: Path) -> Callable[[str], Path]:
    """A function of a language: the smallest portfolio in it, with a pain that fell by 3.5."""

    def make(language: str) -> Path:
        for path in sorted(STUDIO.rglob("*")):
            if path.is_file():
                target = tmp_path / "mine" / path.relative_to(STUDIO)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
        replace(tmp_path / "mine/portfolio.yaml", "level: 1", f"level: 1\nlanguage: {language}")
        # 6 - 2.5 = 3.5
        replace(tmp_path / "mine/cases/heel.yaml", "nprs: 3", "nprs: 2.5")
        long_words = " ".join([LONG_WORD] * 40)
        replace(tmp_path / "mine/cases/heel.yaml", "introduction: ", f"introduction: {long_words} ")
        return tmp_path / "mine"

    return make


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def bookmarks(entries: list[Any]) -> Iterator[str]:
    for each in entries:
        if isinstance(each, list):
            yield from bookmarks(each)
        else:
            yield each.title


SAID = {
    "en": ("2 March 2026", "3.5 better", "Standing with the requirements", "Pass"),
    "de": ("2. März 2026", "3,5 besser", "Stand der Anforderungen", "Bestanden"),
    "es": ("2 de marzo de 2026", "3,5 mejor", "Cumplimiento de los requisitos", "Apto"),
    "fr": ("2 mars 2026", "3,5 de mieux", "Situation au regard des exigences", "Réussite"),
}


CONTENTS = {"en": "Contents", "de": "Inhalt", "es": "Índice", "fr": "Sommaire"}


@pytest.mark.slow
@pytest.mark.parametrize("language", SAID)
def test_a_packet_speaks_the_language_of_its_portfolio(
    language: str, studio: Callable[[str], Path], run: Run
) -> None:
    folder = studio(language)
    result = run("render", folder, "--date", "2026-07-01")
    assert result.exit_code == 0, result.output
    packet = PdfReader(io.BytesIO((folder / "build" / "packet.pdf").read_bytes()))
    text = "\n".join(page.extract_text() for page in packet.pages)
    joined = " ".join(text.split())
    assert [words for words in SAID[language] if words not in joined] == []
    assert str(packet.root_object["/Lang"]) == language
    assert SAID[language][2] in list(bookmarks(packet.outline))
    # What the candidate wrote stays as it is written.
    assert "Stairs hurt more than runs" in joined
    hyphenated = pyphen.Pyphen(lang=pyphen.language_fallback(language))
    breaks = {LONG_WORD[:at] for at in hyphenated.positions(LONG_WORD)}
    broken = set(re.findall(r"(Lend\w*)[‐-]\n", text))
    assert broken
    assert broken <= breaks
    page = (folder / "build" / "packet.html").read_text("utf-8")
    # The program is in English, which a German page must say for whoever reads it aloud.
    assert ('<span lang="en">' in page) == (language != "en")
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')


@pytest.mark.parametrize("language", SAID)
def test_a_case_study_alone_speaks_the_language_of_its_portfolio(
    language: str, studio: Callable[[str], Path], run: Run
) -> None:
    folder = studio(language)
    run("render", folder / "cases/heel.yaml", "--html", "--date", "2026-07-01")
    page = (folder / "build" / "heel.html").read_text("utf-8")
    assert f'<html lang="{language}">' in page
    # What stands around a document speaks its language too.
    assert f'aria-label="{CONTENTS[language]}"' in page
    assert SAID[language][1] in page


def test_findings_and_scores_stay_english(studio: Callable[[str], Path], run: Run) -> None:
    folder = studio("de")
    assert "1 warning" not in run("check", folder, "--date", "2026-07-01").stdout
    shown = run("score", folder, "--date", "2026-07-01").stdout
    assert "pass" in shown
    assert "Bestehensgrenze" not in shown


@pytest.mark.slow
def test_results_name_their_keys_in_english_and_give_reasons_in_the_language(
    studio: Callable[[str], Path], run: Run, tmp_path: Path
) -> None:
    folder = studio("de")
    result = run("submit", folder, "-o", tmp_path / "out.zip", "--date", "2026-07-01")
    assert result.exit_code == 0, result.output
    with ZipFile(tmp_path / "out.zip") as archive:
        (name,) = [each for each in archive.namelist() if each.endswith("observed.json")]
        evaluation = json.loads(archive.read(name))
    assert evaluation["result"] == "pass"
    assert any("Bestehensgrenze" in reason for reason in evaluation["reasons"])
    rules = STUDIO / "program" / "program.yaml"
    verified = run("verify", tmp_path / "out.zip", "--program", rules, "--documents")
    assert verified.exit_code == 0, verified.output


@pytest.mark.parametrize(
    "written, hint",
    [("deu", "did you mean `de`?"), ("fra", "did you mean `fr`?"), ("nl", "write one of them")],
)
def test_a_language_that_pages_cannot_be_in_is_found_at_its_place(
    written: str, hint: str, studio: Callable[[str], Path], check: Check
) -> None:
    folder = studio(written)
    (found,) = [each for each in check(folder) if each["code"] == "CB205"]
    # The line before it gives the level; the value begins behind "language: ".
    assert (found["line"], found["column"]) == (7, 11)
    assert found["message"] == f"`{written}` is none of: en, de, es, fr"
    assert found["hint"] == hint
