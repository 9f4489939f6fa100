"""The vendored typefaces, and the stylesheets that use them."""

import re

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from casebook.domain.program.colour import AA_TEXT, contrast
from casebook.render import stylesheets
from casebook.render.typefaces import EMOJI, TYPEFACES, font_faces, world_faces
from casebook.resources import templates_dir

_PRINTED = "→−≥≤±×°–—‘’“”…·✓•▼½éőžşΔαЖя€"


def test_every_typeface_is_there_in_both_forms_with_its_licence() -> None:
    assert TYPEFACES
    for face in TYPEFACES:
        assert face.path("ttf").is_file()
        assert face.path("woff2").is_file()
        licence = (face.path("ttf").parent / "OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert "with Reserved Font Name" not in licence


def test_every_sign_that_pages_use_is_in_the_sans_and_all_but_two_in_the_serif() -> None:
    for face in TYPEFACES:
        letters = TTFont(face.path("ttf")).getBestCmap()
        missing = {sign for sign in _PRINTED if ord(sign) not in letters}
        # Literata has no check mark; pages set that sign in the sans.
        assert missing <= ({"✓"} if "Serif" in face.family else set()), face.file


def test_a_rule_stands_for_each_typeface_at_the_given_address() -> None:
    rules = font_faces(lambda face: f"x:{face.file}")
    assert rules.count("@font-face") == len(TYPEFACES)
    assert "src:url(x:inter/Inter-Regular)" in rules


@pytest.mark.parametrize(
    "text, files",
    [
        ("plain", []),
        ("Żółć ≥ → Καλημέρα Съешь ᾧ", []),
        ("שלום", ["noto/NotoSansHebrew-Regular", "noto/NotoSansHebrew-SemiBold"]),
        ("বাংলা।", ["noto/NotoSansDevanagari-Regular", "noto/NotoSansDevanagari-SemiBold",
                   "noto/NotoSansBengali-Regular"]),
        ("漢字 한국어", ["droid/DroidSansFallback-Regular", "hangul/Hangul-Regular"]),
        ("\ue000", []),
    ],
)  # fmt: skip
def test_a_text_asks_for_the_files_of_its_scripts(text: str, files: list[str]) -> None:
    """The Bengali full stop is shared with Hindi, and stands in the file of Hindi."""
    assert [face.file for face in world_faces(text, "ttf")] == files


@pytest.mark.parametrize("text", ["🙂", "✅", "1\ufe0f\u20e3", "❤\ufe0f"])
def test_what_is_drawn_as_a_picture_asks_for_the_emoji(text: str) -> None:
    assert EMOJI in world_faces(text, "ttf")


def test_a_sign_in_running_text_does_not() -> None:
    assert EMOJI not in world_faces("♀ ♂ ☎ ❤ ✔ ☑ →", "ttf")


def test_no_two_faces_of_the_world_can_be_taken_for_one() -> None:
    """WeasyPrint knows a face by its family, weight, style and width."""
    faces = list(world_faces("שלום السلام हि বা த ไ 漢 한 ▶️ 🙂 ♀ ─ ⁂ ʘ", "ttf"))
    assert len(faces) > 12
    assert len({(face.family, face.weight) for face in faces}) == len(faces)


@pytest.mark.parametrize(
    "folder, licence",
    [
        ("noto", "SIL OPEN FONT LICENSE Version 1.1"),
        ("hangul", "SIL OPEN FONT LICENSE Version 1.1"),
        ("droid", "Apache License"),
    ],
)
def test_the_world_comes_with_its_licences(folder: str, licence: str) -> None:
    (path,) = (templates_dir() / "fonts" / folder).glob("*.txt")
    assert licence in path.read_text(encoding="utf-8")


def test_a_name_that_is_reserved_is_not_used() -> None:
    with TTFont(templates_dir() / "fonts" / "hangul" / "Hangul-Regular.ttf") as font:
        names = [font["name"].getDebugName(number) for number in (1, 3, 4, 6)]
    assert names
    assert not [name for name in names if "nanum" in name.casefold()]


def test_every_stylesheet_of_the_folder_is_used_once() -> None:
    names = (
        *stylesheets.SHARED, *stylesheets.PAPER, *stylesheets.PDF, *stylesheets.PLAIN,
        *stylesheets.LOOSE, *stylesheets.SCREEN,
    )  # fmt: skip
    there = {path.stem for path in (templates_dir() / "css").glob("*.css")}
    assert there
    assert sorted(names) == sorted(there)


def test_no_stylesheet_does_what_archives_of_pdf_forbid() -> None:
    names = (*stylesheets.SHARED, *stylesheets.PAPER)
    text = re.sub(r"/\*.*?\*/", "", stylesheets.stylesheet(names), flags=re.DOTALL)
    assert text
    for forbidden in ("opacity", "background-image", "rgba("):
        assert forbidden not in text


def test_no_page_is_laid_out_in_cells() -> None:
    """Grids and flexible boxes take WeasyPrint long: two cells took half of a packet's time."""
    text = stylesheets.stylesheet((*stylesheets.SHARED, *stylesheets.PAPER))
    assert "display: block" in text
    assert not re.findall(r"display: (?:inline-)?(?:grid|flex)", text)


def test_text_contrasts_with_paper_by_at_least_four_and_a_half_by_day_and_by_night() -> None:
    checked = 0
    for sheet in ("type", "screen"):
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", stylesheets.stylesheet((sheet,))))
        for ink in ("ink", "muted", "accent", "alarm"):
            assert contrast(colours[ink], colours["paper"]) >= AA_TEXT, (sheet, ink)
            checked += 1
    assert checked == 8
