"""Every command that writes, each in a folder in which it has something to lose."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from casebook.bundle.secrecy import new_identity, unseal
from casebook.bundle.signing.private_keys import read_signing_key
from casebook.cli import main
from casebook.errors import CasebookError
from casebook.resources import sample_dir
from tests.portfolios.rated import write_sheets

GRADING: Final = Path(__file__).resolve().parents[2] / "samples" / "grading"
DAY: Final = ("--date", "2026-07-01")
EARLIER: Final = ("--date", "2026-06-30")
_MARKED: Final = "{0}/office/marks/s03/forearm-salon-01.ames"


@dataclass(frozen=True, slots=True)
class Scene:
    """A command, and the folder that it works in.

    Attributes:
        name: What the command is called.
        command: Its words; ``{0}`` is the folder.
        build: Puts into the folder what is there before.
        codes: How it ends when nothing happens to it.
        codes_again: How it may end when an earlier run of it came some way.
        trees: Folders that are there with all their files or not at all.
        passing: Files that are taken away while they are replaced, on purpose: patterns.
        heavy: Whether most of its time goes by before it writes.
        whole: For files that differ from run to run: a pattern of their names, and what says
            whether such a file is all there.
    """

    name: str
    command: tuple[str, ...]
    build: Callable[[Path], None]
    codes: frozenset[int] = frozenset({0})
    codes_again: frozenset[int] = frozenset()
    trees: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    heavy: bool = False
    whole: tuple[tuple[str, Callable[[bytes], bool]], ...] = ()

    def prepare(self, folder: Path) -> list[str]:
        """Put everything in its place; the command's words."""
        self.build(folder)
        return [word.format(folder) for word in self.command]

    def may_go(self, name: str) -> bool:
        """Whether a file may be missing between the old and the new."""
        return any(re.fullmatch(names, name) for names in self.passing)

    def is_whole(self, name: str, content: bytes) -> bool:
        """Whether a file that differs from run to run is all there."""
        return any(re.fullmatch(names, name) and holds(content) for names, holds in self.whole)


def run(*words: object, codes: tuple[int, ...] = (0,)) -> None:
    """Run a command that prepares a scene."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code in codes, done.output


def nothing(_: Path) -> None:
    """Leave the folder empty."""


def small(folder: Path) -> None:
    """A portfolio, the one whose pages are made fastest."""
    sample = sample_dir("reflexology")
    shutil.copytree(sample, folder / "mine", ignore=shutil.ignore_patterns("build"))


def _rendered(folder: Path) -> None:
    small(folder)
    run("render", folder / "mine", *EARLIER)


def _submitted(folder: Path) -> None:
    small(folder)
    run("submit", folder / "mine", *EARLIER)


def _received(folder: Path) -> None:
    _submitted(folder)
    (folder / "mine" / "build" / "submission.zip").rename(folder / "received.zip")
    shutil.rmtree(folder / "mine")


def _publishable(folder: Path) -> None:
    sample = sample_dir("nkt-level-1")
    shutil.copytree(sample, folder / "mine", ignore=shutil.ignore_patterns("build"))


def _charted(folder: Path) -> None:
    _publishable(folder)
    case = next((folder / "mine" / "cases").iterdir())
    case.rename(case.with_name("case.yaml"))
    run("chart", case.with_name("case.yaml"), "--kind", "body", "-o", folder / "mine" / "map.svg")


def _old_schemas(folder: Path) -> None:
    run("schema", "-o", folder / "schemas")
    for path in (folder / "schemas").iterdir():
        path.write_bytes(b"{}\n" * 400)


def _office(folder: Path, *names: str) -> None:
    """An association's folder, with some of its submissions and the marks on them."""
    office = folder / "office"
    shutil.copytree(GRADING / "program", office / "program")
    shutil.copy(GRADING / "graders.yaml", office)
    for name in names:
        for part in ("submissions", "marks"):
            shutil.copytree(GRADING / part / name, office / part / name)


def _marked(folder: Path) -> None:
    _office(folder, "s01", "s02")


def _sealed(folder: Path, *names: str) -> None:
    _office(folder, *names)
    office = folder / "office"
    run(
        "mark", "seal", office / "marks", "--submissions", office / "submissions",
        "--at", "2026-07-06T10:00:00Z", "--date", "2026-07-06",
    )  # fmt: skip


def _changing(folder: Path) -> None:
    _sealed(folder, "s03")
    changed = GRADING / "changes" / "s03"
    (sheet,) = changed.rglob("*.yaml")
    shutil.copy(sheet, Path(f"{_MARKED.format(folder)}.yaml"))


def _to_moderate(folder: Path) -> None:
    _sealed(folder, "s01", "s02")


