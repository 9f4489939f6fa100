"""The compensation map of a case study or of an observed session."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from casebook.charts.compensation_layout import (
    CompensationMap,
    Link,
    Moments,
    Structure,
)
from casebook.charts.compensation_map import compensation_maps
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.compensation import Pair, pairs_of_case, pairs_of_observation
from casebook.domain.work.observation import Observation
from casebook.domain.work.site import Site
from casebook.language.terms import side as side_words
from casebook.source.anatomy import structure_naming

_SMALL: Final = 6


def case_pairs(case: CaseStudy, program: Program | None) -> tuple[Pair, ...]:
    """The pairs of a case's sessions and patterns, synonyms taken together."""
    return pairs_of_case(case, program.protocol if program else None, structure_naming())


def session_pairs(observation: Observation, program: Program) -> tuple[Pair, ...]:
    """The pairs of an observed session, synonyms taken together; none without a protocol."""
    if program.protocol is None:
        return ()
    return pairs_of_observation(observation, program.protocol, structure_naming())


def map_of(pairs: Sequence[Pair], moments: Moments) -> CompensationMap | None:
    """The map of some pairs; None where there are none.

    Args:
        pairs: In the order of the work.
        moments: Whether their trials tell days, as in a case, or cycles, as in a session.
    """
    if not pairs:
        return None
    facilitated = list(dict.fromkeys(pair.facilitated for pair in pairs))
    inhibited = list(dict.fromkeys(pair.inhibited for pair in pairs))
    return CompensationMap(
        facilitated=tuple(_structure(site) for site in facilitated),
        inhibited=tuple(_structure(site) for site in inhibited),
        links=tuple(
            Link(facilitated.index(pair.facilitated), inhibited.index(pair.inhibited), pair.trials)
            for pair in pairs
        ),
        moments=moments,
    )


def map_pictures(chart: CompensationMap | None) -> tuple[Markup, ...]:
    """The map as pictures that each fit on a page."""
    drawn = compensation_maps(chart) if chart else ()
    return tuple(Markup(each) for each in drawn)  # noqa: S704 - charts escape their words


def is_small(chart: CompensationMap) -> bool:
    """Whether the map leaves room for more on its page."""
    return max(len(chart.facilitated), len(chart.inhibited)) <= _SMALL


def _structure(site: Site) -> Structure:
    return Structure(site.structure, side_words(site.side) if site.side else "")
