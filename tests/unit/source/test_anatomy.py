"""The shipped anatomy is complete, unambiguous, and says so when it is damaged."""

import csv
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.work.anatomy import StructureKind, words
from casebook.errors import MachineError
from casebook.resources import anatomy_dir
from casebook.source.anatomy import load_anatomy, read_anatomy, structure_naming

ANATOMY = load_anatomy()


def rows(name: str) -> list[dict[str, str]]:
    with (anatomy_dir() / name).open(encoding="utf-8", newline="") as table:
        found = list(csv.DictReader(table))
    assert found
    return found


SYNONYMS = [(row["term"], row["name"]) for row in rows("synonyms.csv")]

# Terms of Uberon that mean something else, or something nearer, to practitioners.
TAKEN_FROM_UBERON = {
    "abdominal muscle",
    "inferior oblique",
    "inferior oblique muscle",
    "obliquus inferior",
    "superior oblique",
    "superior oblique muscle",
    "obliquus superior",
    "musculus obliquus superior",
    "pelvic diaphragm muscle",
    "sternohyoid muscle",
}


def test_uberon_gives_266_muscles_and_the_project_adds_its_own() -> None:
    from_uberon = [s for s in ANATOMY.structures if s.id.startswith("UBERON:")]
    assert len(from_uberon) == 266
    assert {s.kind for s in from_uberon} == {"muscle"}
    assert all(re.fullmatch(r"FMA:\d+(;FMA:\d+)?", s.fma or "") for s in from_uberon)
    own = [s for s in ANATOMY.structures if not s.id.startswith("UBERON:")]
    assert len(own) > 300
    assert all(s.fma is None for s in own)


def test_ids_and_names_are_unique_and_kinds_are_known() -> None:
    assert len({s.id for s in ANATOMY.structures}) == len(ANATOMY.structures)
    assert len({"".join(words(s.name)) for s in ANATOMY.structures}) == len(ANATOMY.structures)
    assert {s.kind for s in ANATOMY.structures} == set(get_args(StructureKind))


def test_the_id_of_an_own_entry_is_its_name_in_small_letters_with_hyphens() -> None:
    for row in rows("structures.csv"):
        assert row["id"] == f"casebook:{'-'.join(words(row['name']))}"


def test_every_larger_structure_exists_under_its_shown_name() -> None:
    larger = {s.part_of for s in ANATOMY.structures} - {None}
    assert len(larger) > 20
    assert larger <= set(ANATOMY.names)


@given(st.sampled_from(ANATOMY.structures))
def test_every_name_finds_itself(structure: object) -> None:
    name = getattr(structure, "name", "")
    assert ANATOMY.find(name) is structure
    assert ANATOMY.find(f" {name.upper()}.") is structure


def test_every_synonym_finds_the_one_structure_it_stands_for() -> None:
    assert len(SYNONYMS) > 200
    for term, name in SYNONYMS:
        found = ANATOMY.find(term)
        assert found is not None, term
        assert found.name == name, term


def test_no_synonym_is_listed_twice_or_repeats_a_name() -> None:
    keys = ["".join(words(term)) for term, _ in SYNONYMS]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {"".join(words(name)) for name in ANATOMY.names}


def test_names_and_synonyms_of_uberon_find_their_muscle_but_for_the_listed_ones() -> None:
    astray = set()
    for row in rows("muscles.csv"):
        for term in (row["name"], *filter(None, row["exact_synonyms"].split(";"))):
            found = ANATOMY.find(term)
            assert found is not None, term
            if found.id != row["uberon"]:
                astray.add(term)
    assert astray == TAKEN_FROM_UBERON


