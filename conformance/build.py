"""Makes the set: ``python -m conformance.build FOLDER``.

casebook makes the two samples' submissions once; every other file follows from their parts, by code
of its own that knows the format and not casebook.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

try:
    import pyrage
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing.name} is not installed for this Python; in casebook's folder, `. "
        ".venv/bin/activate` takes the one that `make demo` sets up"
    )

from conformance.bag_cases import bag_cases, inventory_cases, record_cases
from conformance.case import Case, refuse_repeated
from conformance.container_cases import container_cases
from conformance.good_cases import good_cases
from conformance.keys import ALLOWED
from conformance.submissions import Submission, read_submission
from conformance.trust_cases import sealed_cases, signature_cases
from conformance.work_cases import work_cases

SAMPLES: Final = Path(__file__).parent.parent / "samples"
DAY: Final = "2026-07-01"
NAMES: Final = ("nkt-level-1", "reflexology")


def build(target: Path) -> tuple[Case, ...]:
    """Write the whole set into a new or empty folder.

    Raises:
        subprocess.CalledProcessError: casebook does not make the samples' submissions.
        FileExistsError: Something stands in the folder.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty")
    samples = {name: _made(SAMPLES / name) for name in NAMES}
    office, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    recipients = str(office.to_public()), str(other.to_public())
    cases = refuse_repeated(_cases(samples, *recipients))
    keys = target / "keys"
    keys.mkdir()
    (keys / "allowed-signers").write_text(ALLOWED, encoding="utf-8")
    (keys / "office.identity").write_text(f"{office}\n", encoding="utf-8")
    shutil.copytree(SAMPLES / "reflexology" / "program", target / "programs" / "reflexology")
    for each in cases:
        (target / each.file).write_bytes(each.content)
    expected = {"format": 1, "cases": [each.values() for each in cases]}
    text = json.dumps(expected, indent=2, ensure_ascii=False)
    (target / "expected.json").write_text(f"{text}\n", encoding="utf-8")
    return cases


def _cases(samples: dict[str, bytes], office: str, other: str) -> Iterator[Case]:
    complete = read_submission(samples["nkt-level-1"])
    reflexology = _lean(read_submission(samples["reflexology"]))
    sound = _without_picture(_lean(complete))
    yield from good_cases(sound, samples, reflexology, office)
    yield from container_cases(sound)
    yield from bag_cases(sound)
    yield from record_cases(sound)
    yield from inventory_cases(sound)
    yield from sealed_cases(sound, office, other)
    yield from signature_cases(sound)
    yield from work_cases(sound, reflexology, complete)


def _lean(complete: Submission) -> Submission:
    """A submission without its documents: they are two thirds of its bytes."""
    return complete.without(*(name for name in complete.files if name.startswith("documents/")))


def _without_picture(sound: Submission) -> Submission:
    """The first sample without its one picture, whose decoding is most of a verification's time."""
    undrawn = sound.edited(
        "portfolio/cases/01-low-back.yaml",
        lambda text: re.sub(r"^figures:\n(?: .*\n)+\n", "", text, flags=re.MULTILINE),
    )
    return undrawn.without("portfolio/attachments/posture-a.png")


def _made(folder: Path) -> bytes:
    """What casebook makes of a sample."""
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "submission.zip"
        command = [sys.executable, "-m", "casebook", "submit", os.fspath(folder)]
        subprocess.run(
            [*command, "--date", DAY, "-o", os.fspath(made)], check=True, capture_output=True
        )
        return made.read_bytes()


def main() -> None:
    """Build the set and say how large it is."""
    parser = argparse.ArgumentParser(description="Makes the conformance set.")
    parser.add_argument("folder", type=Path, help="a new or empty folder")
    target = parser.parse_args().folder
    try:
        cases = build(target)
    except FileExistsError as error:
        parser.error(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(f"casebook does not make the samples: {error.stderr.decode()}")
    good = sum(each.step is None for each in cases)
    size = sum(len(each.content) for each in cases) / 1_000_000
    print(f"{target}: {good} to accept, {len(cases) - good} to refuse, {size:.0f} MB")


if __name__ == "__main__":
    main()
