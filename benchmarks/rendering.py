"""Packets a second: casebook's beside the straightforward rendering of the same words.

Both begin with a portfolio that was read and graded, and end with the bytes of a PDF/A-3a.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, Skipped, Target, duration, rate
from benchmarks.graded import DAY, Graded, graded_at
from benchmarks.measuring import Work, in_turns, run
from benchmarks.portfolio import CASES, edit_case, write_portfolio
from benchmarks.straightforward.comparison import (
    added_words,
    cells,
    missing_words,
    page_count,
)
from benchmarks.straightforward.pages import straightforward_html, words_of
from benchmarks.straightforward.process import straightforward_process
from casebook.recollection import Recollection
from casebook.render.kept import KeptPages
from casebook.render.press import document_pdf
from casebook.render.together import Presses
from casebook.source.pictures import drawing_once
from casebook.workflow.render import render_path

SUBJECT: Final = "render"
PLAIN: Final = "straightforward"
_AS_FAST: Final = Target("at least", 3)
_A_TURN: Final = Target("at most", 0.3)
_PORTFOLIOS: Final = (CASES, 10)
_ADDED_SHARE: Final = 0.02
"""More words than these, beside the heads of its tables, would make the other's work harder."""


def figures(setting: Setting) -> Iterator[Figure | Skipped]:
    """Warm, cold, and after an edit."""
    folder = write_portfolio(setting.scratch / "portfolio")
    with drawing_once(), straightforward_process(folder) as plain:
        graded = graded_at(folder)
        yield from _of_pages(graded, plain)
        yield from _warm(graded, plain, setting)
    yield from _cold(folder, setting)
    for cases in _PORTFOLIOS[:1] if setting.quick else _PORTFOLIOS:
        for at_once in (1, 2):
            yield from _turns(cases, at_once, setting)


def _of_pages(graded: Graded, plain: Callable[[], int]) -> Iterator[Figure]:
    """How much is set; that both set the same words is made sure of."""
    packet = graded.packet()
    html = straightforward_html(words_of(graded.portfolio, packet, graded.pictures))
    missing, added = missing_words(packet, html), added_words(packet, html)
    if missing or added.total() > _ADDED_SHARE * len(html.split()):
        raise SystemExit(f"the two say different things: lacks {missing}, adds {added}")
    yield Figure(SUBJECT, f"{PLAIN}, table cells", cells(html), "cells")
    yield Figure(SUBJECT, f"{PLAIN}, pages", plain(), "pages")
    yield Figure(SUBJECT, "casebook, pages", page_count(document_pdf(packet)), "pages")


def _warm(graded: Graded, plain: Work, setting: Setting) -> Iterator[Figure]:
    kept = KeptPages(setting.scratch / "kept", b"a secret of the measurement's own")
    # Why before: the other's values are worked out before as well.
    packet = graded.packet()
    with Presses() as presses, Presses(kept) as keeping:
        measured = in_turns(
            {
                PLAIN: plain,
                "one process": lambda: document_pdf(packet),
                "confined": lambda: presses.made({"packet": packet}, _quietly),
                "kept": lambda: keeping.made({"packet": packet}, _quietly),
            },
            setting.rounds,
        )
    reference = measured[PLAIN]
    beside = f"{PLAIN}, warm"
    unit = "packets/s"
    yield rate(SUBJECT, beside, reference, unit=unit)
    for name, work, target in (
        ("casebook, warm, in one process", "one process", _AS_FAST),
        ("casebook, warm, two confined processes", "confined", _AS_FAST),
        ("casebook, every page kept", "kept", None),
    ):
        yield rate(SUBJECT, name, measured[work], reference, beside, unit=unit, target=target)


def _cold(folder: Path, setting: Setting) -> Iterator[Figure]:
    def process(which: str) -> None:
        run((sys.executable, "-m", "benchmarks.one_packet", which, folder))

    measured = in_turns(
        {PLAIN: lambda: process(PLAIN), "casebook": lambda: process("casebook")}, setting.rounds
    )
    beside = f"{PLAIN}, new process"
    yield rate(SUBJECT, beside, measured[PLAIN], unit="packets/s")
    yield rate(
        SUBJECT, "casebook, new process", measured["casebook"], measured[PLAIN], beside,
        unit="packets/s",
    )  # fmt: skip


def _turns(cases: int, at_once: int, setting: Setting) -> Iterator[Figure]:
    """All that `casebook render` does with a portfolio, anew and after a sentence was changed.

    Why with one process too: a single piece is set by one, so that of two an edit uses half.
    """
    folder = write_portfolio(setting.scratch / f"of-{cases}-{at_once}", cases)
    kept = KeptPages(
        setting.scratch / f"kept-of-{cases}-{at_once}", b"a secret of the measurement's own"
    )
    recollection = Recollection()
    edits = iter(range(1, sys.maxsize))

    def turn(presses: Presses) -> None:
        render_path(folder, DAY, presses=presses, force=True)

    with drawing_once(), Presses(None, at_once) as presses, Presses(kept, at_once) as keeping:

        def edited() -> None:
            with recollection.turn():
                turn(keeping)

        measured = in_turns(
            {"anew": lambda: turn(presses), "edited": edited},
            setting.rounds,
            {"edited": lambda: edit_case(folder, 1, next(edits))},
        )
    shutil.rmtree(folder)
    processes = "one process" if at_once == 1 else "two processes"
    beside = f"all files of {cases} cases, warm, {processes}"
    yield duration(SUBJECT, beside, measured["anew"])
    yield duration(
        SUBJECT, f"after editing one case of {cases}, {processes}", measured["edited"],
        measured["anew"], beside, target=_A_TURN,
    )  # fmt: skip


def _quietly(_name: str) -> None:
    return
