"""Seals and histories as plain values."""

from collections.abc import Sequence
from typing import Any

from casebook.workflow.marking.history import Histories, History, Unreadable
from casebook.workflow.marking.new_sheets import NewSheets
from casebook.workflow.marking.sealing import Sealing
from casebook.workflow.signatures import SignatureBeside


def new_sheets_values(made: NewSheets) -> dict[str, Any]:
    """The files that were written; ``naming`` are copies whose text still names the candidate."""
    return {
        "sheets": list(map(str, made.sheets)),
        "copies": list(map(str, made.copies)),
        "naming": list(map(str, made.telling)),
        "grader_listed": not made.nameless,
    }


def sealing_values(sealings: Sequence[Sealing]) -> dict[str, Any]:
    """What became of each sheet; what is not known is left out."""
    return {
        "sheets": [
            _without_nothing(
                {
                    "sheet": str(each.sheet.path),
                    "state": each.state,
                    "sealed": str(each.sealed) if each.sealed else None,
                    "seal": each.seal,
                    "why": each.why,
                    "signature": str(each.signature) if each.signature else None,
                }
            )
            for each in sealings
        ]
    }


def history_values(found: Histories) -> dict[str, Any]:
    """Each file's entries and faults, and whether all of it holds."""
    return {
        "holds": found.holds,
        "unknown": list(found.unknown),
        "files": [_file_values(each) for each in found.files],
    }


def signature_values(found: SignatureBeside) -> dict[str, Any]:
    """A signature: whether it counts, by which key, whose that is, and why."""
    return {
        "signed": found.holds,
        "key": found.key.fingerprint if found.key else None,
        "who": list(found.judged.who) if found.judged else [],
        "why": found.fault or (found.judged.why if found.judged else None),
    }


def _file_values(history: History | Unreadable) -> dict[str, Any]:
    if isinstance(history, Unreadable):
        return {"path": str(history.path), "holds": False, "faults": [history.why], "entries": []}
    sealed = history.sealed
    return {
        "path": str(history.path),
        "holds": history.holds,
        "faults": list(history.faults),
        "submission": sealed.submission,
        "work": sealed.work,
        "rubric": sealed.rubric,
        "rubric_digest": sealed.rubric_digest,
        "grader": sealed.grader,
        **({"signature": signature_values(history.signature)} if history.signature else {}),
        "entries": [
            _without_nothing(
                {
                    "number": entry.number,
                    "moment": entry.moment,
                    "reason": entry.reason,
                    "digest": entry.digest,
                    "changes": [
                        {"about": each.about, "what": each.what}
                        | ({"before": each.before, "after": each.after} if history.values else {})
                        for each in entry.changes
                    ],
                }
            )
            for entry in history.entries
        ],
    }


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
