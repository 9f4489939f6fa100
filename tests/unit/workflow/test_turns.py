"""Turns that remember the one before say what a turn says that begins anew."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from casebook.recollection import Recollection
from casebook.render.views import packet
from casebook.render.views.case_study import case_study_document
from casebook.source.load import load
from casebook.workflow import examination
from casebook.workflow.pieces import check_case_study
from casebook.workflow.render import render_path

Change = Callable[[], object]

CASE = "cases/heel.yaml"


def turned(folder: Path, on: date) -> tuple[dict[str, bytes], tuple[object, ...]]:
    """The pages of a turn, and what it found."""
    rendering = render_path(folder, on, forms=("html",), force=True)
    pages = {path.name: path.read_bytes() for path in rendering.written}
    return pages, rendering.checked.report.findings


def replace(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


@pytest.mark.usefixtures("fake_pages")
def test_remembered_turns_say_what_new_ones_say(studio: Path, on: date) -> None:
    """After every change of whatever a page or a finding depends on."""
    edit = partial(replace, studio)
    changes: list[Change] = [
        partial(edit, CASE, "seconds: 25", "seconds: 35"),
        lambda: Image.new("RGB", (9, 9), "teal").save(studio / "attachments" / "foot.png"),
        partial(edit, CASE, "Heel pain on the stairs", "Heel pain in the garden"),
        partial(edit, CASE, "kind: case-study", "kind: case-study\nnonsense: 1"),
        partial(edit, CASE, "\nnonsense: 1", ""),
        partial(edit, "portfolio.yaml", "\nlevel: 1", "\nlanguage: de\nlevel: 1"),
        partial(edit, "portfolio.yaml", "\nlanguage: de", ""),
        partial(edit, "program/program.yaml", "\nname: ", "\nname: Old "),
        partial(
            edit, "program/program.yaml", "required: [consent", "required: [discussion, consent"
        ),
        lambda: None,
    ]
    kept = Recollection()
    for change in changes:
        change()
        with kept.turn():
            remembered = turned(studio, on)
        assert remembered == turned(studio, on)
    later = on + timedelta(days=2000)
    with kept.turn():
        remembered = turned(studio, later)
    assert remembered == turned(studio, later)


@pytest.mark.usefixtures("fake_pages")
def test_what_did_not_change_is_checked_and_worded_once(
    studio: Path, on: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def counted(what: str, function: Callable[..., object]) -> Callable[..., object]:
        def of(*positional: object, **named: object) -> object:
            done.append(what)
            return function(*positional, **named)

        return of

    monkeypatch.setattr(examination, "check_case_study", counted("checked", check_case_study))
    monkeypatch.setattr(packet, "case_study_document", counted("worded", case_study_document))
    replace(studio, CASE, "seconds: 25", "seconds: 35")
    kept = Recollection()
    for change, times in (("35", 1), ("35", 1), ("40", 2), ("40", 2)):
        replace(studio, CASE, "seconds: 35", f"seconds: {change}")
        with kept.turn():
            turned(studio, on)
        assert done == ["checked", "worded"] * times
        replace(studio, CASE, f"seconds: {change}", "seconds: 35")


def test_a_file_is_read_once_while_its_bytes_are_the_same(studio: Path) -> None:
    content = (studio / CASE).read_bytes()
    with Recollection().turn():
        read = load(CASE, content)
        assert load(CASE, bytes(bytearray(content))) is read
        assert load("cases/other.yaml", content) is not read
        assert load(CASE, content, expect="observation") is not read
        assert load(CASE, content + b"\n") is not read
    assert load(CASE, content) is not read
