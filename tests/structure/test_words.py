"""Each catalogue translates exactly what code and templates say, whole and with every place."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from casebook.language import LANGUAGES

TRANSLATIONS = [language for language in LANGUAGES if language != "en"]
PLACE = re.compile(r"\{(\w*)\}")


@pytest.fixture(scope="module")
def words() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "scripts" / "words.py"
    spec = importlib.util.spec_from_file_location("words", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def forms(message: Message) -> tuple[str, ...]:
    """The English forms of a message: one, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def messages(catalogue: Catalog) -> Iterator[Message]:
    """A catalogue's messages, without the description under the empty one."""
    return (message for message in catalogue if message.id)


@pytest.mark.slow
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_catalogue_is_as_make_words_writes_it(language: str, words: ModuleType) -> None:
    """Nothing said is missing, nothing else is in it, and its order follows from the sources."""
    written = (words.CATALOGUES / f"{language}.po").read_text("utf-8")
    assert written == words.renewed(language), "run `make words`, then translate what is new"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_message_is_translated_and_none_is_a_guess(language: str, words: ModuleType) -> None:
    found = list(messages(words.catalogue(language)))
    assert len(found) > 300
    assert [forms(each) for each in found if not all(translations(each))] == []
    assert [forms(each) for each in found if each.fuzzy] == []
    assert words.catalogue(language).obsolete == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_form_has_the_places_of_the_english_one(language: str, words: ModuleType) -> None:
    found = list(messages(words.catalogue(language)))
    assert sum(len(forms(each)) > 1 for each in found) > 10
    for message in found:
        # A singular may leave out its number, as in "one day".
        wanted = set(PLACE.findall(forms(message)[-1]))
        for form in filter(None, translations(message)):
            assert set(PLACE.findall(form)) == wanted, form


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_begins_and_ends_as_its_english_words(
    language: str, words: ModuleType
) -> None:
    """A full stop or a space at the edge is part of a page's layout."""
    for message in messages(words.catalogue(language)):
        for english, form in zip(forms(message), translations(message), strict=True):
            assert not form or english.endswith(".") == form.endswith("."), form
            assert form == form.strip(), form


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_catalogue_names_nobody_and_no_machine(language: str, words: ModuleType) -> None:
    text = (words.CATALOGUES / f"{language}.po").read_text("utf-8")
    header = text.partition("\n\n")[0]
    assert re.findall(r'^"([\w-]+):', header, re.MULTILINE) == [
        "Language",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    ]
    assert "@" not in header


def test_every_language_that_pages_can_be_in_has_its_catalogue(words: ModuleType) -> None:
    assert sorted(path.stem for path in words.CATALOGUES.glob("*.po")) == sorted(TRANSLATIONS)
