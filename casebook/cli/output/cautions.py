"""What was believed of submissions for want of something to hold it against."""

from collections.abc import Iterable
from pathlib import Path

from casebook.cli.terminal import clean, tell


def tell_cautions(cautions: Iterable[tuple[Path, str]]) -> None:
    """Tell each caution on stderr once, with the one submission or how many it is true of."""
    about: dict[str, list[Path]] = {}
    for path, caution in dict.fromkeys(cautions):
        about.setdefault(caution, []).append(path)
    for caution, paths in about.items():
        where = str(paths[0]) if len(paths) == 1 else f"{len(paths)} submissions"
        tell(f"caution: {clean(f'{where}: {caution}')}")
