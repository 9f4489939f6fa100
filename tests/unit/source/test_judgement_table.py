"""Judges' tables as spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics.finding import Finding
from casebook.domain.marking.judgement import JudgementRow
from casebook.source.judgement_table import JudgementReading, listed, read_judgements

HEAD = "round,judge,item,expected\n"


def read(text: str | bytes) -> JudgementReading:
    return read_judgements("judges.csv", text if isinstance(text, bytes) else text.encode())


def told(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of every finding."""
    return [
        (each.code, each.place.span.line, each.place.span.column) for each in read(text).findings
    ]


def test_each_row_is_an_estimate_with_the_places_of_its_cells() -> None:
    reading = read(HEAD + "1,A,posture,0.6\n2, B ,gait,.5e0\n")
    (row,) = reading.rows
    assert row == JudgementRow(1, "A", "posture", 0.6, None)
    span = row.places["item"].span
    assert (span.line, span.column, span.end_column) == (2, 5, 12)
    assert told(HEAD + "1,A,posture,0.6\n2, B ,gait,.5e0\n") == [("CB203", 3, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "judge,item,expected\nA,posture,1.5\n",
        "\ufeffexpected,item,judge\r\n1.5,posture,A\r\n",
        "sep=;\nRound;Judge;Item;Expected\n1;A;posture;1,5\n;;;\n\n",
        "round\tjudge\titem\texpected\n1\tA\tposture\t1,5",
        'round,judge,item,expected,\n"1","A", "posture" ,1.5,\n,,,,\n',
        "round , judge,item ,expected\n1, A,posture ,1.5\n",
    ],
    ids=["no round", "mark, CRLF, order", "semicolons", "tabs", "quotes", "blanks"],
)
def test_what_spreadsheets_write_is_read_alike(text: str) -> None:
    reading = read(text)
    assert reading.findings == ()
    assert reading.rows == (JudgementRow(1, "A", "posture", 1.5, None),)


def test_quoted_cells_keep_separators_and_quotes() -> None:
    (row,) = read(HEAD + '1,"Weiss, Carla","says ""ah""",1\n').rows
    assert (row.judge, row.item) == ("Weiss, Carla", 'says "ah"')
    span = row.places["item"].span
    assert (span.column, span.end_column) == (18, 31)


def test_a_top_is_read_where_there_is_a_column() -> None:
    (row,) = read("judge,item,expected,top\nA,posture,2,3\n").rows
    assert row.top == 3


@pytest.mark.parametrize(
    "row, finding",
    [
        ("1,A,posture", ("CB116", 2, 5)),
        ("1,A,posture,1,5", ("CB116", 2, 15)),
        ('1,A,"posture,1', ("CB116", 2, 5)),
        ('1,A,po"sture,1', ("CB116", 2, 5)),
        ("1,,posture,1", ("CB201", 2, 3)),
        ("1,A,,1", ("CB201", 2, 5)),
        ("1,A,posture,", ("CB201", 2, 13)),
        ("1,A,posture,half", ("CB203", 2, 13)),
        ("1,A,posture,60%", ("CB203", 2, 13)),
        ("1,A,posture,nan", ("CB203", 2, 13)),
        ("1,A,posture,-1", ("CB204", 2, 13)),
        ("1,A,posture,9999999", ("CB204", 2, 13)),
        ("0,A,posture,1", ("CB204", 2, 1)),
        ("1.5,A,posture,1", ("CB204", 2, 1)),
        ("99,A,posture,1", ("CB204", 2, 1)),
        (f"1,{'A' * 301},posture,1", ("CB206", 2, 3)),
    ],
)
def test_a_cell_at_fault_is_told_with_its_place(row: str, finding: tuple[str, int, int]) -> None:
    text = f"{HEAD}{row}\n2,B,gait,1\n"
    assert told(text) == [finding]
    assert [each.judge for each in read(text).rows] == ["B"]


def test_a_top_of_nothing_is_no_top() -> None:
    assert told("judge,item,expected,top\nA,posture,0,0\n") == [("CB204", 2, 13)]


@pytest.mark.parametrize(
    "text, findings",
    [
        ("", [("CB104", 1, 1)]),
        ("\n\n", [("CB104", 1, 1)]),
        (HEAD, [("CB104", 1, 1)]),
        ("judge,expected\nA,1\n", [("CB201", 1, 1)]),
        ("judge,item,item,expected\n", [("CB107", 1, 12)]),
        ("judge,item,expectd\n", [("CB202", 1, 12), ("CB201", 1, 1)]),
        ('judge,item,"expected\n', [("CB116", 1, 12)]),
        (b"judge,item,expected\nJos\xe9,x,1\n", [("CB102", 2, 4)]),
        (b"PK\x03\x04 a workbook", [("CB102", 1, 1)]),
    ],
    ids=["empty", "blank", "no row", "column missing", "column twice", "unknown column",
         "open quote", "not UTF-8", "a workbook"],
)  # fmt: skip
def test_a_file_that_is_no_such_table_says_why(
    text: str | bytes, findings: list[tuple[str, int, int]]
) -> None:

    assert told(text) == findings
    assert read(text).rows == ()


def test_a_decimal_comma_in_a_table_of_commas_is_explained() -> None:
    (finding,) = read(HEAD + "1,A,posture,1,5\n").findings
    assert "written with a point" in str(finding.hint)


def test_a_hundred_findings_are_listed_and_the_rest_counted() -> None:
    findings: list[Finding] = list(read(HEAD + "1,A,posture,x\n" * 130).findings)
    few = listed(findings)
    assert len(few) == 101
    assert few[-1].code == "CB210"
    assert few[-1].message.startswith("30 more")
    assert listed(findings[:100]) == tuple(findings[:100])


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEAD + text).encode()))
def test_no_bytes_are_too_much_for_it(content: bytes) -> None:
    """Whatever a file holds, it gives rows or findings, each with a place in the file."""
    reading = read(content)
    assert reading.rows or reading.findings
    lines = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in reading.findings:
        assert 1 <= finding.place.span.line <= len(lines)
