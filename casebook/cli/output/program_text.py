"""A program as text on a terminal: what it asks for, level by level."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.output.lines import wrapped
from casebook.cli.output.policy_text import policy_sentences
from casebook.cli.terminal import clean, dress
from casebook.domain.program.program import CertificationLevel, Program
from casebook.domain.program.protocol import Protocol
from casebook.domain.program.rubric import Rubric

_JUDGED: Final = {"case-study": "written case studies", "observation": "observed sessions"}
_DIGEST_CHARACTERS: Final = 32


def program_text(program: Program) -> str:
    """The program's levels, protocol and rubrics, and the notice its readers must know."""
    return "\n".join(_lines(program))


def _lines(program: Program) -> Iterator[str]:
    rules = program.rules
    yield dress(f"{rules.name}, version {rules.version}", "place")
    yield from wrapped(rules.owner, indent="  ")
    for level in rules.levels:
        yield from _level(level)
    if rules.protocol is not None:
        yield from _protocol(rules.protocol)
    for rubric in program.rubrics:
        yield from _rubric(rubric)
    if program.rubrics:
        yield from _marking(program)
    yield ""
    yield from wrapped(rules.notice)
    yield dress(f"digest {program.digest[:_DIGEST_CHARACTERS]}…", "dim")


def _level(level: CertificationLevel) -> Iterator[str]:
    yield ""
    yield dress(f"{level.name} (level {level.level})", "place")
    for each in level.requirements:
        advised = "" if each.strength == "hard" else dress("  advised", "dim")
        yield f"  - {clean(each.says)}{advised}"
    if level.admission:
        yield "  to be let into its class:"
    for need in level.admission:
        advised = "" if need.strength == "hard" else dress("  advised", "dim")
        yield f"    - {clean(need.says)}{advised}"
    if level.validity is not None:
        yield f"  the certificate holds {level.validity.months} months"
        yield from wrapped(level.validity.says, indent="    ")
    for privilege in level.privileges:
        yield f"  while it holds: {clean(privilege.says)}"


def _protocol(protocol: Protocol) -> Iterator[str]:
    window = protocol.window
    yield ""
    yield dress(f"Protocol: {protocol.name}", "place")
    yield (
        f"  work is finished within {window.limit_seconds} s of the failed test, "
        f"surely inside by {window.sure_seconds} s"
    )


def _rubric(rubric: Rubric) -> Iterator[str]:
    yield ""
    judged = f"{rubric.id}, judges {_JUDGED[rubric.judges]}"
    yield f"{dress(rubric.title, 'place')}  {dress(judged, 'dim')}"
    yield f"  passes from {rubric.pass_percent:g} %"
    widest = max(len(clean(criterion.title)) for criterion in rubric.criteria)
    for criterion in rubric.criteria:
        must = dress("  must pass", "warning") if criterion.must_pass else ""
        origin = dress("  from the protocol", "dim") if criterion.from_protocol else ""
        yield f"  - {clean(criterion.title).ljust(widest)}  x{criterion.weight:g}{must}{origin}"


def _marking(program: Program) -> Iterator[str]:
    yield ""
    yield dress("Marking", "place")
    for sentence in policy_sentences(program.rules.marking, program.rubrics):
        yield from wrapped(sentence, indent="    ", first="  - ")
