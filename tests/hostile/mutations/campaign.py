"""Makes mutants of a signed submission and counts what a verification says of them.

A mutant is wrongly accepted when every step up to the signature holds, and it shows a reader
anything but one of the two submissions that its candidate signed: another file, name, folder or
day. Mutants that only pack the same files otherwise are no forgeries; they are counted apart.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from casebook.bundle.archive import parse_archive
from casebook.errors import CasebookError
from casebook.workflow.unpacking import take_apart
from casebook.workflow.verify import verify
from tests.hostile.mutations import of_bags, of_bytes, of_records, of_works, of_zips
from tests.hostile.mutations.sample import Sample, chance, reader, sample

Mutation = Callable[[Random, Sample], bytes]

MUTATIONS: Final[tuple[Mutation, ...]] = (
    of_bytes.flipped_bits,
    of_bytes.other_bytes,
    of_bytes.cut,
    of_bytes.without_a_span,
    of_bytes.with_more_bytes,
    of_bytes.copied_over,
    of_bytes.marks_over,
    of_bytes.spliced,
    of_zips.with_another_field,
    of_zips.with_a_bent_field,
    of_zips.with_another_order,
    of_zips.with_entries_less,
    of_zips.with_entries_twice,
    of_zips.with_another_name,
    of_zips.with_swapped_names,
    of_zips.with_hidden_bytes,
    of_zips.with_other_content,
    of_zips.packed_otherwise,
    of_zips.with_damaged_deflate,
    of_zips.with_entries_of_another,
    of_zips.with_another_day,
    of_zips.with_another_top,
    of_bags.with_a_manifest_that_agrees,
    of_bags.with_manifests_that_agree,
    of_bags.with_a_reworded_manifest,
    of_bags.with_another_manifest,
    of_bags.without_a_tag_file,
    of_bags.with_a_further_file,
    of_bags.with_another_tag_file,
    of_bags.signed_by_a_forger,
    of_records.with_another_record,
    of_records.with_a_reworded_record,
    of_records.with_an_inventory_that_agrees,
    of_records.with_another_signature,
    of_records.without_its_signature,
)

UNCHANGED: Final = "not changed"
SAME_FILES: Final = "the same files"
FORGED: Final = "ACCEPTED"
CRASHED: Final = "CRASHED"
ACCEPTABLE: Final = "acceptable"
REFUSED: Final = "refused as a whole"
DECIDING: Final = ("container", "bag", "record", "inventory", "signature")
"""The steps that say whether the files are those that were sent, in their order."""


@dataclass
class Tally:
    """How many mutants of each kind ended how, and which of them must not have.

    Attributes:
        counts: Kind and outcome -> mutants; an outcome is the first step that failed, or one of
            the words above.
        wrong: Numbers of mutants that crashed or were wrongly accepted, with what happened.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add the counts of another part of the same campaign."""
        self.counts.update(other.counts)
        self.wrong += other.wrong

    def of(self, outcome: str) -> int:
        """How many mutants ended so."""
        return sum(count for (_, ended), count in self.counts.items() if ended == outcome)


def mutant(seed: int, number: int, original: Sample) -> tuple[str, bytes]:
    """One mutant of a campaign, and the name of its kind."""
    dice = chance(seed, number)
    mutation = MUTATIONS[number % len(MUTATIONS)]
    return mutation.__name__, mutation(dice, original)


def campaign(seed: int, numbers: Iterable[int]) -> Tally:
    """Verify the mutants of these numbers."""
    original, tally = sample(), Tally()
    believed = reader()
    for number in numbers:
        kind, content = mutant(seed, number, original)
        try:
            steps, _ = take_apart(content, believed)
            taken = {step.id: step for step in steps.all()}
            ended = next((each for each in DECIDING if not taken[each].ok), None)
            outcome = ended or _accepted(content, original)
        except Exception as error:  # noqa: BLE001 - each of them is what is looked for
            outcome = CRASHED
            tally.wrong.append((number, f"{kind}: {type(error).__name__}: {error}"[:200]))
        if outcome == FORGED:
            tally.wrong.append((number, f"{kind}: accepted with other content"))
        tally.counts[kind, outcome] += 1
    return tally


def campaign_of_works(seed: int, numbers: Iterable[int]) -> Tally:
    """Take every step of a verification with unsigned mutants whose works say nonsense.

    They are nobody's forgeries: accepted is what happens to be acceptable. What is looked for is a
    verification that comes to no end, and a ``CasebookError`` in its place is counted apart.
    """
    original, tally = of_works.works(), Tally()
    with TemporaryDirectory(prefix="casebook-mutants-") as folder:
        path = Path(folder) / "mutant.zip"
        for number in numbers:
            path.write_bytes(of_works.with_nonsense(chance(seed, number), original))
            try:
                steps = verify(path, of_works.STUDIO / "program").steps
                failed = (step.id for step in steps if not step.ok)
                outcome = next(failed, ACCEPTABLE)
            except CasebookError:
                outcome = REFUSED
            except Exception as error:  # noqa: BLE001 - each of them is what is looked for
                outcome = CRASHED
                tally.wrong.append((number, f"{type(error).__name__}: {error}"[:200]))
            tally.counts["with_nonsense", outcome] += 1
    return tally


def _accepted(content: bytes, original: Sample) -> str:
    """What an accepted mutant is."""
    if content in (original.content, original.other):
        return UNCHANGED
    return SAME_FILES if parse_archive(content) in original.genuine else FORGED
