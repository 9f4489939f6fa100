"""YAML is read as plain text with the place of everything, or refused with one clear finding."""

import json
import re
import textwrap
from types import NoneType
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook.characters import tricks
from casebook.diagnostics import codes
from casebook.diagnostics.place import Loc, Span
from casebook.limits import NESTING, NODES
from casebook.source import reader
from casebook.source.reader import DOUBLE_KEYS, quoted, read_text

LINE_BREAK = re.compile("\r\n|\r|\n")


def data(text: str) -> dict[str, Any]:
    reading = read_text("a.yaml", text.encode())
    assert reading.findings == ()
    assert reading.data is not None
    return reading.data


def fault(text: str) -> tuple[str, int, int]:
    """The code, line and column of the only finding."""
    reading = read_text("a.yaml", text.encode())
    assert reading.data is None
    (finding,) = reading.findings
    assert finding.hint
    return finding.code, finding.place.span.line, finding.place.span.column


def cut(text: str, span: Span) -> str:
    """The text inside a span."""
    lines = LINE_BREAK.split(text)[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "written", ["12:30", "no", "012", "1e3", "2026-03-02", "0x1F", "1_000", ".inf", "True", "-"]
)
def test_every_scalar_stays_the_text_that_was_written(written: str) -> None:
    """Nothing is taken for a number of minutes, a truth value, an octal number or a date."""
    expected = written if written != "-" else [None]
    assert data(f"at:\n  {written}\n") == {"at": expected}


@pytest.mark.parametrize("blank", ["", "~", "null", "Null", '""', "'  '", "|", ">-\n\n"])
def test_what_holds_nothing_is_none_and_blank(blank: str) -> None:
    """Null, nothing, and quotes or blocks around nothing are all the same: nothing written."""
    reading = read_text("a.yaml", f"before: x\nkey: {blank}\nafter: y\n".encode())
    assert reading.data == {"before": "x", "key": None, "after": "y"}
    assert not reading.places.holds("key")
    assert reading.places.of("key").span.line == 2


@pytest.mark.parametrize("written", ['"null"', "'~'", "nullify", "~x", "0", "false"])
def test_what_only_looks_like_nothing_is_text(written: str) -> None:
    """In quotes null is a word, and zero and false are values."""
    assert data(f"key: {written}")["key"] == written.strip("\"'")


def test_empty_lists_and_mappings_are_blank() -> None:
    """``[]`` and ``{}`` are read as they are and count as nothing written."""
    reading = read_text("a.yaml", b"a: []\nb: {}\nc: [{}]\n")
    assert reading.data == {"a": [], "b": {}, "c": [{}]}
    assert not reading.places.holds("a")
    assert not reading.places.holds("b")
    assert reading.places.holds("c")
    assert not reading.places.holds("c", 0)


def test_places_of_a_flow_mapping() -> None:
    """Inside braces each key and value has its own columns, counted in characters."""
    text = "b: {é😀: [x, ü], c: {d: e}}\n"
    places = read_text("a.yaml", text.encode()).places
    # b: {é😀: [x, ü], c: {d: e}}
    # 1  4   8  10 13  18  22 25
    assert places.values[("b", "é😀")] == Span(1, 9, 1, 15)
    assert places.values[("b", "é😀", 1)] == Span(1, 13, 1, 14)
    assert places.keys[("b", "c")] == Span(1, 17, 1, 18)
    assert places.values[("b", "c", "d")] == Span(1, 24, 1, 25)


def test_a_block_of_text_ends_with_its_last_line() -> None:
    """Blank lines below a block belong to nothing, with one line break as with two."""
    for end in ("\n", "\r\n"):
        text = end.join(["a: |", "  one", "  two", "", "", "b: >-", "  three", ""])
        places = read_text("a.yaml", text.encode()).places
        assert places.values[("a",)] == Span(1, 4, 3, 6)
        assert places.values[("b",)] == Span(6, 4, 7, 8)


def test_a_plain_text_over_several_lines_has_one_span() -> None:
    """A text that goes on below its key ends where its last word does."""
    places = read_text("a.yaml", b"a: one\n  two\n  three  # note\nb: x\n").places
    assert places.values[("a",)] == Span(1, 4, 3, 8)


def test_a_byte_order_mark_takes_no_column() -> None:
    """With the mark and without it everything stands in the same place."""
    with_mark = read_text("a.yaml", b"\xef\xbb\xbfkind: x\n")
    assert with_mark == read_text("a.yaml", b"kind: x\n")


