"""What people write, in the scripts they write it in, as strategies for Hypothesis.

Why ``sampled_from`` everywhere: Hypothesis mixes constants of whatever code is loaded into the
texts and numbers it makes up itself, and a choice from a list is the same in every run.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from hypothesis import strategies as st

Phrases: TypeAlias = tuple[str, ...]

SCRIPTS: Final[Mapping[str, Phrases]] = {
    "english": (
        "A dull ache behind the wheel", "fires at the third retest", "Office chair, nine hours",
        "the stiff ankle affects her shuffle", "“Better,” she said – ‘by half’…", "Fine",
    ),
    "diacritics": (
        "Żółć gęślą jaźń", "Příliš žluťoučký kůň", "Árvíztűrő tükörfúrógép", "Iğdır’da ağrı",
        "Đau lưng dưới kéo dài", "Kæmi ný öxi hér", "Ó ń dùn mí lẹ́yìn", "façade, naïve, œuvre",
        "Ķērpji žņaudz ģībstošu", "Straße, GROẞE Füße",
    ),
    "combining": (
        "e\u0301te\u0301, a\u0308chzen, n\u0303", "Ti\u1ebf\u0300ng vi\u00ea\u0323t",
        "o\u0328\u0301 na\u0328 de\u0301", "x\u0304 \u00b1 s\u0302", "ɔ\u0303 ŋ\u0301 ɛ\u0300",
    ),
    "greek": (
        "Πόνος στη μέση", "ο γλουτιαίος μυς", "Ἐν ἀρχῇ ἦν ὁ λόγος", "η δοκιμή απέτυχε, άνω", "Σάς",
    ),
    "cyrillic": (
        "Боль в пояснице", "ягодичная мышца не держит", "Біль у спині, її м’яз", "Љубав и ђак",
        "Съешь ещё этих мягких булок", "Қазақша ауырсыну", "Ёж",
    ),
    "arabic": (
        "ألم أسفل الظهر", "العضلة الألوية الكبرى", "درد کمر هنگام رانندگی", "کمر میں درد ہے",
        "اختبار ٣ من ٥", "الأَلَمُ خَفِيفٌ", "L5 و S1 معًا", "لا",
    ),
    "hebrew": (
        "כאב גב תחתון", "השריר העכוז הגדול", "שָׁלוֹם לַגּוּף", "מבחן 3 מתוך 5", "L5 ו-S1", "לא",
    ),
    "devanagari": (
        "पीठ के निचले हिस्से में दर्द", "नितंब की मांसपेशी", "क्षत्रिय ज्ञान, श्री", "पाठदुखी आणि हालचाल",
        "परीक्षण ३ में से ५",
    ),
    "chinese": ("腰痛在驾驶时加重", "臀大肌測試失敗", "放松腰方肌二十五秒。", "疼痛：七分", "好"),
    "japanese": (
        "運転中の腰の痛み", "大殿筋テストは「弱い」", "ストレッチを行った。",
        "ﾊﾝｶｸ と ぜんかく", "痛",
    ),
    "korean": ("운전할 때 허리가 아프다", "대둔근 검사 실패", "다시 검사하니 힘이 난다.", "각"),
    "emoji": (
        "Pain 🙂 then 😖", "👩🏽‍⚕️ said ✅", "👍🏿 done", "🇩🇪 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "1️⃣ test, 2️⃣ release",
        "❤️ or ❤", "👨‍👩‍👧",
    ),
    "signs": (
        "20° ± 5 %, ≤ 3 ½ → 7 × 10", "H₂O, m², №5, § 3, ¶", "α ≠ β ∑ √2 ∞", "€ £ ₹ ₽ ₪",
        "☐ ☑ ★ ♀ ♂", "† ‡ ‰ ′ ″ ⁄", "a/b\\c|d~e^f`g", "<b>&amp;</b> & <", "$x_1$ {{ y }} {% z %}",
    ),
    "unseen": (
        "soft\u00adhy\u00adphen\u00adated", "no\u200bbreak\u2060here\u200d", "می\u200cخواهم",
        "left\u200eright\u200f", "\u202bturned\u202c", "\u2067isolated\u2069",
        "wide\u3000thin\u2009hair\u200afigure\u2007nbsp\u00a0nnbsp\u202f.", "tab\tbed", "\ufffd",
        "grapheme\u034fjoiner", "\u200d", "☺\ufe0e and ☺\ufe0f",
    ),
    "elsewhere": (
        "ปวดหลังส่วนล่าง", "კუნთის ტკივილი", "Մկանային ցավ", "தசை வலி", "পিঠে ব্যথা", "ጡንቻ ህመም",
    ),
    "long words": (
        "Lendenwirbelsäulenbeweglichkeitsuntersuchungsprotokollführung",
        "pneumonoultramicroscopicsilicovolcanoconiosis", "W" * 80,
        "gluteus-maximus-quadratus-lumborum-sternocleidomastoid-levator-scapulae",
        "https://example.org/a/very/long/address/without/any/end/" + "x" * 60, "i" * 120,
    ),
}  # fmt: skip
"""Phrases by the script or habit they stand for."""

EVERY_SCRIPT: Final[Phrases] = tuple(phrase for each in SCRIPTS.values() for phrase in each)

_NESTED: Final = (
    "- {a}\n- {b}\n  - {c}\n    1. {a}\n    2. {b}\n",
    "1. {a}\n\n   {b}\n\n2. {c}\n",
    "> {a}\n>\n> > {b}\n> > - {c}\n",
    "- > {a}\n  >\n  > ```\n  > {b}\n  > ```\n- {c}",
    "```\n{a}\n\n    {b}\n```",
    "    {a}\n    {b}",
    "# {a}\n\n{b}",
    "###### {a}\n\n{b}\n===\n\n{c}\n---",
    "{a}\n\n---\n\n{b}",
    "- # {a}\n- ***\n- {b}",
)
_BROKEN: Final = ("{a}  \n{b}\\\n{c}", "{a}\n{b}", "*{a}*  \n**{b}**")
_LINKED: Final = (
    "[{a}](https://example.org/a)",
    "[*{a}* **{b} `{c}`**](https://example.org/?q=1&r=2)",
    "**[{a}](https://example.org)** and *[{b}](http://example.org)*",
    "[{a}  \n{b}](https://example.org)",
    "[{a}\n{b}](https://example.org 'title')",
    "<https://example.org/{{x}}>",
    "[](https://example.org)",
    "[**](https://example.org) [` `](https://example.org) [ ](https://example.org)",
    "[![{a}](https://example.org/a.png)](https://example.org)",
    "[&nbsp;](https://example.org) [\\\n](https://example.org)",
    "# [{a}](https://example.org)",
    "- [{a}](https://example.org)",
    "{a} [@source-1] and [@source-2; @source-1] and [@none]",
    "[{a} [@source-1]](https://example.org)",
    "[{a}][r] {b}\n\n[r]: https://example.org",
)
_NOTHING: Final = (
    "-", "- \n- {a}\n-", ">", "> \n> >", "#", "```\n```", "* * *", "1.", "{a}\n\n&nbsp;",
    "| a | b |\n|---|---|\n|   |   |", "<!-- {a} -->", "<div>\n\n{a}\n\n</div>", "![](x.png)",
    "****", "&#12; &#x200d; &#x2028; &#0; &#xfeff;", "[r]: https://example.org", "\\", "``",
)  # fmt: skip
MARKDOWN: Final = (*_NESTED, *_BROKEN, *_LINKED, *_NOTHING)
"""Forms of CommonMark, with places for three phrases: nested, broken, linked, and of nothing."""


def lines(phrases: Phrases) -> st.SearchStrategy[str]:
    """One phrase, as a name or a title holds it."""
    return st.sampled_from([" ".join(phrase.split("\n")) for phrase in phrases])


@st.composite
def paragraphs(draw: st.DrawFn, phrases: Phrases) -> str:
    """Up to three paragraphs of up to four phrases."""
    blocks = []
    for _ in range(draw(st.sampled_from((1, 1, 2, 3)))):
        said = draw(st.lists(lines(phrases), min_size=1, max_size=4))
        blocks.append(", ".join(said) + ".")
    return "\n\n".join(blocks)


@st.composite
def marked_up(draw: st.DrawFn, phrases: Phrases) -> str:
    """Two to four forms of markup, one below the other."""
    forms = draw(st.lists(st.sampled_from(MARKDOWN), min_size=2, max_size=4))
    return "\n\n".join(
        form.format(a=draw(lines(phrases)), b=draw(lines(phrases)), c=draw(lines(phrases)))
        for form in forms
    )
