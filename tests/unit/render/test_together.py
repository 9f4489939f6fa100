"""Several documents at once."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from datetime import date

import pytest

from casebook.render import together
from casebook.render.document import Document, RenderFailed
from casebook.render.pdf import document_pdf
from casebook.render.together import documents_pdf, second_process


def document(title: str, body: str) -> Document:
    return Document(title, title, "", (), title, date(2026, 7, 1), f"<h1>{title}</h1>{body}")


DOCUMENTS = {
    "short": document("Short", "<p>One line.</p>"),
    "long": document("Long", "<p>Many lines.</p>" * 40),
    "middle": document("Middle", "<p>Some lines.</p>" * 5),
}


class Recording(Executor):
    """Does the work at once, here, and remembers for which document."""

    def __init__(self, outcome: BaseException | None = None) -> None:
        self.titles: list[str] = []
        self.outcome = outcome

    def submit(  # type: ignore[override]  # asked for one kind of work alone
        self, fn: Callable[[Document], bytes], made: Document
    ) -> Future[bytes]:
        self.titles.append(made.title)
        future: Future[bytes] = Future()
        if self.outcome is not None:
            future.set_exception(self.outcome)
        else:
            future.set_result(fn(made))
        return future


@pytest.fixture
def fake_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "document_pdf", lambda made: made.title.encode())


@pytest.mark.usefixtures("fake_pages")
def test_the_longest_document_goes_to_the_second_process() -> None:
    """Results come in the order of the documents, whoever made them."""
    second = Recording()
    made = documents_pdf(DOCUMENTS, second)
    assert second.titles == ["Long"]
    assert list(made.items()) == [("short", b"Short"), ("long", b"Long"), ("middle", b"Middle")]


@pytest.mark.usefixtures("fake_pages")
def test_without_a_second_process_all_is_done_here() -> None:
    told: list[str] = []
    made = documents_pdf(DOCUMENTS, None, told.append)
    assert list(made) == told == ["short", "long", "middle"]


@pytest.mark.usefixtures("fake_pages")
def test_a_second_process_that_dies_costs_time_and_nothing_else() -> None:
    second = Recording(BrokenProcessPool("killed"))
    assert documents_pdf(DOCUMENTS, second)["long"] == b"Long"


@pytest.mark.usefixtures("fake_pages")
def test_one_document_needs_no_second_process() -> None:
    second = Recording()
    documents_pdf({"only": DOCUMENTS["short"]}, second)
    assert second.titles == []


@pytest.mark.usefixtures("fake_pages")
def test_a_fault_found_elsewhere_is_raised_here() -> None:
    second = Recording(RenderFailed("a hole in the page"))
    with pytest.raises(RenderFailed, match="a hole"):
        documents_pdf(DOCUMENTS, second)


def test_no_documents_make_no_pdf() -> None:
    assert documents_pdf({}) == {}


def test_on_one_core_there_is_no_second_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with second_process() as second:
        assert second is None


def test_where_no_process_can_be_made_work_goes_on_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(together, "ProcessPoolExecutor", refuse)
    with second_process() as second:
        assert second is None


@pytest.mark.slow
def test_a_second_process_makes_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with second_process() as second:
        assert second is not None
        made = documents_pdf(DOCUMENTS, second)
    assert multiprocessing.active_children() == [], "it has ended before anything goes on"
    assert made == {name: document_pdf(each) for name, each in DOCUMENTS.items()}
