"""Pages are made of whatever can be read, and never with a hole in them."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow.render import Rendering, render_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def names(rendering: Rendering) -> list[str]:
    return [path.name for path in rendering.written]


def found(rendering: Rendering) -> list[tuple[str, int, str]]:
    findings = rendering.checked.report.findings
    return [(Path(each.place.path).name, each.place.span.line, each.code) for each in findings]


@pytest.mark.usefixtures("fake_pages")
def test_a_portfolio_gives_its_works_in_order_and_then_the_packet(studio: Path, on: date) -> None:
    rendering = render_path(studio, on)
    assert names(rendering) == [
        "heel.pdf", "heel.html", "observed.pdf", "observed.html", "packet.pdf", "packet.html",
    ]  # fmt: skip
    assert {path.parent for path in rendering.written} == {studio / "build"}
    assert (studio / "build" / "heel.pdf").read_bytes().startswith(b"%PDF")
    assert "Heel pain on the stairs" in (studio / "build" / "heel.html").read_text("utf-8")


@pytest.mark.usefixtures("fake_pages")
def test_one_form_alone_can_be_made_elsewhere(studio: Path, tmp_path: Path, on: date) -> None:
    rendering = render_path(studio, on, output=tmp_path / "pages", forms=("html",))
    assert [path.suffix for path in rendering.written] == [".html"] * 3
    assert {path.parent for path in rendering.written} == {tmp_path / "pages"}


@pytest.mark.usefixtures("fake_pages")
@pytest.mark.parametrize("name", ["cases/heel.yaml", "observation.yaml"])
def test_one_work_of_a_portfolio_is_made_into_its_build_folder(
    studio: Path, on: date, name: str
) -> None:
    rendering = render_path(studio / name, on, forms=("html",))
    (made,) = rendering.written
    assert made.parent == studio / "build"
    assert made.stem in {"heel", "observed"}


@pytest.mark.usefixtures("fake_pages")
def test_each_file_is_told_of_before_it_is_made(studio: Path, on: date) -> None:
    told: list[tuple[str, int, int]] = []
    render_path(studio / "cases" / "heel.yaml", on, progress=lambda *step: told.append(step))
    assert told == [("rendering heel.pdf", 0, 2), ("rendering heel.html", 1, 2)]


@pytest.mark.usefixtures("fake_pages")
def test_a_draft_that_lacks_parts_is_rendered(studio: Path, on: date) -> None:
    """Parts, consent, marks and requirements may be missing; what is there is shown."""
    case = (studio / "cases" / "heel.yaml").read_text("utf-8")
    lines = [line for line in case.splitlines() if not line.startswith(("introduction", "consent"))]
    (studio / "cases" / "heel.yaml").write_text("\n".join(lines), "utf-8")
    replace(studio / "observation.yaml", ", level: 1", "")
    (studio / "attachments" / "consent-b.pdf").unlink()
    rendering = render_path(studio, on)
    assert len(rendering.written) == 6
    assert {code for _, _, code in found(rendering)} >= {"CB401", "CB601", "CB804", "CB307"}


@pytest.mark.parametrize("name", ["", "cases/heel.yaml"])
def test_a_work_that_cannot_be_read_whole_is_not_rendered(
    studio: Path, on: date, name: str, fake_pages: list[str]
) -> None:
    """Pages without the value at fault would look as if nothing had been written."""
    replace(studio / "cases" / "heel.yaml", "age: 46", "age: forty")
    rendering = render_path(studio / name if name else studio, on)
    assert rendering.written == ()
    assert found(rendering) == [("heel.yaml", 5, "CB203")]
    assert fake_pages == []


@pytest.mark.parametrize("name", ["", "cases/heel.yaml"])
def test_a_missing_picture_is_a_finding_at_its_name(
    studio: Path, on: date, name: str, fake_pages: list[str]
) -> None:
    (studio / "attachments" / "foot.png").unlink()
    rendering = render_path(studio / name if name else studio, on)
    assert rendering.written == ()
    assert found(rendering) == [("heel.yaml", 18, "CB307")]
    assert fake_pages == []


@pytest.mark.usefixtures("fake_pages")
def test_a_case_outside_a_portfolio_finds_its_pictures_beside_itself(
    studio: Path, tmp_path: Path, on: date
) -> None:
    shutil.copy(studio / "cases" / "heel.yaml", tmp_path / "alone.yaml")
    rendering = render_path(tmp_path / "alone.yaml", on)
    assert (rendering.written, found(rendering)) == ((), [("alone.yaml", 18, "CB307")])
    shutil.copytree(studio / "attachments", tmp_path / "attachments")
    assert names(render_path(tmp_path / "alone.yaml", on)) == ["heel.pdf", "heel.html"]
    assert (tmp_path / "build" / "heel.html").is_file()


def test_a_session_outside_a_portfolio_has_no_program_to_be_shown_by(
    studio: Path, tmp_path: Path, on: date
) -> None:
    shutil.copy(studio / "observation.yaml", tmp_path / "alone.yaml")
    with pytest.raises(UsageError, match="nothing says which program"):
        render_path(tmp_path / "alone.yaml", on)


def test_nothing_is_shown_by_half_a_program(studio: Path, on: date) -> None:
    replace(studio / "program" / "rubrics" / "session.yaml", "pass_percent: 60", "pass_percent: x")
    with pytest.raises(UsageError, match="the program cannot be used"):
        render_path(studio / "observation.yaml", on)
    assert render_path(studio, on).written == ()


def test_other_kinds_of_files_are_not_rendered(studio: Path, on: date) -> None:
    with pytest.raises(UsageError, match="a rubric is not rendered"):
        render_path(studio / "program" / "rubrics" / "case.yaml", on)


def test_a_file_that_is_no_record_is_not_rendered(tmp_path: Path, on: date) -> None:
    (tmp_path / "x.yaml").write_text("", "utf-8")
    rendering = render_path(tmp_path / "x.yaml", on)
    assert (rendering.written, found(rendering)) == ((), [("x.yaml", 1, "CB104")])


def test_a_portfolio_that_cannot_be_read_is_not_rendered(studio: Path, on: date) -> None:
    (studio / "portfolio.yaml").write_text("", "utf-8")
    assert render_path(studio, on).written == ()


@pytest.mark.usefixtures("fake_pages")
def test_a_file_that_casebook_did_not_make_is_kept(studio: Path, on: date) -> None:
    kept = studio / "build" / "heel.html"
    kept.parent.mkdir()
    kept.write_text("my own notes", "utf-8")
    with pytest.raises(UsageError, match="did not make it"):
        render_path(studio, on, forms=("html",))
    assert kept.read_text("utf-8") == "my own notes"
    assert len(render_path(studio, on, forms=("html",), force=True).written) == 3


@pytest.mark.usefixtures("fake_pages")
def test_a_case_called_packet_does_not_lose_its_pages(studio: Path, on: date) -> None:
    replace(studio / "cases" / "heel.yaml", "id: heel", "id: packet")
    made = names(render_path(studio, on, forms=("html",)))
    assert made == ["packet-work.html", "observed.html", "packet.html"]


@pytest.mark.slow
def test_the_pages_are_real_and_the_same_every_time(studio: Path, on: date) -> None:
    first = [path.read_bytes() for path in render_path(studio, on).written]
    again = [path.read_bytes() for path in render_path(studio, on).written]
    assert first == again
    assert [content[:5] for content in first] == [b"%PDF-", b"<!DOC"] * 3


@pytest.mark.usefixtures("fake_pages")
def test_a_portfolio_may_be_named_by_its_own_file(studio: Path, on: date) -> None:
    assert len(render_path(studio / "portfolio.yaml", on).written) == 6


@pytest.mark.parametrize("name", ["", "cases/heel.yaml"])
def test_no_force_lets_a_page_replace_an_attachment(
    studio: Path, on: date, name: str, fake_pages: list[str]
) -> None:
    """The consent form is a PDF with the name that the case study's page gets."""
    form = studio / "attachments" / "consent-a.pdf"
    form.rename(form.with_name("heel.pdf"))
    replace(studio / "cases" / "heel.yaml", "consent-a.pdf", "heel.pdf")
    with pytest.raises(UsageError, match="one of the portfolio's own files"):
        render_path(studio / name, on, output=form.parent, force=True)
    assert list(form.parent.glob("*.html")) == []
    assert fake_pages == []


def test_only_what_stops_the_pages_is_named_as_stopping_them(studio: Path, on: date) -> None:
    replace(studio / "cases" / "heel.yaml", "age: 46", "age: forty")
    (studio / "attachments" / "consent-b.pdf").unlink()
    rendering = render_path(studio, on)
    assert {code for _, _, code in found(rendering)} == {"CB203", "CB307"}
    assert [each.code for each in rendering.stopping.findings] == ["CB203"]
    assert rendering.readable is None


def test_an_unknown_kind_is_a_finding(tmp_path: Path, on: date) -> None:
    (tmp_path / "x.yaml").write_text("kind: casestudy\nformat: 1\n", "utf-8")
    (finding,) = render_path(tmp_path / "x.yaml", on).stopping.findings
    assert finding.hint == "did you mean `case-study`?"
