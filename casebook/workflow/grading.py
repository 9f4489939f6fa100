"""A portfolio with everything that follows from it: what is rendered, bundled and verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casebook.domain.outcome.results import Eligibility, Evaluation
from casebook.domain.portfolio import Portfolio
from casebook.evaluation.eligibility import judge_eligibility
from casebook.files import name_fault
from casebook.language import speaking
from casebook.source.attachments import Attachment, attachments_of, works_of
from casebook.workflow.examination import Examined
from casebook.workflow.score import score_portfolio

PACKET: Final = "packet"
ELIGIBILITY: Final = "eligibility"


@dataclass(frozen=True, slots=True)
class GradedPortfolio:
    """A portfolio, how its candidate stands, and what the marks of its sessions come to."""

    examined: Examined
    portfolio: Portfolio
    eligibility: Eligibility
    evaluations: tuple[Evaluation, ...]

    @property
    def on(self) -> date:
        """The day it was judged for, which documents carry as theirs."""
        return self.examined.on

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that its works name."""
        return attachments_of(works_of(self.portfolio))


def grade(examined: Examined) -> GradedPortfolio | None:
    """Draw what follows from a portfolio; None when too little of it could be read."""
    portfolio = examined.portfolio
    if portfolio is None or examined.eligibility is None:
        return None
    level = portfolio.program.level(examined.eligibility.level)
    if level is None:
        return None
    # Why judged again: findings are in English, what is printed is in the portfolio's language.
    with speaking(portfolio.main.record.language):
        eligibility = judge_eligibility(portfolio, level, examined.on)
        return GradedPortfolio(examined, portfolio, eligibility, score_portfolio(portfolio))


def file_names(work_ids: Sequence[str]) -> list[str]:
    """A name for the files about each work: its id, where no other file has that name.

    The names of casebook's own files and of devices on Windows are taken.
    """
    taken = {PACKET, ELIGIBILITY}
    names: list[str] = []
    for work_id in work_ids:
        name = work_id
        while name in taken or name_fault(f"{name}.pdf"):
            name = f"{name}-work"
        taken.add(name)
        names.append(name)
    return names
