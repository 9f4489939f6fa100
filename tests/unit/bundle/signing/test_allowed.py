from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.signing.allowed import SignersRefused, read_lines
from tests.portfolios.keys import made_key

KEY = made_key(1).public.line


def test_a_line_with_everything_is_read() -> None:
    text = (
        f'# the graders\n\nana,"x" {KEY}\n'.replace(',"x"', "")
        + f'\t"bo,*@example.org"  NAMESPACES="a,b",valid-after="20260101Z",'
        f'Valid-Before="202701021530Z"   {KEY}  Bo’s key\r\n'
    )
    plain, full = read_lines(text.encode())
    assert (plain.line, plain.names, plain.namespaces, plain.after, plain.before) == (
        3, "ana", None, None, None,
    )  # fmt: skip
    assert plain.key == made_key(1).public
    assert (full.line, full.names, full.namespaces) == (4, "bo,*@example.org", "a,b")
    assert full.after == datetime(2026, 1, 1, tzinfo=UTC)
    assert full.before == datetime(2027, 1, 2, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written,expected",
    [
        ("20260701Z", datetime(2026, 7, 1, tzinfo=UTC)),
        ("20260701UTC", datetime(2026, 7, 1, tzinfo=UTC)),
        ("202607011230z", datetime(2026, 7, 1, 12, 30, tzinfo=UTC)),
        ("20260701123059Z", datetime(2026, 7, 1, 12, 30, 59, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_utc_where_it_says_so(written: str, expected: datetime) -> None:
    (line,) = read_lines(f'ana valid-after="{written}" {KEY}'.encode())
    assert line.after == expected


def test_a_moment_without_a_zone_is_the_systems_own() -> None:
    (line,) = read_lines(f'ana valid-after="202607011230" {KEY}'.encode())
    assert line.after is not None
    assert line.after.replace(tzinfo=None) == datetime(2026, 7, 1, 12, 30)  # noqa: DTZ001
    assert line.after.utcoffset() == datetime(2026, 7, 1, 12, 30).astimezone().utcoffset()


def test_both_ends_of_a_time_belong_to_it() -> None:
    """Valid-after is "at or after", valid-before "at or before" (ssh-keygen(1))."""
    text = f'ana valid-after="20260701Z",valid-before="20260702Z" {KEY}'
    (line,) = read_lines(text.encode())
    start, second = datetime(2026, 7, 1, tzinfo=UTC), timedelta(seconds=1)
    assert line.objection("x", start) is None
    assert line.objection("x", start + timedelta(days=1)) is None
    assert "does not count before" in str(line.objection("x", start - second))
    assert "no longer since" in str(line.objection("x", start + timedelta(days=1) + second))


@pytest.mark.parametrize(
    "line",
    [
        "ana ssh-rsa AAAAB3NzaC1yc2E=",
        "ana ecdsa-sha2-nistp256 AAAA",
        "ana sk-ssh-ed25519@openssh.com AAAA",
        f"*@example.org cert-authority {KEY}",
        f'*@example.org namespaces="x",cert-authority {KEY}',
    ],
)
def test_what_signs_nothing_here_is_passed_over_and_known(line: str) -> None:
    """It may be of use to somebody else who reads the file, and it trusts nobody here."""
    (found,) = read_lines(line.encode())
    assert found.key is None


@pytest.mark.parametrize(
    "text,why",
    [
        (b"", "names nobody"),
        (b"# nobody\n\n", "names nobody"),
        (b"\xff\xfe", "no text"),
        (b"ana\n", "line 1: a line is a name"),
        (f'"ana {KEY}'.encode(), "line 1: the names"),
        (f'an"a b" {KEY}'.encode(), "line 1: the names"),
        (f'"" {KEY}'.encode(), "line 1: a line is a name"),
        (f"a\x1bna {KEY}".encode(), "line 1: a name holds a control"),
        (f"\n\nana {KEY[:-3]}".encode(), "line 3: the key is"),
        (b"ana ssh-ed25519", "line 1: it has no key"),
        (b'ana namespaces="x"', "line 1: it has no key"),
        (f"ana namespaces=x {KEY}".encode(), "wants a value in quotes"),
        (f"ana namespaces {KEY}".encode(), "wants a value in quotes"),
        (f'ana namespaces="x {KEY}'.encode(), "never closed"),
        (f'ana namespaces="x",namespaces="y" {KEY}'.encode(), "there twice"),
        (f'ana namespaces="x", {KEY}'.encode(), "cannot be read"),
        (f'ana namespaces="x"y {KEY}'.encode(), "cannot be read"),
        (f'ana namespace="x" {KEY}'.encode(), "option 'namespace' is not known"),
        (f"ana no-touch-required {KEY}".encode(), "option 'no-touch-required' is not known"),
        (f"ana cert-authority=1 {KEY}".encode(), "not known"),
        (f'ana valid-before="2026-07-01" {KEY}'.encode(), "is no moment"),
        (f'ana valid-before="20260230" {KEY}'.encode(), "is no moment"),
        (f'ana valid-before="2026070125" {KEY}'.encode(), "is no moment"),
        (f'ana valid-before="" {KEY}'.encode(), "is no moment"),
        (f'ana valid-after="20260702",valid-before="20260701" {KEY}'.encode(), "lies before"),
        (b"ana ssh-ed449 AAAA", "option 'ssh-ed449' is not known"),
        (b"ana: AAAA", "no key"),
        (f"{KEY} ana@example.org".encode(), "put the name of its owner before it"),
    ],
)
def test_a_line_that_cannot_be_understood_refuses_the_file(text: bytes, why: str) -> None:
    """What was meant to take trust away is never passed over."""
    with pytest.raises(SignersRefused, match=why):
        read_lines(text)


@given(st.binary(max_size=200), st.text(max_size=80))
def test_no_bytes_make_reading_fail_otherwise(content: bytes, words: str) -> None:
    for text in (content, f"ana {words} {KEY}".encode("utf-8", "surrogatepass")):
        with suppress(SignersRefused):
            assert read_lines(text)
