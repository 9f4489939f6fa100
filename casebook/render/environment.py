"""The Jinja environment: strict about what is missing, and escaping whatever it is given."""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casebook.language import _
from casebook.resources import templates_dir


def fill(template: str, values: Mapping[str, object]) -> str:
    """Set a template's values.

    Args:
        template: A file in ``templates/``, such as "packet.html.j2".
        values: What the template names; anything missing is an error of ours, not an empty place.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["_"] = _
    return environment
