"""A second verifier of submissions, written from docs/submission-format.md alone.

It takes the steps *container* to *signature*; the later ones take a reader of portfolios. It needs
Python's own library and the programs ``age``, ``age-keygen`` and ``ssh-keygen``. Sections are those
of that page.
"""
