"""Changes to what a submission says of itself, and to its signature."""

import base64
import hashlib
import json
import struct
from copy import deepcopy
from random import Random
from typing import Any, Final

from casebook.bundle.bag.contents import PAYLOAD
from casebook.bundle.inventory import RECORD_NAME
from casebook.bundle.signing.sshsig import MARKS, RESULT, SUBMISSION, sign
from casebook.workflow.provenance import SIGNATURE_FILE, SIGNED_FILE
from tests.hostile.mutations.of_bags import Bag, agreed, signed, zipped
from tests.hostile.mutations.of_zips import changed
from tests.hostile.mutations.sample import FORGERS, OWN, Sample, values_of

_RECORD: Final = PAYLOAD + RECORD_NAME
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493  # RFC 8032, section 5.1
_ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1.0, 1e308, 10**400, "", "x", "\0", "\u202e", [], {}, [[]], ["x"]),
    *({"x": 1}, "9" * 5_000, "SHA256:" + "A" * 43, "../../x", "2026-02-30", "con"),
)


def with_another_record(chance: Random, sample: Sample) -> bytes:
    """Some values of the record other, gone or more; all manifests agree."""
    values = values_of(sample.archive)
    for _ in range(chance.choice((1, 1, 2))):
        _bend(chance, values)
    return _recorded(chance, sample, json.dumps(values, sort_keys=True, indent=2).encode())


def with_a_reworded_record(chance: Random, sample: Sample) -> bytes:
    """The record in other words, or in none that JSON knows; all manifests agree."""
    text = sample.archive.files[_RECORD]
    values = values_of(sample.archive)
    said = (
        json.dumps(values).encode(),
        text.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + text,
        text.decode().encode("utf-16"),
        text.replace(b'"level": 1', b'"level": 1.0'),
        text.replace(b'"level": 1', b'"level": 1, "level": 2'),
        text.replace(b'"level": 1', b'"level": NaN'),
        text.replace(b'"level"', b'"le\\u0076el"'),
        text.replace(b'"format": 2', b'"format": 3'),
        text.replace(b'"format": 2', b'"format": 1'),
        text + text,
        text + b"\0",
        text[: chance.randrange(len(text))],
        b"[" * 50_000,
        b'{"a":' * 5_000,
        b"null",
        b"",
        changed(chance, text),
    )
    return _recorded(chance, sample, chance.choice(said))


def with_an_inventory_that_agrees(chance: Random, sample: Sample) -> bytes:
    """Another file of the payload, and inventory and manifests agree: a whole forgery but one."""
    bag = dict(sample.archive.files)
    name = chance.choice([each for each in bag if each.startswith(PAYLOAD) and each != _RECORD])
    values = values_of(sample.archive)
    how = chance.choice(("changed", "gone", "renamed", "added"))
    start, dot, ending = name.rpartition(".")
    other = chance.choice((f"{start}2{dot}{ending}", f"{name}2"))
    if how in {"gone", "renamed"}:
        content = bag.pop(name)
        if how == "renamed":
            bag[other] = content
    elif how == "added":
        bag[other] = changed(chance, bag[name])
    else:
        bag[name] = changed(chance, bag[name])
    roles = {each["path"]: each["role"] for each in values["files"]}
    roles[other.removeprefix(PAYLOAD)] = roles[name.removeprefix(PAYLOAD)]
    values["files"] = [
        _described(path, roles[path], bag[PAYLOAD + path])
        for path in sorted(each.removeprefix(PAYLOAD) for each in bag if each.startswith(PAYLOAD))
        if path != RECORD_NAME
    ]
    values["signer"] = chance.choice((OWN, FORGERS)).public.fingerprint
    if chance.random() < 0.3:
        del values["signer"]
    text = json.dumps(values, sort_keys=True, indent=2, ensure_ascii=False).encode() + b"\n"
    return _sealed_again(chance, bag, text, sample)


def _described(path: str, role: str, content: bytes) -> dict[str, str | int]:
    """An entry of the record, of names that casebook would not write too."""
    digest = hashlib.sha512(content).hexdigest()
    return {"path": path, "role": role, "bytes": len(content), "sha512": digest}


