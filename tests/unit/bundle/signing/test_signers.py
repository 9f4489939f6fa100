import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.allowed import SignersRefused
from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.signers import AllowedSigners, AnyKey, SignerPolicy
from casebook.bundle.signing.sshsig import MARKS, RESULT, SUBMISSION, sign
from tests.portfolios.keys import made_key
from tests.unit.bundle.signing.conftest import Keygen

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANA, BO = made_key(1), made_key(2)
ANAS, BOS = ANA.public.line, BO.public.line


def allowed(text: str, who: str | None = None) -> AllowedSigners:
    return AllowedSigners.read(text.encode(), NOON, who)


def test_a_key_in_the_file_is_trusted_for_its_name() -> None:
    judged = allowed(f"ana {ANAS}\nbo {BOS}\n").judge(BO.public, MARKS)
    assert (judged.trusted, judged.who, judged.why) == (True, ("bo",), "signed by bo")


def test_a_key_that_nobody_named_is_not_trusted() -> None:
    judged = allowed(f"ana {ANAS}\n").judge(BO.public, MARKS)
    assert (judged.trusted, judged.who) == (False, ())
    assert BO.public.fingerprint in judged.why


def test_whose_signature_it_has_to_be_is_held_to() -> None:
    policy = allowed(f"ana {ANAS}\nbo {BOS}\n")
    assert policy.demanding("bo").judge(BO.public, MARKS).trusted
    judged = policy.demanding("ana").judge(BO.public, MARKS)
    assert not judged.trusted
    assert judged.why == "the key is not that of 'ana', but of bo"


def test_a_key_counts_for_what_it_is_allowed_for() -> None:
    policy = allowed(f'ana namespaces="casebook-marks@v1,casebook-r*" {ANAS}\n')
    assert policy.judge(ANA.public, MARKS).trusted
    assert policy.judge(ANA.public, RESULT).trusted
    judged = policy.judge(ANA.public, SUBMISSION)
    assert not judged.trusted
    assert judged.why == (
        "it is ana's key (line 1 of the signers), which may sign marks and results, "
        "but no submissions"
    )
    nothing = allowed(f'ana namespaces="git" {ANAS}\n').judge(ANA.public, MARKS)
    assert nothing.why.endswith("which may sign other things, but no marks")
    assert policy.names_of(ANA.public) == ("ana",)


def test_a_key_whose_time_is_over_is_told() -> None:
    judged = allowed(f'ana valid-before="20260101Z" {ANAS}\n').judge(ANA.public, MARKS)
    assert not judged.trusted
    assert judged.why == "the key counts no longer since 2026-01-01 00:00:00 UTC (line 1)"
    early = allowed(f'ana valid-after="20270101Z" {ANAS}\n')
    assert not early.judge(ANA.public, MARKS).trusted
    assert early.names_of(ANA.public) == ()


def test_one_good_line_of_several_is_enough() -> None:
    policy = allowed(f'ana valid-before="20260101Z" {ANAS}\nana-ruiz,a {ANAS}\n')
    assert policy.judge(ANA.public, MARKS).who == ("ana-ruiz,a",)
    assert not policy.demanding("ana").judge(ANA.public, MARKS).trusted


def test_lines_that_sign_nothing_here_are_named() -> None:
    policy = allowed(f"* cert-authority {ANAS}\nbo ssh-rsa AAAA\nana {ANAS}\n")
    assert [each.line for each in policy.unused()] == [1, 2]
    assert policy.judge(ANA.public, MARKS).who == ("ana",)


def test_any_key_is_taken_where_nobody_is_named(key: SigningKey) -> None:
    policies: list[SignerPolicy] = [AnyKey(), AnyKey().demanding("ana")]
    for policy in policies:
        judged = policy.judge(key.public, MARKS)
        assert (judged.trusted, judged.who) == (True, ())
        assert "not asked" in judged.why


# --- the same files, read by ssh-keygen ------------------------------------------------------


