"""The same words set by Chromium and by Typst, where they are installed.

Each is a whole process that finds its input ready on the disk and writes a PDF: WeasyPrint the
straightforward page, casebook its document, Chromium casebook's page for a browser, Typst the
blocks of the straightforward page. Why whole processes: Typst remembers what it has set once.
"""

import json
import os
import pickle
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.blocks import blocks_of
from benchmarks.figures import Figure, Setting, Skipped, rate
from benchmarks.graded import Graded, graded_at
from benchmarks.measuring import Work, in_turns, run
from benchmarks.portfolio import write_portfolio
from benchmarks.straightforward.pages import PDF_VARIANT, straightforward_html, words_of
from casebook.render.html import document_html
from casebook.resources import templates_dir
from casebook.source.pictures import drawing_once

SUBJECT: Final = "others"
_PLAIN: Final = "straightforward"
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")

_WEASYPRINT: Final = (
    "import sys, weasyprint\n"
    "weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant=sys.argv[3])"
)
_CASEBOOK: Final = (
    "import pickle, sys\n"
    "from pathlib import Path\n"
    "from casebook.render.together import documents_pdf\n"
    "document = pickle.loads(Path(sys.argv[1]).read_bytes())\n"
    "Path(sys.argv[2]).write_bytes(documents_pdf({'packet': document})['packet'])"
)
_TYPST: Final = (
    "import sys, typst\n"
    "typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['a-3a'],\n"
    "              font_paths=sys.argv[3:], ignore_system_fonts=True)"
)


def figures(setting: Setting) -> Iterator[Figure | Skipped]:
    """What is here of them."""
    folder = write_portfolio(setting.scratch / "portfolio")
    with drawing_once():
        graded = graded_at(folder)
        works = dict(_works(graded, setting.scratch))
    for name, there in (("Chromium", _browser()), ("Typst", find_spec("typst"))):
        if not there:
            yield Skipped(SUBJECT, name, "it is not installed")
    measured = in_turns(works, setting.rounds)
    reference = measured[_PLAIN]
    unit = "packets/s"
    yield rate(SUBJECT, _PLAIN, reference, unit=unit)
    for name, took in measured.items():
        if name != _PLAIN:
            yield rate(SUBJECT, name, took, reference, _PLAIN, unit=unit)


def _works(graded: Graded, scratch: Path) -> Iterator[tuple[str, Work]]:
    """Every renderer with its input made ready."""
    packet = graded.packet()
    html = straightforward_html(words_of(graded.portfolio, packet, graded.pictures))
    plain, ours, screen = (scratch / name for name in ("plain.html", "packet", "screen.html"))
    plain.write_text(html, "utf-8")
    ours.write_bytes(pickle.dumps(packet))
    screen.write_text(document_html(packet), "utf-8")
    python = (sys.executable, "-c")
    yield _PLAIN, _making(scratch / "plain.pdf", *python, _WEASYPRINT, plain, last=(PDF_VARIANT,))
    yield "casebook", _making(scratch / "ours.pdf", *python, _CASEBOOK, ours)
    if browser := _browser():
        yield "Chromium, tagged, no PDF/A", _printing(browser, screen, scratch)
    if find_spec("typst"):
        template = _typst_input(packet.title, packet.author, packet.running, html, scratch)
        fonts = [templates_dir() / "fonts" / family for family in ("literata", "inter")]
        made = scratch / "typst.pdf"
        yield "Typst, PDF/A-3a", _making(made, *python, _TYPST, template, last=fonts)


def _making(made: Path, *command: str | Path, last: Sequence[str | Path] = ()) -> Work:
    return _checked(made, [*command, made, *last])


def _printing(browser: str, page: Path, scratch: Path) -> Work:
    made = scratch / "chromium.pdf"
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={scratch / 'browser'}",
        f"--print-to-pdf={made}",
        # Why: it refuses to be the superuser's otherwise, and the page is our own.
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        page.as_uri(),
    ]
    return _checked(made, command)


def _checked(made: Path, command: Sequence[str | Path]) -> Work:
    """Run a command that has to leave a PDF."""

    def work() -> None:
        made.unlink(missing_ok=True)
        run(command)
        if not made.is_file():
            raise SystemExit(f"{command[0]} made no {made.name}")

    return work


def _typst_input(title: str, author: str, running: str, html: str, scratch: Path) -> Path:
    folder = scratch / "typst"
    folder.mkdir()
    blocks = blocks_of(html, folder)
    values = {"title": title, "author": author, "running": running, "blocks": blocks}
    (folder / "blocks.json").write_text(json.dumps(values), "utf-8")
    template = folder / "pages.typ"
    shutil.copy(Path(__file__).with_name("typst_pages.typ"), template)
    return template


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)
