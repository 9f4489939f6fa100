"""The command line: one command a module; each parses, calls one use case, writes one report."""

from casebook.cli.group import main

__all__ = ["main"]