def issued(folder: Path) -> None:
    """Two results."""
    _to_moderate(folder)
    office = folder / "office"
    run(
        "moderate", office / "submissions", office / "marks", "-o", folder / "results",
        "--program", office / "program" / "program.yaml", "--date", "2026-07-07",
    )  # fmt: skip


def _reported(folder: Path) -> None:
    issued(folder)
    run("report", "feedback", folder / "results", "-o", folder / "feedback", "--html")
    for page in (folder / "feedback").iterdir():
        page.write_bytes(page.read_bytes() + b"<!-- before -->")


def _summed_up(folder: Path) -> None:
    issued(folder)
    (folder / "season.csv").write_bytes(b"before" * 1000)


def appealed(folder: Path) -> None:
    """A result and an appeal against it."""
    issued(folder)
    run(
        "appeal", "open", folder / "results" / "s01.result.json", "--grounds", "It was safe.",
        "--date", "2026-07-10",
    )  # fmt: skip


def _exported(folder: Path) -> None:
    run("rubric", "export", "nkt:session", "--to", "canvas", "-o", folder / "rubric.csv")


def _to_export(folder: Path) -> None:
    (folder / "rubric.csv").write_bytes(b"before" * 1000)


def _to_import(folder: Path) -> None:
    _exported(folder)
    (folder / "rubric.yaml").write_bytes(b"# before\n" * 1000)


def _rated(folder: Path) -> None:
    write_sheets(folder / "sheets")
    run(
        "standard", folder / "sheets", "--method", "borderline-group", codes=(0, 1),
    )  # fmt: skip


def _keys(folder: Path) -> None:
    run("key", "new", folder / "key", "--no-passphrase")
    (folder / "identity").write_bytes(_OFFICE.to_file(date(2026, 6, 1)))


def _with_key(build: Callable[[Path], None]) -> Callable[[Path], None]:
    """What is there before, of one grader's marks alone, and this grader's key."""

    def built(folder: Path) -> None:
        build(folder)
        for path in (folder / "office" / "marks").glob("*/*.*.*"):
            if ".ames." not in path.name:
                path.unlink()
        _keys(folder)

    return built


def _signed(folder: Path) -> None:
    _with_key(_changing)(folder)
    run("key", "sign", folder / "office" / "marks", "--sign", folder / "key")


def _sealed_up(folder: Path) -> None:
    small(folder)
    _keys(folder)
    run("submit", folder / "mine", "--seal", _OFFICE.recipient, *EARLIER)


def _to_unseal(folder: Path) -> None:
    _sealed_up(folder)
    (folder / "mine" / "build" / "submission.zip.age").rename(folder / "received.zip.age")
    shutil.rmtree(folder / "mine")


def _looked_through(folder: Path) -> None:
    small(folder)
    run("privacy", folder / "mine", "--sign-off", "Jo", "--reason", "Seen.", *EARLIER, codes=(0, 1))


def _opens(content: bytes) -> bool:
    """Whether a sealed submission is all there: age seals each part of it against being cut."""
    try:
        return unseal(content, _OFFICE).startswith(b"PK")
    except CasebookError:
        return False


def _is_key(content: bytes) -> bool:
    try:
        return bool(read_signing_key(content).public)
    except CasebookError:
        return False


def _is_public(content: bytes) -> bool:
    return re.fullmatch(rb"ssh-ed25519 [A-Za-z0-9+/]{68}\n", content) is not None


_OFFICE: Final = new_identity()

