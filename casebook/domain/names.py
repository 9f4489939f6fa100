"""People's names, as they are told apart."""

import unicodedata


def folded_name(name: str) -> str:
    """A name without what its spelling leaves open: capitals, blanks, two codes for one letter.

    Whether two names that differ in more are one person's, such as in an accent, is for
    ``casebook.evaluation.impartiality`` to say.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
