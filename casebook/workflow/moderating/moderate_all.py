"""Moderates one submission or a whole folder, and issues the results that are complete."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.domain.outcome.issued import IssuedResult
from casebook.errors import CasebookError, MachineError
from casebook.files import telling_what_stands
from casebook.workflow.moderating.handed_in import Pile, stray_marks
from casebook.workflow.moderating.issue import Issued, issue, write_result
from casebook.workflow.moderating.moderate import (
    Moderation,
    OfficeChoices,
    moderate,
    receive_for_office,
)
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.results.files import RESULT_SUFFIX, refuse_misnamed


@dataclass(frozen=True, slots=True)
class Moderated:
    """What became of one submission.

    Attributes:
        path: The submission.
        moderation: What its marks come to; None where it could not be moderated at all.
        fault: Why not, or why the result could not be written; with its remedy.
        result: The result, where it is complete.
        written: Where the result stands, and whether it was there before.
    """

    path: Path
    moderation: Moderation | None = None
    fault: tuple[str, str | None] | None = None
    result: IssuedResult | None = None
    written: tuple[Path, Issued] | None = None

    @property
    def done(self) -> bool:
        """Whether there is a result, and it stands where it was to be written."""
        return self.result is not None and self.fault is None


@dataclass(frozen=True, slots=True)
class Moderations:
    """What became of several submissions.

    Attributes:
        each: In the order of their paths.
        strays: Files whose marks are about none of them, or cannot be used; a sentence each.
    """

    each: tuple[Moderated, ...]
    strays: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether every submission has its result."""
        return bool(self.each) and all(one.done for one in self.each)


def moderate_one(
    path: Path, pile: Pile, choices: OfficeChoices, target: Path | None = None
) -> Moderations:
    """Moderate one submission.

    Args:
        path: The submission.
        pile: The marks.
        choices: What the office says beside them.
        target: The file to write the result to, or a folder for it.

    Raises:
        CasebookError: It cannot be moderated, or the result cannot be written.
    """
    file = None if target is None else _file_for(path, target)
    received = receive_for_office(path, choices)
    moderation = moderate(received, pile, choices)
    strays = tuple(stray_marks(pile, [received.digest], named=True))
    if not moderation.complete:
        return Moderations((Moderated(path, moderation),), strays)
    result = issue(moderation, choices.on)
    if file is None:
        return Moderations((Moderated(path, moderation, result=result),), strays)
    how = write_result(file, result, choices.key)
    return Moderations((Moderated(path, moderation, None, result, (file, how)),), strays)


def moderate_all(
    paths: Iterable[Path],
    pile: Pile,
    choices: OfficeChoices,
    target: Path | None = None,
    progress: Progress = quietly,
) -> Moderations:
    """Moderate many submissions; the fault of one keeps none of the others from its result.

    Args:
        paths: The submissions.
        pile: The marks on all of them, matched by the submission's digest.
        choices: What the office says beside them.
        target: The folder for the results that are complete.
        progress: Is told what is being done.

    Raises:
        MachineError: The machine refuses.
    """
    every = tuple(paths)
    found: list[Moderated] = []
    seen: dict[str, Path] = {}
    written: list[Path] = []
    with telling_what_stands(written):
        for number, path in enumerate(every):
            progress(f"moderating {path}", number, len(every))
            moderated = _moderated(path, pile, choices, target, seen)
            found.append(moderated)
            if moderated.written is not None:
                written.append(moderated.written[0])
    return Moderations(tuple(found), tuple(stray_marks(pile, seen)))


def _moderated(
    path: Path, pile: Pile, choices: OfficeChoices, target: Path | None, seen: dict[str, Path]
) -> Moderated:
    moderation: Moderation | None = None
    try:
        received = receive_for_office(path, choices)
        if received.digest in seen:
            same = f"{path} is the same submission as {seen[received.digest]}"
            return Moderated(path, fault=(same, "take one of the two away"))
        seen[received.digest] = path
        moderation = moderate(received, pile, choices)
        if not moderation.complete:
            return Moderated(path, moderation)
        result = issue(moderation, choices.on)
        if target is None:
            return Moderated(path, moderation, result=result)
        file = target / _name(path)
        return Moderated(
            path, moderation, None, result, (file, write_result(file, result, choices.key))
        )
    except MachineError:
        raise
    except CasebookError as error:
        return Moderated(path, moderation, (str(error), error.hint))


def _file_for(path: Path, target: Path) -> Path:
    """The file for one submission's result: the one that is named, or one in a folder.

    Why a name without an ending is a folder: a result called so would be found in none.
    """
    if target.is_dir() or not target.suffix:
        return target / _name(path)
    refuse_misnamed(target, RESULT_SUFFIX)
    return target


def _name(path: Path) -> str:
    """The name of a submission's result file."""
    whole = path.resolve()
    stem = whole.name if whole.is_dir() else whole.stem
    return f"{stem}{RESULT_SUFFIX}"
