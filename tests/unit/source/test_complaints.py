"""Every complaint of the YAML parser is said in words that somebody can act on."""

import pytest
import yaml

from casebook.source.complaints import in_plain_words
from casebook.source.reader import read_text

# Broken texts, and a word of the remedy that mends them.
BROKEN = [
    ("title: Low back: a case report\n", "quotes"),
    ("a: b\n  c: d\n", "line it up"),
    ("a:b\nc: d\n", "space after a key's colon"),
    ("a:\n  b: c\n d: e\n", "line it up"),
    ("a: 'it's late'\n", "double"),
    ('a: "x" y\n', "other kind"),
    ("a: b\nwords\nc: d\n", "key: value"),
    ('a: "x\nb: y\n', "same mark"),
    ("a: 'x\n---\n", "same mark"),
    ("a: [x, y\nb: c\n", "] or }"),
    ("a: {x: y\nb: c\n", "] or }"),
    ("a: [x,, y]\n", "comma"),
    ("a: ]\n", "quotes"),
    ("a:\n  - x\n  y: z\n", "one column"),
    ("a: @x\n", "quotes"),
    ("a: `x`\n", "quotes"),
    ("a: %x\n", "quotes"),
    ("a: **bold**\n", "quotes"),
    ("a: & b\n", "quotes"),
    ("a: !<\n", "quotes"),
    ("a: !x!y\n", "quotes"),
    ('a: "C:\\q"\n', "single quotes"),
    ('a: "\\x0"\n', "single quotes"),
    ('a: "\\U99999999"\n', "single quotes"),
    ("a: > text\n", "next line"),
    ("a: |0\n  text\n", "next line"),
    ("a: !<x\n", "quotes"),
    ("a: !%zz\n", "quotes"),
    ("a: &b!\n", "quotes"),
    ("%YAML x\n---\na: b\n", "remove it"),
    ("%YAML 1!\n---\na: b\n", "remove it"),
    ("a: - x\n", "line of its own"),
    ("a: b\n...\nc: d\n", "remove it"),
    ("%YAML 9.9\n---\na: b\n", "remove it"),
    ("%FOO\na: b\n", "remove it"),
]


@pytest.mark.parametrize("text, remedy", BROKEN)
def test_a_broken_text_gets_a_remedy(text: str, remedy: str) -> None:
    """The hint names what mends the text, and the parser's own words are never shown."""
    finding = read_text("a.yaml", text.encode()).findings[0]
    assert finding.code == "CB105"
    assert finding.hint is not None
    assert remedy in finding.hint
    assert "YAML" not in finding.message


@pytest.mark.parametrize("text", [text for text, _ in BROKEN])
def test_these_texts_are_broken(text: str) -> None:
    """The parser itself refuses each of the samples."""
    with pytest.raises(yaml.YAMLError):
        list(yaml.parse(text, Loader=yaml.CBaseLoader))


@pytest.mark.parametrize(
    "problem",
    [
        "did not find expected <document start>", "found undefined tag handle",
        "did not find expected node content", "did not find expected '-' indicator",
        "did not find expected key", "did not find expected ',' or ']'",
        "did not find expected ',' or '}'", "found duplicate %YAML directive",
        "found incompatible YAML document", "found duplicate %TAG directive",
        "could not find expected ':'", "block sequence entries are not allowed in this context",
        "mapping keys are not allowed in this context",
        "mapping values are not allowed in this context", "found unknown directive name",
        "did not find expected comment or line break", "could not find expected directive name",
        "found unexpected non-alphabetical character", "found extremely long version number",
        "did not find expected digit or '.' character", "did not find expected whitespace",
        "did not find expected whitespace or line break",
        "did not find expected alphabetic or numeric character", "did not find the expected '>'",
        "did not find expected '!'", "did not find expected tag URI",
        "did not find URI escaped octet", "found an incorrect leading UTF-8 octet",
        "found an indentation indicator equal to 0",
        "found a tab character where an indentation space is expected",
        "found a tab character that violates indentation", "found unexpected document indicator",
        "found unexpected end of stream", "found unknown escape character",
        "did not find expected hexdecimal number", "found invalid Unicode character escape code",
        "found unexpected ':'", "found character that cannot start any token",
    ],
)  # fmt: skip
def test_every_complaint_of_libyaml_has_plain_words(problem: str) -> None:
    """The messages in libyaml's scanner.c and parser.c (0.2.5) are all translated."""
    assert "YAML" not in in_plain_words(problem).message


def test_a_complaint_never_heard_of_is_passed_on() -> None:
    """What is not in the list is shown as the parser says it, with a way to help oneself."""
    complaint = in_plain_words("the moon is full")
    assert complaint.message == "YAML cannot read this: the moon is full"
    assert "casebook new --sample" in complaint.hint


@pytest.mark.parametrize(
    "text",
    [
        "x: y\nabstract: Heel pain\n  # What this adds.\n  introduction: x\n",
        "x: y\nabstract: Heel pain\n  going on\n  introduction: x\n",
        "x: y\nabstract: 'Heel pain'\n  introduction: x\n",
    ],
)
def test_a_text_above_keys_is_pointed_at_and_not_the_keys(text: str) -> None:
    """The slip is on the line of the text; the key below it is innocent."""
    (finding,) = read_text("a.yaml", text.encode()).findings
    assert finding.place.span.line == 2
    assert finding.message == "line 2 has a text after `abstract:`, and keys stand below it"
