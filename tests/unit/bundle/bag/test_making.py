"""A bag that casebook makes has the files and lines of the standard, and nothing unsafe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.bag import SOFTWARE_AGENT, make_bag
from casebook.errors import UsageError

INFO = {"Bagging-Date": "2026-03-02", "External-Description": "Level 1\nof NKT"}
PAYLOAD = {"submission.json": b"{}", "cases/a.yaml": b"kind: case-study\n"}

Bag = dict[str, bytes]

# Any name a bag may hold: no empty, "." or ".." part, nothing that means a place elsewhere.
part = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="/\\\0"), min_size=1
).filter(lambda text: text not in (".", ".."))
name = st.lists(part, min_size=1, max_size=3).map("/".join)
payloads = st.dictionaries(name, st.binary(max_size=40), max_size=6)


def test_a_bag_has_the_files_and_lines_of_the_standard() -> None:
    bag = make_bag({"a.txt": b"abc"}, INFO)
    # SHA-512 of "abc" as printed in FIPS 180-2, appendix C.1.
    digest = (
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    )
    assert sorted(bag) == [
        "bag-info.txt",
        "bagit.txt",
        "data/a.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
    ]
    assert bag["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    # Three bytes in one file.
    assert bag["bag-info.txt"].decode().splitlines() == [
        "Bagging-Date: 2026-03-02",
        "External-Description: Level 1 of NKT",
        "Payload-Oxum: 3.1",
        f"Bag-Software-Agent: {SOFTWARE_AGENT}",
    ]
    assert bag["manifest-sha512.txt"].decode() == f"{digest}  data/a.txt\n"
    assert [
        line.split("  ")[1] for line in bag["tagmanifest-sha512.txt"].decode().splitlines()
    ] == [
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha512.txt",
    ]


@given(payloads)
def test_the_order_of_the_input_does_not_change_a_byte(payload: Bag) -> None:
    turned = dict(reversed(payload.items()))
    assert (
        list(make_bag(payload, INFO).items())[len(payload) :]
        == (list(make_bag(turned, INFO).items())[len(payload) :])
    )


def test_only_line_ends_and_the_percent_sign_are_encoded_in_names() -> None:
    bag = make_bag({"50%\r\n é.txt": b""}, INFO)
    assert bag["manifest-sha512.txt"].decode().endswith("  data/50%25%0D%0A é.txt\n")


@pytest.mark.parametrize("name", ["../x", "a//b", "a/./b", "a\\b", "", "a\0"])
def test_a_name_that_could_lead_out_is_not_bagged(name: str) -> None:
    with pytest.raises(UsageError):
        make_bag({name: b""}, INFO)


@pytest.mark.parametrize(
    "info",
    [
        {},
        {**INFO, "Payload-Oxum": "1.1"},
        {**INFO, "bag-software-agent": "other"},
        {**INFO, "a: b": ""},
        {**INFO, "": ""},
    ],
)
def test_information_that_would_be_wrong_is_not_written(info: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        make_bag(PAYLOAD, info)
