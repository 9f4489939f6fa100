"""Several documents as PDF, with a second process for the longest of them.

Why: setting pages is all computation, and a packet holds as many pages as its parts together. On
two cores the sample's five PDFs take 2.4 s instead of 3.7 s.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from casebook.render.document import Document
from casebook.render.pdf import document_pdf


@contextmanager
def second_process() -> Iterator[Executor | None]:
    """A process beside this one, where there is a core for it; it starts when first used.

    For programs of our own: a spawned process runs the main module again, which a script that
    uses casebook as a library need not expect.
    """
    if (os.cpu_count() or 1) < 2:  # noqa: PLR2004 - two processes want two cores
        yield None
        return
    # Why spawn: the native libraries that set text do not bear being forked.
    context = multiprocessing.get_context("spawn")
    try:
        executor = ProcessPoolExecutor(1, mp_context=context)
    except OSError:  # Some systems allow no second process, or no lock to share with it.
        yield None
        return
    try:
        yield executor
    finally:
        # Why waited for: Python 3.11 may wake it at its own end just as its pipe is closed.
        executor.shutdown(wait=True, cancel_futures=True)


def documents_pdf(
    documents: Mapping[str, Document],
    second: Executor | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """Every document as PDF, under its own name and in the order given.

    Args:
        documents: The documents by their names.
        second: Takes the longest one; without it, or when its process dies, all is done here.
        progress: Called with each name before its pages are set.

    Raises:
        RenderFailed: As ``document_pdf``; of several faults the first document's.
        MachineError: The libraries that draw pages are missing.
    """
    longest = max(documents, key=lambda name: len(documents[name].body), default=None)
    elsewhere: Future[bytes] | None = None
    if second is not None and longest is not None and len(documents) > 1:
        elsewhere = second.submit(document_pdf, documents[longest])
    made: dict[str, bytes] = {}
    for name, document in documents.items():
        if elsewhere is None or name != longest:
            progress(name)
            made[name] = document_pdf(document)
    if elsewhere is not None and longest is not None:
        progress(longest)
        try:
            made[longest] = elsewhere.result()
        except BrokenProcessPool:
            made[longest] = document_pdf(documents[longest])
    return {name: made[name] for name in documents}
