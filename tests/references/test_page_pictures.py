"""Pictures of pages: what is noticed when two are compared, and what is not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from PIL import Image

from casebook.render.document import Document
from casebook.render.press import document_pdf
from tests.references.page_pictures import changes, difference, page_pictures, pictures_in, renew
from tests.references.samples import PICTURED, Shelf

Drawn: TypeAlias = Callable[..., Image.Image]

JAGGED = 8
"""So many pages: a cover, a list of requirements, contents, text, tables and charts."""

PAGE = """
<h1>A page</h1>
<p>An ache to the left of the spine, between the lowest rib and the pelvis, which grew through the
<span style="position: relative; left: {word}mm">afternoon</span> and was gone by the morning. It
had begun after some forty minutes of driving, ten months before the first session.</p>
<div style="position: relative; left: {chart}mm">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60" class="chart" role="img">
<title>A line that falls</title><desc>In three steps.</desc>
<path d="M10 10 L100 30 L190 28 L280 50" fill="none" stroke="#444444" stroke-width="1.5"/>
<circle cx="100" cy="30" r="3" fill="#444444"/><circle cx="190" cy="28" r="3" fill="#444444"/>
</svg></div>
<p>Below the chart.</p>
"""


@pytest.fixture
def drawn(shelf: Shelf, tmp_path: Path) -> Drawn:
    """A function of how far to the right a word and a chart of a page are moved, and options."""

    def draw(*options: str, word: float = 0, chart: float = 0) -> Image.Image:
        body = PAGE.format(word=word, chart=chart)
        document = Document("A page", "A page", "", (), "A page.", date(2026, 7, 1), body)
        (tmp_path / "page.pdf").write_bytes(document_pdf(document))
        (picture,) = page_pictures(tmp_path / "page.pdf", *options)
        return picture

    return draw


@pytest.mark.slow
def test_a_word_or_a_chart_that_moves_by_three_millimetres_is_noticed(drawn: Drawn) -> None:
    still = drawn()
    assert difference(still, drawn()) is None
    assert difference(still, drawn(word=3)) is not None
    assert difference(still, drawn(chart=3)) is not None


@pytest.mark.slow
def test_the_place_of_the_difference_is_told(drawn: Drawn) -> None:
    """The chart is as wide as the text, between margins of 24 and 22 mm, and below the words."""
    found = difference(drawn(), drawn(chart=3))
    assert found is not None
    assert 20 < found.x_mm < 195
    assert 45 < found.y_mm < 120


@pytest.mark.slow
def test_smoothing_makes_no_difference(shelf: Shelf) -> None:
    """Letters drawn in black and white stand for whatever another version draws differently."""
    packet = shelf.pdf(PICTURED)
    smooth = list(page_pictures(packet, "-l", str(JAGGED)))
    jagged = list(page_pictures(packet, "-l", str(JAGGED), "-aa", "no"))
    assert len(smooth) == len(jagged) == JAGGED
    assert all(one.tobytes() != other.tobytes() for one, other in zip(smooth, jagged, strict=True))
    found = [difference(one, other) for one, other in zip(smooth, jagged, strict=True)]
    assert found == [None] * JAGGED


def white(dots: int = 0) -> Image.Image:
    """A page with a row of black dots of 4 x 4 pixels."""
    page = Image.new("L", (372, 526), 255)
    for number in range(dots):
        page.paste(0, (20 + 40 * number, 100, 24 + 40 * number, 104))
    return page


def test_a_page_more_or_less_comes_before_any_other_difference(tmp_path: Path) -> None:
    told = changes([white(), white()], [white(1)], tmp_path)
    assert told == ["there are 1 pages, where 2 are expected"]
    assert list(tmp_path.iterdir()) == []


def test_every_page_that_differs_is_named_with_pictures_of_it(tmp_path: Path) -> None:
    told = changes([white(), white(), white(2)], [white(1), white(), white()], tmp_path)
    assert [each.split(" differs")[0] for each in told] == ["page 1", "page 3"]
    assert str(tmp_path / "page-01-*.png") in told[0]
    names = {path.name for path in tmp_path.iterdir()}
    kinds = ("expected", "found", "difference")
    assert names == {f"page-{page}-{kind}.png" for page in ("01", "03") for kind in kinds}
    with Image.open(tmp_path / "page-01-difference.png") as new:
        assert new.getpixel((22, 102)) == (255, 0, 0)
    with Image.open(tmp_path / "page-03-difference.png") as gone:
        assert gone.getpixel((22, 102)) == (0, 255, 255)


def test_a_page_of_another_size_differs() -> None:
    assert difference(white(), white().crop((0, 0, 372, 500))) is not None


def test_what_is_renewed_agrees_and_what_agrees_is_not_renewed(tmp_path: Path) -> None:
    renew(tmp_path, [white(1), white(2), white(3)])
    assert changes(pictures_in(tmp_path), [white(1), white(2), white(3)], tmp_path) == []
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    almost = white(1)
    # 17 of 255 is one of 16 greys: less than what differs.
    almost.paste(255 - 17, (200, 200, 240, 240))
    renew(tmp_path, [almost, white(4)])
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(after) == {"page-01.png", "page-02.png"}
    assert after["page-01.png"] == before["page-01.png"]
    assert after["page-02.png"] != before["page-02.png"]
