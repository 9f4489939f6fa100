"""The vendored typefaces, and the stylesheets that use them."""

import re

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from casebook.charts import palette
from casebook.render import stylesheets
from casebook.render.typefaces import TYPEFACES, font_faces, inline_address
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


def test_an_inline_address_holds_the_whole_file() -> None:
    assert inline_address(TYPEFACES[0]).startswith('"data:font/woff2;base64,d09GMg')


def test_every_stylesheet_of_the_folder_is_used_once() -> None:
    names = (*stylesheets.SHARED, *stylesheets.PAPER, *stylesheets.SCREEN)
    there = {path.stem for path in (templates_dir() / "css").glob("*.css")}
    assert there
    assert sorted(names) == sorted(there)


def test_no_stylesheet_does_what_archives_of_pdf_forbid() -> None:
    names = (*stylesheets.SHARED, *stylesheets.PAPER)
    text = re.sub(r"/\*.*?\*/", "", stylesheets.stylesheet(names), flags=re.DOTALL)
    assert text
    for forbidden in ("opacity", "background-image", "rgba(", "display: grid", "display: flex"):
        assert forbidden not in text


def test_charts_and_stylesheets_share_their_colours() -> None:
    variables = set(re.findall(r"#[0-9a-f]{6}", stylesheets.stylesheet(("type",))))
    inks = {
        value for look in palette.LOOKS.values() for value in look.values() if value.startswith("#")
    }
    assert inks
    assert inks <= variables


def test_every_ink_of_a_chart_has_its_counterpart_for_the_night() -> None:
    screen = stylesheets.stylesheet(("screen",))
    missing = [name for name in palette.LOOKS if f".chart .{name}" not in screen]
    assert not missing


def _luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_contrasts_with_paper_by_at_least_four_and_a_half_by_day_and_by_night() -> None:
    checked = 0
    for sheet in ("type", "screen"):
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", stylesheets.stylesheet((sheet,))))
        for ink in ("ink", "muted", "accent", "alarm"):
            one, other = sorted((_luminance(colours[ink]), _luminance(colours["paper"])))
            assert (other + 0.05) / (one + 0.05) >= 4.5, (sheet, ink)
            checked += 1
    assert checked == 8
