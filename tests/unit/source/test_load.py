"""A file is read as what it says it is, and everything wrong with it is found at its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.work.case_study import CaseStudy
from casebook.source.faults import MOST_LISTED
from casebook.source.load import KINDS, Loaded, load

CASE = """\
kind: case-study
format: 1
id: low-back-01
title: "Low back: a case report"
client: {pseudonym: Client A}
"""
OBSERVATION = """\
kind: observation
format: 1
id: observed
date: 2026-06-20
mode: in person
examiner: {name: Robin}
client: {pseudonym: Client D}
"""


def findings(text: str, expect: str | None = None) -> list[Finding]:
    return list(load("a.yaml", text.encode(), expect=expect).findings)


def record_of(loaded: Loaded[Any]) -> Any:  # noqa: ANN401 - any record
    assert loaded.piece is not None
    return loaded.piece.record


def only(text: str, expect: str | None = None) -> Finding:
    (finding,) = findings(text, expect)
    return finding


def said(text: str, expect: str | None = None) -> str:
    """The only finding as ``line:column CODE message; hint``."""
    found = only(text, expect)
    span = found.place.span
    return f"{span.line}:{span.column} {found.code} {found.message}; {found.hint}"


def test_a_sound_file_gives_its_record_and_no_finding() -> None:
    """The record, its path and the places of its values come together."""
    loaded = load("cases/a.yaml", CASE.encode(), expect="case-study")
    assert loaded.findings == ()
    assert loaded.kind == "case-study"
    assert isinstance(record_of(loaded), CaseStudy)
    assert (loaded.piece and loaded.piece.path) == "cases/a.yaml"


# --- what the file says it is ----------------------------------------------------------------


@pytest.mark.parametrize(
    "head, expect, expected",
    [
        ("id: a", None, ("1:1 CB207 the file does not say its kind; one of: portfolio, case-study, "
                        "observation, mark-sheet, program, rubric, comment-bank, graders, "
                        "sealed-marks, result, appeal, privacy-review in its first line")),
        ("kind:", "rubric", ("1:1 CB207 the file does not say its kind; "
                            "write `kind: rubric` in its first line")),
        ("kind: case_study", None, ("1:7 CB207 `case_study` is no known kind; "
                                   "did you mean `case-study`?")),
        ("kind: Portfolio", None, ("1:7 CB207 `Portfolio` is no known kind; "
                                  "did you mean `portfolio`?")),
        ("kind: story", "rubric", "1:7 CB207 `story` is no known kind; write `kind: rubric`"),
        ("kind: [portfolio]", "portfolio", "1:7 CB207 this is no kind; write `kind: portfolio`"),
        ("kind: rubric", "program", ("1:7 CB207 this is a file of kind rubric; program is expected "
                                    "here; put it where it belongs, or write `kind: program`")),
        ("kind: rubric\nid: a", None, ("1:1 CB208 the file does not say its format; "
                                      "write `format: 1`")),
        ("kind: rubric\nformat:", None, ("2:1 CB208 the file does not say its format; "
                                        "write `format: 1`")),
        ("kind: rubric\nformat: 2", None, ("2:9 CB208 format 2 is newer than this casebook reads "
                                          "(1); install a newer casebook")),
        ("kind: rubric\nformat: one", None, ("2:9 CB208 `one` is no format of casebook; "
                                            "write `format: 1`")),
        ("kind: rubric\nformat: ²", None, ("2:9 CB208 `²` is no format of casebook; "
                                          "write `format: 1`")),
        ("kind: rubric\nformat: 0", None, ("2:9 CB208 `0` is no format of casebook; "
                                          "write `format: 1`")),
        ("kind: rubric\nformat: {a: b}", None, "2:9 CB208 this is no format; write `format: 1`"),
    ],
)  # fmt: skip
def test_a_file_must_say_what_it_is(head: str, expect: str | None, expected: str) -> None:
    """Without a known kind and format nothing else is looked at, and the remedy is one line."""
    assert said(head, expect) == expected


def test_a_format_of_a_hundred_digits_is_no_format() -> None:
    """A number that no version will ever have is not taken for a newer one."""
    assert "is no format" in said(f"kind: rubric\nformat: {'9' * 5000}")


def test_the_kind_is_known_even_when_the_rest_is_broken() -> None:
    """A wrong file can be named for what it is."""
    assert load("a.yaml", b"kind: rubric\n").kind == "rubric"
    assert load("a.yaml", b"kind: [x]\n").kind is None
    assert load("a.yaml", b"- x\n").kind is None


def test_what_keeps_a_file_from_being_read_is_all_that_is_said_of_it() -> None:
    """A fault of YAML is one finding, and there is no record."""
    loaded = load("a.yaml", b"kind: [")
    assert [each.code for each in loaded.findings] == [codes.BROKEN_YAML.id]
    assert loaded.piece is None


# --- keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, expected",
    [
        # missing at the top: the place is the first key
        (CASE.replace("id: low-back-01\n", ""),
         ("1:1 CB201 `id` is missing; add `id`; what belongs there: A short name for this case, "
         "used nowhere twice: low-back-01")),
        # left empty: the place is the key itself
        (CASE.replace("low-back-01", ""),
         ("3:1 CB201 `id` is empty; what belongs there: A short name for this case, "
         "used nowhere twice: low-back-01")),
        (CASE.replace("low-back-01", "''"),
         ("3:1 CB201 `id` is empty; what belongs there: A short name for this case, "
         "used nowhere twice: low-back-01")),
        # missing inside a part: the place is that part
        (CASE + "references:\n  - {id: a, text: b}\n  - {id: c}\n",
         ("8:5 CB201 `text` is missing in item 2 of `references`; add `text`; what belongs there: "
         "Authors, year, title, where it was published")),
        (CASE.replace("{pseudonym: Client A}", "{age: 46}"),
         ("5:1 CB201 `pseudonym` is missing in `client`; add `pseudonym`; what belongs there: "
         "A name that is not the client's own, such as Client A")),
        # an item of a list that is nothing
        (CASE + "keywords:\n  - back\n  -\n",
         ("8:4 CB201 nothing is written here in item 2 of `keywords`; "
         "write what belongs there, or remove it")),
        # steps
        (CASE + "sessions:\n  - {day: 0, steps: [{result: fires}]}\n",
         ("7:22 CB201 a step names one of: test, release, retest, activate; "
         "such as: - {test: gluteus maximus, side: left, result: inhibited}")),
        (CASE + "sessions:\n  - {day: 0, steps: [{tset: QL, result: fires}]}\n",
         ("7:22 CB201 a step names one of: test, release, retest, activate; "
         "`tset`: did you mean `test`?")),
        (CASE + "sessions:\n  - {day: 0, steps: [{test: , result: fires}]}\n",
         ("7:22 CB201 a step names one of: test, release, retest, activate; "
         "`test` is empty; write the name behind it")),
        (CASE + "sessions:\n  - {day: 0, steps: [QL]}\n",
         ("7:22 CB201 a step names one of: test, release, retest, activate; "
         "such as: - {test: gluteus maximus, side: left, result: inhibited}")),
        (OBSERVATION + "events:\n  - {at: '00:52', release: QL}\n",
         ("9:5 CB201 a release needs its end: give `until`, or `seconds`; "
         'such as until: "01:17", or seconds: 25')),
        (OBSERVATION + "events:\n  - at: '00:52'\n",
         ("9:5 CB201 an event names one of: test, release, retest, activate, exercise, remark; "
         'such as: - {at: "00:45", test: gluteus maximus, result: inhibited}')),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_with_what_belongs_there(text: str, expected: str) -> None:
    """A key that is missing or empty, at the top or deep inside, has its place and a remedy."""
    assert said(text) == expected


@pytest.mark.parametrize(
    "line, expected",
    [
        ("keyword: [back]", ("6:1 CB202 nothing is known by the key `keyword`; "
                            "did you mean `keywords`?")),
        ("Title: x", "6:1 CB202 nothing is known by the key `Title`; did you mean `title`?"),
        ("age: 46", ("6:1 CB202 nothing is known by the key `age`; "
                    "it belongs in `client`; does its indent say so?")),
        ("discusion:", ("6:1 CB202 nothing is known by the key `discusion`; "
                       "did you mean `discussion`?")),
        ("? |\n  a\n  b\n: x", "6:3 CB202 nothing is known by the key `a b`; known here: "),
        ("consent: {scope: [record], signed: 2026-03-02, form: a.pdf, sined: }",
         "6:61 CB202 nothing is known by the key `sined` in `consent`; did you mean `signed`?"),
        ("sessions:\n  - {day: 0, steps: [{test: QL, result: fires, release: psoas}]}",
         ("7:48 CB202 nothing is known by the key `release` in item 1 of `steps`; "
         "a step does one thing; begin another item with `- release:`")),
    ],
)  # fmt: skip
def test_an_unknown_key_is_told_from_what_was_meant(line: str, expected: str) -> None:
    """A slip of the pen, a wrong indent and a second step in one each have their own remedy."""
    assert said(CASE + line + "\n").startswith(expected)


def test_a_key_that_belongs_in_many_places_is_not_sent_to_one() -> None:
    """``note`` is known in many parts, so the keys known here are listed instead."""
    assert "known here: " in said(CASE + "note: x\n")


def test_a_key_written_twice_is_found_beside_everything_else() -> None:
    """A double key and a wrong value are two findings."""
    found = findings(CASE + "id: again\nkeywords: back\n")
    assert [(each.code, each.place.span.line) for each in found] == [("CB107", 6), ("CB203", 7)]


# --- values ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, expected",
    [
        (CASE + "sessions: [{day: soon}]",
         ("6:18 CB203 a whole number belongs here; what belongs there: Days since the first "
         "session, which is day 0")),
        (CASE + "sessions: [{day: 0, measures: {nprs: '7,5'}}]",
         "6:38 CB203 a number belongs here, with a point and no comma; write 7.5"),
        (CASE + "sessions: [{day: 0, measures: {NPRS: 7}}]",
         ("6:38 CB203 an id is made of small letters and digits, with hyphens between; "
         "for example nprs")),
        (CASE + "sessions: [{day: 0, measures: {nprs: .nan}}]",
         ("6:38 CB203 a number belongs here; what belongs there: Outcome measures taken before the "
         "work, by their ids: {nprs: 7}")),
        (CASE.replace("Client A}", "Client A, age: 200}"),
         ("5:36 CB204 the number must be at most 120; what belongs there: Age in years; "
         "write 90 for anyone older than 89")),
        (CASE + "consent: {scope: [read], signed: 2026-03-02, form: a.pdf}",
         "6:19 CB205 `read` is none of: record, certifier, publish; did you mean `record`?"),
        (CASE + "consent: {scope: [record], signed: 2026-02-30, form: a.pdf}",
         "6:36 CB203 there is no such day; a date is written year-month-day: 2026-03-02"),
        (CASE + "consent: {scope: [record], signed: 2.3.26, form: a.pdf}",
         ("6:36 CB203 a date is written year-month-day, such as 2026-03-02; "
         "what belongs there: The day the client signed, as year-month-day")),
        (CASE + "consent: {scope: [record], signed: 0026-03-02, form: a.pdf}",
         "6:36 CB204 the day must be at least 1900-01-01; is the year right?"),
        (CASE + "consent: {scope: [record], signed: 2026-03-02, form: a.pdf, expires: 2026-01-01}",
         ("6:70 CB209 `expires` lies before the day the consent was signed; "
         "correct one of the two dates")),
        (CASE.replace('"Low back: a case report"', "|\n  Low back\n  a case report"),
         ("4:1 CB203 one line of text belongs here, without line breaks; "
         "write it on one line, or begin it with >- to have the lines joined")),
        (CASE.replace("Client A", "x" * 301),
         "5:21 CB206 longer than the 300 characters taken; shorten it"),
        (CASE + "keywords: back pain", ("6:11 CB203 a list belongs here; "
         "write [one, two], or one `- ` line for each")),
        (CASE + "discussion: long", ("6:13 CB203 keys with values belong here; "
         "write them on the lines below, indented: key: value")),
        (CASE + "introduction: [a]", ("6:15 CB203 a text belongs here; "
         "put quotes around a text that has a colon")),
        (CASE + "references: [{id: a, text: b, doi: doi.org/10.1}]",
         "6:36 CB203 this is no DOI; for example 10.1000/182"),
        (CASE + "sessions: [{day: 0, steps: [{release: soleus, medial head, side: left}]}]",
         ("6:47 CB202 `medial head` has no value in item 1 of `steps`; "
         'a text with a comma stands in quotes: release: "soleus, medial head"')),
        (CASE + "sessions: [{day: 0, steps: [{medial head, release: soleus}]}]",
         ("6:30 CB202 `medial head` has no value in item 1 of `steps`; "
         "a text with a comma stands in quotes")),
        (CASE + "references: [{id: a, text: b, url: example.org}]",
         "6:36 CB203 this is no link; it begins with http:// or https:// and has no spaces"),
        (OBSERVATION + "events: [{at: half past, remark: x}]",
         ("8:15 CB203 a time in the session is minutes and seconds since its start, such as 07:45; "
         'put it in quotes: "07:45"')),
        (OBSERVATION + "events: [{at: '00:52', until: '00:40', release: QL}]",
         "8:31 CB209 the event ends before it begins; correct one of the two times"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_with_what_would_be_right(text: str, expected: str) -> None:
    """The place is the value, the fact names what is wrong, and the remedy helps."""
    assert said(text + "\n") == expected


PROGRAM = """\
kind: program
format: 1
id: own
name: Own
version: "1"
owner: Us
notice: None.
levels:
  - level: 1
    name: One
    requirements:
      - {id: a, says: Do it., NEED}
