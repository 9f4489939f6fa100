"""Words come out in the language spoken, and in English where nothing else was asked for."""

import pytest

from casebook.language import LANGUAGES, N_, Language, _, ngettext, pgettext, speaking, spoken


def test_outside_of_all_blocks_words_are_english() -> None:
    assert spoken() == "en"
    assert _("Keywords: {words}") == "Keywords: {words}"


def test_a_block_ends_with_the_language_before_it() -> None:
    with speaking("de"):
        with speaking("fr"):
            assert (spoken(), _("Client")) == ("fr", "Personne suivie")
        assert (spoken(), _("Client")) == ("de", "Behandelte Person")
    assert (spoken(), _("Client")) == ("en", "Client")


def test_a_block_that_fails_ends_all_the_same() -> None:
    with pytest.raises(ZeroDivisionError), speaking("es"):
        raise ZeroDivisionError
    assert spoken() == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_stay_no_words(language: Language) -> None:
    """A catalogue keeps its own description under the empty message."""
    with speaking(language):
        assert _("") == ""


def test_the_count_decides_the_form() -> None:
    # German says "0 Tage"; French says "0 jour".
    def days(count: int) -> str:
        return ngettext("{count} day", "{count} days", count).format(count=count)

    assert [days(count) for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    with speaking("de"):
        assert [days(count) for count in (0, 1, 2)] == ["0 Tage", "1 Tag", "2 Tage"]
    with speaking("fr"):
        assert [days(count) for count in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]


def test_a_context_tells_two_meanings_of_one_word_apart() -> None:
    with speaking("de"):
        assert pgettext("timing", "late") == "zu spät"


def test_marked_words_stay_english_until_they_are_said() -> None:
    with speaking("es"):
        assert N_("knee") == "knee"
        assert _(N_("knee")) == "rodilla"


def test_words_that_no_catalogue_has_stay_as_they_are() -> None:
    with speaking("de"):
        assert _("a word nobody marked") == "a word nobody marked"
