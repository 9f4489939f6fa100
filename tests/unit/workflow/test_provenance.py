"""Who a submission comes from, and whom for: each cheat about it breaks its own step alone."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from casebook.bundle.archive import parse_archive, write_archive
from casebook.bundle.bag import make_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord
from casebook.bundle.secrecy import Identity, new_identity, seal, unseal
from casebook.bundle.signing.keys import SigningKey, new_signing_key
from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import MARKS, SUBMISSION, sign
from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.open import open_submission
from casebook.workflow.provenance import SIGNATURE_FILE, SIGNED_FILE
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.submit import submit
from casebook.workflow.verification import VerificationReport
from casebook.workflow.verify import verify
from tests.unit.workflow.conftest import ON

Bag: TypeAlias = dict[str, bytes]
Verified: TypeAlias = Callable[..., VerificationReport]

NOW = datetime(2026, 7, 2, tzinfo=UTC)
KEY, OTHER_KEY = new_signing_key(), new_signing_key()
OFFICE, OTHER_OFFICE = new_identity(), new_identity()


def signers(*lines: str, who: str | None = None) -> Reader:
    return Reader(signers=AllowedSigners.read("\n".join(lines).encode(), NOW, who))


def line(key: SigningKey, name: str = "kim@example.org", options: str = "") -> str:
    return f"{name} {options} {key.public.line}"


def failed(report: VerificationReport) -> list[str]:
    return [step.id for step in report.steps if step.ok is False]


def step_ids(report: VerificationReport) -> list[str]:
    return [step.id for step in report.steps]


def detail(report: VerificationReport, step_id: str) -> str:
    return next(step.detail for step in report.steps if step.id == step_id)


@pytest.fixture
def verified(studio: Path) -> Verified:
    """A function that verifies by the small portfolio's rules."""
    return lambda path, reader=ANYBODY: verify(path, studio / "program", reader=reader)


@pytest.fixture
def signed(studio: Path, fake_pages: list[str]) -> Path:
    """A submission that Kim signed."""
    path = submit(studio, ON, signing_key=KEY).path
    assert path is not None
    return path


@pytest.fixture
def sealed(studio: Path, fake_pages: list[str]) -> Path:
    """A submission that Kim signed, and sealed to the office."""
    path = submit(studio, ON, signing_key=KEY, recipient=OFFICE.recipient).path
    assert path is not None
    return path


def bag_of(path: Path) -> Bag:
    return dict(parse_archive(path.read_bytes()).files)


def rewritten(path: Path, bag: Bag) -> Path:
    """The submission with another bag, in a zip as casebook writes it."""
    archive = parse_archive(path.read_bytes())
    path.write_bytes(write_archive(bag, archive.top, ON))
    return path


def with_record(path: Path, **changes: Any) -> Bag:  # noqa: ANN401 - a record's values
    """Its bag with another record, unsigned; everything else agrees with that again."""
    payload = payload_of(bag_of(path))
    record = SubmissionRecord.parse(payload[RECORD_NAME])
    payload[RECORD_NAME] = record.model_copy(update=changes).to_json()
    return make_bag(payload, {"Bagging-Date": "2026-07-01"})


def test_a_signature_holds_and_whose_it_is_stays_unknown_without_a_list(
    signed: Path, verified: Verified
) -> None:
    report = verified(signed)
    assert report.ok
    assert step_ids(report)[4] == "signature"
    assert KEY.public.fingerprint in detail(report, "signature")
    assert "--signers" in detail(report, "signature")


def test_a_signer_on_the_list_is_named(signed: Path, verified: Verified) -> None:
    report = verified(signed, signers(line(OTHER_KEY, "ana"), line(KEY)))
    assert report.ok
    assert detail(report, "signature").startswith("by kim@example.org, with the key SHA256:")


