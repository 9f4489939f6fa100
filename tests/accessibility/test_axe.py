"""axe-core finds nothing wrong with any page, by day and by night, in windows of any width."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook.workflow.render import render_path
from casebook.workflow.reporting.feedback import make_feedback
from tests.accessibility.chromium import (
    MIDDLE_PX,
    NARROW_PX,
    NARROWEST_PX,
    WIDE_PX,
    Scheme,
    audit,
    opened,
)
from tests.portfolios.results import RESULT_SHAPES, result_example, written
from tests.portfolios.shapes import SHAPES, example

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WINDOWS: tuple[tuple[Scheme, int], ...] = (
    ("light", WIDE_PX), ("light", MIDDLE_PX), ("light", NARROW_PX),
    ("dark", WIDE_PX), ("dark", MIDDLE_PX), ("dark", NARROW_PX),
)  # fmt: skip

KEPT_EVERYWHERE = {
    "bypass", "color-contrast", "document-title", "heading-order",
    "html-has-lang", "landmark-one-main", "landmark-unique", "page-has-heading-one", "region",
    "skip-link",
}  # fmt: skip
"""Rules that find something to look at on every page, so that silence is not emptiness."""

FEEDBACK = (
    "usual", "everything missing", "nine graders", "in French from Spanish", "in arabic",
    "in long words",
)  # fmt: skip

UNUSUAL = ("nothing that may be left out", "long tables", "in arabic and hebrew", "in long words")


def faults(
    browser: "Browser", axe: str, file: Path, windows: tuple[tuple[Scheme, int], ...]
) -> list[str]:
    """What is wrong with a page, window by window."""
    found = []
    for scheme, width in windows:
        with opened(browser, file, scheme, width) as window:
            result = audit(window.page, axe)
        assert result.kept >= KEPT_EVERYWHERE
        found += [f"{file.name}, {scheme}, {width} px: {each}" for each in result.violations]
    return found


# 3 case studies, the session and the packet; 5 case studies and the packet.
@pytest.mark.slow
@pytest.mark.parametrize("name, documents", [("nkt-level-1", 5), ("reflexology", 6)])
def test_no_page_of_a_sample_breaks_a_rule(
    name: str, documents: int, pages: Mapping[str, list[Path]], browser: "Browser", axe: str
) -> None:
    assert len(pages[name]) == documents
    found = [each for page in pages[name] for each in faults(browser, axe, page, WINDOWS)]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("name", UNUSUAL)
def test_no_page_of_an_unusual_portfolio_breaks_a_rule(
    name: str, tmp_path: Path, browser: "Browser", axe: str
) -> None:
    for path, content in example(SHAPES[name]).items():
        (tmp_path / "mine" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / path).write_bytes(content)
    made = render_path(tmp_path / "mine", date(2026, 7, 1), forms=("html",)).written
    assert len(made) >= 2
    windows: tuple[tuple[Scheme, int], ...] = (("light", WIDE_PX), ("dark", NARROWEST_PX))
    found = [each for page in made for each in faults(browser, axe, page, windows)]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FEEDBACK)
def test_no_feedback_report_breaks_a_rule(
    name: str, tmp_path: Path, browser: "Browser", axe: str
) -> None:
    path = written(tmp_path / "one.result.json", result_example(RESULT_SHAPES[name]))
    (page,) = make_feedback([path], forms=("html",)).written
    windows: tuple[tuple[Scheme, int], ...] = (("light", WIDE_PX), ("dark", NARROWEST_PX))
    assert faults(browser, axe, page, windows) == []


@pytest.mark.slow
def test_a_faulty_page_is_found_out(
    case_study: Path, tmp_path: Path, browser: "Browser", axe: str
) -> None:
    """Each change breaks the one rule that is named for it."""
    whole = case_study.read_text(encoding="utf-8")
    changes = {
        "image-alt": ('" alt="', '" data-alt="'),
        "landmark-one-main": ("<main ", "<div "),
        "html-has-lang": ('<html lang="en">', "<html>"),
        "scrollable-region-focusable": ('tabindex="0"', ""),
        "color-contrast": ("--muted: #55606e", "--muted: #b5bcc6"),
    }
    for rule, (sound, faulty) in changes.items():
        assert sound in whole
        faulty_page = tmp_path / f"{rule}.html"
        faulty_page.write_text(whole.replace(sound, faulty), encoding="utf-8")
        with opened(browser, faulty_page, width=NARROW_PX) as window:
            broken = {each.split(":")[0] for each in audit(window.page, axe).violations}
        assert rule in broken
