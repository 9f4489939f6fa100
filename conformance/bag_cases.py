"""Sound zips that hold no sound bag, each for one reason, and bags whose record cannot be read."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from conformance.case import Case
from conformance.submissions import RECORD, Submission, canonical, manifest, vouched

_INFO: Final = "bag-info.txt"
_MANIFEST: Final = "manifest-sha512.txt"
_TAG_MANIFEST: Final = "tagmanifest-sha512.txt"
_SOURCE: Final = "data/portfolio/portfolio.yaml"


def bag_cases(sound: Submission) -> Iterator[Case]:
    """Every case whose bag does not hold, and in which all else does."""
    for name, bag, why in _bags(sound.bag()):
        # A file that is not as the manifest lists it is not as the record lists it either.
        alone = name != "payload-changed"
        yield Case(f"bag-{name}.zip", sound.zip_of(bag).build(), why, "bag", alone=alone)


_ACTED_ON: Final = (
    ("hidden", "portfolio/.git/form.pdf", "A form lies in a hidden folder."),
    ("program", "portfolio/yaml.py", "A form is a program."),
    ("build", "portfolio/build/form.pdf", "A form lies where casebook puts what it makes."),
)


def record_cases(sound: Submission) -> Iterator[Case]:
    """Every case whose record is refused; the bag holds."""
    record = sound.record
    plain = canonical(record).decode()
    twice = plain.replace("{\n", '{\n  "level": 2,\n', 1)
    texts: tuple[tuple[str, bytes, str], ...] = (
        ("no-json", b"kind: submission\n", "The record is YAML."),
        ("key-twice", twice.encode(), "The record says its level twice."),
        ("not-utf-8", plain.encode("utf-16"), "The record is in UTF-16."),
        ("marked", b"\xef\xbb\xbf" + plain.encode(), "A byte order mark stands before the record."),
        ("nan", plain.replace('"level": 1', '"level": NaN').encode(), "The level is NaN."),
        ("list", b"[]\n", "The record is a list."),
        ("deep", b'{"kind":' + b"[" * 5_000 + b"]" * 5_000 + b"}", "The record is 5,000 deep."),
        ("kind", _told(record, kind="portfolio"), "The record says that it is a portfolio."),
        ("newer", _told(record, format=3), "The record has a format that is not known yet."),
        ("format-truth", _told(record, format=True), "The record's format is no number."),
        ("format-fraction", _told(record, format=2.0), "The record's format has a fraction."),
        ("no-format", _told(record, format=None), "The record does not say its format."),
        ("spaces", _told(record, candidate=" Jordan Avery"), "A space stands before the name."),
        ("escaped", plain.replace('"Jordan', '"\\u004aordan').encode(), (
            "A letter of the name is written as an escape."
        )),
        ("escaped-tab", _told(record, candidate="Jordan\tAvery").replace(b"\\t", b"\\u0009"), (
            "A tab is written as \\u0009, and not as \\t."
        )),
        ("escaped-capital", _told(record, candidate="Jordan\x1fAvery").replace(b"001f", b"001F"), (
            "An escape has a capital hexadecimal digit."
        )),
        ("escaped-slash", plain.replace("portfolio/cases", "portfolio\\/cases").encode(), (
            "A slash is written as an escape."
        )),
        ("escaped-delete", plain.replace("Jordan ", "Jordan\\u007f").encode(), (
            "The character DEL is written as an escape."
        )),
        ("before-zips", _told(record, made_on="1979-12-31"), "It was made before zips had dates."),
        ("one-line", json.dumps(record).encode(), "The record is written in one line."),
        ("order", _told(record, files=record["files"][::-1]), "Its files are not in order."),
        ("format-text", _told(record, format="1"), "The record's format is a text."),
        ("unknown-key", _told(record, trusted=True), "The record has a key that there is not."),
        ("no-level", _told(record, level=None), "The record does not say its level."),
        ("level-truth", _told(record, level=True), "The record's level is no number."),
        ("early-key", _told(record, format=1, sealed_to="age1" + "q" * 58), (
            "A record of format 1 has a key of format 2."
        )),
        ("no-day", _told(record, made_on="2026-02-30"), "The record was made on no day."),
        ("two-lines", _told(record, candidate="Jordan\nAvery"), "The candidate has two lines."),
    )  # fmt: skip
    for name, text, why in texts:
        content = sound.zip_of(sound.bag(text)).build()
        yield Case(f"record-{name}.zip", content, why, "record")
    bag = sound.bag()
    del bag[f"data/{RECORD}"]
    content = sound.zip_of(_restated(bag)).build()
    yield Case("record-missing.zip", content, "There is no record.", "record")
    other = sound.telling(candidate="Somebody Else")
    content = other.zip_of(sound.bag()).build()
    why = "The one folder is named for another candidate than the record."
    yield Case("record-folder.zip", content, why, "record")
    other = sound.telling(made_on="2026-07-02")
    content = other.zip_of(sound.bag()).build()
    why = "The zip is dated a day after the record."
    yield Case("record-date.zip", content, why, "record")
    for case, name, why in _ACTED_ON:
        content = sound.zip_of(sound.holding(name, b"[core]\n", "attachment").bag()).build()
        yield Case(f"record-{case}.zip", content, why, "record")


def inventory_cases(sound: Submission) -> Iterator[Case]:
    """Every case whose files are not those listed; the bag's own manifests agree."""
    name = "program/comments/case-study.yaml"
    entries = {each["path"]: each for each in sound.record["files"]}
    old = name.replace("case-study", "old")
    extra = {f"data/{old}": b"kind: comment-bank\n"}
    absent = {**entries[name], "path": old}
    bags: tuple[tuple[str, dict[str, bytes], str], ...] = (
        ("unlisted", _restated({**sound.bag(), **extra}), (
            "The bag vouches for a file that the record does not list."
        )),
        ("absent", _listing(sound, [*entries.values(), absent]), (
            "The record lists a file that is not there."
        )),
        ("digest", _listing(sound, _edited(entries, name, sha512="0" * 128)), (
            "The record gives a file another digest."
        )),
        ("bytes", _listing(sound, _edited(entries, name, bytes=1)), (
            "The record gives a file another size."
        )),
        ("elsewhere", sound.holding("notes/office.yaml", b"Hello.\n", "source").bag(), (
            "A listed file stands in no folder of a submission."
        )),
    )  # fmt: skip
    for case, bag, why in bags:
        yield Case(f"inventory-{case}.zip", sound.zip_of(bag).build(), why, "inventory")


