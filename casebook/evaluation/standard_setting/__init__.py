"""Where passing should begin: cuts proposed from marks, or from what judges expect.

Every method gives its cut with a standard error, or a ``Refusal`` that says why there is none.
Nothing here changes a rubric: a certifying body decides.
"""
