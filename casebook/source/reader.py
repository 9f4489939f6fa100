"""Text to plain data, with the place of every key and value; faults are findings.

PyYAML's C events, never its loaders: those read 12:30 as 750 and ``no`` as False, keep the last
of two equal keys without a word, and crash on deep nesting. Here every scalar stays text; only
``null``, ``~`` and nothing, also in quotes, are None.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding
from casebook.diagnostics.place import Loc, Place, Places, Span
from casebook.limits import NESTING, NODES
from casebook.source.complaints import (
    KEY_OUT_OF_LINE,
    NOT_CLOSED,
    in_plain_words,
    text_above_keys,
)
from casebook.source.encoding import decode
from casebook.source.unseen import escaped_findings, is_json, unseen_findings

DOUBLE_KEYS: Final = 100
"""The most double keys that are listed for one file."""

# Why: the C parser is ten times faster; PyYAML built without it still works.
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BLOCK_STYLES: Final = ("|", ">")
_ESCAPING: Final = '"'
"""The one style of YAML in which a text can hold what its line does not show."""
_TEXT_AFTER_HASH: Final = re.compile(r"\s+(?P<text>#[^\s#].*)")
_SHOWN: Final = 60
_NULLS: Final = {"~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text gave: its data (None when there is none), the places, and the faults.

    ``nodes`` is how many values were looked at, be they of use or not.
    """

    data: dict[str, Any] | None
    places: Places
    findings: tuple[Finding, ...] = ()
    nodes: int = 0


