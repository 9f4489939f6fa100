"""``python -m conformance.second_verifier FILE [--identity FILE] [--signers FILE]``.

Ends with 0 when every step holds, 1 when one does not, 2 for wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from conformance.second_verifier.bag import SIGNATURE, check_bag
from conformance.second_verifier.container import ARCHIVE_BYTES, Container, read_container
from conformance.second_verifier.names import folder_name
from conformance.second_verifier.record import RECORD, check_inventory, read_record
from conformance.second_verifier.refusal import Refused, need
from conformance.second_verifier.seal import is_sealed, recipients, unsealed
from conformance.second_verifier.signature import check_signature, fingerprint_of

ALWAYS: Final = ("container", "bag", "record", "inventory")
STEPS: Final = (*ALWAYS, "recipient", "signature")


T = TypeVar("T")


@dataclass
class Taken:
    """The steps taken so far: what is wrong with each, nothing where it holds."""

    said: dict[str, str] = field(default_factory=dict)

    def take(self, step: str, check: Callable[[], T]) -> T | None:
        """Take a step; what it gives, or None when it does not hold."""
        try:
            given = check()
        except Refused as refusal:
            self.said[step] = str(refusal)
            return None
        self.said[step] = ""
        return given

    def values(self) -> dict[str, object]:
        """The verdict and the steps; those always due and not taken are open."""
        due = [step for step in STEPS if step in ALWAYS or step in self.said]
        steps = [
            {
                "id": step,
                "ok": not self.said[step] if step in self.said else None,
                "detail": self.said.get(step, "not looked at"),
            }
            for step in due
        ]
        return {"ok": all(step["ok"] for step in steps), "steps": steps}


def verify(content: bytes, identity: Path | None, signers: Path | None) -> Taken:
    """Take the steps that are due."""
    taken = Taken()
    sealed = is_sealed(content)
    found = taken.take("container", lambda: opened(content, identity))
    if found is None:
        return taken
    taken.take("bag", lambda: check_bag(found.files))
    payload = {
        name.removeprefix("data/"): each
        for name, each in found.files.items()
        if name.startswith("data/")
    }
    record = taken.take("record", lambda: read_record(payload.get(RECORD)))
    if record is None:
        return taken
    taken.take("record", lambda: check_place(found, record))
    taken.take("inventory", lambda: check_inventory(record, payload))
    if identity and (sealed or "sealed_to" in record):
        meant = record.get("sealed_to")
        taken.take("recipient", lambda: need(meant in recipients(identity), "not made for you"))
    if SIGNATURE in found.files or "signer" in record or signers:
        taken.take("signature", lambda: check_signer(found.files, record, signers))
    return taken


def opened(content: bytes, identity: Path | None) -> Container:
    """The container, with its seal off where it has one."""
    if identity is not None and is_sealed(content):
        content = unsealed(content, identity)
    return read_container(content)


def check_place(found: Container, record: Mapping[str, Any]) -> None:
    """Hold the container's folder and day to those that the record leads to."""
    program, level, candidate = record["program"]["id"], record["level"], record["candidate"]
    need(found.top == folder_name(f"{program}-level-{level}-{candidate}"), "another folder")
    need(found.day.isoformat() == record["made_on"], "another day")


def check_signer(
    files: Mapping[str, bytes], record: Mapping[str, Any], signers: Path | None
) -> None:
    """Hold the signature to the record and to the signers."""
    need(SIGNATURE in files, "there is none")
    need(fingerprint_of(files[SIGNATURE]) == record.get("signer"), "the record names another key")
    check_signature(files.get(SIGNATURE.removesuffix(".sig"), b""), files[SIGNATURE], signers)


def main() -> None:
    """Verify a file and print the steps as JSON."""
    parser = argparse.ArgumentParser(description="Verifies a submission up to its signature.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--identity", type=Path)
    parser.add_argument("--signers", type=Path)
    parser.add_argument("--program", type=Path, help="taken, and not used")
    chosen = parser.parse_args()
    with chosen.file.open("rb") as file:
        content = file.read(ARCHIVE_BYTES + 1)
    if is_sealed(content) and chosen.identity is None:
        parser.error("the file is sealed; name an --identity")
    values = verify(content, chosen.identity, chosen.signers).values()
    print(json.dumps(values, indent=2))
    sys.exit(0 if values["ok"] else 1)


if __name__ == "__main__":
    main()
