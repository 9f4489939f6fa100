"""A report reads well as text, as JSON and as annotations, and hides nothing from the eye."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding, Report, Severity
from casebook.diagnostics.place import Place, Span
from casebook.diagnostics.writers import (
    finding_values,
    github_report,
    json_text,
    report_values,
    summary_line,
    text_report,
    visible,
)

SOURCE = "kind: portfolio\nlevel: one  # first\nnäme: x\n".encode()
LEVEL = codes.WRONG_TYPE.at(
    Place("p.yaml", Span(2, 8, 2, 11)), "a whole number belongs here", "write 1"
)
AGE = codes.AGE_OVER_89.at(Place("c.yaml", Span(7, 3, 7, 5)), "an age of 97 may identify")


def on_terminal(finding: Finding, content: bytes = SOURCE, width: int = 120) -> list[str]:
    """The lines that a terminal of this many columns shows for one finding."""
    report = Report.of([finding], 1)
    return text_report(report, {finding.place.path: content}, width=width).splitlines()


def test_a_finding_is_one_line_with_place_code_fact_and_remedy() -> None:
    """``path:line:column: CODE fact; remedy``, and the fact alone where there is no remedy."""
    text = text_report(Report.of([LEVEL, AGE], 2), {"p.yaml": SOURCE})
    assert text.splitlines() == [
        "c.yaml:7:3: CB607 an age of 97 may identify",
        "p.yaml:2:8: CB203 a whole number belongs here; write 1",
        "2 files checked: 1 error, 1 warning",
    ]


def test_on_a_terminal_a_caret_stands_under_the_place_and_the_remedy_below() -> None:
    assert on_terminal(LEVEL) == [
        "p.yaml:2:8: CB203 a whole number belongs here",
        "    2 | level: one  # first",
        #           ^ column 8 of the line, so 7 blanks behind the bar, and three carets for "one"
        "      |        ^^^",
        "  write 1",
        "",
        "1 file checked: 1 error",
    ]


def test_on_a_terminal_what_is_no_error_says_what_it_is() -> None:
    """Colours alone would not tell everybody."""
    assert on_terminal(AGE)[0] == "c.yaml:7:3: CB607 warning: an age of 97 may identify"


def test_on_a_terminal_long_facts_and_remedies_are_broken_between_words() -> None:
    """At 40 columns ``p.yaml:2:8: CB203 `` leaves 22 for the first line of the fact."""
    long = codes.WRONG_TYPE.at(
        LEVEL.place,
        "one two three four five six seven eight nine ten eleven",
        "alpha beta gamma delta epsilon zeta eta theta",
    )
    lines = on_terminal(long, b"", width=40)
    assert lines == [
        "p.yaml:2:8: CB203 one two three four",
        "  five six seven eight nine ten eleven",
        "  alpha beta gamma delta epsilon zeta",
        "  eta theta",
        "",
        "1 file checked: 1 error",
    ]
    assert max(map(len, lines)) <= 40


def test_a_place_that_fills_a_line_leaves_the_fact_to_the_next() -> None:
    narrow = Finding("CB203", Severity.ERROR, Place("a" * 50), "two words")
    assert on_terminal(narrow, b"", width=40)[:2] == [f"{'a' * 50}:1:1: CB203 two", "  words"]


def test_a_finding_without_words_is_written_too() -> None:
    assert on_terminal(Finding("CB203", Severity.ERROR, Place("p.yaml"), ""), b"")[0] == (
        "p.yaml:1:1: CB203 "
    )


def test_a_byte_order_mark_does_not_move_the_caret() -> None:
    """The line shown is counted without the mark."""
    first = codes.WRONG_KIND.at(Place("p.yaml", Span(1, 1, 1, 5)), "no kind")
    assert on_terminal(first, b"\xef\xbb\xbf" + SOURCE)[2] == "      | ^^^^"


def test_wide_characters_take_two_columns() -> None:
    """A caret behind two wide characters stands four columns further on, an accent takes none."""
    wide = codes.WRONG_TYPE.at(Place("p.yaml", Span(1, 4, 1, 5)), "no")
    assert on_terminal(wide, "漢字\u0301x".encode())[2] == "      | " + " " * 4 + "^"


def test_a_very_long_line_is_shown_around_the_place() -> None:
    """Of 5,000 characters a window of 100 is shown, with the place inside it."""
    far = codes.WRONG_TYPE.at(Place("p.yaml", Span(1, 4001, 1, 4002)), "no")
    lines = on_terminal(far, b"a" * 4000 + b"X" + b"a" * 999)
    assert len(lines[1]) == len("    1 | ") + 100
    assert lines[1][lines[2].index("^")] == "X"


def test_a_narrow_terminal_shows_a_narrower_window() -> None:
    """60 columns leave 52 behind the gutter of 8, for the line and for its carets."""
    whole = codes.WRONG_TYPE.at(Place("p.yaml", Span(1, 1, 1, 501)), "no")
    lines = on_terminal(whole, b"a" * 500, width=60)
    assert [len(line) for line in lines[1:3]] == [60, 60]


def test_a_place_that_goes_on_is_marked_to_the_end_of_its_line() -> None:
    text = codes.TOO_LONG.at(Place("p.yaml", Span(1, 3, 2, 2)), "long")
    assert on_terminal(text, b"abcde\nfg")[2] == "      |   ^^^"


def test_a_place_without_text_shows_no_excerpt() -> None:
    """A blank line, a line beyond the end and a file not handed over give no line below."""
    at_end = codes.MISSING_KEY.at(Place("p.yaml", Span(9, 1, 9, 1)), "missing")
    blank = codes.MISSING_KEY.at(Place("p.yaml", Span(2, 1, 2, 1)), "missing")
    assert on_terminal(at_end)[1:] == ["", "1 file checked: 1 error"]
    assert on_terminal(blank, b"a: b\n\nc: d\n")[1:] == ["", "1 file checked: 1 error"]
    lines = text_report(Report.of([LEVEL], 1), width=80).splitlines()
    assert lines[1] == "  write 1"


def test_lines_are_counted_as_the_reader_counts_them() -> None:
    """A form feed ends no line, a carriage return alone does."""
    third = codes.CONTROL_CHARACTER.at(Place("p.yaml", Span(2, 1, 2, 2)), "unseen")
    assert on_terminal(third, b"a\x0cb\rcd")[1] == "    2 | cd"


def test_what_a_line_hides_is_spelt_out_and_counted() -> None:
    """Before the place stand ``a``, a tab shown as a blank, and an escape of six characters."""
    hidden = codes.WRONG_TYPE.at(Place("p.yaml", Span(1, 4, 1, 5)), "no")
    lines = on_terminal(hidden, b"a\t\x1bX")
    assert lines[1] == "    1 | a \\u001bX"
    assert lines[2] == "      | " + " " * 8 + "^"


def test_a_style_dresses_the_parts_of_a_finding() -> None:
    """Severity, place and hint are handed to the style by their roles."""
    report, sources = Report.of([LEVEL], 1), {"p.yaml": SOURCE}
    for width in (None, 80):
        text = text_report(report, sources, lambda part, role: f"<{role}:{part}>", width)
        assert "<place:p.yaml:2:8:> <error:CB203>" in text
        assert "<hint:write 1>" in text
        assert ("<error:^^^>" in text) == (width is not None)


def test_a_clean_report_says_so() -> None:
    """Without findings the summary says that there is nothing to report."""
    assert summary_line(Report.of([], 1)) == "1 file checked: nothing to report"


def test_the_summary_counts_each_severity() -> None:
    note = Code("CB999", Severity.NOTE, "title", "about").at(Place("p.yaml"), "by the way")
    report = Report.of([LEVEL, AGE, note], 1_200)
    assert summary_line(report) == "1,200 files checked: 1 error, 1 warning, 1 note"


def test_values_hold_findings_and_their_summary() -> None:
    """Every key of a finding and the counts of each severity are there."""
    assert report_values(Report.of([LEVEL], 3)) == {
        "findings": [
            {
                "code": "CB203",
                "severity": "error",
                "path": "p.yaml",
                "line": 2,
                "column": 8,
                "message": "a whole number belongs here",
                "hint": "write 1",
            }
        ],
        "summary": {"files": 3, "errors": 1, "warnings": 0, "notes": 0},
    }
    assert finding_values(AGE)["hint"] is None


def test_annotations_escape_what_github_would_read() -> None:
    """Commas and colons in names, and line breaks and percent signs in texts, are escaped."""
    odd = codes.WRONG_TYPE.at(Place("a,b:c.yaml", Span(1, 2, 1, 3)), "50 %\nor less", "mend it")
    assert github_report(Report.of([odd], 1)) == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=CB203::50 %25%0Aor less; mend it"
    )
    assert github_report(Report.of([AGE], 1)).startswith("::warning ")


def test_nothing_hidden_reaches_a_terminal() -> None:
    """Escape sequences, marks that turn the direction of writing and line ends are spelt out."""
    assert visible("a\x1b[31mb\u202ec") == "a\\u001b[31mb\\u202ec"
    assert visible("a\nb\u2028c\x9bd\U000e0041") == "a\\u000ab\\u2028c\\u009bd\\U000e0041"
    assert visible("Łukasz 漢字 é") == "Łukasz 漢字 é"
    assert visible("a\ufe01b\u3164c\u034fd") == "a\\ufe01b\\u3164c\\u034fd"


def test_marks_piled_up_do_not_cover_other_lines_of_a_terminal() -> None:
    """Ten marks on one letter are shown as they are, the two behind them escaped."""
    pile = "e" + "\u0301" * 12
    assert visible(f"{pile}f") == "e" + "\u0301" * 10 + "\\u0301\\u0301f"
    assert json.loads(json_text(pile)) == pile
    assert json_text(pile).endswith('\\u0301\\u0301"')


def test_json_is_safe_on_a_terminal_and_says_the_same() -> None:
    """What is escaped is read again as it was; letters of any script stay readable."""
    values = {"name": "Ł\x7f\x9b\u202e\U000e0041", "n": [1, None, True]}
    text = json_text(values)
    assert json.loads(text) == values
    assert "Ł" in text
    assert all(unicodedata.category(char) not in {"Cc", "Cf"} for char in text if char != "\n")


def test_json_for_a_stream_of_ascii_holds_nothing_else() -> None:
    text = json_text(["Ł", "😀", "\udcff"], ascii_only=True)
    assert text.isascii()
    assert json.loads(text) == ["Ł", "😀", "\udcff"]


TEXTS = st.text(max_size=150)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda each: st.lists(each, max_size=4)
)


@given(ANYTHING, st.booleans())
def test_json_says_what_it_was_given(values: object, ascii_only: bool) -> None:
    assert json.loads(json_text(values, ascii_only=ascii_only)) == values


@given(
    TEXTS, TEXTS, st.integers(1, 5), st.integers(1, 200), st.binary(max_size=300),
    st.none() | st.integers(0, 200),
)  # fmt: skip
def test_any_finding_can_be_written(  # noqa: PLR0917 - Hypothesis gives them by position
    message: str, path: str, line: int, column: int, content: bytes, width: int | None
) -> None:
    """Whatever a finding says and whatever its file holds, all three writers write it."""
    span = Span(line, column, line, column + 3)
    finding = Finding("CB203", codes.WRONG_TYPE.severity, Place(path, span), message, message)
    report = Report.of([finding], 1)
    text = text_report(report, {path: content}, width=width)
    assert text.endswith("1 file checked: 1 error")
    assert all(unicodedata.category(char) not in {"Cc", "Cf"} for char in text if char != "\n")
    assert report_values(report)["findings"][0]["message"] == message
    assert github_report(report).count("\n") == 0
