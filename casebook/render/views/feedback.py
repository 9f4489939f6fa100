"""The feedback report: what a candidate is told of a result, why, and what can be done next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.program.look import Look
from casebook.language import Language, _, ngettext, spoken
from casebook.language.forms import long_date
from casebook.language.terms import result as result_words
from casebook.render.document import Document
from casebook.render.environment import fill
from casebook.render.pictures import address_of
from casebook.render.prose import plain, prose
from casebook.render.views.advice import NextStep, next_steps, strengths
from casebook.render.views.feedback_work import WorkFeedback, work_feedback
from casebook.render.views.grader_names import grader_names
from casebook.render.views.parts import Part
from casebook.render.views.summary import Fact
from casebook.render.views.wording import (
    amount,
    capitalised,
    filled,
    in_language,
    percent,
    unstopped,
    with_long_dates,
)

_ANCHOR: Final = "feedback"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A piece of work in the table of the first page."""

    label: str
    title: str
    result: str
    total: str
    pass_mark: str


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """All that the feedback report's template sets."""

    anchor: str
    kicker: str
    title: str
    logo: str
    logo_says: str
    facts: tuple[Fact, ...]
    verdict: str
    passed: bool
    opening: tuple[str, ...]
    rows: tuple[WorkRow, ...]
    error: str
    appealed: Markup
    reasons: tuple[Part, ...]
    advice: str
    steps: tuple[NextStep, ...]
    after_steps: str
    appeal: str
    notice: str
    works: tuple[WorkFeedback, ...]


def feedback_document(
    result: IssuedResult, *, look: Look | None = None, logo: bytes | None = None
) -> Document:
    """What the candidate is told, in the language spoken.

    Args:
        result: The result; the document carries the day it was issued.
        look: Another look than the one the result carries.
        logo: A PNG or JPEG that stands above the title.

    Raises:
        RenderFailed: The logo is neither PNG nor JPEG.
    """
    program = f"{result.program_name}, {result.level_name}"
    return Document(
        title=_("Feedback for {candidate}: {program}").format(
            candidate=result.candidate, program=program
        ),
        running=f"{result.candidate} · {program}",
        # Why nobody: graders may be unnamed, and the result is the certifying body's.
        author="",
        keywords=(_("feedback"), result.program_name, result.level_name),
        description=_("Result and feedback of {candidate} for {program}.").format(
            candidate=result.candidate, program=program
        ),
        made_on=result.issued,
        language=spoken(),
        look=look or result.look,
        body=fill("feedback.html.j2", {"page": feedback_page(result, look, logo)}),
        works=len(result.works),
    )


def feedback_page(
    result: IssuedResult, look: Look | None = None, logo: bytes | None = None
) -> FeedbackPage:
    """The values of a feedback report."""
    names = grader_names(result)
    labels = work_labels(result.works)
    steps = next_steps(result, labels)
    return FeedbackPage(
        anchor=_ANCHOR,
        kicker=_("Feedback · {program}, {level}").format(
            program=result.program_name, level=result.level_name
        ),
        title=_("Feedback for {candidate}").format(candidate=result.candidate),
        logo=address_of(logo) if logo else "",
        logo_says=(look or result.look).logo_says or result.program_name,
        facts=_facts(result),
        verdict=_verdict(result),
        passed=result.result == "pass",
        opening=_opening(result),
        rows=tuple(_row(work, labels[work.work]) for work in result.works),
        error=_error(result.works),
        appealed=_appealed(result),
        reasons=_reasons(result, labels),
        advice=_advice(result, steps),
        steps=steps,
        after_steps=(
            _("When you are ready, ask the certifying body how and until when to hand in again.")
            if result.result == "fail"
            else ""
        ),
        appeal=_appeal(result),
        notice=in_language(result.program_language, plain(result.notice)),
        works=tuple(
            work_feedback(result, each, labels[each.work], names[each.work])
            for each in result.works
        ),
    )


def work_labels(works: Iterable[ModeratedWork]) -> Mapping[str, str]:
    """A short name for each work by its id: "Case study 2", "Observed session"."""
    labels: dict[str, str] = {}
    kinds = {
        "case-study": (_("Case study"), _("Case study {number}")),
        "observation": (_("Observed session"), _("Observed session {number}")),
    }
    listed = list(works)
    for kind, (only, counted) in kinds.items():
        ids = [work.work for work in listed if work.judges == kind]
        for number, work_id in enumerate(ids, start=1):
            labels[work_id] = counted.format(number=number) if len(ids) > 1 else only
    return labels


def _facts(result: IssuedResult) -> tuple[Fact, ...]:
    rules = _("{program}, version {version}").format(
        program=result.program_name, version=result.program_version
    )
    facts = [
        Fact(_("Issued"), (long_date(result.issued),)),
        *(
            [Fact(_("Appeal until"), (long_date(result.appeal_until),))]
            if result.appeal_until
            else []
        ),
        Fact(_("Rules"), (rules,)),
        Fact(
            _("Fingerprints"),
            (
                _("this result {result}, your submission {submission}").format(
                    result=brief(result.digest), submission=brief(result.submission)
                ),
            ),
        ),
    ]
    return tuple(facts)


