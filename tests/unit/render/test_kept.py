"""Finished pages kept in a folder."""

import os
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from casebook.domain.program.look import Look
from casebook.render import kept
from casebook.render.document import Document, Enclosure
from casebook.render.frame import Order
from casebook.render.kept import KeptPages, key_of
from casebook.render.page_pictures import sheet_of

DOCUMENT = Document(
    title="A title",
    running="Jo",
    author="Jo Példa",
    keywords=("back", "pain"),
    description="A case.",
    made_on=date(2026, 7, 1),
    body="<h1>Hello</h1>",
    enclosures=(Enclosure("a.txt", b"a", "text/plain", "Data", "a"),),
)
SHEET = sheet_of(DOCUMENT)
SECRET = b"a secret"


@pytest.fixture
def pages(tmp_path: Path) -> KeptPages:
    return KeptPages(tmp_path / "pages", SECRET)


def files(folder: Path) -> list[Path]:
    return sorted((folder / "pages").iterdir())


def test_what_was_put_is_got_again_by_another_process_too(pages: KeptPages, tmp_path: Path) -> None:
    assert pages.get("key") is None
    pages.put("key", b"content")
    assert KeptPages(tmp_path / "pages", SECRET).get("key") == b"content"
    assert pages.get("other") is None


def test_nobody_else_may_read_what_is_kept(pages: KeptPages, tmp_path: Path) -> None:
    pages.put("key", b"what a client told")
    (path,) = files(tmp_path)
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda _: b"",
    ],
)
def test_what_was_changed_is_discarded(
    pages: KeptPages, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    pages.put("key", b"content")
    (path,) = files(tmp_path)
    path.write_bytes(change(path.read_bytes()))
    assert pages.get("key") is None
    assert files(tmp_path) == []


def test_what_stands_under_another_name_is_discarded(pages: KeptPages, tmp_path: Path) -> None:
    """Whoever swaps two files has changed none."""
    for key in ("key", "other"):
        pages.put(key, key.encode())
    one, other = files(tmp_path)
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert [pages.get("key"), pages.get("other")] == [None, None]


def test_what_somebody_elses_casebook_kept_serves_nothing_and_stays_theirs(tmp_path: Path) -> None:
    theirs, ours = (KeptPages(tmp_path / "pages", each) for each in (b"another secret", SECRET))
    theirs.put("key", b"theirs")
    assert ours.get("key") is None
    ours.put("key", b"ours")
    assert (theirs.get("key"), ours.get("key")) == (b"theirs", b"ours")


def test_what_was_not_asked_for_the_longest_goes_first(tmp_path: Path) -> None:
    """Three of 100 bytes with their seals, and room for two."""
    pages = KeptPages(tmp_path / "pages", SECRET, room_bytes=270)
    for age, key in enumerate(("one", "two", "three")):
        pages.put(key, key.encode().ljust(100))
        os.utime(pages._path(key), (1000 + age, 1000 + age))
    assert pages.get("one") is not None
    pages.make_room()
    assert [key for key in ("one", "two", "three") if pages.get(key)] == ["one", "three"]


def test_what_is_larger_than_all_room_is_not_kept(tmp_path: Path) -> None:
    pages = KeptPages(tmp_path / "pages", SECRET, room_bytes=100)
    pages.put("key", bytes(100))
    assert pages.get("key") is None
    assert pages.trouble is None


def test_a_folder_that_cannot_be_written_is_told_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("no folder", "utf-8")
    pages = KeptPages(tmp_path / "pages", SECRET)
    pages.put("key", b"content")
    pages.make_room()
    assert pages.get("key") is None
    assert "pages" in str(pages.trouble)
    assert (tmp_path / "pages").read_text("utf-8") == "no folder"


CHANGES = {
    "title": "Other",
    "running": "Ann",
    "author": "Ann",
    "keywords": ("back pain",),
    "description": "Another.",
    "made_on": date(2026, 7, 2),
    "body": "<h1>Hello!</h1>",
    "language": "de",
    "look": Look(theme="large"),
    "within": "piece",
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_pages_depend_on_is_in_their_key(name: str) -> None:
    changed = replace(DOCUMENT, **{name: CHANGES[name]})  # type: ignore[arg-type]
    assert key_of(sheet_of(changed)) != key_of(SHEET)


def test_no_part_of_a_document_is_forgotten() -> None:
    """Pieces and enclosures are bound; how many works there are bounds the making."""
    bound = {"pieces", "enclosures"}
    assert {each.name for each in fields(Document)} == {*CHANGES, *bound, "works"}


def test_words_that_move_from_one_place_to_the_next_change_the_key() -> None:
    moved = replace(DOCUMENT, title="A title J", running="o")
    apart = replace(DOCUMENT, title="A title ", running="Jo")
    assert len({key_of(sheet_of(each)) for each in (DOCUMENT, moved, apart)}) == 3


ORDER = Order(b"frame", (b"1", b"2"), DOCUMENT.enclosures, date(2026, 7, 1), 2)
(ENCLOSED,) = DOCUMENT.enclosures


def test_a_bound_document_depends_on_all_that_is_bound() -> None:
    orders = [
        ORDER,
        replace(ORDER, frame=b"another"),
        replace(ORDER, pieces=(b"2", b"1")),
        replace(ORDER, pieces=(b"1",)),
        replace(ORDER, made_on=date(2026, 7, 2)),
        replace(ORDER, enclosures=()),
        *(
            replace(ORDER, enclosures=(replace(ENCLOSED, **{name: value}),))  # type: ignore[arg-type]
            for name, value in {
                "name": "b.txt", "content": b"b", "kind": "text/html", "relationship": "Source",
                "description": "b",
            }.items()
        ),
    ]  # fmt: skip
    assert len({key_of(SHEET), *map(key_of, orders)}) == len(orders) + 1
    assert {each.name for each in fields(Order)} == {
        "frame", "pieces", "enclosures", "made_on", "works",
    }  # fmt: skip


@pytest.mark.parametrize("what", ["version", "native_versions", "templates_dir", "__version__"])
def test_other_versions_styles_and_typefaces_give_another_key(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of(SHEET)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(b"a font")
    others = {
        "version": lambda _: "99",
        "native_versions": lambda: ("Pango 99",),
        "templates_dir": lambda: tmp_path,
        "__version__": "99",
    }
    monkeypatch.setattr(kept, what, others[what])
    kept._surroundings.cache_clear()
    try:
        assert key_of(SHEET) != before
    finally:
        kept._surroundings.cache_clear()
