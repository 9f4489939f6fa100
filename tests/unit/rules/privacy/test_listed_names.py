"""A listed name is found however it is written, and ordinary words are told from names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.name_spellings import fold, one_slip_apart, parts_of

NAMES = ListedNames(
    (
        "Jürgen Müller-Lüdenscheidt", "Jane O'Neill", "Rose Hartigan", "Li Bo", '"Elm Street 12"',
        "王小明", "Anne-Marie de la Cruz", "José Núñez", "Łukasz Groß", "Dr. Sue Holt", "김민수",
    ),
    ("rose hip",),
)  # fmt: skip

SURE = [
    ("then ", "Jürgen", " said"),
    ("then ", "JUERGEN", " said"),
    ("", "Mueller's", " knee"),
    ("", "Müllers", " Knie"),
    ("", "muller", " came"),
    ("Herr ", "Müller-Lüdenscheidt", " kam"),
    ("Herr ", "Müller Luedenscheidt", " kam"),
    ("Ms ", "O’Neill’s", " pain"),
    ("Ms ", "ONeill", " said"),
    ("Ms ", "o neill", " said"),
    ("asked ", "Rose", " to"),
    ("", "hartigan", "."),
    ("then ", "Li", " stood"),
    ("at ", "elm street 12", "."),
    ("昨日", "王小明", "来"),
    ("", "김민수", "가 왔다"),
    ("", "AnneMarie", " "),
    ("", "Anne Marie de la Cruz", "."),
    ("", "nunez", " "),
    ("", "Jose\u0301 Nu\u0301n\u0303ez", " "),
    ("", "Lukasz", ""),
    ("", "Hol\u00adt", " said"),
    ("", "Cruz", "-like"),
]


@pytest.mark.parametrize("before, hit, after", SURE)
def test_a_name_is_found_in_every_way_of_writing_it(before: str, hit: str, after: str) -> None:
    text = before + hit + after
    assert [(text[f.start : f.end], f.sure) for f in NAMES.within(text)] == [(hit, True)]


@pytest.mark.parametrize(
    "text",
    [
        "rose hip tea and Rose Hip", "Elm and street 12", "Januar", "die lila Socke", "li 4 bo",
        "the doctor said de la", "suet and holtz and jar", "unity, municipal, crux", "Sul Su",
    ],
)  # fmt: skip
def test_other_words_are_left_alone(text: str) -> None:
    assert NAMES.within(text) == ()


@pytest.mark.parametrize(
    "text, hit, how",
    [
        ("pain rose by two", "rose", "word"),
        ("eine große Narbe, gross", "gross", "word"),
        ("Hartigen came", "Hartigen", "slip"),
        ("Hartgian came", "Hartgian", "slip"),
        ("Hartigaan came", "Hartigaan", "slip"),
        ("Lüdenscheid ist", "Lüdenscheid", "slip"),
    ],
)
def test_what_may_be_a_word_or_a_slip_is_only_noted(text: str, hit: str, how: str) -> None:
    found = NAMES.within(text)
    assert (hit, how) in [(text[f.start : f.end], f.how) for f in found]
    assert not any(each.sure for each in found)


@pytest.mark.parametrize(
    "text", ["jhartigan@example.org", "hartigan.rose@x.de", "https://x.org/rhartigan/"]
)
def test_a_name_is_found_inside_an_address(text: str) -> None:
    assert any(each.sure for each in NAMES.within(f"write to {text} soon"))


@pytest.mark.parametrize(
    "name", ["attachments/scan_janehartigan_2.pdf", "Hartigan2026.jpg", "cases/anne_marie.yaml"]
)
def test_a_name_is_found_inside_the_name_of_a_file(name: str) -> None:
    assert any(each.sure for each in NAMES.within_name(name))


@pytest.mark.parametrize("between", [" ", "\n", "\r\n", "\r\n          ", "\n\t\t\t\t\t"])
def test_a_name_counts_as_a_whole_over_the_end_of_a_line_and_an_indent(between: str) -> None:
    names = ListedNames(('"Elm Street 12"',))
    (found,) = names.within(f"at Elm{between}Street{between}12.")
    assert found.how == "whole"


@pytest.mark.parametrize("listed", ["Jane (Hartigan)", "Jane (née Hartigan)", "Hartigan; Jane"])
def test_signs_around_a_part_of_a_name_are_no_part_of_it(listed: str) -> None:
    assert [each.how for each in ListedNames((listed,)).within("Hartigan née Cole")] == ["part"]


def test_an_everyday_name_inside_an_address_is_only_a_word() -> None:
    names = ListedNames(("Mark",))
    assert [each.how for each in names.within("see www.landmark.org")] == ["word"]


def test_names_of_files_without_one_are_left_alone() -> None:
    assert NAMES.within_name("attachments/consent-a.pdf") == ()


def test_titles_particles_and_initials_are_no_parts() -> None:
    assert parts_of("Frau Dr. Anne J. van der Berg-Holt") == (
        "Anne", "Berg-Holt", "Berg", "Holt",
    )  # fmt: skip


@pytest.mark.parametrize(
    "one, other, apart",
    [
        ("abc", "abc", False), ("abc", "abd", True), ("abc", "acb", True), ("abc", "ab", True),
        ("abc", "xabc", True), ("abc", "cab", False), ("abcd", "abdc", True), ("ab", "ba", True),
        ("abcd", "acbx", False), ("abc", "abcde", False),
    ],
)  # fmt: skip
def test_one_slip_is_a_letter_more_less_changed_or_exchanged(
    one: str, other: str, apart: bool
) -> None:
    assert one_slip_apart(one, other) is apart
    assert one_slip_apart(other, one) is apart


@given(st.text(max_size=200))
def test_no_text_makes_the_search_raise_and_places_are_in_the_text(text: str) -> None:
    found = NAMES.within(text)
    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@given(st.text(max_size=100))
def test_folded_letters_point_back_into_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.letters) + 1
    assert list(folded.origin) == sorted(folded.origin)


@given(st.text(min_size=1, max_size=40))
def test_any_line_can_be_a_name(name: str) -> None:
    found = ListedNames((name,)).within(f"Some text, {name} and words.")
    assert all(0 <= each.start < each.end for each in found)


def test_no_names_find_nothing() -> None:
    assert ListedNames(()).within("Jane Rose") == ()
    assert not ListedNames(())
