"""The small pieces of a portfolio as strategies: names, texts, lists, steps and sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from hypothesis import strategies as st

from casebook.domain.record import Record
from tests.portfolios.writing import SCRIPTS, Phrases, lines, marked_up, paragraphs

Values: TypeAlias = dict[str, Any]

_STRUCTURES: Final = (
    "gluteus maximus", "quadratus lumborum", "psoas major", "jaw", "TFL", "appendix scar",
)  # fmt: skip
_SIDES: Final = ("left", "right", "both", "midline", None)
_MEASURES: Final = ("nprs", "psfs", "vas", "odi", "ndi", "quickdash", "own-measure")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a portfolio is like.

    Attributes:
        phrases: What its texts are made of.
        parts: How many of the parts that may be left out are there.
        marked_up: Whether its texts are full of markup.
        sessions: The most sessions of a case.
        rows: The most rows of a table, and entries of a list.
        figures: The names of the pictures it shows.
        program: Whose rules it follows: "nkt" and "studio" have a protocol and a rubric for
            sessions, "reflexology" has neither.
        marks: Whether the examiner's marks are complete, half there or missing.
    """

    phrases: Phrases = SCRIPTS["english"]
    parts: Literal["none", "some", "all"] = "some"
    marked_up: bool = False
    sessions: int = 2
    rows: int = 3
    figures: tuple[str, ...] = ()
    program: Literal["nkt", "studio", "reflexology"] = "studio"
    marks: Literal["all", "half", "none"] = "all"


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes the small pieces that every part of a portfolio is put together from."""

    shape: Shape

    @property
    def line(self) -> st.SearchStrategy[str]:
        return lines(self.shape.phrases)

    @property
    def text(self) -> st.SearchStrategy[str]:
        texts = marked_up if self.shape.marked_up else paragraphs
        return texts(self.shape.phrases)

    @property
    def there(self) -> st.SearchStrategy[bool]:
        """Whether a part that may be left out is there."""
        fates = {"none": (False,), "some": (True, False), "all": (True,)}
        return st.sampled_from(fates[self.shape.parts])

    @property
    def count(self) -> st.SearchStrategy[int]:
        """The length of a list that may be empty."""
        rows = self.shape.rows
        fates = {"none": (0,), "some": tuple(range(rows + 1)), "all": (max(1, rows // 2), rows)}
        return st.sampled_from(fates[self.shape.parts])


@st.composite
def some(
    draw: st.DrawFn, writer: Writer, needed: Values, /, **may_be_left_out: st.SearchStrategy[Any]
) -> Values:
    """A mapping with what is needed, and with what is drawn to be there."""
    values = {
        key: draw(each) if isinstance(each, st.SearchStrategy) else each
        for key, each in needed.items()
    }
    for key, each in may_be_left_out.items():
        if draw(writer.there) and (drawn := draw(each)) not in (None, [], {}):
            values[key] = drawn
    return values


def texts_of(
    writer: Writer, record: type[Record], but: Sequence[str] = ()
) -> st.SearchStrategy[Values]:
    names = [name for name in record.model_fields if name not in but]
    return some(writer, {}, **dict.fromkeys(names, writer.text))


def many(writer: Writer, each: st.SearchStrategy[Values]) -> st.SearchStrategy[list[Values]]:
    return writer.count.flatmap(lambda count: st.lists(each, min_size=count, max_size=count))


def patterns(writer: Writer) -> st.SearchStrategy[Values]:
    site = st.fixed_dictionaries(
        {"structure": _structures(writer), "side": st.sampled_from(_SIDES)}
    )
    return some(writer, {"inhibited": site, "facilitated": site}, note=writer.text)


def _structures(writer: Writer) -> st.SearchStrategy[str]:
    return st.sampled_from(_STRUCTURES) | writer.line.map(lambda name: name[:120])


def sessions(writer: Writer, day: int) -> st.SearchStrategy[Values]:
    degrees = st.sampled_from((-5, 0, 12.5, 90))
    return some(
        writer, {"day": day},
        minutes=st.sampled_from((1, 60)), report=writer.text, notes=writer.text,
        measures=_readings(), measures_after=_readings(),
        rom=many(writer, some(
            writer, {"joint": st.sampled_from(("hip", "neck")), "plane": "flexion",
                     "degrees": degrees, "when": st.sampled_from(("before", "after"))},
            side=st.sampled_from(_SIDES), method=writer.line,
        )),
        adherence=some(writer, {"days_done": 3, "days_planned": 7}, note=writer.text),
        steps=many(writer, steps(writer)),
        homework=many(writer, homework(writer)),
        adverse_events=st.lists(some(
            writer, {"event": writer.line, "severity": "mild"},
            action=writer.text, resolved=st.booleans(),
        ), max_size=2),
    )  # fmt: skip


def _readings() -> st.SearchStrategy[Values]:
    value = st.sampled_from((0, 1, 3.3, 7, 10))
    return st.lists(st.sampled_from(_MEASURES), max_size=4, unique=True).flatmap(
        lambda names: st.fixed_dictionaries(dict.fromkeys(names, value))
    )


def homework(writer: Writer) -> st.SearchStrategy[Values]:
    return some(writer, {"exercise": writer.line}, dose=writer.line, purpose=writer.line)


@st.composite
def steps(draw: st.DrawFn, writer: Writer) -> Values:
    verb = draw(st.sampled_from(("test", "release", "retest", "activate")))
    needed: Values = {verb: _structures(writer)}
    further: dict[str, st.SearchStrategy[Any]] = {"side": st.sampled_from(_SIDES)}
    if verb in {"test", "retest"}:
        needed["result"] = st.sampled_from(("inhibited", "fires"))
        further |= {"grade": st.sampled_from(range(6)), "blinded": st.booleans()}
    else:
        needed["seconds"] = st.sampled_from((0, 5, 25, 70))
        further["technique" if verb == "release" else "exercise"] = writer.line
    return draw(some(writer, needed, note=writer.text, **further))
