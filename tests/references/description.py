"""What a PDF says and how it is built, as text that people read and programs compare.

The words come from pdftotext in the order of the page's own instructions: set by layout, one moved
word would change the spaces of every line around it. Everything else comes from pypdf.
"""

import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

_BARE: Final = frozenset({"Document", "Div", "Span", "NonStruct"})
"""Structure types that say nothing of what they hold."""

_ALT_CHARACTERS: Final = 90


def description(path: Path) -> str:
    """All that is compared of a PDF, part by part.

    Raises:
        AssertionError: A part that every document has is empty, so nothing would be compared.
    """
    reader = PdfReader(path)
    elements = list(_elements(reader))
    words = _words(path)
    assert len(words) == len(reader.pages)
    parts: dict[str, Sequence[str]] = {
        "Properties": _properties(reader),
        "Bookmarks": list(_bookmarks(reader, reader.outline)),
        "Tags of each page": list(_counts(elements, len(reader.pages))),
        "Headings, figures, tables and lists in reading order": list(_landmarks(elements)),
    }
    enclosed = list(_enclosed(reader))
    if enclosed:
        parts["Enclosed files"] = enclosed
    parts |= {f"Text of page {number}": page for number, page in enumerate(words, 1)}
    for title, lines in parts.items():
        assert lines, f"{path.name}: {title}: nothing was found"
    return "\n".join(
        "\n".join((f"== {title}", *map(str.rstrip, lines), "")) for title, lines in parts.items()
    )


def _properties(reader: PdfReader) -> list[str]:
    """Those that a reader's software shows; no version, which changes with each release."""
    found: Mapping[str, object] = reader.metadata or {}
    sizes = Counter(
        f"{_mm(page.mediabox.width)} x {_mm(page.mediabox.height)} mm" for page in reader.pages
    )
    names = ("Title", "Author", "Subject", "Keywords", "CreationDate")
    return [
        *(f"{name}: {found.get(f'/{name}', '')}" for name in names),
        f"Language: {reader.root_object.get('/Lang', '')}",
        *(f"Pages: {count} of {size}" for size, count in sizes.items()),
    ]


def _mm(points: float) -> int:
    return round(float(points) / 72 * 25.4)


def _bookmarks(reader: PdfReader, entries: Sequence[Any], level: int = 1) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _bookmarks(reader, entry, level + 1)
        else:
            page = reader.get_destination_page_number(entry)
            assert page is not None, entry.title
            yield f"{level} {'  ' * (level - 1)}{entry.title}, page {page + 1}"


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of the tree of tags: its type, its page, and the types of all it holds."""

    kind: str
    page: int
    alt: str
    holds: Counter[str]

    @property
    def landmark(self) -> str | None:
        """What it is, for those that lead through a document."""
        match self.kind:
            case "Figure":
                short = shorten(self.alt, _ALT_CHARACTERS, placeholder="…")
                return f"Figure of {len(self.alt)} characters: {short}"
            case "Table":
                cells = self.holds["TH"] + self.holds["TD"]
                return f"Table of {self.holds['TR']} rows, {cells} cells, {self.holds['TH']} heads"
            case "L":
                return f"List of {self.holds['LI']} items"
            case kind if kind.startswith("H"):
                return kind
        return None


def _elements(reader: PdfReader) -> Iterator[_Element]:
    """All of the tree of tags, in reading order."""
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    root: Any = reader.root_object.get("/StructTreeRoot", {})

    def walk(node: PdfObject) -> list[_Element]:
        found = node.get_object()
        if not isinstance(found, DictionaryObject) or "/S" not in found:
            # The number of a piece of a page, or a reference to one or to an annotation.
            return []
        below = [each for kid in _kids(found) for each in walk(kid)]
        page = numbers.get(found.raw_get("/Pg"), 0) if "/Pg" in found else 0
        holds = Counter(each.kind for each in below)
        kind = str(found["/S"]).removeprefix("/")
        return [_Element(kind, page, str(found.get("/Alt", "")), holds), *below]

    for kid in _kids(root):
        yield from walk(kid)


def _kids(node: Mapping[Any, Any]) -> Sequence[PdfObject]:
    kids: Any = node.get("/K", [])
    return kids if isinstance(kids, list) else [kids]


def _counts(elements: Sequence[_Element], pages: int) -> Iterator[str]:
    for number in range(1, pages + 1):
        counted = Counter(
            each.kind for each in elements if each.page == number and each.kind not in _BARE
        )
        yield f"{number}: " + ", ".join(f"{kind} {counted[kind]}" for kind in sorted(counted))


def _landmarks(elements: Sequence[_Element]) -> Iterator[str]:
    for each in elements:
        if each.landmark:
            yield f"{each.page}: {each.landmark}"


def _enclosed(reader: PdfReader) -> Iterator[str]:
    """Each enclosed file with what it is to the pages, by the order of the tree of names."""
    associated = [each.get_object() for each in reader.root_object.get("/AF", [])]
    for each in reader.attachment_list:
        entry: Any = each.pdf_object
        kind = str(entry["/EF"]["/F"].get_object().get("/Subtype", "")).removeprefix("/")
        relationship = str(entry.get("/AFRelationship", "")).removeprefix("/")
        bound = "" if entry in associated else ", not associated"
        yield f"{each.name}: {relationship}, {kind}{bound}"


def _words(path: Path) -> list[list[str]]:
    """The lines of each page."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True
    )
    *pages, rest = done.stdout.decode("utf-8").split("\f")
    assert not rest, "pdftotext ends each page with a form feed"
    return [page.strip("\n").splitlines() for page in pages]
