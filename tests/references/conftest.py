"""What the reference tests share: the samples' documents, and the texts they are compared with."""

from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import Final, TypeAlias

import pytest

from tests.references.samples import Shelf
from tests.references.text_difference import RENEWING, first_difference

Match: TypeAlias = Callable[[str, str], None]

FOLDER: Final = Path(__file__).parent


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The documents of both samples."""
    for program in ("pdftotext", "pdftoppm"):
        if which(program) is None:
            pytest.skip(f"there is no {program}: apt-get install poppler-utils")
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def renewing(request: pytest.FixtureRequest) -> bool:
    """Whether references are written anew instead of being compared with."""
    return bool(request.config.getoption("--renew-references"))


@pytest.fixture
def match_reference(renewing: bool) -> Match:
    """A function of a name and a text, which must equal ``tests/references/<name>``.

    With ``--renew-references`` it writes the text there instead.
    """
    return _write if renewing else compare


def _write(name: str, text: str) -> None:
    path = FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def compare(name: str, text: str) -> None:
    """Fail, with the first difference and what to do about it, where a text is another."""
    path = FOLDER / name
    if not path.is_file():
        pytest.fail(f"there is no reference {name}. {RENEWING}", pytrace=False)
    reference = path.read_bytes().decode("utf-8")
    if text != reference:
        told = first_difference(reference, text)
        pytest.fail(f"{name} has changed, {told}\n{RENEWING}", pytrace=False)