class Verifier:
    """Asks ssh-keygen about Ana's signature as marks."""

    def __init__(self, folder: Path, keygen: Keygen) -> None:
        self.folder, self.keygen = folder, keygen
        (folder / "sig").write_bytes(sign(b"x", ANA, MARKS))

    def takes(self, text: str, who: str) -> bool:
        """Whether `ssh-keygen -Y verify` takes it as this person's, at noon of the day."""
        (self.folder / "allowed").write_text(text)
        ran = self.keygen(
            "-Y", "verify", "-f", self.folder / "allowed", "-I", who, "-n", MARKS,
            "-s", self.folder / "sig", "-O", "verify-time=20260701120000Z", given=b"x",
        )  # fmt: skip
        return ran.returncode == 0

    def names(self, text: str) -> list[str]:
        """What `ssh-keygen -Y find-principals` says."""
        (self.folder / "allowed").write_text(text)
        ran = self.keygen(
            "-Y", "find-principals", "-f", self.folder / "allowed",
            "-s", self.folder / "sig", "-O", "verify-time=20260701120000Z",
        )  # fmt: skip
        return ran.stdout.decode().split("\n")[:-1]


@pytest.fixture
def verifier(tmp_path: Path, keygen: Keygen) -> Verifier:
    return Verifier(tmp_path, keygen)


CASES = [
    f"ana {ANAS}\n",
    f"ana {ANAS}",
    f"ana {ANAS} a comment\n",
    f"  \tana \t {ANAS}\n",
    f"bo {BOS}\nana {ANAS}\n",
    f"# a comment\nana {ANAS}\n",
    f"ana {BOS}\n",
    f"ANA {ANAS}\n",
    f"an? {ANAS}\n",
    f"* {ANAS}\n",
    f"!ana,* {ANAS}\n",
    f"*,!ana {ANAS}\n",
    f"!bo,* {ANAS}\n",
    f"!bo {ANAS}\n",
    f"bo,ana {ANAS}\n",
    f"bo,ana,!an* {ANAS}\n",
    f'"ana" {ANAS}\n',
    f'"bo,ana" {ANAS}\n',
    f'"ana ruiz" {ANAS}\n',
    f'ana namespaces="{MARKS}" {ANAS}\n',
    f'ana namespaces="{RESULT}" {ANAS}\n',
    f'ana namespaces="casebook-*" {ANAS}\n',
    f'ana namespaces="!{MARKS},casebook-*" {ANAS}\n',
    f'ana namespaces="casebook-*,!{RESULT}" {ANAS}\n',
    f'ana NameSpaces="{RESULT},{MARKS}" {ANAS}\n',
    f'ana namespaces="" {ANAS}\n',
    f'ana namespaces="file" {ANAS}\nana {ANAS}\n',
    f'ana valid-after="20260701Z" {ANAS}\n',
    f'ana valid-after="20260702Z" {ANAS}\n',
    f'ana valid-before="20260701Z" {ANAS}\n',
    f'ana valid-before="20260702Z" {ANAS}\n',
    f'ana valid-after="202607011200Z" {ANAS}\n',
    f'ana valid-after="20260701120000Z",valid-before="20260701120001Z" {ANAS}\n',
    f'ana valid-after="20260701120001Z" {ANAS}\n',
    f'ana valid-before="20260701120000Z" {ANAS}\n',
    f'ana valid-before="20260701115959Z" {ANAS}\n',
    f'ana valid-before="20260701UTC" {ANAS}\n',
    f'ana valid-before="20260703" {ANAS}\n',
    f'ana valid-after="20260629" {ANAS}\n',
    f'ana namespaces="{MARKS}",valid-before="20270101",valid-after="20260101" {ANAS}\n',
    f"ana cert-authority {ANAS}\n",
    f'ana cert-authority,namespaces="{MARKS}" {ANAS}\n',
    f"ana {ANAS}\nana cert-authority {ANAS}\n",
    f'bo valid-before="20260101" {BOS}\nana {ANAS}\n',
]
"""Files that both read."""