def with_another_signature(chance: Random, sample: Sample) -> bytes:
    """Nothing else changed, but the signature: in another form, of another thing, or by another."""
    bag = dict(sample.archive.files)
    bag[SIGNATURE_FILE] = _other_signature(chance, bag, sample)
    return zipped(bag, sample)


def without_its_signature(chance: Random, sample: Sample) -> bytes:
    """The signature gone, empty, or by another name; the record may no longer speak of it."""
    bag = dict(sample.archive.files)
    signature = bag.pop(SIGNATURE_FILE)
    how = chance.choice(("gone", "empty", "elsewhere", "unsaid"))
    if how == "empty":
        bag[SIGNATURE_FILE] = b""
    elif how == "elsewhere":
        bag[chance.choice((f"{SIGNED_FILE}.SIG", "manifest-sha512.txt.sig", "a.sig"))] = signature
    elif how == "unsaid":
        values = values_of(sample.archive)
        del values["signer"]
        bag[_RECORD] = json.dumps(values, sort_keys=True, indent=2).encode()
        agreed(bag)
    return zipped(bag, sample)


def _other_signature(chance: Random, bag: Bag, sample: Sample) -> bytes:
    armored = bag[SIGNATURE_FILE]
    lines = armored.splitlines(keepends=True)
    blob = base64.b64decode(b"".join(lines[1:-1]))
    raw, scalar = blob[-64:-32], int.from_bytes(blob[-32:], "little")
    # A second scalar for the same point, which careless verifiers take (RFC 8032, section 8.4).
    second = blob[:-64] + raw + ((scalar + _ORDER) % 2**256).to_bytes(32, "little")
    at = chance.randrange(len(blob))
    bent = blob[:at] + bytes([blob[at] ^ 1 << chance.randrange(8)]) + blob[at + 1 :]
    other = dict(sample.genuine[1].files)[SIGNATURE_FILE]
    return chance.choice(
        (
            armored.replace(b"\n", b"\r\n"),
            armored.rstrip(b"\n"),
            armored + b"\n",
            b"\n" + armored,
            armored + armored,
            b"".join([lines[0], b"Comment: x\n\n", *lines[1:]]),
            b"".join([lines[0], b"".join(lines[1:-1]).replace(b"\n", b"") + b"\n", lines[-1]]),
            armored.replace(b"=\n", b"\n"),
            _armored(second),
            _armored(bent),
            _armored(blob + b"\0"),
            _armored(blob[:-1]),
            _armored(blob[:6] + struct.pack(">L", 2) + blob[10:]),
            changed(chance, armored),
            other,
            sign(bag[SIGNED_FILE], OWN, chance.choice((MARKS, RESULT))),
            sign(bag["manifest-sha512.txt"], OWN, SUBMISSION),
            sign(bag[SIGNED_FILE], FORGERS, SUBMISSION),
        )
    )


def _armored(blob: bytes) -> bytes:
    text = base64.b64encode(blob)
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return b"\n".join(
        (b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b"")
    )


def _bend(chance: Random, values: dict[str, Any]) -> None:
    inside: Any = values
    while True:
        key = chance.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
        below = inside[key]
        if isinstance(below, (dict, list)) and below and chance.random() < 0.7:
            inside = below
            continue
        break
    how = chance.choice(("other", "other", "gone", "more", "moved"))
    if how == "gone":
        del inside[key]
    elif how == "more" and isinstance(inside, dict):
        inside[chance.choice(("sealed_to", "x", "signer", "kind"))] = deepcopy(chance.choice(_ODD))
    elif how == "moved" and isinstance(below, str):
        inside[key] = changed(chance, below.encode()).decode("utf-8", "replace")
    else:
        # Why a copy: what stands there may be bent in its turn.
        inside[key] = deepcopy(chance.choice(_ODD))


def _recorded(chance: Random, sample: Sample, text: bytes) -> bytes:
    return _sealed_again(chance, dict(sample.archive.files), text, sample)


def _sealed_again(chance: Random, bag: Bag, text: bytes, sample: Sample) -> bytes:
    """The bag with this record; manifests agree, and the signature is the old one or a forger's."""
    bag[_RECORD] = text
    agreed(bag)
    if chance.random() < 0.5:
        signed(bag, FORGERS)
    return zipped(bag, sample)
