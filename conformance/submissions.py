"""A submission by its parts: each can be changed, and all above it is made to agree."""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from conformance.keys import Signer, armour
from conformance.zips import STORED, Entry, Zip

RECORD: Final = "submission.json"
SIGNATURE: Final = "tagmanifest-sha512.txt.sig"
TAG_MANIFEST: Final = "tagmanifest-sha512.txt"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission is made of.

    Attributes:
        record: ``submission.json`` as values.
        files: The payload without the record: name without ``data/`` -> content.
        description: The bag's External-Description.
    """

    record: Record
    files: Mapping[str, bytes]
    description: str

    @property
    def moment(self) -> date:
        """The day it was made."""
        return date.fromisoformat(self.record["made_on"])

    @property
    def top(self) -> str:
        """The name of its one folder."""
        program, level = self.record["program"]["id"], self.record["level"]
        return safe_name(f"{program}-level-{level}-{self.record['candidate']}")

    def telling(self, **changes: object) -> "Submission":
        """The same with other values in its record; a key whose value is None is left out."""
        record = {key: value for key, value in (self.record | changes).items() if value is not None}
        return replace(self, record=record)

    def holding(self, name: str, content: bytes, role: str | None = None) -> "Submission":
        """The same with one file changed or added, and listed as it is."""
        roles = {entry["path"]: entry["role"] for entry in self.record["files"]}
        entry = {
            "path": name,
            "role": role or roles[name],
            "bytes": len(content),
            "sha512": hashlib.sha512(content).hexdigest(),
        }
        others = [each for each in self.record["files"] if each["path"] != name]
        listed = sorted([*others, entry], key=lambda each: str(each["path"]))
        return replace(self.telling(files=listed), files={**self.files, name: content})

    def without(self, *names: str) -> "Submission":
        """The same without some files."""
        listed = [each for each in self.record["files"] if each["path"] not in names]
        kept = {name: content for name, content in self.files.items() if name not in names}
        return replace(self.telling(files=listed), files=kept)

    def edited(self, name: str, edit: Callable[[str], str]) -> "Submission":
        """The same with the text of one file edited.

        Raises:
            ValueError: The edit changes nothing, so that the case would show nothing.
        """
        before = self.files[name].decode()
        after = edit(before)
        if after == before:
            raise ValueError(f"nothing was edited in {name}")
        return self.holding(name, after.encode())

    def bag(self, record: bytes | None = None) -> dict[str, bytes]:
        """Every file of the bag; the record's bytes can be others than those that are canonical."""
        written = canonical(self.record) if record is None else record
        payload = {**self.files, RECORD: written}
        size = sum(map(len, payload.values()))
        info = (
            f"Bagging-Date: {self.record['made_on']}\n"
            f"Contact-Name: {self.record['candidate']}\n"
            f"External-Description: {self.description}\n"
            f"Payload-Oxum: {size}.{len(payload)}\n"
            f"Bag-Software-Agent: casebook {self.record['casebook']}\n"
        )
        bag = {f"data/{name}": content for name, content in payload.items()}
        bag["bagit.txt"] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        bag["bag-info.txt"] = info.encode()
        bag["manifest-sha512.txt"] = manifest(bag, payload=True)
        return vouched(bag)

    def zipped(self) -> bytes:
        """The submission's bytes."""
        return self.zip_of(self.bag()).build()

    def zip_of(self, bag: Mapping[str, bytes], method: int = STORED) -> Zip:
        """A bag's zip."""
        first = ("bagit.txt", "bag-info.txt")
        order = sorted(bag, key=lambda name: (first.index(name) if name in first else 2, name))
        entries = [Entry(f"{self.top}/{name}".encode(), bag[name], method) for name in order]
        return Zip(entries, self.moment)

    def signed(self, key: Signer) -> dict[str, bytes]:
        """The bag of this submission with its record naming the key, and the key's signature."""
        return with_signature(self.telling(format=2, signer=key.fingerprint).bag(), key)


def read_submission(content: bytes) -> Submission:
    """Take a sound submission apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        bag = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    payload = {
        name.removeprefix("data/"): each for name, each in bag.items() if name.startswith("data/")
    }
    record = json.loads(payload.pop(RECORD))
    found = re.search(r"^External-Description: (.*)$", bag["bag-info.txt"].decode(), re.MULTILINE)
    return Submission(record, payload, found[1] if found else "")


def canonical(record: Mapping[str, object]) -> bytes:
    """A record's bytes."""
    text = json.dumps(record, sort_keys=True, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()


def manifest(bag: Mapping[str, bytes], *, payload: bool, algorithm: str = "sha512") -> bytes:
    """A manifest of the payload or of the tag files."""
    return "".join(
        f"{hashlib.new(algorithm, content).hexdigest()}  {_encoded(name)}\n"
        for name, content in sorted(bag.items())
        if name.startswith("data/") == payload and not name.startswith("tagmanifest-")
    ).encode()


def _encoded(name: str) -> str:
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def vouched(bag: Mapping[str, bytes]) -> dict[str, bytes]:
    """A bag with its tag manifest made anew."""
    return {**bag, TAG_MANIFEST: manifest(bag, payload=False)}


def with_signature(bag: Mapping[str, bytes], key: Signer) -> dict[str, bytes]:
    """A bag with a signature of its tag manifest."""
    return {**bag, SIGNATURE: armour(key.sign(bag[TAG_MANIFEST]))}


def safe_name(text: str) -> str:
    """Small letters, digits and hyphens: enough of the rule for the names in the set."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
