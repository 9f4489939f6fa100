"""Text to plain data, with the place of every key and value; faults are findings.

PyYAML's C events, never its loaders: those read 12:30 as 750 and ``no`` as False, keep the last
of two equal keys without a word, and crash on deep nesting. Here every scalar stays text; only
``null``, ``~`` and nothing are None.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc, Place, Places, Span
from casebook.source.complaints import in_plain_words

FILE_BYTES: Final = 2_000_000
NESTING: Final = 40
NODES: Final = 100_000

# Why: the C parser is ten times faster; PyYAML built without it still works.
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS: Final = {"", "~", "null", "Null", "NULL"}
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text gave: its data (None when there is none), the places, and the faults."""

    data: dict[str, Any] | None
    places: Places
    findings: tuple[Finding, ...] = ()


class _Fault(Exception):
    """Carries the one finding that ends the reading of a file."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_text(path: str, content: bytes) -> Reading:
    """Read one YAML document of keys and values."""
    nothing = Places(path)
    try:
        text = _decode(path, content)
        composer = _Composer(path, text)
        data = composer.document()
    except _Fault as fault:
        return Reading(None, nothing, (fault.finding,))
    places = Places(path, composer.values, composer.keys)
    findings = tuple(composer.findings)
    if data is None:
        return Reading(
            None,
            places,
            (*findings, codes.EMPTY_FILE.at(Place(path), "the file holds nothing",
                                            "start from the files that `casebook new` makes")),
        )  # fmt: skip
    if not isinstance(data, dict):
        return Reading(
            None,
            places,
            (*findings, codes.NOT_A_MAPPING.at(Place(path), "the file does not hold keys and values",
                                               "begin with `kind:`, such as `kind: portfolio`")),
        )  # fmt: skip
    return Reading(data, places, findings)


def _decode(path: str, content: bytes) -> str:
    if len(content) > FILE_BYTES:
        raise _Fault(
            codes.TOO_LARGE.at(
                Place(path),
                f"the file has {len(content):,} bytes; at most {FILE_BYTES:,} are read",
                "keep pictures and long material in attachments/",
            )
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Fault(
            codes.NOT_UTF8.at(Place(path), "the file is in UTF-16", "save it again as UTF-8")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise _Fault(
            codes.NOT_UTF8.at(
                Place(path, Span(line, column, line, column + 1)),
                f"byte 0x{content[error.start]:02x} is not UTF-8 text",
                "save the file again with the encoding UTF-8",
            )
        ) from None
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise _Fault(
            codes.CONTROL_CHARACTER.at(
                Place(path, Span(line, column, line, column + 1)),
                f"a control character (U+{ord(found[0]):04X}) stands here",
                "remove it; if the file is full of them, it is no text file",
            )
        )
    return text


@dataclass(slots=True)
class _Composer:
    """Builds data from YAML events, keeping each key's and value's span."""

    path: str
    text: str
    values: dict[Loc, Span] = field(default_factory=dict)
    keys: dict[Loc, Span] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _events: Any = None
    _nodes: int = 0

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
        self._nodes += 1
        if depth > NESTING or self._nodes > NODES:
            raise self._fault(
                codes.TOO_DEEP, event,
                f"nested deeper than {NESTING} levels" if depth > NESTING
                else f"more than {NODES:,} values",
                "is this file one of casebook's?",
            )  # fmt: skip
        self._refuse_features(event)
        if isinstance(event, yaml.ScalarEvent):
            self.values[loc] = _span(event)
            return None if not event.style and event.value in _NULLS else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, loc, depth)
        return self._mapping(event, loc, depth)

    def _sequence(self, start: Any, loc: Loc, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*loc, len(items)), depth + 1))
        self.values[loc] = _span(start, event)
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
                first = self.keys[here]
                self.findings.append(
                    codes.KEY_TWICE.at(
                        Place(self.path, _span(event)),
                        f"`{key}` stands here a second time; the first is on line {first.line}",
                        "keep one of the two",
                    )
                )
                self._skip(next(self._events), depth + 1)
                continue
            self.keys[here] = _span(event)
            pairs[key] = self._node(next(self._events), here, depth + 1)
        self.values[loc] = _span(start, event)
        return pairs

    def _skip(self, event: Any, depth: int) -> None:
        """Pass over a value, leaving no places behind."""
        values, keys = self.values, self.keys
        self.values, self.keys = {}, {}
        self._node(event, (), depth)
        self.values, self.keys = values, keys

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
            raise self._fault(
                codes.YAML_FEATURE, event, f"a tag (`{event.tag}`) is not taken",
                "remove it; text that begins with ! stands in quotes",
            )  # fmt: skip

    def _fault(self, code: codes.Code, event: Any, message: str, hint: str) -> _Fault:
        return _Fault(code.at(Place(self.path, _span(event)), message, hint))

    def _broken(self, error: yaml.YAMLError) -> Finding:
        problem = getattr(error, "problem", None) or "the text ends too early"
        message, hint, at_start = in_plain_words(problem)
        mark = getattr(error, "context_mark" if at_start else "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = self.text.splitlines()
        tab = lines[line - 1].find("\t") + 1 if line <= len(lines) else 0
        if tab and not lines[line - 1][: tab - 1].strip():
            return codes.TAB_INDENT.at(
                Place(self.path, Span(line, tab, line, tab + 1)),
                "a tab stands where spaces indent",
                "use spaces; most editors can convert",
            )
        return codes.BROKEN_YAML.at(
            Place(self.path, Span(line, column, line, column + 1)), message, hint
        )


def _span(start: Any, end: Any = None) -> Span:
    first, last = start.start_mark, (end or start).end_mark
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)