REFUSED = [
    f"ana namespaces={MARKS} {ANAS}\n",
    f'ana namespaces="{MARKS} {ANAS}\n',
    f'ana namespaces="a",namespaces="b" {ANAS}\n',
    f'ana unknown="a" {ANAS}\n',
    f"ana unknown {ANAS}\n",
    f'ana valid-after="yesterday" {ANAS}\n',
    f'ana valid-after="2026-01-01" {ANAS}\n',
    f'ana valid-after="20260702Z",valid-before="20260701Z" {ANAS}\n',
    f'ana namespaces="{MARKS}", {ANAS}\n',
    f'ana namespaces="{MARKS}"valid-before="20270101" {ANAS}\n',
    f"ana {ANAS[:-5]}\n",
    "ana ssh-ed25519\n",
    "ana\n",
    f"# {ANAS}\n#ana {ANAS}\n",
    f"{ANAS}\n",
]
"""Files that neither takes."""


@pytest.mark.parametrize("text", CASES)
@pytest.mark.parametrize("who", ["ana", "bo"])
def test_a_file_says_the_same_to_us_and_to_ssh_keygen(
    verifier: Verifier, text: str, who: str
) -> None:
    assert allowed(text, who).judge(ANA.public, MARKS).trusted is verifier.takes(text, who)


def test_a_name_may_have_blanks(verifier: Verifier) -> None:
    text = f'"bo,ana ruiz" {ANAS}\n'
    assert allowed(text, "ana ruiz").judge(ANA.public, MARKS).trusted
    assert verifier.takes(text, "ana ruiz")


def test_the_files_of_that_comparison_say_both_things() -> None:
    answers = [allowed(text, "ana").judge(ANA.public, MARKS).trusted for text in CASES]
    assert answers.count(True) > 15
    assert answers.count(False) > 15


@pytest.mark.parametrize("text", REFUSED)
def test_a_file_that_we_refuse_trusts_nobody_for_ssh_keygen_either(
    verifier: Verifier, text: str
) -> None:
    with pytest.raises(SignersRefused):
        allowed(text)
    assert not verifier.takes(text, "ana")


@pytest.mark.parametrize("text", [text for text in CASES if "namespaces" not in text])
def test_whose_key_it_is_is_found_as_by_ssh_keygen(verifier: Verifier, text: str) -> None:
    """It names those of the first line that counts; we name those of all."""
    ours = allowed(text).names_of(ANA.public)
    theirs = verifier.names(text)
    assert (ours[0].split(",") if ours else []) == theirs


def made_up_file(chance: random.Random) -> str:
    """Some lines that are right in form, about few names, so that they meet."""
    lines = []
    for _ in range(chance.randint(1, 4)):
        names = ",".join(
            chance.choice(["", "", "!"]) + chance.choice(["ana", "a*", "?na", "bo", "*", "b?"])
            for _ in range(chance.randint(1, 3))
        )
        options = [
            f'namespaces="{chance.choice([MARKS, RESULT, "*", f"!{MARKS},*", "casebook-m*"])}"',
            f'valid-after="2026070{chance.randint(1, 3)}{chance.choice(["Z", "1200Z", "1201Z"])}"',
            f'valid-before="202607{chance.choice(["01Z", "011200Z", "011159Z", "04Z"])}"',
        ]
        chosen = chance.sample(options, chance.randint(0, 1))
        key = chance.choice([ANAS, ANAS, BOS])
        lines.append(" ".join(filter(None, [names, ",".join(chosen), key])))
    return "\n".join(lines) + "\n"


def compared(verifier: Verifier, number: int) -> tuple[int, int]:
    """How many made-up files were taken and refused, by both alike."""
    chance = random.Random(20260701)
    counts = {True: 0, False: 0}
    for _ in range(number):
        text, who = made_up_file(chance), chance.choice(["ana", "bo"])
        ours = allowed(text, who).judge(ANA.public, MARKS).trusted
        assert ours is verifier.takes(text, who), text
        counts[ours] += 1
    return counts[True], counts[False]


def test_made_up_files_say_the_same_to_both(verifier: Verifier) -> None:
    taken, refused = compared(verifier, 40)
    assert min(taken, refused) >= 8


@pytest.mark.slow
def test_many_made_up_files_say_the_same_to_both(verifier: Verifier) -> None:
    taken, refused = compared(verifier, 400)
    assert min(taken, refused) >= 80
