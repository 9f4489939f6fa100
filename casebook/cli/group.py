"""The command group: loads a command's module only when that command runs.

Why: `casebook --help` and completion answer at once, whatever the commands need to load.
"""

import difflib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

import click

from casebook import __version__
from casebook.cli.terminal import complain
from casebook.cli.unquoted import quotes_hint
from casebook.errors import CasebookError, MachineError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SECTIONS: Final = {
    "For candidates": {
        "new": "Make a portfolio folder to fill in, or a copy of a sample.",
        "check": "Report every problem in files or portfolios.",
        "render": "Make the PDF and HTML pages.",
        "chart": "Draw a chart as an SVG picture.",
        "privacy": "Look for what may identify a client, and sign that somebody looked.",
        "redact": "Make a copy for publication, as far as clients agreed to it.",
        "submit": "Check, score, render and bundle a portfolio: the main job.",
    },
    "For graders": {
        "verify": "Verify a submission or a packet, step by step.",
        "open": "Write a submission or a packet back out as a portfolio.",
        "unseal": "Take the seal off a submission, for commands that read it unsealed.",
        "score": "Score an observed session or a grader's mark sheet.",
        "mark": "Make, check, seal and open a grader's mark sheets.",
    },
    "For certifying offices": {
        "batch": "Do the main jobs on many inputs at once, here or on a cluster.",
        "draw": "Draw who grades submissions, so that anybody can draw again.",
        "moderate": "Make one result of several graders' marks.",
        "report": "Make feedback reports, and summaries of graders and results.",
        "appeal": "Open an appeal against a result, decide it, show the line.",
        "advance": "Say who is certified, and who may go on to the next level.",
        "agreement": "Say how far graders agree, and how far to trust their marks.",
        "standard": "Propose a pass mark, from marks or from judges' estimates.",
        "program": "List, show and check programs: rules as files.",
        "rubric": "Compare, import and export rubrics; list reusable comments.",
        "rescore": "Preview what another wording of a rubric would change.",
        "bag": "Verify BagIt bags of others, such as an archive's.",
    },
    "For whoever signs": {
        "key": "Make and show keys; sign marks and results, check signatures.",
    },
    "For this machine": {
        "schema": "Write or compare the JSON Schemas of the file formats.",
        "doctor": "Tell what this machine lacks, and how to get it.",
    },
}
"""Every command with its one line of help, by whose work it is, in the order of that work."""

_COMMANDS: Final = {name: says for part in _SECTIONS.values() for name, says in part.items()}

_STOPPED: Final = 130
"""What a shell expects of a program that was stopped with Control-C."""


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"casebook.cli.{cmd_name}_command")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101 - one of ours
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a slip of the pen is told what it may have meant."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            meant = f"; did you mean `{close[0]}`?" if close else ""
            ctx.fail(f"there is no command {args[0]!r}{meant}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands that begin so, without loading them, and the group's own options."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=says)
            for name, says in _COMMANDS.items()
            if name.startswith(incomplete)
        ]
        # Why not click's own: it loads every command for its line of help.
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        del ctx
        widest = max(map(len, _COMMANDS))
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), says) for name, says in commands.items()])

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 - click's form
        """Run, and end every failure in one clear line with its exit code."""
        _write_anything(sys.stdout, sys.stderr)
        try:
            self._run(args, **extra)
        finally:
            _forget_unwritten(sys.stdout, sys.stderr)

    def _run(self, args: Sequence[str] | None, **extra: Any) -> NoReturn:  # noqa: ANN401 - as above
        extra["standalone_mode"] = False
        words = sys.argv[1:] if args is None else args
        try:
            outcome = super().main(args, **extra)
        except click.exceptions.Abort:
            complain("stopped")
            sys.exit(_STOPPED)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            _complain_of_usage(error, quotes_hint(words))
            sys.exit(error.exit_code)
        except UsageError as error:
            complain(str(error), quotes_hint(words) or error.hint)
            sys.exit(error.exit_code)
        except CasebookError as error:
            complain(str(error), error.hint)
            sys.exit(error.exit_code)
        except OSError as error:
            from casebook.files.refusals import plain_words

            complain(f"the machine refuses: {plain_words(error)}", error.filename)
            sys.exit(MachineError.exit_code)
        except MemoryError:
            complain("there is too little memory", "close other programs, or split the work")
            sys.exit(MachineError.exit_code)
        except Exception as error:
            if os.environ.get("CASEBOOK_TRACEBACK"):
                raise
            complain(
                f"a fault of casebook itself: {type(error).__name__}",
                "your files are as they were; please report it with what the same command says "
                "after `export CASEBOOK_TRACEBACK=1` (it may quote your files)",
            )
            sys.exit(MachineError.exit_code)
        sys.exit(outcome if isinstance(outcome, int) else 0)


def _complain_of_usage(error: click.ClickException, hint: str | None) -> None:
    context = getattr(error, "ctx", None)
    words: list[str] = []
    while context is not None and context.parent:
        words.insert(0, context.info_name or "")
        context = context.parent
    name = " ".join(["casebook", *words])
    said = " ".join(error.format_message().split()).rstrip(".")
    complain(f"{said[:1].lower()}{said[1:]}", hint or f"see `{name} --help`")


def _write_anything(*streams: TextIO) -> None:
    """Escape what a stream cannot hold, such as an ł in an old code page, instead of failing."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_unwritten(*streams: TextIO | None) -> None:
    """Let go of what a stream could not write.

    Why: Python tries once more when it ends, complains in its own words, and takes another exit
    code.
    """
    for stream in filter(None, streams):  # One that was closed from the start is None.
        try:
            stream.flush()
        except OSError:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, stream.fileno())
            os.close(nothing)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="casebook %(version)s")
def main() -> None:
    """Case studies and observed sessions, from an empty folder to a verified submission.

    Results go to stdout, everything else to stderr. Exit codes: 0 clean, 1 findings,
    2 wrong usage, 3 the machine.
    """