def test_every_display_name_belongs_to_a_muscle_of_uberon() -> None:
    known = {row["name"] for row in rows("muscles.csv")}
    assert {row["uberon_name"] for row in rows("display_names.csv")} <= known


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("QL", "quadratus lumborum"),
        ("glute max", "gluteus maximus"),
        ("glute med", "gluteus medius"),
        ("SCM", "sternocleidomastoid"),
        ("TFL", "tensor fasciae latae"),
        ("lats", "latissimus dorsi"),
        ("traps", "trapezius"),
        ("upper trap", "upper trapezius"),
        ("peroneus longus", "fibularis longus"),
        ("piri", "piriformis"),
        ("psoas", "psoas major"),
        ("hams", "hamstrings"),
        ("quads", "quadriceps femoris"),
        ("rec fem", "rectus femoris"),
        ("TVA", "transversus abdominis"),
        ("TA", "tibialis anterior"),
        ("obliques", "abdominal obliques"),
        ("rhomboids", "rhomboids"),
        ("infraspinatus muscle", "infraspinatus"),
        ("jaw", "jaw"),
        ("TMJ", "temporomandibular joint"),
        ("C-section scar", "caesarean scar"),
        ("Cæsarean scar", "caesarean scar"),
        ("IT band", "iliotibial band"),
        ("ATFL", "anterior talofibular ligament"),
        ("long dorsal SI ligament", "long dorsal sacroiliac ligament"),
        ("jaw muscles", "muscle of mastication"),
    ],
)
def test_what_practitioners_type_is_understood(typed: str, shown: str) -> None:
    found = ANATOMY.find(typed)
    assert found is not None
    assert found.name == shown


@pytest.mark.parametrize("text", ["low back", "neck", "hip muscle", "chest", "GM"])
def test_what_could_mean_several_things_finds_nothing(text: str) -> None:
    assert ANATOMY.find(text) is None


@pytest.mark.parametrize(
    "text, among",
    [
        ("quadratus lumborom", "quadratus lumborum"),
        ("glute", "gluteus maximus"),
        ("sternocleidomastiod", "sternocleidomastoid"),
        ("left gluteus medius", "gluteus medius"),
        ("right QL", "quadratus lumborum"),
        ("low back", "lumbar multifidus"),
        ("achillis tendn", "Achilles tendon"),
    ],
)
def test_a_miss_gets_a_useful_suggestion(text: str, among: str) -> None:
    assert among in ANATOMY.suggest(text)


def test_a_free_scar_knows_where_its_nearest_kin_stands() -> None:
    found = ANATOMY.find("appendectomy scar on the right")
    assert found is not None
    assert (found.kind, found.name) == ("scar", "appendectomy scar on the right")
    assert (found.region, found.part_of) == ("abdomen", "appendectomy scar")


@given(st.text(max_size=200))
def test_no_text_makes_the_shipped_anatomy_raise(text: str) -> None:
    ANATOMY.find(text)
    assert set(ANATOMY.suggest(text)) <= set(ANATOMY.names)


def test_the_anatomy_is_read_once() -> None:
    assert load_anatomy() is ANATOMY


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for path in anatomy_dir().glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    "table, content",
    [
        ("synonyms.csv", b"term,name\ncalf,no such muscle\n"),
        ("synonyms.csv", b"term,name\nonly one column\n"),
        ("synonyms.csv", b'term,name\n"unclosed,soleus\n'),
        ("muscles.csv", b"\xff\xfe"),
        ("structures.csv", None),
    ],
)
def test_damaged_tables_end_in_one_clear_line(
    tables: Path, table: str, content: bytes | None
) -> None:
    assert read_anatomy(tables).names == ANATOMY.names
    if content is None:
        (tables / table).unlink()
    else:
        (tables / table).write_bytes(content)
    with pytest.raises(MachineError, match="anatomy tables") as caught:
        read_anatomy(tables)
    assert caught.value.hint


def test_synonyms_name_one_structure_and_unknown_names_stay_themselves() -> None:
    name = structure_naming()
    assert name("QL") == name("quadratus lumborum")
    assert name("My Own Muscle") == name("my own muscle") != name("quadratus lumborum")