def _verdict(result: IssuedResult) -> str:
    # Why behind a colon: a level is called as its program likes, and fits into no sentence.
    words = {
        "pass": _("You have passed: {level}"),
        "fail": _("You have not passed this time: {level}"),
        "incomplete": _("There is no result yet: {level}"),
    }[result.result]
    return words.format(level=result.level_name)


def _opening(result: IssuedResult) -> tuple[str, ...]:
    """The sentences under the verdict: what was good comes first, whatever the result."""
    count, total = sum(each.result == "pass" for each in result.works), len(result.works)
    lines = []
    if result.result == "pass":
        words = (
            _("Congratulations: your piece of work passes, and every binding requirement is met.")
            if total == 1
            else _(
                "Congratulations: all {total} pieces of work pass, and every binding requirement "
                "is met."
            )
        )
        lines.append(words.format(total=total))
    elif count and total > 1:
        words = ngettext(
            "{count} of {total} pieces of work passes.",
            "{count} of {total} pieces of work pass.",
            count,
        )
        lines.append(words.format(count=count, total=total))
    if best := strengths(result):
        titles = (_title(each, result.program_language) for each in best)
        lines.append(
            filled(_("What was done best: {criteria}."), criteria=Markup("; ").join(titles))
        )
    return tuple(lines)


def _title(words: str, language: Language) -> Markup:
    return Markup("<i>{}</i>").format(in_language(language, words))


def _row(work: ModeratedWork, label: str) -> WorkRow:
    total = "–"
    if work.percent is not None:
        total = f"{work.shown_percent} %"
        if work.sem_percent is not None:
            total = f"{total} ± {amount(work.sem_percent)}"
    return WorkRow(
        label=label,
        title="" if work.title == label else work.title,
        result=result_words(work.result),
        total=total,
        pass_mark=percent(work.pass_percent),
    )


def _error(works: Iterable[ModeratedWork]) -> str:
    known = [work.sem_percent for work in works if work.percent is not None]
    if any(known):
        return _(
            "± is one standard error of measurement (SEM): marked once more, the same work would "
            "come out within it about two times in three."
        )
    return _(
        "How exact these totals are has not been measured: no standard error is known for the "
        "rubrics."
    )


def _appealed(result: IssuedResult) -> Markup:
    follows = result.follows
    if follows is None:
        return Markup()
    words = {
        "upheld": _("Your appeal against the result {digits} was upheld. This result follows it."),
        "dismissed": _("Your appeal against the result {digits} was dismissed."),
    }[follows.outcome]
    said = Markup("<p>{}</p>").format(words.format(digits=brief(follows.result)))
    return said + prose(follows.reason)


def _reasons(result: IssuedResult, labels: Mapping[str, str]) -> tuple[Part, ...]:
    """The reasons of the result and, work by work, its reasons and the rules that fired."""
    titles = [work.title for work in result.works]
    # Why left out: what the result repeats of a work stands with the work, and in the table.
    whole = [each for each in result.reasons if not any(f"'{title}'" in each for title in titles)]
    if result.result == "pass":
        words = _("advice that was not followed: {requirement}: {why}")
        whole += (
            words.format(requirement=unstopped(each.says), why=each.why)
            for each in result.eligibility.requirements
            if not each.met
        )
    parts = [(_("Result"), _said(whole, ()))]
    for work in result.works:
        rules = (each.says for each in work.rules)
        needs = (each.says for each in work.needs)
        parts.append((labels[work.work], _said(work.reasons, (*rules, *needs))))
    return tuple(Part(label, html) for label, html in parts if html)


def _said(reasons: Iterable[str], happened: Iterable[str]) -> Markup:
    """The reasons, a paragraph each, and under them as a list what led there."""
    found = dict.fromkeys(map(_sentence, reasons))
    steps = dict.fromkeys(each for each in map(_sentence, happened) if each not in found)
    paragraphs = Markup("").join(Markup("<p>{}</p>").format(each) for each in found)
    items = Markup("").join(Markup("<li>{}</li>").format(each) for each in steps)
    return paragraphs + (Markup("<ul>{}</ul>").format(items) if items else "")


def _sentence(words: str) -> str:
    return with_long_dates(f"{capitalised(unstopped(words))}.")


def _advice(result: IssuedResult, steps: tuple[NextStep, ...]) -> str:
    if result.result == "incomplete":
        return _("What is still open stands above; the certifying body sees to it.")
    if result.result == "fail":
        return _("This brings you closest to a pass; the most important comes first.")
    if steps:
        return _("Nothing more is asked of you. If you want to go further, begin here.")
    return _("Nothing more is asked of you.")


def _appeal(result: IssuedResult) -> str:
    digits = brief(result.digest)
    if result.follows is not None and result.appeal_until is None:
        words = _(
            "This ends the appeal. With questions turn to the certifying body, and name this "
            "result ({digits})."
        )
        return words.format(digits=digits)
    if result.appeal_until is None:
        words = _(
            "These rules set no time for an appeal. With questions turn to the certifying body, "
            "and name this result ({digits})."
        )
        return words.format(digits=digits)
    words = _(
        "You can appeal until {day}. Write to the certifying body: name this result ({digits}) and "
        "the pieces of work you mean, and say what you think is wrong. Somebody who graded none of "
        "your work decides. The outcome is a new result that refers to this one; this one stays on "
        "record."
    )
    return words.format(day=long_date(result.appeal_until), digits=digits)
