"""Several documents at once, each in a confined process."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import WorkStopped
from casebook.errors import MachineError
from casebook.render import together
from casebook.render.document import Document, Enclosure, RenderFailed, RenderStopped
from casebook.render.page_pictures import Sheet, sheet_of
from casebook.render.pdf import document_pdf
from casebook.render.together import bounds_of, documents_pdf


def document(title: str, body: str, works: int = 1) -> Document:
    return Document(
        title, title, "", (), title, date(2026, 7, 1), f"<h1>{title}</h1>{body}", works=works
    )


DOCUMENTS = {
    "short": document("Short", "<p>One line.</p>"),
    "long": document("Long", "<p>Many lines.</p>" * 40),
    "middle": document("Middle", "<p>Some lines.</p>" * 5),
}


class Desk:
    """Stands for all confined processes: does the work at once, here, and remembers it.

    Attributes:
        asked: The titles that came in, in their order.
        bounds: What each process was given.
        closed: How many processes were ended.
    """

    def __init__(self, answer: Callable[[Document], bytes]) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.bounds: list[Bounds] = []
        self.closed = 0

    def worker(self, _task: str, bounds: Bounds, _errors: object) -> "Process":
        self.bounds.append(bounds)
        return Process(self, bounds)


class Process:
    def __init__(self, desk: Desk, bounds: Bounds) -> None:
        self.desk, self.bounds = desk, bounds

    def ask(self, sheet: Sheet) -> bytes:
        self.desk.asked.append(sheet.document.title)
        return self.desk.answer(sheet.document)

    def stop(self) -> None:
        return

    def close(self) -> None:
        self.desk.closed += 1


def title(made: Document) -> bytes:
    return made.title.encode()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(title)
    monkeypatch.setattr(together, "Worker", made.worker)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    return made


def test_the_longest_document_is_begun_first(desk: Desk) -> None:
    """Results come in the order of the documents, whichever was made first."""
    told: list[str] = []
    made = documents_pdf(DOCUMENTS, told.append)
    assert desk.asked == ["Long", "Short", "Middle"]
    assert told == ["long", "short", "middle"]
    assert list(made.items()) == [("short", b"Short"), ("long", b"Long"), ("middle", b"Middle")]


def test_one_core_has_one_process_for_all_documents(desk: Desk) -> None:
    documents_pdf(DOCUMENTS)
    assert (len(desk.bounds), desk.closed) == (1, 1)


def test_two_cores_work_at_the_same_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the first two waits for the other to have begun."""
    both = threading.Barrier(2, timeout=20)
    pair = {name: DOCUMENTS[name] for name in ("short", "long")}

    def meet(made: Document) -> bytes:
        both.wait()
        return title(made)

    desk.answer = meet
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert documents_pdf(pair) == {"short": b"Short", "long": b"Long"}
    assert (len(desk.bounds), desk.closed) == (2, 2)


@pytest.mark.usefixtures("desk")
def test_no_documents_make_no_pdf() -> None:
    assert documents_pdf({}) == {}


@pytest.mark.parametrize("fault", [RenderFailed("a hole"), MachineError("a hole")])
def test_a_fault_found_in_a_process_is_raised_here(desk: Desk, fault: Exception) -> None:
    """It is the first, and the other documents are not begun."""

    def fail(_: Document) -> bytes:
        raise fault

    desk.answer = fail
    with pytest.raises(type(fault), match="a hole"):
        documents_pdf(DOCUMENTS)
    assert desk.asked == ["Long"]
    assert desk.closed == 1


def test_what_takes_too_much_is_told_with_its_name_and_a_remedy(desk: Desk) -> None:
    def stop(_: Document) -> bytes:
        raise WorkStopped("it took more than 20 seconds")

    desk.answer = stop
    with pytest.raises(RenderStopped) as caught:
        documents_pdf(DOCUMENTS)
    assert str(caught.value) == "the pages of long cannot be made: it took more than 20 seconds"
    assert caught.value.hint is not None


def test_few_works_take_no_more_than_one() -> None:
    """Nor does a long text: only works and enclosed files count."""
    base = Bounds(limits.RENDER_MEMORY_BYTES, limits.RENDER_SECONDS, limits.RENDER_PDF_BYTES)
    few = document("Few", "<p>word</p>" * 100_000, works=limits.RENDER_WORKS)
    assert bounds_of(sheet_of(few)) == bounds_of(sheet_of(document("One", ""))) == base


def test_many_works_may_take_more() -> None:
    """Two works more than the base holds for: 2 x 14 MB and 2 x 2 s."""
    bounds = bounds_of(sheet_of(document("Many", "", works=limits.RENDER_WORKS + 2)))
    assert bounds.memory_bytes - limits.RENDER_MEMORY_BYTES == 28_000_000
    assert bounds.seconds - limits.RENDER_SECONDS == 4


def test_enclosed_files_have_room_beside_the_pages() -> None:
    """12.5 MB are three steps of 4 MB, four times their size; and a second for ten million."""
    enclosed = (Enclosure("a", bytes(12_500_000), "text/plain", "Data", "a"),)
    bounds = bounds_of(sheet_of(replace(DOCUMENTS["short"], enclosures=enclosed)))
    assert bounds.memory_bytes - limits.RENDER_MEMORY_BYTES == 48_000_000
    assert bounds.seconds - limits.RENDER_SECONDS == 1


def test_small_files_make_no_difference() -> None:
    """Else each document with a picture had a process of its own."""
    enclosed = (Enclosure("a", bytes(3_000_000), "text/plain", "Data", "a"),)
    short = DOCUMENTS["short"]
    assert bounds_of(sheet_of(replace(short, enclosures=enclosed))) == bounds_of(sheet_of(short))


def test_room_that_one_document_may_take_is_not_for_the_next(desk: Desk) -> None:
    """A process is given up where the next document has other bounds."""
    documents_pdf(
        {
            "many": document("Many", "<p>Lines</p>" * 9, works=90),
            "one": document("One", ""),
            "other": document("Other", ""),
        }
    )
    assert desk.asked == ["Many", "One", "Other"]
    assert [each.seconds for each in desk.bounds] == [187, 15]
    assert desk.closed == 2


@pytest.mark.slow
def test_a_confined_process_makes_the_same_bytes() -> None:
    """One of the documents needs typefaces that are read when it is set."""
    arabic = document("Arabic", "<p>مرحبا بكم</p><p>你好</p>")
    documents = {**DOCUMENTS, "arabic": arabic}
    assert documents_pdf(documents) == {
        name: document_pdf(each) for name, each in documents.items()
    }


@pytest.mark.slow
def test_a_hole_in_a_page_is_told_as_if_there_were_no_process() -> None:
    broken = document("Broken", '<p><img src="data:image/png;base64,AAAA" alt="x"></p>')
    with pytest.raises(RenderFailed, match="could not be drawn") as caught:
        documents_pdf({"broken": broken})
    assert caught.value.hint is not None