def test_a_key_written_twice_keeps_the_first_and_says_where_both_are() -> None:
    """The second of two equal keys is a finding, and leaves neither data nor places behind."""
    reading = read_text("a.yaml", b"a: 1\nb: x\na:\n  c: [y]\n  d:\n")
    assert reading.data == {"a": "1", "b": "x"}
    (finding,) = reading.findings
    assert (finding.code, finding.place.span) == (codes.KEY_TWICE.id, Span(3, 1, 3, 2))
    assert "line 1" in finding.message
    assert ("a", "c") not in reading.places.values
    assert ("d",) not in reading.places.blanks


def test_a_fault_behind_a_double_key_hides_neither() -> None:
    """What was found before the text broke is still reported."""
    reading = read_text("a.yaml", b"a: 1\na: 2\nb: [x\n")
    assert [finding.code for finding in reading.findings] == ["CB107", "CB105"]


def test_a_flood_of_double_keys_is_cut() -> None:
    """Of a thousand double keys the first hundred are listed."""
    assert len(read_text("a.yaml", b"a: x\n" * 1000).findings) == DOUBLE_KEYS


@pytest.mark.parametrize(
    "text, place",
    [
        ("a: &x y", (1, 4)),
        ("&x a: y", (1, 1)),
        ("a: *x", (1, 4)),
        ("b: c\na: !!str y", (2, 4)),
        ("a: ! y", (1, 4)),
        ("a: !important", (1, 4)),
        ("<<: {a: b}", (1, 1)),
        ("a:\n  - &x [y]", (2, 5)),
        ("a: &x {y: z}", (1, 4)),
    ],
)
def test_features_that_hide_what_a_file_says_are_refused(text: str, place: tuple[int, int]) -> None:
    """Anchors, aliases, tags and merges end the reading where they stand."""
    assert fault(text) == (codes.YAML_FEATURE.id, *place)


def test_a_quoted_merge_sign_is_a_key_like_any_other() -> None:
    """Only the plain ``<<`` merges."""
    assert data('"<<": x') == {"<<": "x"}


def test_a_second_document_is_refused_where_it_begins() -> None:
    """One file holds one document; its own start and end marks are no second one."""
    assert fault("a: b\n---\nc: d\n") == (codes.SECOND_DOCUMENT.id, 2, 1)
    assert data("---\na: b\n...\n") == {"a": "b"}


