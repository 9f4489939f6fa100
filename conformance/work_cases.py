"""Submissions whose container holds, and whose work, rules or results do not."""

import json
from collections.abc import Iterator

from conformance.case import Case
from conformance.submissions import Submission


def work_cases(sound: Submission, reflexology: Submission, complete: Submission) -> Iterator[Case]:
    """Cases that take a reader of portfolios.

    Args:
        sound: The sample of the program that ships with casebook, without documents.
        reflexology: The sample of another program.
        complete: The first sample with its documents.
    """
    yield from _program_cases(sound, reflexology)
    yield from _source_cases(sound)
    result = "evaluation/observed-session.json"
    late = sound.edited(
        "portfolio/cases/01-low-back.yaml",
        lambda text: text.replace(
            "  signed: 2026-03-02\n", "  signed: 2026-03-02\n  expires: 2026-05-01\n"
        ),
    )
    yield Case(
        "check-consent.zip", late.zipped(),
        "A client's consent ended two months before the day of the submission.", "check",
    )  # fmt: skip
    better = sound.edited(result, lambda text: text.replace("81.1", "91.1"))
    yield Case(
        "results-percent.zip", better.zipped(),
        "The enclosed result is ten points better than the examiner's marks.", "results",
    )  # fmt: skip
    failed = sound.telling(results=dict.fromkeys(sound.record["results"], "fail"))
    yield Case(
        "results-record.zip", failed.zipped(),
        "The record gives another result than the enclosed file.", "results",
    )  # fmt: skip
    yield Case(
        "results-missing.zip", sound.without(result).zipped(), "A result is missing.", "results"
    )
    added = sound.holding("evaluation/more.json", json.dumps({}).encode(), "evaluation")
    yield Case("results-extra.zip", added.zipped(), "A result stands there of no work.", "results")
    pages = complete.files["documents/neck-02.pdf"]
    swapped = complete.holding("documents/shoulder-03.pdf", pages)
    yield Case(
        "documents-swapped.zip", swapped.zipped(),
        "One case study's pages are those of another.", "documents", ("--documents",),
    )  # fmt: skip


def _program_cases(sound: Submission, reflexology: Submission) -> Iterator[Case]:
    yield Case(
        "program-unknown.zip", reflexology.zipped(),
        "Made by rules that the verifier was not given: nothing is accepted by rules that came "
        "with the submission.", "program",
    )  # fmt: skip
    rules = "program/program.yaml"
    easier = sound.edited(rules, lambda text: text.replace("hours: 15", "hours: 5", 1))
    yield Case(
        "program-copy.zip", easier.zipped(),
        "The enclosed copy of the rules asks for fewer hours.", "program",
    )  # fmt: skip
    other = sound.telling(program={**sound.record["program"], "digest": "0" * 128})
    yield Case(
        "program-digest.zip", other.zipped(), "The record names other rules by digest.", "program"
    )


def _source_cases(sound: Submission) -> Iterator[Case]:
    yield Case(
        "sources-candidate.zip", sound.telling(candidate="Somebody Else").zipped(),
        "The record names another candidate than the portfolio.", "sources",
    )  # fmt: skip
    extra = sound.holding("portfolio/diary.yaml", b"kind: diary\n", "source")
    yield Case(
        "sources-unused.zip", extra.zipped(), "A file stands there that no work names.", "sources"
    )
    case = "portfolio/cases/02-neck-headache.yaml"
    broken = sound.holding(case, sound.files[case] + b"  : [\n")
    yield Case(
        "sources-broken.zip", broken.zipped(), "A case study is no sound YAML.", "sources",
        alone=False,
    )  # fmt: skip
    unknown = sound.edited(case, lambda text: text.replace("\nclient:", "\ndiagnosis: x\nclient:"))
    yield Case(
        "sources-unknown-key.zip", unknown.zipped(),
        "A case study has a key that there is not.", "sources", alone=False,
    )  # fmt: skip
    text = sound.files[case]
    yield Case(
        "sources-works.zip", _with_cases(sound, [text] * 201).zipped(),
        "There are more works than a portfolio may have.", "sources", alone=False,
    )  # fmt: skip
    long = text + b"# long\n" * 270_000
    yield Case(
        "sources-bytes.zip", _with_cases(sound, [long] * 3).zipped(),
        "Each text is within its limit, and all together are not.", "sources", alone=False,
    )  # fmt: skip
    many = text + b"more:\n" + b"- []\n" * 94_000
    yield Case(
        "sources-values.zip", _with_cases(sound, [many] * 3).zipped(),
        "Each file has as many values as it may, and all together have too many.", "sources",
        alone=False,
    )  # fmt: skip


def _with_cases(sound: Submission, texts: list[bytes]) -> Submission:
    """The same with further case studies."""
    for number, text in enumerate(texts):
        sound = sound.holding(f"portfolio/cases/more-{number}.yaml", text, "source")
    return sound
