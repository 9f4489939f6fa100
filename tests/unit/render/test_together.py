"""Several documents at once, each in a confined process."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casebook import limits
from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import WorkStopped
from casebook.errors import MachineError
from casebook.render import pressing
from casebook.render.document import Document, Enclosure, Piece, RenderFailed, RenderStopped
from casebook.render.frame import Order
from casebook.render.kept import KeptPages
from casebook.render.page_pictures import Sheet, sheet_of
from casebook.render.press import document_pdf
from casebook.render.pressing import bounds_of
from casebook.render.set_pages import SetPages
from casebook.render.together import Presses, documents_pdf


def document(title: str, body: str, works: int = 1) -> Document:
    return Document(
        title, title, "", (), title, date(2026, 7, 1), f"<h1>{title}</h1>{body}", works=works
    )


DAY = date(2026, 7, 1)
DOCUMENTS = {
    "short": document("Short", "<p>One line.</p>"),
    "long": document("Long", "<p>Many lines.</p>" * 40),
    "middle": document("Middle", "<p>Some lines.</p>" * 5),
}


class Desk:
    """Stands for all confined processes: does the work at once, here, and remembers it.

    Attributes:
        asked: The titles of what was to be set, in their order.
        bound: What was bound, in its order.
        bounds: What each process was given.
        closed: How many processes were ended.
    """

    def __init__(self, answer: Callable[[Document], bytes]) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.bound: list[bytes] = []
        self.bounds: list[Bounds] = []
        self.closed = 0

    def worker(self, _task: str, bounds: Bounds, _errors: object) -> "Process":
        self.bounds.append(bounds)
        return Process(self, bounds)


class Process:
    is_over = False

    def __init__(self, desk: Desk, bounds: Bounds) -> None:
        self.desk, self.bounds = desk, bounds

    def ask(self, request: Sheet | Order) -> bytes:
        if isinstance(request, Order):
            self.desk.bound.append(b" ".join((request.frame, *request.pieces)))
            return self.desk.bound[-1]
        self.desk.asked.append(request.document.title)
        return SetPages(1, self.desk.answer(request.document)).packed()

    def stop(self) -> None:
        return

    def close(self) -> None:
        self.desk.closed += 1


def title(made: Document) -> bytes:
    return made.title.encode()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(title)
    monkeypatch.setattr(pressing, "Worker", made.worker)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    return made


def test_the_longest_documents_are_begun_first(desk: Desk) -> None:
    """Results come in the order of the documents, whichever was made first."""
    told: list[str] = []
    made = documents_pdf(DOCUMENTS, told.append)
    assert desk.asked == ["Long", "Middle", "Short"]
    assert told == ["long", "middle", "short"]
    assert list(made.items()) == [("short", b"Short"), ("long", b"Long"), ("middle", b"Middle")]


def test_one_core_has_one_process_for_all_documents(desk: Desk) -> None:
    documents_pdf(DOCUMENTS)
    assert (len(desk.bounds), desk.closed) == (1, 1)


def test_who_wants_one_at_a_time_has_one_process(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch has as many workers as there are cores, each with presses of its own."""
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    with Presses(at_once=1) as presses:
        assert documents_pdf(DOCUMENTS, presses=presses).keys() == DOCUMENTS.keys()
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
    """12.5 MB with the pages: three steps of 4 MB, four times that, a second for ten million."""
    enclosed = (Enclosure("a", bytes(12_000_000), "text/plain", "Data", "a"),)
    bounds = bounds_of(Order(bytes(200_000), (bytes(300_000),), enclosed, DAY, 1))
    assert bounds.memory_bytes - limits.RENDER_MEMORY_BYTES == 48_000_000
    assert bounds.seconds - limits.RENDER_SECONDS == 1


def test_small_files_make_no_difference() -> None:
    """Else each document with a picture had a process of its own."""
    enclosed = (Enclosure("a", bytes(3_000_000), "text/plain", "Data", "a"),)
    assert bounds_of(Order(b"", (), enclosed, DAY, 1)) == bounds_of(Order(b"", (), (), DAY, 1))


def test_room_that_one_document_may_take_is_not_for_the_next(desk: Desk) -> None:
    """What has other bounds has another process."""
    documents_pdf(
        {
            "many": document("Many", "<p>Lines</p>" * 9, works=90),
            "one": document("One", ""),
            "other": document("Other", ""),
        }
    )
    assert desk.asked == ["Many", "Other", "One"]
    assert [each.seconds for each in desk.bounds] == [187, 15]
    assert desk.closed == 2


