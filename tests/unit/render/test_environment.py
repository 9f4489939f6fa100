"""The Jinja environment."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from casebook.render.environment import fill


def test_a_missing_value_is_an_error_and_never_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        fill("packet.html.j2", {})


def test_a_template_that_is_not_there_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        fill("nothing.html.j2", {})
