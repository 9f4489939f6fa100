"""The command line explains itself, and the README tells of nothing it does not have."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from casebook.cli import main

FENCED = re.compile(r"^```(?:sh|console|bash|text)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(
    command: click.Command = main, path: tuple[str, ...] = ("casebook",)
) -> Iterator[tuple[str, click.Command]]:
    """Every command below the given one, with the words that call it."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None, name
        yield from commands(found, (*path, name))


COMMANDS = dict(commands())


def lines_typed_in(text: str) -> Iterator[list[str]]:
    """The words of each ``casebook ...`` line in the fenced blocks of a Markdown text."""
    for block in FENCED.findall(text):
        for line in block.splitlines():
            typed = line.strip().removeprefix("$ ")
            if typed.startswith("casebook "):
                yield shlex.split(typed, comments=True)


def test_the_promised_commands_are_there() -> None:
    promised = {"new", "check", "render", "score", "submit", "verify", "open", "schema", "doctor"}
    assert {f"casebook {name}" for name in promised} <= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    """A command says in a sentence what it does, and each option what it changes."""
    command = COMMANDS[name]
    assert command.help
    assert command.get_short_help_str(limit=200).endswith(".")
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_every_command_but_the_one_that_prints_a_picture_has_json() -> None:
    """README.md promises it; whoever writes a program need not try which do."""
    without = {
        name
        for name, command in COMMANDS.items()
        if not any(
            each.name == "form"
            and isinstance(each.type, click.Choice)
            and {"text", "json"} <= set(each.type.choices)
            for each in command.params
        )
    }
    assert without == {"casebook chart"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme(name: str, repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    # `casebook program list|show|check` stands for three commands.
    words = name.split()
    assert name in readme or re.search(rf"{' '.join(words[:-1])} [\w|]*\b{words[-1]}\b", readme), (
        f"README.md does not mention {name}"
    )


def test_the_readme_types_only_what_exists(repository: Path) -> None:
    """Each ``casebook ...`` line in a code block of the README names a command and its options."""
    typed_lines = list(lines_typed_in((repository / "README.md").read_text(encoding="utf-8")))
    assert typed_lines
    for words in typed_lines:
        if words[1].startswith("-"):
            continue
        length = 3 if " ".join(words[:3]) in COMMANDS else 2
        command = COMMANDS[" ".join(words[:length])]
        known = {"--help"}.union(*(one.opts + one.secondary_opts for one in command.params))
        used = {word.partition("=")[0] for word in words[length:] if word.startswith("-")}
        assert used <= known, words
