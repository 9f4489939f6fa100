"""Forms of identifiers beside those of every check: other languages, accounts, months.

Looked for when somebody asks for it (``casebook privacy``): they cost time, or hit too much to
be shown in every check.
"""

import re
from typing import Final

from casebook.rules.identifier_shapes.shape import CAPITALISED, Shape

_ABOVE_89: Final = "(?:9[0-9]|1[0-2][0-9])"
_BORN_90_YEARS_AGO: Final = "19(?:[0-2][0-9]|3[0-5])"
"""Years that were ninety years ago when 2026 began; the search has no clock."""


def _is_no_citation(match: re.Match[str]) -> bool:
    """Tell a handle from ``[@key; @other]``, which cites a reference."""
    before = match.string[max(0, match.start() - 200) : match.start()]
    return before.rfind("[") <= before.rfind("]")


FURTHER_SHAPES: Final[tuple[Shape, ...]] = (
    Shape(
        "date",
        re.compile(r"(?<![\w./-])(?:0?[1-9]|1[0-2])[./](?:19|20)[0-9]{2}(?![\w/-]|[.;:,][0-9])"),
        looks="a month of a year",
    ),
    Shape(
        "date",
        re.compile(r"(?<![\w./-])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?![\w/-]|\.[0-9])"),
        looks="a month of a year",
    ),
    Shape(
        "age",
        re.compile(
            rf"(?i)(?<![\w.]){_ABOVE_89}(?:\s?-?j[äa]hrig\w{{0,4}}|\sjahren?(?:\salt)?\b(?!\s(?:sp|lang))"
            rf"|\sa[ñn]os(?:\sde\sedad)?\b|\sans\b)"
        ),
    ),
    Shape(
        # Source: 45 CFR 164.514(b)(2)(i)(C): a year goes where it tells an age over 89.
        "age",
        re.compile(
            r"(?i)\b(?:born|birth|geboren|geb\.|n[ée]e?|naissance|nacid[oa]|nacimiento|geburtsjahr|jahrgang)"
            rf"(?:\s(?:in|en|on|im|jahr|year|was|is)|:){{0,3}}\s(?P<value>{_BORN_90_YEARS_AGO})(?![\w-])"
        ),
        looks="a year of birth that tells an age above 89",
    ),
    Shape(
        "name",
        re.compile(
            r"\b(?:Mme|Mlle|Monsieur|Madame|Mademoiselle|Se[ñn]ora?|Sra?\.|Dra\.|Doña|Docteure?"
            rf"|Doctora?)\s(?:(?:de|del|la|le|du|van|von)\s){{0,2}}(?P<surname>{CAPITALISED}"
            rf"(?:-{CAPITALISED})?)"
        ),
    ),
    Shape(
        "name",
        re.compile(
            r"\b(?i:sie|er)\shei[ßs]s?t\s(?P<value>[A-ZÄÖÜ][a-zäöüß]{1,24})"
            rf"|\b(?i:se\sllama|s['’]appelle|mi\snombre\ses)\s(?P<named>{CAPITALISED})"
        ),
    ),
    Shape(
        "code",
        re.compile(r"(?<![\w\[@;./-])@[A-Za-z_](?:[\w.]{1,28}\w)(?![\w@])"),
        _is_no_citation,
        "a name on a social network",
    ),
    Shape(
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[A-Za-z0-9][A-Za-z0-9-]{1,62}\.){1,3}"
            r"(?:fr|ch|nl|eu|io|ca|app|blog|clinic|health|com\.au|at/|es/)(?![\w@-]|\.\w)"
            r"(?:[^\s<>\"]{0,300}[^\s<>\".,;:!?)\]'’])?"
        ),
    ),
)
