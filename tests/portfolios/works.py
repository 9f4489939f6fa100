"""Case studies and observed sessions as strategies, as the values that their files hold."""

from collections.abc import Mapping
from typing import Final

from hypothesis import strategies as st

from casebook.domain.record import Record
from casebook.domain.work.case_study import (
    Abstract,
    Assessment,
    Discussion,
    FollowUp,
    Intervention,
    Presentation,
)
from casebook.domain.work.practitioner import Practitioner
from casebook.limits import LINE_CHARACTERS
from tests.portfolios.pieces import (
    Values,
    Writer,
    homework,
    many,
    patterns,
    sessions,
    some,
    steps,
    texts_of,
)

_TEXTS: Final[Mapping[str, tuple[type[Record], tuple[str, ...]]]] = {
    "abstract": (Abstract, ()),
    "presentation": (Presentation, ("diagnoses",)),
    "assessment": (Assessment, ()),
    "intervention": (Intervention, ("name",)),
    "follow_up": (FollowUp, ("last_contact_day",)),
    "discussion": (Discussion, ()),
    "practitioner": (Practitioner, ()),
}
"""Parts of a case study that hold texts, with the keys in them that do not."""

_NKT_CRITERIA: Final = (
    "client-safety", "consent-before-touch", "pattern-search", "test-technique",
    "release-technique", "failed-retest", "explains-findings", "homework-choice",
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, writer: Writer) -> Values:
    shape = writer.shape
    client = some(
        writer, {"pseudonym": writer.line},
        age=st.sampled_from((0, 1, 46, 90)), gender=writer.line, occupation=writer.line,
        activities=writer.line,
    )  # fmt: skip
    values: Values = draw(
        some(
            writer,
            {"kind": "case-study", "format": 1, "id": "case", "title": _titles(writer)},
            keywords=st.lists(writer.line, max_size=4), introduction=writer.text,
            clinical_findings=writer.text, client_perspective=writer.text,
            patterns=many(writer, patterns(writer)),
            references=st.just([
                {"id": "source-1", "text": draw(writer.line), "doi": "10.1000/182(x)<y>"},
                {"id": "source-2", "text": draw(writer.text).split("\n")[0][:LINE_CHARACTERS],
                 "url": "https://example.org/a?b=c&d=%20"},
                {"id": "source-3", "text": draw(writer.line)},
            ]),
            program_sections=st.fixed_dictionaries({"own-part": writer.text}),
        )
    )  # fmt: skip
    values["client"] = draw(client)
    for key, (record, but) in _TEXTS.items():
        if told := draw(texts_of(writer, record, but)):
            values[key] = told
    if draw(writer.there):
        values.setdefault("intervention", {})["name"] = draw(writer.line)
        values.setdefault("follow_up", {})["last_contact_day"] = 77
        values.setdefault("presentation", {})["diagnoses"] = draw(
            many(writer, st.fixed_dictionaries({"diagnosis": writer.line, "made_by": writer.line}))
        )
        values["consent"] = {
            "scope": ["record", "certifier", "publish"], "signed": "2026-03-02",
            "form": "attachments/consent.pdf", "note": draw(writer.text),
        }  # fmt: skip
    count = draw(st.sampled_from((max(0, shape.sessions - 1), shape.sessions)))
    values["sessions"] = [draw(sessions(writer, day=number * 7)) for number in range(count)]
    values["figures"] = [
        {"file": f"attachments/{name}", "caption": draw(writer.line), "alt": draw(writer.line)}
        for name in shape.figures
    ]
    return values


@st.composite
def observations(draw: st.DrawFn, writer: Writer) -> Values:
    values: Values = draw(
        some(
            writer,
            {"kind": "observation", "format": 1, "id": "observed", "date": "2026-06-20",
             "mode": "video"},
            duration=st.just("30:00"), comments=writer.text,
            consent=st.just({"scope": ["record"], "signed": "2026-06-01",
                             "form": "attachments/consent.pdf"}),
        )
    )  # fmt: skip
    values["examiner"] = draw(some(writer, {"name": writer.line}, credentials=writer.line))
    client = {"pseudonym": writer.line}
    values["client"] = draw(some(writer, client, age=st.just(50), complaint=writer.text))
    values["events"] = [
        {"at": f"{minute:02d}:10", **event}
        for minute, event in enumerate(draw(many(writer, _events(writer))))
    ]
    marks = {"nkt": _NKT_CRITERIA, "studio": ("safety", "explains"), "reflexology": ()}
    given = {"all": 1, "half": 2, "none": 100}[writer.shape.marks]
    values["marks"] = [
        draw(some(
            writer, {"criterion": criterion, "level": st.sampled_from((0, 1, 2))},
            note=writer.text, at=st.just("12:10"), place=writer.line,
        ))
        for number, criterion in enumerate(marks[writer.shape.program])
        if (number + 1) % given == 0
    ]  # fmt: skip
    return values


def _titles(writer: Writer) -> st.SearchStrategy[str]:
    """Titles of a phrase, and titles as long as they may be."""
    return st.tuples(st.lists(writer.line, min_size=4, max_size=40), st.booleans()).map(
        lambda drawn: (" · ".join(drawn[0]) if drawn[1] else drawn[0][0])[:LINE_CHARACTERS]
    )


def _events(writer: Writer) -> st.SearchStrategy[Values]:
    remark = writer.text.map(lambda text: {"remark": text})
    return steps(writer) | homework(writer) | remark