case_study: {required: [consent]}
certificate: {title: T, statement: S}
"""


@pytest.mark.parametrize(
    "need, expected",
    [
        ("course_hours: 15", ("12:9 CB201 `needs` is missing in item 1 of `requirements`; "
                             "add `needs`; write what belongs there")),
        ("needs: curse", ("12:9 CB205 `curse` is none of: course, practice, case-studies, "
                         "observed-sessions, certificate, deadline; did you mean `course`?")),
        ("needs: course", ("12:9 CB201 `course_hours` is missing in item 1 of `requirements`; "
                          "add `course_hours`; what belongs there: The hours the course must "
                          "have")),
        ("needs: course, course_hours: all", ("12:60 CB203 a number belongs here; "
                                             "what belongs there: The hours the course must have")),
    ],
)  # fmt: skip
def test_a_requirement_is_read_by_what_it_needs(need: str, expected: str) -> None:
    """The key that tells requirements apart is asked for, and the others by what it says."""
    assert said(PROGRAM.replace("NEED", need), "program") == expected


RUBRIC = """\
kind: rubric
format: 1
id: r
title: R
judges: observation
pass_percent: 75
criteria:
  - id: timing
    title: Timing
    asks: In time?
"""


@pytest.mark.parametrize(
    "rest, line, message",
    [
        ("    levels: [{level: 1, label: a, describes: b}, {level: 0, label: c, describes: d}]",
         11, "levels rise from step to step, none twice"),
        ("    levels: [{level: 0, label: a, describes: b}]", 11, "at least 2 items belong here"),
        (("    must_pass: {level: 0, reason: x}\n"
         "    levels: [{level: 0, label: a, describes: b}, {level: 1, label: c, describes: d}]"),
         11, "must_pass names a level above the lowest one"),
        (("    from_protocol: faults\n"
         "    levels: [{level: 0, label: a, describes: b}, {level: 1, label: c, describes: d}]"),
         12, "each level above the lowest needs `from_figure`"),
        (("    levels: [{level: 0, label: a, describes: b}, "
         "{level: 1, label: c, describes: d, from_figure: 2}]"),
         11, "`from_figure` belongs to criteria with `from_protocol`"),
        (("    from_protocol: faults\n"
         "    levels: [{level: 0, label: a, describes: b}, "
         "{level: 1, label: c, describes: d, from_figure: 1}, "
         "{level: 2, label: e, describes: f, from_figure: 2}]"),
         12, "`from_figure` rises from level to level, and falls for faults"),
    ],
)  # fmt: skip
def test_a_scale_that_is_none_is_found(rest: str, line: int, message: str) -> None:
    """What contradicts itself in a criterion is pointed at by the key that has to be mended."""
    found = only(f"{RUBRIC}{rest}\n")
    assert (found.place.span.line, found.message) == (line, message)


# --- everything at once ----------------------------------------------------------------------


def test_all_faults_of_a_file_are_found_at_once() -> None:
    """One wrong value hides no other, and the rest of the file is still there to be checked."""
    loaded = load(
        "a.yaml",
        (CASE + "keywords: back\nconsent: {signed: never}\nsesions: []\n").encode(),
    )
    assert sorted((each.place.span.line, each.code) for each in loaded.findings) == [
        (6, "CB203"), (7, "CB201"), (7, "CB201"), (7, "CB203"), (8, "CB202"),
    ]  # fmt: skip
    assert record_of(loaded).title == "Low back: a case report"


@pytest.mark.parametrize("value", ["x", ""])
def test_a_flood_of_faults_is_cut_and_counted(value: str) -> None:
    """Of a thousand unknown keys a hundred are listed, and one finding says how many are left."""
    text = CASE + "".join(f"k{number}: {value}\n" for number in range(1000))
    found = findings(text)
    assert len(found) == MOST_LISTED + 1
    assert found[-1].code == codes.MORE_FAULTS.id
    assert "900 more" in found[-1].message


def test_every_place_is_a_key_or_a_value_of_the_file() -> None:
    """A value of many lines is pointed at by its key, never by its first words."""
    found = only(CASE + "introduction: |\n" + "  word\n" * 5000)
    assert (found.code, found.place.span.line, found.place.span.column) == ("CB206", 6, 1)


KIND_LINES = st.sampled_from([f"kind: {kind}\nformat: 1\n" for kind in KINDS])
LINES = st.lists(
    st.sampled_from(
        ["client:", "  age: 46", "  pseudonym: A", "- x", "sessions:", "  - day: 0", "    steps:",
         "      - test: QL", "        result: up", "id: A b", "title: [x]", "events:",
         "  - at: '00:45'", "    release: QL", "    until: '00:40'", "levels:", "  - level: 1",
         "    requirements:", "      - needs: course", "        course: 15", "      - id: x",
         "criteria:", "  - levels: [{level: 1}]", "marks: [{criterion: a, level: ²}]", "\tx: y",
         "consent: {signed: 2026-13-01}", "x: &a b", "consent: {a: {b: c}}", "kind: rubric"]
    ),
    max_size=12,
)  # fmt: skip


@given(KIND_LINES, LINES)
def test_no_file_that_says_its_kind_raises(head: str, lines: list[str]) -> None:
    """Whatever follows the first lines, there is a record or a finding, each inside the file."""
    loaded: Any = load("a.yaml", (head + "\n".join(lines)).encode())
    assert loaded.piece is not None or loaded.findings
    for finding in loaded.findings:
        assert 1 <= finding.place.span.line <= len(lines) + 3
        assert finding.hint
        assert "pydantic" not in finding.message


@given(st.one_of(st.binary(max_size=80), KIND_LINES.map(str.encode)), st.binary(max_size=80))
def test_no_bytes_raise(head: bytes, rest: bytes) -> None:
    """Any bytes give a record or a finding."""
    loaded: Any = load("a.yaml", head + rest)
    assert loaded.piece is not None or loaded.findings


@pytest.mark.parametrize(
    "text, called",
    [
        ("kind: case-study", "a case-study"),
        ("kind: observation", "an observation"),
        ("kind: appeal", "an appeal"),
        ("kind: recipe", "a file of no known kind"),
    ],
)
def test_a_sentence_calls_a_file_by_its_kind(text: str, called: str) -> None:
    assert load("file.yaml", text.encode()).called == called
