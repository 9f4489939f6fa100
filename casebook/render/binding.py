"""Finished pieces bound into one PDF: their pages behind a frame's own, their tags in one tree.

A frame is a PDF with pages of its own and, for each page of the pieces, a leaf: a page that holds
nothing but its foot. Binding puts the pieces' pages in the place of the leaves, each with the foot
of its leaf, and joins what the files say of their pages: tags, places that links lead to, and
bookmarks. What the frame says of itself (title, dates, standards) holds for all.

Why by the finished files: pages that were set once can be kept on a disk and bound again by
another process, and what one edit leaves as it was is set no second time. WeasyPrint's own
``Document.copy`` joins pages too, but those of one process alone, and draws them all anew.
"""

import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from casebook.render.enclosures import enclose
from casebook.render.frame import Order

_MARKS: Final = frozenset(["BMC", "BDC", "EMC"])
"""What begins and ends a stretch of content that belongs to a tag."""
_FOOT: Final = "/Foot{}"


def bound(order: Order) -> bytes:
    """One PDF of a frame, the pieces that its leaves stand for, and enclosed files.

    The same files give the same bytes.

    Args:
        order: Tagged PDFs; no two pieces have an anchor or an identifier in common.
    """
    with Pdf.open(io.BytesIO(order.frame)) as pdf:
        opened = [Pdf.open(io.BytesIO(each)) for each in order.pieces]
        volume = _Volume(pdf, sum(len(each.pages) for each in opened))
        for each in opened:
            volume.add(each)
        volume.close()
        enclose(pdf, order.enclosures, order.made_on)
        written = io.BytesIO()
        pdf.save(
            written,
            # Why: packed, the tags take a tenth of their room.
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
        for each in opened:
            each.close()
    return written.getvalue()


class _Volume:
    """What is bound so far."""

    def __init__(self, pdf: Pdf, leaves: int) -> None:
        self._pdf = pdf
        self._next = len(pdf.pages) - leaves
        tree = pdf.Root.StructTreeRoot
        self._tags: Any = tree.K[0]
        self._drop_tags_of_leaves()
        self._marks = list(_pairs(tree.ParentTree.Nums))
        self._next_mark = max(int(number) for number, _ in self._marks) + 1
        self._places = dict(_places(pdf))
        self._begin = Stream(pdf, b"q\n")
        self._colours = pdf.pages[0].obj.Resources.ColorSpace

    def add(self, piece: Pdf) -> None:
        """Put the pages of a piece in the place of the leaves that stand for them."""
        for page in piece.pages:
            self._put(page)
        # Why only now: what refers to a page follows it once the page has been copied.
        self._add_tags(piece)
        for name, place in _places(piece):
            self._places[name] = self._copied(piece, place)
        self._add_bookmarks(piece)

    def close(self) -> None:
        """Write down what was joined."""
        root = self._pdf.Root
        root.StructTreeRoot.ParentTree.Nums = Array(each for pair in self._marks for each in pair)
        if self._places:
            # Why sorted: a tree of names is searched by halves.
            joined = sorted(self._places.items())
            names = Array(each for name, place in joined for each in (String(name), place))
            if Name.Names not in root:
                root.Names = Dictionary()
            root.Names.Dests = Dictionary(Names=names)

    def _put(self, page: pikepdf.Page) -> None:
        leaf = self._pdf.pages[self._next]
        foot = _foot(self._pdf, leaf)
        with warnings.catch_warnings():
            # Why: it warns that named places do not come along, and they are joined by name here.
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self._pdf.pages[self._next] = page
        placed = self._pdf.pages[self._next].obj
        placed.Resources.ColorSpace = self._colours
        name = _FOOT.format(self._next)
        placed.Resources.XObject[name] = foot
        # Why last: who takes the text out of a page gets it in the order in which it is drawn.
        drawn = f"Q /Artifact BMC q {name} Do Q EMC\n".encode()
        placed.Contents = Array([self._begin, placed.Contents, Stream(self._pdf, drawn)])
        self._next += 1

    def _drop_tags_of_leaves(self) -> None:
        leaves = {page.obj.objgen for page in self._pdf.pages[self._next :]}
        self._tags.K = Array(each for each in self._tags.K if each.Pg.objgen not in leaves)

    def _add_tags(self, piece: Pdf) -> None:
        tree = piece.Root.StructTreeRoot
        tags = tree.K[0]
        # Why: the piece's own root, and all that hangs on it, is to stay behind.
        del tags.P
        added = self._copied(piece, tags)
        for each in added.K:
            each.P = self._tags
            self._tags.K.append(each)
        # Why: the heads of pages hang on it, though it names them not; their tags must lead home.
        added.P, added.K = self._tags, Array()
        marks = [
            (int(number) + self._next_mark, owner)
            for number, owner in _pairs(self._copied(piece, tree.ParentTree).Nums)
        ]
        first = self._next - len(piece.pages)
        for page in self._pdf.pages[first : self._next]:
            page.obj.StructParents = int(page.obj.StructParents) + self._next_mark
            for note in page.obj.get(Name.Annots, ()):
                if Name.StructParent in note:
                    note.StructParent = int(note.StructParent) + self._next_mark
        self._marks += marks
        self._next_mark = max(number for number, _ in marks) + 1

    def _add_bookmarks(self, piece: Pdf) -> None:
        if Name.Outlines not in piece.Root:
            return
        added = self._copied(piece, piece.Root.Outlines)
        root = self._pdf.Root
        if Name.Outlines not in root:
            root.Outlines = added
            return
        held = root.Outlines
        held.Last.Next, added.First.Prev = added.First, held.Last
        each = added.First
        while True:
            each.Parent = held
            if Name.Next not in each:
                break
            each = each.Next
        held.Last = added.Last
        held.Count = int(held.Count) + int(added.Count)

    def _copied(self, piece: Pdf, value: Any) -> Any:  # noqa: ANN401 - any object of a PDF
        return self._pdf.copy_foreign(piece.make_indirect(value))


def _foot(pdf: Pdf, leaf: pikepdf.Page) -> Stream:
    """What a leaf shows, to be drawn on another page; its marks are left out, as on all feet."""
    steps = [
        each for each in pikepdf.parse_content_stream(leaf) if str(each.operator) not in _MARKS
    ]
    return Stream(
        pdf,
        pikepdf.unparse_content_stream(steps),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=leaf.obj.MediaBox,
        Resources=leaf.obj.Resources,
    )


def _places(pdf: Pdf) -> Iterator[tuple[bytes, Any]]:
    """The names that links lead to, each with its place."""
    names = pdf.Root.get(Name.Names)
    if names is None or Name.Dests not in names:
        return
    for name, place in _pairs(names.Dests.Names):
        yield bytes(name), place


def _pairs(values: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    flat = list(values)
    return zip(flat[::2], flat[1::2], strict=True)
