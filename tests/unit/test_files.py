import errno
import gc
import importlib
import io
import os
import random
import signal
import stat
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casebook
from casebook.bundle.archive import write_archive
from casebook.bundle.bag import make_bag
from casebook.errors import CasebookError, MachineError, UsageError
from casebook.files import (
    contained,
    made_by_casebook,
    marks,
    name_clash,
    name_fault,
    read_bytes,
    safe_name,
    sweep_orphans,
    turn_in,
    write_file,
    write_new_file,
    write_tree,
    writing,
)

CHECKOUT = Path(casebook.__file__).parents[1]
OURS = b'<!doctype html><html><head><meta name="generator" content="casebook 0.1.0"></head></html>'


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def run_python(script: str, *arguments: str) -> subprocess.Popen[str]:
    # Why: measuring coverage, a killed or limited process would leave broken data behind.
    inherited = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env={**inherited, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def dead_process() -> int:
    finished = run_python("")
    finished.communicate()
    return finished.pid


def failing(number: int) -> Callable[..., NoReturn]:
    def fail(*arguments: object, **options: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def failing_to_create(number: int) -> Callable[..., int]:
    really_open = os.open

    def open_(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            raise OSError(number, os.strerror(number))
        return really_open(path, flags, mode, dir_fd=dir_fd)

    return open_


# --- names -------------------------------------------------------------------------------------


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


# --- reading -----------------------------------------------------------------------------------


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"12345")
    assert read_bytes(file, 5) == b"12345"
    with pytest.raises(UsageError, match="larger than"):
        read_bytes(file, 4)


def test_a_folder_a_missing_file_and_a_pipe_are_refused_in_words(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    cases = {
        ".": "is a folder",
        "missing": "there is no file",
        "file/below": "there is no file",
        "nul\0": "there is no file",
        "pipe": "not an ordinary file",
    }
    for name, words in cases.items():
        with pytest.raises(UsageError, match=words) as refusal:
            read_bytes(tmp_path / name, 10)
        assert refusal.value.hint


def test_a_device_is_not_read() -> None:
    with pytest.raises(UsageError, match="not an ordinary file"):
        read_bytes(Path("/dev/zero"), 10)


def test_a_file_the_system_will_not_open_is_the_machines_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "f"
    file.touch()
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    with pytest.raises(MachineError, match="permission is denied"):
        read_bytes(file, 10)


# --- writing one file --------------------------------------------------------------------------


def test_a_new_file_is_written_with_its_folders_and_nothing_else(tmp_path: Path) -> None:
    write_file(tmp_path / "build" / "deep" / "a.html", OURS)
    assert (tmp_path / "build" / "deep" / "a.html").read_bytes() == OURS
    assert names(tmp_path / "build" / "deep") == ["a.html"]


def test_what_casebook_made_is_made_anew_with_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    write_file(file, OURS)
    file.chmod(0o600)
    write_file(file, OURS + b"\n")
    assert file.read_bytes() == OURS + b"\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_the_user_made_is_replaced_only_with_force(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(b"mine")
    with pytest.raises(UsageError) as refusal:
        write_file(file, OURS)
    assert "--force" in (refusal.value.hint or "")
    assert file.read_bytes() == b"mine"
    write_file(file, OURS, force=True)
    assert file.read_bytes() == OURS


def test_a_folder_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(UsageError):
            write_file(tmp_path / name, OURS, force=True)
    assert names(tmp_path) == ["folder", "pipe"]


def test_a_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to("theirs")
    with pytest.raises(UsageError):
        write_file(tmp_path / "link", OURS)
    write_file(tmp_path / "link", OURS, force=True)
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert (tmp_path / "link").read_bytes() == OURS


def test_a_link_to_nothing_is_not_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nothing")
    with pytest.raises(UsageError):
        write_file(tmp_path / "link", OURS)
    assert names(tmp_path) == ["link"]


REFUSALS = {
    "read-only disk": ("open", failing_to_create(errno.EROFS), "the disk is read-only"),
    "read-only folder": ("open", failing_to_create(errno.EACCES), "permission is denied"),
    "full disk": ("fsync", failing(errno.ENOSPC), "the disk is full"),
    "quota": ("fsync", failing(errno.EDQUOT), "your share of the disk is used up"),
    "faulty disk": ("fsync", failing(errno.EIO), "the disk reports a fault"),
    "lost server": ("fsync", failing(errno.ESTALE), os.strerror(errno.ESTALE)),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_when_the_system_refuses_the_old_file_stays_whole_and_alone(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, refuse, words = REFUSALS[case]
    file = tmp_path / "a.html"
    write_file(file, OURS)
    monkeypatch.setattr(os, call, refuse)
    writes: list[Callable[[], None]] = [
        lambda: write_file(file, OURS * 2),
        lambda: write_tree(tmp_path / "tree", {"a": b""}),
    ]
    for write in writes:
        with pytest.raises(MachineError) as refusal:
            write()
        assert words in str(refusal.value)
        assert refusal.value.hint
        assert file.read_bytes() == OURS
        assert names(tmp_path) == ["a.html"]


def test_when_the_last_step_fails_the_old_file_stays_whole_and_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.html"
    write_file(file, OURS)
    monkeypatch.setattr(Path, "replace", failing(errno.EPERM))
    monkeypatch.setattr(Path, "rename", failing(errno.EPERM))
    with pytest.raises(MachineError, match="the system does not permit it"):
        write_file(file, OURS * 2)
    with pytest.raises(MachineError, match="the system does not permit it"):
        write_tree(tmp_path / "tree", {"a": b""})
    assert file.read_bytes() == OURS
    assert names(tmp_path) == ["a.html"]


def test_a_file_in_the_way_of_a_folder_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("file/a.html", "file/below/a.html"):
        with pytest.raises(UsageError, match=r"file is no folder, and a\.html is to be written"):
            write_file(tmp_path / name, OURS)
    with pytest.raises(UsageError, match="file is no folder, and tree"):
        write_tree(tmp_path / "file" / "tree", {"a": b""})
    assert (tmp_path / "file").read_bytes() == b""


def test_an_interrupted_write_removes_its_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a", b"x")
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_synced_does_not_fail_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no folders")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_file(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


LIMITED = """
import resource, sys
from pathlib import Path
from casebook.errors import MachineError
from casebook.files import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(Path(sys.argv[1]), b"x" * 5000, force=True)
except MachineError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def test_a_limit_on_file_size_ends_in_one_line_and_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    process = run_python(LIMITED, str(file))
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (3, "")
    assert output == f"cannot write {file}: the file is larger than this system allows\n"
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


REWRITING = """
import sys
from pathlib import Path
from casebook.files import write_file
target, size = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_file(target, letter * size, force=True)
"""


@pytest.mark.slow
def test_a_process_killed_while_writing_never_leaves_half_a_file(tmp_path: Path) -> None:
    size = 1_000_000
    target = tmp_path / "packet.pdf"
    target.write_bytes(b"a" * size)
    moments = random.Random(2)
    whole = []
    orphans = 0
    for _ in range(30):
        writer = run_python(REWRITING, str(target), str(size))
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.03))
        writer.kill()
        writer.communicate(timeout=60)
        assert writer.returncode == -signal.SIGKILL
        whole.append(target.read_bytes() in (b"a" * size, b"b" * size))
        orphans += len(names(tmp_path)) - 1
    assert all(whole)
    # Why: had no kill come in the middle of a write, nothing would have been tested.
    assert orphans > 0
    sweep_orphans(tmp_path)
    assert names(tmp_path) == ["packet.pdf"]


# --- writing a folder --------------------------------------------------------------------------

TREE = {"portfolio.yaml": b"kind: portfolio\n", "cases/a.yaml": b"a", "cases/deep/b.yaml": b""}


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_a_folder_appears_with_all_its_files(tmp_path: Path) -> None:
    write_tree(tmp_path / "new" / "portfolio", TREE)
    assert read_tree(tmp_path / "new" / "portfolio") == TREE
    assert names(tmp_path / "new") == ["portfolio"]


def test_an_empty_folder_may_stand_there_already(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "link").symlink_to("p")
    write_tree(tmp_path / "link", TREE)
    assert read_tree(tmp_path / "p") == TREE


@pytest.mark.parametrize("occupied", ["full", "file", "here"])
def test_an_occupied_place_is_refused_and_left_alone(
    occupied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(UsageError) as refusal:
        write_tree(tmp_path / occupied, TREE)
    assert refusal.value.hint
    assert read_tree(tmp_path) == {"full/mine": b"mine", "file": b"mine"}


@pytest.mark.parametrize("name", ["../out", "/abs", "a/../../out", "cases"])
def test_one_bad_name_means_no_folder_at_all(name: str, tmp_path: Path) -> None:
    with pytest.raises(CasebookError):
        write_tree(tmp_path / "p", {**TREE, name: b""})
    assert names(tmp_path) == []


# --- orphans -----------------------------------------------------------------------------------


def test_only_what_dead_processes_of_this_machine_left_is_swept(tmp_path: Path) -> None:
    dead, here = dead_process(), writing._machine()
    gone = [f".casebook-{here}-{dead}-0000000{number}.tmp" for number in range(3)]
    kept = [
        f".casebook-{here}-{os.getpid()}-00000000.tmp",
        f".casebook-{here}-1-00000000.tmp",
        f".casebook-00000000-{dead}-00000000.tmp",
        f".casebook-{here}-{dead}-00000000.tmp.txt",
        "notes.tmp",
    ]
    target = tmp_path / "notes.tmp"
    for name in (gone[0], *kept):
        (tmp_path / name).touch()
    (tmp_path / gone[1] / "cases").mkdir(parents=True)
    (tmp_path / gone[1] / "cases" / "a.yaml").touch()
    (tmp_path / gone[2]).symlink_to(target)
    assert sweep_orphans(tmp_path) == tuple(sorted(gone))
    assert names(tmp_path) == sorted(kept)


def test_each_write_sweeps_first(tmp_path: Path) -> None:
    orphan = f".casebook-{writing._machine()}-{dead_process()}-00000000.tmp"
    writes: list[Callable[[], None]] = [
        lambda: write_file(tmp_path / "a", b"", force=True),
        lambda: write_tree(tmp_path / "b", {}),
    ]
    for write in writes:
        (tmp_path / orphan).touch()
        write()
        assert orphan not in names(tmp_path)


def test_sweeping_a_folder_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    assert sweep_orphans(tmp_path / "missing") == ()


# --- whose file it is --------------------------------------------------------------------------


def our_zip() -> bytes:
    bag = make_bag({"a.txt": b"a"}, {"Bagging-Date": "2026-03-02"})
    return write_archive(bag, "submission", day())


def day() -> date:
    return date(2026, 3, 2)


def foreign_zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("x/bagit.txt", "BagIt-Version: 1.0\n")
        archive.writestr("x/bag-info.txt", "Bag-Software-Agent: another tool\n")
    return content.getvalue()


MADE_HERE = {
    "html": OURS,
    "html with a declaration": b'\n<html lang="en"><meta name="generator" content="casebook">',
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><!-- made by casebook 0.1.0 --></svg>',
    "svg with a prolog": b'<?xml version="1.0"?><!-- casebook 0.1.0 --><svg></svg>',
    "json": b'{\n  "casebook": "0.1.0",\n  "findings": []\n}',
    "zip": our_zip(),
}
MADE_ELSEWHERE = {
    "empty": b"",
    "text about it": b"casebook is a toolkit",
    "html": b"<!doctype html><html><body>casebook</body></html>",
    "html by another": b'<html><meta name="generator" content="Other 1.0 (like casebook)"></html>',
    "svg": b"<svg><title>casebook</title></svg>",
    "json": b'{"name": "casebook"}',
    "json with a late key": b'{"a": "' + b"x" * 500 + b'", "casebook": 1}',
    "zip": foreign_zip(),
    "half a zip": our_zip()[:40],
    "half a pdf": b"%PDF-1.7\nstartxref\n9\n%%EOF",
}


@pytest.mark.parametrize("kind", MADE_HERE)
def test_the_mark_of_casebook_is_found(kind: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(MADE_HERE[kind])
    assert made_by_casebook(tmp_path / "f")


@pytest.mark.parametrize("kind", MADE_ELSEWHERE)
def test_the_users_own_file_is_not_taken_for_casebooks(kind: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(MADE_ELSEWHERE[kind])
    assert not made_by_casebook(tmp_path / "f")


def test_what_is_no_file_is_not_casebooks(tmp_path: Path) -> None:
    assert not made_by_casebook(tmp_path)
    assert not made_by_casebook(tmp_path / "missing")


def pdf(generator: str, **options: object) -> bytes:
    weasyprint: Any = importlib.import_module("weasyprint")
    content = (
        f"<html lang=en><head><title>Ü (1)</title><meta name=generator content='{generator}'>"
        "</head><body><h1>Packet</h1><p>casebook</p></body></html>"
    )
    written = bytes(weasyprint.HTML(string=content).write_pdf(**options))
    gc.collect()
    return written


@pytest.mark.slow
# WeasyPrint leaves the colour profile of PDF/A open.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize(
    "options",
    [{}, {"pdf_variant": "pdf/a-3a"}, {"pdf_variant": "pdf/ua-1"}, {"uncompressed_pdf": True}],
    ids=["plain", "pdf/a-3a", "pdf/ua-1", "uncompressed"],
)
def test_a_pdf_is_known_by_its_creator(options: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"
    file.write_bytes(pdf("casebook 0.1.0", **options))
    assert made_by_casebook(file)
    file.write_bytes(pdf("Other 1.0", **options))
    assert not made_by_casebook(file)


@pytest.mark.parametrize(
    "packed",
    [
        b"no deflate",
        zlib.compress(b""),
        zlib.compress(b"9" * 6000 + b" 0 "),
        zlib.compress(b"1 2 3"),
    ],
)
def test_a_pdf_whose_objects_cannot_be_read_is_the_users_own(packed: bytes, tmp_path: Path) -> None:
    body = b"%PDF-1.7\n1 0 obj\n<</Type /ObjStm/N 1/First 6003>>\nstream\n" + packed
    end = b"\nendstream\n2 0 obj\n<</Type /XRef/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    (tmp_path / "f.pdf").write_bytes(body + end % (len(body) + 11))
    assert not made_by_casebook(tmp_path / "f.pdf")


def test_a_pdf_that_names_objects_it_does_not_hold_is_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(b"%PDF-1.7\n<</Info 3 0 R>>\nstartxref\n9\n%%EOF\n")
    assert not made_by_casebook(tmp_path / "f.pdf")


def test_a_file_that_cannot_be_opened_is_not_casebooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f").write_bytes(OURS)
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    assert not made_by_casebook(tmp_path / "f")


def test_a_pdf_with_notes_appended_by_another_program_is_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"
    file.write_bytes(pdf("casebook 0.1.0") + b"\n% notes\nstartxref\n5\n%%EOF\n")
    assert not made_by_casebook(file)


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<svg", b"{"]))
def test_no_content_makes_the_question_fail(content: bytes, start: bytes) -> None:
    assert not marks._is_our_pdf(start + content)
    assert not marks._is_our_bag(start + content)


@pytest.mark.parametrize("standing", [b"", OURS], ids=["empty", "made by casebook"])
def test_a_new_file_replaces_nothing(tmp_path: Path, standing: bytes) -> None:
    path = tmp_path / "deep" / "new.json"
    write_new_file(path, b"first")
    assert path.read_bytes() == b"first"
    path.write_bytes(standing)
    with pytest.raises(UsageError, match="is already there, and is never replaced"):
        write_new_file(path, b"second")
    assert path.read_bytes() == standing
    assert names(path.parent) == ["new.json"]


def test_a_disk_that_knows_no_second_name_gets_new_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory card, say; nothing is replaced there either."""

    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "new.json"
    write_new_file(path, b"first")
    with pytest.raises(UsageError, match="never replaced"):
        write_new_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["new.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_one_at_a_time_has_its_turn_in_a_folder(tmp_path: Path) -> None:
    """A process that waits for its turn says so only after this one's is over."""
    script = (
        "import sys, pathlib\nfrom casebook.files import turn_in\n"
        "print('waits', flush=True)\n"
        "with turn_in(pathlib.Path(sys.argv[1])):\n"
        "    print((pathlib.Path(sys.argv[1]) / 'done').exists())\n"
    )
    with turn_in(tmp_path):
        other = run_python(script, str(tmp_path))
        assert other.stdout is not None
        assert other.stdout.readline() == "waits\n"
        (tmp_path / "done").touch()
    said, complaint = other.communicate()
    assert (said, complaint) == ("True\n", "")
