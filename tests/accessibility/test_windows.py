"""A page fits its window, keeps to itself, and can be printed."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.accessibility.chromium import MIDDLE_PX, NARROW_PX, NARROWEST_PX, WIDE_PX, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

_SCROLLING = """() => [...document.querySelectorAll("main *")]
    .filter(each => each.scrollWidth > each.clientWidth + 1
        && ["auto", "scroll"].includes(getComputedStyle(each).overflowX))
    .map(each => [each.tabIndex, each.getAttribute("role"), !!each.getAttribute("aria-label")])"""

# Words that a box cuts off, other than in a table or chart that scrolls by itself.
_BEYOND = """() => [...document.querySelectorAll("main p, main li, main h1, main h2, main h3")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1).length"""

_PRINTED = """() => {
    const style = name => getComputedStyle(document.querySelector(name));
    return {
        screen: [...document.querySelectorAll(".screen-only")].map(
            each => getComputedStyle(each).display),
        paper: getComputedStyle(document.documentElement).backgroundColor,
        size: getComputedStyle(document.documentElement).fontSize,
        pieces: [...document.querySelectorAll(".piece")].slice(1).map(
            each => getComputedStyle(each).breakBefore),
        heading: style("h2").breakAfter, row: style("tr").breakInside,
        summary: style(".summary").breakInside,
    };
}"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [NARROWEST_PX, NARROW_PX, MIDDLE_PX, WIDE_PX])
def test_only_tables_and_charts_scroll_sideways(
    width: int, every_page: list[Path], browser: "Browser"
) -> None:
    scrolling = []
    for file in every_page:
        with opened(browser, file, width=width) as window:
            needed, given = window.page.evaluate(_WIDTHS)
            assert (file.name, needed) == (file.name, given)
            assert window.page.evaluate(_BEYOND) == 0
            scrolling += window.page.evaluate(_SCROLLING)
    assert len(every_page) == 11
    assert scrolling or width > NARROW_PX
    assert all(each == [0, "group", True] for each in scrolling)


@pytest.mark.slow
def test_a_page_asks_for_nothing_and_has_nothing_to_complain_of(
    every_page: list[Path], browser: "Browser"
) -> None:
    for file in every_page:
        with opened(browser, file) as window:
            fonts = window.page.evaluate("document.fonts.ready.then(all => all.size)")
            asked = [each for each in window.asked_for if not each.startswith("data:")]
        assert fonts >= 3
        assert (asked, window.complaints) == ([], [])


@pytest.mark.slow
def test_night_is_dark_and_day_is_light(case_study: Path, browser: "Browser") -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with opened(browser, case_study, "light") as window:
        assert window.page.evaluate(ground) == "rgb(255, 255, 255)"
    with opened(browser, case_study, "dark") as window:
        # #161c23, screen.css
        assert window.page.evaluate(ground) == "rgb(22, 28, 35)"


@pytest.mark.slow
def test_what_is_printed_looks_like_paper_and_breaks_like_it(
    packet: Path, browser: "Browser"
) -> None:
    """Even at night: white paper, type in points, no links to jump with, and sensible breaks."""
    with opened(browser, packet, "dark") as window:
        window.page.emulate_media(media="print", color_scheme="dark")
        printed = window.page.evaluate(_PRINTED)
        sheets = pypdf.PdfReader(io.BytesIO(window.page.pdf(prefer_css_page_size=True)))
        texts = [sheet.extract_text() for sheet in sheets.pages]
    assert len(printed["screen"]) == 4
    assert set(printed["screen"]) == {"none"}
    assert printed["paper"] == "rgb(255, 255, 255)"
    # 9.75 pt at 96 pixels to 72 points.
    assert printed["size"] == "13px"
    assert len(printed["pieces"]) == 6
    assert set(printed["pieces"]) == {"page"}
    assert (printed["heading"], printed["row"], printed["summary"]) == ("avoid",) * 3
    assert len(texts) > 15
    assert "Skip to the text" not in "".join(texts)
    # A piece begins a page, of which the foot may be read first.
    assert any("Neck ache, headache" in text[:120] for text in texts)
    assert (round(sheets.pages[0].mediabox.width), round(sheets.pages[0].mediabox.height)) == (
        595,
        842,
    )


_SMUGGLED = (
    '<script>document.title = "ran"</script>'
    '<p onclick="document.title = 1" id="smuggled">words</p>'
    '<img src="https://example.org/seen.png" alt="" onerror="document.title = 2">'
    '<style>@import "https://example.org/all.css";</style>'
    '<iframe src="https://example.org/"></iframe>'
    '<form action="https://example.org/"></form>'
)


@pytest.mark.slow
def test_what_gets_out_of_its_place_runs_nothing_and_asks_for_nothing(
    case_study: Path, browser: "Browser", tmp_path: Path
) -> None:
    """As if a text had stood on a page as markup: the page's own policy holds it."""
    text = case_study.read_text(encoding="utf-8")
    with opened(browser, case_study) as window:
        title = window.page.title()
    smuggled = tmp_path / "smuggled.html"
    smuggled.write_text(text.replace("</main>", f"{_SMUGGLED}</main>"), encoding="utf-8")
    with opened(browser, smuggled) as window:
        window.page.click("#smuggled")
        assert window.page.title() == title
        window.page.evaluate('document.querySelector("form").requestSubmit()')
        window.page.wait_for_timeout(100)
        refused = [each for each in window.complaints if "Content Security Policy" in each]
    for what in ("inline script", "event handler", "stylesheet", "the image", "Framing", "form"):
        assert any(what in each for each in refused), what