DISTRUSTED = {
    "a key that is not on the list": (signers(line(OTHER_KEY)), "is not among the signers"),
    "a key of somebody else": (signers(line(KEY), who="ana"), "not that of 'ana'"),
    "a key that counts no longer": (
        signers(line(KEY, options='valid-before="20260701Z"')), "counts no longer",
    ),
    "a key for marks only": (
        signers(line(KEY, options=f'namespaces="{MARKS}"')), "may sign marks, but no submissions",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DISTRUSTED)
def test_a_sound_signature_counts_only_by_who_is_believed(
    case: str, signed: Path, verified: Verified
) -> None:
    reader, words = DISTRUSTED[case]
    report = verified(signed, reader)
    assert failed(report) == ["signature"]
    assert words in detail(report, "signature")


def test_nobody_asks_for_a_signature_where_there_is_none(sent: Path, verified: Verified) -> None:
    assert "signature" not in step_ids(verified(sent))


def test_whoever_has_a_list_of_signers_wants_a_signature(sent: Path, verified: Verified) -> None:
    report = verified(sent, signers(line(KEY)))
    assert failed(report) == ["signature"]
    assert detail(report, "signature").startswith("nobody signed it; ")


def stripped(signed: Path) -> Bag:
    bag = bag_of(signed)
    del bag[SIGNATURE_FILE]
    return bag


def of_another_submission(signed: Path) -> Bag:
    """The same key signed last year's submission."""
    return {**bag_of(signed), SIGNATURE_FILE: sign(b"last year's", KEY, SUBMISSION)}


def by_another_key(signed: Path) -> Bag:
    bag = bag_of(signed)
    return {**bag, SIGNATURE_FILE: sign(bag[SIGNED_FILE], OTHER_KEY, SUBMISSION)}


def for_something_else(signed: Path) -> Bag:
    """Kim was brought to sign these bytes as a mark sheet."""
    bag = bag_of(signed)
    return {**bag, SIGNATURE_FILE: sign(bag[SIGNED_FILE], KEY, MARKS)}


def naming_another_signer(signed: Path) -> Bag:
    bag = with_record(signed, signer=OTHER_KEY.public.fingerprint)
    return {**bag, SIGNATURE_FILE: sign(bag[SIGNED_FILE], KEY, SUBMISSION)}


def naming_no_signer(signed: Path) -> Bag:
    """Somebody put a signature of their own on what another handed in unsigned."""
    bag = with_record(signed, signer=None)
    return {**bag, SIGNATURE_FILE: sign(bag[SIGNED_FILE], KEY, SUBMISSION)}


def changed_after(signed: Path) -> Bag:
    """Everything is made to agree with the change but the signature, which nobody can make."""
    bag = bag_of(signed)
    changed = make_bag(payload_of(bag), {"Bagging-Date": "2026-07-01", "Contact-Name": "Kit"})
    return {**changed, SIGNATURE_FILE: bag[SIGNATURE_FILE]}


def armored_otherwise(signed: Path) -> Bag:
    bag = bag_of(signed)
    return {**bag, SIGNATURE_FILE: bag[SIGNATURE_FILE].replace(b"\n", b"\r\n")}


def empty(signed: Path) -> Bag:
    return {**bag_of(signed), SIGNATURE_FILE: b""}


CHEATS = [
    stripped, of_another_submission, by_another_key, for_something_else, naming_another_signer,
    naming_no_signer, changed_after, armored_otherwise, empty,
]  # fmt: skip


@pytest.mark.parametrize("cheat", CHEATS)
@pytest.mark.parametrize("reader", [ANYBODY, signers(line(KEY), line(OTHER_KEY))])
def test_each_cheat_breaks_the_signature_and_nothing_else(
    cheat: Callable[[Path], Bag], reader: Reader, signed: Path, verified: Verified
) -> None:
    """Even to a reader who believes both keys, or asks for nobody's."""
    report = verified(rewritten(signed, cheat(signed)), reader)
    assert failed(report) == ["signature"]


def test_an_unsigned_copy_that_says_nothing_of_a_signer_is_an_unsigned_submission(
    signed: Path, verified: Verified
) -> None:
    """Nothing tells that it was signed once; who wants signatures names their signers."""
    rewritten(signed, with_record(signed, signer=None))
    assert "signature" not in step_ids(verified(signed))
    assert failed(verified(signed, signers(line(KEY)))) == ["signature"]


def test_a_second_tag_manifest_is_no_part_of_a_submission(signed: Path, verified: Verified) -> None:
    """No manifest lists it, so nobody signed it."""
    bag = bag_of(signed)
    bag["tagmanifest-md5.txt"] = b""
    report = verified(rewritten(signed, bag))
    assert failed(report) == ["bag"]
    assert "tagmanifest-md5.txt" in detail(report, "bag")


def changes_of(content: bytes, step: int) -> Iterator[bytes]:
    for at in range(0, len(content), step):
        yield content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_every_changed_byte_of_the_signature_and_of_what_it_signs_is_found(
    signed: Path, verified: Verified
) -> None:
    bag = bag_of(signed)
    tried = 0
    for name in (SIGNATURE_FILE, SIGNED_FILE):
        for changed in changes_of(bag[name], 13):
            assert "signature" in failed(verified(rewritten(signed, {**bag, name: changed})))
            tried += 1
    assert tried > 50


def test_changed_bytes_anywhere_are_found(signed: Path, verified: Verified) -> None:
    """A change every 151 bytes, in another place of its part each time, since 151 is prime."""
    content = signed.read_bytes()
    tried = 0
    for changed in changes_of(content, 151):
        signed.write_bytes(changed)
        assert not verified(signed, signers(line(KEY))).ok
        tried += 1
    assert tried > 100


def reader_of(*identities: Identity) -> Reader:
    return Reader(identities)


def test_a_sealed_submission_holds_for_the_office_it_was_made_for(
    sealed: Path, verified: Verified
) -> None:
    report = verified(sealed, reader_of(OTHER_OFFICE, OFFICE))
    assert report.ok
    assert step_ids(report)[4:6] == ["recipient", "signature"]
    assert detail(report, "recipient").startswith(str(OFFICE.recipient))


def test_without_a_signature_the_recipient_is_only_said(
    studio: Path, fake_pages: list[str], verified: Verified
) -> None:
    path = submit(studio, ON, recipient=OFFICE.recipient).path
    assert path is not None
    report = verified(path, reader_of(OFFICE))
    assert report.ok
    assert "unsigned" in detail(report, "recipient")


def signed_anew(path: Path, key: SigningKey) -> None:
    """What a stranger does who got hold of it: name their own key, sign, and seal to the office."""
    path.write_bytes(unseal(path.read_bytes(), OFFICE))
    bag = with_record(path, signer=key.public.fingerprint)
    rewritten(path, {**bag, SIGNATURE_FILE: sign(bag[SIGNED_FILE], key, SUBMISSION)})
    path.write_bytes(seal(path.read_bytes(), OFFICE.recipient))


@pytest.mark.parametrize(
    "who, proven", [(None, False), ([OTHER_KEY], False), ([KEY], True), ([KEY, OTHER_KEY], True)]
)
def test_only_a_signature_of_somebody_known_proves_the_recipient(
    who: list[SigningKey] | None, proven: bool, sealed: Path, verified: Verified
) -> None:
    """Without signers any key will do, a stranger's too; so the same is said as of an unsigned."""
    policy = None if who is None else signers(*map(line, who)).signers
    said = detail(verified(sealed, Reader((OFFICE,), policy)), "recipient")
    assert (said == str(OFFICE.recipient)) == proven
    assert ("whoever sealed it can have written" in said) != proven


def test_a_strangers_signature_takes_no_warning_away(sealed: Path, verified: Verified) -> None:
    """All of it is sound by itself; only the signers tell whose word it is."""
    signed_anew(sealed, OTHER_KEY)
    report = verified(sealed, reader_of(OFFICE))
    assert report.ok
    assert "--signers FILE tells" in detail(report, "recipient")
    known = verified(sealed, Reader((OFFICE,), signers(line(KEY)).signers))
    assert failed(known) == ["signature"]
    assert "signed by nobody you know" in detail(known, "recipient")


def test_a_known_key_that_another_record_names_proves_no_recipient(
    sealed: Path, verified: Verified
) -> None:
    """And a signature that is gone proves nothing either."""
    known = Reader((OFFICE,), signers(line(KEY)).signers)
    sealed.write_bytes(unseal(sealed.read_bytes(), OFFICE))
    whole = bag_of(sealed)
    without = {name: content for name, content in whole.items() if name != SIGNATURE_FILE}
    renamed = with_record(sealed, signer=OTHER_KEY.public.fingerprint)
    renamed[SIGNATURE_FILE] = sign(renamed[SIGNED_FILE], KEY, SUBMISSION)
    for bag in (without, renamed):
        report = verified(rewritten(sealed, bag), known)
        assert failed(report) == ["signature"]
        assert "signed by nobody you know" in detail(report, "recipient")


def test_a_submission_that_was_passed_on_is_told(sealed: Path, verified: Verified) -> None:
    """Somebody at the office seals a candidate's signed work to another office, as if to them.

    Signature, bag and all are sound; only whom it was made for is not.
    """
    plain = unseal(sealed.read_bytes(), OFFICE)
    sealed.write_bytes(seal(plain, OTHER_OFFICE.recipient))
    report = verified(sealed, reader_of(OTHER_OFFICE))
    assert failed(report) == ["recipient"]
    assert f"it was made for {OFFICE.recipient}" in detail(report, "recipient")


def test_who_passes_it_on_cannot_write_another_recipient_without_the_signature(
    sealed: Path, verified: Verified
) -> None:
    sealed.write_bytes(unseal(sealed.read_bytes(), OFFICE))
    bag = with_record(sealed, sealed_to=str(OTHER_OFFICE.recipient))
    bag[SIGNATURE_FILE] = sign(bag[SIGNED_FILE], OTHER_KEY, SUBMISSION)
    rewritten(sealed, bag)
    sealed.write_bytes(seal(sealed.read_bytes(), OTHER_OFFICE.recipient))
    assert failed(verified(sealed, reader_of(OTHER_OFFICE))) == ["signature"]


def test_what_somebody_sealed_later_names_no_recipient(signed: Path, verified: Verified) -> None:
    signed.write_bytes(seal(signed.read_bytes(), OFFICE.recipient))
    report = verified(signed, reader_of(OFFICE))
    assert failed(report) == ["recipient"]
    assert "names no recipient" in detail(report, "recipient")


def test_an_unsealed_copy_is_held_to_its_recipient_where_somebody_names_theirs(
    sealed: Path, verified: Verified
) -> None:
    sealed.write_bytes(unseal(sealed.read_bytes(), OFFICE))
    assert "recipient" not in step_ids(verified(sealed))
    assert verified(sealed, reader_of(OFFICE)).ok
    assert failed(verified(sealed, reader_of(OTHER_OFFICE))) == ["recipient"]


def test_a_submission_that_was_never_sealed_is_held_to_nobody(
    sent: Path, verified: Verified
) -> None:
    assert "recipient" not in step_ids(verified(sent, reader_of(OFFICE)))


def test_a_sealed_file_for_others_leaves_nothing_to_look_at(
    sealed: Path, verified: Verified
) -> None:
    report = verified(sealed, reader_of(OTHER_OFFICE))
    assert failed(report) == ["container"]
    assert f"it is not sealed to {OTHER_OFFICE.recipient}" in detail(report, "container")
    assert "recipient" in step_ids(report)


def test_a_sealed_file_wants_an_identity(sealed: Path, verified: Verified) -> None:
    with pytest.raises(UsageError, match="is sealed") as refusal:
        verified(sealed)
    assert "--identity" in str(refusal.value.hint)


def test_a_file_that_nobody_can_open_here_asks_for_no_identity(
    tmp_path: Path, verified: Verified
) -> None:
    path = tmp_path / "x.age"
    path.write_bytes(b"age-encryption.org/v1\n-> scrypt c2FsdA 62\n\n--- " + b"A" * 43 + b"\n")
    report = verified(path)
    assert failed(report) == ["container"]
    assert "a passphrase" in detail(report, "container")


def test_what_fails_about_its_sender_stays_shut(signed: Path, studio: Path, tmp_path: Path) -> None:
    rewritten(signed, by_another_key(signed))
    with pytest.raises(UnacceptableWork, match="is not opened"):
        open_submission(signed, tmp_path / "opened", studio / "program")
    assert not (tmp_path / "opened").exists()


def test_a_sealed_submission_is_opened_into_the_folder_it_was_made_of(
    sealed: Path, studio: Path, tmp_path: Path
) -> None:
    reader = Reader((OFFICE,), signers(line(KEY)).signers)
    done = open_submission(sealed, tmp_path / "opened", studio / "program", reader)
    assert done.verification.ok
    for name in done.written:
        assert (tmp_path / "opened" / name).read_bytes() == (studio / name).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps people apart in another way")
@pytest.mark.may_skip("Windows keeps people apart in another way")
@pytest.mark.parametrize("unsealed_before", [False, True])
def test_what_was_sealed_is_opened_for_nobody_else(
    unsealed_before: bool, sealed: Path, studio: Path, tmp_path: Path
) -> None:
    """Into a folder that was open to all as well, and what was unsealed in between."""
    if unsealed_before:
        sealed.write_bytes(unseal(sealed.read_bytes(), OFFICE))
    (tmp_path / "opened").mkdir(mode=0o755)
    done = open_submission(sealed, tmp_path / "opened", studio / "program", reader_of(OFFICE))
    below = [done.place, *done.place.rglob("*")]
    assert len(below) > len(done.written)
    wanted = {path: 0o700 if path.is_dir() else 0o600 for path in below}
    assert {path: stat.S_IMODE(path.stat().st_mode) for path in below} == wanted
