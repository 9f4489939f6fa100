"""Names: what every operating system accepts, and what stays inside a folder."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import CasebookError, UsageError
from casebook.files import contained, name_clash, name_fault, read_bytes, safe_name


@pytest.mark.parametrize(
    "text, slug",
    [
        ("Low back ache: a case report", "low-back-ache-a-case-report"),
        ("Zoë Ångström", "zoe-angstrom"),
        ("Łukasz Sørensen", "lukasz-sorensen"),
        ("Straße", "strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-file"),
        ("x" * 90, "x" * 60),
    ],
)
def test_a_slug_keeps_what_every_system_can_spell(text: str, slug: str) -> None:
    assert safe_name(text) == slug


def test_texts_without_latin_letters_get_different_slugs() -> None:
    assert safe_name("李") != safe_name("王")


@given(st.text())
def test_any_text_has_a_slug_that_is_safe_and_its_own_slug(text: str) -> None:
    slug = safe_name(text)
    assert name_fault(slug) is None
    assert safe_name(slug) == slug


@pytest.mark.parametrize(
    "name",
    ["form.pdf", "attachments/consent a.pdf", "Übung/Škoda.jpg", "a/b/c.d.e", "~x", "李.png"],
)
def test_ordinary_names_have_no_fault(name: str) -> None:
    assert name_fault(name) is None


UNSAFE_NAMES = {
    "": "empty",
    "/etc/passwd": "absolute",
    "C:/x": "absolute",
    "c:x": "absolute",
    "a\\b": "backslash",
    "../x": "'..'",
    "a/../b": "'..'",
    "./a": "'.'",
    "a//b": "''",
    "a/": "''",
    "a\nb": "control",
    "a\x00b": "control",
    "\x1b[2Jx": "control",
    "fdp.\u202eexe": "control",
    "a\ud800": "control",
    "what?.txt": "Windows",
    "x.txt:stream": "Windows",
    "a./b": "dot or a space",
    "a ": "dot or a space",
    "CON": "device",
    "a/nul.txt": "device",
    "com1.tar.gz": "device",
    "aux .txt": "device",
    "é" * 128: "255 bytes",  # two bytes each: 256
}


@pytest.mark.parametrize("name", UNSAFE_NAMES)
def test_an_unsafe_name_is_refused_for_its_own_reason(name: str, tmp_path: Path) -> None:
    fault = name_fault(name)
    assert fault is not None
    assert UNSAFE_NAMES[name] in fault
    with pytest.raises(UsageError) as refusal:
        contained(tmp_path, name)
    assert refusal.value.hint


@pytest.mark.parametrize(
    "names,clash",
    [
        (["a/x", "a/x"], ("a/x", "is there twice")),
        (["a/x", "A/y"], ("A/y", "differs from 'a' in capitals only")),
        (["straße", "STRASSE"], ("STRASSE", "differs from 'straße' in capitals only")),
        (["a/b", "a"], ("a", "is that of both a file and a folder")),
        (["a/", "a/b", "a/c", "b/a"], None),
    ],
)
def test_names_that_meet_on_some_disk_are_told_apart(
    names: list[str], clash: tuple[str, str] | None
) -> None:
    assert name_clash(names) == clash


@given(st.text())
def test_no_name_makes_the_check_fail_or_leads_out_of_the_folder(name: str) -> None:
    try:
        place = contained(Path("/nowhere/portfolio"), name)
    except CasebookError:
        return
    assert place.is_relative_to("/nowhere/portfolio")
    assert ".." not in place.parts


def test_a_link_inside_the_folder_is_allowed_and_one_leading_out_is_not(tmp_path: Path) -> None:
    root = tmp_path / "portfolio"
    root.mkdir()
    (root / "form.pdf").write_bytes(b"form")
    (root / "same.pdf").symlink_to("form.pdf")
    (tmp_path / "secret").write_bytes(b"secret")
    (root / "out.pdf").symlink_to("../secret")
    (root / "folder").symlink_to(tmp_path)
    assert contained(root, "same.pdf") == root / "same.pdf"
    for name in ("out.pdf", "folder/secret"):
        with pytest.raises(UsageError, match="leads out"):
            contained(root, name)


def test_a_circle_of_links_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(CasebookError):
        read_bytes(contained(tmp_path, "a"), 100)
