"""A name that some system stores or shows otherwise is refused, and names that would meet."""

import pytest

from casebook.bundle.archive.names import one_top, refuse_name
from casebook.bundle.archive.refusal import ArchiveRefused, Limits

LIMITS = Limits()


@pytest.mark.parametrize("name", ["t/a", "t/Übersicht.pdf", "t/事例/一.yaml", "t/.hidden", "t/~x"])
def test_a_plain_name_is_taken(name: str) -> None:
    refuse_name(name, LIMITS)


@pytest.mark.parametrize(
    "name, words",
    [
        ("", "is empty"),
        ("/t/a", "an absolute path"),
        ("C:/t/a", "an absolute path"),
        ("t/../a", "'..' as a part"),
        ("t//a", "'' as a part"),
        ("t\\a", "a backslash"),
        ("t/nul.txt", "a device on Windows"),
        ("t/a\x1b[2J", "an invisible control character"),
        ("t/half \ud800", "an invisible control character"),
        ("t/fdp.\u202eexe", "an invisible control character"),
        # An e and an accent of their own, where Unicode has one letter for both.
        ("t/cafe\u0301", r"not in Unicode's composed form \(NFC\)"),
        # Marks without a shape, and a character that has one by private agreement alone.
        ("t/a\u2064b", "holds characters that cannot be seen"),
        ("t/a\u00adb", "a character that cannot be seen"),
        ("t/a\ue000b", "a character that cannot be seen"),
        ("a", "not stand in the one top folder"),
    ],
)
def test_a_name_is_refused_for_what_is_wrong_with_it(name: str, words: str) -> None:
    with pytest.raises(ArchiveRefused, match=words):
        refuse_name(name, LIMITS)


def test_a_name_is_measured_in_bytes() -> None:
    """The letter é has two in UTF-8."""
    refuse_name("t/é", Limits(name_bytes=4))
    with pytest.raises(ArchiveRefused, match="longer than 3 bytes"):
        refuse_name("t/é", Limits(name_bytes=3))


def test_a_name_has_its_folders_and_the_file_as_parts() -> None:
    refuse_name("t/a/b", Limits(name_parts=3))
    with pytest.raises(ArchiveRefused, match="more than 2 parts"):
        refuse_name("t/a/b", Limits(name_parts=2))


def test_the_one_top_folder_is_told() -> None:
    assert one_top(["t/a", "t/b/c", "t/b/d"]) == "t"


def test_several_top_folders_are_told_in_order() -> None:
    with pytest.raises(ArchiveRefused, match=r"has 3: 'a, b, t'$"):
        one_top(["t/a", "b/a", "a/a", "b/c"])


def test_of_many_top_folders_the_beginning_is_shown() -> None:
    with pytest.raises(ArchiveRefused, match="has 1000: ") as refusal:
        one_top([f"top-{number}/a" for number in range(1_000)])
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    "names, words",
    [
        (["t/a", "t/A"], "'t/A' is refused: its name differs from 't/a' in capitals only"),
        (["t/a", "T/b"], "'T/b' is refused: its name differs from 't' in capitals only"),
        (["t/a", "t/a"], "'t/a' is refused: its name is there twice"),
        (["t/a", "t/a/b"], "'t/a' is refused: its name is that of both a file and a folder"),
    ],
)
def test_names_that_would_meet_on_some_disk_are_refused(names: list[str], words: str) -> None:
    with pytest.raises(ArchiveRefused, match=words):
        one_top(names)
