"""``casebook key``: keys are made and shown, records signed and checked, and secrets not shown."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from casebook.bundle.signing.allowed import read_lines
from casebook.workflow.key_files import open_key
from tests.portfolios.issued_lines import result, written
from tests.portfolios.keys import key_file, made_key, signers_file

Run = Callable[..., Result]

OLD = result(appeal_until=date(2026, 8, 1))
ANA = made_key(1)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_key_says_its_fingerprint_and_whom_to_give_what(run: Run) -> None:
    Path("word").write_text("a long word\n")
    done = run("key", "new", "my key", "--passphrase-file", "word", "--comment", "Ana")
    assert done.exit_code == 0
    key = open_key(Path("my key"), lambda _: b"a long word")
    assert done.stdout == f"{key.public.fingerprint}\n"
    assert done.stderr == "keep 'my key' to yourself, and give 'my key.pub' away\n"
    assert Path("my key.pub").read_text() == f"{key.public.line} Ana\n"
    assert "a long word" not in done.output


def test_a_key_without_a_passphrase_is_made_when_that_is_said(run: Run) -> None:
    done = run("key", "new", "key", "--no-passphrase")
    assert done.exit_code == 0
    assert "whoever gets the file can sign as you" in done.stderr
    assert Path("key.pub").read_text() == f"{open_key(Path('key')).public.line}\n"


@pytest.mark.parametrize(
    "words,why",
    [
        ((), "nobody to ask"),
        (("--passphrase-file", "nothing"), "there is no file"),
        (("--passphrase-file", "empty"), "no single line"),
        (("--passphrase-file", "word", "--no-passphrase"), "a passphrase or none"),
        (("--sealing", "--comment", "Ana"), "no passphrase and no comment"),
    ],
)
def test_a_key_that_cannot_be_made_leaves_nothing(
    run: Run, words: tuple[str, ...], why: str
) -> None:
    Path("empty").write_text("")
    Path("word").write_text("word")
    done = run("key", "new", "key", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr
    assert not list(Path().glob("key*"))


def test_what_was_made_is_told_as_json_too(run: Run) -> None:
    made = json.loads(run("key", "new", "key", "--no-passphrase", "--format", "json").stdout)
    public = open_key(Path("key")).public
    assert made == {
        "written": ["key", "key.pub"], "fingerprint": public.fingerprint, "public": public.line,
    }  # fmt: skip
    sealing = json.loads(run("key", "new", "office", "--sealing", "--format", "json").stdout)
    shown = json.loads(run("key", "show", "office", "--format", "json").stdout)
    assert sealing == {"written": ["office"], **shown}
    written(Path(), s01=OLD)
    signed = run("key", "sign", ".", "--sign", "key", "--format", "json")
    assert json.loads(signed.stdout) == {
        "written": ["s01.result.json.sig"], "signed_by": public.fingerprint,
    }  # fmt: skip


def test_no_key_is_replaced(run: Run) -> None:
    before = key_file(Path("key"), 1).read_bytes()
    done = run("key", "new", "key", "--no-passphrase")
    assert done.exit_code == 2
    assert "never replaced" in done.stderr
    assert Path("key").read_bytes() == before


def test_files_are_looked_at_before_a_passphrase_is_asked_for(run: Run) -> None:
    """There is nobody to ask here, and yet it is the files that are told of."""
    key_file(Path("key"), 1, b"sesame")
    Path("new.pub").write_text("")
    Path("notes.txt").write_text("kind: notes\n")
    for words, why in (
        (("new", "key"), "key is already there"),
        (("new", "new"), "new.pub is already there"),
        (("sign", "nothing.json", "--sign", "key"), "there is no file 'nothing.json'"),
        (("sign", "notes.txt", "--sign", "key"), "no sealed marks, result or appeal"),
    ):
        done = run("key", *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert why in done.stderr
        assert "nobody" not in done.stderr


@pytest.mark.parametrize("words", [("--no-passphrase",), ("--sealing",)])
def test_a_key_that_is_made_in_a_portfolio_is_warned_of(run: Run, words: tuple[str, ...]) -> None:
    Path("mine/cases").mkdir(parents=True)
    outside = run("key", "new", "mine/cases/before", *words)
    Path("mine/portfolio.yaml").write_text("kind: portfolio\n")
    inside = run("key", "new", "mine/cases/key", *words)
    assert (outside.exit_code, inside.exit_code) == (0, 0)
    assert "careful" not in outside.stderr
    assert "mine is a portfolio, which is handed in; keys do not belong there" in inside.stderr


def test_a_sealing_key_says_its_recipient(run: Run) -> None:
    done = run("key", "new", "office", "--sealing")
    assert (done.exit_code, done.stdout[:4]) == (0, "age1")
    assert "AGE-SECRET" not in done.output
    assert run("key", "show", "office").stdout == done.stdout
    shown = json.loads(run("key", "show", "office", "--format", "json").stdout)
    assert shown == {"recipients": [done.stdout.strip()]}
    line = run("key", "show", "office", "--as", "ana", "--for", "marks")
    assert (line.exit_code, line.stdout) == (2, "")


def test_a_key_is_shown_without_its_passphrase(run: Run) -> None:
    key_file(Path("key"), 1, b"a long word")
    shown = run("key", "show", "key")
    assert shown.stdout.splitlines() == [ANA.public.fingerprint, ANA.public.line]
    values = json.loads(run("key", "show", "key", "--format", "json").stdout)
    assert values == {"fingerprint": ANA.public.fingerprint, "public": ANA.public.line}


def test_a_line_for_allowed_signers_is_printed(run: Run) -> None:
    key_file(Path("key"), 1)
    words = ("key", "show", "key", "--as", "ana", "--for", "marks", "--for", "result")
    line = run(*words).stdout
    (read,) = read_lines(line.encode())
    assert (read.names, read.namespaces) == ("ana", "casebook-marks@v1,casebook-result@v1")
    assert json.loads(run(*words, "--format", "json").stdout)["allowed_signer"] == line.strip()


@pytest.mark.parametrize(
    "words", [("--as", "ana"), ("--for", "marks"), ("--as", "a b", "--for", "marks")]
)
def test_half_a_line_is_none(run: Run, words: tuple[str, ...]) -> None:
    """Nobody is trusted with everything because a word was forgotten."""
    key_file(Path("key"), 1)
    done = run("key", "show", "key", *words)
    assert (done.exit_code, done.stdout) == (2, "")


def test_whose_key_it_is_is_told(run: Run) -> None:
    key_file(Path("key"), 1)
    key_file(Path("other"), 2)
    signers_file(Path("allowed"), ana=1, ruiz=1)
    told = run("key", "show", "key", "--signers", "allowed")
    assert (told.exit_code, told.stdout.splitlines()[2:]) == (0, ["a key of ana", "a key of ruiz"])
    nobodys = run("key", "show", "other", "--signers", "allowed")
    assert (nobodys.exit_code, len(nobodys.stdout.splitlines())) == (1, 2)
    assert nobodys.stderr == "allowed has no such key, or not for now\n"
    values = json.loads(
        run("key", "show", "key", "--signers", "allowed", "--format", "json").stdout
    )
    assert values["who"] == ["ana", "ruiz"]


def test_what_is_there_is_signed_and_checked(run: Run) -> None:
    key_file(Path("key"), 1)
    signers_file(Path("allowed"), ana=1)
    path = written(Path(), s01=OLD)["s01"]
    unsigned = run("key", "check", path)
    assert unsigned.exit_code == 1
    assert unsigned.stdout.splitlines()[0] == "FAIL  s01.result.json"
    signed = run("key", "sign", path, "--sign", "key")
    assert (signed.exit_code, signed.stdout) == (0, "s01.result.json.sig\n")
    checked = run("key", "check", path, "--signers", "allowed")
    assert (checked.exit_code, checked.stdout) == (
        0,
        "ok    s01.result.json\n      signed by ana\n",
    )
    any_key = run("key", "check", path)
    assert any_key.exit_code == 0
    assert "whose keys these are is not checked" in any_key.stderr


def test_a_check_is_told_as_json_too(run: Run) -> None:
    key_file(Path("key"), 1)
    signers_file(Path("allowed"), ana=1)
    paths = written(Path(), s01=OLD, s02=result(mark=1))
    run("key", "sign", paths["s01"], "--sign", "key")
    done = run("key", "check", ".", "--signers", "allowed", "--format", "json")
    assert done.exit_code == 1
    first, second = json.loads(done.stdout)
    assert first == {
        "path": "s01.result.json", "namespace": "casebook-result@v1", "signed": True,
        "key": ANA.public.fingerprint, "who": ["ana"], "why": "signed by ana",
    }  # fmt: skip
    assert (second["path"], second["signed"], second["key"]) == ("s02.result.json", False, None)


def test_a_key_counts_on_the_day_that_is_judged_for(run: Run) -> None:
    """Until the first of July, 0:00: on the last of June to its end, and then no more."""
    key_file(Path("key"), 1)
    Path("allowed").write_text(f'ana valid-before="20260701" {ANA.public.line}\n')
    path = written(Path(), s01=OLD)["s01"]
    run("key", "sign", path, "--sign", "key")
    words = ("key", "check", path, "--signers", "allowed", "--date")
    assert run(*words, "2026-06-30").exit_code == 0
    late = run(*words, "2026-07-01")
    assert late.exit_code == 1
    assert "the key counts no longer" in " ".join(late.stdout.split())


def test_lines_that_count_for_nothing_are_told(run: Run) -> None:
    path = written(Path(), s01=OLD)["s01"]
    Path("allowed").write_text(f"ana ssh-rsa AAAA\nbo {ANA.public.line}\n")
    told = run("key", "check", path, "--signers", "allowed").stderr
    assert "allowed: passed over line 1: only Ed25519 keys count here" in told


def test_a_key_that_others_can_read_is_told(run: Run) -> None:
    key_file(Path("key"), 1).chmod(0o644)
    path = written(Path(), s01=OLD)["s01"]
    done = run("key", "sign", path, "--sign", "key")
    assert done.exit_code == 0
    assert done.stderr == (
        "careful: others on this machine can read key; `chmod 600 key` keeps it to you\n"
    )


@pytest.mark.parametrize(
    "words,why",
    [
        (("--sign", "key.pub"), "key.pub: it is a public key"),
        (("--sign", "s01.result.json"), "s01.result.json: it is no private key"),
        (("--sign", "nothing"), "there is no file 'nothing'"),
        (("--sign", "."), ". is a folder"),
        (("--sign", "locked"), "locked: the key has a passphrase, and there is nobody to ask"),
        (("--sign", "locked", "--passphrase-file", "wrong"), "the passphrase does not open"),
        (("--sign", "locked", "--passphrase-file", "empty"), "no single line"),
        ((), "missing option '--sign'"),
    ],
)
def test_a_key_that_cannot_be_used_ends_with_2(run: Run, words: tuple[str, ...], why: str) -> None:
    key_file(Path("locked"), 1, b"a long word")
    Path("key.pub").write_text(ANA.public.line)
    Path("wrong").write_text("another word\n")
    Path("empty").write_text("")
    written(Path(), s01=OLD)
    done = run("key", "sign", "s01.result.json", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr
    assert "long word" not in done.output
    assert not Path("s01.result.json.sig").exists()


def test_a_passphrase_without_a_key_is_a_slip(run: Run) -> None:
    Path("word").write_text("word")
    written(Path(), s01=OLD)
    done = run("appeal", "open", "s01.result.json", "--grounds", "x", "--passphrase-file", "word")
    assert done.exit_code == 2
    assert "none is named" in done.stderr


def test_an_appeal_is_signed_from_the_command_line(run: Run) -> None:
    key_file(Path("key"), 1)
    signers_file(Path("allowed"), ana=1)
    path = written(Path(), s01=OLD)["s01"]
    words = ("--sign", "key", "--signers", "allowed")
    grounds = ("appeal", "open", path, "--grounds", "x", "--date", "2026-07-10")
    refused = run(*grounds, *words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    run("key", "sign", path, "--sign", "key")
    opened = run(*grounds, *words)
    assert opened.stdout == f"wrote s01.appeal.json, signed by {ANA.public.fingerprint}\n"
    decided = run(
        "appeal", "decide", "s01.appeal.json", path, "--outcome", "dismissed", "--by", "Lou Lee",
        "--reason", "Weighed.", "--date", "2026-07-11", *words,
    )  # fmt: skip
    assert decided.exit_code == 0
    readers = (("appeal", "history"), ("appeal", "show"), ("key", "check"))
    assert [run(*each, ".", "--signers", "allowed").exit_code for each in readers] == [0, 0, 0]
    Path("s01.decided.appeal.json.sig").unlink()
    assert [run(*each, ".", "--signers", "allowed").exit_code for each in readers] == [1, 1, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.may_skip("there are no such terminals")
@pytest.mark.parametrize(
    "answers,word",
    [(["sesame", "sesame"], b"sesame"), (["", ""], None), (["a", "b", "c", "c"], b"c")],
)
def test_on_a_terminal_a_passphrase_is_asked_for_twice_and_not_shown(
    answers: list[str], word: bytes | None
) -> None:
    """A word that is not the same twice is asked for again."""
    shown = on_a_terminal(["key", "new", "key"], answers)
    assert stat.S_IMODE(Path("key").stat().st_mode) == 0o600
    key = open_key(Path("key"), (lambda _: word) if word else None)
    assert Path("key.pub").read_text() == f"{key.public.line}\n"
    assert "sesame" not in shown
    assert ("the key has no passphrase" in shown) is (word is None)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.may_skip("there are no such terminals")
def test_on_a_terminal_the_passphrase_of_a_key_is_asked_for() -> None:
    key_file(Path("key"), 1, b"sesame")
    written(Path(), s01=OLD)
    shown = on_a_terminal(["key", "sign", "s01.result.json", "--sign", "key"], ["sesame"])
    assert "Passphrase of key:" in shown
    assert "sesame" not in shown
    assert Path("s01.result.json.sig").exists()


def on_a_terminal(words: list[str], answers: list[str]) -> str:
    """Run casebook on a terminal of its own, and answer each question.

    Returns:
        What the terminal shows.
    """
    ours, theirs = os.openpty()
    line = [sys.executable, "-m", "casebook", *words]
    with subprocess.Popen(
        line, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as running:
        os.close(theirs)
        shown, waiting = b"", list(answers)
        # Reading ends with an error, or with nothing, when nobody holds the other end.
        with suppress(OSError):
            while part := os.read(ours, 1000):
                shown += part
                if shown.endswith(b": ") and waiting:
                    os.write(ours, waiting.pop(0).encode() + b"\n")
    os.close(ours)
    assert running.returncode == 0, shown
    assert not waiting
    return shown.decode()
