"""All rules about one piece of work, in the light of the program it is handed in for."""

from collections.abc import Iterator, Sequence
from datetime import date

from casebook.diagnostics.finding import Finding
from casebook.domain.marking.graders import GradersFile
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import Program, ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.measures import measures_by_id
from casebook.domain.work.observation import Observation
from casebook.rules.comment_bank import check_comment_banks, check_comment_ids
from casebook.rules.completeness import check_completeness
from casebook.rules.consent import check_consent
from casebook.rules.impartiality import check_declaration
from casebook.rules.lettering import check_lettering
from casebook.rules.mark_sheet import check_graders, check_wording
from casebook.rules.marks import check_marks, check_rubric_name
from casebook.rules.naming import check_measures, check_structures
from casebook.rules.privacy.checking import check_identifiers
from casebook.rules.program import check_program
from casebook.rules.protocol import check_ledger, check_session
from casebook.rules.quotations import check_times
from casebook.rules.references import check_citations, check_days, check_program_sections
from casebook.rules.rubric import check_rubric
from casebook.source.anatomy import load_anatomy, structure_naming
from casebook.source.repertoire import load_repertoire


def check_case_study(
    case: Piece[CaseStudy], program: Program | None, on: date
) -> Iterator[Finding]:
    """Check a case study by itself; without a program only what every program wants."""
    anatomy = load_anatomy()
    yield from check_structures(case, anatomy)
    yield from check_measures(case, measures_by_id(program.rules.measures if program else ()))
    yield from check_citations(case)
    yield from check_days(case)
    yield from check_identifiers(case)
    yield from check_lettering(case, load_repertoire())
    if program is not None:
        rules = program.rules
        yield from check_completeness(case, rules.case_study)
        yield from check_program_sections(case, rules.case_study)
        yield from check_consent(case, rules.consent_scopes, on)
        if rules.protocol is not None:
            yield from check_ledger(case, rules.protocol, structure_naming(anatomy))


def check_observation(
    observation: Piece[Observation], program: Program | None, on: date
) -> Iterator[Finding]:
    """Check an observed session by itself; without a program only what every program wants."""
    anatomy = load_anatomy()
    yield from check_structures(observation, anatomy)
    yield from check_identifiers(observation)
    yield from check_lettering(observation, load_repertoire())
    if program is not None:
        yield from check_consent(observation, program.rules.consent_scopes, on)
        if program.protocol is not None:
            naming = structure_naming(anatomy)
            yield from check_session(observation, program.protocol, naming)
        if rubric := program.rubric_for("observation"):
            yield from check_marks(observation, rubric, program.comment_bank(rubric.id))
    yield from check_times(observation, observation.record)


def check_portfolio_file(main: Piece[PortfolioFile]) -> Iterator[Finding]:
    """Check what a portfolio's own file says, but for what its program asks."""
    yield from check_lettering(main, load_repertoire())


def check_program_files(
    main: Piece[ProgramFile],
    rubrics: Sequence[Piece[Rubric]],
    banks: Sequence[Piece[CommentBank]] = (),
) -> Iterator[Finding]:
    """Check a program that somebody wrote."""
    yield from check_program(main, rubrics)
    by_id = {each.record.id: each.record for each in rubrics}
    whole = len(rubrics) == len(main.record.rubrics)
    yield from check_comment_banks(banks, by_id, whole=whole)
    yield from check_lettering(main, load_repertoire())
    for rubric in rubrics:
        yield from check_lettering(rubric, load_repertoire())
    for bank in banks:
        yield from check_lettering(bank, load_repertoire())


def check_rubric_alone(rubric: Piece[Rubric]) -> Iterator[Finding]:
    """Check a rubric without the program that names it."""
    yield from check_rubric(rubric)
    yield from check_lettering(rubric, load_repertoire())


def check_bank_alone(bank: Piece[CommentBank]) -> Iterator[Finding]:
    """Check comments without the rubric they are written for."""
    yield from check_comment_ids(bank)
    yield from check_lettering(bank, load_repertoire())


def check_mark_sheet(sheet: Piece[MarkSheet], program: Program) -> Iterator[Finding]:
    """Check a grader's marks by the rubric they name."""
    yield from check_lettering(sheet, load_repertoire())
    yield from check_rubric_name(sheet, program)
    yield from check_declaration(sheet)
    if rubric := program.rubric(sheet.record.rubric):
        yield from check_marks(sheet, rubric, program.comment_bank(rubric.id))
        yield from check_wording(sheet, rubric)


def check_grader_list(graders: Piece[GradersFile]) -> Iterator[Finding]:
    """Check an office's list of graders."""
    yield from check_graders(graders)
    yield from check_lettering(graders, load_repertoire())
