"""Cuts the typefaces of ``templates/fonts`` from their sources, and lists what each can print.

    python scripts/cut_typefaces.py SOURCES    cut everything anew, then write the list
    python scripts/cut_typefaces.py            write the list alone, from the cuts that are there

SOURCES is the folder that the commands in ``templates/fonts/README.md`` fill.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "templates" / "fonts"
LIST = FONTS / "coverage.txt"

LETTERS = (
    "20-7E A0-36F 370-3FF 400-52F 1D00-1DBF 1E00-1FFF 2000-206F 2070-20BF 2100-218F 2190-22FF "
    "2300-23FF 2460-24FF 25A0-25FF 2600-27BF 2C60-2C7F A640-A69F A720-A7FF AB30-AB6F FB00-FB06 FFFD"
)
# What HTML pages always carry; the rest of LETTERS comes when a text needs it.
COMMON_LETTERS = (
    "20-7E A0-259 2BB-2BC 2C6-2C7 2D8-2DD 300-304 306-30C 326-328 338 370-3FF 400-45F 490-491 "
    "1E02-1E03 1E0A-1E0B 1E80-1E85 1E9E 1EA0-1EF9 2002-200B 2010-2015 2018-201E 2020-2022 2026 "
    "202F-2030 2032-2033 2039-203A 2044 2060 2070-208E 20AC 2116 2122 2150-215E 2190-2195 2202 "
    "2206 2211-2213 2215 2219-221A 221E 2248 2260 2264-2265 25A0-25A1 25B2-25B3 25B6 25BC "
    "25C6-25C7 25CB 25CF 2713 2717"
)
LETTER_FEATURES = (
    *("ccmp", "locl", "kern", "liga", "mark", "mkmk", "case", "frac", "sups", "subs"),
    *("tnum", "lnum", "onum", "pnum"),
)

# In every cut, so that shaping finds spaces and joiners; the main families have them first.
SHARED = frozenset((0x20, 0xA0, 0x200C, 0x200D))

# What is drawn as a picture wherever it stands (Unicode, emoji-data.txt, Emoji_Presentation, those
# below U+1F000); the faces of signs leave it to the face of pictures.
PICTURES = (
    "231A-231B 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 2648-2653 267F 2693 26A1 26AA-26AB "
    "26BD-26BE 26C4-26C5 26CE 26D4 26EA 26F2-26F3 26F5 26FA 26FD 2705 270A-270B 2728 274C 274E "
    "2753-2755 2757 2795-2797 27B0 27BF 2B1B-2B1C 2B50 2B55"
)

WINDOWS = 3  # The platform whose names every program reads.
RARER_HAN = range(0x3400, 0x4DC0)  # CJK Unified Ideographs Extension A

GOOGLE = "expo-google-fonts-"
LITERATA = f"{GOOGLE}literata-0.4.3"
INTER = f"{GOOGLE}inter-0.4.2"
# Why older: later versions set a letter and its dots apart, and text copied from a PDF falls to
# pieces.
DEBIAN_NOTO = "fonts-noto-core/usr/share/fonts/truetype/noto"
DEBIAN_DROID = "fonts-droid-fallback/usr/share/fonts/truetype/droid"


@dataclass(frozen=True)
class Cut:
    """One file to make: what of a source it keeps, and the name it gets where it needs another."""

    source: str
    target: str
    keeps: str
    name: str | None = None


MAIN = (
    Cut(f"{LITERATA}/400Regular/Literata_400Regular.ttf", "literata/Literata-Regular", LETTERS),
    Cut(f"{LITERATA}/400Regular_Italic/Literata_400Regular_Italic.ttf", "literata/Literata-Italic",
        LETTERS),
    Cut(f"{LITERATA}/600SemiBold/Literata_600SemiBold.ttf", "literata/Literata-SemiBold", LETTERS),
    Cut(f"{INTER}/400Regular/Inter_400Regular.ttf", "inter/Inter-Regular", LETTERS),
    Cut(f"{INTER}/600SemiBold/Inter_600SemiBold.ttf", "inter/Inter-SemiBold", LETTERS),
)  # fmt: skip


def noto(script: str, version: str, keeps: str, weight: str = "400Regular") -> Cut:
    """A Noto Sans of one script."""
    name = f"NotoSans{script.title().replace('-', '')}"
    folder = f"{GOOGLE}noto-sans{'-' + script if script else ''}-{version}"
    return Cut(f"{folder}/{weight}/{name}_{weight}.ttf", f"noto/{name}-{weight[3:]}", keeps)


# Each takes what none before it has: a character then comes from one file, whatever else is loaded.
WORLD = (
    noto("", "0.4.2", LETTERS),
    noto("hebrew", "0.4.1", "590-5FF FB1D-FB4F"),
    Cut(f"{DEBIAN_NOTO}/NotoSansArabic-Regular.ttf", "noto/NotoSansArabic-Regular",
        "600-6FF 750-77F 870-8FF FB50-FDFF FE70-FEFC"),
    noto("devanagari", "0.4.1", "900-97F 1CD0-1CFF A8E0-A8FF"),
    noto("bengali", "0.4.4", "980-9FF"),
    noto("gurmukhi", "0.4.1", "A00-A7F"),
    noto("gujarati", "0.4.2", "A80-AFF"),
    noto("tamil", "0.4.3", "B80-BFF"),
    noto("telugu", "0.4.2", "C00-C7F"),
    noto("kannada", "0.4.3", "C80-CFF"),
    noto("malayalam", "0.4.2", "D00-D7F"),
    noto("sinhala", "0.4.2", "D80-DFF"),
    noto("thai", "0.4.2", "E00-E7F"),
    noto("lao", "0.4.2", "E80-EFF"),
    noto("myanmar", "0.4.2", "1000-109F"),
    noto("georgian", "0.4.3", "10A0-10FF 1C90-1CBF 2D00-2D2F"),
    noto("ethiopic", "0.4.2", "1200-137F"),
    noto("khmer", "0.4.3", "1780-17FF 19E0-19FF"),
    noto("armenian", "0.4.2", "530-58F FB13-FB17"),
    noto("math", "0.4.2", "2190-23FF 25A0-25FF 27C0-27FF 2900-297F 2A00-2AFF 2B00-2BFF"),
    noto("symbols", "0.4.1", "2100-23FF 2460-24FF 2600-27BF"),
    noto("symbols-2", "0.4.1", "2100-23FF 25A0-27BF 2B00-2BFF"),
    noto("mono", "0.4.2", "2500-259F"),
    # Why another name: the licence reserves "Nanum" and "NanumGothic" for the whole typeface.
    Cut(f"{GOOGLE}nanum-gothic-0.4.0/400Regular/NanumGothic_400Regular.ttf",
        "hangul/Hangul-Regular", "3130-318F AC00-D7A3", name="Casebook Hangul"),
    Cut(f"{DEBIAN_DROID}/DroidSansFallbackFull.ttf", "droid/DroidSansFallback-Regular",
        "2E80-33FF 3400-4DBF 4E00-9FFF F900-FAFF FE30-FE4F FF00-FFEF"),
)  # fmt: skip

# Why it may share characters with others: in a row of pictures, such as one of a woman, a joiner
# and a staff, all parts must come from one file. Renderers ask it first there, and last elsewhere.
EMOJI = Cut(
    f"{GOOGLE}noto-emoji-0.4.7/400Regular/NotoEmoji_400Regular.ttf", "noto/NotoEmoji-Regular", "*"
)

# Heavier cuts hold what the regular one of their script holds.
BOLDER = (
    (noto("hebrew", "0.4.1", "", "600SemiBold"), "noto/NotoSansHebrew-Regular"),
    (Cut(f"{DEBIAN_NOTO}/NotoSansArabic-Bold.ttf", "noto/NotoSansArabic-Bold", ""),
     "noto/NotoSansArabic-Regular"),
    (noto("devanagari", "0.4.1", "", "600SemiBold"), "noto/NotoSansDevanagari-Regular"),
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Cut when a folder of sources is named; write the list in any case."""
    if arguments:
        cut_all(Path(arguments[0]))
    names = [f"{one.target}.{flavor}" for flavor in ("ttf", "woff2") for one in MAIN]
    names += [f"{one.target}.ttf" for one in (*WORLD, *(one for one, _ in BOLDER), EMOJI)]
    lines = [f"{name}: {' '.join(ranges_of(characters(FONTS / name)))}\n" for name in names]
    head = "# What each file can print, in hexadecimal; made by scripts/cut_typefaces.py\n"
    LIST.write_text(head + "".join(lines), encoding="ascii")


