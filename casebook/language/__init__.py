"""The languages casebook's own words are printed in: a catalogue for each, and who speaks now.

The words in the code are the English ones. Everything that a page or a result says in casebook's
name goes through ``_`` (or ``ngettext`` where a number decides), and comes out in the language of
the ``speaking`` block around it. What a candidate, a grader or a program wrote stays as written.
"""

from casebook.language.catalogue import (
    LANGUAGES,
    N_,
    Language,
    _,
    ngettext,
    pgettext,
    speaking,
    spoken,
)

__all__ = ["LANGUAGES", "N_", "Language", "_", "ngettext", "pgettext", "speaking", "spoken"]
