"""A page can be used with the keys alone."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessibility.chromium import MIDDLE_PX, NARROW_PX, WIDE_PX, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What the keys can reach: links, folds, and what scrolls by itself; nothing hidden.
_STOPS = """() => [...document.querySelectorAll("a[href], summary, [tabindex]")]
    .filter(each => each.checkVisibility({visibilityProperty: true})
        && !each.matches("details:not([open]) :not(summary)")).length"""

_FOCUSED = """() => {
    const found = document.activeElement, style = getComputedStyle(found),
        box = found.getBoundingClientRect();
    return {
        reached: found !== document.body, number: found.dataset.number ?? "",
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 0 && box.top < innerHeight && box.bottom > 0
            && box.left < innerWidth && box.right > 0,
        text: found.textContent.trim(), main: found.closest("main") !== null,
        above: found.closest(".above") !== null,
    };
}"""

_LOST_LINKS = """() => [...document.querySelectorAll("a[href^='#']")]
    .filter(each => !document.getElementById(decodeURIComponent(each.hash.slice(1))))
    .map(each => each.outerHTML)"""

_TWICE = """() => [...document.querySelectorAll("[id]")].map(each => each.id)
    .filter((id, index, all) => all.indexOf(id) !== index)"""


def press(page: "Page", key: str) -> dict[str, object]:
    """What has the focus after a key."""
    page.keyboard.press(key)
    focused: dict[str, object] = page.evaluate(_FOCUSED)
    return focused


@pytest.mark.slow
def test_the_first_key_shows_a_link_that_leads_past_the_contents(
    case_study: Path, browser: "Browser"
) -> None:
    with opened(browser, case_study) as window:
        hidden = window.page.locator(".skip").bounding_box()
        first = press(window.page, "Tab")
        shown = window.page.locator(".skip").bounding_box()
        press(window.page, "Enter")
        assert window.page.evaluate("location.hash") == "#text"
        following = press(window.page, "Tab")
    assert hidden is not None
    assert hidden["y"] + hidden["height"] < 0
    assert shown is not None
    assert shown["y"] >= 0
    assert (first["text"], first["main"]) == ("Skip to the text", False)
    assert following["main"] is True


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE_PX, MIDDLE_PX, NARROW_PX])
def test_tab_reaches_everything_and_shows_where_it_is(
    width: int, case_study: Path, browser: "Browser"
) -> None:
    with opened(browser, case_study, width=width) as window:
        stops = window.page.evaluate(_STOPS)
        places = [press(window.page, "Tab") for _ in range(stops)]
        beyond = press(window.page, "Tab")
    # The skip link, the references, what scrolls; where there is room, the contents too.
    assert stops > (30 if width == WIDE_PX else 15)
    assert all(each["reached"] for each in places)
    assert [each["text"] for each in places if not each["outline"]] == []
    assert [each["text"] for each in places if not each["seen"]] == []
    assert not beyond["reached"]


@pytest.mark.slow
def test_the_contents_open_above_the_text_of_a_narrow_window(
    packet: Path, browser: "Browser"
) -> None:
    with opened(browser, packet, width=NARROW_PX) as window:
        press(window.page, "Tab")
        fold = press(window.page, "Tab")
        press(window.page, "Enter")
        entry = press(window.page, "Tab")
        press(window.page, "Enter")
        top = window.page.evaluate(
            "document.getElementById('standing').getBoundingClientRect().top"
        )
    assert (fold["text"], fold["above"]) == ("Contents", True)
    assert (entry["text"], entry["above"]) == ("Standing with the requirements", True)
    assert 0 <= top < 100


@pytest.mark.slow
def test_the_contents_stay_beside_the_text_of_a_wide_window(
    case_study: Path, browser: "Browser"
) -> None:
    with opened(browser, case_study, width=WIDE_PX) as window:
        window.page.locator(".beside a", has_text="References").click()
        contents = window.page.locator(".beside").bounding_box()
        heading = window.page.locator("h2", has_text="References").bounding_box()
    assert contents is not None
    assert heading is not None
    assert contents["y"] == 0
    assert contents["x"] + contents["width"] < heading["x"]
    assert 0 <= heading["y"] < 900


@pytest.mark.slow
def test_a_citation_leads_to_its_reference(case_study: Path, browser: "Browser") -> None:
    with opened(browser, case_study, width=NARROW_PX) as window:
        citation = window.page.locator("a.cite").first
        target = citation.get_attribute("href")
        citation.focus()
        window.page.keyboard.press("Enter")
        box = window.page.locator(f"[id='{(target or '')[1:]}']").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


@pytest.mark.slow
def test_every_link_within_a_page_has_one_place_to_lead_to(
    every_page: list[Path], browser: "Browser"
) -> None:
    links = 0
    for file in every_page:
        with opened(browser, file) as window:
            links += window.page.locator("a[href^='#']").count()
            assert window.page.evaluate(_LOST_LINKS) == []
            assert window.page.evaluate(_TWICE) == []
    assert links > 400
