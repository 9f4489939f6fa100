"""Keys are written once, for one person; what may be given away is shown without a passphrase."""

import stat
from datetime import date
from pathlib import Path

import pytest

from casebook.bundle.signing.allowed import read_lines
from casebook.bundle.signing.keys import PublicKey
from casebook.errors import UsageError
from casebook.workflow.key_files import (
    is_exposed,
    new_key,
    new_sealing_key,
    open_key,
    read_passphrase,
    show_key,
    signer_line,
)
from tests.portfolios.keys import key_file, made_key


def test_a_new_key_is_its_owners_alone(tmp_path: Path) -> None:
    made = new_key(tmp_path / "key", b"a word", "Ana Ruiz")
    assert stat.S_IMODE(made.private.stat().st_mode) == 0o600
    assert not is_exposed(made.private)
    assert made.public.read_text() == f"{made.key.line} Ana Ruiz\n"
    assert PublicKey.parse(made.public.read_text()) == made.key
    asked: list[str] = []

    def ask(name: str) -> bytes:
        asked.append(name)
        return b"a word"

    assert open_key(made.private, ask).public == made.key
    assert asked == [str(made.private)]


def test_a_key_without_a_comment_ends_with_the_key(tmp_path: Path) -> None:
    made = new_key(tmp_path / "key", None, "")
    assert made.public.read_text() == f"{made.key.line}\n"


def test_a_byte_order_mark_keeps_no_key_from_being_opened(tmp_path: Path) -> None:
    """Some editors put one there; the passphrase is the one that was typed."""
    mark = b"\xef\xbb\xbf"
    path = key_file(tmp_path / "key", 1, b"a word")
    path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "word").write_bytes(mark + b"a word\r\n")
    assert open_key(path, lambda _: read_passphrase(tmp_path / "word")).public == made_key(1).public
    (tmp_path / "key.pub").write_bytes(mark + made_key(1).public.line.encode())
    assert show_key(tmp_path / "key.pub").key == made_key(1).public


def test_a_recipient_is_shown_as_itself(tmp_path: Path) -> None:
    made = new_sealing_key(tmp_path / "office", date(2026, 7, 1))
    path = tmp_path / "office.pub"
    path.write_text(f"{made.recipient}\n")
    assert show_key(path).recipients == (made.recipient,)


@pytest.mark.parametrize(
    "content, called",
    [
        (b"PuTTY-User-Key-File-3: ssh-ed25519\n", "a key in PuTTY's form"),
        (b"ana ssh-ed25519 AAAA\n", "it is no public key"),
        (b"AGE-SECRET-KEY-1QQ", "key: "),
    ],
)
def test_what_has_no_key_to_show_is_told_with_its_file(
    tmp_path: Path, content: bytes, called: str
) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=called) as caught:
        show_key(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("taken", ["key", "key.pub"])
def test_no_key_is_ever_replaced(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("mine")
    with pytest.raises(UsageError, match="never replaced"):
        new_key(tmp_path / "key", None, "")
    assert [each.name for each in tmp_path.iterdir()] == [taken]


def test_a_comment_is_one_line(tmp_path: Path) -> None:
    """A second line in a public file would be a second key."""
    with pytest.raises(UsageError, match="no single line"):
        new_key(tmp_path / "key", None, "Ana\nssh-ed25519 AAAA")
    assert not list(tmp_path.iterdir())


def test_a_sealing_key_is_its_owners_alone_and_shows_its_recipient(tmp_path: Path) -> None:
    made = new_sealing_key(tmp_path / "key", date(2026, 7, 1))
    assert stat.S_IMODE(made.private.stat().st_mode) == 0o600
    assert show_key(made.private).recipients == (made.recipient,)
    assert made.recipient.startswith("age1")
    with pytest.raises(UsageError, match="an age identity"):
        open_key(made.private)


def test_a_locked_key_is_shown_without_its_passphrase(tmp_path: Path) -> None:
    private = key_file(tmp_path / "key", 1, b"a word")
    public = tmp_path / "key.pub"
    public.write_text(f"{made_key(1).public.line} Ana\n")
    assert show_key(private).key == show_key(public).key == made_key(1).public


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\0", b"-----BEGIN CERTIFICATE-----"])
def test_what_is_no_key_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    for use in (show_key, open_key):
        with pytest.raises(UsageError, match="key: it is"):
            use(path)


def test_others_reading_a_key_is_seen(tmp_path: Path) -> None:
    path = key_file(tmp_path / "key", 1)
    for mode, exposed in ((0o600, False), (0o400, False), (0o640, True), (0o604, True)):
        path.chmod(mode)
        assert is_exposed(path) is exposed


def test_a_signers_line_is_for_the_things_it_names() -> None:
    (line,) = read_lines(signer_line(made_key(1).public, "ana", ["marks", "result"]).encode())
    assert (line.names, line.namespaces, line.key) == (
        "ana", "casebook-marks@v1,casebook-result@v1", made_key(1).public,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["", "a b", "a,b", "*", "!ana", '"ana"', "#ana", "a\nb", "an?"])
def test_a_name_that_would_mean_others_makes_no_line(who: str) -> None:
    with pytest.raises(UsageError, match="no name for an allowed signer"):
        signer_line(made_key(1).public, who, ["marks"])


@pytest.mark.parametrize(
    "content,word",
    [(b"a word", b"a word"), (b"a word\n", b"a word"), (b" a word \r\n", b" a word ")],
)
def test_a_passphrase_is_the_one_line_of_its_file(
    tmp_path: Path, content: bytes, word: bytes
) -> None:
    path = tmp_path / "word"
    path.write_bytes(content)
    assert read_passphrase(path) == word


@pytest.mark.parametrize("content", [b"", b"\n", b"a\nb\n"])
def test_a_file_with_no_passphrase_or_more_lines_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "word"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no single line"):
        read_passphrase(path)
