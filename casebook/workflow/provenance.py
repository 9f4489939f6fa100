"""Who a submission comes from, and whom it was made for: its signature and its recipient.

Both are held against the record, which stands inside what is signed. So a submission that was
signed for one office is not taken for one to another, and a signature that was taken away, or
another put in its place, is missed.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord
from casebook.bundle.signing.signers import AnyKey
from casebook.bundle.signing.sshsig import SUBMISSION, SignatureRefused, verify_signature
from casebook.workflow.reader import Reader
from casebook.workflow.verification import Steps

SIGNED_FILE: Final = "tagmanifest-sha512.txt"
"""The tag file that a signature is over: it vouches for the manifest, which does for all files."""

SIGNATURE_FILE: Final = f"{SIGNED_FILE}.sig"
"""The signature's own name beside it; no tag manifest lists it."""

_SEAL_TO_US: Final = "ask the sender for one made with `casebook submit --seal {recipient}`"


def hold_recipient(
    bag: Mapping[str, bytes],
    record: SubmissionRecord,
    reader: Reader,
    steps: Steps,
    *,
    sealed: bool,
) -> None:
    """Hold whom a submission says it is sealed to against who opens it.

    Nothing is held where it came unsealed and says nothing of a recipient, nor without a key to
    hold it against.

    Args:
        bag: Every file of the bag; of a packet, none.
        record: What the submission says of itself.
        reader: Who opens it, and whom they believe.
        steps: Where the answer is noted.
        sealed: Whether it came sealed.
    """
    own = reader.recipients
    if not own or not (sealed or record.sealed_to):
        return
    problems = []
    if record.sealed_to is None:
        problems = [
            f"{RECORD_NAME} names no recipient: somebody sealed it after it was made; "
            + _SEAL_TO_US.format(recipient=own[0])
        ]
    elif record.sealed_to not in own:
        problems = [
            f"it was made for {record.sealed_to}, which is not you: somebody opened it and passed "
            f"it on; " + _SEAL_TO_US.format(recipient=own[0])
        ]
    steps.note("recipient", problems, f"{record.sealed_to}{_unproven(bag, record, reader)}")


def hold_signature(
    bag: Mapping[str, bytes], record: SubmissionRecord, reader: Reader, steps: Steps
) -> None:
    """Hold a submission's signature against its bytes, its record, and whom the reader believes.

    Args:
        bag: Every file of the bag; of a packet, none.
        record: What the submission says of itself.
        reader: Whom they believe.
        steps: Where the answer is noted; there is no step where nobody signed and nobody asks.
    """
    if SIGNATURE_FILE not in bag and record.signer is None and reader.signers is None:
        return
    policy = reader.signers or AnyKey()
    try:
        if SIGNATURE_FILE not in bag:
            steps.note("signature", [_unsigned(record)], "")
            return
        key = verify_signature(bag.get(SIGNED_FILE, b""), bag[SIGNATURE_FILE], SUBMISSION)
    except SignatureRefused as error:
        steps.note("signature", [error.advised], "")
        return
    judged = policy.judge(key, SUBMISSION)
    problems = [*_misnamed(record, key.fingerprint), *([] if judged.trusted else [judged.why])]
    held = (
        f"by {judged.name}, with the key {key.fingerprint}"
        if judged.who
        else f"by the key {key.fingerprint}; whose it is, --signers FILE tells"
    )
    steps.note("signature", problems, held)


def _unproven(bag: Mapping[str, bytes], record: SubmissionRecord, reader: Reader) -> str:
    """Why the recipient is only said, where nobody whom the reader believes has signed it.

    Why not any signature: whoever seals a submission anew can sign it anew, with a key of theirs.
    """
    if record.signer is None:
        return " (unsigned: whoever sealed it can have written that)"
    if reader.signers is None:
        return (
            " (whoever sealed it can have written and signed that; whether you know the key "
            "that signed it, --signers FILE tells)"
        )
    try:
        key = verify_signature(bag.get(SIGNED_FILE, b""), bag.get(SIGNATURE_FILE, b""), SUBMISSION)
    except SignatureRefused:
        trusted = False
    else:
        trusted = reader.signers.judge(key, SUBMISSION).trusted and not any(
            _misnamed(record, key.fingerprint)
        )
    return (
        "" if trusted else " (signed by nobody you know: whoever sealed it can have written that)"
    )


def _unsigned(record: SubmissionRecord) -> str:
    if record.signer is not None:
        return f"{RECORD_NAME} says that the key {record.signer} signs it; that signature is gone"
    return "nobody signed it; ask the sender for one made with `casebook submit --sign KEY`"


def _misnamed(record: SubmissionRecord, signed_by: str) -> Iterator[str]:
    if record.signer is None:
        yield f"{RECORD_NAME} names no signer: the key {signed_by} signed what another made"
    elif record.signer != signed_by:
        yield f"{RECORD_NAME} names the key {record.signer}, but {signed_by} signed it"
