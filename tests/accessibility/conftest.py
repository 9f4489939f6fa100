"""The samples' pages, a browser to open them in, and axe-core."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook.resources import sample_dir
from casebook.workflow.render import render_path
from tests.accessibility.chromium import NoBrowser, axe_source, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ON = date(2026, 7, 1)
SAMPLES = ("nkt-level-1", "reflexology")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, running until all tests are done."""
    try:
        with chromium() as running:
            yield running
    except NoBrowser as lack:
        pytest.skip(str(lack))


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    try:
        return axe_source()
    except NoBrowser as lack:
        pytest.skip(str(lack))


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Path]]:
    """The HTML pages of each sample."""
    folder = tmp_path_factory.mktemp("pages")
    return {name: _rendered(sample_dir(name), folder / name) for name in SAMPLES}


@pytest.fixture(scope="session")
def every_page(pages: Mapping[str, list[Path]]) -> list[Path]:
    """The HTML pages of both samples."""
    return [page for name in SAMPLES for page in pages[name]]


@pytest.fixture(scope="session")
def case_study(pages: Mapping[str, list[Path]]) -> Path:
    """A long case study, with charts, a figure, citations and references."""
    return next(page for page in pages["nkt-level-1"] if page.stem == "low-back-01")


@pytest.fixture(scope="session")
def packet(pages: Mapping[str, list[Path]]) -> Path:
    """A whole portfolio on one page."""
    return next(page for page in pages["nkt-level-1"] if page.stem == "packet")


def _rendered(portfolio: Path, output: Path) -> list[Path]:
    return list(render_path(portfolio, ON, output=output, forms=("html",)).written)