class _Fault(Exception):
    """Carries the one finding that ends the reading of a file."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_text(path: str, content: bytes) -> Reading:
    """Read one YAML document of keys and values."""
    text = decode(path, content)
    if isinstance(text, Finding):
        return Reading(None, Places(path), (text,))
    composer = _Composer(path, text)
    composer.findings.extend(unseen_findings(path, text))
    try:
        data = composer.document()
    except _Fault as fault:
        return Reading(None, Places(path), (*composer.findings, fault.finding), composer.nodes)
    places = Places(
        path, composer.values, composer.keys, frozenset(composer.blanks), composer.lines
    )
    findings = tuple(composer.findings)
    if isinstance(data, dict):
        return Reading(data, places, findings, composer.nodes)
    if data is None:
        what = codes.EMPTY_FILE.at(
            Place(path), "the file holds nothing", "start from the files that `casebook new` makes"
        )
    else:
        what = codes.NOT_A_MAPPING.at(
            Place(path),
            "the file does not hold keys and values",
            "begin with `kind:`, such as `kind: portfolio`",
        )
    return Reading(None, places, (*findings, what), composer.nodes)


@dataclass(slots=True)
class _Composer:
    """Builds data from YAML events, keeping each key's and value's span."""

    path: str
    text: str
    lines: list[str] = field(init=False)
    values: dict[Loc, Span] = field(default_factory=dict)
    keys: dict[Loc, Span] = field(default_factory=dict)
    blanks: set[Loc] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    nodes: int = 0
    _events: Any = None
    _opened: list[Any] = field(default_factory=list)
    """Where the brackets and braces begin that are not closed yet."""

    def __post_init__(self) -> None:
        self.lines = self.text.splitlines()

    def document(self) -> Any:
        self._events = yaml.parse(self.text, Loader=_LOADER)
        try:
            return self._document()
        except yaml.YAMLError as error:
            raise _Fault(self._broken(error)) from None

    def _document(self) -> Any:
        next(self._events)  # stream start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        data = self._node(next(self._events), (), 0)
        next(self._events)  # document end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._fault(
                codes.SECOND_DOCUMENT, event, "a second document begins here",
                "remove the line `---`, or move what follows to a file of its own",
            )  # fmt: skip
        return data

    def _node(self, event: Any, loc: Loc, depth: int) -> Any:
        self.nodes += 1
        if depth > NESTING or self.nodes > NODES:
            raise self._fault(
                codes.TOO_DEEP, event,
                f"nested deeper than {NESTING} levels" if depth > NESTING
                else f"more than {NODES:,} values",
                "is this file one of casebook's?",
            )  # fmt: skip
        self._refuse_features(event)
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            self.values[loc] = self._text_span(event)
            if not event.style:
                self._note_comment(event)
            elif event.style == _ESCAPING:
                self._note_escaped(event)
            written = event.value.strip() and (event.style or event.value not in _NULLS)
            value = event.value if written else None
        else:
            value = self._collection(event, loc, depth)
        if not value:
            self.blanks.add(loc)
        return value

    def _collection(self, start: Any, loc: Loc, depth: int) -> list[Any] | dict[str, Any]:
        if start.flow_style:
            self._opened.append(start.start_mark)
        is_list = isinstance(start, yaml.SequenceStartEvent)
        value = (self._sequence if is_list else self._mapping)(start, loc, depth)
        if start.flow_style:
            self._opened.pop()
        return value

    def _sequence(self, start: Any, loc: Loc, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*loc, len(items)), depth + 1))
        self.values[loc] = _span(start, event) if items else _blank(start)
        return items

    def _mapping(self, start: Any, loc: Loc, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse_features(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._fault(
                    codes.BROKEN_YAML, event, "a key must be one word or a few, not a list",
                    "write `key: value`",
                )  # fmt: skip
            key, here = event.value, (*loc, event.value)
            if key == "<<" and not event.style:
                raise self._fault(
                    codes.YAML_FEATURE, event, "a merge (`<<`) is not taken", "write the keys out"
                )
            if key in pairs:
                self._note_double(event, self.keys[here])
                self._skip(next(self._events), depth + 1)
                continue
            self.keys[here] = _span(event)
            if event.style == _ESCAPING:
                self._note_escaped(event)
            pairs[key] = self._node(next(self._events), here, depth + 1)
        self.values[loc] = _span(start, event) if pairs else _blank(start)
        return pairs

    def _note_double(self, event: Any, first: Span) -> None:
        if len(self.findings) >= DOUBLE_KEYS:
            return  # Nobody reads more of them, and the file is refused as it is.
        self.findings.append(
            codes.KEY_TWICE.at(
                Place(self.path, _span(event)),
                f"{quoted(event.value)} stands here a second time; the first is on line "
                f"{first.line}",
                "keep one of the two",
            )
        )

    def _note_escaped(self, event: Any) -> None:
        """Tell what a text hides that is written in escapes; what stands there raw is told."""
        if len(self.findings) >= DOUBLE_KEYS or (
            event.value.isascii() and event.value.isprintable()
        ):
            return
        first, last = event.start_mark.line, event.end_mark.line
        if any("\\" in line for line in self.lines[first : last + 1]):
            place = Place(self.path, _span(event))
            by_hand = not is_json(self.text)
            self.findings.extend(escaped_findings(event.value, place, warning=by_hand))

    def _note_comment(self, event: Any) -> None:
        """Warn of text behind a plain value that YAML takes for a comment; ours have a space."""
        mark = event.end_mark if event.value else event.start_mark
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        found = _TEXT_AFTER_HASH.match(rest)
        if found is None or len(self.findings) >= DOUBLE_KEYS:
            return
        line, column = mark.line + 1, mark.column + 1 + found.start("text")
        self.findings.append(
            codes.TEXT_AFTER_HASH.at(
                Place(self.path, Span(line, column, line, mark.column + 1 + found.end("text"))),
                f"{quoted(found['text'])} is not read: behind a space, # begins a comment",
                "put the whole text in quotes; or write a space after # if it is a comment",
            )
        )

    def _skip(self, event: Any, depth: int) -> None:
        """Pass over a value, leaving no places behind."""
        kept = self.values, self.keys, self.blanks
        self.values, self.keys, self.blanks = {}, {}, set()
        self._node(event, (), depth)
        self.values, self.keys, self.blanks = kept

    def _refuse_features(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._fault(
                codes.YAML_FEATURE, event, f"an alias (`*{event.anchor}`) is not taken",
                "write the value out; text that begins with * stands in quotes",
            )  # fmt: skip
        if getattr(event, "anchor", None):
            raise self._fault(
                codes.YAML_FEATURE, event, f"an anchor (`&{event.anchor}`) is not taken",
                "write the value out; text that begins with & stands in quotes",
            )  # fmt: skip
        if getattr(event, "tag", None):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self._fault(
                codes.YAML_FEATURE, event, f"a tag ({quoted(tag)}) is not taken",
                "remove it; text that begins with ! stands in quotes",
            )  # fmt: skip

    def _fault(self, code: Code, event: Any, message: str, hint: str) -> _Fault:
        return _Fault(code.at(Place(self.path, _span(event)), message, hint))

    def _broken(self, error: yaml.YAMLError) -> Finding:
        problem = getattr(error, "problem", None) or str(error)
        line, column = self._mark(getattr(error, "problem_mark", None))
        complaint = in_plain_words(problem, self.lines[line][:column] if self.lines else "")
        if complaint.at_start and getattr(error, "context_mark", None):
            line, column = self._mark(getattr(error, "context_mark", None))
        elif self._opened and not "".join(self.lines[line:])[column:].strip():
            complaint = NOT_CLOSED  # Nothing is left of the text that could close it.
            line, column = self._mark(self._opened[-1])
        elif complaint is KEY_OUT_OF_LINE and (found := text_above_keys(self.lines, line)):
            line, column, complaint = found
        tab = self.lines[line].find("\t") if self.lines else -1
        if tab >= 0 and not self.lines[line][:tab].strip():
            return codes.TAB_INDENT.at(
                self._character(line, tab),
                "a tab stands where spaces indent",
                "use spaces; most editors can convert",
            )
        return codes.BROKEN_YAML.at(
            self._character(line, column), complaint.message, complaint.hint
        )

    def _mark(self, mark: Any) -> tuple[int, int]:
        """Line and column from 0; behind the last line, its end."""
        if mark is None:
            return 0, 0
        if mark.line < len(self.lines):
            return mark.line, mark.column
        return max(len(self.lines) - 1, 0), len(self.lines[-1]) if self.lines else 0

    def _character(self, line: int, column: int) -> Place:
        return Place(self.path, Span(line + 1, column + 1, line + 1, column + 2))

    def _text_span(self, event: Any) -> Span:
        """The span of a text; a block of text ends where its last line does."""
        span = _span(event)
        if event.style not in _BLOCK_STYLES:
            return span
        last = span.end_line - (span.end_column == 1)
        while last > span.line and not self.lines[last - 1].strip():
            last -= 1
        return Span(span.line, span.column, last, len(self.lines[last - 1]) + 1)


def quoted(text: str) -> str:
    """A key or a name as messages show it: on one line, and cut when it is long."""
    line = " ".join(text.split())
    return f"`{line}`" if len(line) <= _SHOWN else f"`{line[:_SHOWN]}…`"


def _span(start: Any, end: Any = None) -> Span:
    first, last = start.start_mark, (end or start).end_mark
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)


def _blank(event: Any) -> Span:
    """The place of a value that holds nothing: a point, however far an empty text reaches."""
    mark = event.start_mark
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1)