@pytest.mark.parametrize("text", ["", "\n \n", "# only a comment\n", "---\n", "--- ~\n", "''"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    """Nothing, comments and a lone null are an empty file."""
    assert fault(text) == (codes.EMPTY_FILE.id, 1, 1)


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n", "[a, b]", "[]"])
def test_a_file_without_keys_is_said_to_have_none(text: str) -> None:
    """A text or a list is no file of casebook."""
    assert fault(text) == (codes.NOT_A_MAPPING.id, 1, 1)


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deep_nesting_is_refused_without_reading_on(opening: str) -> None:
    """Five thousand brackets end the reading at the first one too many."""
    # The top is level 0 and each bracket one deeper, so bracket number NESTING + 1 is too deep.
    code, line, column = fault("a: " + opening * 5000)
    assert (code, line) == (codes.TOO_DEEP.id, 1)
    assert column == len("a: ") + len(opening) * NESTING + 1


def test_forty_levels_are_read() -> None:
    """Nesting up to the limit is read."""
    assert data("a: " + "[" * (NESTING - 1) + "x" + "]" * (NESTING - 1))


@pytest.mark.slow
def test_too_many_values_are_refused() -> None:
    """A list of a hundred thousand items is no file of casebook."""
    assert fault("a: [" + "x," * NODES + "]")[0] == codes.TOO_DEEP.id


def test_a_list_is_no_key() -> None:
    """A key that is a list or a mapping is refused where it stands."""
    assert fault("? [a, b]\n: c\n") == (codes.BROKEN_YAML.id, 1, 3)
    assert data("? a\n: b\n") == {"a": "b"}


@pytest.mark.parametrize(
    "text, place",
    [
        ("a:\n\tb: c\n", (2, 1)),
        ("\ta: b\n", (1, 1)),
        ("a:\n  b: c\n \td: e\n", (3, 2)),
        ("a:\n  - x\n\t- y\n", (3, 1)),
    ],
)
def test_a_tab_that_indents_is_named(text: str, place: tuple[int, int]) -> None:
    """The tab itself is the place of the fault."""
    assert fault(text) == (codes.TAB_INDENT.id, *place)


def test_a_tab_inside_a_text_is_text() -> None:
    """Behind the first character of a value a tab is a blank like another."""
    assert data("a: x\ty\n") == {"a": "x\ty"}


@pytest.mark.parametrize(
    "text, place",
    [
        ("title: Low back: a case\n", (1, 16)),  # the second colon
        ("a: 'it's'\n", (1, 8)),  # what follows the mark that closes too early
        ('b: x\na: "y\nc: z\n', (2, 4)),  # the mark that was never closed
        ("b: x\na: [y, z\nc: d\n", (2, 4)),  # the bracket that was never closed
        ("a:\n  b: c\n d: e\n", (3, 2)),
        ("a: b\nloose words\nc: d\n", (2, 1)),
        ("a: @x\n", (1, 4)),
        ('a: "\\q"\n', (1, 5)),
        ("a: [\n\n", (1, 4)),
        ("a: [b, {c: d,\n", (1, 8)),  # the inner one
        ("a: [x,, y]\n", (1, 7)),
        ("a:\n  - b\n  -c: d\n", (3, 3)),
        ("%YAML 9.9\n---\na: b\n", (1, 1)),
    ],
)
def test_broken_yaml_is_placed_where_it_has_to_be_mended(text: str, place: tuple[int, int]) -> None:
    """What was opened and never closed is shown where it begins, everything else where it is."""
    assert fault(text) == (codes.BROKEN_YAML.id, *place)


def test_the_parser_written_in_python_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without its C parser, data and where they begin are the same."""
    text = "a: |\n  one\n\nb: {c: [x, 'y']}\ne:\n  - f: g\nd:\n"
    with_c = read_text("a.yaml", text.encode())
    monkeypatch.setattr(reader, "_LOADER", yaml.BaseLoader)
    in_python = read_text("a.yaml", text.encode())
    assert in_python.data == with_c.data
    assert in_python.places.keys == with_c.places.keys
    assert {way: (span.line, span.column) for way, span in in_python.places.values.items()} == {
        way: (span.line, span.column) for way, span in with_c.places.values.items()
    }
    assert read_text("a.yaml", b"a: 'x\n").findings[0].code == codes.BROKEN_YAML.id


def test_long_keys_are_shown_short() -> None:
    """A message shows the beginning of a long key, on one line."""
    assert quoted("a\nb") == "`a b`"
    assert quoted("x" * 61) == f"`{'x' * 60}…`"
    assert quoted("x" * 60) == f"`{'x' * 60}`"


Tree: TypeAlias = Any
"""Data of any shape, plain or as pairs of style and content."""

# --- laws ------------------------------------------------------------------------------------

WORDS = st.from_regex(r"[a-z]{1,5}(?: [a-z]{1,5}){0,2}", fullmatch=True).filter(
    lambda word: word != "null"
)
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
TEXTS = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda text: bool(text.strip()) and not any(tricks(text))
)
STYLED = st.one_of(
    st.tuples(st.just("plain"), WORDS),
    st.tuples(st.just("single"), TEXTS),
    st.tuples(st.just("double"), TEXTS),
    st.tuples(st.just("block"), st.lists(WORDS, min_size=1, max_size=3).map("\n".join)),
)
KEYS = st.one_of(st.tuples(st.just("plain"), WORDS), st.tuples(st.just("double"), TEXTS))


def mappings(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pairs = st.lists(st.tuples(KEYS, values), min_size=1, max_size=3, unique_by=lambda p: p[0][1])
    return st.tuples(st.sampled_from(["mapping", "flow mapping"]), pairs)


def sequences(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    items = st.lists(values, min_size=1, max_size=3)
    return st.tuples(st.sampled_from(["list", "flow list"]), items)


TREES = mappings(
    st.recursive(
        STYLED, lambda values: st.one_of(mappings(values), sequences(values)), max_leaves=8
    )
)


def write(tree: Tree, indent: int = 0, *, flow: bool = False) -> str:
    """YAML for a tree of (style, content), beginning behind a key or a dash."""
    style, content = tree
    pad = "\n" + " " * indent
    flow = flow or style.startswith("flow")
    if style.endswith("list"):
        items = [write(item, indent + 2, flow=flow) for item in content]
        return f"[{', '.join(items)}]" if flow else "".join(f"{pad}- {item}" for item in items)
    if style.endswith("mapping"):
        pairs = [f"{write(k)}: {write(v, indent + 2, flow=flow)}" for k, v in content]
        return f"{{{', '.join(pairs)}}}" if flow else "".join(f"{pad}{pair}" for pair in pairs)
    if style == "block" and not flow:
        return "|-" + "".join(f"{pad}  {line}" for line in content.split("\n"))
    if style == "single":
        return "'" + str(content).replace("'", "''") + "'"
    return str(content) if style == "plain" else json.dumps(content, ensure_ascii=False)


def plain(tree: Tree) -> Tree:
    """The data that a tree stands for."""
    style, content = tree
    if style.endswith("mapping"):
        return {key[1]: plain(value) for key, value in content}
    if style.endswith("list"):
        return [plain(item) for item in content]
    return content


def leaves(value: Tree, way: Loc = ()) -> dict[Loc, str]:
    """Every text in the data by its way."""
    if isinstance(value, dict):
        return {w: t for key, each in value.items() for w, t in leaves(each, (*way, key)).items()}
    if isinstance(value, list):
        return {w: t for i, each in enumerate(value) for w, t in leaves(each, (*way, i)).items()}
    return {way: value}


def decoded(written: str) -> str:
    """What a scalar's text in the file means."""
    if written.startswith("|-"):
        return textwrap.dedent(written.partition("\n")[2])
    if written.startswith('"'):
        return str(json.loads(written))
    return written[1:-1].replace("''", "'") if written.startswith("'") else written


@given(TREES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_every_key_and_value_is_read_and_placed(tree: Tree, line_break: str, mark: bool) -> None:
    """Whatever was written is read as text, and the text at each place is what was read."""
    text = write(tree).lstrip("\n").replace("\n", line_break) + line_break
    reading = read_text("a.yaml", text.encode("utf-8-sig" if mark else "utf-8"))
    assert reading.findings == ()
    assert reading.data == plain(tree)
    found = leaves(reading.data)
    assert found
    for way, value in found.items():
        assert decoded(cut(text, reading.places.values[way])) == value
        assert reading.places.holds(*way)
    for way, span in reading.places.keys.items():
        assert decoded(cut(text, span)) == way[-1]


YAML_SIGNS = st.text(st.sampled_from("ab:- \n\t[]{},'\"|>&*!%#?<~\r\\@."), max_size=40)


@given(st.one_of(st.binary(max_size=60), YAML_SIGNS.map(str.encode), st.text().map(str.encode)))
def test_no_text_raises_and_none_lies(content: bytes) -> None:
    """Any bytes give data or at least one finding, and everything read has a place in the file."""
    reading = read_text("a.yaml", content)
    assert reading.data is not None or reading.findings
    lines = len(LINE_BREAK.split(content.decode("utf-8", "replace")))
    for finding in reading.findings:
        assert 1 <= finding.place.span.line <= lines
        assert not finding.message.startswith("YAML cannot read this: while")
    if reading.data is not None:
        assert set(leaves(reading.data)) <= set(reading.places.values)
        assert {type(value) for value in leaves(reading.data).values()} <= {str, NoneType}


@pytest.mark.parametrize(
    "text, place",
    [
        ("a: massage, #1 in class\n", (1, 13)),
        ("a: massage,\n  and #1 in class\n", (2, 7)),
        ("a: #1 in class\nb: x\n", (1, 4)),
        ("- x\n- y #z\n", (2, 5)),
    ],
)
def test_text_that_would_be_lost_behind_a_hash_is_warned_of(
    text: str, place: tuple[int, int]
) -> None:
    """YAML takes it for a comment; the warning stands where it begins."""
    finding = read_text("a.yaml", text.encode()).findings[0]
    assert (finding.code, finding.severity) == ("CB113", "warning")
    assert (finding.place.span.line, finding.place.span.column) == place


@pytest.mark.parametrize(
    "text",
    [
        "a: x # a comment\n", "a: x#y\n", "a: 'x #y'\n", "a: |\n  x #y\n", "#y\na: x\n",
        "a: # a comment\n  b: c\n", "a: x ##\n", "a:\n#y\nb: c\n",
    ],
)  # fmt: skip
def test_comments_and_hashes_in_texts_draw_no_warning(text: str) -> None:
    """A space behind the hash, quotes, a block, or no space before it leave no doubt."""
    assert read_text("a.yaml", text.encode()).findings == ()