def cut_all(sources: Path) -> None:
    """Make every file of all groups."""
    for one in MAIN:
        write(sources, one, code_points(one.keeps), LETTER_FEATURES)
        write(sources, one, code_points(COMMON_LETTERS), LETTER_FEATURES, flavor="woff2")
    write(sources, EMOJI, characters(sources / EMOJI.source), ["*"])
    main = [characters(FONTS / f"{one.target}.ttf") for one in MAIN]
    taken = set().union(code_points(PICTURES), *main)
    for one in WORLD:
        wanted = {each for each in code_points(one.keeps) if is_wanted(each)} - taken
        write(sources, one, wanted | SHARED, ["*"])
        taken |= characters(FONTS / f"{one.target}.ttf")
    for one, regular in BOLDER:
        write(sources, one, characters(FONTS / f"{regular}.ttf"), ["*"])


def is_wanted(code_point: int) -> bool:
    """Whether somebody writes it: of the rarer Han, what Hong Kong and Japan have in their sets."""
    if code_point not in RARER_HAN:
        return True
    return any(encodes(code_point, codec) for codec in ("big5hkscs", "euc_jis_2004"))


def encodes(code_point: int, codec: str) -> bool:
    """Whether an older character set has it."""
    try:
        chr(code_point).encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def write(
    sources: Path,
    cut: Cut,
    wanted: Iterable[int],
    features: Iterable[str],
    flavor: str | None = None,
) -> None:
    """Cut one file down; its dates stay, so that the same sources give the same bytes."""
    options = subset.Options(
        layout_features=list(features),
        hinting=False,
        name_IDs=["*"],
        flavor=flavor,
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += ["DSIG", "STAT", "meta", "vhea", "vmtx"]
    font = subset.load_font(str(sources / cut.source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    if cut.name is not None:
        rename(font, cut.name)
    path = FONTS / f"{cut.target}.{flavor or 'ttf'}"
    path.parent.mkdir(exist_ok=True)
    subset.save_font(font, str(path), options)


def rename(font: TTFont, name: str) -> None:
    """Give a cut another name than its source's, and keep what is said of its authors."""
    table = font["name"]
    about_authors = {0, 5, 7, 8, 9, 11, 13, 14}
    table.names = [
        each for each in table.names if each.nameID in about_authors and each.platformID == WINDOWS
    ]
    for name_id, text in {
        1: name,
        2: "Regular",
        3: name,
        4: name,
        6: name.replace(" ", ""),
    }.items():
        table.setName(text, name_id, WINDOWS, 1, 0x409)


def code_points(ranges: str) -> set[int]:
    """The numbers in "20-7E A0"."""
    found: set[int] = set()
    for each in ranges.split():
        first, _, last = each.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def characters(path: Path) -> set[int]:
    """What a font has a glyph for."""
    return set(TTFont(path, lazy=True).getBestCmap())


def ranges_of(found: Iterable[int]) -> Iterator[str]:
    """Numbers as "20-7E A0"."""
    for _, group in groupby(enumerate(sorted(found)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        first, last = f"{numbers[0]:X}", f"{numbers[-1]:X}"
        yield first if first == last else f"{first}-{last}"


if __name__ == "__main__":
    main(sys.argv[1:])
