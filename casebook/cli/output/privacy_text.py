"""What ``casebook privacy`` prints: findings, what to look at yourself, and how to sign off."""

import sys
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from casebook.cli.output.closing import closing
from casebook.cli.terminal import clean, dress, typed, width_of
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Report, Severity
from casebook.diagnostics.writers import finding_values, report_values, text_report
from casebook.rules.privacy.safe_harbor import RULES
from casebook.workflow.privacy.looking import Question
from casebook.workflow.privacy.review import LookedThrough
from casebook.workflow.privacy.sign_off import SignedOff

_PIPE_COLUMNS: Final = 100
_GRAVITY: Final = tuple(Severity)

_NO_PROMISE: Final = (
    "This search knows forms, not people. That it found nothing, or that you took out all it "
    "found, does not mean that nobody can be known."
)


def privacy_lines(looked: LookedThrough) -> tuple[list[str], list[str]]:
    """The lines for people: the result, and what is said beside it."""
    width = width_of(sys.stdout)
    report = text_report(_for_people(looked), looked.checked.sources, dress, width)
    said = [report, "", *_questions(looked, width or _PIPE_COLUMNS)]
    return said, [*closing(_NO_PROMISE), *_next(looked)]


def signed_lines(signed: SignedOff) -> Iterator[str]:
    """What was recorded."""
    record = signed.record
    let = f"; {_count(len(record.accepted), 'finding')} may stand" if record.accepted else ""
    files = _count(len(record.files), "file")
    yield f"{clean(record.by)} looked through {files} on {record.on}{let}"
    if signed.not_handed_in:
        yield (
            f"not part of it: {_count(signed.not_handed_in, 'finding')} in files that are not "
            "handed in"
        )
    yield f"{dress(str(signed.path), 'good')}  it counts until one of the files changes"


def privacy_values(looked: LookedThrough) -> dict[str, object]:
    """The same for programs; each finding has its ``rule``."""
    report = looked.checked.report
    review = looked.review
    return {
        **report_values(report),
        "findings": [
            {"rule": looked.rules[each], **finding_values(each)} for each in report.findings
        ],
        "rules": {
            rule.id: {
                "title": rule.title,
                "found": sum(looked.rules[each] == rule.id for each in report.findings),
            }
            for rule in RULES.values()
        },
        "questions": [
            {"rule": each.rule, "path": each.path, "question": each.asks}
            for each in looked.questions
        ],
        "names_looked_for": looked.names,
        "review": review
        and {
            "by": review.record.by,
            "on": review.record.on.isoformat(),
            "holds": not looked.changed,
            "accepted": looked.accepted,
            "changed": list(looked.changed),
        },
    }


def _for_people(looked: LookedThrough) -> Report:
    """The report with what waits for a decision first.

    Files that no search can read are left to the questions, which name them.
    """
    report = looked.checked.report
    asked = {each.path for each in looked.questions}
    told = (
        each
        for each in report.findings
        if each.code != codes.NOT_LOOKED_INTO.id or each.place.path not in asked
    )
    return Report(tuple(sorted(told, key=lambda each: _GRAVITY.index(each.severity))), report.files)


def _questions(looked: LookedThrough, width: int) -> Iterator[str]:
    if not looked.questions:
        return
    yield "What no search answers; look yourself:"
    ordered = sorted(looked.questions, key=_order)
    for asks, group in groupby(ordered, key=lambda each: each.asks):
        asked = list(group)
        yield from textwrap.wrap(
            f"[ ] {asks} ({asked[0].rule})", width,
            initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False,
        )  # fmt: skip
        yield from (f"        {clean(each.path)}" for each in asked if each.path)


def _order(question: Question) -> tuple[bool, str, str]:
    """What is about all of it first, then by rule."""
    return question.path is not None, question.rule, question.asks


def _next(looked: LookedThrough) -> Iterator[str]:
    """What stands beside the result: the list of names, the review, what to do next."""
    yield from closing(_of_names(looked))
    review = looked.review
    if review is not None and not looked.changed:
        let = f", and let {_count(looked.accepted, 'finding')} stand" if looked.accepted else ""
        yield from closing(
            f"{review.record.by} looked through these files on {review.record.on}{let}"
        )
        return
    if review is not None:
        changed = looked.changed[0]
        yield from closing(
            f"the sign-off of {review.record.on} no longer counts: {changed} changed since"
        )
    if looked.checked.report.count(Severity.ERROR):
        yield from closing("errors cannot be signed off: mend them first, then look again")
    elif looked.material.on_disk:
        reason = ' --reason "…"' if looked.open_findings else ""
        command = f'casebook privacy {typed(looked.material.path)} --sign-off "Your name"{reason}'
        yield from closing("when you have looked:", command)


def _of_names(looked: LookedThrough) -> str:
    """Which names were looked for, or how to have some looked for."""
    if looked.names:
        return f"looked for {_count(looked.names, 'name')} of your private list"
    if looked.material.on_disk:
        return "no private list of names: write one a line into private-names.txt in the portfolio"
    return "no private list of names: name one with --names FILE, a text with a name on each line"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"
