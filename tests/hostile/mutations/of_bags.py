"""Changes to a bag by somebody who knows BagIt: manifests that agree, almost, or in other words."""

import hashlib
import re
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Final

from casebook.bundle.archive import ArchiveRefused, write_archive
from casebook.bundle.bag import INFORMATION
from casebook.bundle.bag.contents import PAYLOAD
from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.sshsig import SUBMISSION, sign
from casebook.workflow.provenance import SIGNATURE_FILE, SIGNED_FILE
from tests.hostile.mutations.of_zips import changed
from tests.hostile.mutations.sample import FORGERS, ON, Sample
from tests.hostile.zips import Entry, Zip

MANIFEST: Final = "manifest-sha512.txt"
_OXUM: Final = re.compile(rb"Payload-Oxum: [0-9.]*\n")
_ALGORITHMS: Final = ("md5", "sha1", "sha256", "sha512")

Bag = dict[str, bytes]


def zipped(bag: Bag, sample: Sample, *, top: str | None = None, moment: date = ON) -> bytes:
    """A bag in its zip; by casebook's own writer wherever that takes it."""
    top = sample.archive.top if top is None else top
    try:
        return write_archive(bag, top, moment)
    except ArchiveRefused:
        entries = (Entry(f"{top}/{name}".encode(), content) for name, content in bag.items())
        return Zip(tuple(entries)).build()


def listing(bag: Bag, algorithm: str, *, tags: bool) -> bytes:
    """The manifest of a bag's payload, or of its tag files."""
    names = sorted(
        name
        for name in bag
        if name.startswith(PAYLOAD) != tags
        and not (tags and (name.startswith("tagmanifest-") or name == SIGNATURE_FILE))
    )
    return "".join(
        f"{hashlib.new(algorithm, bag[name], usedforsecurity=False).hexdigest()}  {name}\n"
        for name in names
    ).encode()


def agreed(bag: Bag) -> Bag:
    """The bag with totals and manifests that agree with its files; a signature stays as it was."""
    payload = [content for name, content in bag.items() if name.startswith(PAYLOAD)]
    oxum = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}\n".encode()
    bag[INFORMATION] = _OXUM.sub(oxum, bag.get(INFORMATION, b""))
    bag[MANIFEST] = listing(bag, "sha512", tags=False)
    bag[SIGNED_FILE] = listing(bag, "sha512", tags=True)
    return bag


def signed(bag: Bag, key: SigningKey) -> Bag:
    """The bag with a signature that fits."""
    bag[SIGNATURE_FILE] = sign(bag[SIGNED_FILE], key, SUBMISSION)
    return bag


def with_a_manifest_that_agrees(chance: Random, sample: Sample) -> bytes:
    """Another file of the payload, and a payload manifest that agrees with it; no tag manifest."""
    bag = dict(sample.archive.files)
    _change_one(chance, bag, _of_payload)
    bag[MANIFEST] = listing(bag, "sha512", tags=False)
    return zipped(bag, sample)


def with_manifests_that_agree(chance: Random, sample: Sample) -> bytes:
    """Another file, and all manifests agree; only the inventory and the signature do not."""
    bag = dict(sample.archive.files)
    _change_one(chance, bag, lambda name: "manifest-" not in name and name != SIGNATURE_FILE)
    return zipped(agreed(bag), sample)


def with_a_reworded_manifest(chance: Random, sample: Sample) -> bytes:
    """A manifest that says the same in other words, or almost the same; the rest may follow it."""
    bag = dict(sample.archive.files)
    name = chance.choice((MANIFEST, SIGNED_FILE))
    lines = bag[name].splitlines(keepends=True)
    at = chance.randrange(len(lines))
    line = lines[at]
    lines[at : at + 1] = chance.choice(
        (
            [],
            [line, line],
            [line.upper()],
            [line[:128].upper() + line[128:]],
            [line.replace(b"  ", b" ", 1)],
            [line.replace(b"  ", b" \t ", 1)],
            [line.replace(b"  ", b" *", 1)],
            [line.replace(b"  ", b"  ./", 1)],
            [line.replace(b"\n", b"\r\n")],
            [line.replace(b"\n", b" \n")],
            [line, b"\n"],
            [b"\xef\xbb\xbf" + line],
            [line.replace(b"a", b"%61")],
            [line.replace(b"data/", b"data//")],
            [line.replace(b"data/", b"data/../data/")],
            [line.replace(b"data/", b"DATA/")],
            [b"0" * 128 + line[128:]],
            [line[: chance.randrange(len(line))]],
            [chance.choice(lines)],
        )
    )
    if chance.random() < 0.2:
        chance.shuffle(lines)
    bag[name] = b"".join(lines)
    if name == MANIFEST and chance.random() < 0.5:
        bag[SIGNED_FILE] = listing(bag, "sha512", tags=True)
    return zipped(bag, sample)


