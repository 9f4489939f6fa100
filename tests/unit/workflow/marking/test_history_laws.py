"""No sequence of operations that casebook allows loses an entry of a history."""

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casebook.domain.marking.sealed_marks import SealedEntry, chain_faults
from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.marking.check_sheets import SheetSources
from casebook.workflow.marking.history import histories, open_sealed
from casebook.workflow.marking.new_sheets import SheetChoices, new_sheets
from casebook.workflow.marking.sealed_file import read_sealed
from casebook.workflow.marking.sealing import change_sealed, seal_sheets

STUDIO = Path(__file__).parents[3] / "portfolios" / "studio"
ON = date(2026, 7, 1)
LEVELS = st.sampled_from(["0", "1", "0", "1", "", "9"])
NOTES = st.sampled_from(["", "Seen.", "x: #", "On day 7.", "Twice."])
REASONS = st.sampled_from(["Misread.", "Ä second look: “clear”", "Asked.", " ", "a\u2028b"])
MINUTES_LATER = st.sampled_from([1, 1, 2, 0, -1])


class Marking(RuleBasedStateMachine):
    """One grader, one work: a sheet that is edited, sealed and changed, in whatever order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        studio = self.folder / "studio"
        shutil.copytree(STUDIO, studio)
        made = new_sheets(studio, "ana", self.folder / "marks", ON, SheetChoices())
        (self.sheet,) = made.sheets
        self.draft = self.sheet.read_text("utf-8").replace("conflict:\n", "conflict: none\n")
        self.sealed = self.sheet.with_name("heel.ana.sealed.json")
        self.sources = SheetSources(ON)
        self.entries: tuple[SealedEntry, ...] = ()
        self.minute = 20

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(level=LEVELS, note=NOTES)
    def edit(self, level: str, note: str) -> None:
        text = self.draft.replace("    level:", f"    level: {level}")
        self.sheet.write_text(text.replace("    note: >-", f"    note: >-\n      {note}"), "utf-8")

    def moment(self, minutes_later: int) -> str:
        self.minute += minutes_later
        return f"2026-07-02T10:{self.minute:02d}:00Z"

    @rule(minutes_later=MINUTES_LATER, by_folder=st.booleans())
    def seal(self, minutes_later: int, *, by_folder: bool) -> None:
        path = self.sheet.parent if by_folder else self.sheet
        (done,) = seal_sheets([path], self.sources, self.moment(minutes_later))
        if done.state == "sealed":
            assert self.entries == ()
            self.entries = read_sealed(self.sealed).record.entries
            assert [each.digest for each in self.entries] == [done.seal]

    @rule(level=LEVELS, note=NOTES, reason=REASONS, minutes_later=MINUTES_LATER)
    def change(self, level: str, note: str, reason: str, minutes_later: int) -> None:
        self.edit(level, note)
        with suppress(UnacceptableWork, UsageError):
            after = change_sealed(
                self.sealed, self.sheet, reason, self.sources, self.moment(minutes_later)
            )
            assert after.entries[:-1] == self.entries
            assert after.entries[-1].reason == reason.strip()
            self.entries = after.entries

    @rule()
    def make_the_sheet_anew(self) -> None:
        """Whoever replaces the sheet, even by force, does not touch what is sealed."""
        studio = self.folder / "studio"
        choices = SheetChoices(force=True)
        new_sheets(studio, "ana", self.folder / "marks", ON, choices)

    @rule()
    def read(self) -> None:
        if self.entries:
            known = [each.digest for each in self.entries]
            assert histories([self.sealed], known).holds
            assert open_sealed(self.sealed, self.sealed)[0].entries == self.entries

    @invariant()
    def every_entry_is_still_on_the_disk(self) -> None:
        assert self.sealed.exists() == bool(self.entries)
        if self.entries:
            record = read_sealed(self.sealed).record
            assert record.entries == self.entries
            assert chain_faults(record) == ()


TestMarking = Marking.TestCase
TestMarking = pytest.mark.slow(TestMarking)
TestMarking.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
