"""Pattern lists as OpenSSH writes them: names by commas, ``*`` and ``?``, and ``!`` for "not".

Source:
    ssh_config(5), section PATTERNS.
"""


def matches(text: str, patterns: str) -> bool:
    """Whether a list of patterns takes a name: one of them fits, and none with ``!`` does."""
    taken = False
    for each in patterns.split(","):
        if not _fits(text, each.removeprefix("!")):
            continue
        if each.startswith("!"):
            return False
        taken = True
    return taken


def _fits(text: str, pattern: str) -> bool:
    """Whether one pattern fits all of a text.

    Why not a regular expression: many asterisks would make it try for years.
    """
    at = place = 0
    star: tuple[int, int] | None = None
    while at < len(text):
        if place < len(pattern) and pattern[place] == "*":
            star = (place, at)
            place += 1
        elif place < len(pattern) and pattern[place] in ("?", text[at]):
            at, place = at + 1, place + 1
        elif star is not None:
            # The last asterisk takes one sign more.
            star = (star[0], star[1] + 1)
            place, at = star[0] + 1, star[1]
        else:
            return False
    return all(each == "*" for each in pattern[place:])
