"""Pictures are drawn anew: upright, in screen colours, and with nothing beside the picture."""

import io
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from casebook import limits
from casebook.confinement.worker import WorkStopped
from casebook.errors import MachineError
from casebook.source import picture_notes as picture_notes_module
from casebook.source import pictures
from casebook.source.picture_notes import UNREAD
from casebook.source.pictures import (
    DAMAGED,
    DRAW,
    NO_PICTURE,
    TOO_LARGE,
    TOO_MANY,
    PictureRefused,
    drawing_once,
    expect_pictures,
    picture_fault,
    picture_notes,
    picture_remedy,
    redrawn,
)
from casebook.source.redrawing import answer
from tests.portfolios.pictures import pictures as every_make


@pytest.fixture(autouse=True, scope="module")
def _one_process() -> Iterator[None]:
    with drawing_once():
        yield


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("name", every_make())
def test_every_make_is_drawn_alike_and_the_same_each_time(name: str) -> None:
    """PNG stays PNG and JPEG stays JPEG; eight bits a channel, and no colour is far off."""
    content = every_make()[name]
    drawn = redrawn(content)
    assert drawn.kind == ("image/png" if name.endswith("png") else "image/jpeg")
    shown = opened(drawn.content)
    assert shown.mode in {"L", "LA", "P", "RGB", "RGBA"}
    assert shown.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    if name not in {"turned.jpg", "sixteen.png"}:
        before, after = (each.convert("RGBA") for each in (opened(content), shown))
        assert before.size == after.size
        difference = ImageChops.difference(before, after).tobytes()
        assert max(difference) <= (0 if name.endswith("png") else 40)
    assert answer((DRAW, content)) == f"{drawn.kind}\n".encode() + drawn.content


def test_sixteen_bits_become_their_upper_eight() -> None:
    """40,000 / 256 = 156.25."""
    shown = opened(redrawn(every_make()["sixteen.png"]).content)
    assert shown.getpixel((0, 0)) == 156


def test_a_picture_taken_sideways_stands_upright() -> None:
    """Six: the row on top is the right side; 24 by 16 becomes 16 by 24."""
    shown = opened(redrawn(every_make()["turned.jpg"]).content)
    assert shown.size == (16, 24)
    assert 0x0112 not in shown.getexif()


def test_nothing_beside_the_picture_is_kept() -> None:
    """Notes of a camera, words, a preview, a second file behind the first: none comes out."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    exif.get_ifd(0x8825)[1] = "N"
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SECRET name")
    words.add_text("Comment", "SECRET words", zip=True)
    words.add_itxt("XML:com.adobe.xmp", "SECRET place")
    plain = Image.linear_gradient("L").convert("RGB")
    for content in (
        saved(plain, "PNG", exif=exif, pnginfo=words) + b"SECRET behind",
        saved(plain, "JPEG", exif=exif, comment=b"SECRET comment") + b"SECRET behind",
    ):
        assert b"SECRET" in content
        drawn = redrawn(content).content
        assert b"SECRET" not in drawn
        assert b"SECRET" not in b"".join(_unpacked(drawn))
        assert drawn == redrawn(saved(plain, opened(content).format or "")).content


def _unpacked(content: bytes) -> Iterator[bytes]:
    for at in range(len(content)):
        if content[at : at + 1] == b"\x78":
            try:
                yield zlib.decompressobj().decompress(content[at:])
            except zlib.error:
                continue


def test_colours_as_fine_as_light_stay_so() -> None:
    from PIL import JpegImagePlugin

    plain = Image.linear_gradient("L").convert("RGB")
    for given, wanted in ((0, 0), (2, 2)):
        drawn = opened(redrawn(saved(plain, "JPEG", subsampling=given)).content)
        assert JpegImagePlugin.get_sampling(drawn) == wanted


def test_only_the_first_of_moving_pictures_is_drawn() -> None:
    frames = [Image.new("RGB", (5, 5), (each, 0, 0)) for each in (10, 20)]
    content = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    drawn = redrawn(content).content
    assert b"acTL" in content
    assert b"acTL" not in drawn
    assert opened(drawn).getpixel((0, 0)) == (10, 0, 0)


def test_what_cannot_be_drawn_is_told_with_a_remedy() -> None:
    whole = saved(Image.new("RGB", (40, 40)), "PNG")
    for content, fault in {
        b"<svg/>": NO_PICTURE,
        b"GIF89a": NO_PICTURE,
        b"": NO_PICTURE,
        whole[:50]: DAMAGED,
        whole[:-30]: DAMAGED,
        b"\xff\xd8\xff" + b"x" * 50: DAMAGED,
        saved(Image.new("1", (5_000, 4_001)), "PNG"): TOO_LARGE,
    }.items():
        assert picture_fault(content) == fault
    assert picture_remedy(TOO_LARGE) != picture_remedy(DAMAGED)


def test_a_picture_is_drawn_once_and_a_fault_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is asked: the process would not be there."""
    sound = saved(Image.new("RGB", (3, 3), "red"), "PNG")
    with_fault = b"\xff\xd8\xff" + b"y" * 50
    first = redrawn(sound), picture_fault(with_fault)
    drawing = pictures._CURRENT.get()
    assert drawing is not None
    monkeypatch.setattr(drawing, "worker", None)
    monkeypatch.setattr(pictures, "Worker", None)
    assert (redrawn(sound), picture_fault(with_fault)) == first


