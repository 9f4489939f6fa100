"""What each field of a record means, in the words that stand below it in the code.

Why read only when somebody asks: pydantic can read them as each record is defined, which took a
fifth of the time in which a command begins.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from casebook.domain.record import Record


def meaning_of(record: type[Record], field: str) -> str | None:
    """What a field of a record means, on one line; None where nothing is said, or no such field.

    Of a field that a record has from another, what the nearest of them says.
    """
    if field not in record.model_fields:
        return None
    around = (each for each in record.__mro__ if issubclass(each, Record))
    said = (_meanings(each.__module__).get(each.__qualname__, {}).get(field) for each in around)
    return next(filter(None, said), None)


@cache
def _meanings(module: str) -> Mapping[str, Mapping[str, str]]:
    """By the names of a module's classes: what each says of its fields."""
    try:
        source = inspect.getsource(sys.modules[module])
    except OSError:
        # Nothing is said where a program was installed without its source.
        return {}
    tree = ast.parse(source)
    return {each.name: dict(_said(each)) for each in tree.body if isinstance(each, ast.ClassDef)}


def _said(owner: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, words in pairwise(owner.body):
        match field, words:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                yield name, " ".join(said.split())
