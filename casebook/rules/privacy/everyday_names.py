"""Names that are ordinary words of English, German, Spanish or French as well.

In small letters they are more likely the word: "she will walk", "his right hip".
"""

from typing import Final

_ENGLISH: Final = """
    angel april art august bill bird black blank bone brook brown chance clay cliff cook dawn drew
    faith flora forest frank gene glen grace grant gray green hazel heather hill hope hunter iris
    ivy jack jade jasmine joy june king knight lance lily long love mark may mercy miles olive page
    patience pearl penny price reed rich robin rod rose ruby short stark stern stone summer sunny
    thorn violet walker ward wells white will wood young
"""
_GERMAN: Final = """
    bauer berg braun busch ernst frei fuchs gross gut hahn hart heil herz hirsch jung kaiser klein
    koch kraft krause kurz lang lustig neu reich rot roth sauer schwarz sommer stark stein stolz
    vogel weiss winter wolf
"""
_SPANISH: Final = """
    aurora bello blanco campo casa cruz dolores flores gallo iglesia leon luz mercedes moreno
    paloma paz pilar prado reina rey rosa rubio sol torres vega
"""
_FRENCH: Final = """
    beau belle blanc bois claire constant fleur fontaine franc juste noel petit pierre roche roy
    victoire
"""

EVERYDAY_NAMES: Final = frozenset(f"{_ENGLISH}{_GERMAN}{_SPANISH}{_FRENCH}".split())
"""Folded: without capitals and accents."""
