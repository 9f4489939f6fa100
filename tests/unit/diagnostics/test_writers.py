"""A report reads well as text, as JSON and as annotations, and hides nothing from the eye."""

from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report
from casebook.diagnostics.place import Place, Span
from casebook.diagnostics.writers import (
    github_report,
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


def test_a_finding_is_one_line_with_place_code_fact_and_remedy() -> None:
    """``path:line:column: CODE fact; remedy``, and the fact alone where there is no remedy."""
    text = text_report(Report.of([LEVEL, AGE], 2))
    assert text.splitlines() == [
        "c.yaml:7:3: CB607 an age of 97 may identify",
        "p.yaml:2:8: CB203 a whole number belongs here; write 1",
        "2 files checked: 1 error, 1 warning",
    ]


def test_a_caret_stands_under_the_place() -> None:
    """Below a finding stands its line, with carets under as many columns as the value has."""
    lines = text_report(Report.of([LEVEL], 1), {"p.yaml": SOURCE}).splitlines()
    assert lines[1:3] == [
        "    2 | level: one  # first",
        #           ^ column 8 of the line, so 7 blanks behind the bar, and three carets for "one"
        "      |        ^^^",
    ]


def test_a_byte_order_mark_does_not_move_the_caret() -> None:
    """The line shown is counted without the mark."""
    first = codes.WRONG_KIND.at(Place("p.yaml", Span(1, 1, 1, 5)), "no kind")
    lines = text_report(Report.of([first], 1), {"p.yaml": b"\xef\xbb\xbf" + SOURCE}).splitlines()
    assert lines[2] == "      | ^^^^"


def test_wide_characters_take_two_columns() -> None:
    """A caret behind two wide characters stands four columns further on."""
    wide = codes.WRONG_TYPE.at(Place("p.yaml", Span(1, 3, 1, 4)), "no")
    lines = text_report(Report.of([wide], 1), {"p.yaml": "漢字x".encode()}).splitlines()
    assert lines[2] == "      | " + " " * 4 + "^"


def test_a_very_long_line_is_shown_around_the_place() -> None:
    """Of 5,000 characters a window of 100 is shown, with the place inside it."""
    far = codes.WRONG_TYPE.at(Place("p.yaml", Span(1, 4001, 1, 4002)), "no")
    lines = text_report(
        Report.of([far], 1), {"p.yaml": b"a" * 4000 + b"X" + b"a" * 999}
    ).splitlines()
    assert len(lines[1]) == len("    1 | ") + 100
    assert lines[1][lines[2].index("^")] == "X"


def test_a_place_without_text_shows_no_excerpt() -> None:
    """A blank line, a line beyond the end and a file not handed over give no line below."""
    at_end = codes.MISSING_KEY.at(Place("p.yaml", Span(9, 1, 9, 1)), "missing")
    blank = codes.MISSING_KEY.at(Place("q.yaml", Span(2, 1, 2, 1)), "missing")
    lines = text_report(
        Report.of([at_end, blank, AGE], 3), {"p.yaml": SOURCE, "q.yaml": b"a: b\n\nc: d\n"}
    ).splitlines()
    assert len(lines) == 4


def test_lines_are_counted_as_the_reader_counts_them() -> None:
    """A form feed ends no line, a carriage return alone does."""
    third = codes.CONTROL_CHARACTER.at(Place("p.yaml", Span(2, 1, 2, 2)), "unseen")
    lines = text_report(Report.of([third], 1), {"p.yaml": b"a\x0cb\rcd"}).splitlines()
    assert lines[1] == "    2 | cd"


def test_a_style_dresses_the_parts_of_a_finding() -> None:
    """Severity, place and hint are handed to the style by their roles."""
    text = text_report(
        Report.of([LEVEL], 1), {"p.yaml": SOURCE}, lambda part, role: f"<{role}:{part}>"
    )
    assert "<place:p.yaml:2:8:> <error:CB203>" in text
    assert "<hint:write 1>" in text
    assert "<error:^^^>" in text


def test_a_clean_report_says_so() -> None:
    """Without findings the summary says that there is nothing to report."""
    assert summary_line(Report.of([], 1)) == "1 file checked: nothing to report"


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


def test_annotations_escape_what_github_would_read() -> None:
    """Commas and colons in names, and line breaks and percent signs in texts, are escaped."""
    odd = codes.WRONG_TYPE.at(Place("a,b:c.yaml", Span(1, 2, 1, 3)), "50 %\nor less", "mend it")
    assert github_report(Report.of([odd], 1)) == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=CB203::50 %25%0Aor less; mend it"
    )


def test_nothing_hidden_reaches_a_terminal() -> None:
    """Escape sequences and marks that turn the direction of writing are spelt out."""
    assert visible("a\x1b[31mb\u202ec") == "a\\u001b[31mb\\u202ec"


TEXTS = st.text(max_size=150)


@given(TEXTS, TEXTS, st.integers(1, 5), st.integers(1, 200), st.binary(max_size=300))
def test_any_finding_can_be_written(
    message: str, path: str, line: int, column: int, content: bytes
) -> None:
    """Whatever a finding says and whatever its file holds, all three writers write it."""
    span = Span(line, column, line, column + 3)
    report = Report.of([Finding("CB203", codes.WRONG_TYPE.severity, Place(path, span), message)], 1)
    assert text_report(report, {path: content}).endswith("1 file checked: 1 error")
    assert report_values(report)["findings"][0]["message"] == message
    assert github_report(report).count("\n") == 0
