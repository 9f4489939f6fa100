"""Every PDF is PDF/A-3a and PDF/UA-1 at once, whatever a portfolio is like."""

import warnings
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from casebook.render import pdf
from casebook.render.document import Document
from casebook.render.press import document_pdf
from casebook.resources import sample_dir
from casebook.workflow.render import render_path
from casebook.workflow.reporting.feedback import make_feedback
from tests.conformance.verapdf import NoValidator, Verdict, find_validator, validate
from tests.portfolios.results import RESULT_SHAPES, result_example, written
from tests.portfolios.shapes import SHAPES, example

Validated: TypeAlias = Callable[[Sequence[Path]], list[Verdict]]

ON = date(2026, 7, 1)
FEWEST = 40
"""So many documents of generated portfolios are validated at least."""

FEWEST_RESULTS = 20
"""The same of generated results."""

BATCHES = 2
"""The generated portfolios are divided, so that two workers share them."""


@pytest.fixture(scope="session")
def validated() -> Validated:
    """A function of PDFs, which validates them all in one run of Java."""
    try:
        return partial(validate, find_validator())
    except NoValidator as lack:
        pytest.skip(str(lack))


def rendered(folder: Path, output: Path) -> list[Path]:
    """The PDFs of a portfolio's works and its packet."""
    made = render_path(folder, ON, output=output, forms=("pdf",))
    assert not made.stopping.findings
    return list(made.written)


def faults(verdicts: Sequence[Verdict]) -> list[str]:
    """What fails, file by file; a verdict without any check is a fault of its own."""
    return [
        f"{each.file.parent.name}/{each.file.name} {each.profile}: {fault}"
        for each in verdicts
        for fault in (each.faults if each.checks else ("nothing was checked",))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_documents_of_portfolios_of_any_shape_keep_both_standards(
    batch: int, tmp_path: Path, validated: Validated
) -> None:
    made: list[Path] = []
    for name in list(SHAPES)[batch::BATCHES]:
        folder = tmp_path / name.replace(" ", "-")
        for path, content in example(SHAPES[name]).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        made += rendered(folder, tmp_path / "made" / folder.name)
    assert len(made) * BATCHES >= FEWEST
    found = faults(validated(made))
    assert not found, "\n".join(found)


# The case studies, for one of the two also the observed session, and the packet.
@pytest.mark.slow
@pytest.mark.parametrize("name, documents", [("nkt-level-1", 5), ("reflexology", 6)])
def test_the_documents_of_the_samples_keep_both_standards(
    name: str, documents: int, tmp_path: Path, validated: Validated
) -> None:
    made = rendered(sample_dir(name), tmp_path / name)
    assert len(made) == documents
    found = faults(validated(made))
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_feedback_on_results_of_any_shape_keeps_both_standards(
    batch: int, tmp_path: Path, validated: Validated
) -> None:
    names = list(RESULT_SHAPES)[batch::BATCHES]
    for name in names:
        result = result_example(RESULT_SHAPES[name])
        written(tmp_path / f"{name.replace(' ', '-')}.result.json", result)
    made = make_feedback([tmp_path], output=tmp_path / "made", forms=("pdf",))
    assert len(made.written) == len(names) >= FEWEST_RESULTS / BATCHES
    found = faults(validated(made.written))
    assert not found, "\n".join(found)


def document(body: str) -> Document:
    return Document("A title", "Jo", "Jo", ("back",), "A case.", ON, body)


def bare(body: str, variant: str | None) -> bytes:
    """A PDF as WeasyPrint writes it by itself, with the claim of one standard or of none."""
    html = f'<html lang="en"><title>A title</title>{body}</html>'
    pages = pdf._weasyprint().HTML(string=html).render(pdf_variant=variant)
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to be closed by itself.
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = pages.write_pdf(pdf_variant=variant)
    return content


WORDLESS = (
    '<h1>One</h1><p><img src="data:image/svg+xml,'
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\">"
)


@pytest.mark.slow
def test_the_validator_tells_faulty_documents_from_sound_ones(
    tmp_path: Path, validated: Validated
) -> None:
    """Each faulty document fails by the rule that it breaks, and the sound one by none.

    The rules: ISO 19005-3, 6.6.2.1 and 6.6.4, ISO 14289-1, 5: a file has metadata and says which
    part it keeps; 7.3: a picture has words in its place; 7.4.2: no level of headings is skipped.
    """
    contents = {
        "sound": document_pdf(document("<h1>One</h1><h2>Two</h2>")),
        "skipping": document_pdf(document("<h1>One</h1><h3>Three</h3>")),
        "wordless": bare(WORDLESS, "pdf/ua-1"),
        "archival": bare("<h1>One</h1>", "pdf/a-3a"),
        "accessible": bare("<h1>One</h1>", "pdf/ua-1"),
        "plain": bare("<h1>One</h1>", None),
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    found = {
        (each.file.stem, each.profile): {fault.split()[0] for fault in each.faults}
        for each in validated([tmp_path / f"{name}.pdf" for name in contents])
    }
    assert found["sound", "3a"] == found["sound", "ua1"] == set()
    assert found["skipping", "3a"] == set()
    assert found["skipping", "ua1"] == {"7.4.2-1"}
    assert found["wordless", "ua1"] == {"7.3-1"}
    assert found["archival", "3a"] == found["accessible", "ua1"] == set()
    assert found["archival", "ua1"] == {"5-1"}
    assert "6.6.4-1" in found["accessible", "3a"]
    assert "6.6.2.1-1" in found["plain", "3a"]
    assert "7.1-8" in found["plain", "ua1"]
