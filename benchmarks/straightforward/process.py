"""The straightforward rendering in a process of its own, warm.

Why of its own: casebook changes how WeasyPrint goes about some things wherever it sets pages, and
what it is compared with must have none of that.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from benchmarks.graded import graded_at
from benchmarks.straightforward.comparison import page_count
from benchmarks.straightforward.pages import Words, straightforward_pdf, words_of
from casebook.source.pictures import drawing_once


@contextmanager
def straightforward_process(folder: Path) -> Iterator[Callable[[], int]]:
    """Makes the pages of a portfolio anew at each call, and counts them.

    Their values are worked out once, so that a call is the template and WeasyPrint alone.
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        yield lambda: process.submit(_made, folder).result()


def _made(folder: Path) -> int:
    return page_count(straightforward_pdf(_words(folder)))


@cache
def _words(folder: Path) -> Words:
    with drawing_once():
        graded = graded_at(folder)
        return words_of(graded.portfolio, graded.packet(), graded.pictures)
