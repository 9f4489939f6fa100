"""What is written in a case study can be read out of its PDF again, character by character."""

import random
import re
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import which
from typing import Final

import pytest

from casebook.domain.work.case_study import CaseStudy
from casebook.render.press import document_pdf
from casebook.render.views.case_study import case_study_document
from tests.portfolios.writing import SCRIPTS

STRINGS: Final = 500

LIGATURES: Final = (
    "office", "affluent", "fjord", "baffle", "shuffling", "fifty-fifth", "Sturmflut", "Auflage",
    "coffee", "figure", "ﬁfth", "eﬃcient", "waft", "after", "offset", "Schifffahrt",
)  # fmt: skip
SPLIT: Final = (
    "soft\u00adhy\u00adphen\u00adat\u00adion", "zero\u200bwidth\u200bspace", "word\u2060joiner",
    "zwj\u200dzwnj\u200c", "mark\u200ebetween", "inter\u00ad\u00adnational", "left\u2013right",
    "sternocleidomastoid", "incomprehensibilities", "musculoskeletal-rehabilitation",
    "counterrevolutionaries", "interdisciplinary/biopsychosocial", "W" * 90, "il" * 70,
)  # fmt: skip
MARKS: Final = (
    *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "“quoted”", "‘so’", "«dit-il»", "„hin“", "—", "…", "3×", "±2°", "½", "µ", "§4", "[@key]",
    "<b>", "&amp;", "&#12;", "**", "``", "{{x}}", "{% x %}", "\\n", "a_b_c", "~~", "N\u00ba 5",
)  # fmt: skip

SPACES: Final = " " * 12 + "\t\u00a0\u2002\u2003\u2004\u2005\u2007\u3000"
NARROW: Final = "\u2006\u2009\u200a\u202f"
"""Spaces that may be lost: pdftotext sees no character, only a gap, and takes these for kerning."""

Words = tuple[str, ...]


def of(*names: str) -> Words:
    """All words of the phrases of these scripts."""
    return tuple(word for name in names for phrase in SCRIPTS[name] for word in phrase.split())


def is_stacked(word: str) -> bool:
    """Whether a mark stands above or below a letter that has no character together with it."""
    return any(unicodedata.category(c) == "Mn" for c in unicodedata.normalize("NFKC", word))


@dataclass(frozen=True, slots=True)
class Kind:
    """Strings that are put together from the same words, and how they are found again."""

    words: Words
    agrees: Callable[[str, str], bool]


def normal(text: str) -> str:
    """The text without differences that nobody sees.

    NFKC, since a typeface draws "ﬁ" and "fi", or a letter with its accent in one piece or in two,
    with one glyph. Format characters (category Cf: soft hyphens, joiners, marks of direction,
    which pdftotext also adds around text from right to left), variation selectors and the
    grapheme joiner are left out: they have no glyph.
    """
    composed = unicodedata.normalize("NFKC", "".join(" " if c in NARROW else c for c in text))
    return "".join(c for c in composed if unicodedata.category(c) != "Cf" and c not in _UNSEEN)


_UNSEEN: Final = "\ufe0e\ufe0f\u034f"
_BREAK: Final = "(?:\u2010?\n)?"


def in_order(written: str, found: str) -> bool:
    """Whether all characters are there, in order.

    A line may end at any space, and between any two characters, with the hyphen U+2010 that
    hyphenation adds or without; spaces are folded into one, and there is none where none was.
    """
    pattern = []
    for gap, word in re.findall(r"(\s*)(\S+)", narrowed(written)):
        if gap:
            pattern.append(r"\s*" if set(gap) <= {_NARROW_GAP} else r"\s+")
        pattern.append(_BREAK.join(map(re.escape, word)))
    return re.fullmatch("".join(pattern), normal(found).strip()) is not None


_NARROW_GAP: Final = "\x1f"
"""Stands for a narrow space while NFKC makes all spaces alike; Python counts it as a space."""


def narrowed(written: str) -> str:
    kept = "".join(_NARROW_GAP if c in NARROW else c for c in written)
    return normal(kept).strip()


def in_any_order(written: str, found: str) -> bool:
    """Whether the same characters are there, spaces aside.

    pdftotext turns text from right to left around by itself, glyph by glyph: numbers and Latin
    words between, and the letters that one glyph stands for, come out in another order. A mark
    that is set higher or lower than its place is taken for a line of its own.
    """
    return sorted(letters(written)) == sorted(letters(found))