def _bags(sound: Mapping[str, bytes]) -> Iterator[tuple[str, dict[str, bytes], str]]:
    listed = sound[_MANIFEST]
    info = sound[_INFO]
    first = listed.splitlines(keepends=True)[0]
    yield (
        "tag-changed",
        {**sound, _INFO: info.replace(b"Contact", b"contact")},
        "A tag file is not as the tag manifest lists it.",
    )
    yield (
        "payload-changed",
        {**sound, _SOURCE: sound[_SOURCE] + b"# later\n"},
        "A file of the payload has another line than the manifest and the record list.",
    )
    yield (
        "unlisted-tag",
        {**sound, "notes.txt": b"Hello.\n"},
        "A tag file stands in no tag manifest.",
    )
    yield (
        "signature-elsewhere",
        {**sound, "manifest-sha512.txt.sig": b"x\n"},
        "A signature stands beside another file than the tag manifest, and nothing lists it.",
    )
    yield (
        "unlisted-payload",
        vouched({**sound, _MANIFEST: listed.replace(first, b"")}),
        "A file of the payload stands in no manifest.",
    )
    yield (
        "listed-twice",
        vouched({**sound, _MANIFEST: listed + first}),
        "The manifest lists a file twice.",
    )
    yield (
        "listed-absent",
        vouched({**sound, _MANIFEST: listed + b"0" * 128 + b"  data/x\n"}),
        "The manifest lists a file that is not there.",
    )
    outside = b"0" * 128 + b"  data/../../x\n"
    yield (
        "listed-outside",
        vouched({**sound, _MANIFEST: listed + outside}),
        "The manifest lists a file outside the bag.",
    )
    yield "no-manifest", vouched(_without(sound, _MANIFEST)), "There is no payload manifest."
    yield "no-tag-manifest", _without(sound, _TAG_MANIFEST), "There is no tag manifest."
    weak = manifest(sound, payload=True, algorithm="md5")
    yield (
        "md5-only",
        vouched({**_without(sound, _MANIFEST), "manifest-md5.txt": weak}),
        "Only MD5 vouches for the payload, and two files can be made with one MD5.",
    )
    yield "no-declaration", vouched(_without(sound, "bagit.txt")), "There is no bagit.txt."
    older = sound["bagit.txt"].replace(b"1.0", b"0.97")
    yield "version", vouched({**sound, "bagit.txt": older}), "It is a bag of version 0.97."
    lines = info.splitlines(keepends=True)
    oxum = b"".join(b"Payload-Oxum: 1.1\n" if b"Oxum" in line else line for line in lines)
    yield "oxum", vouched({**sound, _INFO: oxum}), "The Payload-Oxum gives other totals."
    yield (
        "info",
        vouched({**sound, _INFO: info + b"hello\n"}),
        "A line of bag-info.txt is no label with a value.",
    )
    yield (
        "fetch",
        vouched({**sound, "fetch.txt": b"https://example.org/x - data/x\n"}),
        "A fetch.txt sends the reader elsewhere for a file.",
    )
    yield (
        "other-tag-file",
        vouched({**sound, "notes.txt": b"Hello.\n"}),
        "There is a tag file that a submission does not have, and the tag manifest lists it.",
    )
    second = manifest(sound, payload=True, algorithm="sha256")
    yield (
        "second-manifest",
        vouched({**sound, "manifest-sha256.txt": second}),
        "There is a second payload manifest, by SHA-256, and it is right.",
    )
    second = manifest(sound, payload=False, algorithm="sha256")
    yield (
        "second-tag-manifest",
        {**sound, "tagmanifest-sha256.txt": second},
        "There is a second tag manifest, by SHA-256: it is right, and nobody signs it.",
    )


def _told(record: Mapping[str, Any], **changes: object) -> bytes:
    told = {key: value for key, value in {**record, **changes}.items() if value is not None}
    return canonical(told)


def _edited(
    entries: Mapping[str, dict[str, Any]], name: str, **changes: object
) -> list[dict[str, Any]]:
    return list({**entries, name: {**entries[name], **changes}}.values())


def _listing(sound: Submission, entries: list[dict[str, Any]]) -> dict[str, bytes]:
    listed = sorted(entries, key=lambda each: str(each["path"]))
    return sound.telling(files=listed).bag()


def _without(bag: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    return {each: content for each, content in bag.items() if each != name}


def _restated(bag: Mapping[str, bytes]) -> dict[str, bytes]:
    """A bag whose payload changed, with manifests and totals that agree."""
    payload = [content for name, content in bag.items() if name.startswith("data/")]
    total = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}\n".encode()
    lines = bag[_INFO].splitlines(keepends=True)
    info = b"".join(total if b"Oxum" in line else line for line in lines)
    return vouched({**bag, _INFO: info, _MANIFEST: manifest(bag, payload=True)})
