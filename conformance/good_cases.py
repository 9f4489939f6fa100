"""Submissions that every verifier must accept."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from conformance.case import Case
from conformance.keys import CANDIDATE, STRANGER
from conformance.submissions import Submission, with_signature
from conformance.trust_cases import IDENTITY, SIGNERS, seal
from conformance.zips import DEFLATED, STORED, Entry

PROGRAM = ("--program", "programs/reflexology/program.yaml")


def good_cases(
    sound: Submission,
    samples: Mapping[str, bytes],
    reflexology: Submission,
    office: str,
) -> Iterator[Case]:
    """Good submissions of both samples.

    Args:
        sound: The sample of the program that ships with casebook, without documents.
        samples: What casebook makes of each sample, by the sample's name.
        reflexology: The sample of another program.
        office: The recipient whose identity the verifier has.
    """
    nkt, other = samples["nkt-level-1"], samples["reflexology"]
    yield Case("good-nkt.zip", nkt, "As casebook makes it.")
    yield Case("good-nkt-documents.zip", nkt, "As casebook makes it, its pages made again.",
               arguments=("--documents",))  # fmt: skip
    yield Case("good-reflexology.zip", other, "As casebook makes it, by an office's own rules.",
               arguments=PROGRAM)  # fmt: skip
    yield Case("good-without-documents.zip", sound.zipped(), "Without documents, which no step "
               "but the last asks for.")  # fmt: skip
    first = sound.telling(format=1, signer=None, sealed_to=None)
    yield Case("good-format-1.zip", first.zipped(), "A record of format 1.")
    whole = sound.zip_of(sound.bag(), DEFLATED)
    yield Case("good-deflated.zip", whole.build(), "Every file is deflated.")
    yield Case("good-mixed.zip", replace(whole, entries=_mixed(list(whole.entries))).build(),
               "Some files are deflated, others stored.")  # fmt: skip
    yield Case("good-name-beyond-ascii.zip", _renamed(sound).zipped(),
               "An attachment's name is not of ASCII letters.")  # fmt: skip
    yield from _trusted(sound, reflexology, office)


def _trusted(sound: Submission, reflexology: Submission, office: str) -> Iterator[Case]:
    signed = sound.zip_of(sound.signed(CANDIDATE)).build()
    yield Case("good-signed.zip", signed, "Signed; whose key it is, nobody asks.")
    yield Case("good-signed-known.zip", signed, "Signed by a key among the signers.",
               arguments=SIGNERS)  # fmt: skip
    unknown = sound.zip_of(sound.signed(STRANGER)).build()
    yield Case("good-signed-stranger.zip", unknown, "Signed by an unknown key; no signers given.")
    yield Case("good-sealed.zip.age", seal(_to(sound, office).zipped(), office), "Sealed.",
               arguments=IDENTITY)  # fmt: skip
    opened = _to(sound, office).zipped()
    yield Case("good-unsealed.zip", opened, "Was sealed, and somebody has opened it already.")
    both = _to(sound, office).telling(signer=CANDIDATE.fingerprint)
    content = seal(both.zip_of(with_signature(both.bag(), CANDIDATE)).build(), office)
    yield Case("good-signed-sealed.zip.age", content, "Signed, then sealed.",
               arguments=(*SIGNERS, *IDENTITY))  # fmt: skip
    another = _to(reflexology, office).telling(signer=CANDIDATE.fingerprint)
    content = seal(another.zip_of(with_signature(another.bag(), CANDIDATE)).build(), office)
    yield Case("good-reflexology-signed-sealed.zip.age", content,
               "Signed, then sealed, by an office's own rules.",
               arguments=(*PROGRAM, *SIGNERS, *IDENTITY))  # fmt: skip


def _to(sound: Submission, office: str) -> Submission:
    return sound.telling(format=2, sealed_to=office)


def _mixed(entries: list[Entry]) -> list[Entry]:
    return [
        replace(each, method=STORED) if number % 2 else each for number, each in enumerate(entries)
    ]


def _renamed(sound: Submission) -> Submission:
    """The submission with one consent form under a name beyond ASCII."""
    form = sound.files["portfolio/attachments/consent-a.pdf"]
    named = sound.edited(
        "portfolio/cases/01-low-back.yaml",
        lambda text: text.replace("consent-a.pdf", "einverständnis-a.pdf"),
    )
    old = "portfolio/attachments/consent-a.pdf"
    return named.without(old).holding("portfolio/attachments/einverständnis-a.pdf", form,
                                      "attachment")  # fmt: skip
