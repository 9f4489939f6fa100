"""What a privacy search looks for beside every check: registers, places, languages, telephones."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.identifier_shapes.further import FURTHER_SHAPES
from casebook.rules.identifier_shapes.places import FEW_PEOPLE, PLACE_SHAPES
from casebook.rules.identifier_shapes.registers import CHECKED_SHAPES, LIKELY_SHAPES
from casebook.rules.privacy.identifiers import all_identifiers
from casebook.rules.privacy.safe_harbor import RULES
from tests.unit.rules.privacy.test_identifiers import CLEAN, HITS

FOUND = [
    ("A", "then ", "Mme Dupont", " said"),
    ("A", "vino la ", "Sra. García", "."),
    ("B", "in ", "SW1A 1AA", ""),
    ("B", "near ", "K1A 0B1", ""),
    ("B", "lives at ", "1012 AB", ", she said"),
    ("B", "habite ", "75011 Paris", ""),
    ("B", "vive en ", "28013 Madrid", ""),
    ("B", "wohnt in ", "1010 Wien", ""),
    ("B", "in ", "CH-8001 Zürich", ""),
    ("B", "Sydney NSW ", "2000", ""),
    ("B", "at ", "12 rue de la Paix", "."),
    ("B", "en ", "Calle Mayor 5", ""),
    ("B", "in der ", "Schillerplatz 3", ""),
    ("B", "at ", "48.1374, 11.5755", ""),
    ("B", "at ", "48°08'15\"N", ""),
    ("C", "in ", "03/2026", "."),
    ("C", "in ", "2026-03", "."),
    ("C", "eine ", "94-jährige", " Frau"),
    ("C", "une dame de ", "92 ans", ""),
    ("C", "tiene ", "93 años", ""),
    ("D", "call ", "0664 1234567", ""),
    ("D", "llama al ", "612 345 678", ""),
    ("D", "appelez le ", "01 42 68 53 00", ""),
    ("D", "ring ", "(02) 9374 4000", ""),
    ("E", "Fax ", "030 1234567", ""),
    ("H", "Historia clínica: ", "48213", ""),
    ("H", "medical record number ", "48213", ""),
    ("I", "Versichertennummer: ", "12345678", ""),
    ("I", "ist ", "A123456780", ""),
    ("I", "card ", "2123 45670 1", ""),
    ("I", "NHS number ", "943 476 5919", ""),
    ("J", "paid from ", "DE89 3704 0044 0532 0130 00", ""),
    ("J", "card ", "4111 1111 1111 1111", ""),
    ("J", "Kontonummer ", "12345678", ""),
    ("K", "provider ", "1234567893", ""),
    ("K", "license number ", "LMT 12345", ""),
    ("L", "his van ", "1M8GDM9AXKP042788", ""),
    ("L", "number plate ", "M-AB 1234", ""),
    ("M", "pump ", "00:1A:2B:3C:4D:5E", ""),
    ("M", "UDI ", "(01)12345678901231(17)261231(10)A1", ""),
    ("M", "telephone ", "49-015420-323751-8", ""),
    ("N", "siehe ", "praxis-muster.ch", ""),
    ("R", "NIR ", "2 55 08 14 168 025 38", ""),
    ("R", "DNI ", "12345678Z", ""),
    ("R", "SVNR ", "1237 010180", ""),
    ("R", "AHV ", "756.9217.0769.85", ""),
    ("R", "BSN ", "111222333", ""),
    ("R", "SIN ", "046 454 286", ""),
    ("R", "is ", "AB 12 34 56 C", ""),
    ("R", "wrote as ", "@jane_doe", ""),
]

ALSO_CLEAN = """\
As [@hartvigsen2018; @oneill2017] found; see ISBN 1234567893; 10.1155/2015/512792 is a DOI.
Ging von 10000 Schritte auf 12000; in 20 Jahren; seit 95 Jahren lang; Nummer 3 von 12; Hausnr. 5.
ZIP 902 may stay, 12 reps from 3 positions; L4 5 cm; T12 3 cm; 24/7; 50-60; 90 / 60 mmHg.
Le test 12 a duré 30 s; 3 series de 10;  From 3000 Meter; Level 1.2, 3.4.
"""


@pytest.mark.parametrize("letter, before, hit, after", FOUND)
def test_it_is_found_by_its_rule(letter: str, before: str, hit: str, after: str) -> None:
    text = before + hit + after
    found = [(each.rule.letter, text[each.start : each.end]) for each in all_identifiers(text)]
    assert found == [(letter, hit)]


def test_every_kind_that_has_a_form_is_found() -> None:
    """Without an example: F, G and O, which every check looks for; P and Q have no form."""
    also = {each.rule.letter for _, b, h, a in HITS for each in all_identifiers(b + h + a)}
    assert also | {letter for letter, *_ in FOUND} == set(RULES) - {"P", "Q"}
    assert [RULES[letter].question is not None for letter in "PQ"] == [True, True]


@pytest.mark.parametrize("kind, before, hit, after", HITS)
def test_what_every_check_finds_is_found_here_too(
    kind: str, before: str, hit: str, after: str
) -> None:
    del kind
    text = before + hit + after
    assert [text[each.start : each.end] for each in all_identifiers(text)] == [hit]


@pytest.mark.parametrize("line", [*CLEAN.splitlines(), *ALSO_CLEAN.splitlines()])
def test_clinical_prose_raises_no_alarm(line: str) -> None:
    assert [line[each.start : each.end] for each in all_identifiers(line)] == []


@pytest.mark.parametrize("region, text", [("IE", "ring 085 012 3456"), ("IT", "tel 338 123 4567")])
def test_another_country_can_be_named(region: str, text: str) -> None:
    assert "phone" in [each.kind for each in all_identifiers(text, [region])]


def test_of_a_zip_code_three_digits_may_stay_where_many_live() -> None:
    """The Department of Health and Human Services lists 17 areas; 902 is none of them."""
    assert len(FEW_PEOPLE) == 17
    assert [each.kind for each in all_identifiers("ZIP 036**")] == ["postcode"]
    assert all_identifiers("ZIP 902**") == ()


def test_a_number_with_a_wrong_check_digit_is_left_alone() -> None:
    assert all_identifiers("a 12345678A, A123456781") == ()


@given(st.text(max_size=300))
def test_no_text_makes_it_raise_and_findings_never_overlap(text: str) -> None:
    found = all_identifiers(text)
    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)


def test_every_repetition_in_a_pattern_has_an_upper_limit() -> None:
    shapes = list(chain(CHECKED_SHAPES, LIKELY_SHAPES, FURTHER_SHAPES, PLACE_SHAPES))
    assert len(shapes) > 30
    for shape in shapes:
        bare = re.sub(r"\[[^\]]*\]", "", re.sub(r"\\.", "", shape.pattern.pattern))
        assert re.search(r"[*+]|\{[0-9]*,\}", bare) is None, shape.pattern.pattern


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "1-", "1/1/", "Aa ", "12 rue ", "1234 Aa ", "lives 1", "AB12 ", "00:", "(01)", "numéro de ",
        "aanummer ", "zip ", "[@", "1.1111, ", "Sra. ", "marzo ", "X1234567", "DE89 3704 ",
        "+49 30 ",
    ],
)  # fmt: skip
def test_100_kb_of_almost_an_identifier_are_scanned_to_the_end(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "\nMrs Jones"
    assert text[all_identifiers(text)[-1].start :].endswith("Jones")
