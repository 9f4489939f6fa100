"""Names in manifests mean what they meant, and none leads out of the bag on any system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.bag.names import (
    decode,
    decode_line_ends,
    encode,
    folded_name,
    is_unsafe,
    name_warnings,
)


@given(st.text())
def test_a_name_comes_back_as_it_was_and_fits_in_a_line(name: str) -> None:
    written = encode(name)
    assert decode(written) == name
    assert "\n" not in written
    assert "\r" not in written


@pytest.mark.parametrize(
    "written, final, draft",
    [
        ("a%0Ab%0Dc", "a\nb\rc", "a\nb\rc"),
        ("a%0ab%0dc", "a\nb\rc", "a\nb\rc"),
        ("50%25", "50%", "50%25"),
        # Decoded once: what comes out of a percent sign is no beginning of another code.
        ("%250A", "%0A", "%250A"),
        ("%2525", "%25", "%2525"),
        ("%41%7E%2f%00", "%41%7E%2f%00", "%41%7E%2f%00"),
        ("%", "%", "%"),
        ("%2", "%2", "%2"),
    ],
)
def test_only_the_codes_of_a_version_are_decoded(written: str, final: str, draft: str) -> None:
    assert decode(written) == final
    assert decode_line_ends(written) == draft


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "/x", "x/", "a//b", "a/./b", "a/../b", "../x", "a/..", "a\\b", "\\\\host\\x",
        "a\0", "~", "~/x", "~root/x", "%TEMP%/x", "%a%", "C:", "c:x", "Z:/x",
    ],
)  # fmt: skip
def test_a_name_that_could_lead_out_is_unsafe(name: str) -> None:
    assert is_unsafe(name)


@pytest.mark.parametrize(
    "name",
    ["a", "data/a", "...", "a..b/..c", ".hidden", "a~", "data/~x", "50%", "%", "%%", "a%b%c",
     "ab:c", "data/C:x", "1:2", " "],
)  # fmt: skip
def test_a_name_that_only_looks_so_is_safe(name: str) -> None:
    assert not is_unsafe(name)


def warned(*names: str) -> list[tuple[str, str]]:
    problems = list(name_warnings(names))
    assert all(each.warning for each in problems)
    return [(each.what, each.name) for each in problems]


def test_of_names_that_some_disks_take_for_one_each_further_one_is_told() -> None:
    """In the order of their codes: capitals come first."""
    assert warned("data/a", "data/A", "data/b") == [("clash", "data/a")]
    assert warned("data/STRASSE", "data/straße") == [("clash", "data/straße")]
    assert warned("data/e\u0301", "data/\xe9") == [("clash", "data/\xe9")]
    (problem,) = name_warnings(["data/a", "data/A"])
    assert problem.detail == "on some disks it is the same file as 'data/A'"


@pytest.mark.parametrize(
    "name", ["data/.DS_Store", "data/a/Thumbs.db", "desktop.ini", "data/.Spotlight-V100"]
)
def test_what_a_file_browser_left_is_told_in_any_folder(name: str) -> None:
    assert warned(name) == [("system-file", name)]
    assert warned(f"{name}/a", f"{name}.txt") == []


def test_a_name_that_is_unsafe_is_not_called_unportable_besides() -> None:
    """It is an error of its own elsewhere."""
    assert warned("data/why?", "data/nul", "data/a.") == [
        ("unportable", "data/a."), ("unportable", "data/nul"), ("unportable", "data/why?"),
    ]  # fmt: skip
    assert warned("../why?", "C:x") == []


@given(st.text(), st.text())
def test_what_meets_on_some_disk_folds_alike(one: str, other: str) -> None:
    assert folded_name(one.upper()) == folded_name(one.upper().casefold())
    if folded_name(one) == folded_name(other):
        assert folded_name(one + "/x") == folded_name(other + "/X")
