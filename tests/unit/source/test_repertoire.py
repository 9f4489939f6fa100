"""The list of printable characters says what the vendored fonts hold."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from casebook.domain.work.repertoire import CodePoints
from casebook.errors import MachineError
from casebook.resources import templates_dir
from casebook.source.repertoire import load_repertoire, read_repertoire

FONTS = templates_dir() / "fonts"
EMOJI = "noto/NotoEmoji-Regular.ttf"
SHARED = {0x20, 0xA0, 0x200C, 0x200D}
"""Spaces and joiners, which shaping looks for in every file."""


def numbers(points: CodePoints) -> set[int]:
    pairs = zip(points.firsts, points.lasts, strict=True)
    return {each for first, last in pairs for each in range(first, last + 1)}


def test_the_list_names_every_font_and_no_other() -> None:
    there = {
        path.relative_to(FONTS).as_posix()
        for ending in ("ttf", "woff2")
        for path in FONTS.rglob(f"*.{ending}")
    }
    assert len(there) > 30
    assert set(load_repertoire().files) == there


@pytest.mark.parametrize("name", load_repertoire().files)
def test_the_list_says_what_a_font_holds(name: str) -> None:
    """``python scripts/cut_typefaces.py`` writes it anew."""
    with TTFont(FONTS / name, lazy=True) as font:
        assert numbers(load_repertoire().files[name]) == set(font.getBestCmap())


def test_ranges_stand_in_rising_order_and_do_not_touch() -> None:
    """Searching them needs that."""
    for points in load_repertoire().files.values():
        assert all(a <= b for a, b in zip(points.firsts, points.lasts, strict=True))
        assert all(b + 1 < a for a, b in zip(points.firsts[1:], points.lasts, strict=False))


def test_no_two_files_of_the_world_share_a_character() -> None:
    """A text then looks the same whatever else is loaded; emoji are told apart by their name."""
    files = {
        name: numbers(points)
        for name, points in load_repertoire().files.items()
        if not name.startswith(("literata", "inter")) and name.endswith("-Regular.ttf")
    }
    emoji = files.pop(EMOJI)
    assert len(emoji) > 1000
    taken: set[int] = set()
    for name, having in files.items():
        assert not taken & having - SHARED, name
        taken |= having


def test_what_is_always_a_picture_comes_from_the_emoji_alone() -> None:
    """Otherwise it would depend on what else is loaded which of two is taken."""
    pictures = "⌚⏰⚡⚽⛔✅✋✨❌❓➕⭐⬛"
    having = {
        name
        for name, points in load_repertoire().files.items()
        if any(each in points for each in pictures)
    }
    assert having == {EMOJI}


def test_cuts_of_one_script_hold_the_same() -> None:
    files = load_repertoire().files
    compared = 0
    for name, points in files.items():
        for suffix in ("-SemiBold", "-Bold", "-Italic"):
            if f"{suffix}." in name:
                assert files[name.replace(suffix, "-Regular")] == points
                compared += 1
    assert (
        compared == 9
    )  # Literata twice in two forms, Inter once in two forms, three of the world.


@pytest.mark.parametrize(
    "language, words",
    [
        ("Vietnamese", "Đặng Thị Ngọc Ánh ướt"), ("Polish", "Żółć gęślą jaźń"),
        ("phonetic letters", "ʃəŋ ɡʲɪˈzɤ θð ʔ ɬ"), ("Greek", "Καλημέρα ἐν ἀρχῇ ᾧ"),
        ("Russian", "Съешь ещё"), ("Kazakh", "Қазақ тілі ғәңө"), ("Arabic", "السلام عليكم ١٢٣ ،؟"),
        ("Persian", "می‌خواهم پچژگ"), ("Urdu", "کمر میں درد ہے ٹڈڑ"), ("Hebrew", "שָׁלוֹם ₪"),
        ("Hindi", "क्षेत्र विद्यार्थी ।"), ("Bengali", "বাংলা ক্ষ"), ("Tamil", "தமிழ்"),
        ("Thai", "ปวดหลังที่นี่ ฿"), ("simplified Chinese", "腰痛患者，驾驶员。《》"),
        ("traditional Chinese", "繁體中文臀大肌㗎"), ("Japanese", "腰痛のカタカナ「」々ー"),
        ("Korean", "안녕하세요 뷁 힣"), ("emoji", "🙂👩🏽‍⚕️🇩🇪1️⃣🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("signs", "→⇒≥≤≈≠±×°½¾✓✗☐☑★☆①▶─│♀♂√∞₹₽‰№™�"),
        ("Georgian, Armenian, Amharic", "გამარჯობა Բարեւ ሰላም"),
    ],
)  # fmt: skip
def test_what_people_write_can_be_printed(language: str, words: str) -> None:
    assert load_repertoire().lacking(words) == (), language


@pytest.mark.parametrize("text", ["", "a.ttf 20-7E", "a.ttf: 20-XY"])
def test_a_damaged_list_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "coverage.txt"
    if text:
        path.write_text(f"# head\n{text}\n")
    with pytest.raises(MachineError, match="printable characters"):
        read_repertoire(path)
