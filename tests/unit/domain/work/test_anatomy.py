"""Names are found as people type them, and misspelt ones get a question back."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.work.anatomy import Anatomy, Structure, words

PIRIFORMIS = Structure("U:1", "piriformis", "muscle", region="hip")
STERNOHYOID = Structure("U:2", "sternohyoid", "muscle")
STERNOTHYROID = Structure("U:3", "sternothyroid", "muscle")
MASTICATION = Structure("U:4", "muscle of mastication", "muscle")
QL = Structure("U:5", "quadratus lumborum", "muscle", region="back")
JAW = Structure("casebook:jaw", "jaw", "joint")
SCAR = Structure("casebook:scar", "scar", "scar")
KNEE_SCAR = Structure("casebook:k", "knee surgery scar", "scar", region="knee", part_of="scar")

ANATOMY = Anatomy.of(
    [PIRIFORMIS, STERNOHYOID, STERNOTHYROID, MASTICATION, QL, JAW, SCAR, KNEE_SCAR],
    [
        ("piri", "piriformis"),
        ("QL", "quadratus lumborum"),
        ("jaw muscle", "muscle of mastication"),
        ("sternohyoid muscle", "sternothyroid"),
        ("piri", "quadratus lumborum"),
    ],
)


@pytest.mark.parametrize(
    "text",
    [
        "piriformis",
        "Piriformis",
        "  piri-formis ",
        "PIRI FORMIS",
        "pirifórmis",
        "piriformis muscle",
        "Piriformis m.",
        "M. piriformis",
        "m.piriformis",
        "musculus piriformis",
    ],
)
def test_case_spaces_hyphens_accents_and_the_word_muscle_do_not_count(text: str) -> None:
    assert ANATOMY.find(text) is PIRIFORMIS


def test_a_synonym_finds_its_structure_and_an_earlier_one_wins() -> None:
    assert ANATOMY.find("ql") is QL
    assert ANATOMY.find("Q.L.") is QL
    assert ANATOMY.find("piri") is PIRIFORMIS


def test_a_synonym_never_takes_the_name_of_another_muscle() -> None:
    assert ANATOMY.find("sternohyoid muscle") is STERNOHYOID


def test_the_jaw_muscles_are_not_the_jaw() -> None:
    assert ANATOMY.find("jaw muscles") is MASTICATION
    assert ANATOMY.find("jaw") is JAW
    assert ANATOMY.find("scar muscle") is not SCAR


@pytest.mark.parametrize("text", ["", " ", "-", "muscle", "m.", "xyzzy", "quadratus"])
def test_what_names_nothing_finds_nothing(text: str) -> None:
    assert ANATOMY.find(text) is None


def test_a_freely_worded_scar_keeps_its_wording_and_points_to_the_nearest_known_scar() -> None:
    assert ANATOMY.find("old Knee-Surgery scar,\n left") == Structure(
        id="casebook:old-knee-surgery-scar-left",
        name="old Knee-Surgery scar, left",
        kind="scar",
        region="knee",
        part_of="knee surgery scar",
    )


def test_a_scar_of_an_unknown_sort_is_part_of_scars_in_general() -> None:
    found = ANATOMY.find("dog bite scar")
    assert found is not None
    assert (found.name, found.region, found.part_of) == ("dog bite scar", None, "scar")


def test_two_scars_in_different_words_are_two_structures() -> None:
    first, second = ANATOMY.find("scar on left shin"), ANATOMY.find("scar on right shin")
    assert first is not None
    assert second is not None
    assert first.id != second.id


@pytest.mark.parametrize("text", ["a scarlet fever", "scar " + "very " * 40 + "long"])
def test_no_scar_is_read_into_other_words_or_into_whole_sentences(text: str) -> None:
    assert ANATOMY.find(text) is None


@pytest.mark.parametrize(
    "text, first",
    [
        ("pirformis", "piriformis"),
        ("quadratus lumborom", "quadratus lumborum"),
        ("quadratus", "quadratus lumborum"),
        ("left QL", "quadratus lumborum"),
        ("tight piriformis on the right", "piriformis"),
        ("scra", "scar"),
        ("knee surgery", "knee surgery scar"),
    ],
)
def test_the_closest_name_is_suggested_first(text: str, first: str) -> None:
    assert ANATOMY.suggest(text)[0] == first


def test_nothing_is_suggested_for_what_is_close_to_nothing() -> None:
    assert ANATOMY.suggest("xyzzy") == ()
    assert ANATOMY.suggest("") == ()


def test_suggestions_keep_to_their_limit() -> None:
    # Both "sternohyoid" and "sternothyroid" are close to "sternoyoid".
    assert len(ANATOMY.suggest("sternoyoid")) == 2
    assert ANATOMY.suggest("sternoyoid", limit=1) == ("sternohyoid",)
    assert ANATOMY.suggest("sternoyoid", limit=0) == ()


def test_names_are_sorted_and_complete() -> None:
    assert ANATOMY.names == (
        "jaw",
        "knee surgery scar",
        "muscle of mastication",
        "piriformis",
        "quadratus lumborum",
        "scar",
        "sternohyoid",
        "sternothyroid",
    )


def test_a_synonym_for_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError, match="soleus"):
        Anatomy.of([PIRIFORMIS], [("calf", "soleus")])


def test_an_anatomy_survives_the_way_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(ANATOMY))
    assert copy.structures == ANATOMY.structures
    assert copy.find("piri") == PIRIFORMIS


def test_words_keep_letters_of_every_script() -> None:
    assert words("Straße, Ärm-2") == ("strasse", "arm", "2")


@given(st.text(max_size=300))
def test_finding_and_suggesting_never_raise_and_name_only_what_is_known(text: str) -> None:
    found = ANATOMY.find(text)
    assert found is None or found in ANATOMY.structures or found.kind == "scar"
    suggested = ANATOMY.suggest(text)
    assert len(suggested) <= 3
    assert set(suggested) <= set(ANATOMY.names)


@given(st.sampled_from(ANATOMY.structures), st.sampled_from([str.upper, str.title, str.swapcase]))
def test_every_name_finds_itself_in_any_case(structure: Structure, change: object) -> None:
    assert callable(change)
    assert ANATOMY.find(change(structure.name)) is structure
