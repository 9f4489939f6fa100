"""What tests of the command line share: a small portfolio, pages that cost nothing, and a run."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebook.cli import main
from casebook.render import together
from casebook.render.document import Document

DAY = ("--date", "2026-07-01")
"""The day that the small portfolio is written for."""


@pytest.fixture
def studio(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the smallest acceptable portfolio; the user stands beside it."""
    shutil.copytree(repository / "tests" / "portfolios" / "studio", tmp_path / "studio")
    monkeypatch.chdir(tmp_path)
    return Path("studio")


@pytest.fixture(autouse=True)
def _fake_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs that are a fingerprint of their document, and no process for them."""

    def fingerprint(document: Document) -> bytes:
        return f"%PDF-1.7 {hashlib.sha256(document.text.encode()).hexdigest()}\n".encode()

    def fingerprints(
        documents: Mapping[str, Document], tell: Callable[[str], None], _: object
    ) -> dict[str, bytes]:
        made_here = {}
        for name, each in documents.items():
            tell(name)
            made_here[name] = fingerprint(each)
        return made_here

    monkeypatch.setattr(together, "made_confined", fingerprints)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A function of a command's words; commands that judge are told the day."""
    monkeypatch.delenv("CASEBOOK_TRACEBACK", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def call(*words: str | Path, color: bool = False) -> Result:
        given = [str(word) for word in words]
        if given[0] in {"check", "render", "score", "submit"}:
            given += DAY
        result = CliRunner().invoke(main, given, color=color)
        assert "a fault of casebook itself" not in result.output, result.output
        return result

    return call