def test_small_files_that_take_long_share_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = pictures._CURRENT.get()
    assert drawing is not None
    monkeypatch.setattr(drawing, "left_s", -1.0)
    fresh = saved(Image.new("RGB", (3, 3), "blue"), "PNG")
    assert (picture_fault(fresh) or "").startswith("cannot be decoded")
    assert limits.PICTURES_SECONDS > 0


def test_a_process_that_was_stopped_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = pictures._CURRENT.get()
    assert drawing is not None
    redrawn(saved(Image.new("RGB", (3, 3), "green"), "PNG"))
    assert drawing.worker is not None
    drawing.worker.stop()
    drawing.worker._process.wait()
    assert redrawn(saved(Image.new("RGB", (4, 3), "green"), "PNG")).kind == "image/png"


@pytest.mark.parametrize(
    "names, started",
    [(("a.yaml", "b/C.PNG", "d.jpg"), 1), (("a.yaml", "b.pdf", "png"), 0), ((), 0)],
)
def test_the_process_makes_ready_where_pictures_are_to_be_expected(
    names: tuple[str, ...], started: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(pictures, "Worker", lambda *given: made.append(given))
    drawing = pictures._Drawing()
    token = pictures._CURRENT.set(drawing)
    try:
        expect_pictures(names)
    finally:
        pictures._CURRENT.reset(token)
    assert len(made) == started


def test_that_it_cannot_be_started_is_told_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise MachineError("no second process can be started")

    monkeypatch.setattr(pictures, "Worker", refused)
    token = pictures._CURRENT.set(pictures._Drawing())
    try:
        expect_pictures(["a.png"])
        with pytest.raises(MachineError):
            redrawn(saved(Image.new("RGB", (5, 3), "green"), "PNG"))
        pictures._CURRENT.set(None)
        expect_pictures(["a.png"])
    finally:
        pictures._CURRENT.reset(token)


def test_no_answer_but_a_picture_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was turned round could say anything."""

    class Turned:
        is_over = False

        def ask(self, _request: object, _clock_s: float) -> bytes:
            return b"text/html\n<script>"

        def close(self) -> None:
            return

    monkeypatch.setattr(pictures, "Worker", lambda *_: Turned())
    drawing = pictures._Drawing()
    with pytest.raises(PictureRefused, match="damaged"):
        drawing.picture(b"\x89PNG\r\n\x1a\n")
    assert drawing.notes(b"\x89PNG\r\n\x1a\n") == (UNREAD,)


def test_what_a_picture_tells_is_found_in_the_other_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing of a stranger's file is parsed in this one, and nothing is asked twice."""
    told = saved(Image.new("RGB", (3, 3), "red"), "JPEG", comment=b"Jane's knee")
    monkeypatch.setattr(Image, "open", None)
    monkeypatch.setattr(picture_notes_module, "notes_in", None)
    (note,) = picture_notes(told)
    assert (note.letter, note.words) == ("R", "Jane's knee")
    monkeypatch.setattr(pictures._Drawing, "_asked", None)
    assert picture_notes(told) == (note,)
    assert picture_notes(b"GIF89a") == ()


@pytest.mark.parametrize("refusal", [WorkStopped("it took too much"), PictureRefused("no")])
def test_notes_that_take_too_much_to_find_are_told_as_more_than_can_be_read(
    refusal: Exception,
) -> None:
    """Else a file made to take all memory would tell nothing at all."""

    class Stopped:
        is_over = False

        def ask(self, _request: object, _clock_s: float) -> bytes:
            raise refusal

    drawing = pictures._Drawing(Stopped())  # type: ignore[arg-type]
    assert drawing.notes(b"\x89PNG\r\n\x1a\n") == (UNREAD,)


def test_pictures_are_too_many_by_what_they_have_once_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Small files can be large pictures: the one behind the limit is refused, and says so."""
    first, second = (saved(Image.new("RGB", (side, 3)), "PNG") for side in (4, 5))
    assert redrawn(first).content
    monkeypatch.setattr(pictures._current(), "left_bytes", 0)
    assert redrawn(first).content
    with pytest.raises(PictureRefused, match="one too many"):
        redrawn(second)
    assert picture_remedy(TOO_MANY) == "save it again with fewer pixels"