def test_a_press_holds_two_processes_at_most(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was not asked for the longest is ended for a third."""
    ended: list[int] = []

    def worker(task: str, bounds: Bounds, errors: object) -> Process:
        ended.append(desk.closed)
        return desk.worker(task, bounds, errors)

    monkeypatch.setattr(pressing, "Worker", worker)
    documents_pdf({str(works): document(str(works), "", works) for works in (30, 20, 1)})
    assert len(ended) > 3
    assert [begun - each for begun, each in enumerate(ended)] == [0] + [1] * (len(ended) - 1)
    assert desk.closed == len(ended)


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


PACKET = replace(
    document("Packet", "<p>Cover</p>"),
    pieces=(Piece("one", "<h1>One</h1>"), Piece("two", "<h1>Two</h1>" * 3)),
)


def test_pieces_are_set_before_their_frames_and_bound_last(desk: Desk) -> None:
    """The document is told of once, with its first piece."""
    told: list[str] = []
    made = documents_pdf({"short": DOCUMENTS["short"], "packet": PACKET}, told.append)
    assert desk.asked == ["two", "one", "Packet", "Short"]
    assert sorted(desk.bound) == [b"Packet one two", b"Short"]
    assert told == ["packet", "short"]
    assert made == {"short": b"Short", "packet": b"Packet one two"}


def test_a_process_that_counts_no_pages_or_too_many_is_not_believed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frame would have a leaf for each of them."""
    for count in (0, limits.RENDER_PAGES + 1):
        monkeypatch.setattr(Process, "ask", lambda *_, count=count: count.to_bytes(4) + b"%PDF")
        with pytest.raises(RenderStopped, match="cannot be counted"):
            documents_pdf({"packet": PACKET})


def kept_in(folder: Path) -> KeptPages:
    return KeptPages(folder / "kept", b"secret")


def test_what_was_kept_is_not_made_again(desk: Desk, tmp_path: Path) -> None:
    documents = {"short": DOCUMENTS["short"], "packet": PACKET}
    with Presses(kept_in(tmp_path)) as presses:
        first = documents_pdf(documents, presses=presses)
    desk.asked.clear()
    desk.bounds.clear()
    with Presses(kept_in(tmp_path)) as presses:
        assert documents_pdf(documents, presses=presses) == first
    assert (desk.asked, desk.bounds) == ([], [])


def test_after_an_edit_only_what_changed_is_set_again(desk: Desk, tmp_path: Path) -> None:
    """Not even the frame, as long as as many pages come of it."""
    desk.answer = lambda made: made.body.encode()
    edited = replace(PACKET, pieces=(PACKET.pieces[0], Piece("two", "<h1>Two, edited</h1>")))
    for packet in (PACKET, edited):
        desk.asked.clear()
        desk.bound.clear()
        with Presses(kept_in(tmp_path)) as presses:
            documents_pdf({"short": DOCUMENTS["short"], "packet": packet}, presses=presses)
    assert desk.asked == ["two"]
    (bound,) = desk.bound
    assert bound.endswith(b"<h1>One</h1> <h1>Two, edited</h1>")


def test_another_day_sets_no_piece_anew(desk: Desk, tmp_path: Path) -> None:
    """The date is the frame's."""
    for day in (date(2026, 7, 1), date(2026, 7, 2)):
        desk.asked.clear()
        with Presses(kept_in(tmp_path)) as presses:
            documents_pdf({"packet": replace(PACKET, made_on=day)}, presses=presses)
    assert desk.asked == ["Packet"]


def test_of_pieces_that_are_alike_one_is_set(desk: Desk) -> None:
    """A session's report is the same in its own document and in the packet."""
    alone = replace(document("Alone", ""), pieces=PACKET.pieces[:1])
    made = documents_pdf({"alone": alone, "packet": PACKET})
    assert desk.asked == ["two", "one", "Packet", "Alone"]
    assert made == {"alone": b"Alone one", "packet": b"Packet one two"}


def test_what_was_made_before_a_fault_is_kept(desk: Desk, tmp_path: Path) -> None:
    def fail(made: Document) -> bytes:
        if made.title == "Short":
            raise RenderFailed("a hole")
        return title(made)

    desk.answer = fail
    for _ in range(2):
        with Presses(kept_in(tmp_path)) as presses, pytest.raises(RenderFailed):
            documents_pdf(DOCUMENTS, presses=presses)
    assert desk.asked == ["Long", "Middle", "Short", "Short"]


@pytest.mark.slow
def test_processes_stay_for_the_next_documents_and_are_replaced_when_they_were_stopped() -> None:
    """Between two rounds no process ends, though nobody asks it anything."""
    endless = document("Endless", f"<p>{'<b>' * 30_000}{'</b>' * 30_000}</p>")
    with Presses() as presses:
        first = documents_pdf(DOCUMENTS, presses=presses)
        processes = [dict(press._workers) for press in presses._room._presses]
        assert documents_pdf(DOCUMENTS, presses=presses) == first
        assert [dict(press._workers) for press in presses._room._presses] == processes
        with pytest.raises(RenderFailed):
            documents_pdf({"endless": endless}, presses=presses)
        assert documents_pdf({**DOCUMENTS, "packet": PACKET}, presses=presses) == {
            **first, "packet": document_pdf(PACKET),
        }  # fmt: skip
