"""The scan hits what identifies, leaves clinical prose alone, and cannot be stalled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.identifier_shapes.every_check import SHAPES
from casebook.rules.identifier_shapes.shape import IdentifierKind
from casebook.rules.privacy.identifiers import identifiers

HITS = [
    ("e-mail", "write to ", "jane.doe@example.com", " soon"),
    ("phone", "call ", "+44 20 7946 0958", " today"),
    ("phone", "", "+49 (0)30 1234567", ""),
    ("phone", "", "+1 (555) 123-4567", ""),
    ("phone", "at ", "(555) 123-4567", "."),
    ("phone", "at ", "555-123-4567", ", she said"),
    ("phone", "", "555.123.4567", "."),
    ("phone", "", "020 7946 0958", ""),
    ("phone", "", "07700 900123", ""),
    ("phone", "", "0171/1234567", ""),
    ("phone", "", "06 12 34 56 78", ""),
    ("phone", "tel. ", "555-0199", ""),
    ("phone", "Fax: ", "5550199", ""),
    ("phone", "her phone number is ", "555 0199", ""),
    ("url", "see ", "https://example.com/jane?id=3", "."),
    ("url", "(", "www.example.org", ")"),
    ("url", "booked on ", "my-clinic.co.uk", ", then"),
    ("url", "(see ", "clinic.com/booking", "), or"),
    ("ip-address", "from ", "192.168.0.1", "."),
    ("ip-address", "from ", "2001:db8::1", " again"),
    ("ssn", "SSN ", "123-45-6789", ""),
    ("ssn", "social security number ", "123 45 6789", ""),
    ("date", "seen on ", "2026-03-12", "."),
    ("date", "seen ", "2026/03/12", ""),
    ("date", "on ", "12 March 2026", ""),
    ("date", "on the ", "12th of March", ", then"),
    ("date", "on ", "12 march 2026", ""),
    ("date", "on ", "March 12", ", then"),
    ("date", "on ", "March 12th, 2026", ""),
    ("date", "on ", "Mar. 12, 2026", ""),
    ("date", "in ", "March 2026", ""),
    ("date", "since ", "Sept. 5", ""),
    ("date", "on ", "12/03/2026", ""),
    ("date", "on ", "3/12/26", "."),
    ("date", "am ", "12.03.2026", "."),
    ("date", "am ", "12.03.26", "."),
    ("date", "am ", "3. 12. 2026", ""),
    ("date", "am ", "12. Jänner 1984", "."),
    ("date", "el ", "3 de marzo de 2026", ""),
    ("date", "desde ", "marzo de 2026", ""),
    ("date", "el ", "1º de mayo", ", luego"),
    ("date", "le ", "1er février", ""),
    ("date", "depuis ", "mars 2026", ""),
    ("age", "a client ", "aged 92", ""),
    ("age", "a ", "92-year-old", " woman"),
    ("age", "she is ", "94 years old", "."),
    ("age", "at ", "age 90", " he"),
    ("age", "a ", "ninety-two-year-old", " man"),
    ("age", "before her ", "95th birthday", ""),
    ("number", "MRN ", "48213", ""),
    ("number", "licence no. ", "12345", ""),
    ("number", "License LMT ", "12345", ""),
    ("number", "policy number ", "12 34 56", ""),
    ("number", "Insurance ID: ", "ABC123456", ""),
    ("number", "patient number ", "4711", ""),
    ("number", "account no: ", "998877", ""),
    ("number", "NHS number ", "943 476 5919", ""),
    ("number", "IBAN ", "DE89 3704 0044 0532 0130 00", ""),
    ("address", "lives in ", "SW1A 1AA", ""),
    ("address", "her postcode is ", "M1 1AE", ""),
    ("address", "ZIP ", "97201", ""),
    ("address", "PLZ ", "10115", ""),
    ("address", "wohnt in ", "10115 Berlin", ""),
    ("address", "in ", "Portland, OR 97201", ""),
    ("address", "at ", "14 Elm Street", "."),
    ("address", "", "Hauptstraße 12", ""),
    ("name", "then ", "Mrs Jones", " said"),
    ("name", "sent by ", "Dr. Smith", "."),
    ("name", "sent by ", "Prof. Dr. Müller", "."),
    ("name", "sent by ", "Dr. J. McDonald", "."),
    ("name", "and ", "Ms O'Neill", " came"),
    ("name", "", "Mr van der Berg", ""),
    ("name", "", "Dr Šimek-Nováková", ""),
    ("name", "", "Her name is Jane", ""),
]

CLEAN = """\
2 x 10 daily; 3 x 12 reps, then 10/12/15 reps, 12/10/08, 10-12-15, 10/20/30 s, 5x5, (2 x 15).
Sets: 10 10 10 10. Steps: 5,000, later 10000 steps a day. 5 10 15 20 25 30 s. 0 10 20 30 40.
L4-L5, C5/C6, T12-L1, S1, C0-C1. Grade 4+/5. 150 degrees; ROM 95 to 150 degrees; age 95% of peers.
NPRS fell from 7/10 to 3/10 by Day 14; PSFS 3.3, ODI 42 %. 25 s, 20-30 s, a 30-60 s window.
At 00:45 the test failed; released 00:52 to 01:17; 120/80 mmHg; 48-64 %; kappa -0.05 to 0.91.
JOSPT 2014;44:560. doi:10.1186/s12998-017-0159-6, https://doi.org/10.1016/j.jbmt.2014.05.002.
PMID 25184013; ISSN 1752-1947; https://pubmed.ncbi.nlm.nih.gov/25184013/;
PMC434511; version 1.2.3; section 3.2.24 of it; a 90 s hold.
Since 2019, licensed in 2014, 2014-2016, license since 2019. In March. 1st rib mobile, 5th of seven.
She may 10 times a day march 20 steps; May 10 sessions be enough? March 12 reps. 10 marches.
Client A, aged 46, a 46-year-old driver; Client number 3; she is 90 or older; aged 90 or older.
The client no longer felt it; patient no 2; session 3 of 5; Level 1; Week 3; in case 12 felt easy.
Asked the Dr. She said no. Mr A. and Ms B came; Miss C too. m. piriformis, e.g. the QL, i.e. 5 x 5.
Moved from 7 to 3; lives alone; moved 12 cm; from 10000 to 12000 steps; 95th percentile; 1/2/3.
She called 2 friends. Cell 12 of the table. The phone was on the left for 10 hours, 5 days a week.
"""


@pytest.mark.parametrize("kind, before, hit, after", HITS)
def test_an_identifier_is_found_where_it_stands(
    kind: IdentifierKind, before: str, hit: str, after: str
) -> None:
    text = before + hit + after
    found = [(it.kind, text[it.start : it.end]) for it in identifiers(text)]
    assert found == [(kind, hit)]
    assert identifiers(text)[0].advice


def test_every_kind_has_an_example() -> None:
    assert {kind for kind, *_ in HITS} == {shape.kind for shape in SHAPES}


@pytest.mark.parametrize("line", CLEAN.splitlines())
def test_clinical_prose_raises_no_alarm(line: str) -> None:
    assert [line[it.start : it.end] for it in identifiers(line)] == []


def test_several_identifiers_come_in_the_order_of_the_text() -> None:
    text = "On 12 March 2026 Mrs Jones (jane@example.com) called +44 20 7946 0958."
    assert [it.kind for it in identifiers(text)] == ["date", "name", "e-mail", "phone"]


def test_an_identifier_may_run_over_the_end_of_a_line() -> None:
    assert [it.kind for it in identifiers("seen on 12\nMarch 2026 by Dr.\nSmith")] == [
        "date",
        "name",
    ]


def test_impossible_dates_addresses_and_numbers_are_left_alone() -> None:
    # The 45th of the 13th month, an octet above 255, and an area the SSA never used.
    assert identifiers("45/13/2026 and 300.1.2.3 and 000-12-3456") == ()


@given(st.text(max_size=400))
def test_no_text_makes_the_scan_raise_and_findings_never_overlap(text: str) -> None:
    found = identifiers(text)
    edges = [edge for it in found for edge in (it.start, it.end)]
    assert edges == sorted(edges)
    assert all(0 <= it.start < it.end <= len(text) for it in found)


@given(
    st.lists(
        st.sampled_from(
            ["Mrs", "Jones", "12", "03", "2026", "March", "/", "-", ".", " ", "+", "@", "a", "www."]
        ),
        max_size=60,
    )
)
def test_no_mixture_of_the_shapes_own_pieces_makes_the_scan_raise(pieces: list[str]) -> None:
    identifiers("".join(pieces))


def test_every_repetition_in_a_pattern_has_an_upper_limit() -> None:
    for shape in SHAPES:
        bare = re.sub(r"\[[^\]]*\]", "", re.sub(r"\\.", "", shape.pattern.pattern))
        assert re.search(r"[*+]|\{[0-9]*,\}", bare) is None, shape.pattern.pattern


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a", "1", "1 ", "1-", "1/1/", "1.", "+1", "0 1", "01 11 ", "(0123) ", "a@", "a.", "a.com@",
        "http://", "www.", "Mrs ", "Dr. Dr. ", "Mr van de ", "1 Aa Aa Aa ", "March 1 ", "1:", "::",
        "lives ", "postcode A1", "account no 1 ", "MRN 1/1/1/1/1/1/1_", "tel 1 ", "ninety ", "\n",
    ],
)  # fmt: skip
def test_100_kb_of_almost_an_identifier_are_scanned_to_the_end(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + " Mrs Jones"
    assert text[identifiers(text)[-1].start :].endswith("Jones")
