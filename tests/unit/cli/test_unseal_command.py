"""``casebook unseal``, and sealing and signing at the command line, from submission to grader."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.bundle.secrecy import new_identity
from casebook.bundle.signing.keys import new_signing_key
from casebook.bundle.signing.private_keys import private_text

Run: TypeAlias = Callable[..., Result]

OFFICE = new_identity()
KEY = new_signing_key()


@pytest.fixture
def identity(studio: Path) -> Path:
    del studio  # the user stands beside it
    path = Path("office.txt")
    path.write_bytes(OFFICE.to_file(date(2026, 7, 1)))
    path.chmod(0o600)
    return path


@pytest.fixture
def signers(studio: Path) -> Path:
    del studio
    Path("signers").write_text(f"kim@example.org {KEY.public.line}\n", "utf-8")
    key = Path("kim")
    key.write_bytes(private_text(KEY, None))
    key.chmod(0o600)
    return Path("signers")


@pytest.fixture
def sealed(run: Run, studio: Path, identity: Path, signers: Path) -> Path:
    del identity, signers
    result = run("submit", studio, "--sign", "kim", "--seal", OFFICE.recipient)
    assert result.exit_code == 0, result.output
    return studio / "build" / "submission.zip.age"


def test_what_was_signed_and_sealed_is_named(run: Run, studio: Path, signers: Path) -> None:
    del signers
    result = run("submit", studio, "--sign", "kim", "--seal", OFFICE.recipient)
    assert (result.exit_code, result.stderr) == (0, "")
    _, made, by, to = result.stdout.splitlines()
    assert made.startswith("studio/build/submission.zip.age  ")
    assert by == f"  signed by the key {KEY.public.fingerprint}"
    assert to == f"  sealed to {OFFICE.recipient}"


def test_json_names_them_too(run: Run, studio: Path, signers: Path) -> None:
    del signers
    result = run("submit", studio, "--sign", "kim", "--format", "json")
    values = json.loads(result.stdout)
    assert (values["signer"], values["sealed_to"]) == (KEY.public.fingerprint, None)


def test_a_plain_submission_from_before_is_told_on_stderr(run: Run, studio: Path) -> None:
    run("submit", studio)
    result = run("submit", studio, "--seal", OFFICE.recipient)
    assert result.exit_code == 0
    assert result.stderr.startswith("studio/build/submission.zip from before is not sealed")


def test_a_recipient_may_stand_in_a_file(run: Run, studio: Path) -> None:
    Path("recipient.txt").write_text(f"# the office\n{OFFICE.recipient}\n", "utf-8")
    assert run("submit", studio, "--seal", "recipient.txt").exit_code == 0


BAD_RECIPIENTS = {
    "the-office": "'the-office' is no recipient",
    "nowhere/key.txt": "'nowhere/key.txt' is no recipient",
    "studio": "studio is a folder",
    "kim": "kim is a private key that signs, and no recipient",
    "office.txt": "office.txt: that is the office's secret identity",
    OFFICE.secret: "that is the office's secret identity",
}


# Why ids: a key is another in each process that collects the tests.
@pytest.mark.parametrize("written", BAD_RECIPIENTS, ids=range(len(BAD_RECIPIENTS)))
def test_a_mistaken_recipient_ends_with_2_before_any_work(
    written: str, run: Run, studio: Path, identity: Path, signers: Path
) -> None:
    del identity
    Path("kim").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n", "utf-8")
    assert signers.exists()
    result = run("submit", studio, "--seal", written)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"casebook: {BAD_RECIPIENTS[written]}")
    assert OFFICE.secret not in result.stderr
    assert not (studio / "build").exists()


def test_an_office_verifies_with_its_identity_and_its_signers(
    run: Run, sealed: Path, studio: Path, identity: Path, signers: Path
) -> None:
    result = run(
        "verify", sealed, "--identity", identity, "--signers", signers,
        "--as", "kim@example.org", "--program", studio / "program",
    )  # fmt: skip
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[8:12] == [
        " 5. ok    whoever made it sealed it to you",
        f"          {OFFICE.recipient}",
        " 6. ok    it is signed, and nothing was changed after that",
        f"          by kim@example.org, with the key {KEY.public.fingerprint}",
    ]


def test_without_its_identity_a_sealed_file_ends_with_2(run: Run, sealed: Path) -> None:
    result = run("verify", sealed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("--identity FILE\n")


def test_a_name_without_a_list_of_signers_ends_with_2(run: Run, sealed: Path) -> None:
    result = run("verify", sealed, "--as", "kim@example.org")
    assert result.exit_code == 2
    assert "--signers FILE" in result.stderr


def test_somebody_elses_name_ends_with_1(
    run: Run, sealed: Path, identity: Path, signers: Path
) -> None:
    words = ("--identity", identity, "--signers", signers, "--as", "ana")
    result = run("verify", sealed, *words)
    assert result.exit_code == 1
    assert " 6. FAIL  it is signed" in result.stdout
    assert run("open", sealed, "opened", *words).exit_code == 1
    assert not Path("opened").exists()


def test_a_sealed_submission_is_opened(
    run: Run, sealed: Path, studio: Path, identity: Path
) -> None:
    result = run("open", sealed, "opened", "--identity", identity, "--program", studio / "program")
    assert (result.exit_code, result.stdout) == (0, "opened  9 files\n")


@pytest.mark.skipif(os.name == "nt", reason="files have no such permissions there")
def test_an_identity_that_others_can_read_is_told(run: Run, sealed: Path, identity: Path) -> None:
    identity.chmod(0o644)
    result = run("unseal", sealed, "--identity", identity)
    assert result.exit_code == 0
    assert result.stderr == (
        "careful: others on this machine can read office.txt; "
        "`chmod 600 office.txt` keeps it to you\n"
    )


def test_the_unsealed_file_is_named(run: Run, sealed: Path, identity: Path) -> None:
    result = run("unseal", sealed, "--identity", identity)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("studio/build/submission.zip  ")
    told = json.loads(
        run("unseal", sealed, "--identity", identity, "-o", "s.zip", "--format", "json").stdout
    )
    assert told == {
        "path": "s.zip",
        "candidate": "Kim Larsen",
        "sealed_to": str(OFFICE.recipient),
        "signer": KEY.public.fingerprint,
    }


def test_unsealing_wants_an_identity(run: Run, sealed: Path, signers: Path) -> None:
    assert run("unseal", sealed).exit_code == 2
    result = run("unseal", sealed, "--identity", signers)
    assert result.exit_code == 2
    assert result.stderr.startswith("casebook: signers: it holds no identity")
    result = run("unseal", sealed, "--identity", sealed)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"casebook: {sealed}: the identity is itself locked")


def test_a_damaged_file_ends_with_1(run: Run, sealed: Path, identity: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:-1])
    result = run("unseal", sealed, "--identity", identity)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the sealed file is damaged" in result.stderr
    assert not sealed.with_name("submission.zip").exists()


def test_a_grader_is_told_to_unseal_it(run: Run, sealed: Path) -> None:
    result = run("mark", "new", sealed, "--grader", "ana-ruiz", "-o", "marks")
    assert result.exit_code == 2
    assert f"casebook unseal {sealed} --identity YOUR-KEY" in result.stderr