def with_another_manifest(chance: Random, sample: Sample) -> bytes:
    """A further manifest, right or wrong, that no signature is over."""
    bag = dict(sample.archive.files)
    algorithm = chance.choice(_ALGORITHMS[:3])
    tags = chance.random() < 0.6
    content = listing(bag, algorithm, tags=tags)
    kinds = (content, b"", changed(chance, content), content.upper(), bag[MANIFEST])
    name = f"{'tag' * tags}manifest-{algorithm}.txt"
    bag[chance.choice((name, name, name, name.upper(), f"sub/{name}"))] = chance.choice(kinds)
    if chance.random() < 0.3:
        bag[SIGNED_FILE] = listing(bag, "sha512", tags=True)
    return zipped(bag, sample)


def without_a_tag_file(chance: Random, sample: Sample) -> bytes:
    """One to two tag files gone; the manifests may agree."""
    bag = dict(sample.archive.files)
    tags = [name for name in bag if not name.startswith(PAYLOAD)]
    for name in chance.sample(tags, chance.randint(1, 2)):
        del bag[name]
    if SIGNED_FILE in bag and chance.random() < 0.5:
        bag[SIGNED_FILE] = listing(bag, "sha512", tags=True)
    return zipped(bag, sample)


def with_a_further_file(chance: Random, sample: Sample) -> bytes:
    """A file that nobody signed: in the payload, beside it, or among the tag files."""
    bag = dict(sample.archive.files)
    names = (
        *("data/portfolio/cases/extra.yaml", "data/evil.sh", "fetch.txt", "README.txt"),
        *("meta/notes.txt", "tagmanifest-sha512.txt.sig2", "manifest-sha512.txt.sig", "data"),
        *("Data/x", ".DS_Store", "__MACOSX/x", "bagit.txt ", "BAGIT.TXT", "signature.sig"),
    )
    fetch = b"https://example.org/x 1 data/portfolio/cases/extra.yaml\n"
    bag[chance.choice(names)] = chance.choice((b"", b"x\n", fetch))
    return zipped(agreed(bag) if chance.random() < 0.7 else bag, sample)


def with_another_tag_file(chance: Random, sample: Sample) -> bytes:
    """Another declaration or other information; the tag manifest may agree."""
    bag = dict(sample.archive.files)
    name = chance.choice(("bagit.txt", "bag-info.txt"))
    content = bag[name]
    bag[name] = chance.choice(
        (
            content.replace(b"\n", b"\r\n"),
            content.replace(b"\n", b"\r"),
            content.replace(b"1.0", b"0.97"),
            content.replace(b"UTF-8", b"UTF-16"),
            content + b"\n",
            content.rstrip(b"\n"),
            content + b"X-More: yes\n",
            content + b"Payload-Oxum: 1.1\n",
            content.replace(b"Ruiz", b"Rui"),
            changed(chance, content),
            b"\xef\xbb\xbf" + content,
        )
    )
    if chance.random() < 0.5:
        bag[SIGNED_FILE] = listing(bag, "sha512", tags=True)
    return zipped(bag, sample)


def signed_by_a_forger(chance: Random, sample: Sample) -> bytes:
    """Another file, all manifests agree, and it is signed: with a key that nobody believes."""
    bag = dict(sample.archive.files)
    if chance.random() < 0.8:
        _change_one(chance, bag, _of_payload)
    return zipped(signed(agreed(bag), FORGERS), sample)


def _of_payload(name: str) -> bool:
    return name.startswith(PAYLOAD)


def _change_one(chance: Random, bag: Bag, which: Callable[[str], bool]) -> None:
    name = chance.choice([each for each in bag if which(each)])
    bag[name] = changed(chance, bag[name])