SCENES: Final = (
    Scene(
        "new", ("new", "{0}/mine"), nothing,
        codes_again=frozenset({2}), trees=("mine",), heavy=True,
    ),
    Scene(
        "new --sample", ("new", "{0}/mine", "--sample", "reflexology"), nothing,
        codes_again=frozenset({2}), trees=("mine",), heavy=True,
    ),
    Scene("render", ("render", "{0}/mine", "--no-cache", *DAY), _rendered, heavy=True),
    Scene(
        "chart", ("chart", "{0}/mine/cases/case.yaml", "--kind", "map", "-o", "{0}/mine/map.svg"),
        _charted, heavy=True,
    ),
    Scene("submit", ("submit", "{0}/mine", "--no-cache", *DAY), _submitted, heavy=True),
    Scene(
        "open", ("open", "{0}/received.zip", "{0}/theirs"), _received,
        codes=frozenset({0, 1}), codes_again=frozenset({2}), trees=("theirs",),
    ),
    Scene("schema", ("schema", "-o", "{0}/schemas"), _old_schemas, heavy=True),
    Scene(
        "mark new",
        (
            "mark", "new", "{0}/office/submissions/s01", "--grader", "castell",
            "-o", "{0}/sheets", "--date", "2026-07-06",
        ),
        _marked, codes_again=frozenset({2}), heavy=True,
    ),
    Scene(
        "mark seal",
        (
            "mark", "seal", "{0}/office/marks", "--submissions", "{0}/office/submissions",
            "--at", "2026-07-06T10:00:00Z", "--date", "2026-07-06",
        ),
        _marked, heavy=True,
    ),
    Scene(
        "mark change",
        (
            "mark", "change", f"{_MARKED}.sealed.json", f"{_MARKED}.yaml",
            "--reason", "Misread a table.", "--submissions", "{0}/office/submissions",
            "--at", "2026-07-07T10:00:00Z", "--date", "2026-07-07",
        ),
        _changing, codes_again=frozenset({1}),
    ),
    Scene(
        "moderate",
        (
            "moderate", "{0}/office/submissions", "{0}/office/marks", "-o", "{0}/results",
            "--program", "{0}/office/program/program.yaml", "--date", "2026-07-07",
        ),
        _to_moderate, heavy=True,
    ),
    Scene(
        "report feedback",
        ("report", "feedback", "{0}/results", "-o", "{0}/feedback", "--html"), _reported,
        heavy=True,
    ),
    Scene(
        "report office", ("report", "office", "{0}/results", "-o", "{0}/season.csv", "--force"),
        _summed_up,
    ),
    Scene(
        "appeal open",
        (
            "appeal", "open", "{0}/results/s01.result.json", "--grounds", "It was safe.",
            "--date", "2026-07-10",
        ),
        issued, codes_again=frozenset({1}),
    ),
    Scene(
        "appeal decide",
        (
            "appeal", "decide", "{0}/results/s01.appeal.json", "{0}/results/s01.result.json",
            "--outcome", "dismissed", "--by", "Lou Lee", "--reason", "The retest was weighed.",
            "--date", "2026-07-20",
        ),
        appealed, codes_again=frozenset({1}),
    ),
    Scene(
        "rubric export",
        ("rubric", "export", "nkt:session", "--to", "canvas", "-o", "{0}/rubric.csv", "--force"),
        _to_export,
    ),
    Scene(
        "rubric import",
        (
            "rubric", "import", "{0}/rubric.csv", "--pass-percent", "70",
            "-o", "{0}/rubric.yaml", "--force",
        ),
        _to_import,
    ),
    Scene(
        "standard --picture",
        (
            "standard", "{0}/sheets", "--method", "borderline-regression",
            "--picture", "{0}/line.svg",
        ),
        _rated, codes=frozenset({0, 1}), heavy=True,
    ),
    Scene(
        "submit --sign --seal",
        (
            "submit", "{0}/mine", "--no-cache", "--sign", "{0}/key",
            "--seal", str(_OFFICE.recipient), *DAY,
        ),
        _sealed_up, heavy=True, whole=((r".*\.age", _opens),),
    ),
    Scene(
        "unseal", ("unseal", "{0}/received.zip.age", "--identity", "{0}/identity"), _to_unseal,
        heavy=True,
    ),
    Scene(
        "key new", ("key", "new", "{0}/key", "--no-passphrase"), nothing,
        codes_again=frozenset({2}), whole=(("key", _is_key), (r"key\.pub", _is_public)),
    ),
    Scene(
        "key sign", ("key", "sign", "{0}/office/marks", "--sign", "{0}/key"),
        _with_key(_to_moderate),
    ),
    Scene(
        "mark seal --sign",
        (
            "mark", "seal", "{0}/office/marks", "--submissions", "{0}/office/submissions",
            "--sign", "{0}/key", "--at", "2026-07-06T10:00:00Z", "--date", "2026-07-06",
        ),
        _with_key(_marked), heavy=True,
    ),
    Scene(
        "mark change --sign",
        (
            "mark", "change", f"{_MARKED}.sealed.json", f"{_MARKED}.yaml", "--sign", "{0}/key",
            "--reason", "Misread a table.", "--submissions", "{0}/office/submissions",
            "--at", "2026-07-07T10:00:00Z", "--date", "2026-07-07",
        ),
        _signed, codes_again=frozenset({1}), passing=(r".*\.sig",),
    ),
    Scene(
        "privacy --sign-off",
        ("privacy", "{0}/mine", "--sign-off", "Jo", "--reason", "Seen.", *DAY),
        _looked_through, codes=frozenset({0, 1}), heavy=True,
    ),
    Scene(
        "redact", ("redact", "{0}/mine", "-o", "{0}/public", *DAY), _publishable,
        codes_again=frozenset({2}), trees=("public",), heavy=True,
    ),
)  # fmt: skip
