"""Pages in Chromium as their readers have them, and what axe-core finds wrong with them.

Chromium is the system's own; Playwright's would have to be downloaded. axe-core is put beside the
virtual environment's packages by ``scripts/setup dev``, in the version that ``package.json`` names.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]

WIDE_PX, MIDDLE_PX, NARROW_PX = 1280, 768, 360
NARROWEST_PX = 320
"""A window of 1280 pixels enlarged four times (WCAG 2.2, success criterion 1.4.10)."""

AXE: Final = Path(sys.prefix) / "node" / "node_modules" / "axe-core" / "axe.min.js"

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

# Every rule of WCAG 2.2 A and AA, and what is good practice besides.
_RUN_AXE: Final = """() => axe.run(document, {runOnly: {type: "tag", values: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]},
    resultTypes: ["violations"]})"""


class NoBrowser(Exception):
    """What this machine lacks to open pages, in words for the one who reads a skipped test."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page in a window.

    Attributes:
        page: To be asked and acted on.
        asked_for: The address of everything the page fetched, itself excepted.
        complaints: What the browser wrote to its console.
    """

    page: "Page"
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Audit:
    """What axe-core says of a page: the rules it kept, and each element that breaks one."""

    kept: frozenset[str]
    violations: tuple[str, ...]


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A running browser.

    Raises:
        NoBrowser: Chromium or Playwright is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as lack:
        raise NoBrowser(f"Playwright is not installed: {lack}") from None
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise NoBrowser("there is no Chromium; scripts/setup dev installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def axe_source() -> str:
    """The text of axe-core.

    Raises:
        NoBrowser: It is not installed.
    """
    if not AXE.is_file():
        raise NoBrowser(f"there is no {AXE}; scripts/setup dev installs it")
    return AXE.read_text(encoding="utf-8")


@contextmanager
def opened(
    browser: "Browser", file: Path, scheme: Scheme = "light", width: int = WIDE_PX
) -> Iterator[Opened]:
    """The file in a window of its own, from disk and with whatever else it asks for refused."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True
    )
    try:
        found = Opened(context.new_page())
        address = file.as_uri()
        found.page.on(
            "request",
            lambda asked: None if asked.url == address else found.asked_for.append(asked.url),
        )
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.goto(address)
        yield found
    finally:
        context.close()


def audit(page: "Page", axe: str) -> Audit:
    """What axe-core finds on the page as it stands in its window."""
    page.evaluate(axe)
    found = page.evaluate(_RUN_AXE)
    return Audit(
        kept=frozenset(rule["id"] for rule in found["passes"]),
        violations=tuple(
            f"{rule['id']}: {node['html']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ),
    )