def at_least_once(written: str, found: str) -> bool:
    """Whether every letter and digit is there; of vowel signs, nothing is asked.

    A PDF says of each glyph which letters it stands for. Where vowels and consonants are drawn
    as one, a glyph stands for more letters in one word than in another, and WeasyPrint keeps what
    came first: a letter may come twice, and a sign that is drawn before its letter may be lost.
    """
    wanted = {c for c in letters(written) if unicodedata.category(c)[0] in "LN"}
    return wanted <= set(letters(found))


def letters(text: str) -> str:
    return "".join(normal(text).replace("\u2010\n", "").split())


_EUROPEAN: Final = of("english", "diacritics", "combining", "greek", "cyrillic", "signs")

KINDS: Final = {
    "words that typesetting changes": Kind(LIGATURES + SPLIT + MARKS, in_order),
    "European scripts": Kind(tuple(w for w in _EUROPEAN if not is_stacked(w)), in_order),
    "East Asian scripts": Kind((*of("chinese", "japanese", "korean"), "L5/S1", "3"), in_order),
    # Of a digit in a keycap, WeasyPrint writes down no letters: they go with a glyph not drawn.
    "marks and emoji": Kind(
        (*filter(is_stacked, _EUROPEAN), *(w for w in of("emoji") if "\u20e3" not in w)),
        in_any_order,
    ),
    "from right to left": Kind((*of("arabic", "hebrew"), "L5/S1", "3"), in_any_order),
    "joined scripts": Kind(of("devanagari"), at_least_once),
}


def strings(kind: Kind, count: int) -> list[str]:
    """Strings of one to nine words, the same in every run."""
    chance = random.Random(f"{count} of {len(kind.words)}")
    made = []
    for _ in range(count):
        words = [chance.choice(kind.words) for _ in range(chance.randint(1, 9))]
        gaps = [chance.choice(SPACES + NARROW) for _ in words]
        made.append("".join(f"{word}{gap}" for word, gap in zip(words, gaps, strict=True)).strip())
    return made


def as_markup(string: str) -> str:
    """CommonMark that says the string as it stands: a backslash before all that could mean more."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", string)


def extracted(texts: Sequence[str], path: Path) -> dict[int, str]:
    """Each text as pdftotext finds it in a case study, by the number that stands before it."""
    paragraphs = [f"{_sign(at)}\n\n{as_markup(text)}" for at, text in enumerate(texts)]
    case = CaseStudy.model_validate(
        {
            "kind": "case-study", "format": 1, "id": "a", "title": "T",
            "client": {"pseudonym": "C"}, "introduction": "\n\n".join([*paragraphs, _sign(999)]),
        }
    )  # fmt: skip
    path.write_bytes(document_pdf(case_study_document(case, made_on=date(2026, 7, 1))))
    # In the order of the page's own instructions, without the head and the foot of the pages,
    # which stand in the outer 20 and 18 mm: 57 and 51 of A4's 842 points.
    frame = ("-x", "0", "-y", "57", "-W", "595", "-H", "734")
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", *frame, path, "-"], capture_output=True, check=True
    )
    pieces = re.split(r"⟦(\d{3})⟧\n", done.stdout.decode("utf-8").replace("\f", "\n"))
    return {int(number): text for number, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def _sign(number: int) -> str:
    return f"⟦{number:03d}⟧"


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_what_is_written_is_read_again(name: str, tmp_path: Path) -> None:
    """500 strings in all, as many of each kind."""
    if which("pdftotext") is None:
        pytest.skip("there is no pdftotext: apt-get install poppler-utils")
    kind = KINDS[name]
    written = strings(kind, -(-STRINGS // len(KINDS)))
    found = extracted(written, tmp_path / "case.pdf")
    assert len(found) == len(written) + 1
    wrong = [
        f"{text!r} is read as {found[number]!r}"
        for number, text in enumerate(written)
        if not kind.agrees(text, found[number])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("agrees", [in_order, in_any_order, at_least_once])
def test_a_string_that_lost_a_letter_does_not_agree(agrees: Callable[[str, str], bool]) -> None:
    assert agrees("Foot pain", "Foot pain\n")
    assert not agrees("Foot pain", "Foot pan\n")


@pytest.mark.parametrize(
    "found, agreed",
    [
        ("Foot\npain\n", True), ("Fo\u2010\not pain\n", True), ("Fo\not pain\n", True),
        ("Footpain\n", False), ("Fo ot pain\n", False), ("pain Foot\n", False),
        ("Foot-\npain\n", False), ("", False),
    ],
)  # fmt: skip
def test_lines_may_end_anywhere_but_spaces_count(found: str, agreed: bool) -> None:
    assert in_order("Foot pain", found) is agreed
